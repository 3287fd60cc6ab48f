"""Joining: several questions in one message, each answered in its turn."""

from itertools import permutations

import pytest

from knowledge.answers import Answered, NotCovered, Turn, answerer
from knowledge.answers.cutoffs import PARTS
from knowledge.documents import ItemClass
from knowledge.library import Point
from tests.knowledge.answers.kit import LIBRARY, answered, row

# A question on a row of the menu, and the row that answers it.
ASKED = {
    "电梯能装吗？": "menu-13",
    "护栏拆不拆？": "menu-10",
    "路灯修不修？": "menu-22",
    "阳台能加吗？": "menu-14",
    "太阳能装不装？": "menu-17",
    "外墙刷不刷？": "menu-9",
    "Can we get a lift? ": "menu-13",
    "Are street lamps repaired? ": "menu-22",
    "Do we get solar panels? ": "menu-17",
}
CHINESE = [question for question in ASKED if not question.isascii()]
ENGLISH = [question for question in ASKED if question.isascii()]
RULES = {*LIBRARY.telling("must", "optional-class"), *LIBRARY.telling("must", "basic-class")}


def turns(question: str) -> tuple[Turn, ...]:
    return answered(question).turns


def outline(question: str) -> list[tuple[str, ...]]:
    """For each turn the clause that it begins with, or what is missing."""
    return [(turn.points[0].clause,) if turn.points else turn.missing for turn in turns(question)]


# ---- each in its turn ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pool", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("many", [2, 3])
def test_each_question_is_answered_in_the_order_in_which_it_was_put(pool: list[str], many: int) -> None:
    for asked in permutations(pool, many):
        assert outline("".join(asked)) == [(ASKED[question],) for question in asked], asked


def test_who_pays_is_answered_for_what_was_asked_before_it() -> None:
    for asked, money in (("电梯能装吗？谁出钱？", "自选类"), ("路灯修吗？谁出钱？", "基础类")):
        first, second = turns(asked)
        assert "who-pays" in second.asks and "who-pays" not in first.asks
        assert "所需资金" in second.points[0].quote and money in second.points[0].quote


@pytest.mark.parametrize(
    "message", ["护栏拆不拆？谁出钱", "护栏拆不拆？ 谁出钱呢", "Are street lamps repaired? and who pays"]
)
def test_a_last_question_without_its_mark_is_a_question_all_the_same(message: str) -> None:
    assert [turn.asks for turn in turns(message)] == [turn.asks for turn in turns(f"{message}？")]
    assert "who-pays" in turns(message)[-1].asks


def test_a_message_gets_a_reason_for_each_of_its_questions_in_their_order() -> None:
    answer = answered("电梯能装吗？多少钱？护栏拆不拆？")
    assert [reason.verdict for reason in answer.evidence.reasons] == ["told", "no-such-kind", "told"]
    assert ["电梯" in reason.text for reason in answer.evidence.reasons] == [True, False, False]


def test_no_more_questions_are_answered_than_a_person_reads() -> None:
    message = "".join(["道路修不修？", "绿化补不补？", "信报箱换不换？", *CHINESE])
    assert message.count("？") > PARTS
    assert len(turns(message)) == PARTS
    assert len(turns(message * 5)) <= PARTS


def test_what_is_no_question_for_the_policy_takes_nothing_from_the_one_that_is() -> None:
    for message in ("你好，电梯能装吗？", "电梯能装吗？谢谢", "今天天气怎么样？电梯能装吗？"):
        assert answered(message).points[0] == row("menu-13")
        assert all(turn.points for turn in turns(message))


# ---- silence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("电梯多少钱？护栏拆不拆？", [("amount",), ("menu-10",)]),
        ("护栏拆不拆？电梯多少钱？", [("menu-10",), ("amount",)]),
        ("护栏拆不拆？电梯多少钱？路灯修不修？", [("menu-10",), ("amount",), ("menu-22",)]),
        ("电梯多少钱？哪天开工？护栏拆不拆？", [("amount",), ("when",), ("menu-10",)]),
        ("How much is a lift? Are street lamps repaired?", [("amount",), ("menu-22",)]),
        ("Are street lamps repaired? When will a lift be put in?", [("menu-22",), ("when",)]),
    ],
)
def test_what_the_text_is_silent_on_is_said_in_its_turn(message: str, expected: list[tuple[str, ...]]) -> None:
    assert outline(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "电梯多少钱？阳台多少钱？护栏拆不拆？",
        "电梯多少钱？护栏拆不拆？阳台多少钱？",
        "护栏拆不拆？电梯多少钱？阳台多少钱？",
        "How much is a lift? How much is a balcony? Are street lamps repaired?",
    ],
)
def test_one_silence_is_told_once(message: str) -> None:
    assert [turn.missing for turn in turns(message) if not turn.points] == [("amount",)]


def test_where_every_question_meets_silence_the_whole_is_not_covered_and_names_all_that_is_missing() -> None:
    for message, missing in (
        ("电梯多少钱？阳台多少钱？", ("amount",)),
        ("电梯多少钱？哪天开工？", ("amount", "when")),
        ("How much is a lift? Which brand is it?", ("amount", "brand")),
    ):
        answer = answerer().answer(message)
        assert isinstance(answer, NotCovered), message
        assert answer.missing == missing


@pytest.mark.parametrize(
    "story",
    [
        "我们院路灯坏了半年了，晚上摸黑，我妈摔了一跤，医药费谁赔？",
        "楼上盖了违建，漏水把我家家具泡了，赔多少钱？",
        "一楼把护栏拆了，我家进了小偷，损失谁赔？",
        "电梯装好了，我家采光没了，补偿多少？",
        "The street lamps were out, my mother fell in the dark. How much compensation will she get?",
        "院里路灯黑，能不能给个说法，我妈摔了谁赔？",
        "电梯什么牌子，会不会老坏？",
        "My neighbour built a shed, can he do that? Who compensates me?",
        "They tore down my illegal shed last week. What is the fine?",
    ],
)
def test_a_story_about_what_the_text_knows_does_not_answer_the_question_that_it_ends_in(story: str) -> None:
    assert not isinstance(answerer().answer(story), Answered)


# ---- how much is shown --------------------------------------------------------------------------------------------


def shown(message: str) -> list[Point]:
    return [point for turn in turns(message) for point in turn.points]


def test_nothing_is_shown_twice() -> None:
    for asked in permutations([*CHINESE, "路灯修吗？谁出钱？", "自选类是什么？"], 3):
        points = shown("".join(asked))
        assert len(points) == len(set(points)), asked
    assert len(turns("路灯修不修？路灯修不修？公共照明完善吗？")) == 1


@pytest.mark.parametrize("many", [3, 4, 5])
@pytest.mark.parametrize("pool", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_of_three_and_more_questions_each_gets_one_quote_and_the_rules_come_last(pool: list[str], many: int) -> None:
    for asked in list(permutations(pool, min(many, len(pool))))[:80]:
        told = turns("".join(asked))
        assert [len(turn.points) for turn in told[:-1]] == [1] * (len(told) - 1), asked
        rules = told[-1].points[1:]
        assert set(rules) <= RULES and len(rules) == len(set(rules))
        # The rows of the menu are followed by what their class means, once, where one of them is optional.
        optional = any(LIBRARY.item_class(turn.points[0]) is ItemClass.OPTIONAL for turn in told)
        assert (LIBRARY.telling("must", "optional-class")[0] in rules) == optional, asked


def test_of_two_questions_each_keeps_all_that_answers_it() -> None:
    first, second = turns("电梯能装吗？护栏拆不拆？")
    assert first.points == (row("menu-13"), *LIBRARY.telling("must", "optional-class"))
    assert second.points[0] == row("menu-10")
