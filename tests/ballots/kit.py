"""Small ballots to test on: rolls, drafts, secrets that come out the same every time, and a ledger that is written."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from ballots.ballot import Ballot, Works
from ballots.box import Box, recount
from ballots.draft import Draft, DraftItem
from ballots.ledger import Entry, Head
from ballots.menu import Counted, Item
from ballots.outcomes import Done
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import Choice, Selection, Standing

OPENS = datetime(2026, 3, 1, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
DURING = OPENS + timedelta(days=1)

ELEVATOR = Item("menu-13", "多层住宅楼房增设电梯等上下楼设施", "给多层住宅楼加装电梯。", "An elevator is added.")
PARKING = Item("menu-31", "补建停车位及电动汽车充电设施", "补建停车位。", "Parking spaces are added.")
ROOF = Item("menu-16", "屋顶美化", "美化屋顶。", "The roof is made beautiful.")


def secret(*labels: object) -> bytes:
    """32 bytes that look random and are the same for the same labels."""
    return hashlib.sha256(repr(labels).encode()).digest()


def owners(count: int, area: int = 5000) -> Roll:
    """Owners of one flat each, all in one stairwell of one building."""
    seats = (Seat(f"s{n}", (f"业主{n}",), (Unit("1号楼", "1单元", f"{n:03}", area),)) for n in range(1, count + 1))
    return Roll(Kind.OWNERS, tuple(seats))


def draft(*items: DraftItem, live: bool = False, by_name: bool = False, proxies: int = 3) -> Draft:
    """A draft that can be opened; without items it asks for the elevator, by stairwell."""
    asked = items or (DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL),)
    return Draft("b1", "选单征询", asked, OPENS, CLOSES, Works.PLANNED, "街道办", by_name or live, live, proxies)


class Book:
    """A ledger as it is written: acts go in as outcomes, and what stands in it is read from its lines alone."""

    def __init__(self, opening: object = None) -> None:
        self.lines: list[bytes] = []
        self.entries: list[Entry] = []
        self.head = Head()
        self.numbers: dict[str, int] = {}
        if opening is not None:
            self.write(opening)

    def write(self, outcome: object) -> "Book":
        """Append what an outcome records. Raises AssertionError for a refusal, with its reason."""
        entries = [outcome.entry] if hasattr(outcome, "entry") else getattr(outcome, "entries", None)
        assert entries is not None, outcome
        for entry in entries:
            line, self.head = self.head.append(entry)
            self.lines.append(line)
            self.entries.append(entry)
        if isinstance(outcome, Done):
            self.numbers.update(outcome.numbers)
        return self

    def private(self, number: int) -> Mapping[str, str]:
        """The private words of a line."""
        return self.entries[number - 1].private

    @property
    def box(self) -> Box:
        """The ballot and its seats as the lines have it, the reasons of objections among them."""
        return recount(self.lines, self.private)

    @property
    def ballot(self) -> Ballot:
        """The ballot as it stands."""
        return self.box.ballot

    def seat(self, id: str) -> Standing:
        """Where a seat stands, by the roll's id."""
        return self.box.standings[self.numbers[id]]


def opened(roll: Roll | None = None, form: Draft | None = None, at: datetime = OPENS) -> Book:
    """The ledger of a ballot that was just opened."""
    outcome = (form or draft()).open(roll or owners(3), at, secret("opening"))
    return Book(outcome)


def ids(seats: Iterable[Seat]) -> list[str]:
    """The seats' ids."""
    return [seat.id for seat in seats]


def select(*choices: tuple[Item, Choice], because: str = "遮光") -> Selection:
    """A selection; each objection in it has the reason."""
    reasons = {item.id: because for item, choice in choices if choice is Choice.OBJECT}
    return Selection({item.id: choice for item, choice in choices}, reasons)
