"""Steps: what the text lays down next for a home that was judged: who decides, who pays, who organises; and where it
says nothing of that kind."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.documents import ItemClass
from knowledge.eligibility.grounds import Outcome
from knowledge.eligibility.items import Wish
from knowledge.library import Library, Point


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is about ("plan", "approval", "range", "menu", "money", "works", "rebuild", "own"), and the
    points that lay it down."""

    about: str
    points: tuple[Point, ...]


class Silence(StrEnum):
    """What one would want to know next, and the text does not say."""

    PAY_REBUILD = "pay-rebuild"  # 四（二） speaks of the menu's two classes; rebuilding is in neither
    PAY_OWN = "pay-own"  # nor does it speak of those who organise on their own
    CERTIFIES = "certifies"  # “经鉴定”: by whom, and who measures the standard


def steps(certain: Collection[Outcome], wish: Wish | None, library: Library) -> Iterator[Step]:
    """The steps, in their order, for the outcomes that are certain."""
    if Outcome.OWN in certain:
        yield Step("own", telling(library, "who-does", "central-units"))
        return
    in_scope = Outcome.PRIORITY in certain or Outcome.SECOND in certain
    yield Step("plan", telling(library, "who-decides", "survey-compounds"))
    if in_scope:
        yield Step("approval", telling(library, "who-decides", "plan-approval"))
        yield Step("menu", _menu(wish, library))
        yield Step("money", _money(wish, library))
        yield Step("works", telling(library, "consent", "start-of-works"))
    else:
        # Whoever settles the range settles what the text leaves open.
        yield Step("range", telling(library, "who-decides", "planning-guidance"))
    if Outcome.REBUILD in certain:
        yield Step("rebuild", telling(library, "who-does", "rebuild"))


def telling(library: Library, ask: str, *concepts: str) -> tuple[Point, ...]:
    """The points that tell a kind of thing and are about all of the concepts, in the text's order."""
    return tuple(point for point in library.telling(ask, concepts[0]) if set(concepts) <= set(point.about))


def _menu(wish: Wish | None, library: Library) -> tuple[Point, ...]:
    committee = telling(library, "who-decides", "owners-committee", "menu")
    if wish and wish.committee:
        return committee
    # Without one, owners may still form it; where that is hard, the street office steps in.
    return (*committee, *telling(library, "who-decides", "no-committee", "menu"))


def _money(wish: Wish | None, library: Library) -> tuple[Point, ...]:
    item_class = library.item_class(library.summaries[wish.row]) if wish else None
    basic = telling(library, "who-pays", "basic-class", "funds")
    optional = telling(library, "who-pays", "optional-class", "funds")
    return {ItemClass.BASIC: basic, ItemClass.OPTIONAL: optional}.get(item_class, (*basic, *optional))  # type: ignore[arg-type]
