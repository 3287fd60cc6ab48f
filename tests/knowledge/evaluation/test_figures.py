"""The table: which rows each figure counts, and the figures that are no shares."""

import pytest

from knowledge.evaluation import Judged, Row, Share, Told, figures
from knowledge.evaluation.rows import Expect
from knowledge.kinds import Kind

KINDS: tuple[Kind, ...] = ("answer", "clarify", "not_covered")
EXPECTED: tuple[Expect, ...] = ("answer", "dialog")


def one(
    expect: Expect,
    right: bool,
    kind: Kind = "answer",
    *,
    first: bool = False,
    quoted: int = 0,
    foreign: tuple[str, ...] = (),
    style: str = "plain",
) -> Judged:
    return Judged(Row("", "", expect, style=style), Told(kind, None, ()), right, first, quoted, foreign)


def test_each_expectation_has_a_figure_of_its_own_and_all_count_as_right() -> None:
    found = figures(
        [
            *(one("answer", right) for right in (True, True, False)),
            *(one("dialog", right) for right in (True, False)),
            *(one("abstain", right) for right in (True, False, False, False)),
        ]
    ).shares
    assert found["answered"] == Share(2, 3)
    assert found["offered"] == Share(1, 2)
    assert found["withheld"] == Share(1, 4)
    assert found["right"] == Share(4, 9)


def test_a_false_answer_is_an_answer_where_none_was_expected() -> None:
    """To ask back is no claim; a wrong answer to what is covered is no claim of what is not."""
    found = figures(
        [
            *(one("abstain", kind == "not_covered", kind) for kind in KINDS),
            *(one(expect, False, "answer") for expect in EXPECTED),
        ]
    )
    assert found.shares["false answer"] == Share(1, 3)


def test_first_counts_wherever_a_passage_is_expected() -> None:
    found = figures(
        [one("answer", False, first=True), one("answer", True), one("dialog", False, first=True), one("abstain", True)]
    )
    assert found.shares["first"] == Share(2, 3)


def test_right_by_style() -> None:
    found = figures(
        [one("answer", True, style="typo"), one("abstain", False, style="typo"), one("dialog", True, style="multi")]
    ).shares
    assert (found["right · typo"], found["right · multi"]) == (Share(1, 2), Share(1, 1))


def test_quoted_is_the_median_of_answers_where_something_was_expected() -> None:
    rows = [one("answer", True, quoted=10), one("dialog", False, quoted=40), one("answer", False, quoted=21)]
    others = [
        one("abstain", False, quoted=1000),
        *(one("answer", False, kind, quoted=1000) for kind in ("clarify", "not_covered", "out_of_scope")),
    ]
    assert figures(rows + others).others["quoted"] == 21
    assert figures(rows[:2] + others).others["quoted"] == 25
    assert figures(others).others["quoted"] == 0


def test_foreign_counts_quotes_of_all_rows() -> None:
    rows = [one("answer", True, foreign=("a", "b")), one("abstain", True, "not_covered", foreign=("c",))]
    assert figures(rows).others["foreign"] == 3
    assert figures(rows).others["questions"] == 2


@pytest.mark.parametrize(
    ("times", "p50", "p99", "most"),
    [
        ([float(n) for n in range(100, 0, -1)], 50.5, 99.0, 100.0),
        ([float(n) for n in range(1, 102)], 51.0, 100.0, 101.0),
        ([9.0, 1.0, 2.0], 2.0, 9.0, 9.0),
        ([7.0], 7.0, 7.0, 7.0),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_times(times: list[float], p50: float, p99: float, most: float) -> None:
    found = figures([one("answer", True)], times).others
    assert (found["ms p50"], found["ms p99"], found["ms max"]) == (p50, p99, most)


def test_the_flat_table_is_in_percent_with_one_decimal_and_lacks_what_no_row_counts_for() -> None:
    flat = figures([one("answer", right, first=True) for right in (True, True, False)]).flat()
    assert flat == {
        "right": 66.7,
        "answered": 66.7,
        "first": 100.0,
        "right · plain": 66.7,
        "quoted": 0,
        "foreign": 0,
        "questions": 3,
        "ms p50": 0.0,
        "ms p99": 0.0,
        "ms max": 0.0,
    }
