"""Listing: what a question for a list gets, where the list is the answer: rows of the menu, a body's duties."""

from collections.abc import Sequence

from knowledge.answers.cutoffs import LISTED
from knowledge.answers.question import Part
from knowledge.documents import ItemClass
from knowledge.library import SCOPE_CONCEPTS, Library, Point

CLASS_CONCEPTS = {ItemClass.BASIC: "basic-class", ItemClass.OPTIONAL: "optional-class"}
# What a question for the rows themselves speaks of.
_ABOUT_ROWS = frozenset({"menu", "classes", "choose-items", *CLASS_CONCEPTS.values(), *SCOPE_CONCEPTS.values()})
_SURELY = 0.5


class Listing:
    """Lists of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def duties(self, part: Part) -> tuple[Point, ...]:
        """What a body does, where that is asked and nothing else: its own duties, then those that it takes part in."""
        if "duties" not in part.asks or not part.subjects:
            return ()
        if any(self._kind(concept) != "body" for concept in part.subjects):
            return ()
        own = [point for body in sorted(part.subjects) for point in self._library.duties[body]]
        own.sort(key=lambda point: len(point.by))  # what is its alone before what it shares; else in the text's order
        helps = [point for body in sorted(part.subjects) for point in self._library.helps[body]]
        found = tuple(dict.fromkeys([*own, *helps]))
        if not found:
            # A bureau without duties of its own has the general ones; whatever else is named is named in the list.
            members = self._library.telling("list", "member-units")
            found = (*self._library.duties["other-departments"], *members)
        return found[:LISTED]

    def rows(self, part: Part) -> tuple[Point, ...]:
        """The rows of the menu where they are asked for by class or scope ("自选类有几项", "楼里院里都有的").

        Where it is asked what must be done, the rule stands before the rows: they follow from it.
        """
        if not {"list", "count"} & set(part.asks) or any(self._kind(c) in ("thing", "money") for c in part.subjects):
            return ()
        scopes = [scope for scope, concept in SCOPE_CONCEPTS.items() if concept in part.concepts]
        # A class that is named as an exception is not asked about ("除了选改什么").
        classes = [kind for kind, concept in CLASS_CONCEPTS.items() if part.concepts.get(concept, 0) >= _SURELY]
        if part.subjects <= {"menu"} and "both" in part.concepts:
            return self._in_all(tuple(SCOPE_CONCEPTS))
        if part.subjects == {"menu"} and not scopes:
            # The whole menu: how it is made, and what its two classes mean; each class can be listed from there.
            return self._library.telling("class", "menu")
        if len(classes) != 1 or part.subjects - _ABOUT_ROWS:
            return ()
        rows = [point for point in self._library.rows if self._library.item_class(point) in classes]
        if scopes:
            rows = [row for row in rows if self._scope(row) in scopes]
        rule = self._library.telling("must", CLASS_CONCEPTS[classes[0]]) if "must" in part.asks else ()
        return (*rule, *rows)

    def _in_all(self, scopes: Sequence[str]) -> tuple[Point, ...]:
        """The rows whose thing stands in the menu in each of the scopes."""
        where: dict[str, set[str]] = {}
        for row in self._library.rows:
            for concept in row.about:
                where.setdefault(concept, set()).add(self._scope(row))
        both = {concept for concept, held in where.items() if held >= set(scopes) and self._kind(concept) == "thing"}
        return tuple(row for row in self._library.rows if both & set(row.about) and self._scope(row) in scopes)

    def _scope(self, row: Point) -> str:
        item = self._library.clause(row).item
        return item.scope if item else ""

    def _kind(self, concept: str) -> str:
        return self._library.concepts[concept].kind
