"""Selecting: which points make up the answer to one part of a question, once they are ranked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from knowledge.answers.cutoffs import LEARNT, QUOTES, QUOTES_PER_THING, Cutoffs
from knowledge.answers.question import Part
from knowledge.answers.ranking import Ranked
from knowledge.documents import ItemClass
from knowledge.library import CLASS_CONCEPTS, Library, Point

# Asks that a row of the menu never answers.
_HARD = frozenset({"who-pays", "who-decides", "who-does", "consent", "threshold", "change", "before-after", "meaning"})
_ABOUT_MONEY = frozenset({"who-pays", "amount"})


class Selector:
    """Selects points of a library."""

    def __init__(self, library: Library, cutoffs: Cutoffs = LEARNT) -> None:
        self._library, self._cutoffs = library, cutoffs

    def asked_first(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The points in order of worth, but first those that tell the very thing that was asked for: who pays, who
        decides, what comes before. A row of the menu tells none of that, however well it fits."""
        if not ranked:
            return []
        least = self._cutoffs.asked_first * ranked[0].worth
        return sorted(ranked, key=lambda r: not (r.tells & _HARD and r.worth >= least))  # stable: else as it was

    def chosen(self, ranked: Sequence[Ranked], part: Part) -> tuple[Point, ...]:
        """The best point, then those that speak of what is still open: another thing, or another ask; and the one that
        the hunch is most for."""
        best = self._unconditional(ranked)
        chosen = [best]
        open_concepts = part.subjects - best.shared
        open_asks = set(part.asks) - set(best.point.tells)
        spoken = sum(self._library.kind(c) in ("thing", "act") for c in part.concepts)
        alike = [r for r in ranked if r.concepts >= self._cutoffs.alike * best.concepts and r.shared == best.shared]
        many = max(spoken, len(part.asks), len(alike)) > QUOTES
        limit = QUOTES_PER_THING if many else QUOTES
        for rival in (r for r in ranked if r is not best):
            if len(chosen) >= limit:
                break
            fresh = rival.shared & open_concepts or rival.tells & open_asks
            alike_in_kind = rival.tells >= best.tells - {"whether"} and len(rival.shared) >= len(best.shared)
            near = rival.worth >= self._cutoffs.rival * best.worth and alike_in_kind
            if (fresh and rival.worth >= self._cutoffs.fresh * best.worth) or near:
                chosen.append(rival)
                open_concepts -= rival.shared
                open_asks -= rival.tells
        for thing in sorted(part.named & open_concepts):
            # "电梯、充电桩、停车位能不能弄": each thing that was named gets its best point.
            if self._library.kind(thing) == "thing" and (own := next((r for r in ranked if thing in r.shared), None)):
                chosen.append(own)
                limit = min(max(limit, len(set(chosen))), QUOTES_PER_THING)
        points = [r.point for r in chosen]
        if all(r in alike and (r.worth >= self._cutoffs.even * best.worth or len(alike) > QUOTES) for r in chosen):
            points.sort(key=lambda point: point.start)  # parts of one list are told in the list's order
        things = any(self._library.kind(concept) == "thing" for concept in part.subjects)
        if "who-does" in part.asks and things and not any("who-does" in point.tells for point in points):
            # Where nothing says who does it, each street office answers for its own area.
            points = [*points[:limit], *self._library.telling("who-does", "responsible-body")]
            limit += 1
        rule = self._rule(points, part)
        # Asked with the basic items in mind ("can we skip them?"), the rule is the answer, not the row.
        ordered = [*rule, *points[:limit]] if "basic-class" in part.subjects else [*points[:limit], *rule]
        favourite = max(ranked, key=lambda r: r.hunch)
        if favourite.hunch >= self._cutoffs.favourite and favourite.point not in ordered[:QUOTES]:
            ordered.insert(1, favourite.point)
        return tuple(dict.fromkeys(ordered))

    def _unconditional(self, ranked: Sequence[Ranked]) -> Ranked:
        """The best point, or what its clause says without a condition that nobody spoke of: who settles the menu,
        before who does so where there is no committee."""
        best = ranked[0]
        alike = [r for r in ranked if r.point.clause == best.point.clause and r.shared == best.shared]
        return min(alike, key=lambda r: len(self._conditions(r.point) - r.shared))

    def _conditions(self, point: Point) -> set[str]:
        return {concept for concept in point.about if self._library.kind(concept) == "condition"}

    def _rule(self, points: Sequence[Point], part: Part) -> list[Point]:
        """What a row's class means, where a yes or no depends on it: optional items always, basic ones if asked."""
        classes = {self._library.item_class(point) for point in points}
        rule: list[Point] = []
        if ItemClass.OPTIONAL in classes and not {"who-pays", "who-does", "who-decides"} & set(part.asks):
            rule += self._library.telling("must", "optional-class")
        if ItemClass.BASIC in classes and {"must", "class"} & set(part.asks):
            rule += self._library.telling("must", "basic-class")
        return rule

    def is_rule(self, point: Point) -> bool:
        """Whether a point says what a class of the menu means."""
        return "meaning" in point.tells and bool(set(CLASS_CONCEPTS.values()) & set(point.about))

    def derived(self, part: Part) -> dict[str, float]:
        """What follows from the menu: who pays depends on the class of a row; who decides a row decides the menu."""
        things = any(self._library.kind(concept) == "thing" or concept == "menu" for concept in part.concepts)
        bodies = {concept for concept in part.subjects if self._library.kind(concept) == "body"}
        if "joint-meeting" in bodies and len(bodies) > 1 and {"whether", "eligible"} & set(part.asks):
            return {"member-units": self._cutoffs.derived}  # "城管执法局在不在联席会议里"
        if "who-decides" in part.asks and things:
            return {"choose-items": self._cutoffs.derived}
        if not _ABOUT_MONEY & set(part.asks):
            return {}
        if named := [concept for concept in CLASS_CONCEPTS.values() if concept in part.named]:
            return dict.fromkeys((*named, "funds"), self._cutoffs.derived)  # "刷墙这些必做的，掏不掏钱"
        found = {
            CLASS_CONCEPTS[kind]: self._cutoffs.derived
            for concept in part.subjects or part.concepts
            for kind in self._classes.get(concept, ())
        }
        told = any(concept in part.concepts for concept in CLASS_CONCEPTS.values())
        if not found and not told and not any(self._library.kind(c) in ("money", "act", "body") for c in part.subjects):
            found = dict.fromkeys(CLASS_CONCEPTS.values(), self._cutoffs.derived)
        return found | {"funds": self._cutoffs.derived}

    @cached_property
    def _classes(self) -> Mapping[str, set[ItemClass]]:
        """Things of the menu, and the classes of their rows."""
        found: dict[str, set[ItemClass]] = defaultdict(set)
        for row in self._library.rows:
            kind = self._library.item_class(row)
            for concept in row.about:
                if kind and self._library.kind(concept) == "thing":
                    found[concept].add(kind)
        return found
