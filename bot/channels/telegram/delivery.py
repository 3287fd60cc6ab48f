"""Delivery: a call of the outbox → the Bot API → one of the four outcomes."""

import json
import re
from typing import Any

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram import pictures
from bot.channels.telegram.client import Client
from bot.channels.telegram.request import NotSent
from bot.sender import Delivered, Later, Limit, Never, Outcome, Unknown
from bot.store import Waiting
from dialogs.pictures import Picture

# core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
OVERALL = Limit(30, 1.0)
_CHAT = Limit(1, 1.0)
_GROUP = Limit(20, 60.0)

# core.telegram.org/bots/api#sendphoto: at most 10 MB. A document may have 50.
_LARGEST_PHOTO = 10_000_000
_NAME = "jiugai.png"

# Refusals that mean something; and what of others might be a person's own words.
_SAME, _GONE, _NO_PHOTO = Never("message is not modified"), Never("message is gone"), Never("dimensions of no photo")
_VALUES = re.compile(r"\"[^\"]*\"?|\d+|[^\x20-\x7e]+")

# What sendMessage takes and editMessageText does not.
_ONLY_SENT = ("message_thread_id", "reply_parameters")


def lane_limits(lane: str) -> tuple[Limit, ...]:
    """The limits of a lane, as the translator names them: a chat's; answers to taps have none."""
    if "/tap/" in lane:
        return ()
    return (_CHAT, _GROUP) if lane.rpartition("/")[2].startswith("-") else (_CHAT,)


class Delivery:
    """Makes calls through a client; never raises telegram's errors."""

    def __init__(self, client: Client, draw: pictures.Draw = pictures.nothing) -> None:
        """`draw` gives the bytes of a picture that is to be sent, None where there is nothing to send any more. What it
        raises ends that one call for good."""
        self._client = client
        self._draw = draw

    async def __call__(self, call: Waiting, replaced: str) -> Outcome:
        """Make a call; `replaced` is the id of the message that an edit or a delete means, "" where there is none."""
        params = json.loads(call.payload)
        if call.kind == "other":
            # An old tap is refused: its wheel has stopped turning by itself.
            return _done(await self._made("answerCallbackQuery", params))
        if call.kind == "delete":
            deleting = {**params, "message_id": int(replaced)} if replaced else None
            # Refused where it is gone already, or too old to be deleted: nothing more can be done.
            return _done(await self._made("deleteMessage", deleting)) if deleting else Delivered()
        if picture := pictures.meant(params):
            del params["picture"]
            return await self._pictured(picture, params)
        if call.kind == "edit" and replaced:
            outcome = await self._edited(params, replaced)
            if outcome != _GONE:
                return outcome
        return await self._made("sendMessage", params)

    async def _edited(self, params: dict[str, Any], message: str) -> Outcome:
        """Put a text in place of a message; _GONE where that one can no longer be edited."""
        new = {name: value for name, value in params.items() if name not in _ONLY_SENT}
        outcome = await self._made("editMessageText", {**new, "message_id": int(message)})
        if outcome == _SAME:
            return Delivered(message)
        # The same text put in place twice harms nobody.
        return Later(outcome.reason) if isinstance(outcome, Unknown) else outcome

    async def _pictured(self, picture: Picture, params: dict[str, Any]) -> Outcome:
        """Send a picture: as a photo, or as a document where Telegram takes its measures for none of a photo."""
        drawn = await self._draw(picture)
        if drawn is None:
            return Delivered()
        file = InputFile(drawn, _NAME)
        if len(drawn) <= _LARGEST_PHOTO:
            outcome = await self._made("sendPhoto", {**params, "photo": file})
            if outcome != _NO_PHOTO:
                return outcome
        return await self._made("sendDocument", {**params, "document": file})

    async def _made(self, method: str, params: dict[str, Any]) -> Outcome:
        try:
            try:
                result = await self._client.call(method, **params)
            except ChatMigrated as moved:  # a group has become a supergroup, under another id
                result = await self._client.call(method, **{**params, "chat_id": moved.new_chat_id})
        except TelegramError as error:
            if isinstance(error, EndPointNotFound) and method != "sendMessage":
                return _GONE  # a server without the method; one without sendMessage does not know the token
            return outcome_of(error)
        return Delivered(str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else "")


def _done(outcome: Outcome) -> Outcome:
    """The outcome of a call that need not have had its effect, and may be made twice."""
    if isinstance(outcome, Unknown):
        return Later(outcome.reason)
    return outcome if isinstance(outcome, Later) else Delivered()


def outcome_of(error: TelegramError) -> Later | Never | Unknown:
    """How a call ended that raised this; the reason names nobody and quotes nothing."""
    cause = error.__cause__
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Later("flood limit", wait if isinstance(wait, int) else wait.total_seconds())
        case Forbidden():
            return Never("forbidden: blocked, or not in the chat")
        case InvalidToken() | EndPointNotFound():
            return Later("token refused", everywhere=True)
        case BadRequest():
            return _refused(error.message)
        case NetworkError() if isinstance(cause, NotSent):
            return Later("not connected", everywhere=True)
        case TimedOut():
            return Unknown("timed out")
        case NetworkError() if cause is None or isinstance(cause, TelegramError):
            return Later("server error")  # 5xx, with or without words that can be read: the Bot API did not do it
        case NetworkError():
            return Unknown("connection lost")
        case _:
            return Unknown("answer not understood")


def _refused(description: str) -> Never:
    # python-telegram-bot takes "Bad Request: " off and writes the next letter large.
    said = description.lower()
    if "message is not modified" in said:
        return _SAME
    if any(gone in said for gone in ("message to edit not found", "message can't be edited", "message_id_invalid")):
        return _GONE
    if "photo_invalid_dimensions" in said:
        return _NO_PHOTO
    return Never(_VALUES.sub("…", description)[:100])
