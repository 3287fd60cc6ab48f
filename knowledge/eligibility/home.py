"""Home: the facts of a compound that the policy's scope hangs on (二（一）, 三（四）), each of which may be unknown.

A fact that is None is not known. Some values are known in part only: which of a few it could be, `open_values` tells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# “十二五”: the Twelfth Five-Year Plan, by the years that it ran.
_TWELFTH = range(2011, 2016)


class Built(StrEnum):
    """When a compound was built, as far as the text tells years apart. 1990 itself is neither before nor after."""

    BEFORE = "before"
    IN_1990 = "1990"
    AFTER = "after"
    NINETIES = "1990s"  # 1990 or after: all that is known

    @classmethod
    def of(cls, first: int, last: int) -> "Built | None":
        """When it was built, if that was some time from `first` to `last`; None where it may be anything."""
        if last < 1990:
            return cls.BEFORE
        if first > 1990:
            return cls.AFTER
        if last == 1990:
            return cls.IN_1990 if first == 1990 else None
        return cls.NINETIES if first == 1990 else None


class When(StrEnum):
    """When the earthquake and energy works were done."""

    TWELFTH = "twelfth"
    OTHER = "other"

    @classmethod
    def of(cls, years: Sequence[int]) -> "When | None":
        """When works of these years were done; None for none, and where they fall on both sides."""
        sides = {cls.TWELFTH if year in _TWELFTH else cls.OTHER for year in years}
        return sides.pop() if len(sides) == 1 else None


class Unit(StrEnum):
    """Whose compound it is."""

    MUNICIPAL = "municipal"  # of the city, the district or anyone else
    CENTRAL = "central"
    MILITARY = "military"


class House(StrEnum):
    """What stands in the compound. A simple house that is certified dangerous too is SIMPLE: that decides already."""

    NEITHER = "neither"
    SIMPLE = "simple"
    DANGEROUS = "dangerous"  # certified as such
    SOME = "some"  # one of the two: all that is known


@dataclass(frozen=True, slots=True)
class Home:
    """The facts of a home.

    `low_energy`: performance or energy saving below the 50 % standard; `redone`: earthquake and energy works were done;
    `whole`: both of them, not only one; `lacking`: facilities or functions fall short, or property management does;
    `responsible`: some unit is responsible for renovating the dangerous buildings; `no_value`: those have no
    reinforcement value.
    """

    built: Built | None = None
    low_energy: bool | None = None
    redone: bool | None = None
    whole: bool | None = None
    when: When | None = None
    lacking: bool | None = None
    unit: Unit | None = None
    house: House | None = None
    responsible: bool | None = None
    no_value: bool | None = None

    @property
    def organises_itself(self) -> bool:
        """Whether it belongs to those who may organise on their own, for whom nothing else counts."""
        return self.unit in (Unit.CENTRAL, Unit.MILITARY)


_YES_NO = (True, False)
# Every fact with the values that it may have, in the order in which one asks; what hangs on another comes after it.
FACTS: Mapping[str, tuple[object, ...]] = {
    "built": (Built.BEFORE, Built.IN_1990, Built.AFTER),
    "low_energy": _YES_NO,
    "redone": _YES_NO,
    "whole": _YES_NO,
    "when": tuple(When),
    "lacking": _YES_NO,
    "unit": tuple(Unit),
    "house": (House.NEITHER, House.SIMPLE, House.DANGEROUS),
    "responsible": _YES_NO,
    "no_value": _YES_NO,
}
_IN_PART: Mapping[object, tuple[object, ...]] = {
    Built.NINETIES: (Built.IN_1990, Built.AFTER),
    House.SOME: (House.SIMPLE, House.DANGEROUS),
}


def open_values(home: Home, fact: str) -> tuple[object, ...]:
    """The values that a fact may still have; () where it is known, or means nothing beside the other facts."""
    if not _means_something(home, fact):
        return ()
    known = getattr(home, fact)
    return FACTS[fact] if known is None else _IN_PART.get(known, ())


def _means_something(home: Home, fact: str) -> bool:
    if home.organises_itself:
        return False
    match fact:
        case "low_energy":
            return home.built in (Built.NINETIES, Built.AFTER)
        case "whole":
            return home.redone is True
        case "when":
            return home.redone is True and home.whole is not False
        case "lacking":
            return home.redone is True and home.whole is not False and home.when is not When.OTHER
        case "responsible" | "no_value":
            return home.house is House.DANGEROUS
    return True
