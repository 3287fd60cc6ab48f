"""Ranking: what each point of the library is worth for one part of a question.

Worth = concepts in common, each by how few points speak of it, + kinds of thing that were asked for and are told
+ a little for the wording itself.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answers.cutoffs import LEARNT, Cutoffs
from knowledge.answers.question import Part
from knowledge.library import Library, Point
from knowledge.search import Index
from knowledge.words import fold, tokens


@dataclass(frozen=True, slots=True)
class Ranked:
    """A point's worth for a part: in all, and the share that its concepts and what it tells have in that."""

    point: Point
    worth: float
    concepts: float
    tells: frozenset[str]
    shared: frozenset[str]


class Ranking:
    """Ranks the library's points."""

    def __init__(self, library: Library, cutoffs: Cutoffs = LEARNT) -> None:
        self._points, self._cutoffs = library.points, cutoffs
        spoken = Counter(concept for point in library.points for concept in set(point.about) | set(point.by))
        self._weights = {
            concept: math.log(1 + len(library.points) / (1 + spoken[concept])) for concept in library.concepts
        }
        self._says = {concept.id: concept.says for concept in library.concepts.values()}
        self._conditions = {concept.id for concept in library.concepts.values() if concept.kind == "condition"}
        self._wording = Index(tokens(fold(f"{p.quote} {p.zh} {p.en}")) for p in library.points)

    def rank(self, part: Part, derived: Mapping[str, float]) -> list[Ranked]:
        """Every point with some worth for `part`, best first; `derived` are concepts that follow from the menu."""
        concepts = {**derived, **part.concepts}
        wording = self._wording.scores(tokens(part.text))
        found = [
            self._worth(point, part, concepts, wording.get(place, 0.0)) for place, point in enumerate(self._points)
        ]
        return sorted((r for r in found if r.worth > 0), key=lambda r: (-r.worth, r.point.start))

    def _weight(self, concept: str, part: Part) -> float:
        much = self._says[concept] == "much" or concept in part.subjects
        return self._weights[concept] * (1.0 if much else self._cutoffs.pale)

    def _worth(self, point: Point, part: Part, concepts: Mapping[str, float], wording: float) -> Ranked:
        shared = {c: s for c, s in concepts.items() if c in point.about or c in point.by}
        aside = {c: self._cutoffs.mentioned for c in point.mentions} | {
            c: self._cutoffs.takes_part for c in point.with_
        }
        worth = sum(self._weight(c, part) * s for c, s in shared.items())
        if worth:
            worth -= self._cutoffs.unmet * sum(c in self._conditions and c not in concepts for c in point.about)
        worth += sum(
            self._weight(c, part) * concepts[c] * share
            for c, share in aside.items()
            if c in concepts and c not in shared
        )
        tells = frozenset(point.tells) & frozenset(part.asks)
        total = worth + self._cutoffs.wording * wording
        if worth > 0:
            total += self._cutoffs.tells * bool(tells - {"whether"}) + self._cutoffs.tells_each * len(tells)
        return Ranked(point, total, worth, tells, frozenset(shared) | (frozenset(aside) & frozenset(concepts)))
