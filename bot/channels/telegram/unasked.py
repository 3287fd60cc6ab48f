"""Unasked: something said to a conversation of Telegram without anything to reply to, as calls of the Bot API."""

import json
from typing import Any

from bot.channels.telegram import pictures
from bot.channels.telegram.markup import inline_keyboard, parts
from bot.channels.telegram.updates import CHANNEL
from bot.store import Call
from dialogs.replies import Reply


def calls(conversation: str, reply: Reply) -> list[Call]:
    """The calls that say `reply`; all that is needed stands in the conversation's id (see updates.arrival)."""
    _, bot, chat, _, topic = conversation.split("/")
    lane = f"{CHANNEL}/{bot}/{chat}"
    made = []
    for part in parts(reply):
        params: dict[str, Any] = {"chat_id": int(chat), "text": part.html, "parse_mode": "HTML"}
        if keyboard := inline_keyboard(part):
            params["reply_markup"] = keyboard
        if topic != "0":
            params["message_thread_id"] = int(topic)
        made.append(Call(lane, json.dumps(params, ensure_ascii=False), unasked=True))
    if reply.picture:
        made.append(Call(lane, pictures.payload(reply.picture, int(chat), int(topic)), unasked=True))
    return made
