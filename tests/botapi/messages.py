"""A chat and its messages, as the people in it see them."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tests.botapi.keyboards import Keyboard
from tests.botapi.markup import Entity

Json: TypeAlias = dict[str, object]
Kind: TypeAlias = Literal["private", "group", "supergroup"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A part of a multipart form that is a file: its name, its type and its bytes."""

    name: str
    type: str
    content: bytes


@dataclass(slots=True)
class Message:
    """A message, a person's or the bot's."""

    message_id: int
    sender: int
    from_bot: bool
    date: int
    text: str = ""
    html: str = ""
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard | None = None
    reply_to: int | None = None
    extra: Json = field(default_factory=dict)  # what else the message holds: a photo, a place, …
    upload: Upload | None = None  # the file that the bot sent
    edited: int = 0
    edit_date: int = 0
    deleted: bool = False
    hidden_from: frozenset[int] = frozenset()

    def shown_for(self, user: int) -> bool:
        """Whether a person sees it in the chat now."""
        return not self.deleted and user not in self.hidden_from

    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [str(button["text"]) for row in self.keyboard or [] for button in row]


@dataclass(slots=True)
class Chat:
    """A chat: its messages have the numbers 1, 2, 3, …, people's and the bot's in one row."""

    id: int
    kind: Kind
    title: str = ""
    members: set[int] = field(default_factory=set)
    started: bool = False  # whether the bot may write, as far as the person is concerned
    barred: bool = False  # blocked by the person, or the bot removed from the group
    messages: list[Message] = field(default_factory=list)

    def find(self, message_id: object) -> Message | None:
        """The message of a number, while it exists."""
        if isinstance(message_id, int) and 1 <= message_id <= len(self.messages):
            message = self.messages[message_id - 1]
            return None if message.deleted else message
        return None

    def add(self, message: Message) -> Message:
        assert message.message_id == len(self.messages) + 1
        self.messages.append(message)
        return message

    def last(self) -> Message:
        """The newest message of the bot that is still there."""
        found = next((message for message in reversed(self.messages) if message.from_bot and not message.deleted), None)
        assert found is not None, f"the bot has said nothing in chat {self.id}"
        return found
