"""Selecting: which points make up the answer to one part of a question, once they are ranked."""

from collections.abc import Sequence

from knowledge.answers import cutoffs
from knowledge.answers.question import Part
from knowledge.answers.ranking import Ranked
from knowledge.documents import ItemClass
from knowledge.library import Library, Point

_CLASS_CONCEPT = {ItemClass.BASIC: "basic-class", ItemClass.OPTIONAL: "optional-class"}
_SCOPE_CONCEPT = {"building-scope": "楼本体", "yard-scope": "小区公共区域"}
# Asks that a row of the menu never answers.
_HARD = frozenset({"who-pays", "who-decides", "who-does", "consent", "threshold", "change", "before-after"})
_ABOUT_MONEY = frozenset({"who-pays", "amount"})


class Selector:
    """Selects points of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def asked_first(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The points in order of worth, but first those that tell the very thing that was asked for: who pays, who
        decides, what comes before. A row of the menu tells none of that, however well it fits."""
        if not ranked:
            return []
        least = cutoffs.ASKED_FIRST * ranked[0].worth
        return sorted(ranked, key=lambda r: not (r.tells & _HARD and r.worth >= least))  # stable: else as it was

    def chosen(self, ranked: Sequence[Ranked], part: Part) -> tuple[Point, ...]:
        """The best point, then those that speak of what is still open: another thing, or another ask."""
        best = ranked[0]
        chosen = [best]
        open_concepts = part.subjects - best.shared
        open_asks = set(part.asks) - set(best.point.tells)
        things = sum(self._kind(c) in ("thing", "act") for c in part.concepts)
        alike = [r for r in ranked if r.concepts >= cutoffs.ALIKE * best.concepts and r.shared == best.shared]
        many = max(things, len(part.asks), len(alike)) > cutoffs.QUOTES
        limit = cutoffs.QUOTES_PER_THING if many else cutoffs.QUOTES
        for rival in ranked[1:]:
            if len(chosen) >= limit:
                break
            fresh = rival.shared & open_concepts or rival.tells & open_asks
            alike_in_kind = rival.tells >= best.tells - {"whether"} and len(rival.shared) >= len(best.shared)
            near = rival.worth >= cutoffs.RIVAL * best.worth and alike_in_kind
            if (fresh and rival.worth >= cutoffs.FRESH * best.worth) or near:
                chosen.append(rival)
                open_concepts -= rival.shared
                open_asks -= rival.tells
        points = [r.point for r in chosen]
        if all(r in alike and (r.worth >= cutoffs.EVEN * best.worth or len(alike) > cutoffs.QUOTES) for r in chosen):
            points.sort(key=lambda point: point.start)  # parts of one list are told in the list's order
        if "who-does" in part.asks and all(self._library.item_class(point) for point in points):
            # A row does not say who does it: each street office answers for its own area.
            points = [*points[:limit], *self.telling("who-does", "responsible-body")]
            limit += 1
        rule = self._rule(points, part)
        # Asked with the basic items in mind ("can we skip them?"), the rule is the answer, not the row.
        ordered = [*rule, *points[:limit]] if "basic-class" in part.subjects else [*points[:limit], *rule]
        return tuple(dict.fromkeys(ordered))

    def _rule(self, points: Sequence[Point], part: Part) -> list[Point]:
        """What a row's class means, where a yes or no depends on it: optional items always, basic ones if asked."""
        classes = {self._library.item_class(point) for point in points}
        rule = []
        if ItemClass.OPTIONAL in classes and not {"who-pays", "who-does", "who-decides"} & set(part.asks):
            rule += self.telling("must", "optional-class")
        if ItemClass.BASIC in classes and {"must", "class"} & set(part.asks):
            rule += self.telling("must", "basic-class")
        return rule

    def is_rule(self, point: Point) -> bool:
        """Whether a point says what a class of the menu means."""
        return "meaning" in point.tells and bool(set(_CLASS_CONCEPT.values()) & set(point.about))

    def duties(self, part: Part) -> tuple[Point, ...]:
        """What a body does, where that is asked and nothing else: its own duties, then those that it takes part in."""
        if "duties" not in part.asks or not part.subjects:
            return ()
        if any(self._kind(concept) != "body" for concept in part.subjects):
            return ()
        own = [point for body in sorted(part.subjects) for point in self._library.duties[body]]
        helps = [point for body in sorted(part.subjects) for point in self._library.helps[body]]
        found = tuple(dict.fromkeys([*own, *helps]))
        if not found:
            # A bureau without duties of its own has the general ones; whatever else is named is named in the list.
            found = (*self._library.duties["other-departments"], *self.telling("list", "member-units"))
        return found[: cutoffs.LISTED]

    def rows(self, part: Part) -> tuple[Point, ...]:
        """The rows of the menu where they are asked for by class or scope ("自选类有几项")."""
        if not {"list", "count"} & set(part.asks):
            return ()
        if part.subjects == {"menu"}:
            # The whole menu: how it is made, and what its two classes mean; each class can be listed from there.
            return tuple(self.telling("class", "menu"))
        classes = {kind for kind, concept in _CLASS_CONCEPT.items() if concept in part.concepts}
        if len(classes) != 1 or any(self._kind(c) in ("thing", "money") for c in part.subjects):
            return ()
        rows = [point for point in self._library.rows if self._library.item_class(point) in classes]
        for concept, scope in _SCOPE_CONCEPT.items():
            if concept in part.concepts:
                rows = [p for p in rows if (item := self._library.clause(p).item) and item.scope == scope]
        return tuple(rows)

    def derived(self, part: Part) -> dict[str, float]:
        """What follows from the menu: who pays depends on the class of a row; who decides a row decides the menu."""
        things = any(self._kind(concept) == "thing" for concept in part.concepts)
        if "who-decides" in part.asks and things:
            return {"choose-items": cutoffs.DERIVED}
        if not _ABOUT_MONEY & set(part.asks):
            return {}
        classes = {
            self._library.item_class(row)
            for row in self._library.rows
            for concept in part.concepts
            if concept in row.about and self._kind(concept) == "thing"
        }
        found = {_CLASS_CONCEPT[kind]: cutoffs.DERIVED for kind in classes if kind}
        named = any(concept in part.concepts for concept in _CLASS_CONCEPT.values())
        if not found and not named and not any(self._kind(c) in ("money", "act", "body") for c in part.subjects):
            found = dict.fromkeys(_CLASS_CONCEPT.values(), cutoffs.DERIVED)
        return found | {"funds": cutoffs.DERIVED}

    def telling(self, ask: str, concept: str) -> list[Point]:
        """The points about a concept that tell a kind of thing, in the text's order."""
        return [point for point in self._library.points if ask in point.tells and concept in point.about]

    def _kind(self, concept: str) -> str:
        return self._library.concepts[concept].kind
