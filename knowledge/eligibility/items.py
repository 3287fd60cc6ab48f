"""Items: whether a row of the menu can be had, for what is known of the building, the basic works and the committee."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.documents import ItemClass
from knowledge.library import Library, Point

# Some rows are for multi-storey buildings only: it is the row's own words that say so.
_MULTI_STOREY = "多层住宅楼"


class Basic(StrEnum):
    """How far the basic works of a compound are."""

    DONE = "done"
    PLANNED = "planned"
    NEITHER = "neither"


class ItemOutcome(StrEnum):
    """What the text says of a row for a home."""

    MUST = "must"  # basic: it is done wherever renovation is
    CHOOSE = "choose"  # optional, and the basic works are carried out: residents' wishes decide
    WAIT = "wait"  # optional, the basic works are planned: it follows once they are carried out
    BASIC_FIRST = "basic_first"  # optional, and no basic works: they come first
    NOT_NAMED = "not_named"  # the row is for multi-storey buildings, and this is none


@dataclass(frozen=True, slots=True)
class Wish:
    """A row that a person asks about, and what is known for it; None is not known.

    `committee`: there is an owners' committee or another body that the owners recognise.
    """

    row: str
    multi_storey: bool | None = None
    basic: Basic | None = None
    committee: bool | None = None


@dataclass(frozen=True, slots=True)
class ItemJudgement:
    """What the text says of a row: the outcomes that are possible, just one where it is certain; the row itself and the
    rule of its class; and the facts that would tell more."""

    outcomes: tuple[ItemOutcome, ...]
    row: Point
    rule: Point
    unknown: tuple[str, ...]


def judge_item(wish: Wish, library: Library) -> ItemJudgement:
    """The judgement on a row; KeyError where the menu has none of this id."""
    row = library.summaries[wish.row]
    if library.item_class(row) is ItemClass.BASIC:
        rule = library.telling("must", "basic-class")[0]
    else:
        rule = library.telling("condition", "optional-class")[0]
    return ItemJudgement(tuple(dict.fromkeys(_outcomes(wish, library))), row, rule, item_facts(wish, library))


def item_facts(wish: Wish, library: Library) -> tuple[str, ...]:
    """The facts that are not known and would change what is said of a row, in the order in which one asks."""
    return tuple(fact for fact in _facts(wish, library) if getattr(wish, fact) is None)


def _facts(wish: Wish, library: Library) -> Iterator[str]:
    row = library.summaries[wish.row]
    limited = _MULTI_STOREY in row.quote
    if limited:
        yield "multi_storey"
    if library.item_class(row) is ItemClass.OPTIONAL and not (limited and wish.multi_storey is False):
        yield "basic"
        yield "committee"  # who settles the menu hangs on it


def _outcomes(wish: Wish, library: Library) -> Iterator[ItemOutcome]:
    """Every outcome that is possible for what is known."""
    row = library.summaries[wish.row]
    limited = _MULTI_STOREY in row.quote
    if not limited or wish.multi_storey is not False:
        if library.item_class(row) is ItemClass.BASIC:
            yield ItemOutcome.MUST
        else:
            yield from [_BY_BASIC[wish.basic]] if wish.basic else _BY_BASIC.values()
    if limited and wish.multi_storey is not True:
        yield ItemOutcome.NOT_NAMED


_BY_BASIC = {
    Basic.DONE: ItemOutcome.CHOOSE,
    Basic.PLANNED: ItemOutcome.WAIT,
    Basic.NEITHER: ItemOutcome.BASIC_FIRST,
}
