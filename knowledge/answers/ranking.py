"""Ranking: what each point of the library is worth for one part of a question.

Worth = concepts in common, each by how few points speak of it, + kinds of thing that were asked for and are told
+ a little for the wording itself.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from knowledge.answers.cutoffs import LEARNT, Cutoffs
from knowledge.answers.question import Part
from knowledge.library import Library, Point
from knowledge.search import Index
from knowledge.words import fold, tokens


class Ranked(NamedTuple):
    """A point's worth for a part: in all, and the share that its concepts and what it tells have in that."""

    point: Point
    worth: float
    concepts: float
    tells: frozenset[str]
    shared: frozenset[str]


class Ranking:
    """Ranks the library's points."""

    def __init__(self, library: Library, cutoffs: Cutoffs = LEARNT) -> None:
        self._cutoffs = cutoffs
        self._says = {concept.id: concept.says for concept in library.concepts.values()}
        self._conditions = {concept.id for concept in library.concepts.values() if concept.kind == "condition"}
        self._points = [_Known(point, cutoffs) for point in library.points]
        spoken = Counter(concept for known in self._points for concept in known.main)
        self._weights = {
            concept: math.log(1 + len(library.points) / (1 + spoken[concept])) for concept in library.concepts
        }
        self._speaking: dict[str, list[int]] = defaultdict(list)
        for place, known in enumerate(self._points):
            for concept in {*known.main, *known.aside}:
                self._speaking[concept].append(place)
        self._wording = Index(tokens(fold(f"{p.quote} {p.zh} {p.en}")) for p in library.points)

    def warm(self) -> None:
        """Make all indexes now."""
        self._wording.warm()

    def rank(self, part: Part, derived: Mapping[str, float]) -> list[Ranked]:
        """Every point that speaks of something in `part`, the worthiest first, those of one worth in the text's order.

        `derived` are concepts that follow from the menu. The wording alone makes no point speak.
        """
        concepts = {concept: self._weight(concept, part) * s for concept, s in {**derived, **part.concepts}.items()}
        speaking = sorted({place for concept in concepts for place in self._speaking.get(concept, ())})
        wording = self._wording.scores(tokens(part.text))
        asks = frozenset(part.asks)
        found = [
            self._worth(self._points[place], concepts, asks, self._cutoffs.wording * wording.get(place, 0.0))
            for place in speaking
        ]
        return sorted((ranked for ranked in found if ranked.worth > 0), key=lambda ranked: -ranked.worth)

    def _weight(self, concept: str, part: Part) -> float:
        much = self._says[concept] == "much" or concept in part.subjects
        return self._weights[concept] * (1.0 if much else self._cutoffs.pale)

    def _worth(self, known: "_Known", concepts: Mapping[str, float], asks: frozenset[str], said: float) -> Ranked:
        shared = [concept for concept in concepts if concept in known.main]
        beside = [concept for concept in known.aside if concept in concepts]
        worth = sum(concepts[concept] for concept in shared)
        if worth:
            unmet = sum(c in self._conditions and c not in concepts for c in known.point.about)
            worth -= self._cutoffs.unmet * unmet
        worth += sum(concepts[c] * known.aside[c] for c in beside if c not in known.main)
        tells = known.tells & asks
        total = worth + said
        if worth > 0:
            total += self._cutoffs.tells * bool(tells - {"whether"}) + self._cutoffs.tells_each * len(tells)
        return Ranked(known.point, total, worth, tells, frozenset((*shared, *beside)))


class _Known:
    """A point, and what of it is compared with every question."""

    __slots__ = ("aside", "main", "point", "tells")

    def __init__(self, point: Point, cutoffs: Cutoffs) -> None:
        self.point = point
        self.main = frozenset((*point.about, *point.by))
        # What it speaks of besides, and the share that this is worth.
        self.aside = dict.fromkeys(point.mentions, cutoffs.mentioned) | dict.fromkeys(point.with_, cutoffs.takes_part)
        self.tells = frozenset(point.tells)
