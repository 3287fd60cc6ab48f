"""Telegram's translator: rows of the inbox → events; replies → calls of the Bot API, as JSON in the outbox.

A call's payload is what sendMessage takes, or for `other` what answerCallbackQuery takes; delivery.py makes edits
of the same.
"""

import json
from collections.abc import Sequence
from typing import Any

from bot.channels.telegram import updates
from bot.channels.telegram.markup import Part, inline_keyboard, parts
from bot.channels.telegram.updates import CHANNEL, COMMANDS, Update
from bot.channels.translator import Presence
from bot.store import Call, Received, Sent
from dialogs.events import Event
from dialogs.replies import Reply
from dialogs.wording import Language, wording


def commands(language: Language) -> list[dict[str, str]]:
    """The bot's commands as the apps list them: /start is not among them, the apps have a button for it."""
    speak = wording(language)
    return [{"command": name, "description": speak(f"command.{name}")} for name in COMMANDS if name != "start"]


class TelegramTranslator:
    """Translates for one bot. `username` is filled in when the Bot API has told it."""

    strangers = True

    def __init__(self, bot: str) -> None:
        self._bot = bot
        self.username: str | None = None

    def event(self, row: Received) -> Event | Presence | None:
        """What a row means; see updates.event."""
        return updates.event(row.payload, self.username)

    def language(self, row: Received) -> Language:
        """The language to begin with, before the person has written in one."""
        return updates.language(updates.read(row.payload))

    def tapped(self, row: Received) -> str:
        """The id of the message under which a button was tapped."""
        tap = updates.read(row.payload).callback_query
        return str(tap.message.message_id) if tap and tap.message else ""

    def calls(self, row: Received, reply: Reply | None, standing: Sequence[Sent]) -> list[Call]:
        """The calls of a reply: messages, in place of those that answered the same message before it was edited."""
        update = updates.read(row.payload)
        calls = self._acknowledged(update)
        if reply is None:
            return calls
        said = parts(reply)
        for slot, part in enumerate(said):
            earlier = standing[slot] if slot < len(standing) else None
            calls.append(
                Call(
                    self._lane(update),
                    self._message(update, part),
                    kind="edit" if earlier else "send",
                    question=row.message,
                    slot=earlier.slot if earlier else slot,
                    replaces=earlier.id if earlier else "",
                    page=reply.page,
                )
            )
        for left in standing[len(said) :]:
            payload = json.dumps({"chat_id": _chat(update)})
            calls.append(Call(self._lane(update), payload, "delete", row.message, left.slot, left.id))
        return calls

    def notice(self, row: Received, reply: Reply) -> list[Call]:
        """The calls of something said beside the reply."""
        update = updates.read(row.payload)
        return [Call(self._lane(update), self._message(update, part)) for part in parts(reply)]

    def _lane(self, update: Update) -> str:
        return f"{CHANNEL}/{self._bot}/{_chat(update)}"

    def _acknowledged(self, update: Update) -> list[Call]:
        """A tapped button shows a wheel until the tap is answered; that has no order among the chat's messages."""
        if (tap := update.callback_query) is None:
            return []
        lane = f"{CHANNEL}/{self._bot}/tap/{update.update_id}"
        return [Call(lane, json.dumps({"callback_query_id": tap.id}), kind="other")]

    def _message(self, update: Update, part: Part) -> str:
        params: dict[str, Any] = {"chat_id": _chat(update), "text": part.html, "parse_mode": "HTML"}
        if keyboard := inline_keyboard(part):
            params["reply_markup"] = keyboard
        place = update.place
        if place and place[2]:
            params["message_thread_id"] = place[2]
        if place and place[0].type != "private" and update.message:
            # Among many people a reply shows whom it answers.
            params["reply_parameters"] = {
                "message_id": update.message.message_id,
                "allow_sending_without_reply": True,
            }
        return json.dumps(params, ensure_ascii=False)


def _chat(update: Update) -> int:
    place = update.place
    assert place, "only what has a place is replied to"
    return place[0].id
