"""Unasked: something said to a conversation that it did not ask for just now, as calls of its channel."""

import json

from bot.channels import console
from bot.store import Call
from dialogs.replies import Reply


def calls(channel: str, conversation: str, reply: Reply) -> list[Call]:
    """The calls that say `reply` in a conversation. ValueError for a channel that is not known."""
    if channel == console.CHANNEL:
        return [Call(conversation, json.dumps(console.shown(reply), ensure_ascii=False), unasked=True)]
    if channel == "telegram":
        from bot.channels.telegram import unasked  # costs its imports

        return unasked.calls(conversation, reply)
    raise ValueError(channel)
