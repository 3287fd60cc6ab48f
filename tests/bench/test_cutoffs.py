"""The search for the weights of the answers, over outcomes whose best weights are known."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from unittest.mock import patch

import pytest

from bench import cutoffs
from bench.cutoffs import GAIN, Trials
from bench.hunches import FOLDS
from knowledge.answers.cutoffs import LEARNT, Cutoffs
from knowledge.evaluation import Judged, Row, Told

ROWS = [Row(number, "电梯", "answer" if number % 3 else "abstain") for number in range(20)]


def judged(row: Row, right: bool) -> Judged:
    kind = "answer" if right == (row.expect == "answer") else "not_covered"
    return Judged(row, Told(kind, None, ()), right, right, 0, ())  # type: ignore[arg-type]


def outcomes(weights: Cutoffs) -> Sequence[Judged]:
    """The higher the one weight and the lower the other, the more rows are right."""
    good = round(5 * weights.wording / LEARNT.wording) + round(5 * LEARNT.rival / weights.rival)
    return [judged(row, place < good) for place, row in enumerate(ROWS)]


def run(weights: Iterable[Cutoffs]) -> list[Sequence[Judged]]:
    return [outcomes(one) for one in weights]


def test_the_search_finds_the_weights_that_serve_best_and_leaves_the_others() -> None:
    best = Trials(ROWS, run).learnt(range(len(ROWS)))
    assert best.wording > LEARNT.wording and best.rival < LEARNT.rival
    others = {name: value for name, value in asdict(best).items() if name not in ("wording", "rival")}
    assert others == {name: value for name, value in asdict(LEARNT).items() if name in others}


@pytest.mark.parametrize(("rows", "changed"), [(100, True), (1000, False)])
def test_what_gains_next_to_nothing_is_left_as_it_is(rows: int, changed: bool) -> None:
    many = [Row(number, "电梯", "answer") for number in range(rows)]

    def hardly(weights: Iterable[Cutoffs]) -> list[Sequence[Judged]]:
        return [[judged(row, row.id != 0 or one != LEARNT) for row in many] for one in weights]

    assert (Trials(many, hardly).learnt(range(rows)) != LEARNT) == changed
    assert (1.25 / rows > GAIN) == changed


def test_each_set_of_weights_is_tried_once() -> None:
    tried: list[Cutoffs] = []

    def counting(weights: Iterable[Cutoffs]) -> list[Sequence[Judged]]:
        chosen = list(weights)
        tried.extend(chosen)
        return run(chosen)

    trials = Trials(ROWS, counting)
    trials.learnt(range(len(ROWS)))
    trials.crossed()
    assert len(tried) == len(set(tried))


def test_no_row_is_judged_by_weights_that_were_learnt_from_it() -> None:
    trials = Trials(ROWS, run)
    with patch.object(trials, "learnt", return_value=LEARNT) as learnt:
        crossed = trials.crossed()
    assert [one.row for one in crossed] == ROWS and learnt.call_count == FOLDS
    left_out = [set(range(len(ROWS))) - set(call.args[0]) for call in learnt.call_args_list]
    assert sorted(place for places in left_out for place in places) == list(range(len(ROWS)))


def test_a_false_claim_costs_more_than_a_silence() -> None:
    row = Row("x", "电梯", "abstain")
    silent, false = judged(row, True), judged(row, False)
    assert cutoffs._worth([silent], [0]) - cutoffs._worth([false], [0]) > 1


@pytest.mark.parametrize("value", [0.125, 3.0, 10.0])
def test_what_was_learnt_is_written_where_it_stands(tmp_path: Path, value: float) -> None:
    copy = tmp_path / "cutoffs.py"
    copy.write_text(cutoffs._CUTOFFS.read_text("utf-8"), "utf-8")
    with patch.object(cutoffs, "_CUTOFFS", copy):
        cutoffs._written(Cutoffs(**{field.name: value for field in fields(Cutoffs)}))
    read: dict[str, object] = {}
    exec(compile(copy.read_text("utf-8"), str(copy), "exec"), {"__name__": "knowledge.answers.cutoffs"}, read)
    written = read["LEARNT"]
    assert {field.name: getattr(written, field.name) for field in fields(Cutoffs)} == dict.fromkeys(
        asdict(LEARNT), value
    )
