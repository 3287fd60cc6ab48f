"""A clause is found by its place, however one cites it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs import asking
from dialogs.citing import Places
from dialogs.wording import LANGUAGES
from knowledge.documents import Clause
from tests.dialogs.kit import LIBRARY

PLACES = Places(LIBRARY)


def find(words: str) -> list[str]:
    return [clause.id for clause in PLACES.find(words)]


@pytest.mark.parametrize("clause", LIBRARY.document.clauses, ids=lambda clause: clause.id)
def test_every_clause_is_found_by_its_id_and_among_those_of_its_place(clause: Clause) -> None:
    assert find(clause.id) == find(f" {clause.id.upper()} ") == [clause.id]
    for language in LANGUAGES:
        for with_number in (False, True):
            place = asking.place(clause, LIBRARY, language, with_number)
            assert clause.id in find(place), place
            assert clause.item or find(place) == [clause.id], place


@pytest.mark.parametrize(
    "words",
    [
        "三（五）第3段",
        "三(五)第3段",
        "三（五）第三段",
        "三、（五）3",
        "三（五）第3款",
        "第三部分第（五）条第3段",
        "3.5.3",
        "3（5）3",
        "S3-5-P3",
        "西政办发〔2018〕4号 · 三（五）第3段",
        "「」 三（五）第3段。",
    ],
)
def test_a_paragraph_is_found_however_its_place_is_written(words: str) -> None:
    assert find(words) == ["s3-5-p3"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("一", ["s1-p1"]),
        ("二（二）", ["s2-2-p1"]),
        ("三（五）", ["s3-5-p1", "s3-5-p2", "s3-5-p3"]),
        ("s3-5", ["s3-5-p1", "s3-5-p2", "s3-5-p3"]),
        ("三（一）", ["s3-1-p1", "s3-1-p2"]),
        ("菜单 · 楼本体 · 自选类", [f"menu-{number}" for number in range(13, 18)]),
        ("菜單，楼本体，自选类", [f"menu-{number}" for number in range(13, 18)]),
        ("Menu · building · optional (自选类)", [f"menu-{number}" for number in range(13, 18)]),
        ("菜单第13项", ["menu-13"]),
        ("菜单第十三项", ["menu-13"]),
        ("菜单第二十项", ["menu-20"]),
        ("菜单第三十四项", ["menu-34"]),
        ("菜单1", ["menu-1"]),
        ("菜单01", ["menu-1"]),
        ("题名", ["title"]),
        ("title", ["title"]),
    ],
)
def test_a_place_gives_what_stands_there_or_below_it(words: str, found: list[str]) -> None:
    assert find(words) == found


def test_the_whole_menu_is_found_by_its_name() -> None:
    assert find("菜单") == find("menu") == [clause.id for clause in LIBRARY.document.items]


def test_a_scope_and_a_class_of_it_are_found_without_naming_the_menu() -> None:
    rows = [(clause.id, clause.item) for clause in LIBRARY.document.clauses if clause.item]
    for scope in ("楼本体", "小区公共区域", "完善小区治理"):
        assert find(scope) == [id for id, item in rows if item.scope == scope]
    assert find("楼本体 自选类") == [id for id, item in rows if (item.scope, item.item_class) == ("楼本体", "自选类")]


@pytest.mark.parametrize(
    "words",
    ["", "。", "第段", "五", "三（九）", "三（五）第4段", "s99-p1", "menu-13 menu-14", "menu-35", "菜单0", "电梯",
     "../../etc/passwd", f"二（二）{'。' * 60}", "西政办发〔2018〕4号"],
)  # fmt: skip
def test_where_nothing_stands_nothing_is_found(words: str) -> None:
    assert find(words) == []


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="一二三四五十第段款（）()0123456789٣.菜单 ", max_size=61)))
@example("9" * 60)
@example("\ud800")
def test_any_words_find_clauses_or_nothing(words: str) -> None:
    found = find(words)
    assert len(set(found)) == len(found)
