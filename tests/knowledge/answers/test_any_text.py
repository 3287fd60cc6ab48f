"""Whatever is typed: no text makes the answerer raise, claim without a point, or work without bound."""

import random
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers import Answered, OutOfScope, answerer
from knowledge.answers.cutoffs import LONGEST_QUESTION, PARTS
from tests.knowledge.answers.kit import LIBRARY, check
from tests.lengths import examples

WORDS = sorted({word for concept in LIBRARY.concepts.values() for word in (*concept.zh, *concept.en)})
ASKS = sorted({wording.replace("…", "") for ask in LIBRARY.asks.values() for wording in (*ask.zh, *ask.en)})
GLUE = [
    "的",
    "，",
    "？",
    "、",
    "。",
    " ",
    "吗",
    "我们",
    "谁",
    "? ",
    ", ",
    "哪些",
    "除了",
    "那",
    "1985年",
    "30万",
    "\u200b",
    "\n",
]
TEXT = LIBRARY.document.text

of_the_library = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(ASKS), st.sampled_from(GLUE)), max_size=24
).map("".join)
of_the_policy = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 200)).map(lambda s: TEXT[s[0] : s[0] + s[1]])
anything = st.text(max_size=400)
very_long = st.tuples(st.one_of(of_the_library, anything), st.integers(1, 5000)).map(lambda s: s[0][:200] * s[1])
any_text = st.one_of(anything, of_the_library, of_the_policy, very_long)


# ---- what is said -------------------------------------------------------------------------------------------------


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(any_text)
def test_no_text_whatever_makes_it_raise_or_claim_without_evidence(text: str) -> None:
    check(text, answerer().answer(text))


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(any_text, st.sets(st.sampled_from(sorted(LIBRARY.concepts)), max_size=3))
def test_nor_does_what_was_asked_before(text: str, before: set[str]) -> None:
    question, answer = answerer().understand(text, before)
    check(text, answer)
    assert len(question.parts) <= PARTS


@pytest.mark.parametrize(
    "question", ["能装电梯吗", "护栏拆不拆", "年度计划谁批准", "谁出钱", "招投标归谁管", "who pays for the lift?"]
)
def test_the_point_that_answers_is_among_those_that_the_evidence_shows(question: str) -> None:
    answer = answerer().answer(question)
    assert isinstance(answer, Answered)
    (reason,) = answer.evidence.reasons
    found = {ranked.point: ranked for ranked in reason.ranked}
    assert answer.points[0] in found
    assert found[answer.points[0]].shared or found[answer.points[0]].tells


# ---- work ---------------------------------------------------------------------------------------------------------


def calls(text: str) -> int:
    """How many functions are entered for the answer to a text, once everything that is made once has been made."""
    answerer().answer(text)
    entered = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal entered
        entered += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        answerer().answer(text)
    finally:
        sys.setprofile(None)
    return entered


def mixed(seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    while True:
        yield chance.choice([*GLUE, chance.choice(WORDS), chance.choice(ASKS)])


def endless(kind: str) -> str:
    """A text of each sort, of the greatest length that is answered."""
    sorts: dict[str, str] = {
        "one question after another": "电梯能装吗？",
        "one thing after another": "电梯，护栏、",
        "one word in a row": "的",
        "who, in a row": "谁",
        "Traditional": "電梯",
        "years": "85年",
        "digits": "1",
        "marks": "？a",
        "pinyin": "zhuang dian ti ma ",
        "English": "and who pays for the lift ",
        "misspelled English": "elevatr lihgt biuldng ",
    }
    if kind in sorts:
        return (sorts[kind] * LONGEST_QUESTION)[:LONGEST_QUESTION]
    chance = random.Random(5)
    if kind == "unknown characters":
        return "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(LONGEST_QUESTION))
    found = ""
    for piece in mixed(7):
        found += piece
        if len(found) >= LONGEST_QUESTION:
            break
    return found[:LONGEST_QUESTION]


SORTS = [
    "one question after another", "one thing after another", "one word in a row", "who, in a row", "Traditional",
    "years", "digits", "marks", "pinyin", "English", "misspelled English", "unknown characters", "mixed",
]  # fmt: skip


@pytest.mark.parametrize("kind", SORTS)
def test_twice_the_text_is_about_twice_the_work(kind: str) -> None:
    text = endless(kind)
    whole, half = calls(text), calls(text[: LONGEST_QUESTION // 2])
    assert whole <= 2.8 * half + 5000, (whole, half)
    assert whole < 1_500_000


def test_the_parts_and_the_words_found_are_bounded() -> None:
    for kind in SORTS:
        question, answer = answerer().understand(endless(kind))
        assert len(question.parts) <= PARTS, kind
        assert len(question.concepts) <= len(LIBRARY.concepts)
        assert len(getattr(answer, "turns", ())) <= PARTS + 1, kind


@pytest.mark.parametrize("length", [LONGEST_QUESTION + 1, 20 * LONGEST_QUESTION, 200 * LONGEST_QUESTION])
def test_a_text_that_is_too_long_costs_nothing_more(length: int) -> None:
    assert isinstance(answerer().answer("电梯能装吗？" * length), OutOfScope)
    assert calls("电梯能装吗？" * length) <= calls("电梯能装吗？" * LONGEST_QUESTION) + 10
