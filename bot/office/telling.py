"""Telling: something said to a member that they did not ask for: that a form was entered, a close was moved …"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count

from bot.store import Arrival, Call, Transaction
from bot.store.invitations import Member
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language

# Makes the calls of a channel that say something in a conversation: channels/unasked.py.
Calls = Callable[[str, str, Reply], list[Call]]
Says = Callable[[Language], Reply]


def tell(tx: Transaction, members: Iterable[Member], says: Says, calls: Calls, now: datetime) -> int:
    """Put a message to members into the outbox, to each in the language of their conversation; how many are told.

    A running bot notices the commit within a second and sends it; one that does not run sends it at its next start.
    """
    told = 0
    for member in members:
        kept = tx.sessions.load(member.conversation)
        language: Language = Session.load(kept).language if kept else "zh"
        _say(tx, member, calls(member.channel, member.conversation, says(language)), now)
        told += 1
    return told


def _say(tx: Transaction, member: Member, calls: list[Call], now: datetime) -> None:
    # Every call belongs to a row of the inbox; that of a message nobody asked for is done at once.
    for number in count(1):
        row = f"told/{member.seat}/{now:%Y%m%d%H%M%S%f}/{number}"
        if tx.inbox.add([Arrival(row, member.channel, member.conversation, "")], now):
            break
    tx.inbox.done(row, now)
    tx.outbox.add(row, member.channel, member.conversation, calls, now)
