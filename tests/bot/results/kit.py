"""Ballots whose results are drawn, written and posted: a committee of nine, owners of 120 flats, and their ledgers."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ballots import keeping, report
from ballots.ballot import Works
from ballots.casting import Changed, Recorded, cast
from ballots.draft import Draft, DraftItem
from ballots.ledger import published
from ballots.menu import Counted, suggested
from ballots.report import MediationList, Notice, ResultSheet, Turnout
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import By, Choice, Selection
from bot.office import menu
from tests.ballots.kit import Book

OPENS = datetime(2026, 3, 1, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
COMPOUND = "白云里小区"
OFFICE = "广安门外街道"

_CHOICES = (Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.ABSTAIN, Choice.FOR, Choice.OBJECT)
# What a seat chooses: by its place on the roll and the item's in the ballot; None: no part in the item.
Chooses = Callable[[int, int], Choice | None]


@dataclass
class Round:
    """A ballot with its ledger and the roll it was opened with."""

    book: Book
    roll: Roll

    @property
    def seats(self) -> Mapping[int, Seat]:
        return {self.book.numbers[seat.id]: seat for seat in self.roll.seats}

    @property
    def sheet(self) -> ResultSheet:
        sheet = report.result(self.book.box)
        assert isinstance(sheet, ResultSheet)
        return sheet

    @property
    def turnout(self) -> Turnout:
        return report.turnout(self.book.box, self.seats)

    @property
    def mediation(self) -> MediationList:
        listed = report.mediation(self.book.box, self.seats)
        assert isinstance(listed, MediationList)
        return listed

    @property
    def notice(self) -> Notice:
        notice = report.notice(self.book.box, self.book.head, CLOSES + timedelta(days=1))
        assert isinstance(notice, Notice)
        return notice

    @property
    def lines(self) -> tuple[bytes, ...]:
        return tuple(published(self.book.lines, self.book.head))


def round_of(
    roll: Roll,
    *items: DraftItem,
    chooses: Chooses = lambda seat, item: None,
    because: str = "挡光",
    title: str = "自选类事项意愿征询",
    works: Works = Works.PLANNED,
    live: bool = False,
    by_name: bool = False,
    certified: str = "",
    closed: bool = True,
) -> Round:
    """A ballot in which the seats choose as they are told to; closed, unless it is said not to be."""
    form = Draft("1a2b3c4d", title, items, OPENS, CLOSES, works, "街道办", by_name or live, live)
    book = Book(form.open(roll, OPENS, _secret("opening")))
    box = book.box
    for at, seat in enumerate(roll.seats):
        standing = box.standings[book.numbers[seat.id]]
        asked = [item for item in items if box.ballot.items[item.item.id].places & set(standing.areas)]
        said = {each.item.id: chooses(at, items.index(each)) for each in asked}
        choices = {id: choice for id, choice in said.items() if choice}
        if choices:
            reasons = {id: because for id, choice in choices.items() if choice is Choice.OBJECT}
            secret = _secret("vote", at)
            when = OPENS + timedelta(hours=1, minutes=at)
            outcome = cast(box.ballot, standing, Selection(choices, reasons), when, secret, By.ONLINE)
            assert isinstance(outcome, Recorded | Changed), outcome
            book.write(outcome)
    if closed:
        book.write(keeping.close(book.ballot, CLOSES, _secret("close")))
    if certified:
        book.write(keeping.certify(book.ballot, certified, CLOSES + timedelta(hours=2), _secret("certify")))
    return Round(book, roll)


def optional(*ids: str, over: Mapping[str, Counted] | None = None) -> list[DraftItem]:
    """Items of the menu as they are suggested; without ids all optional ones. `over` has them counted otherwise."""
    found = []
    for item in menu.items().values():
        if not item.basic and (not ids or item.id in ids):
            hint = suggested(item)
            found.append(DraftItem(item, hint.matter, "王科", (over or {}).get(item.id, hint.counted)))
    return found


def committee(seats: int = 9) -> Roll:
    return Roll(Kind.COMMITTEE, tuple(Seat(str(n), (f"委员{n}",)) for n in range(1, seats + 1)))


def owners(buildings: int = 2, stairwells: int = 3, flats: int = 20) -> Roll:
    """Owners of one flat each, of differing areas."""
    units = [
        Unit(f"{building}号楼", f"{stairwell}单元", f"{flat // 4 + 1}0{flat % 4 + 1}", 4567 + 731 * flat % 4000)
        for building in range(1, buildings + 1)
        for stairwell in range(1, stairwells + 1)
        for flat in range(flats)
    ]
    seats = (Seat(f"{u.building}/{u.stairwell}/{u.unit}", (f"业主{n}",), (u,)) for n, u in enumerate(units, 1))
    return Roll(Kind.OWNERS, tuple(seats))


def mixed(seat: int, item: int) -> Choice | None:
    """Most take part and most agree, differently in each place and on each item."""
    if (seat * 7 + item) % 11 < 2 + seat // 40 * 2:
        return None
    return _CHOICES[(seat * 3 + item * 5 + seat // 20) % (4 + (seat // 20 + item) % 4)]


def all_choose(choice: Choice) -> Chooses:
    return lambda seat, item: choice


def committee_round(**more: object) -> Round:
    """Nine members of a committee on all eight optional items."""
    items = [DraftItem(one.item, one.matter, one.set_by, Counted.COMPOUND) for one in optional()]
    return round_of(committee(), *items, **{"chooses": mixed, **more})  # type: ignore[arg-type]


def owners_round(**more: object) -> Round:
    """Owners of 120 flats in six stairwells: the elevator by stairwell, two items by building, one over all."""
    items = optional("menu-13", "menu-15", "menu-16", "menu-31")
    return round_of(owners(), *items, **{"chooses": mixed, **more})  # type: ignore[arg-type]


def _secret(*labels: object) -> bytes:
    return hashlib.sha256(repr(labels).encode()).digest()
