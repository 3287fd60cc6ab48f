"""Learning hunches, with a regression so simple that its weights are known."""

from collections.abc import Sequence
from unittest.mock import patch

import pytest

from bench import hunches
from bench.hunches import LEAST, Sparse, learnt, marked
from knowledge.evaluation import Row
from knowledge.learnt import UNTOLD, Hunches, name
from knowledge.library import load

LIBRARY = load()
LIFT = "多层住宅楼房增设电梯等上下楼设施"
ROWS = [
    Row("a", "能装电梯吗", "answer", ((LIFT,),)),
    Row("b", "装个电梯行吗", "answer", ((LIFT,),)),
    Row("c", "电梯多少钱", "abstain"),
    Row("d", "阳台多少钱", "abstain"),
]
MARKED = [("护栏多少钱", True), ("能拆护栏吗", False)]


def means(
    vectors: Sequence[Sparse], wanted: Sequence[Sparse], size: int, targets: int
) -> tuple[Sequence[Sequence[float]], Sequence[float]]:
    """Not a regression: each weight is the mean of what is wanted where the feature is; 0.5 for nothing."""
    weights = [[0.0] * size for _ in range(targets)]
    for place in range(size):
        having = [want for vector, want in zip(vectors, wanted, strict=True) if place in vector]
        for target in range(targets):
            weights[target][place] = sum(want.get(target, 0.0) for want in having) / max(1, len(having))
    return weights, [0.5] * targets


def lines(weights: bytes) -> dict[str, dict[str, int]]:
    """Feature → target → weight, as the file says."""
    targets, _, *features = (line.split("\t") for line in weights.decode().splitlines())
    return {
        feature: {targets[int(place)]: int(weight) for place, weight in (pair.split(":") for pair in held.split())}
        for feature, _, held in features
    }


def test_rows_teach_points_and_silence_and_marked_questions_only_silence() -> None:
    found = lines(learnt(ROWS, MARKED, LIBRARY, means))
    lift = next(name(point) for point in LIBRARY.points if point.quote == LIFT)
    assert found["电梯"][lift] == 667 and found["电梯"][UNTOLD] == 333
    assert found["多少"] == {UNTOLD: 1000} and found["护栏"] == {UNTOLD: 500}
    assert found["@elevator?amount"] if "@elevator?amount" in found else True


def test_what_one_question_alone_has_is_not_learnt() -> None:
    found = lines(learnt(ROWS, MARKED, LIBRARY, means))
    assert "阳台" not in found and "个电" not in found and "@balcony" not in found


def test_points_that_answer_equally_well_share_it() -> None:
    passage = "拆除违法建设"
    answering = [name(point) for point in LIBRARY.points if passage in point.quote]
    rows = [Row(key, "违建拆吗", "answer", ((passage,),)) for key in "ab"]
    found = lines(learnt(rows, [], LIBRARY, means))
    assert len(answering) > 1
    assert found["违建"] == {target: round(1000 * len(answering) ** -0.5) for target in answering}


def test_small_weights_are_dropped_and_the_others_are_what_hunches_use() -> None:
    def slight(
        vectors: Sequence[Sparse], wanted: Sequence[Sparse], size: int, targets: int
    ) -> tuple[Sequence[Sequence[float]], Sequence[float]]:
        return [[LEAST * 0.9] * size for _ in range(targets)], [0.25] * targets

    weights = learnt(ROWS, MARKED, LIBRARY, slight)
    assert lines(weights) == {}
    assert Hunches(weights).of({"电梯"}).untold == 0.25
    assert Hunches(learnt(ROWS, MARKED, LIBRARY, means)).of({"多少"}).untold == pytest.approx(1.5)


def test_marked_questions_are_read_from_json_lines() -> None:
    text = '{"id": "1", "question": "几点开门", "expect": "abstain"}\n\n{"question": "电梯", "expect": "answer"}\n'
    assert marked(text) == [("几点开门", True), ("电梯", False)]


def test_a_row_is_judged_by_weights_that_were_learnt_without_it() -> None:
    taught: list[list[Row]] = []

    def learning(rows: Sequence[Row], *_: object) -> bytes:
        taught.append(list(rows))
        return f"{UNTOLD}\n300\n".encode()

    with patch.object(hunches, "learnt", learning):
        judged = [hunches._crossed(ROWS, MARKED, fold) for fold in range(hunches.FOLDS)]
    assert sorted(one.row.id for fold in judged for one in fold) == ["a", "b", "c", "d"]
    for rows, fold in zip(taught, judged, strict=True):
        assert not {row.id for row in rows} & {one.row.id for one in fold}
