"""How often strangers' questions are answered right, and how often something is claimed that the text does not say."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.answers import Answer, Answered, Clarify, NotCovered, OutOfScope, answerer
from knowledge.library import load

QUESTIONS = Path(__file__).parents[2] / "questions"
RIGHT_AT_LEAST, FALSE_AT_MOST = 0.75, 0.10


def squeezed(text: str) -> str:
    return "".join(text.split())


def asked(name: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / name).read_text("utf-8").splitlines()]


def quotes(answer: Answer, most: int) -> Iterator[str]:
    points = answer.points if isinstance(answer, Answered | Clarify) else ()
    return (squeezed(point.quote) for point in points[:most])


def is_right(row: Mapping[str, Any], answer: Answer) -> bool:
    if row["expect"] == "abstain":
        return isinstance(answer, NotCovered | OutOfScope)
    shown = list(quotes(answer, max(4, len(row["gold"]) + 3)))
    covered = all(any(squeezed(gold) in quote for gold in group for quote in shown) for group in row["gold"])
    answered, led = isinstance(answer, Answered), answer.dialog is not None
    kept = (answered or led) if row.get("either") else (answered if row["expect"] == "answer" else led)
    return kept and covered


@pytest.mark.parametrize("name", ["tuning.jsonl", "unseen.jsonl"])
def test_most_questions_end_as_they_should_and_few_in_a_false_claim(name: str) -> None:
    rows = asked(name)
    answers = [answerer().answer(row["question"]) for row in rows]
    right = sum(map(is_right, rows, answers)) / len(rows)
    silent = [answer for row, answer in zip(rows, answers, strict=True) if row["expect"] == "abstain"]
    false = sum(isinstance(answer, Answered) for answer in silent) / len(silent)
    assert len(rows) > 200 and len(silent) > 40
    assert right >= RIGHT_AT_LEAST and false <= FALSE_AT_MOST, f"right {right:.1%}, false {false:.1%}"


def test_every_passage_that_is_expected_stands_in_the_policy() -> None:
    policy = squeezed(load().document.text)
    for name in ("tuning.jsonl", "unseen.jsonl"):
        for row in asked(name):
            assert (row["expect"] == "abstain") == (row["gold"] == []), row["id"]
            assert all(squeezed(gold) in policy for group in row["gold"] for gold in group), row["id"]
