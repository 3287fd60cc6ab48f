"""A seat of a ballot as the office names it: as a seat of a roll (naming.py), or by its number in the list, "#12"."""

from dataclasses import dataclass

from ballots.ballot import Ballot, State
from ballots.standing import Standing
from bot.office.acting import Acting, Refusal
from bot.office.announcing import told_of
from bot.office.naming import ambiguous, meant
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
    """The seat that was meant. Refused where there is none or there are several, or where the ballot has not opened.

    A seat that left the roll gives way to one that is called alike and is on it.
    """
    ballots = Ballots(acting.tx.connection)
    if record.head.lines == 0:
        raise Refusal("reason.not-open")
    ballots.hold(record.id, State.OPEN)  # nothing changes between looking and recording; the close is the entry's own
    seats, ids, told = ballots.seats(record.id), ballots.seat_ids(record.id), told_of(acting, record.id)
    marks = {f"#{number}": number for number in ids} | {id: number for number, id in ids.items()}
    found = meant(typed, told.compound, record.kind, seats, marks)
    standings = [standing for number in found if (standing := ballots.standing(record.id, number))]
    here = [standing for standing in standings if not standing.gone] or standings[-1:]
    if not here:
        raise Refusal("no_seat_in_ballot")
    if len(here) > 1:
        raise ambiguous((ids[standing.number], seats[standing.number]) for standing in here)
    number = here[0].number
    seated = Seated(told.compound, record.kind, seats[number])
    return At(record, ballots.ballot(record.id), here[0], seated, told, ids[number])


def tell_seat(acting: Acting, found: At, says: Says, calls: Calls) -> bool:
    """Tell whoever has joined a seat; whether there is somebody."""
    member = Invitations(acting.tx.connection).member(found.id)
    return bool(tell(acting.tx, [member] if member else [], says, calls, acting.now))
