"""Which questions count as like, by the paraphrases that the tests have."""

import tomllib
from itertools import combinations

import pytest
from rapidfuzz import fuzz

from dialogs.likeness import LIKE, key, most_like
from tests.kit import ROOT

DRAIN = "下水道堵了谁修"


@pytest.mark.parametrize(
    "asked", [DRAIN, "下水道堵了谁修？", "下水道堵了，谁修啊", "下水道堵了谁来修", "下水道堵了誰修"]
)
def test_what_asks_much_the_same_is_like(asked: str) -> None:
    assert most_like(asked, {key(DRAIN): "s4-1-p5", key("谁验收"): "s3-5-p3"}) == "s4-1-p5"


@pytest.mark.parametrize("asked", ["下水道谁出钱", "谁出钱", "电梯坏了谁修", "", "？", "who mends the drains"])
def test_what_asks_something_else_is_not(asked: str) -> None:
    assert most_like(asked, {key(DRAIN): "s4-1-p5"}) is None


def test_of_several_the_most_like_counts() -> None:
    taught = {key("小区的下水道堵了谁来修"): "a", key("小区的下水道堵了谁来管"): "b"}
    assert most_like("小区的下水道堵了谁来管呀", taught) == "b"


def test_where_nothing_is_taught_nothing_is_like() -> None:
    assert most_like(DRAIN, {}) is None


def test_no_two_questions_with_different_answers_are_like_each_other() -> None:
    sets = tomllib.loads((ROOT / "tests" / "questions" / "paraphrases.toml").read_text("utf-8"))["set"]
    asked = [(key(question), each["name"]) for each in sets for question in each["questions"]]
    pairs = list(combinations(asked, 2))
    alike = [(a, b) for (a, of_a), (b, of_b) in pairs if of_a == of_b and fuzz.ratio(a, b) >= LIKE]
    wrong = [(a, b) for (a, of_a), (b, of_b) in pairs if of_a != of_b and fuzz.ratio(a, b) >= LIKE]
    assert wrong == [] and len(alike) > 5
    lower = [(a, b) for (a, of_a), (b, of_b) in pairs if of_a != of_b and fuzz.ratio(a, b) >= 80]
    assert lower, "the cut-off could be lower"
