"""Pictures in the outbox of Telegram: a call of its own below the text that holds ids; drawn when it is delivered."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from dialogs.pictures import Picture

# Where a picture stands among the messages of an answer: no text is so long. So an edited question's answer finds its
# texts and its picture again, and never puts a text in place of a picture, which the Bot API refuses.
SLOT = 1000

# The bytes of a picture (PNG); None where there is nothing to show, or no longer.
Draw = Callable[[Picture], Awaitable[bytes | None]]


async def nothing(picture: Picture) -> bytes | None:
    """Draws no picture at all."""
    return None


def payload(picture: Picture, chat: int, topic: int | None) -> str:
    """The payload of the call that sends a picture to a chat, or to a topic of it."""
    params: dict[str, Any] = {"chat_id": chat, "picture": {"ballot": picture.ballot, "language": picture.language}}
    if topic:
        params["message_thread_id"] = topic
    return json.dumps(params)


def meant(params: Mapping[str, Any]) -> Picture | None:
    """The picture that a call's payload means; None where it means none."""
    given = params.get("picture")
    return Picture(given["ballot"], given["language"]) if given else None
