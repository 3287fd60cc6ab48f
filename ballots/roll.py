"""The roll: who may take part. A seat is one head, whatever it owns: one owner with several units is one seat with
their areas summed, co-owners of one unit are one seat, a household is one seat."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

WHOLE = "/"  # the path of the compound as an area
LONGEST = 60  # characters of a label or a name


class Kind(StrEnum):
    """Who is asked: a committee's members, the owners, or the households (tenants of public housing among them)."""

    COMMITTEE = "committee"
    OWNERS = "owners"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Unit:
    """A flat or another part that is owned by itself: labels as they are posted, and its area in 0.01 m²."""

    building: str
    stairwell: str
    unit: str
    area: int = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """One voice: an id of the roll's own, whose it is (several: co-owners), and the units that it speaks for.

    `organisation` tells that the owner is no person: someone votes for it with its written authority.
    """

    id: str
    holders: tuple[str, ...]
    units: tuple[Unit, ...] = ()
    organisation: bool = False

    def areas(self) -> Mapping[str, int]:
        """The area of the seat in 0.01 m², by each area that it belongs to: "/" the compound, "/3号楼" a building,
        "/3号楼/2单元" a stairwell."""
        areas = Counter({WHOLE: 0})
        for unit in self.units:
            for path in (WHOLE, f"/{unit.building}", f"/{unit.building}/{unit.stairwell}"):
                areas[path] += unit.area
        return dict(areas)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a roll or a draft: which seat (its id; "" for no single one), what (a key, for the sentence to
    show), and the word that is wrong."""

    seat: str
    what: str
    word: str = ""


@dataclass(frozen=True)
class Roll:
    """Who may take part in a ballot, of one kind."""

    kind: Kind
    seats: tuple[Seat, ...]

    @cached_property
    def areas(self) -> frozenset[str]:
        """Every area that the roll has seats in."""
        return frozenset(path for seat in self.seats for path in seat.areas())

    def faults(self) -> list[Fault]:
        """Everything that keeps a roll from being used: none where it is sound."""
        return [*self._faults()]

    def _faults(self) -> Iterator[Fault]:
        if not self.seats:
            yield Fault("", "no-seat")
        ids = Counter(seat.id for seat in self.seats)
        yield from (Fault(id, "doubled-seat") for id, times in ids.items() if times > 1)
        owned = Counter((unit.building, unit.stairwell, unit.unit) for seat in self.seats for unit in seat.units)
        for seat in self.seats:
            if not seat.holders:
                yield Fault(seat.id, "no-holder")
            for name in seat.holders:
                if not _is_label(name):
                    yield Fault(seat.id, "bad-name", name)
            if self.kind != Kind.COMMITTEE and not seat.units:
                yield Fault(seat.id, "no-unit")
            for unit in seat.units:
                place = (unit.building, unit.stairwell, unit.unit)
                for label in place:
                    if not _is_label(label) or "/" in label:
                        yield Fault(seat.id, "bad-label", label)
                if unit.area < 0:
                    yield Fault(seat.id, "negative-area", str(unit.area))
                # A committee's members are persons: two of them may live together.
                if owned[place] > 1 and self.kind != Kind.COMMITTEE:
                    yield Fault(seat.id, "doubled-unit", " ".join(place))


def natural(path: str) -> tuple[tuple[int, str], ...]:
    """The key by which labels are put in order: 2号楼 comes before 10号楼."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path))


def _is_label(word: str) -> bool:
    # With a space at an end one building would be two.
    return bool(word) and word == word.strip() and len(word) <= LONGEST and word.isprintable()
