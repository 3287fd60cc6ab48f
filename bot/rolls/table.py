"""The table of a roll: the rows below the headings → seats, and what is wrong with them.

A row is a unit, and a unit is a seat: rows become one seat only by an owner's id, never by a name, since two people of
one compound may well be called alike. A committee's row is a member.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from ballots.roll import Kind, Roll, Seat, Unit
from bot.rolls import cells
from bot.rolls.alike import alike, same_names
from bot.rolls.faults import MOST, Bad, Cell, Fault, Note, Unreadable
from bot.rolls.headings import PLACE, Column, Headings, headings

MOST_ROWS = 300_000
# How the roll's ids begin of seats that an owner's id has joined, and of members of a committee who have no number yet:
# they get one when the roll is imported.
JOINED, UNNUMBERED = "#", "/"
_STEP = 500  # rows between two words about the progress

T = TypeVar("T")
Step = Callable[[int], None]
Rows = Iterator[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `roll` is None where there are `faults`; `posts` are the posts of a committee's members by the
    roll's ids. `rows` is how many rows below the headings were read."""

    roll: Roll | None
    posts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
    rows: int = 0


def heading_row(rows: Sequence[tuple[int, Sequence[Cell]]], kind: Kind) -> int | None:
    """The line that holds the headings: the first of those with the most known ones; None where no row has any."""
    best, line = 0, None
    for number, row in rows:
        known = len(headings(row, kind).at)
        if known > best:
            best, line = known, number
    return line


@dataclass(slots=True)
class _Owner:
    """A seat in the making."""

    names: tuple[str, ...]
    organisation: bool
    line: int
    units: list[Unit] = field(default_factory=list)


class Table:
    """The rows below the headings, as they are taken in."""

    def __init__(self, kind: Kind, step: Step) -> None:
        self.kind, self.faults, self.notes = kind, list[Fault](), list[Note]()
        self.heading_line = 0
        self._step, self._rows, self._width = step, 0, 0
        self._headings = Headings({}, {}, (), ())
        self._owners: dict[str, _Owner] = {}
        self._posts: dict[str, str] = {}
        self._places: dict[tuple[str, str, str], int] = {}

    def take(self, head: Sequence[tuple[int, Sequence[Cell]]], rest: Rows, narrow: bool = False) -> None:
        """Take a table in: its headings are among its first rows, `head`. Unreadable where it breaks off. `narrow`: a
        row with more cells than there are headings has a separator too many."""
        line = heading_row(head, self.kind)
        if line is None:
            return
        self.heading_line = line
        row = next(row for number, row in head if number == line)
        self._headings = headings(row, self.kind)
        self._width = len(row) if narrow else 0
        if unknown := self._headings.unknown:
            self.notes.append(Note("ignored", "、".join(unknown)))
        self.faults.extend(Fault(line, word, "doubled-column") for word in self._headings.doubled)
        missing = self._headings.missing(self.kind)
        self.faults.extend(Fault(line, "", "missing-column", column.value) for column in missing)
        if missing:
            return
        for number, row in chain((pair for pair in head if pair[0] > line), rest):
            if any(row):
                self._take(number, row)
            if len(self.faults) >= MOST:
                return

    def reading(self) -> Reading:
        """What was read."""
        self._step(self._rows)
        if not self.faults and not self._owners:
            self.faults.append(Fault(0, "", "no-row"))
        if self.faults:
            faults = sorted(self.faults[:MOST], key=lambda fault: fault.line)
            return Reading(None, {}, tuple(faults), tuple(self.notes), self._rows)
        roll = Roll(self.kind, tuple(_seats(self._owners)))
        if found := roll.faults():  # a rule of rolls that no cell by itself can break
            lines = (self._owners[fault.seat].line if fault.seat else 0 for fault in found)
            faults = [Fault(line, "", "roll", fault.what) for line, fault in zip(lines, found, strict=True)]
            return Reading(None, {}, tuple(faults[:MOST]), tuple(self.notes), self._rows)
        notes = (*self.notes, *self._looks_alike())
        return Reading(roll, self._posts, (), notes, self._rows)

    def _looks_alike(self) -> Iterator[Note]:
        if self.kind is not Kind.COMMITTEE:  # whose rows are told apart by their names
            yield from same_names((owner.names, owner.line) for owner in self._owners.values())
            yield from alike(self._places)

    def _take(self, line: int, row: Sequence[Cell]) -> None:
        self._rows += 1
        if self._rows % _STEP == 0:
            self._step(self._rows)
        if self._rows > MOST_ROWS:
            raise Unreadable("too-many-rows", line, str(MOST_ROWS))
        before = len(self.faults)
        if self._width and any(row[self._width :]):
            self.faults.append(Fault(line, "", "too-many-cells"))
        organisation = self._one(line, row, Column.ORGANISATION, cells.yes) or False
        names = self._names(line, row, organisation)
        unit = self._unit(line, row)
        owner = self._one(line, row, Column.OWNER, cells.identity) or ""
        post = self._one(line, row, Column.POST, _post) or ""
        if len(self.faults) > before:
            return
        key = self._key(owner, names, unit)
        if unit is not None and not self._claims(line, unit):
            return
        known = self._owners.get(key)
        if known is None:
            known = self._owners[key] = _Owner(names, organisation, line)
        elif self.kind is Kind.COMMITTEE:
            self._fault(line, Column.OWNER if owner else Column.NAME, "doubled-member", str(known.line))
        elif (known.names, known.organisation) != (names, organisation):
            self._fault(line, Column.NAME, "other-owner", str(known.line))
        if unit is not None:
            known.units.append(unit)
        if post:
            self._posts[key] = post

    def _key(self, owner: str, names: tuple[str, ...], unit: Unit | None) -> str:
        # No label and no id holds a slash, so that no two of these can be the same.
        if self.kind is Kind.COMMITTEE:
            return owner or f"{UNNUMBERED}{'、'.join(names)}"
        if owner or unit is None:
            return f"{JOINED}{owner}"
        return f"{unit.building}/{unit.stairwell}/{unit.unit}"

    def _claims(self, line: int, unit: Unit) -> bool:
        """Whether a unit stands here for the first time; where it does not, that is a fault."""
        place = (unit.building, unit.stairwell, unit.unit)
        first = self._places.setdefault(place, line)
        if first == line or self.kind is Kind.COMMITTEE:  # two members may live together
            return True
        self._fault(line, Column.UNIT, "doubled-unit", str(first))
        return False

    def _names(self, line: int, row: Sequence[Cell], organisation: bool) -> tuple[str, ...]:
        found = dict[str, None]()
        for at in self._headings.at[Column.NAME]:
            value = _value(row, at, lambda cell: cells.names(cell, organisation))
            if isinstance(value, Bad):
                self._told(line, at, value)
                return ()
            found.update(dict.fromkeys(value))
        if not found:
            self._fault(line, Column.NAME, "empty")
        return tuple(found)

    def _unit(self, line: int, row: Sequence[Cell]) -> Unit | None:
        if self.kind is Kind.COMMITTEE and not any(self._filled(row, column) for column in PLACE):
            return None
        if any(column not in self._headings.at for column in PLACE):
            self.faults.append(Fault(line, "", "half-a-place"))
            return None
        building, stairwell, unit = (self._one(line, row, column, cells.label) for column in PLACE)
        area: int | None = 0
        if self.kind is Kind.OWNERS or self._filled(row, Column.AREA):
            area = self._one(line, row, Column.AREA, cells.area)
            if area == 0 and self.kind is Kind.OWNERS:
                self._fault(line, Column.AREA, "zero-area")
        if building is None or stairwell is None or unit is None or area is None:
            return None
        return Unit(building, stairwell, unit, area)

    def _filled(self, row: Sequence[Cell], column: Column) -> bool:
        return any(at < len(row) and _is_filled(row[at]) for at in self._headings.at.get(column, ()))

    def _one(self, line: int, row: Sequence[Cell], column: Column, read: Callable[[str], T | Bad]) -> T | None:
        """The value of a column that is there once; None where it is bad, which is noted, or where there is none."""
        places = self._headings.at.get(column)
        if places is None:
            return None
        value = _value(row, places[0], read)
        if isinstance(value, Bad):
            self._told(line, places[0], value)
            return None
        return value

    def _fault(self, line: int, column: Column, what: str, word: str = "") -> None:
        called = self._headings.called[self._headings.at[column][0]] if column in self._headings.at else ""
        self.faults.append(Fault(line, called, what, word))

    def _told(self, line: int, at: int, bad: Bad) -> None:
        stairwell = bad.what == "empty" and at in self._headings.at.get(Column.STAIRWELL, ())
        what = "empty-stairwell" if stairwell else bad.what
        self.faults.append(Fault(line, self._headings.called[at], what, bad.word))


def _value(row: Sequence[Cell], at: int, read: Callable[[str], T | Bad]) -> T | Bad:
    cell = row[at] if at < len(row) else ""
    return cell if isinstance(cell, Bad) else read(cell)


def _is_filled(cell: Cell) -> bool:
    return isinstance(cell, Bad) or bool(cell.strip())


def _post(cell: str) -> str | Bad:
    return cells.label(cell.replace("/", "、")) if cell.strip() else ""


def _seats(owners: Mapping[str, _Owner]) -> Iterator[Seat]:
    for key, owner in owners.items():
        yield Seat(key, owner.names, tuple(owner.units), owner.organisation)
