"""Ballots: the office's acts on the life of a ballot: open, extend, close, certify, void; and how it stands.

Each begins by holding the ballot in the state that it needs: of two who act at once one does it, and the other is told
that it was done. By the clock the same acts are done; see bot/channels/clock.py.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from ballots import keeping
from ballots.ballot import Ballot, State
from ballots.report import Turnout, turnout
from bot.channels import unasked
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.office.announcing import tell_all, tell_result
from bot.office.drafting import LONGEST_OPEN, Drafted, drafted
from bot.office.drafts import as_draft, loaded
from bot.office.missed import Missed, missed
from bot.office.recording import closed, faulty, name, record, secret, words
from bot.office.roles import Role
from bot.office.telling import Calls
from bot.store.ballots import Ballots, Record
from bot.store.book import Book
from bot.store.rolls import Rolls
from dialogs import notices

_CALLS = unasked.calls


@dataclass(frozen=True, slots=True)
class Opened:
    """A ballot that was opened, as it stands, with its compound's name. `sealed`: it was never closed, so
    nothing of the end of its ledger is told. `missed`: that the clock was to close it and could not."""

    record: Record
    compound: str
    ballot: Ballot
    turnout: Turnout
    sealed: bool
    missed: Missed | None = None


@act("ballot.open", find=finding.ballot)
def open_ballot(acting: Acting, found: Record, at_once: bool = False, calls: Calls = _CALLS) -> Ballot:
    """Open a draft: items, rules and roll are frozen, each seat gets its number, and the members are told.

    It opens at the moment of the opening, not before the time that was set; `at_once`: before it as well.
    """
    ballots, rolls = Ballots(acting.tx.connection), Rolls(acting.tx.connection)
    if not ballots.hold(found.id, State.DRAFT):
        raise Refusal("no_draft")
    compound = finding.compound(acting.tx, found.compound)
    draft = as_draft(loaded(found), found.id, found.kind, found.opens, found.closes, compound)
    now = acting.now.replace(microsecond=0)  # as its lines will hold it
    if at_once or draft.opens < now:
        draft = replace(draft, opens=now)
    roll = rolls.roll(found.compound, found.kind)
    if draft.works is not None and (refusal := faulty(draft.faults(roll))):
        raise refusal
    done = record(acting, found.id, draft.open(roll, now, secret(acting)))
    ids, seats = rolls.ids(found.compound, found.kind), {seat.id: seat for seat in roll.seats}
    ballots.seat_numbers(found.id, {number: (ids[key], seats[key]) for key, number in done.numbers.items()})
    tell_all(acting, found.id, lambda told: partial(notices.opened, told), calls)
    return ballots.ballot(found.id)


@act("ballot.extend", find=finding.ballot)
def extend(acting: Acting, found: Record, closes: datetime, because: str, calls: Calls = _CALLS) -> Ballot:
    """Move the close of an open ballot to a later time, with a reason that the list shows; the members are told."""
    ballots = held(acting, found, State.OPEN)
    if closes - acting.now > LONGEST_OPEN:  # it could never be moved back
        raise Refusal("too_long_open")
    outcome = keeping.extend(ballots.ballot(found.id), closes, words(because), acting.now, secret(acting))
    record(acting, found.id, outcome)
    tell_all(acting, found.id, lambda told: lambda language: notices.extended(told, because.strip(), language), calls)
    return ballots.ballot(found.id)


@act("ballot.close", find=finding.ballot)
def close(acting: Acting, found: Record, because: str = "", calls: Calls = _CALLS) -> Ballot:
    """Close an open ballot: once its time has come, or before that with a reason that the list shows. The members are
    told the result."""
    ballots = held(acting, found, State.OPEN)
    before = ballots.ballot(found.id)
    record(acting, found.id, keeping.close(before, acting.now, secret(acting), words(because)))
    early = because.strip() if acting.now < before.closes else ""
    tell_result(acting, found.id, early, calls)
    return ballots.ballot(found.id)


@act("ballot.certify", find=finding.ballot)
def certify(acting: Acting, found: Record) -> Ballot:
    """Certify the count of a closed ballot by the name of whoever acts. It is final."""
    ballots = held(acting, found, State.OPEN, State.CLOSED)
    record(acting, found.id, keeping.certify(ballots.ballot(found.id), name(acting), acting.now, secret(acting)))
    return ballots.ballot(found.id)


@act("ballot.void", find=finding.ballot)
def void(acting: Acting, found: Record, because: str, calls: Calls = _CALLS) -> Ballot:
    """Declare a ballot void before it is certified, with a reason that the list shows; the members are told."""
    ballots = held(acting, found, State.OPEN, State.CLOSED)
    record(acting, found.id, keeping.void(ballots.ballot(found.id), words(because), acting.now, secret(acting)))
    tell_all(acting, found.id, lambda told: lambda language: notices.void(told, because.strip(), language), calls)
    return ballots.ballot(found.id)


@act("ballot.show", find=finding.ballot)
def show(acting: Acting, found: Record) -> Drafted | Opened:
    """A ballot as it stands: a draft with what still hinders its opening, one that was opened with its turnout."""
    stands = drafted(acting.tx, found) if found.state is State.DRAFT else _standing(acting, found)
    return replace(stands, missed=missed(acting.tx).get(found.id))


@act("ballot.list")
def listed(acting: Acting, compound: str = "") -> list[tuple[Record, str, str]]:
    """The ballots that the actor may see, or those of a compound (its id): each with its compound's name and its
    title."""
    book = Book(acting.tx.connection)
    names = {each.id: each.name for each in book.compounds()}
    own = acting.actor.street if acting.actor.role is Role.STREET else ""
    records = Ballots(acting.tx.connection).records(compound)
    return [(each, names[each.compound], loaded(each).title) for each in records if own in ("", each.street)]


def _standing(acting: Acting, found: Record) -> Opened:
    ballots, compound = Ballots(acting.tx.connection), finding.compound(acting.tx, found.compound)
    box = ballots.box(found.id)
    shown = turnout(box, ballots.seats(found.id))
    return Opened(found, compound.name, box.ballot, shown, sealed=not ballots.was_closed(found.id))


def held(acting: Acting, found: Record, *states: State) -> Ballots:
    """The ballots, with this one held in one of these states. Raises Refusal where it is in none of them."""
    ballots = Ballots(acting.tx.connection)
    if not ballots.hold(found.id, *states):
        raise Refusal("reason.not-open") if found.state is State.DRAFT else closed()
    return ballots
