"""By which rule an item counts: the law's thresholds as dated data, each with its source, and exact arithmetic.

The policy itself states no threshold, so none may be cited as coming from it. What is counted is a survey of wishes;
the thresholds show, as orientation, where the wishes stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Matter(StrEnum):
    """What kind of decision an item is, in the words of 民法典 art. 278 and 物权法 art. 76."""

    RAISING_FUND = "raising-fund"  # （六）筹集建筑物及其附属设施的维修资金
    REBUILDING = "rebuilding"  # （七）改建、重建建筑物及其附属设施
    SHARED_PARTS = "shared-parts"  # （八）改变共有部分的用途或者利用共有部分从事经营活动
    USING_FUND = "using-fund"  # （五）使用建筑物及其附属设施的维修资金
    OTHER = "other"  # （九）其他重大事项, and all else


class Measure(StrEnum):
    """What is counted: owners, each one head, or their area in 0.01 m²."""

    HEADS = "heads"
    AREA = "area"


class Whole(StrEnum):
    """Of what a share is taken: of everyone on the roll who is asked, or of those who take part."""

    ALL = "all"
    PARTICIPANTS = "taking-part"


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of a whole. 以上 includes the number itself (民法典 art. 1259): `inclusive`; 过半数 does not."""

    numerator: int
    denominator: int
    inclusive: bool

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator}/{self.denominator} is no share of a whole")
        if self.numerator == self.denominator and not self.inclusive:
            raise ValueError("more than all can never be reached")

    def needed(self, whole: int) -> int:
        """The least integer that reaches this share of `whole` (not negative). Of nothing, no share is ever reached:
        it is 1."""
        if whole == 0:
            return 1
        exact, rest = divmod(self.numerator * whole, self.denominator)
        return exact if self.inclusive and rest == 0 else exact + 1

    def reached(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` reaches this share: exact, no floats."""
        return part >= self.needed(whole)


MORE_THAN_HALF = Share(1, 2, inclusive=False)
TWO_THIRDS = Share(2, 3, inclusive=True)
THREE_QUARTERS = Share(3, 4, inclusive=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands, in both languages, and the first and the last day that it is in force (None: no limit)."""

    zh: str
    en: str
    since: date | None = None
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """When an item passes: who must take part (None: nobody in particular), who must agree, of whom, by which measures,
    and whether one objection is enough against it. Every measure must be reached by itself."""

    id: str
    quorum: Share | None
    agree: Share
    of: Whole
    source: Source
    measures: tuple[Measure, ...] = (Measure.HEADS, Measure.AREA)
    none_objects: bool = False


PROPERTY_LAW = Source("《物权法》第七十六条", "Property Law, art. 76", date(2007, 10, 1), date(2020, 12, 31))
CIVIL_CODE = Source("《民法典》第二百七十八条", "Civil Code, art. 278", date(2021, 1, 1))
# Reported on 2020-05-20; a guideline of September 2023 may have replaced it. Unverified: off until the office turns it
# on.
_HANDBOOK = Source(
    "北京市加装电梯工作手册（2020年报道，未经核实）",
    "Beijing's handbook on adding elevators (as reported in 2020, unverified)",
    date(2020, 1, 1),
)

_OF_ALL_STRICT = Rule("property-law-strict", None, TWO_THIRDS, Whole.ALL, PROPERTY_LAW)
_OF_ALL = Rule("property-law-ordinary", None, MORE_THAN_HALF, Whole.ALL, PROPERTY_LAW)
_STRICT = Rule("civil-code-strict", TWO_THIRDS, THREE_QUARTERS, Whole.PARTICIPANTS, CIVIL_CODE)
_ORDINARY = Rule("civil-code-ordinary", TWO_THIRDS, MORE_THAN_HALF, Whole.PARTICIPANTS, CIVIL_CODE)
HANDBOOK = Rule("elevator-handbook", None, TWO_THIRDS, Whole.ALL, _HANDBOOK, none_objects=True)

_REGIMES: Mapping[Source, Mapping[Matter, Rule]] = MappingProxyType(
    {
        PROPERTY_LAW: {
            Matter.RAISING_FUND: _OF_ALL_STRICT,
            Matter.USING_FUND: _OF_ALL_STRICT,
            Matter.REBUILDING: _OF_ALL_STRICT,
            Matter.SHARED_PARTS: _OF_ALL,
            Matter.OTHER: _OF_ALL,
        },
        CIVIL_CODE: {
            Matter.RAISING_FUND: _STRICT,
            Matter.REBUILDING: _STRICT,
            Matter.SHARED_PARTS: _STRICT,
            Matter.USING_FUND: _ORDINARY,
            Matter.OTHER: _ORDINARY,
        },
    }
)


def by_law(matter: Matter, on: date) -> Rule:
    """The rule for a matter in a ballot that opens on a day (of Beijing).

    Raises ValueError before 2007-10-01, when no law laid one down.
    """
    for source, rules in _REGIMES.items():
        if source.in_force(on):
            return rules[matter]
    raise ValueError(f"no rule was in force on {on}")


def own(quorum: Share | None = MORE_THAN_HALF, agree: Share = MORE_THAN_HALF, of: Whole = Whole.ALL) -> Rule:
    """A rule that was set for one ballot: by a committee for its own members, or for households. It counts heads only;
    unless it says otherwise more than half of the seats take part, and more than half of the seats agree."""
    source = Source("本次征询自定的规则", "a rule set for this ballot")
    return Rule("own", quorum, agree, of, source, (Measure.HEADS,))
