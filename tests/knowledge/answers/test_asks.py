"""Asks: what has the form of a question, and what is meant where nothing but a question word is said."""

import pytest

from knowledge.answers import Answered, answerer
from knowledge.answers.asks import asks_yes_or_no, puts_question
from knowledge.library import Ask
from knowledge.words import fold
from tests.knowledge.answers.kit import LIBRARY, answered, telling

QUESTIONS = [
    "谁出钱",
    "多少钱一部",
    "怎么办",
    "哪天开工",
    "电梯能装吗",
    "护栏拆不拆",
    "有没有路灯",
    "管不管啊",
    "给装不",
    "批了没",
    "啥时候",
    "咋弄",
    "能否加装电梯",
    "有哪些",
    "電梯能裝嗎",
    "can we get a lift",
    "is it free",
    "who pays",
    "and how much",
    "what is basic",
    "do they repair roads",
    "路灯修吗？",
]
STATEMENTS = [
    "",
    "我们楼是85年建的",
    "电梯坏了半年了",
    "院里没有路灯",
    "楼道里黑",
    "二单元六层",
    "the lift is broken",
    "we live on the sixth floor",
    "my mother cannot walk down",
    "whole building agrees",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_has_a_question_word_or_a_particle_or_asks_either_or_puts_a_question(text: str) -> None:
    assert puts_question(fold(text))


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_is_told_puts_none(text: str) -> None:
    assert not puts_question(fold(text))


@pytest.mark.parametrize("text", ["为什么", "怎么", "是什么呀", "什么", "那么"])
def test_a_question_word_that_ends_like_a_particle_asks_no_yes_or_no(text: str) -> None:
    assert not asks_yes_or_no(text)


# ---- nothing but the ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ask", [ask for ask in LIBRARY.asks.values() if ask.alone], ids=lambda ask: ask.id)
def test_what_is_meant_alone_is_a_concept_that_a_point_is_about(ask: Ask) -> None:
    assert LIBRARY.concepts[ask.alone].kind != "elsewhere"
    assert any(ask.alone in point.about for point in LIBRARY.points)


@pytest.mark.parametrize(
    "question", ["谁负责", "归谁管", "谁管", "谁负责？", "shei fu ze", "who is responsible?", "who's in charge"]
)
def test_who_is_responsible_is_each_street_office_in_its_area(question: str) -> None:
    point = answered(question).points[0]
    assert point == telling("who-does", "responsible-body") and point.by == ("street-office",)


@pytest.mark.parametrize("question", ["谁拍板", "谁说了算", "谁定", "谁说了算啊？", "who decides?", "who decides"])
def test_who_decides_is_who_settles_the_menu(question: str) -> None:
    point = answered(question).points[0]
    assert point.clause == "s3-2-p1" and "确定综合整治菜单" in point.quote and point.by == ("owners-committee",)


@pytest.mark.parametrize("question", ["必须吗", "要同意吗", "有哪些"])
def test_other_asks_that_stand_alone_are_answered_too(question: str) -> None:
    assert answered(question).points


@pytest.mark.parametrize(
    "question",
    [
        "谁来给我修冰箱",
        "谁负责给我送饭",
        "谁负责接送我孙子上兴趣班",
        "谁管我穿什么衣裳",
        "谁拍板娶媳妇",
        "洗衣机归谁修",
        "who will fix my fridge?",
        "who decides what I eat?",
        "who is responsible for my homework?",
    ],
)
def test_what_names_something_else_is_not_meant_alone(question: str) -> None:
    assert not isinstance(answerer().answer(question), Answered)
