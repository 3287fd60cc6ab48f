"""Updates: what the Bot API gives, raw → a row of the inbox, and that row → what the person did.

Source: core.telegram.org/bots/api#update. Only what is looked at is checked; the rest of an update may be anything.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from bot.channels.translator import Presence
from bot.store import Arrival
from dialogs.events import Command, Event, Other, Tap, Text, typed
from dialogs.wording import Language

CHANNEL = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

# What a message may hold in place of a text. Messages about the chat itself (a new title …) are none of these.
_THINGS = (
    "animation",  # before document: an animation is sent as both
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "sticker",
    "venue",  # before location: a venue holds one
    "location",
    "contact",
    "document",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
)
_ADDRESSED = re.compile(r"/\w+@(\w+)")
COMMANDS = (
    *("start", "ask", "check", "menu", "duties", "process", "clause", "choose", "results", "receipt"),
    *("language", "privacy", "forget", "help"),
)
_MEMBERS = frozenset({"member", "administrator", "creator"})


class _User(BaseModel):
    id: int
    language_code: str = ""


class _Chat(BaseModel):
    id: int
    type: str = "private"


class Message(BaseModel):
    """A message, as far as it is looked at."""

    message_id: int
    chat: _Chat
    sender: _User | None = Field(None, alias="from")
    message_thread_id: int | None = None
    is_topic_message: bool = False
    text: str | None = None
    caption: str | None = None
    media_group_id: str = ""

    @property
    def topic(self) -> int | None:
        """The topic of a forum. Elsewhere a thread is a chain of replies, to which nothing can be sent."""
        return self.message_thread_id if self.is_topic_message else None


class _Tap(BaseModel):
    id: str
    sender: _User = Field(alias="from")
    message: Message | None = None
    data: str = ""


class _Member(BaseModel):
    status: str


class _Membership(BaseModel):
    chat: _Chat
    sender: _User = Field(alias="from")
    new_chat_member: _Member


class Update(BaseModel):
    """An update, as far as it is looked at."""

    update_id: int = Field(strict=True)  # "5" and 5.0 are not the update 5, and must not be taken for its repetition
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: _Tap | None = None
    my_chat_member: _Membership | None = None

    @property
    def place(self) -> tuple[_Chat, _User | None, int | None] | None:
        """The chat, the person and the topic; None for kinds that a bot does not answer."""
        if member := self.my_chat_member:
            return member.chat, member.sender, None
        if (tap := self.callback_query) and tap.message:
            return tap.message.chat, tap.sender, tap.message.topic
        if message := self.message or self.edited_message:
            return message.chat, message.sender, message.topic
        return None


def arrival(raw: object, bot: str) -> Arrival:
    """What came in, for the inbox. What cannot be understood is an arrival with a fault, kept under its own id."""
    payload = _sound(json.dumps(raw, ensure_ascii=False))
    try:
        update = read(payload)
    except ValidationError as error:
        number = raw.get("update_id") if isinstance(raw, Mapping) else None
        own = str(number) if isinstance(number, int) else hashlib.sha256(payload.encode()).hexdigest()[:32]
        where = ".".join(map(str, error.errors()[0]["loc"]))
        return Arrival(f"{CHANNEL}/{bot}/{own}", CHANNEL, f"{CHANNEL}/{bot}", payload, fault=f"not understood: {where}")
    conversation, number = f"{CHANNEL}/{bot}", ""
    if update.place:
        chat, user, topic = update.place
        conversation = f"{CHANNEL}/{bot}/{chat.id}/{user.id if user else 0}/{topic or 0}"
        message = update.message or update.edited_message
        number = str(message.message_id) if message else ""
    return Arrival(f"{CHANNEL}/{bot}/{update.update_id}", CHANNEL, conversation, payload, number)


def read(payload: str) -> Update:
    """A row's update again; arrival() has found it to be one."""
    return Update.model_validate_json(payload)


def event(payload: str, username: str | None) -> Event | Presence | None:
    """What the person did; None for what needs no reaction. In groups only commands and taps are for the bot.

    `username` is the bot's own, None while it is not known: then every command counts as meant for it.
    """
    update = read(payload)
    if tap := update.callback_query:
        return Tap(tap.data) if tap.message else None
    if member := update.my_chat_member:
        # A group that takes the bot in, or throws it out, is no person that blocks it.
        return Presence(member.new_chat_member.status in _MEMBERS) if member.chat.type == "private" else None
    edited = update.edited_message is not None
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.text is not None:
        return _written(message.text, edited, message.chat.type == "private", username)
    held = json.loads(payload)["edited_message" if edited else "message"]
    kind = next((thing for thing in _THINGS if thing in held), None)
    if kind is None or message.chat.type != "private":
        return None
    if message.caption:
        said = typed(message.caption, edited)
        return replace(said, beside=kind, album=message.media_group_id) if isinstance(said, Text) else said
    # A place that is shared live is "edited" with every step of its person.
    return None if edited else Other(kind, message.media_group_id)


def language(update: Update) -> Language:
    """The language of the person's own app, as far as the bot speaks it."""
    place = update.place
    user = place[1] if place else None
    return "zh" if user is None or not user.language_code or user.language_code.startswith("zh") else "en"


def _written(text: str, edited: bool, private: bool, username: str | None) -> Event | None:
    addressed = _ADDRESSED.match(text)
    if addressed and username and addressed[1].lower() != username.lower():
        return None
    said = typed(text, edited)
    # Among many people, only what is plainly meant for the bot: they also write to other bots, and to one another.
    ours = isinstance(said, Command) and said.name in COMMANDS and text.startswith("/")
    return said if private or ours else None


def _sound(text: str) -> str:
    """The text with half characters replaced: JSON can carry them, but no file, page or channel takes them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
