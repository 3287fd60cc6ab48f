"""Listing: rows of the menu by class and scope, and what each body does."""

from collections.abc import Sequence

import pytest

from knowledge.answers.cutoffs import LISTED
from knowledge.answers.findings import Listed, Tally
from knowledge.answers.listing import Listing
from knowledge.answers.question import Part
from knowledge.documents import ItemClass
from knowledge.library import Body, Point
from tests.knowledge.answers.kit import LIBRARY, answered

BODIES = list(LIBRARY.bodies.values())
BUILDING, YARD, GOVERNANCE = "楼本体", "小区公共区域", "完善小区治理"
BASIC, OPTIONAL = ItemClass.BASIC, ItemClass.OPTIONAL


def items(item_class: ItemClass, *scopes: str) -> list[str]:
    """The ids of the rows as the policy's own table has them."""
    clauses = [c for c in LIBRARY.document.items if c.item and c.item.item_class is item_class]
    return [c.id for c in clauses if c.item and (not scopes or c.item.scope in scopes)]


def ids(points: Sequence[Point]) -> list[str]:
    return [point.clause for point in points]


# ---- rows ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "item_class", "scopes"),
    [
        ("基础类有哪些", BASIC, ()),
        ("自选类有哪些", OPTIONAL, ()),
        ("自选类有几项", OPTIONAL, ()),
        ("楼本体的基础类有哪些", BASIC, (BUILDING,)),
        ("楼本体的自选类有哪些", OPTIONAL, (BUILDING,)),
        ("小区公共区域的基础类有哪些", BASIC, (YARD,)),
        ("小区公共区域的自选类有几项", OPTIONAL, (YARD,)),
        ("what are the basic items?", BASIC, ()),
        ("what are the optional items?", OPTIONAL, ()),
        ("how many optional items are there?", OPTIONAL, ()),
        ("which optional items are there for the building itself?", OPTIONAL, (BUILDING,)),
        ("list the optional items in the common area", OPTIONAL, (YARD,)),
    ],
)
def test_the_rows_of_a_class_and_a_scope_are_listed_and_no_others(
    question: str, item_class: ItemClass, scopes: tuple[str, ...]
) -> None:
    answer = answered(question)
    assert answer.listed and [reason.verdict for reason in answer.evidence.reasons] == ["listed"]
    assert ids(answer.points) == items(item_class, *scopes)


def test_both_classes_and_all_scopes_together_are_the_whole_table() -> None:
    counts = [len(items(kind, scope)) for kind in ItemClass for scope in (BUILDING, YARD, GOVERNANCE)]
    assert sum(counts) == len(LIBRARY.rows) == 34
    assert len(items(BASIC)) + len(items(OPTIONAL)) == 34 and counts.count(0) == 1


@pytest.mark.parametrize("question", ["楼里院里都有的有哪些", "菜单上楼里院里都有的是哪些"])
def test_what_stands_in_both_scopes_is_listed_from_both(question: str) -> None:
    points = answered(question).points
    for scope in (BUILDING, YARD):
        quotes = [p.quote for p in points if (item := LIBRARY.clause(p).item) and item.scope == scope]
        for word in ("拆除违法建设", "水、电、气、热、通信", "光纤入户", "无障碍设施"):
            assert any(word in quote for quote in quotes), (scope, word)
    assert len(points) == 7  # 光纤 stands in the yard's row on lines, beside water and power


@pytest.mark.parametrize(
    "question",
    ["哪些是必须做的", "基础类必须做哪些", "which items must be done?", "list the basic items that must be done"],
)
def test_where_it_is_asked_what_must_be_done_the_rule_stands_before_the_rows(question: str) -> None:
    rule, *rows = answered(question).points
    assert rule.quote == "基础类是必须改造整治的内容"
    assert ids(rows) == items(BASIC)


def test_without_a_must_no_rule_stands_before_the_rows() -> None:
    assert all(LIBRARY.item_class(point) is BASIC for point in answered("基础类有哪些").points)


@pytest.mark.parametrize("question", ["菜单有哪些", "what is on the menu?"])
def test_the_whole_menu_is_told_by_its_two_classes(question: str) -> None:
    said = " ".join(point.quote for point in answered(question).points)
    assert "分为基础类和自选类" in said and "基础类是必须" in said and "自选类是在" in said


# ---- duties -------------------------------------------------------------------------------------------------------


def listed(part: Part) -> tuple[Point, ...]:
    turn = Listing(LIBRARY).turn(part)
    return turn.points if turn else ()


def held(body: Body) -> list[Point]:
    """A body's duties as they should be told: its alone, those that it shares, those that it takes part in."""
    own = [point for point in LIBRARY.points if body.id in point.by]
    alone = [point for point in own if point.by == (body.id,)]
    helps = [point for point in LIBRARY.points if body.id in point.with_ and point not in own]
    return [*alone, *(point for point in own if point not in alone), *helps]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.id)
def test_a_bodys_duties_are_exactly_the_librarys_its_own_alone_first(body: Body) -> None:
    told = listed(Part(body.name, {body.id: 1.0}, ("duties",), frozenset({body.id})))
    if held(body):
        assert list(told) == held(body)[:LISTED]
    else:
        general, members = told
        assert "其他相关委、办、局" in general.quote and body.name in members.quote


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.id)
def test_whoever_asks_for_a_bodys_duties_gets_that_list(body: Body) -> None:
    expected = listed(Part("", {}, ("duties",), frozenset({body.id})))
    for question in (
        f"{body.name}的职责是什么",
        f"{body.name}有哪些职责",
        f"what are the duties of the {body.english}?",
    ):
        answer = answered(question)
        assert answer.listed and answer.points == expected, question


def test_the_list_of_a_busy_body_is_cut_and_keeps_what_is_its_own() -> None:
    busy = [body for body in BODIES if len(held(body)) > LISTED]
    assert busy
    for body in busy:
        told = answered(f"{body.name}的职责是什么").points
        assert len(told) == LISTED and all(body.id in point.by for point in told[:3])


@pytest.mark.parametrize("asks", [(), ("whether",), ("who-does",)])
def test_a_body_is_not_listed_where_its_duties_are_not_asked_for(asks: tuple[str, ...]) -> None:
    assert not listed(Part("财政局", {"finance": 1.0}, asks, frozenset({"finance"})))


def test_what_a_body_does_about_one_thing_is_no_list_of_its_duties() -> None:
    part = Part("住建委招标管什么", {}, ("duties",), frozenset({"housing-construction", "tendering"}))
    assert not listed(part)


# ---- what is said of a list ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "what", "total", "scope"),
    [
        ("自选类有哪些", "optional-class", 8, ""),
        ("基础类有几项", "basic-class", 26, ""),
        ("小区公共区域的自选类有几项", "optional-class", 3, "小区公共区域"),
        ("楼本体基础类有哪些", "basic-class", 12, "楼本体"),
    ],
)
def test_a_list_tells_of_what_it_is_and_how_many_it_has(question: str, what: str, total: int, scope: str) -> None:
    (turn,) = answered(question).turns
    assert turn.finding == Listed(what, total, scope) and len(turn.points) == total


def test_a_list_that_is_cut_still_tells_how_many_there_are() -> None:
    for turn in answered("自选类有哪些？基础类有哪些？").turns:
        assert isinstance(turn.finding, Listed) and turn.finding.total > len(turn.points)


def test_several_things_are_no_list_of_a_class() -> None:
    answer = answered("路灯坏了，信报箱也烂了，垃圾没人收，这些管不管")
    assert not answer.listed and not any(isinstance(turn.finding, Listed) for turn in answer.turns)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("基础类和自选类各几项", {(BASIC, ""): 26, (ItemClass.OPTIONAL, ""): 8}),
        ("菜单一共多少项", {(BASIC, ""): 26, (ItemClass.OPTIONAL, ""): 8}),
        ("楼本体一共几项", {(BASIC, "楼本体"): 12, (ItemClass.OPTIONAL, "楼本体"): 5}),
    ],
)
def test_both_classes_are_counted_where_no_one_of_them_is_asked_for(
    question: str, counted: dict[tuple[ItemClass, str], int]
) -> None:
    assert answered(question).turns[0].finding == Tally(counted)
