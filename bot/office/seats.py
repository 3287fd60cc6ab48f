"""A seat of a ballot as the office names it: by the roll's own key, or by its number in the list as "#12"."""

from dataclasses import dataclass

from ballots.ballot import Ballot, State
from ballots.standing import Standing
from bot.office.acting import Acting, Refusal
from bot.office.ballots import told_of
from bot.office.telling import Calls, Says, tell
from bot.store.ballots import Ballots, Record
from bot.store.invitations import Invitations
from dialogs.names import Seated
from dialogs.notices import Told


@dataclass(frozen=True, slots=True)
class At:
    """A seat of an open ballot: the ballot and the seat as they stand, whose it is, and the ballot as it is told."""

    record: Record
    ballot: Ballot
    standing: Standing
    seated: Seated
    told: Told
    id: str


def at(acting: Acting, record: Record, typed: str) -> At:
    """The seat that was meant. Refused where there is none, or where the ballot has not opened.

    The key is tried first; a seat that left the roll is found by its number only.
    """
    ballots = Ballots(acting.tx.connection)
    if record.head.lines == 0:
        raise Refusal("reason.not-open")
    ballots.hold(record.id, State.OPEN)  # nothing changes between looking and recording; the close is the entry's own
    number = _number(ballots, record.id, typed.strip())
    standing = ballots.standing(record.id, number) if number else None
    if standing is None:
        raise Refusal("no_seat_in_ballot")
    seat, told = ballots.seats(record.id)[number], told_of(acting, record.id)
    seated = Seated(told.compound, record.kind, seat)
    return At(record, ballots.ballot(record.id), standing, seated, told, ballots.seat_ids(record.id)[number])


def tell_seat(acting: Acting, found: At, says: Says, calls: Calls) -> bool:
    """Tell whoever has joined a seat; whether there is somebody."""
    member = Invitations(acting.tx.connection).member(found.id)
    return bool(tell(acting.tx, [member] if member else [], says, calls, acting.now))


def _number(ballots: Ballots, id: str, typed: str) -> int:
    """The number of a seat in a ballot, 0 for none. Of seats of one key the last that came is on the roll."""
    if typed.startswith(("#", "＃")):
        digits = typed[1:].strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    return max((number for number, seat in ballots.seats(id).items() if seat.id == typed), default=0)
