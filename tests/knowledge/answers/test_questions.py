"""How often strangers' questions are answered right, and how often something is claimed that the text does not say."""

from pathlib import Path

import pytest

from knowledge.answers import answerer
from knowledge.evaluation import Row, figures, judge, read, squeezed
from knowledge.library import load

QUESTIONS = Path(__file__).parents[2] / "questions"
# Right at least, false answers at most, in percent: what was last measured, rounded.
FLOORS = {"tuning.jsonl": (98.5, 1.5), "rounds.jsonl": (95.5, 3.0), "unseen.jsonl": (92.0, 4.0)}


def asked(name: str) -> list[Row]:
    return read((QUESTIONS / name).read_text("utf-8"))


@pytest.mark.parametrize(("name", "least", "most"), [(name, *floor) for name, floor in FLOORS.items()])
def test_most_questions_end_as_they_should_and_few_in_a_false_claim(name: str, least: float, most: float) -> None:
    policy = load().document.text
    found = figures([judge(row, answerer().answer(row.question), policy) for row in asked(name)])
    right, false = found.shares["right"], found.shares["false answer"]
    assert right.of > 190 and false.of > 40
    assert right.percent >= least and false.percent <= most, f"right {right}, false {false}"
    assert found.others["foreign"] == 0


def test_every_passage_that_is_expected_stands_in_the_policy() -> None:
    policy = squeezed(load().document.text)
    for name in FLOORS:
        for row in asked(name):
            assert all(squeezed(gold) in policy for group in row.gold for gold in group), row.id
