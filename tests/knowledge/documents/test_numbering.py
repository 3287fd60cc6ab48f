"""Markers, headings, articles: the numbering forms and the ids and places that follow from them."""

import pytest

from knowledge.documents import Document, Heading, numbering, read
from knowledge.documents.numbering import Level


def ids(document: Document) -> list[str]:
    return [clause.id for clause in document.clauses]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("七", 7), ("十", 10), ("十一", 11), ("二十二", 22), ("一百零三", 103), ("二〇一八", 2018), ("12", 12), ("３", 3)],
)
def test_numerals_are_counted(numeral: str, value: int) -> None:
    assert numbering.number(numeral) == value


@pytest.mark.parametrize(
    ("line", "level", "value", "marker", "rest"),
    [
        ("一、总则", Level.FIRST, 1, "一、", "总则"),
        ("十二、附则", Level.FIRST, 12, "十二、", "附则"),
        ("（三）分工", Level.SECOND, 3, "（三）", "分工"),
        ("(三) 分工", Level.SECOND, 3, "(三)", "分工"),
        ("4.清扫", Level.THIRD, 4, "4.", "清扫"),
        ("４．清扫", Level.THIRD, 4, "４．", "清扫"),
        ("4、清扫", Level.THIRD, 4, "4、", "清扫"),
        ("（5）擦窗", Level.FOURTH, 5, "（5）", "擦窗"),
        ("(５)擦窗", Level.FOURTH, 5, "(５)", "擦窗"),
        ("第二十二条　本办法", Level.ARTICLE, 22, "第二十二条", "本办法"),
        ("第3条 本办法", Level.ARTICLE, 3, "第3条", "本办法"),
        ("第七条之一 本办法", Level.ARTICLE, 7, "第七条之一", "本办法"),
        ("第一章 总则", Level.CHAPTER, 1, "第一章", "总则"),
        ("第二节 程序", Level.SECTION, 2, "第二节", "程序"),
        ("第三编 合同", Level.PART, 3, "第三编", "合同"),
    ],
)
def test_markers_are_read_with_what_follows_them(line: str, level: Level, value: int, marker: str, rest: str) -> None:
    assert numbering.marker(line) == (level, value, marker, rest)


@pytest.mark.parametrize(
    "line",
    [
        "1.5倍的面积",
        "2020.1.2",
        "第七条第二款规定的费用",
        "第三章所称住户",
        "（2018-2020年）",
        "三栋楼",
        "（以下简称办法）",
    ],
)
def test_a_number_in_a_sentence_is_no_marker(line: str) -> None:
    assert numbering.marker(line) is None


NESTED = """某街道清扫方案
为了清扫，制定本方案。
一、目标
一周之内扫净。
二、分工
（一）楼内
1.楼道
（1）每天扫一次。
（2）每周拖一次。
拖后通风。
2.电梯
每天擦拭。
"""


def test_each_level_of_a_section_stands_in_the_id() -> None:
    assert ids(read(NESTED)) == [
        "title",
        "preamble",
        "s1-p1",
        "s2-1-1-1-p1",
        "s2-1-1-2-p1",
        "s2-1-1-2-p2",
        "s2-1-2-p1",
    ]


def test_a_place_names_the_levels_and_the_paragraph_if_there_are_several() -> None:
    document = read(NESTED)
    assert document.clause("s2-1-1-1-p1").place == "二（一）1.（1）"
    assert document.clause("s2-1-1-2-p2").place == "二（一）1.（2）第2段"
    assert document.clause("s2-1-2-p1").breadcrumb == (
        Heading("二、", "分工"),
        Heading("（一）", "楼内"),
        Heading("2.", "电梯"),
    )


def test_an_enumerated_sentence_is_a_clause_with_its_marker_and_no_title() -> None:
    document = read("清扫方案\n一、范围\n包括：\n（一）扫净楼道；\n（二）擦净门窗。\n")
    assert ids(document) == ["title", "s1-p1", "s1-1-p1", "s1-2-p1"]
    last = document.clause("s1-2-p1")
    assert last.text == "（二）擦净门窗。"
    assert last.breadcrumb == (Heading("一、", "范围"), Heading("（二）", ""))


def test_a_run_in_heading_becomes_the_title_of_its_sentence() -> None:
    document = read("清扫方案\n一、任务\n1.楼道清扫。楼道每天扫一次。\n遇雪加扫一次。\n2.门窗擦拭。门窗每周擦一次。\n")
    assert document.clause("s1-1-p1").breadcrumb[-1] == Heading("1.", "楼道清扫")
    assert document.clause("s1-1-p1").text == "1.楼道清扫。楼道每天扫一次。"
    assert document.clause("s1-1-p2").text == "遇雪加扫一次。"
    assert document.clause("s1-2-p1").breadcrumb[-1] == Heading("2.", "门窗擦拭")


def test_a_short_line_with_nothing_below_it_is_a_clause_and_not_a_heading() -> None:
    document = read("清扫方案\n一、任务\n1.扫楼道\n2.擦门窗\n二、期限\n一周。\n")
    assert [(c.id, c.text) for c in document.clauses[1:]] == [
        ("s1-1-p1", "1.扫楼道"),
        ("s1-2-p1", "2.擦门窗"),
        ("s2-p1", "一周。"),
    ]


def test_a_marker_that_comes_twice_under_one_heading_gets_an_id_of_its_own() -> None:
    document = read("清扫方案\n一、任务\n1.扫地。\n2.擦窗。\n2.倒水。\n水要倒净。\n3.锁门。\n")
    assert ids(document) == ["title", "s1-1-p1", "s1-2-p1", "s1-2_2-p1", "s1-2_2-p2", "s1-3-p1"]


LAW = """# 某市晾衣规定

2001年2月3日 某市人民代表大会常务委员会通过

2010年5月6日 某市人民代表大会常务委员会修正

第一章 总则

第一条 为了晾衣，制定本规定。

第二条 晾衣应当整齐。

晾衣不得滴水。

第二章 程序

第三条 晾衣可以用下列物件：

（一）竹竿；

（二）绳索：

1.麻绳；

2.棉绳。

前款物件应当收起。

第十一条 本规定自公布之日起施行。
"""


def test_articles_are_counted_through_their_chapters_with_paragraphs_and_items() -> None:
    document = read(LAW)
    assert ids(document) == [
        *("title", "note", "note-2", "art1-p1", "art2-p1", "art2-p2"),
        *("art3-p1", "art3-i1", "art3-i2", "art3-i2-1", "art3-i2-2", "art3-p2", "art11-p1"),
    ]
    assert document.clause("art1-p1").breadcrumb == (Heading("第一章", "总则"), Heading("第一条", ""))
    assert document.clause("art2-p1").text == "第二条 晾衣应当整齐。"


def test_an_article_is_cited_without_its_chapter() -> None:
    document = read(LAW)
    names = ["art1-p1", "art2-p2", "art3-i1", "art3-i2-1", "art3-p2", "art11-p1"]
    assert [document.clause(name).place for name in names] == [
        "第一条",
        "第二条第2款",
        "第三条第（一）项",
        "第三条第（二）项第1目",
        "第三条第2款",
        "第十一条",
    ]


def test_sections_of_an_attachment_carry_its_number() -> None:
    document = read("清扫通知\n一、扫地。\n附件1\n分工表\n一、楼内\n甲组负责。\n附件2 时间表\n每周一次。\n每次一天。\n")
    assert ids(document) == ["title", "s1-p1", "a1-s1-p1", "a2-p1", "a2-p2"]
    assert document.clause("a1-s1-p1").breadcrumb == (Heading("附件1", "分工表"), Heading("一、", "楼内"))
    assert document.clause("a1-s1-p1").place == "附件1 · 一"
    assert document.clause("a2-p2").place == "附件2第2段"
