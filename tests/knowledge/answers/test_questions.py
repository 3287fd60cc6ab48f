"""How often strangers' questions are answered right, and how often something is claimed that the text does not say."""

from functools import lru_cache
from pathlib import Path

import pytest

from knowledge.answers import Answer, answerer
from knowledge.evaluation import Row, figures, judge, read, squeezed
from knowledge.library import load
from tests.knowledge.answers.kit import check
from tests.lengths import long_form

QUESTIONS = Path(__file__).parents[2] / "questions"
# Right at least, false answers at most, in percent: what was last measured, rounded.
FLOORS = {"tuning.jsonl": (98.5, 1.5), "rounds.jsonl": (95.5, 3.0), "unseen.jsonl": (92.0, 4.0)}


def asked(name: str) -> list[Row]:
    return read((QUESTIONS / name).read_text("utf-8"))


@lru_cache(1)  # two tests look at those to one file, one right after the other; all of them would fill the memory
def answers(name: str) -> list[Answer]:
    return [answerer().answer(row.question) for row in asked(name)]


def test_every_answer_to_a_strangers_question_has_its_evidence() -> None:
    for row, answer in zip(asked("tuning.jsonl"), answers("tuning.jsonl"), strict=True):
        check(row.question, answer)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [pytest.param(name, *floor, marks=[long_form] * (name != "tuning.jsonl")) for name, floor in FLOORS.items()],
)
def test_most_questions_end_as_they_should_and_few_in_a_false_claim(name: str, least: float, most: float) -> None:
    policy = load().document.text
    found = figures([judge(row, answer, policy) for row, answer in zip(asked(name), answers(name), strict=True)])
    right, false = found.shares["right"], found.shares["false answer"]
    assert right.of > 190 and false.of > 40
    assert right.percent >= least and false.percent <= most, f"right {right}, false {false}"
    assert found.others["foreign"] == 0


def test_every_passage_that_is_expected_stands_in_the_policy() -> None:
    policy = squeezed(load().document.text)
    for name in FLOORS:
        for row in asked(name):
            assert all(squeezed(gold) in policy for group in row.gold for gold in group), row.id
