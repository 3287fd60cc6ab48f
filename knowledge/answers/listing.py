"""Listing: what a question for a list or a number gets, where the list is the answer: rows of the menu, duties."""

from collections.abc import Sequence

from knowledge.answers.cutoffs import LISTED, NAMED
from knowledge.answers.findings import Listed, Tally
from knowledge.answers.question import Part
from knowledge.answers.values import Turn
from knowledge.library import CLASS_CONCEPTS, SCOPE_CONCEPTS, Library, Point

# What a question for the rows themselves speaks of.
_ABOUT_ROWS = frozenset({"menu", "classes", "choose-items", *CLASS_CONCEPTS.values(), *SCOPE_CONCEPTS.values()})


class Listing:
    """Lists of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def turn(self, part: Part) -> Turn | None:
        """The list or the number that a part asks for; None where it asks for neither."""
        return self._rows(part) or self._duties(part)

    def _duties(self, part: Part) -> Turn | None:
        """What a body does, where that is asked and nothing else: its own duties, then those that it takes part in."""
        if "duties" not in part.asks or not part.subjects:
            return None
        if any(self._library.kind(concept) != "body" for concept in part.subjects):
            return None
        own = [point for body in sorted(part.subjects) for point in self._library.duties[body]]
        own.sort(key=lambda point: len(point.by))  # what is its alone before what it shares; else in the text's order
        helps = [point for body in sorted(part.subjects) for point in self._library.helps[body]]
        found = tuple(dict.fromkeys([*own, *helps]))
        if not found:
            # A bureau without duties of its own has the general ones; whatever else is named is named in the list.
            members = self._library.telling("list", "member-units")
            found = (*self._library.duties["other-departments"], *members)
        return Turn(found[:LISTED], part.asks, Listed("duties", len(found)) if len(found) > LISTED else None)

    def _rows(self, part: Part) -> Turn | None:
        """The rows of the menu where they are asked for by class or scope ("自选类有几项", "楼里院里都有的").

        Where it is asked what must be done, the rule stands before the rows: they follow from it.
        """
        kinds = {self._library.kind(concept) for concept in part.subjects}
        if not {"list", "count"} & set(part.asks) or kinds & {"thing", "money"}:
            return None
        # A class that is named as an exception is not asked about ("除了选改什么").
        classes = [kind for kind, concept in CLASS_CONCEPTS.items() if part.concepts.get(concept, 0) >= NAMED]
        scopes = [scope for scope, concept in SCOPE_CONCEPTS.items() if concept in part.concepts]
        if part.subjects <= {"menu"} and "both" in part.concepts:
            both = self._in_all(tuple(SCOPE_CONCEPTS))
            return Turn(both, part.asks, Listed("both", len(both)))
        if part.subjects - _ABOUT_ROWS:
            return None
        if "count" in part.asks and "whether" not in part.asks and len(classes) != 1 and (part.subjects or scopes):
            counted = {
                (kind, scopes[0] if len(scopes) == 1 else ""): len(self._of(kind, scopes))
                for kind in classes or CLASS_CONCEPTS
            }
            return Turn(self._library.telling("class", "menu")[:1], part.asks, Tally(counted))
        if part.subjects == {"menu"} and not scopes:
            # The whole menu: how it is made, and what its two classes mean; each class can be listed from there.
            return Turn(self._library.telling("class", "menu"), part.asks)
        if len(classes) != 1:
            return None
        rows = self._of(classes[0], scopes)
        rule = self._library.telling("must", CLASS_CONCEPTS[classes[0]]) if "must" in part.asks else ()
        listed = Listed(CLASS_CONCEPTS[classes[0]], len(rows), scopes[0] if len(scopes) == 1 else "")
        return Turn((*rule, *rows), part.asks, listed)

    def _of(self, kind: str, scopes: Sequence[str]) -> tuple[Point, ...]:
        rows = (row for row in self._library.rows if self._library.item_class(row) == kind)
        return tuple(row for row in rows if not scopes or self._scope(row) in scopes)

    def _in_all(self, scopes: Sequence[str]) -> tuple[Point, ...]:
        """The rows whose thing stands in the menu in each of the scopes."""
        where: dict[str, set[str]] = {}
        for row in self._library.rows:
            for concept in row.about:
                where.setdefault(concept, set()).add(self._scope(row))
        things = {concept for concept in where if self._library.kind(concept) == "thing"}
        both = {concept for concept in things if where[concept] >= set(scopes)}
        return tuple(row for row in self._library.rows if both & set(row.about) and self._scope(row) in scopes)

    def _scope(self, row: Point) -> str:
        item = self._library.clause(row).item
        return item.scope if item else ""
