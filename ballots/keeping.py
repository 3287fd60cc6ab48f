"""Keeping a ballot: the office extends, closes, certifies or voids it, and tells how far the basic works are."""

from datetime import datetime

from ballots.ballot import Ballot, State, Works
from ballots.ledger import Entry, stamp
from ballots.outcomes import Done, Reason, Refused


def extend(ballot: Ballot, closes: datetime, because: str, at: datetime, secret: bytes) -> Done | Refused:
    """Move the close to a later time, with a reason that the list shows. All seats are to be told."""
    if ballot.state is not State.OPEN or at >= ballot.closes:
        return Refused(Reason.CLOSED)
    if closes.replace(microsecond=0) <= ballot.closes:  # a line holds whole seconds
        return Refused(Reason.NOT_LATER)
    return _because("extended", because, at, secret, closes=stamp(closes))


def close(ballot: Ballot, at: datetime, secret: bytes, because: str = "") -> Done | Refused:
    """Close it: by the clock once its time has come; before that only with a reason that the list shows."""
    if ballot.state is not State.OPEN:
        return Refused(Reason.CLOSED)
    if at >= ballot.closes:
        return Done([Entry("closed", at, secret)])
    return _because("closed", because, at, secret) if because.strip() else Refused(Reason.STILL_OPEN)


def certify(ballot: Ballot, by: str, at: datetime, secret: bytes) -> Done | Refused:
    """Certify the count of a closed ballot, by the name of a member of staff, which the list shows. This is final."""
    if ballot.state is State.OPEN:
        return Refused(Reason.STILL_OPEN)
    if ballot.state is not State.CLOSED:
        return Refused(Reason.CLOSED)
    if not by.strip():
        return Refused(Reason.TEXT_MISSING)
    return Done([Entry("certified", at, secret, {"by": by.strip()})])


def void(ballot: Ballot, because: str, at: datetime, secret: bytes) -> Done | Refused:
    """Declare it void before it is certified, with a reason that the list shows. All seats are to be told."""
    if ballot.state not in (State.OPEN, State.CLOSED):
        return Refused(Reason.CLOSED)
    return _because("void", because, at, secret)


def record_works(ballot: Ballot, works: Works, said: str, at: datetime, secret: bytes) -> Done | Refused:
    """Record how far the basic works are now, and who said so; the result quotes the clause until they are done."""
    if ballot.state not in (State.OPEN, State.CLOSED):
        return Refused(Reason.CLOSED)
    if not said.strip():
        return Refused(Reason.TEXT_MISSING)
    if works is ballot.works:
        return Refused(Reason.SAME)
    return Done([Entry("works", at, secret, {"works": works.value, "said": said.strip()})])


def _because(kind: str, because: str, at: datetime, secret: bytes, **public: str) -> Done | Refused:
    if not because.strip():
        return Refused(Reason.TEXT_MISSING)
    return Done([Entry(kind, at, secret, {**public, "because": because.strip()})])
