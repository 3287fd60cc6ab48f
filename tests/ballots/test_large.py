"""A ballot as large as a district: 100,000 seats in the long form, 20,000 in the short one."""

import gc
import json
from collections.abc import Iterator

import pytest

from ballots.ballot import Ballot
from ballots.box import recount
from ballots.casting import Recorded, cast
from ballots.draft import DraftItem
from ballots.ledger import published
from ballots.menu import Counted
from ballots.outcomes import Done
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import Choice, Standing
from ballots.tally import Amount, tally
from tests.ballots.kit import DURING, ELEVATOR, OPENS, PARKING, Book, draft, secret, select
from tests.lengths import IS_LONG

SEATS = 100_000 if IS_LONG else 20_000


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing here goes round in circles, and looking for what does takes a quarter of the time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_districts_seats_are_opened_cast_and_counted() -> None:
    units = (Unit(f"{n // 80}号楼", f"{n // 20 % 4}单元", f"{n % 20}", 5000 + n % 7) for n in range(SEATS))
    roll = Roll(Kind.OWNERS, tuple(Seat(f"s{n}", ("业主",), (unit,)) for n, unit in enumerate(units)))
    elevator = DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL)
    parking = DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND)
    opening = draft(elevator, parking).open(roll, OPENS, secret("opening"))
    assert isinstance(opening, Done)
    book = Book(opening)
    ballot = Ballot.read(json.loads(book.lines[0]))
    for n in range(0, SEATS, SEATS // 20):
        seat = Standing.read(json.loads(book.lines[book.numbers[f"s{n}"]]))
        assert seat.number == book.numbers[f"s{n}"]
        outcome = cast(ballot, seat, select((ELEVATOR, Choice.FOR), (PARKING, Choice.FOR)), DURING, secret(n))
        assert isinstance(outcome, Recorded)
        book.write(outcome)
    counts = tally((box := recount(book.lines)).ballot, box.standings.values())
    assert len(counts) == SEATS // 20 + 1
    whole = sum(5000 + n % 7 for n in range(SEATS))
    assert counts[-1].all == Amount(SEATS, whole)
    assert counts[-1].agree == Amount(20, sum(5000 + n % 7 for n in range(0, SEATS, SEATS // 20)))
    first = next(count for count in counts if count.area == "/0号楼/0单元")
    assert (first.all, first.agree) == (Amount(20, sum(5000 + n % 7 for n in range(20))), Amount(1, 5000))
    assert sum(1 for _ in published(book.lines, book.head)) == len(book.lines) + 1
