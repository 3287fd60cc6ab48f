"""Updates as Telegram sends them, made small."""

from typing import Any

from bot.channels.telegram.updates import arrival
from bot.store import Received

Json = dict[str, Any]
BOT = "123456"


def message(text: Any = "谁出钱", *, chat: Any = 7, kind: Any = "", user: Any = 7, **more: Any) -> Json:
    """A message in a private chat, or where the chat's number is below 0 in a group."""
    made: Json = {
        "message_id": 11,
        "date": 1_700_000_000,
        "chat": {"id": chat, "type": kind or ("private" if chat > 0 else "supergroup")},
    }
    if user is not None:
        made["from"] = {"id": user, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
    if text is not None:
        made["text"] = text
    return {**made, **more}


def update(number: int = 5, **body: Any) -> Json:
    """An update; without a body it is a message."""
    return {"update_id": number, **(body or {"message": message()})}


def tapped(data: str | None = "clause:s2-2-p1", under: Json | None = None, user: int = 7, **more: Any) -> Json:
    """A tap on a button under a message of the bot."""
    tap: Json = {"id": "777", "from": {"id": user, "is_bot": False, "first_name": "王"}, "chat_instance": "1"}
    tap |= {} if data is None else {"data": data}
    return update(callback_query={**tap, "message": under or message("问", user=int(BOT)), **more})


def member(status: str, chat: int = 7) -> Json:
    """The bot let in or put out."""
    return update(
        my_chat_member={
            "chat": {"id": chat, "type": "private" if chat > 0 else "group"},
            "from": {"id": 7, "is_bot": False, "first_name": "王"},
            "date": 1,
            "old_chat_member": {"user": {"id": 1}, "status": "left"},
            "new_chat_member": {"user": {"id": 1}, "status": status},
        }
    )


def received(raw: Json) -> Received:
    """The row of the inbox that an update becomes."""
    came = arrival(raw, BOT)
    assert not came.fault, came.fault
    return Received(came.id, came.channel, came.conversation, came.message, came.payload, 0)
