"""The four forms of a table in plain text, and what is no table."""

import pytest

from knowledge.documents import Document, Heading, ItemClass, read

BESIDE = """范围\t类别\t内容
楼\t基础类\t扫楼道
\t\t擦门窗
\t自选类\t装风扇
院\t基础类\t扫楼道
"""
TABBED = """\t范围
\t类别
\t内容

\t楼
\t基础类
\t扫楼道

\t
\t
\t擦门窗

\t
\t自选类
\t装
风扇

\t院
\t基础类
\t扫楼道
"""
SPACED = """范围
类别
内容

楼
基础类
扫楼道

擦门窗

自选类
装风扇

院
基础类
扫楼道
"""
UNSPACED = SPACED.replace("\n\n", "\n")


def menu(document: Document) -> list[tuple[str, str, str, str]]:
    return [
        (c.id, c.item.scope, c.item.item_class, "".join(c.text.split())) for c in document.items if c.item is not None
    ]


@pytest.mark.parametrize("table", [BESIDE, TABBED, SPACED, UNSPACED], ids=["beside", "tabbed", "spaced", "unspaced"])
def test_a_menu_is_the_same_in_each_form(table: str) -> None:
    document = read(f"清扫通知\n请扫地。\n附件\n清扫菜单\n{table}\n抄送：县委。\n")
    assert menu(document) == [
        ("menu-1", "楼", ItemClass.BASIC, "扫楼道"),
        ("menu-2", "楼", ItemClass.BASIC, "擦门窗"),
        ("menu-3", "楼", ItemClass.OPTIONAL, "装风扇"),
        ("menu-4", "院", ItemClass.BASIC, "扫楼道"),
    ]
    assert document.items[2].cells == (("范围", "楼"), ("类别", "自选类"), ("内容", "装风扇"))
    assert document.items[2].breadcrumb == (
        Heading("附件", "清扫菜单"),
        Heading("范围", "楼"),
        Heading("类别", "自选类"),
    )
    assert [c.id for c in document.clauses if not c.item] == ["title", "p1", "copies"]


def test_a_cell_over_several_lines_is_one_cell_and_a_name_without_white_space() -> None:
    document = read(TABBED.replace("\t院", "\t公共\n院子"))
    assert document.clause("menu-3").text == "装\n风扇"
    assert document.clause("menu-4").cells[0] == ("范围", "公共院子")


def test_the_groups_of_a_menu_may_be_written_out_in_each_row() -> None:
    document = read("清扫方案\n范围\t类别\t内容\n楼\t基础类\t扫地\n楼\t自选类\t擦窗\n院\t自选类\t浇花\n")
    assert menu(document) == [
        ("menu-1", "楼", ItemClass.BASIC, "扫地"),
        ("menu-2", "楼", ItemClass.OPTIONAL, "擦窗"),
        ("menu-3", "院", ItemClass.OPTIONAL, "浇花"),
    ]


def test_a_menu_without_a_header_is_a_menu_all_the_same() -> None:
    document = read("楼\t基础类\t扫地\n\t\t擦窗\n\t自选类\t浇花\n")
    assert [row[1:] for row in menu(document)] == [
        ("楼", ItemClass.BASIC, "扫地"),
        ("楼", ItemClass.BASIC, "擦窗"),
        ("楼", ItemClass.OPTIONAL, "浇花"),
    ]
    assert document.items[0].breadcrumb == (Heading("", "楼"), Heading("", "基础类"))


def test_the_rows_of_another_table_are_clauses_without_an_item() -> None:
    document = read(
        "清扫方案\n一、分工\n序号\t单位\t任务\t备注\n1\t甲局\t扫地\t\n2\t乙局\t擦窗\t每周\n二、期限\n一周。\n"
    )
    assert [(c.id, c.text, c.place) for c in document.clauses[1:]] == [
        ("table-1", "1\t甲局\t扫地", "表第1行"),
        ("table-2", "2\t乙局\t擦窗\t每周", "表第2行"),
        ("s2-p1", "一周。", "二"),
    ]
    row = document.clause("table-1")
    assert row.cells == (("序号", "1"), ("单位", "甲局"), ("任务", "扫地"), ("备注", ""))
    assert row.breadcrumb == (Heading("一、", "分工"),)
    assert not document.items


def test_merged_cells_of_another_table_are_groups_too() -> None:
    document = read("清扫方案\n领域\t任务\t单位\n楼内\t扫地\t甲局\n\t擦窗\t乙局\n")
    second = document.clause("table-2")
    assert second.text == "擦窗\t乙局"
    assert second.breadcrumb == (Heading("领域", "楼内"),)
    assert second.cells[0] == ("领域", "楼内")


def test_a_second_table_has_ids_of_its_own() -> None:
    document = read("单位\t任务\n甲局\t扫地\n以上为第一张表。\n单位\t任务\n乙局\t擦窗\n丙局\t浇花\n")
    assert [c.id for c in document.clauses] == ["table-1", "p1", "table2-1", "table2-2"]


@pytest.mark.parametrize(
    "text",
    [
        "清扫通知\n\t各单位要扫地，要天天扫。\n\n\t各单位要擦窗，要天天擦。\n",
        "清扫通知\n\t各单位要扫地，要天天扫。\n\t各单位要擦窗，要天天擦。\n\n\t要浇花。\n\t要锁门。\n",
        "清扫通知\n1.\t扫地要天天扫。\n2.\t擦窗要天天擦。\n",
        "清扫通知\n某局\t请扫地。\n请擦窗。\n",
    ],
    ids=["indented", "indented in pairs", "numbered", "one line"],
)
def test_tabs_alone_do_not_make_a_table(text: str) -> None:
    assert not [c.id for c in read(text).clauses if c.kind == "row"]


def test_a_blank_cell_behind_a_full_one_is_blank_and_not_merged() -> None:
    document = read("单位\t联系人\t任务\n甲局\t张三\t扫地\n乙局\t\t擦窗\n")
    assert document.clause("table-2").cells == (("单位", "乙局"), ("联系人", ""), ("任务", "擦窗"))


def test_a_scope_with_a_single_row_is_a_scope() -> None:
    document = read("范围\t类别\t内容\n楼\t基础类\t扫地\n院\t自选类\t浇花\n")
    assert [row[1] for row in menu(document)] == ["楼", "院"]
    assert [c.text for c in document.items] == ["扫地", "浇花"]


def test_short_lines_that_do_not_fill_the_columns_are_no_table() -> None:
    document = read("清扫方案\n一、要点\n工作任务\n完成时限\n\n另行通知\n\n另行安排\n")
    assert not [c.id for c in document.clauses if c.kind == "row"]


def test_a_table_after_an_indented_paragraph_is_found() -> None:
    assert len(read("清扫通知\n\t请扫地。\n\n" + TABBED).items) == 4


def test_copies_with_a_tab_end_the_table() -> None:
    document = read("清扫通知\n" + BESIDE + "抄送：\t县委。\n")
    assert len(document.items) == 4
    assert document.clauses[-1].id == "copies"
