"""Whatever is typed: no text makes the answerer raise, claim without a point, or work without bound."""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers import Answer, Answered, Clarify, NotCovered, OutOfScope, Reason, Turn, Verdict, answerer
from knowledge.answers.cutoffs import LEARNT, LONGEST_QUESTION, PARTS
from knowledge.answers.ranking import Ranked
from tests.knowledge.answers.kit import LIBRARY

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
# Verdicts that need no point that was ranked: the answer is a list, the text's own words, or what leads on.
OF_ITSELF = {Verdict.LISTED, Verdict.WORDING, Verdict.CHOOSING, Verdict.SCOPE}
SILENT = {Verdict.NO_SUCH_KIND, Verdict.NO_SUCH_TOPIC, Verdict.NOTHING_SPEAKS, Verdict.FOREIGN}

of_the_library = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(ASKS), st.sampled_from(GLUE)), max_size=24
).map("".join)
of_the_policy = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 200)).map(lambda s: TEXT[s[0] : s[0] + s[1]])
anything = st.text(max_size=400)
very_long = st.tuples(st.one_of(of_the_library, anything), st.integers(1, 5000)).map(lambda s: s[0][:200] * s[1])
any_text = st.one_of(anything, of_the_library, of_the_policy, very_long)


def carries(reason: Reason, turn: Turn) -> bool:
    """Whether a reason is one for a turn: by itself, by a point of it that shares a concept with the question (or is
    suggested by a question that has one), or by a rule that follows from such a point (what a class means, who is
    responsible where nobody is named)."""
    if reason.verdict in OF_ITSELF | SILENT:
        return reason.verdict in OF_ITSELF
    if all({"basic-class", "optional-class", "responsible-body"} & set(point.about) for point in turn.points):
        return any(_speaks(found, reason) for found in reason.ranked)
    return any(found.point in turn.points and _speaks(found, reason) for found in reason.ranked)


def _speaks(found: Ranked, reason: Reason) -> bool:
    return bool(found.shared) or (bool(reason.concepts) and found.hunch >= LEARNT.believed)


def check(answer: Answer) -> None:
    assert isinstance(answer, Answered | Clarify | NotCovered | OutOfScope)
    shown = getattr(answer, "points", ()) or getattr(answer, "nearest", ())
    assert all(point.quote in TEXT for point in shown)
    assert all(found.point.quote in TEXT for reason in answer.evidence.reasons for found in reason.ranked)
    if not isinstance(answer, Answered):
        return
    assert answer.points and answer.turns
    for turn in answer.turns:
        assert not (turn.points and turn.missing)
    told = [turn for turn in answer.turns if turn.points]
    for turn in told:
        assert any(carries(reason, turn) for reason in answer.evidence.reasons), turn


# ---- what is said -------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None, derandomize=True)
@given(any_text)
def test_no_text_whatever_makes_it_raise_or_claim_without_evidence(text: str) -> None:
    check(answerer().answer(text))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(any_text, st.sets(st.sampled_from(sorted(LIBRARY.concepts)), max_size=3))
def test_nor_does_what_was_asked_before(text: str, before: set[str]) -> None:
    question, answer = answerer().understand(text, before)
    check(answer)
    assert len(question.parts) <= PARTS


def test_every_answer_to_a_strangers_question_has_its_evidence() -> None:
    for line in (Path(__file__).parents[2] / "questions" / "tuning.jsonl").read_text("utf-8").splitlines():
        check(answerer().answer(json.loads(line)["question"]))


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
