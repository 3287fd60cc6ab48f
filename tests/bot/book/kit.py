"""What the tests of the book share: an office, its streets, compounds and rolls, and ballots that are open."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from ballots.ballot import Works
from ballots.casting import Recorded, cast
from ballots.draft import Draft, DraftItem
from ballots.menu import Counted
from ballots.outcomes import Done
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import Choice, Selection
from bot.office.acting import Acting, Refusal
from bot.office.book import begin
from bot.office.roles import Actor, Role
from bot.store import Store, Transaction
from bot.store.audit import Audit
from bot.store.ballots import Ballots
from bot.store.book import Book
from bot.store.invitations import Invitations, Member
from bot.store.ledgers import Ledgers
from bot.store.rolls import Rolls
from tests.ballots.kit import ELEVATOR, PARKING, secret
from tests.bot.made import copied

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OPENS, CLOSES = NOW - timedelta(days=1), NOW + timedelta(days=7)
DISTRICT = Actor("d00001", Role.DISTRICT)


def begun(path: Path) -> None:
    """The office's database as it is when it was just set up."""
    with closing(Store(path)) as store:
        store.write(lambda tx: begin(tx, NOW)).result()


class Desk:
    """An office over a database file."""

    def __init__(self, path: Path) -> None:
        copied(begun, path)
        self.store = Store(path)
        self.random = 0

    def do(self, job: Callable[[Transaction], T]) -> T:
        return self.store.write(job).result()

    def act(self, act: Callable[..., T | Refusal], *args: Any, by: Actor = DISTRICT, now: datetime = NOW) -> T:
        """An act that goes well."""
        result: T | Refusal = self.tried(act, *args, by=by, now=now)
        assert not isinstance(result, Refusal), result.key
        return result

    def refused(self, act: Callable[..., object], *args: Any, by: Actor = DISTRICT) -> str:
        """The key of an act's refusal."""
        result = self.tried(act, *args, by=by)
        assert isinstance(result, Refusal), result
        return result.key

    def tried(self, act: Callable[..., T | Refusal], *args: Any, by: Actor = DISTRICT, now: datetime = NOW) -> Any:
        def random(count: int) -> bytes:
            self.random += 1
            return secret("random", self.random)[:count]

        return self.do(lambda tx: act(Acting(tx, by, now, random), *args))

    def staff_of(self, street: str) -> Actor:
        return Actor("s00001", Role.STREET, self.street(street))

    def street(self, name: str) -> str:
        found = self.do(lambda tx: Book(tx.connection).street(name))
        assert found is not None
        return found.id

    def compound(self, name: str = "白云里", street: str = "广安门外街道") -> str:
        """A new compound; its id."""
        return self.do(lambda tx: Book(tx.connection).add_compound(self._street(tx, street), name, NOW)).id

    def _street(self, tx: Transaction, name: str) -> str:
        found = Book(tx.connection).street(name)
        assert found is not None
        return found.id

    def audit(self) -> list[tuple[str, str, str]]:
        """Act, subject and outcome (with the reason of a refusal), the oldest first."""
        lines = self.do(lambda tx: Audit(tx.connection).last(1000))
        return [(line.act, line.about, line.reason or line.outcome) for line in reversed(lines)]

    # ---- rolls and ballots -------------------------------------------------------------------------------------------

    def roll(self, compound: str, kind: Kind = Kind.OWNERS) -> Roll:
        return self.do(lambda tx: Rolls(tx.connection).roll(compound, kind))

    def seat_id(self, compound: str, key: str, kind: Kind = Kind.OWNERS) -> str:
        return self.do(lambda tx: Rolls(tx.connection).ids(compound, kind))[key]

    def join(self, seat: str, person: str) -> None:
        member = Member(seat, person, "console", person, NOW)
        self.do(lambda tx: Invitations(tx.connection).join(member))

    def issue(self, seat: str) -> None:
        """Give a seat a code."""
        self.do(lambda tx: Invitations(tx.connection).issue(seat, f"hash {seat}", NOW))

    def member(self, seat: str) -> str:
        found = self.do(lambda tx: Invitations(tx.connection).member(seat))
        return found.person if found else ""

    def told(self, person: str) -> list[str]:
        """What was put into the outbox for a person."""
        sql = "select payload from outbox where conversation = :it order by seq"
        return [str(row["payload"]) for row in self.do(lambda tx: tx.connection.rows(sql, it=person))]

    def ballot(self, compound: str, kind: Kind = Kind.OWNERS, opens: bool = True) -> str:
        """A ballot over the elevator, counted by building, and parking; opened unless told otherwise. Its id."""

        def job(tx: Transaction) -> str:
            ballots, rolls = Ballots(tx.connection), Rolls(tx.connection)
            id = ballots.add(compound, kind, "{}", OPENS, CLOSES, NOW)
            if not opens:
                return id
            elevator = DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.BUILDING, ("/1号楼",))
            items = (elevator, DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND))
            draft = Draft(id, "选单征询", items, OPENS, CLOSES, Works.PLANNED, "街道办")
            roll, ids = rolls.roll(compound, kind), rolls.ids(compound, kind)
            outcome = draft.open(roll, OPENS, secret(id))
            assert isinstance(outcome, Done), outcome
            Ledgers(tx.connection).append(id, outcome.entries)
            seats = {seat.id: seat for seat in roll.seats}
            ballots.seat_numbers(id, {n: (ids[key], seats[key]) for key, n in outcome.numbers.items()})
            return id

        return self.do(job)

    def votes(self, ballot: str, key: str, choices: Mapping[str, Choice]) -> int:
        """A seat votes; its number."""

        def job(tx: Transaction) -> int:
            ledgers = Ledgers(tx.connection)
            seats = Ballots(tx.connection).seats(ballot)
            number = max(n for n, seat in seats.items() if seat.id == key)
            standing = ledgers.standing(ballot, number)
            assert standing is not None
            outcome = cast(ledgers.ballot(ballot), standing, Selection(choices), NOW, secret(ballot, key))
            assert isinstance(outcome, Recorded), outcome
            ledgers.append(ballot, [outcome.entry])
            return number

        return self.do(job)

    def kinds(self, ballot: str) -> list[str]:
        """The kinds of a ledger's lines behind the opening and its seats."""
        sql = "select kind from ledger where ballot = :id order by n"
        kinds = [str(row["kind"]) for row in self.do(lambda tx: tx.connection.rows(sql, id=ballot))]
        box = self.do(lambda tx: Ledgers(tx.connection).box(ballot))
        return kinds[box.ballot.seats + 1 :]


def flat(building: int, unit: int, name: str, area: int = 5000, id: str = "") -> Seat:
    """The owner of a flat."""
    place = Unit(f"{building}号楼", "1单元", str(unit), area)
    return Seat(id or f"{place.building}/{place.stairwell}/{place.unit}", (name,), (place,))


def owners(*seats: Seat) -> Roll:
    return Roll(Kind.OWNERS, seats)
