"""Cut-offs and choices, held against trying every one of them."""

from itertools import pairwise
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from bench.fitting import FOLDS, Choice, Verdict, Way, chosen, crossed, fitted
from knowledge.evaluation import Judged, Row, Told
from knowledge.evaluation.rows import Expect
from knowledge.kinds import Kind


def judged(expect: Expect, kind: Kind, right: bool) -> Judged:
    return Judged(Row("", "", expect), Told(kind, None, ()), right, False, 0, ())


def verdict(score: float, finds: bool | None) -> Verdict:
    """`finds` says whether the passage is right; None that there is none to be found."""
    expect: Expect = "abstain" if finds is None else "answer"
    return Verdict(score, judged(expect, "answer", finds is True), judged(expect, "not_covered", finds is None))


SCORES = st.sampled_from([0.0, 0.25, 1.0, 1.0000000000000002, 7.5])
VERDICTS = st.builds(verdict, SCORES, st.sampled_from([True, False, None]))
SIZE = 7


def right(rows: list[Judged]) -> int:
    return sum(row.right for row in rows)


def false(rows: list[Judged]) -> int:
    return sum(row.row.expect == "abstain" and row.told.kind == "answer" for row in rows)


@given(st.lists(st.lists(VERDICTS, min_size=SIZE, max_size=SIZE), min_size=1, max_size=3))
def test_no_other_choice_is_better(ways: list[Way]) -> None:
    best = chosen(ways, fitted(ways, range(SIZE)))
    for way in range(len(ways)):
        for cutoff in (-inf, inf, *(verdict.score for verdict in ways[way])):
            other = chosen(ways, Choice(way, cutoff))
            assert (right(best), -false(best)) >= (right(other), -false(other))


def test_a_cut_off_stands_halfway_between_the_scores_that_it_parts() -> None:
    way = [verdict(3.0, True), verdict(2.0, True), verdict(1.0, None), verdict(0.0, None)]
    assert fitted([way], range(4)) == Choice(0, 1.5)
    assert fitted([way], range(2)).cutoff == -inf
    assert fitted([way], [2, 3]).cutoff == inf


def test_only_the_rows_that_are_given_are_fitted_on() -> None:
    ways = [[verdict(1.0, True), verdict(1.0, False)], [verdict(1.0, False), verdict(1.0, True)]]
    assert [fitted(ways, [row]).way for row in (0, 1)] == [0, 1]
    assert [row.right for row in chosen(ways, fitted(ways, [1]))] == [False, True]


def test_a_row_is_judged_by_a_choice_that_has_not_seen_its_fold() -> None:
    """Way n finds the rows of fold n only: whoever had seen a row's fold among equals would choose the first way."""
    ways = [[verdict(1.0, row % FOLDS == fold) for row in range(2 * FOLDS)] for fold in range(2)]
    assert right(chosen(ways, fitted(ways, range(2 * FOLDS)))) == 2
    assert right(crossed(ways)) == 0


def test_what_holds_for_all_folds_holds_crossed() -> None:
    way = [verdict(2.0, True) if row % 2 else verdict(1.0, None) for row in range(20)]
    assert right(crossed([way])) == 20
    assert all(one.told.kind != other.told.kind for one, other in pairwise(crossed([way])))
