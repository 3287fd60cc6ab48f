"""Fitting: a peer's cut-off, and which of its ways is best, chosen on given rows.

A way gives each row a score and two verdicts, if it answers and if it abstains; a cut-off says which of them counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

from knowledge.evaluation import Judged

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row by one way: the score of its best passage, and what becomes of it either way."""

    score: float
    answered: Judged
    abstained: Judged

    def at(self, cutoff: float) -> Judged:
        """What counts: below the cut-off it abstains."""
        return self.answered if self.score >= cutoff else self.abstained


Way = Sequence[Verdict]  # by row


@dataclass(frozen=True, slots=True)
class Choice:
    """A way by its place, and its cut-off."""

    way: int
    cutoff: float


def fitted(ways: Sequence[Way], rows: Iterable[int]) -> Choice:
    """The choice with most rows right; of equals the one with fewest false answers, then the first way."""
    places = list(rows)
    found = (
        (right, -false, -number, cutoff)
        for number, way in enumerate(ways)
        for cutoff, right, false in _cutoffs([way[place] for place in places])
    )
    _, _, number, cutoff = max(found)
    return Choice(-number, cutoff)


def chosen(ways: Sequence[Way], choice: Choice) -> list[Judged]:
    """What becomes of every row by a choice."""
    return [verdict.at(choice.cutoff) for verdict in ways[choice.way]]


def crossed(ways: Sequence[Way]) -> list[Judged]:
    """What becomes of every row by a choice fitted on other rows: each fifth by the four others."""
    number = len(ways[0])
    choices = [fitted(ways, (row for row in range(number) if row % FOLDS != fold)) for fold in range(FOLDS)]
    return [ways[choices[row % FOLDS].way][row].at(choices[row % FOLDS].cutoff) for row in range(number)]


def _cutoffs(verdicts: Way) -> Iterator[tuple[float, int, int]]:
    """Every cut-off that makes a difference, with the rows that are right by it and the false answers.

    It stands halfway between two scores that were met.
    """
    right, false = sum(verdict.abstained.right for verdict in verdicts), 0
    yield inf, right, false
    ranked = sorted(verdicts, key=lambda verdict: -verdict.score)
    groups = [(score, list(group)) for score, group in groupby(ranked, key=lambda verdict: verdict.score)]
    for (score, group), (below, _) in zip(groups, [*groups[1:], (-inf, [])], strict=True):
        right += sum(verdict.answered.right - verdict.abstained.right for verdict in group)
        false += sum(verdict.answered.row.expect == "abstain" for verdict in group)
        half = (score + below) / 2
        # Two scores may be too near to each other to have anything between them.
        yield (score if half == below > -inf else half), right, false
