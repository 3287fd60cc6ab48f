"""A hall to vote in: a compound with its roll and an open ballot, whose seats people have joined in Telegram, and two
members of staff. Made by the office's own acts; only the joining is written down at once."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ballots.ballot import Ballot, Works
from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import ballots as acts
from bot.office import drafting, staff
from bot.office.acting import Acting, Refusal
from bot.office.drafting import Wish
from bot.office.roles import Actor, Role
from bot.store import Store, Transaction
from bot.store.ballots import Ballots
from bot.store.book import Book
from bot.store.invitations import Invitations, Member
from bot.store.key import key_of
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from bot.times import utc
from tests.botapi import TOKEN

T = TypeVar("T")
ELEVATOR, PARKING = "menu-13", "menu-31"
ITEMS = (
    "menu-13",
    "menu-14",
    "menu-15",
    "menu-16",
    "menu-17",
    "menu-30",
    "menu-31",
    "menu-32",
)  # all that are optional
FIRST = 1001  # the first person's number
_FLATS, _STAIRWELLS = 12, 4
_BOT = TOKEN.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody with a seat: their number in Telegram; the seat's ballot, its key on the roll, its number, and the paths
    of its areas."""

    user: int
    ballot: str
    key: str
    number: int
    places: frozenset[str]

    @property
    def conversation(self) -> str:
        return conversation(self.user)


@dataclass(frozen=True, slots=True)
class Hall:
    """An open ballot: its compound, its id and items, and whoever has a seat in it; `staff` are the ids of two members,
    `closes` is when it is due."""

    path: Path
    compound: str
    ballot: str
    items: tuple[str, ...]
    voters: tuple[Voter, ...]
    staff: tuple[str, str]
    closes: datetime


def conversation(user: int) -> str:
    """The private chat of somebody in Telegram, as the store knows it."""
    return f"telegram/{_BOT}/{user}/{user}/0"


def begun(store: Store) -> tuple[str, str]:
    """An office with two members of staff; their ids."""

    def job(tx: Transaction) -> tuple[str, str]:
        first = staff.begin(tx, "安科", utc(), secrets.token_bytes, key_of(store.path))
        assert not isinstance(first, Refusal), first.key
        second = StaffList(tx.connection).add("鲍科", "district", "", "active", "2" * 64, utc())
        return first.staff.id, second.id

    return store.write(job).result()


def opened(
    store: Store,
    staff: tuple[str, str],
    roll: Roll,
    items: Sequence[str] = ITEMS,
    open_for: timedelta = timedelta(days=1),
    first: int = FIRST,
    name: str = "白云里小区",
    absent: int = 0,
) -> Hall:
    """A compound with this roll, and a ballot over it that is open from now on; its people are numbered from `first`
    on, in the order of the roll. So many of the last are `absent`: they have joined nothing."""

    def job(tx: Transaction) -> Hall:
        now = utc()
        book, rolls, invitations = Book(tx.connection), Rolls(tx.connection), Invitations(tx.connection)
        compound = book.add_compound(book.streets()[0].id, name, now).id
        book.set_works(compound, Works.DONE, "居委会", now.date())
        rolls.replace(compound, Roll(roll.kind, ()), roll, now)
        acting = Acting(tx, Actor(staff[0], Role.DISTRICT), now, secrets.token_bytes)
        wishes, closes = [Wish(item) for item in items], now + open_for
        drafted = must(drafting.draft(acting, compound, roll.kind, wishes, None, closes, f"{name}选单"))
        ballot: Ballot = must(acts.open_ballot(acting, drafted.record.id))
        ids = rolls.ids(compound, roll.kind)
        numbers = {seat.id: number for number, seat in Ballots(tx.connection).seats(ballot.id).items()}
        voters = []
        there = len(roll.seats) - absent
        for at, seat in enumerate(roll.seats):
            user = first + at
            if at < there:
                person = f"telegram/{_BOT}/{user}"
                invitations.join(Member(ids[seat.id], person, "telegram", conversation(user), now))
            voters.append(Voter(user, ballot.id, seat.id, numbers[seat.id], frozenset(seat.areas())))
        return Hall(store.path, compound, ballot.id, tuple(ballot.items), tuple(voters), staff, ballot.closes)

    return store.write(job).result()


def owners(count: int) -> Roll:
    """So many owners of a flat each, in buildings of four stairwells."""
    return Roll(Kind.OWNERS, tuple(Seat(f"{n}", (f"业主{n}",), (_flat(n - 1),)) for n in range(1, count + 1)))


def committee(count: int) -> Roll:
    return Roll(Kind.COMMITTEE, tuple(Seat(f"{n}", (f"委员{n}",)) for n in range(1, count + 1)))


def must(came: T | Refusal) -> T:
    assert not isinstance(came, Refusal), came.key
    return came


def done(path: Path, job: Callable[[Transaction], T]) -> T:
    store = Store(path)
    try:
        return store.write(job).result()
    finally:
        store.close()


def _flat(n: int) -> Unit:
    building, rest = divmod(n, _STAIRWELLS * _FLATS)
    stairwell, door = divmod(rest, _FLATS)
    return Unit(f"{building + 1}号楼", f"{stairwell + 1}单元", f"{door + 1}", 5000 + 100 * (n % 7))
