"""Findings: figures held against a limit, names against a list, and lists counted."""

import re

import pytest

from knowledge.answers import answerer
from knowledge.answers.findings import Count, Finding, Limits, Membership, figures, finding
from knowledge.answers.question import Part
from knowledge.library import Body
from knowledge.words import fold
from tests.knowledge.answers.kit import LIBRARY, answered

LIMITED = next(point for point in LIBRARY.points if point.limits)
MEMBERS = [body for body in LIBRARY.bodies.values() if body.member]
OTHERS = [b for b in LIBRARY.bodies.values() if not b.member and b.id not in ("joint-meeting", "joint-office")]


def found(question: str) -> Finding | None:
    """What follows for the first question of a message."""
    return answered(question).turns[0].finding


def taken_for_members(*questions: str) -> list[str]:
    """Those of the questions that are told that a body is a member."""
    answers = [answerer().answer(question) for question in questions]
    return [
        question
        for question, answer in zip(questions, answers, strict=True)
        for turn in getattr(answer, "turns", ())
        if isinstance(turn.finding, Membership) and turn.finding.listed
    ]


def held(text: str) -> Limits | None:
    """The figures of a text held against the limits of the clause that has some."""
    result = finding(Part(fold(text), {}, (), frozenset()), fold(text), [LIMITED], LIBRARY)
    assert result is None or isinstance(result, Limits)
    return result


# ---- limits -------------------------------------------------------------------------------------------------------


def test_the_limits_are_those_that_the_clause_itself_states() -> None:
    assert figures(fold(LIMITED.quote)) == dict(LIMITED.limits)
    assert LIMITED.quote.count("以上") == len(LIMITED.limits) == 2


@pytest.mark.parametrize(
    ("text", "below", "still_open"),
    [
        ("投资30万元、面积300平方米", (), ()),
        ("投资300000元、面积300平米", (), ()),
        ("投资三十万元、面积三百平", (), ()),
        ("投资31万、面积301平", (), ()),
        ("投资299999元、面积300平方米", ("yuan",), ()),
        ("投资30万元、面积299.9平方米", ("square-metres",), ()),
        ("投资29万、面积299平", ("yuan", "square-metres"), ()),
        ("投资1万、面积5000平", ("yuan",), ()),
        ("投资500万、面积80平", ("square-metres",), ()),
        ("投资30万元", (), ("square-metres",)),
        ("投资29.9万元", ("yuan",), ("square-metres",)),
        ("面积300平方米", (), ("yuan",)),
        ("面积80平方米", ("square-metres",), ("yuan",)),
    ],
)
def test_a_limit_is_reached_at_the_figure_itself_and_missed_below_it(
    text: str, below: tuple[str, ...], still_open: tuple[str, ...]
) -> None:
    result = held(text)
    assert result and (result.below, result.open) == (below, still_open)
    assert set(result.given) == set(LIMITED.limits) - set(still_open)


def test_without_a_figure_nothing_follows() -> None:
    assert held("多大的工程要办施工许可") is None
    assert found("多大的工程要办施工许可") is None


@pytest.mark.parametrize(
    ("question", "below", "still_open"),
    [
        ("40万的工程要办施工许可吗", (), ("square-metres",)),
        ("30万元、300平方米的工程要办施工许可吗", (), ()),
        ("25万、280平的工程要办施工许可吗", ("yuan", "square-metres"), ()),
        ("29万元，500平米，要办施工许可吗", ("yuan",), ()),
        ("投资￥299,999、300㎡的工程要办施工许可吗", ("yuan",), ()),
        ("Does a project of 300000 yuan and 300 square metres need a construction permit?", (), ()),
        ("Does a project of 250,000 yuan and 400 square metres need a construction permit?", ("yuan",), ()),
    ],
)
def test_a_question_with_figures_is_told_what_they_reach(
    question: str, below: tuple[str, ...], still_open: tuple[str, ...]
) -> None:
    assert answered(question).points[0] == LIMITED
    told = [turn.finding for turn in answered(question).turns if turn.points]
    assert isinstance(told[0], Limits) and (told[0].below, told[0].open) == (below, still_open)


# ---- membership ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", MEMBERS, ids=lambda body: body.id)
def test_every_member_is_found_in_the_list_by_its_name_and_in_english(body: Body) -> None:
    for question in (
        f"{body.name}是成员单位吗",
        f"{body.zh[0]}是不是成员单位",
        f"is the {body.english} a member unit?",
    ):
        assert found(question) == Membership((body.name,), ()), question


@pytest.mark.parametrize("body", OTHERS, ids=lambda body: body.id)
def test_a_body_that_the_text_names_elsewhere_is_no_member(body: Body) -> None:
    assert not taken_for_members(f"{body.name}是成员单位吗", f"is the {body.english} a member unit?")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("消防支队是成员单位吗", "西城消防支队"),
        ("残联在不在联席会议里", "区残联"),
        ("德源公司是不是成员单位", "北京德源兴业投资管理有限公司"),
        ("宣房投在联席会议里吗", "宣房投公司"),
        ("区城管执法监察局算成员单位吗", "区城管执法监察局"),
        ("is the disabled persons' federation a member unit?", "区残联"),
        ("is Deyuan a member unit?", "北京德源兴业投资管理有限公司"),
    ],
)
def test_a_member_is_found_by_what_people_call_it(question: str, name: str) -> None:
    assert found(question) == Membership((name,), ())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("公安局是成员单位吗", "公安局"),
        ("请问区公安局算不算成员单位", "公安局"),
        ("教委是成员单位吗", "教委"),
        ("教委在联席会议里吗", "教委"),
        ("西城区教委在不在联席会议里", "教委"),
        ("民政局是不是成员单位", "民政局"),
        ("卫健委是成员单位吗", "卫健委"),
        ("武装部是成员单位吗", "武装部"),
    ],
)
def test_a_body_that_the_text_never_names_is_told_to_be_no_member(question: str, name: str) -> None:
    assert found(question) == Membership((), (name,))


@pytest.mark.parametrize("body", ["police bureau", "education commission", "health commission", "Bank of China"])
def test_no_stranger_is_taken_for_a_member_in_english(body: str) -> None:
    assert not taken_for_members(f"is the {body} a member unit?", f"is the {body} a member of the joint meeting?")


def test_each_of_two_bodies_is_told_about() -> None:
    told = [turn.finding for turn in answered("公安局是成员单位吗？残联是成员单位吗？").turns]
    assert told == [Membership(("区残联",), ("公安局",))]


# ---- counts -------------------------------------------------------------------------------------------------------

TEXT = LIBRARY.document.text
WORKS = re.search("即：(.*?)。", TEXT)
UNITS = re.search("成员单位包括：(.*?)。", TEXT)


def enumerated(prefix: str) -> int:
    """How many of the works begin so, counted in the policy itself."""
    assert WORKS
    return sum(item.startswith(prefix) for item in re.split("[、，]", WORKS[1]))


@pytest.mark.parametrize(
    ("question", "prefix", "number"),
    [
        ("六治有几项", "治", 6),
        ("六治是几条", "治", 6),
        ("七补有几项", "补", 7),
        ("三规范有几项", "规范", 3),
        ("how many items are in the six cures?", "治", 6),
        ("how many items are in the seven additions?", "补", 7),
        ("how many items are in the three standards?", "规范", 3),
    ],
)
def test_the_works_are_counted_as_the_text_enumerates_them(question: str, prefix: str, number: int) -> None:
    assert found(question) == Count(number) == Count(enumerated(prefix))


@pytest.mark.parametrize("question", ["成员单位有几个", "成员单位一共多少家", "how many member units are there?"])
def test_the_member_units_are_counted_as_the_text_lists_them(question: str) -> None:
    assert UNITS
    assert found(question) == Count(len(UNITS[1].split("、"))) == Count(len(MEMBERS))
