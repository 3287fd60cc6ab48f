"""The policy that the product answers from, read from the library: every fact that other packages build on."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import ClauseKind, Document, Heading, ItemClass, read

FILE = Path(__file__).parents[3] / "knowledge" / "library" / "xicheng-2018-4.txt"


@pytest.fixture(scope="module")
def policy() -> Document:
    return read(FILE.read_bytes().decode())


def test_the_front_matter_is_known(policy: Document) -> None:
    assert policy.title == (
        "北京市西城区人民政府办公室关于印发西城区老旧小区综合整治工作方案（2018-2020年）(试行）的通知"
    )
    assert policy.issuer == "北京市西城区人民政府办公室"
    assert policy.number == "西政办发〔2018〕4号"
    assert policy.date == date(2018, 6, 11)
    assert policy.years == (2018, 2020)
    assert policy.trial


def test_the_clauses_join_with_the_gaps_to_the_file_byte_for_byte(policy: Document) -> None:
    joined = "".join(piece if isinstance(piece, str) else piece.text for piece in policy.pieces())
    assert joined.encode() == FILE.read_bytes()


def test_the_clauses_are_these_in_this_order(policy: Document) -> None:
    front = "issuer number title addressees approval signature date title-2 preamble".split()
    sections = (
        "s1-p1 s2-1-p1 s2-1-p2 s2-1-p3 s2-2-p1 s3-1-p1 s3-1-p2 s3-2-p1 s3-3-p1 s3-4-p1 s3-4-p2 s3-5-p1 s3-5-p2 s3-5-p3 "
        "s4-1-p1 s4-1-p2 s4-1-p3 s4-1-p4 s4-1-p5 s4-1-p6 s4-2-p1 s4-3-p1 s4-4-p1 s4-5-p1 attachment"
    ).split()
    menu = [f"menu-{number}" for number in range(1, 35)]
    assert [clause.id for clause in policy.clauses] == [*front, *sections, *menu, "copies"]


def test_the_menu_has_its_34_items_by_scope_and_class(policy: Document) -> None:
    assert [c.item.number for c in policy.items if c.item] == list(range(1, 35))
    counts = Counter((c.item.scope, c.item.item_class) for c in policy.items if c.item)
    assert counts == {
        ("楼本体", ItemClass.BASIC): 12,
        ("楼本体", ItemClass.OPTIONAL): 5,
        ("小区公共区域", ItemClass.BASIC): 12,
        ("小区公共区域", ItemClass.OPTIONAL): 3,
        ("完善小区治理", ItemClass.BASIC): 2,
    }


def test_two_items_of_one_name_are_kept_apart_by_their_scope(policy: Document) -> None:
    same = [c for c in policy.items if c.text == "拆除违法建设"]
    assert [(c.id, c.place) for c in same] == [
        ("menu-1", "菜单 · 楼本体 · 基础类"),
        ("menu-18", "菜单 · 小区公共区域 · 基础类"),
    ]


def test_an_item_is_its_content_cell_alone_with_its_groups_as_breadcrumb(policy: Document) -> None:
    lift = policy.clause("menu-13")
    assert lift.kind is ClauseKind.ROW
    assert lift.text == "多层住宅楼房增设电梯等上下楼设施"
    assert lift.breadcrumb == (
        Heading("附件", "老旧小区改造整治菜单"),
        Heading("范围", "楼本体"),
        Heading("类别", "自选类"),
    )
    assert lift.cells == (("范围", "楼本体"), ("类别", "自选类"), ("改造整治内容", "多层住宅楼房增设电梯等上下楼设施"))


def test_headings_are_gaps_and_lead_to_their_paragraphs(policy: Document) -> None:
    money = policy.clause("s4-2-p1")
    assert money.breadcrumb == (Heading("四、", "实施保障"), Heading("（二）", "加大资金支持"))
    assert money.text.startswith("在明晰政府") and money.text.endswith("建立受益者付费机制。")
    assert "（二）加大资金支持" in "".join(piece for piece in policy.pieces() if isinstance(piece, str))


def test_places_are_said_as_one_says_them(policy: Document) -> None:
    places = {
        "title": "题名",
        "issuer": "发文机关",
        "number": "发文字号",
        "addressees": "主送",
        "approval": "印发说明",
        "signature": "落款",
        "date": "印发日期",
        "title-2": "正文题名",
        "preamble": "正文前言",
        "s1-p1": "一",
        "s4-2-p1": "四（二）",
        "s2-1-p2": "二（一）第2段",
        "attachment": "附件说明",
        "menu-13": "菜单 · 楼本体 · 自选类",
        "copies": "抄送",
    }
    assert {name: policy.clause(name).place for name in places} == places


def test_the_ideographic_spaces_before_a_paragraph_are_a_gap(policy: Document) -> None:
    paragraph = policy.clause("s4-1-p5")
    assert paragraph.text.startswith("区城市管理委会同")
    assert policy.text[paragraph.start - 2 : paragraph.start] == "　　"


def test_the_list_of_copies_breaks_off_and_says_so(policy: Document) -> None:
    copies = policy.clause("copies")
    assert copies.cut_off
    assert copies.text.startswith("抄送: 区委") and copies.text.endswith("区人民")
    assert not any(clause.cut_off for clause in policy.clauses if clause is not copies)
