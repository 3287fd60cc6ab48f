"""Telling: something said to a member, or to the staff, that they did not ask for: that a form was entered, a close was
moved, the clock could not do something …"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from typing import Protocol

from bot.store import Arrival, Call, Transaction
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language

# Makes the calls of a channel that say something in a conversation: channels/unasked.py.
Calls = Callable[[str, str, Reply], list[Call]]
Says = Callable[[Language], Reply]


class Hearer(Protocol):
    """Whoever is told something: an id of theirs that is no account's, and where they hear it."""

    @property
    def id(self) -> str: ...

    @property
    def channel(self) -> str: ...

    @property
    def conversation(self) -> str: ...


def tell(tx: Transaction, hearers: Iterable[Hearer], says: Says, calls: Calls, now: datetime) -> int:
    """Put a message to some people into the outbox, to each in the language of their conversation; how many are told.

    A running bot notices the commit within a second and sends it; one that does not run sends it at its next start.
    """
    told = 0
    for hearer in hearers:
        kept = tx.sessions.load(hearer.conversation)
        language: Language = Session.load(kept).language if kept else "zh"
        _say(tx, hearer, calls(hearer.channel, hearer.conversation, says(language)), now)
        told += 1
    return told


def _say(tx: Transaction, hearer: Hearer, calls: list[Call], now: datetime) -> None:
    # Every call belongs to a row of the inbox; that of a message nobody asked for is done at once.
    for number in count(1):
        row = f"told/{hearer.id}/{now:%Y%m%d%H%M%S%f}/{number}"
        if tx.inbox.add([Arrival(row, hearer.channel, hearer.conversation, "")], now):
            break
    tx.inbox.done(row, now)
    tx.outbox.add(row, hearer.channel, hearer.conversation, calls, now)
