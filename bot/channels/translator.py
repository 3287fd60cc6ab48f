"""The translator of a channel: what came in raw → an event; a reply → calls of that channel. Pure values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.store import Call, Received, Sent
from dialogs.events import Event
from dialogs.replies import Reply
from dialogs.wording import Language


@dataclass(frozen=True, slots=True)
class Presence:
    """The person lets the bot write from now on, or has blocked it. No event of a conversation: nothing is said."""

    reachable: bool


class Translator(Protocol):
    """One channel's two ways of translating. `strangers`: whether anyone at all may write there, however fast."""

    strangers: bool

    def event(self, row: Received) -> Event | Presence | None:
        """What a row of the inbox means; None where it is nothing that a bot should react to."""

    def language(self, row: Received) -> Language:
        """The language to begin a conversation in, before the person has written in one."""

    def tapped(self, row: Received) -> str:
        """The channel's id of the message whose button was tapped; "" where none was, or messages stay as they are."""

    def calls(self, row: Received, reply: Reply | None, standing: Sequence[Sent]) -> list[Call]:
        """The calls that reply to a row. `standing` is what the reply takes the place of: what answers the same message
        by now, where that was edited; or the message whose button was tapped."""

    def notice(self, row: Received, reply: Reply) -> list[Call]:
        """The calls that say something beside the reply to a row, such as that it will take a while."""
