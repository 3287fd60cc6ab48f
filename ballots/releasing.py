"""Releasing: a seat's account is let go by the office, for a lost phone; whoever joins next may speak for the seat.

Nothing of the count changes by it. It stands in the ledger all the same, so that a seat whose account was changed
during a ballot can be seen by everybody.
"""

from datetime import datetime

from ballots.ballot import Ballot, State
from ballots.ledger import Entry
from ballots.outcomes import Done, Reason, Refused
from ballots.standing import Standing


def release(
    ballot: Ballot, standing: Standing, staff: str, because: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Record that a seat's account was let go: by whom of the staff, and why. Its selection stays."""
    if ballot.state is not State.OPEN:
        return Refused(Reason.CLOSED)
    if standing.gone:
        return Refused(Reason.NO_SEAT)
    if not staff.strip() or not because.strip():
        return Refused(Reason.TEXT_MISSING)
    private = {"staff": staff.strip(), "because": because.strip()}
    return Done([Entry("released", at, secret, {"seat": standing.number}, private)], (standing.number,))
