"""Releasing: a seat's account is let go, by the office for a lost phone or by the person; whoever joins next may speak
for the seat.

Nothing of the count changes by it. It stands in the ledger all the same, so that a seat whose account was changed
during a ballot can be seen by everybody.
"""

from collections.abc import Mapping
from datetime import datetime

from ballots.ballot import Ballot, State
from ballots.ledger import Entry
from ballots.outcomes import Done, Reason, Refused
from ballots.standing import Standing


def release(
    ballot: Ballot, standing: Standing, staff: str, because: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Record that a seat's account was let go: by whom of the staff, and why. Its selection stays."""
    return _released(ballot, standing, {"staff": staff.strip(), "because": because.strip()}, at, secret)


def leave(ballot: Ballot, standing: Standing, because: str, at: datetime, secret: bytes) -> Done | Refused:
    """Record that the person let a seat's account go: the line has no staff, for nobody of them did it. Its selection
    stays."""
    return _released(ballot, standing, {"because": because.strip()}, at, secret)


def _released(
    ballot: Ballot, standing: Standing, private: Mapping[str, str], at: datetime, secret: bytes
) -> Done | Refused:
    if ballot.state is not State.OPEN:
        return Refused(Reason.CLOSED)
    if standing.gone:
        return Refused(Reason.NO_SEAT)
    if not all(private.values()):
        return Refused(Reason.TEXT_MISSING)
    return Done([Entry("released", at, secret, {"seat": standing.number}, private)], (standing.number,))
