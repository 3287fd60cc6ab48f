"""What the tests of the office's ballots share: an office with two streets and its staff, a compound with its rolls,
and acts at a time of one's choosing."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ballots.ballot import Works
from ballots.casting import Changed, Recorded, cast
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import By, Choice, Selection
from bot.office import ballots as acts
from bot.office import drafting
from bot.office.acting import Acting, Refusal
from bot.office.drafting import Drafted, Wish
from bot.office.roles import Actor, Role
from bot.store import Store, Transaction
from bot.store.audit import Audit, Line
from bot.store.ballots import Ballots, Record
from bot.store.book import Book
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from dialogs.wording import LANGUAGES, wording

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine in the morning in Beijing
DAY = timedelta(days=1)
CLOSES = NOW + 14 * DAY
ELEVATOR, PARKING = "menu-13", "menu-31"


@dataclass
class Office:
    """An office: its database, its staff (ids), the compound with its rolls, and one of another street."""

    path: Path
    compound: str
    other: str
    ann: str  # of the district
    bob: str  # of the compound's street
    eve: str  # of another street
    street: str

    def do(self, job: Callable[[Transaction], T]) -> T:
        store = Store(self.path)
        try:
            return store.write(job).result()
        finally:
            store.close()

    def actor(self, who: str) -> Actor:
        staff = self.do(lambda tx: StaffList(tx.connection).find(who))
        assert staff is not None
        return Actor(staff.id, Role(staff.role), staff.street)

    def act(self, job: Callable[[Acting], T | Refusal], who: str = "", now: datetime = NOW) -> T | Refusal:
        """An act by a member of staff (ann) at a time."""
        actor = self.actor(who or self.ann)
        return self.do(lambda tx: job(Acting(tx, actor, now, secrets.token_bytes)))

    def must(self, job: Callable[[Acting], T | Refusal], who: str = "", now: datetime = NOW) -> T:
        result = self.act(job, who, now)
        assert not isinstance(result, Refusal), (result.key, result.values)
        return result

    def refused(self, job: Callable[[Acting], Any], who: str = "", now: datetime = NOW) -> str:
        """The key of a refusal, after a look at its sentences and its line in the audit; nothing else was written."""
        before = self.content()
        result = self.act(job, who, now)
        assert isinstance(result, Refusal), result
        for language in LANGUAGES:
            assert "{" not in wording(language)(result.sentence, **result.values)
        (line,) = self.audit(1)
        assert (line.outcome, line.reason) == ("refused", result.key)
        assert self.content() == before
        return result.key

    def content(self) -> dict[str, Any]:
        tables = ("ballot", "ledger", "ballot_seat", "outbox", "seat", "compound")
        return self.do(lambda tx: {table: tx.connection.rows(f"select * from {table}") for table in tables})

    def audit(self, count: int = 100) -> list[Line]:
        return self.do(lambda tx: Audit(tx.connection).last(count))

    def record(self, ballot: str) -> Record:
        record = self.do(lambda tx: Ballots(tx.connection).record(ballot))
        assert record is not None
        return record

    def kinds(self, ballot: str) -> list[str]:
        """What the lines of a ledger record, the opening's left out."""
        rows = self.do(lambda tx: [row["kind"] for row in Ballots(tx.connection).rows(ballot)])
        return [kind for kind in rows if kind not in ("opened", "seat")]

    def told(self) -> list[str]:
        """What waits to be said, newest last."""
        return [
            row["payload"] for row in self.do(lambda tx: tx.connection.rows("select payload from outbox order by seq"))
        ]

    # ---- a ballot ----------------------------------------------------------------------------------------------------

    def draft(
        self,
        kind: Kind = Kind.OWNERS,
        items: tuple[str, ...] = (ELEVATOR, PARKING),
        opens: datetime | None = None,
        closes: datetime = CLOSES,
        now: datetime = NOW,
        **more: Any,
    ) -> str:
        """A draft's id."""
        wishes = [Wish(item) for item in items]
        found: Drafted = self.must(
            lambda acting: drafting.draft(acting, self.compound, kind, wishes, opens, closes, "征询", **more), now=now
        )
        return found.record.id

    def opened(self, kind: Kind = Kind.OWNERS, now: datetime = NOW, **more: Any) -> str:
        """An open ballot's id."""
        id = self.draft(kind, now=now, **more)
        self.must(lambda acting: acts.open_ballot(acting, id), now=now)
        return id

    def numbers(self, ballot: str) -> dict[str, int]:
        """The numbers of a ballot's seats by the roll's keys."""
        seats = self.do(lambda tx: Ballots(tx.connection).seats(ballot))
        return {seat.id: number for number, seat in seats.items()}

    def vote(self, ballot: str, key: str, now: datetime = NOW, by: By = By.ONLINE, **choices: str) -> Any:
        """A seat votes: menu_13="for"."""
        number = self.numbers(ballot)[key]
        said = {item.replace("_", "-"): Choice(choice) for item, choice in choices.items()}
        reasons = {item: "怕挡光" for item, choice in said.items() if choice is Choice.OBJECT}

        def job(tx: Transaction) -> Any:
            ballots = Ballots(tx.connection)
            standing = ballots.standing(ballot, number)
            assert standing is not None
            outcome = cast(ballots.ballot(ballot), standing, Selection(said, reasons), now, secrets.token_bytes(32), by)
            if isinstance(outcome, Recorded | Changed):
                ballots.append(ballot, [outcome.entry])
            return outcome

        return self.do(job)

    def join(self, key: str, person: str = "", kind: Kind = Kind.OWNERS) -> str:
        """Somebody joins a seat, in a terminal of their own; the conversation."""
        person = person or f"console/{key}"

        def job(tx: Transaction) -> None:
            seat = Rolls(tx.connection).ids(self.compound, kind)[key]
            Invitations(tx.connection).join(Member(seat, person, "console", person, NOW))

        self.do(job)
        return person


@contextmanager
def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[None]:
    """The command line at a time."""
    with monkeypatch.context() as patch:
        for module in ("bot.commands.office.acted", "bot.commands.office.ballot.asked"):
            patch.setattr(f"{module}.utc", lambda: now)
        yield


def owners() -> Roll:
    """Six owners in two stairwells of one building, each of one flat of 50 m²."""
    units = [(stairwell, door) for stairwell in ("1单元", "2单元") for door in ("101", "201", "301")]
    names = ("王建国", "李秀英", "张志强", "刘桂兰", "陈文", "杨海燕")
    seats = [
        Seat(f"s{n}", (name,), (Unit("1号楼", stairwell, door, 5000),))
        for n, (name, (stairwell, door)) in enumerate(zip(names, units, strict=True), 1)
    ]
    return Roll(Kind.OWNERS, tuple(seats))


def committee() -> Roll:
    names = ("王建国", "李秀英", "张志强")
    return Roll(Kind.COMMITTEE, tuple(Seat(str(n), (name,)) for n, name in enumerate(names, 1)))


def set_up(path: Path) -> Office:
    """An office whose compound has its basic works planned, and rolls of owners and a committee."""
    store = Store(path)

    def job(tx: Transaction) -> Office:
        book, staff, rolls = Book(tx.connection), StaffList(tx.connection), Rolls(tx.connection)
        here, there = book.add_street("月坛街道", NOW), book.add_street("牛街街道", NOW)
        compound, other = book.add_compound(here.id, "白云里小区", NOW), book.add_compound(there.id, "春风小区", NOW)
        book.set_works(compound.id, Works.PLANNED, "街道办", date(2026, 3, 1))
        for roll in (owners(), committee()):
            rolls.replace(compound.id, Roll(roll.kind, ()), roll, NOW)
        ann = staff.add("安科", "district", "", "active", "1" * 64, NOW)
        bob = staff.add("鲍科", "street", here.id, "active", "2" * 64, NOW)
        eve = staff.add("伊科", "street", there.id, "active", "3" * 64, NOW)
        return Office(path, compound.id, other.id, ann.id, bob.id, eve.id, here.id)

    try:
        return store.write(job).result()
    finally:
        store.close()
