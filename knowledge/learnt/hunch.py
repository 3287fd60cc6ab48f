"""Hunches: what the features of a question suggest: which points answer it, and whether the text tells it at all.

A linear model. `python -m bench.hunches` learns its weights from questions whose passages are known (ridge regression,
each feature weighed by how few questions have it) and writes them into weights.tsv. A hunch claims nothing: the
answering weighs it beside what the library says, and every claim stays the quote of a point.
"""

import math
import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import NamedTuple

from knowledge.library import Point
from knowledge.words.english import stem

WEIGHTS = "weights.tsv"
UNTOLD = "untold"  # the target that stands beside the points: that the text does not tell it
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z']*(?: [a-z][a-z']*)*")


class Hunch(NamedTuple):
    """What is suggested, each about 0 (not at all) to 1 (surely): that the text does not tell it; point name → that it
    is an answer (see `name`)."""

    untold: float
    points: Mapping[str, float]


# Nothing is suggested, neither that the text tells it nor that it does not.
NONE = Hunch(0.25, {})


class Hunches:
    """Has hunches by learnt weights.

    `weights` are lines of tabs, UTF-8: the targets; what each gets for nothing; then a feature a line, with its rarity
    and its weights as "place among the targets:weight", blanks between. Weights are in thousandths.
    """

    def __init__(self, weights: bytes) -> None:
        targets, given, *features = weights.splitlines()
        self._targets = targets.decode().split("\t")
        self._given = [int(weight) / 1000 for weight in given.split(b"\t")]
        # Parsed no further than needed: a question has few of the many features.
        self._lines = {feature.decode(): held for feature, _, held in (line.partition(b"\t") for line in features)}
        self._known: dict[str, tuple[float, list[tuple[int, float]]]] = {}

    @classmethod
    def none(cls) -> "Hunches":
        """Those of someone who has learnt nothing."""
        return cls(f"{UNTOLD}\n{1000 * NONE.untold:.0f}\n".encode())

    def of(self, features: Set[str]) -> Hunch:
        """The hunch about a question with these features."""
        # In one order, so that the same question gets the same sums to the last digit.
        known = [self._weights(feature) for feature in sorted(self._lines.keys() & features)]
        size = math.sqrt(sum(rarity * rarity for rarity, _ in known)) or 1.0
        sums = self._given.copy()
        for rarity, weights in known:
            share = rarity / size
            for place, weight in weights:
                sums[place] += share * weight
        scores = dict(zip(self._targets, sums, strict=True))
        return Hunch(scores.pop(UNTOLD), scores)

    def _weights(self, feature: str) -> tuple[float, list[tuple[int, float]]]:
        if (known := self._known.get(feature)) is None:
            rarity, _, weights = self._lines[feature].partition(b"\t")
            pairs = (pair.split(b":") for pair in weights.split())
            known = float(rarity), [(int(place), int(weight) / 1000) for place, weight in pairs]
            self._known[feature] = known
        return known


def name(point: Point) -> str:
    """The name of a point among the targets: its clause and where its quote stands in the policy's text."""
    return f"{point.clause}:{point.start}-{point.end}"


def wording(folded: str) -> Iterator[str]:
    """The features of a folded text: Han characters and stems of English words, and their pairs; the beginning (^) and
    the end ($) of a run of either count as one."""
    for run in _RUN.findall(folded):
        latin = run[0] < "\u3400"
        units = [stem(word) for word in run.split()] if latin else run
        yield from units
        yield from map((" " if latin else "").join, pairwise(["^", *units, "$"]))


@cache
def learnt() -> Hunches:
    """The hunches by this package's weights; read once in a process."""
    weights = get_data("knowledge.learnt", WEIGHTS)
    assert weights is not None  # only a loader that knows no files gives nothing
    return Hunches(weights)
