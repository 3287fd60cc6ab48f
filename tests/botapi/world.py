"""The world behind the Bot API: people, chats, taps on buttons, commands, and the updates they make."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.botapi.messages import Chat, Json, Kind, Message
from tests.botapi.refusals import Refused, bad
from tests.botapi.updates import Updates

SUPERGROUPS = -1_000_000_000_000  # ids from here down are supergroups, between here and 0 basic groups


@dataclass(slots=True)
class Person:
    """A person as Telegram tells a bot of one."""

    id: int
    first_name: str
    language_code: str = "zh-hans"
    username: str = ""

    def json(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True)
class Query:
    """A tap on a button, which the bot has to answer in time."""

    id: str
    user: int
    at: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What the answer to a tap shows over the chat for a moment; `alert`: until it is put away."""

    text: str
    alert: bool


@dataclass(slots=True)
class World:
    """Everything the server remembers but the calls. `clock` is monotonic, `now` the time of day."""

    updates: Updates
    bot_id: int
    username: str = "jiugai_test_bot"
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    query_life: float = 60.0
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    notices: dict[int, list[Notice]] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    webhook: str = ""

    def bot_json(self) -> Json:
        return {"id": self.bot_id, "is_bot": True, "first_name": "旧改助手", "username": self.username}

    def person(self, user: int) -> Person:
        """A person, who begins to exist by being asked for."""
        if user not in self.people:
            assert user > 0, f"{user} is no person"
            self.people[user] = Person(user, f"居民{user}")
        return self.people[user]

    def chat(self, chat_id: int) -> Chat:
        """A chat as the people in it know it; a private one begins to exist by being asked for."""
        if chat_id not in self.chats:
            assert chat_id > 0, f"there is no group {chat_id}"
            self.person(chat_id)
            self.chats[chat_id] = Chat(chat_id, "private", members={chat_id})
        return self.chats[chat_id]

    def known(self, chat_id: object) -> Chat:
        """A chat that the bot may know of."""
        if chat_id is None or chat_id == "":
            raise bad("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not chat.started:
            raise bad("chat not found")
        return chat

    def writable(self, chat_id: object) -> Chat:
        """A chat that the bot may write to."""
        chat = self.known(chat_id)
        if chat.barred:
            if chat.kind == "private":
                raise Refused(403, "Forbidden: bot was blocked by the user")
            raise Refused(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
        return chat

    def chat_json(self, chat: Chat) -> Json:
        if chat.kind != "private":
            return {"id": chat.id, "type": chat.kind, "title": chat.title}
        person = self.people[chat.id]
        found: Json = {"id": chat.id, "type": "private", "first_name": person.first_name}
        if person.username:
            found["username"] = person.username
        return found

    def message_json(self, chat: Chat, message: Message, *, replies: bool = True) -> Json:
        """A message as an update or an answer brings it."""
        found: Json = {
            "message_id": message.message_id,
            "from": self.bot_json() if message.from_bot else self.people[message.sender].json(),
            "chat": self.chat_json(chat),
            "date": message.date,
        }
        if message.edited:
            found["edit_date"] = message.edit_date
        if message.text:
            found["text"] = message.text
        if message.entities:
            found["entities"] = list(message.entities)
        if message.keyboard:
            found["reply_markup"] = {"inline_keyboard": message.keyboard}
        found.update(message.extra)
        if replies and message.reply_to is not None and (target := chat.find(message.reply_to)):
            found["reply_to_message"] = self.message_json(chat, target, replies=False)
        return found


def kind_of(chat_id: int) -> Kind:
    return "private" if chat_id > 0 else "supergroup" if chat_id <= SUPERGROUPS else "group"
