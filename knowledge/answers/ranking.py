"""Ranking: what each point of the library is worth for one part of a question.

Worth = concepts in common, each by how few points speak of it, + kinds of thing that were asked for and are told
+ what the hunch suggests + a little for the wording itself.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from knowledge.answers.cutoffs import LEARNT, Cutoffs
from knowledge.answers.question import Part
from knowledge.learnt import name
from knowledge.library import Library, Point
from knowledge.search import Index
from knowledge.words import fold, tokens


class Ranked(NamedTuple):
    """A point's worth for a part: in all, and the share that its concepts, what it tells and the hunch have in that."""

    point: Point
    worth: float
    concepts: float
    tells: frozenset[str]
    shared: frozenset[str]
    hunch: float = 0.0


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
        self._places = {known.name: place for place, known in enumerate(self._points)}
        self._wording = Index(tokens(fold(f"{p.quote} {p.zh} {p.en}")) for p in library.points)

    def warm(self) -> None:
        """Make all indexes now."""
        self._wording.warm()

    def rank(self, part: Part, derived: Mapping[str, float]) -> list[Ranked]:
        """Every point that speaks of something in `part`, the worthiest first, those of one worth in the text's order.

        `derived` are concepts that follow from the menu. A point that shares no concept is there if a hunch suggests
        it; the wording alone makes no point speak.
        """
        concepts = {concept: self._weight(concept, part) * s for concept, s in {**derived, **part.concepts}.items()}
        hunches = part.hunch.points
        suggested = (name for name, hunch in hunches.items() if hunch >= self._cutoffs.believed)
        speaking = {place for concept in concepts for place in self._speaking.get(concept, ())}
        speaking.update(self._places[name] for name in suggested if name in self._places)
        wording = self._wording.scores(tokens(part.text))
        asks = frozenset(part.asks)
        found = [
            self._worth(known, concepts, asks, wording.get(place, 0.0), max(0.0, hunches.get(known.name, 0.0)))
            for place, known in ((place, self._points[place]) for place in sorted(speaking))
        ]
        return sorted((ranked for ranked in found if ranked.worth > 0), key=lambda ranked: -ranked.worth)

    def _weight(self, concept: str, part: Part) -> float:
        much = self._says[concept] == "much" or concept in part.subjects
        return self._weights[concept] * (1.0 if much else self._cutoffs.pale)

    def _worth(
        self, known: "_Known", concepts: Mapping[str, float], asks: frozenset[str], said: float, hunch: float
    ) -> Ranked:
        shared = [concept for concept in concepts if concept in known.main]
        beside = [concept for concept in known.aside if concept in concepts]
        worth = sum(concepts[concept] for concept in shared)
        if worth:
            unmet = sum(c in self._conditions and c not in concepts for c in known.point.about)
            worth -= self._cutoffs.unmet * unmet
        worth += sum(concepts[c] * known.aside[c] for c in beside if c not in known.main)
        tells = known.tells & asks
        total = worth + self._cutoffs.wording * said + self._cutoffs.hunch * hunch
        if worth > 0 or hunch >= self._cutoffs.believed:
            total += self._cutoffs.tells * bool(tells - {"whether"}) + self._cutoffs.tells_each * len(tells)
        return Ranked(known.point, total, worth, tells, frozenset((*shared, *beside)), hunch)


class _Known:
    """A point, and what of it is compared with every question."""

    __slots__ = ("aside", "main", "name", "point", "tells")

    def __init__(self, point: Point, cutoffs: Cutoffs) -> None:
        self.point, self.name = point, name(point)
        self.main = frozenset((*point.about, *point.by))
        # What it speaks of besides, and the share that this is worth.
        self.aside = dict.fromkeys(point.mentions, cutoffs.mentioned) | dict.fromkeys(point.with_, cutoffs.takes_part)
        self.tells = frozenset(point.tells)
