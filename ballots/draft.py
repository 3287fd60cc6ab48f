"""A draft: a ballot before its opening, what is wrong with it, and the opening itself, which freezes everything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ballots.ballot import Ballot, BallotItem, State, Works
from ballots.ledger import FORM, Entry, derived, stamp
from ballots.menu import ELEVATOR, Counted, Item
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import WHOLE, Fault, Kind, Roll, Seat, natural
from ballots.rules import HANDBOOK, Matter, Rule, by_law, own

BEIJING = timezone(timedelta(hours=8))  # no daylight saving since 1992
LONGEST_TITLE = 120  # characters
PROXIES = 3  # one person may hold so many unless the office sets another number; no source lays one down
_DEPTH = {Counted.COMPOUND: 0, Counted.BUILDING: 1, Counted.STAIRWELL: 2}


@dataclass(frozen=True, slots=True)
class DraftItem:
    """An item as the office wants it asked: its class and who set that, and over what it is counted.

    `areas` are the paths where it is asked, () for all of the roll. `handbook` turns the elevator handbook's rule on.
    `rule` is a rule set for this ballot; it stands in for the default of a committee's or households' ballot, and is
    never taken among owners, where the law has one.
    """

    item: Item
    matter: Matter
    set_by: str
    counted: Counted
    areas: tuple[str, ...] = ()
    handbook: bool = False
    rule: Rule | None = None

    def ruled(self, kind: Kind, on: date) -> Rule:
        """The rule by which it counts over a roll of this kind in a ballot that opens on a day (of Beijing). Raises
        ValueError for a day on which no law laid one down."""
        if kind is not Kind.OWNERS:
            return self.rule or own()
        return HANDBOOK if self.handbook else by_law(self.matter, on)


@dataclass(frozen=True, slots=True)
class Draft:
    """A ballot that is being prepared. Times are UTC. `works` is how far the basic works are, None where the office has
    recorded nothing, and `works_said` who said so.

    `by_name` lets the list show who chose what; `live` shows counts before the close, and implies `by_name`.
    """

    id: str
    title: str
    items: tuple[DraftItem, ...]
    opens: datetime
    closes: datetime
    works: Works | None = None
    works_said: str = ""
    by_name: bool = False
    live: bool = False
    proxies: int = PROXIES

    def faults(self, roll: Roll) -> list[Fault]:
        """Everything that keeps it from being opened with a roll, the roll's own faults among it."""
        return [*roll.faults(), *self._faults(), *(fault for item in self.items for fault in _item_faults(item, roll))]

    def _faults(self) -> Iterator[Fault]:
        if not self.title.strip() or len(self.title) > LONGEST_TITLE or not self.title.isprintable():
            yield Fault("", "bad-title", self.title)
        if not self.items:
            yield Fault("", "no-item")
        for id, times in Counter(item.item.id for item in self.items).items():
            if times > 1:
                yield Fault("", "doubled-item", id)
        if stamp(self.closes) <= stamp(self.opens):  # as the lines will hold them: whole seconds
            yield Fault("", "closes-before-opening")
        if (day := self.opens.astimezone(BEIJING).date()) < date(2007, 10, 1):
            yield Fault("", "before-any-law", str(day))
        for item in self.items:
            if item.handbook and not HANDBOOK.source.in_force(day):
                yield Fault("", "handbook-not-in-force", item.item.id)
        if self.live and not self.by_name:
            yield Fault("", "live-without-names")
        if self.proxies < 0:
            yield Fault("", "negative-proxies", str(self.proxies))

    def open(self, roll: Roll, at: datetime, secret: bytes) -> Done | Refused:
        """Open it: the lines that freeze items, rules and roll. `secret` is 32 random bytes, kept with the ledger.

        Each seat gets a number at random, by which alone the public list knows it. Basic works come first (二（二）):
        they must be recorded as planned at least. The law is that of the day (of Beijing) on which it is opened.
        """
        if self.works is None or not self.works_said.strip():
            return Refused(Reason.BASICS_NOT_PLANNED)
        if faults := self.faults(roll):
            return Refused(Reason.FAULTY, faults[0].what)
        if at < self.opens:
            return Refused(Reason.NOT_OPEN)
        if at >= self.closes:
            return Refused(Reason.CLOSED)
        items = {item.item.id: _frozen(item, roll, at) for item in self.items}
        ballot = Ballot(
            id=self.id,
            title=self.title.strip(),
            state=State.OPEN,
            kind=roll.kind,
            items=items,
            by_name=self.by_name,
            live=self.live,
            opens=self.opens,
            closes=self.closes,
            seats=len(roll.seats),
            proxies=self.proxies,
            works=self.works,
            works_said=self.works_said.strip(),
        )
        shuffled = sorted(roll.seats, key=lambda seat: derived(secret, f"place {seat.id}"))
        numbers = {seat.id: number for number, seat in enumerate(shuffled, 1)}
        opened = Entry("opened", at, derived(secret, "opened"), {"form": FORM, **ballot.public()})
        seats = (seat_entry(ballot, seat, numbers[seat.id], at, secret) for seat in shuffled)
        return Done([opened, *seats], tuple(numbers.values()), numbers)


def seat_entry(ballot: Ballot, seat: Seat, number: int, at: datetime, secret: bytes) -> Entry:
    """The entry that puts a seat onto a ballot's roll under a number."""
    public = {"seat": number, **seat_public(ballot, seat)}
    return Entry("seat", at, derived(secret, f"seat {number}"), public, seat_private(ballot, seat))


def seat_public(ballot: Ballot, seat: Seat) -> dict[str, object]:
    """What the list shows of a seat: one head, its areas where items are counted, and its name in a ballot by name."""
    items = ballot.items.values()
    areas = {path: area for path, area in seat.areas().items() if any(path in item.places for item in items)}
    name = {"name": "、".join(seat.holders)} if ballot.by_name else {}
    return {"heads": 1, "areas": areas, **name}


def seat_private(ballot: Ballot, seat: Seat) -> dict[str, str]:
    """What the list holds of a seat as commitments only."""
    units = "、".join(f"{unit.building} {unit.stairwell} {unit.unit}" for unit in seat.units)
    name = {} if ballot.by_name else {"name": "、".join(seat.holders)}
    return {"id": seat.id, **name, "units": units}


def _frozen(item: DraftItem, roll: Roll, at: datetime) -> BallotItem:
    paths = {path for path in roll.areas if _depth(path) == _DEPTH[item.counted]}
    areas = tuple(sorted(paths & set(item.areas) if item.areas else paths, key=natural))
    rule = item.ruled(roll.kind, at.astimezone(BEIJING).date())
    return BallotItem(item.item, item.matter, item.set_by.strip(), rule, item.counted, areas)


def _item_faults(item: DraftItem, roll: Roll) -> Iterator[Fault]:
    id = item.item.id
    if item.item.basic:
        yield Fault("", "basic-item", id)  # 基础类是必须改造整治的内容, 二（二）: there is nothing to choose
    if not item.set_by.strip():
        yield Fault("", "class-set-by-nobody", id)
    if item.handbook and (roll.kind is not Kind.OWNERS or item.item.words != ELEVATOR):
        yield Fault("", "handbook-is-for-owners-and-elevators", id)
    if item.handbook and item.counted is not Counted.STAIRWELL:
        yield Fault("", "handbook-counts-stairwells", id)
    paths = {path for path in roll.areas if _depth(path) == _DEPTH[item.counted]}
    if not paths:
        yield Fault("", "no-such-areas", id)
    yield from (Fault("", "unknown-area", path) for path in item.areas if path not in paths)


def _depth(path: str) -> int:
    return 0 if path == WHOLE else path.count("/")
