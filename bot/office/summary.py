"""Summary: what a street's annual plan (年度计划) must know of its compounds: how far the basic works are, on whose
word, and what came of each ballot. Before the close it holds no counts, as nothing else does."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ballots.ballot import BallotItem, State
from ballots.box import Box, recount
from ballots.frame import SURVEY, Sentence
from ballots.ledger import Broken
from ballots.report import ResultSheet, Withheld, mediation, result, turnout
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.office.drafts import loaded
from bot.office.roles import STAFF, Role
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.book import Book, Compound


class Shown(StrEnum):
    """What may be shown of a ballot's result."""

    FINAL = "final"
    RUNNING = "running"  # opened live, not closed yet: it may change
    WITHHELD = "withheld"  # until the close, from everyone
    VOID = "void"
    NOT_OPENED = "not-opened"
    DAMAGED = "damaged"  # its ledger is not as it was written; see jiugai doctor


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a ballot that was opened: in how many of its areas it reached its rule, and how many seats' objections
    are to be talked over; None for what may not be shown."""

    item: BallotItem
    reached: int | None
    objections: int | None


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A ballot: its record and title, how many of how many seats have taken part (None where nobody could yet), what
    may be shown, its items, and what is to be said beside it."""

    record: Record
    title: str
    shown: Shown
    seats: int | None = None
    taken_part: int | None = None
    items: tuple[ItemLine, ...] = ()
    says: tuple[Sentence, ...] = ()

    @property
    def objections(self) -> int | None:
        """How many objections there are to all items together; None before the close."""
        counts = [line.objections for line in self.items if line.objections is not None]
        return sum(counts) if counts else None


@dataclass(frozen=True, slots=True)
class CompoundLine:
    """A compound, its street's name, and the ids of its ballots, the oldest first."""

    compound: Compound
    street: str
    ballots: tuple[str, ...]


@act("summary")
def summarised(acting: Acting, street: str = "") -> list[CompoundLine]:
    """The compounds that the actor may see, or those of a street (its id or name), in the order of their streets.

    What came of their ballots is read one by one, by `counted`: a district has thousands, and a bot that serves would
    have to wait for all of them if they were counted here.
    """
    if street:
        found = finding.street(acting.tx, street)
        if not _sees(acting, found.id):
            raise Refusal("street")
        street = found.id
    book = Book(acting.tx.connection)
    ballots: dict[str, list[str]] = {}
    for record in Ballots(acting.tx.connection).records():
        ballots.setdefault(record.compound, []).append(record.id)
    names = {each.id: each.name for each in book.streets()}
    compounds = [compound for compound in book.compounds(street) if _sees(acting, compound.street)]
    lines = [CompoundLine(each, names[each.street], tuple(ballots.get(each.id, ()))) for each in compounds]
    places = {id: place for place, id in enumerate(names)}
    return sorted(lines, key=lambda line: places[line.compound.street])


def counted(tx: Transaction, ballot: str) -> BallotLine | None:
    """What came of a ballot that `summarised` has named; None where it is gone since."""
    ballots = Ballots(tx.connection)
    record = ballots.record(ballot)
    if record is None:
        return None
    title = loaded(record).title
    if record.head.lines == 0:
        return BallotLine(record, title, Shown.NOT_OPENED)
    try:
        # Without the private words: nobody's reasons are wanted here.
        return _line(record, recount(ballots.lines(record.id)), ballots)
    except (Broken, LookupError):  # of one damaged ballot the others know nothing
        return BallotLine(record, title, Shown.DAMAGED)


def _line(record: Record, box: Box, ballots: Ballots) -> BallotLine:
    seats = ballots.seats(record.id)
    part = turnout(box, seats).parts[:1]  # the compound stands first; none where every seat was taken off the roll
    sheet, talks = result(box), mediation(box, seats)
    reached = Counter(count.item for count in sheet.counts if count.passed) if isinstance(sheet, ResultSheet) else None
    objecting = None if isinstance(talks, Withheld) else Counter(each.item for each in talks.objections)
    items = tuple(
        ItemLine(item, None if reached is None else reached[id], None if objecting is None else objecting[id])
        for id, item in box.ballot.items.items()
    )
    return BallotLine(
        record,
        box.ballot.title,
        _shown(sheet),
        sum(each.seats for each in part),
        sum(each.taken_part for each in part),
        items,
        sheet.says,
    )


def _shown(sheet: ResultSheet | Withheld) -> Shown:
    if isinstance(sheet, Withheld):
        return Shown.VOID if sheet.state is State.VOID else Shown.WITHHELD
    return Shown.FINAL if sheet.final else Shown.RUNNING


def still(line: CompoundLine, there: Container[str]) -> CompoundLine:
    """A compound with those of its ballots that are still there."""
    return replace(line, ballots=tuple(id for id in line.ballots if id in there))


def says(lines: Iterable[BallotLine]) -> list[Sentence]:
    """What is to be said beside a summary, each sentence once: first that it is a survey of wishes."""
    return [*dict.fromkeys((SURVEY, *(sentence for line in lines for sentence in line.says)))]


def _sees(acting: Acting, street: str) -> bool:
    return acting.actor.role is Role.DISTRICT or acting.actor.may(STAFF, street)
