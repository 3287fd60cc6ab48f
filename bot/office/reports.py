"""Reports: what the office may see of a ballot: turnout always, result, objections and the public list after the close.

That somebody looked stands in the audit. Before the close nobody sees counts unless the ballot was opened live; the
refusal's sentence says so.
"""

from dataclasses import dataclass
from typing import TypeVar

from ballots.ballot import State
from ballots.box import Box
from ballots.ledger import Head, published
from ballots.report import MediationList, ResultSheet, Turnout, Withheld, mediation, notice, result, turnout
from ballots.roll import Seat
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.results.export import Export
from bot.store.ballots import Ballots, Record
from bot.store.book import Book

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PublicList:
    """A ballot's public list: its lines with line feeds, the seal last, and the head to be posted. `final`: the ballot
    is certified or void, so that neither changes any more."""

    lines: tuple[bytes, ...]
    head: Head
    final: bool


@act("turnout", find=finding.ballot)
def turned_out(acting: Acting, found: Record) -> Turnout:
    """How many have taken part, by area."""
    return turnout(_box(acting, found), _seats(acting, found))


@act("tally", find=finding.ballot)
def tallied(acting: Acting, found: Record) -> ResultSheet:
    """The result, counted anew from the ledger."""
    return _shown(result(_box(acting, found)))


@act("objections", find=finding.ballot)
def objected(acting: Acting, found: Record) -> MediationList:
    """The objections with their reasons and whose they are, to be talked over."""
    return _shown(mediation(_box(acting, found), _seats(acting, found)))


@act("export", find=finding.ballot)
def public_list(acting: Acting, found: Record) -> PublicList:
    """The public list, once the ballot is closed. One that was void before its close has none: nobody was to see what
    was chosen by then."""
    return _listed(acting, found)


@act("export.files", find=finding.ballot)
def exported(acting: Acting, found: Record) -> Export:
    """All that there is to file of a ballot that is closed: result, turnout, objections and the public list."""
    listed = _listed(acting, found)
    if found.state is State.VOID:
        raise Refusal("void_list_only")
    box, seats, book = _box(acting, found), _seats(acting, found), Book(acting.tx.connection)
    compound, street = book.compound(found.compound), book.street(found.street)
    assert compound is not None and street is not None, "a ballot's compound and street stand in the book"
    posted, mediated = _shown(notice(box, found.head, acting.now)), _shown(mediation(box, seats))
    return Export(compound.name, street.name, posted, turnout(box, seats), mediated, listed.lines)


def _listed(acting: Acting, found: Record) -> PublicList:
    if found.head.lines == 0:
        raise Refusal("reason.not-open")
    ballots = Ballots(acting.tx.connection)
    if found.state is State.OPEN:
        raise Refusal("withheld")
    if found.state is State.VOID and not ballots.was_closed(found.id):
        raise Refusal("withheld_void")
    final = found.state is not State.CLOSED
    return PublicList(tuple(published(ballots.lines(found.id), found.head)), found.head, final)


def _box(acting: Acting, found: Record) -> Box:
    if found.head.lines == 0:
        raise Refusal("reason.not-open")
    return Ballots(acting.tx.connection).box(found.id)


def _seats(acting: Acting, found: Record) -> dict[int, Seat]:
    return Ballots(acting.tx.connection).seats(found.id)


def _shown(sheet: T | Withheld) -> T:
    if isinstance(sheet, Withheld):
        raise Refusal("withheld_void" if sheet.state is State.VOID else "withheld")
    return sheet
