"""Paraphrases: one question in many words has one answer."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import opencc
import pytest

from knowledge.answers import Answer, Answered, answerer
from tests.knowledge.answers.kit import LIBRARY

FILE = Path(__file__).parents[2] / "questions" / "paraphrases.toml"
SETS: list[Mapping[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["set"]
# One of each way in which a question ends.
SAMPLES = [
    "我们楼能装电梯吗？",
    "护栏拆不拆？谁出钱？",
    "加一部电梯得花多少钱",
    "85年盖的楼能改吗？",
    "自选类有哪些",
    "区住建委的职责是什么？",
    "年度计划谁批准",
    "公安局是成员单位吗？",
    "wifi光纤入户有吗",
    "今天天气怎么样",
    "六治是什么",
    "can my building get an elevator?",
    "who pays for solar panels?",
    "What is the document number?",
]
TRADITIONAL = opencc.OpenCC("s2t")


def said(answer: Answer) -> tuple[object, ...]:
    """What a person gets: the way it ends, and every passage."""
    points = getattr(answer, "points", ()) or getattr(answer, "nearest", ())
    return type(answer), points, getattr(answer, "missing", ()), getattr(answer, "why", None), answer.dialog


def asked(text: str) -> tuple[object, ...]:
    return said(answerer().answer(text))


def full_width(text: str) -> str:
    return "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


# ---- the file -----------------------------------------------------------------------------------------------------


def test_the_sets_are_many_and_each_puts_its_question_in_several_ways_of_writing() -> None:
    assert len(SETS) >= 30 and len({entry["name"] for entry in SETS}) == len(SETS)
    everything = [question for entry in SETS for question in entry["questions"]]
    assert len(everything) == len(set(everything))
    for entry in SETS:
        assert entry["says"] in LIBRARY.document.text, entry["name"]
        ascii_only = [question for question in entry["questions"] if question.isascii()]
        assert len(entry["questions"]) >= 5 and 1 <= len(ascii_only) < len(entry["questions"]), entry["name"]


# ---- other words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", SETS, ids=[entry["name"] for entry in SETS])
def test_all_paraphrases_of_a_question_are_answered_with_the_same_passage_first(entry: Mapping[str, Any]) -> None:
    answers = {question: answerer().answer(question) for question in entry["questions"]}
    others = {
        question: answer.points[0].quote if isinstance(answer, Answered) else type(answer).__name__
        for question, answer in answers.items()
        if not isinstance(answer, Answered) or entry["says"] not in answer.points[0].quote
    }
    assert not others


# ---- the same words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", SAMPLES)
def test_the_same_question_gets_the_same_answer_again(question: str) -> None:
    once = answerer().answer(question)
    for other in SAMPLES:
        answerer().answer(other)
    assert answerer().answer(question) == once


@pytest.mark.parametrize("question", SAMPLES)
def test_width_script_case_and_spaces_change_nothing(question: str) -> None:
    once = asked(question)
    assert asked(full_width(question)) == once
    assert asked(TRADITIONAL.convert(question)) == once
    assert asked(question.upper()) == once
    assert asked(f"  {question} \n") == once
    assert asked(question.replace(" ", "   ")) == once


@pytest.mark.parametrize("question", ["我们楼能装电梯吗", "加一部电梯得花多少钱", "自选类有哪些", "六治是什么"])
def test_a_space_between_all_characters_changes_nothing(question: str) -> None:
    assert asked(" ".join(question)) == asked(question)


@pytest.mark.parametrize("question", [question for question in SAMPLES if question[:-1].count("？") == 0])
def test_the_mark_at_its_end_changes_nothing(question: str) -> None:
    bare = question.rstrip("？?")
    once = asked(bare)
    others = {mark: asked(bare + mark) for mark in ("", "？", "?", "。", "！", "？？", " ?")}
    assert others == dict.fromkeys(others, once)
