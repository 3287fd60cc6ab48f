import pytest

from ballots.menu import Counted, Item, suggested
from ballots.rules import CIVIL_CODE, Matter, by_law
from knowledge.library import load

# Words of the menu, class, over what it is counted, and its class where owners pay in.
AS_THE_LAW_WOULD = [
    ("多层住宅楼房增设电梯等上下楼设施", Matter.REBUILDING, Counted.STAIRWELL, None),
    ("楼体抗震加固增加阳台", Matter.REBUILDING, Counted.BUILDING, None),
    ("多层住宅楼房平改坡", Matter.REBUILDING, Counted.BUILDING, None),
    ("屋顶美化", Matter.OTHER, Counted.BUILDING, Matter.RAISING_FUND),
    ("太阳能应用", Matter.REBUILDING, Counted.BUILDING, None),
    ("增建养老服务设施和社区综合服务设施", Matter.REBUILDING, Counted.COMPOUND, None),
    ("补建停车位及电动汽车充电设施", Matter.SHARED_PARTS, Counted.COMPOUND, None),
    ("完善小区信息基础设施和技术装备", Matter.OTHER, Counted.COMPOUND, Matter.RAISING_FUND),
]


@pytest.mark.parametrize(("words", "matter", "counted", "where_owners_pay"), AS_THE_LAW_WOULD)
def test_every_optional_item_is_classed_as_the_law_would(
    words: str, matter: Matter, counted: Counted, where_owners_pay: Matter | None
) -> None:
    suggestion = suggested(Item("menu-1", words, "", ""))
    assert (suggestion.matter, suggestion.counted) == (matter, counted)
    assert suggestion.where_owners_pay == where_owners_pay


def test_these_are_the_optional_rows_of_the_menu_in_their_very_words() -> None:
    rows = [row for row in load().document.items if row.item and row.item.item_class.value == "自选类"]
    assert sorted(row.text for row in rows) == sorted(words for words, *_ in AS_THE_LAW_WOULD)


def test_an_unknown_item_is_classed_as_the_stricter_one() -> None:
    suggestion = suggested(Item("menu-99", "增设电梯", "", ""))  # near is not enough: the words are the menu's own
    assert suggestion.matter is Matter.REBUILDING
    rule = by_law(suggestion.matter, CIVIL_CODE.since or pytest.fail())
    assert rule.id == "civil-code-strict"
    assert suggestion.counted is Counted.COMPOUND
