"""A channel of paper slips and a conversation that says again what it hears, for the tests of turns."""

from collections.abc import Callable, Sequence
from typing import Literal

from bot.channels.translator import Presence
from bot.store import Call, Received, Sent
from dialogs.conversation import Conversation
from dialogs.desk import NOBODY, Desk
from dialogs.events import Event, Text
from dialogs.replies import Line, Reply
from dialogs.sessions import Session
from dialogs.wording import Language
from tests.bot.store.kit import trouble


def nothing() -> None:
    pass


def fail() -> None:
    raise LookupError


def fail_as(name: str) -> Callable[[], None]:
    """Trouble of the database by its name, whenever it is called."""

    def failing() -> None:
        raise trouble(name)

    return failing


class Parrot(Conversation):
    """Says again what it hears, and remembers it as the album; cannot bear "boom"."""

    def __init__(self) -> None:
        pass

    def hear(self, event: Event, session: Session, desk: Desk = NOBODY) -> tuple[Reply | None, Session]:
        assert isinstance(event, Text)
        if event.text == "boom":
            raise LookupError("boom")
        return Reply((Line(f"{session.language} {session.album}>{event.text}"),)), Session("en", album=event.text)

    def notice(self, key: Literal["slow", "failed"], session: Session) -> Reply:
        return Reply((Line(key),))


class Slips:
    """A channel of paper slips. Some say that somebody comes or goes, an empty one says nothing."""

    strangers = True

    def __init__(self) -> None:
        self.spoils: Callable[[], None] = nothing
        self.spoils_notices: Callable[[], None] = nothing

    def event(self, row: Received) -> Event | Presence | None:
        if row.payload in ("comes", "goes"):
            return Presence(row.payload == "comes")
        return Text(row.payload) if row.payload else None

    def language(self, row: Received) -> Language:
        return "en" if row.conversation == "ben" else "zh"

    def tapped(self, row: Received) -> str:
        return ""

    def calls(self, row: Received, reply: Reply | None, standing: Sequence[Sent]) -> list[Call]:
        self.spoils()
        if reply is None:
            return []
        if standing:
            return [Call("lane", reply.text, "edit", row.message, sent.slot, sent.id) for sent in standing]
        return [Call("lane", reply.text, question=row.message)]

    def notice(self, row: Received, reply: Reply) -> list[Call]:
        self.spoils_notices()
        return [Call("lane", f"({reply.text})")]
