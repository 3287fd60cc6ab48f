"""Telegram's translator: rows of the inbox → events; replies → calls of the Bot API, as JSON in the outbox.

A call's payload is what sendMessage takes, or for `other` what answerCallbackQuery takes; delivery.py makes edits
of the same. A picture is a call of its own below the text, see pictures.py.
"""

import json
from collections.abc import Sequence
from typing import Any

from bot.channels.telegram import pictures, updates
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
        texts = [sent for sent in standing if sent.slot != pictures.SLOT]
        for slot, part in enumerate(said):
            earlier = texts[slot] if slot < len(texts) else None
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
        # A picture that stood there is taken away: nobody knows any more what it showed.
        for left in (*texts[len(said) :], *(sent for sent in standing if sent.slot == pictures.SLOT)):
            payload = json.dumps({"chat_id": _chat(update)})
            calls.append(Call(self._lane(update), payload, "delete", row.message, left.slot, left.id))
        return [*calls, *self._pictured(update, reply, row.message)]

    def notice(self, row: Received, reply: Reply) -> list[Call]:
        """The calls of something said beside the reply."""
        update = updates.read(row.payload)
        said = [Call(self._lane(update), self._message(update, part)) for part in parts(reply)]
        return [*said, *self._pictured(update, reply)]

    def _lane(self, update: Update) -> str:
        return f"{CHANNEL}/{self._bot}/{_chat(update)}"

    def _acknowledged(self, update: Update) -> list[Call]:
        """A tapped button shows a wheel until the tap is answered; that has no order among the chat's messages."""
        if (tap := update.callback_query) is None:
            return []
        lane = f"{CHANNEL}/{self._bot}/tap/{update.update_id}"
        return [Call(lane, json.dumps({"callback_query_id": tap.id}), kind="other")]

    def _pictured(self, update: Update, reply: Reply, question: str = "") -> list[Call]:
        """The call that sends a reply's picture, below its text; also where that text is a page that is turned."""
        if reply.picture is None:
            return []
        place = update.place
        payload = pictures.payload(reply.picture, _chat(update), place[2] if place else None)
        return [Call(self._lane(update), payload, question=question, slot=pictures.SLOT)]

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
