"""A roll from a text file: what is understood, and each fault with its line and column."""

import pytest

from ballots.roll import Kind, Seat, Unit
from bot.rolls import reading
from bot.rolls import table as table_module
from bot.rolls.faults import Note
from bot.rolls.reading import read
from bot.rolls.table import Reading
from tests.bot.rolls.kit import HEADS, owners, seats, table, told

ROW = ("3号楼", "1单元", "101", "张三", "56.78")
SEAT = Seat("3号楼/1单元/101", ("张三",), (Unit("3号楼", "1单元", "101", 5678),))


def notes(read: Reading) -> dict[str, str]:
    return {note.what: note.word for note in read.notes}


# ---- what is understood ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_roll(encoding: str, delimiter: str, end: str) -> None:
    data = table(ROW, delimiter=delimiter).replace("\n", end).encode(encoding)
    assert seats(owners(data)) == (SEAT,)


@pytest.mark.parametrize(
    "heads",
    [
        ("楼", "楼门", "室", "姓名", "面积"),
        ("幢号", "单元号", "门牌", "产权人", "建筑面积（㎡）"),
        ("* 楼 号", "单元：", "房 间 号", "业主姓名(全名)", "建筑面积/平方米"),
        ("Building", "stairwell", "Unit", "OWNER", "area m²"),
        ("building_no", "Entrance", "Flat No.", "Owner name", "Floor area [m2]"),
        ("Ｂｕｉｌｄｉｎｇ", "单元", "Room", "Co-owners", "Area (m²)"),
    ],
)
def test_columns_are_found_by_their_names(heads: tuple[str, ...]) -> None:
    assert seats(owners(table(ROW, heads=heads))) == (SEAT,)
    backwards = table(ROW[::-1], heads=heads[::-1])
    assert seats(owners(backwards)) == (SEAT,)


def test_a_title_above_and_empty_rows_between_do_no_harm() -> None:
    text = f"白云里小区业主名册\n制表：物业,,,\n\n{table(ROW)}\n,,,,\n"
    assert seats(owners(text)) == (SEAT,)


def test_unknown_columns_are_left_aside_and_named() -> None:
    found = owners(table((*ROW, "13800138000", ""), heads=(*HEADS, "电话", "备注")))
    assert seats(found) == (SEAT,) and notes(found) == {"ignored": "电话、备注"}


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("56", 5600),
        ("56.7", 5670),
        ("56.780", 5678),
        ("0.1", 10),
        ("1,234.5", 123450),
        ("５６．７８", 5678),
        ("56.78㎡", 5678),
        ("56.78 平米", 5678),
        ("56.78平方米", 5678),
        ("56.78m²", 5678),
        (" 56.78 ", 5678),
    ],
)
def test_areas_are_exact(written: str, area: int) -> None:
    (seat,) = seats(owners(table((*ROW[:4], written))))
    assert seat.units[0].area == area


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("张三、李四", ("张三", "李四")),
        ("张三，李四,王五；赵六;钱七/孙八", ("张三", "李四", "王五", "赵六", "钱七", "孙八")),
        ("张三\n李四", ("张三", "李四")),
        ("张三、张三、", ("张三",)),
        ("　张三　", ("张三",)),
        ("阿卜杜拉·买买提", ("阿卜杜拉·买买提",)),
        ("<b>张三</b>", ("<b>张三</b>",)),
        ('张"三"', ('张"三"',)),
        ("𠮷田㛃😀", ("𠮷田㛃😀",)),
        ("=HYPERLINK(1)", ("=HYPERLINK(1)",)),
        ("'; drop table seat; --", ("'", "drop table seat", "--")),
        ("12345", ("12345",)),
    ],
)
def test_names_are_kept_as_they_are(written: str, names: tuple[str, ...]) -> None:
    (seat,) = seats(owners(table((*ROW[:3], written, "56.78"))))
    assert seat.holders == names


def test_co_owners_may_stand_in_columns_of_their_own() -> None:
    heads = (*HEADS, "共有人1", "共有人2")
    (seat,) = seats(owners(table((*ROW, "李四", ""), heads=heads)))
    assert seat.holders == ("张三", "李四")


def test_an_organisations_name_is_one() -> None:
    row = (*ROW[:3], "甲公司、乙公司（联合体）/北京", "56.78", "是")
    (seat,) = seats(owners(table(row, heads=(*HEADS, "单位业主"))))
    assert seat.organisation and seat.holders == ("甲公司、乙公司（联合体）/北京",)


def test_rows_with_the_same_owner_id_are_one_seat() -> None:
    rows = [(*ROW, "A7"), ("3号楼", "2单元", "202", "张三", "40", "A7"), ("5号楼", "1单元", "101", "李四", "50", "")]
    first, second = seats(owners(table(*rows, heads=(*HEADS, "业主编号"))))
    assert [unit.unit for unit in first.units] == ["101", "202"] and first.areas()["/"] == 9678
    assert second.holders == ("李四",)


def test_the_same_name_on_several_units_is_several_seats_and_pointed_out() -> None:
    found = owners(table(ROW, ("3号楼", "1单元", "102", "张三", "40")))
    assert len(seats(found)) == 2
    assert found.notes == (Note("same-name", "张三", (2, 3)),)


def test_wide_digits_do_not_make_two_buildings_of_one() -> None:
    first, second = seats(owners(table(ROW, ("３号楼", "１单元", "１０２", "李四", "40"))))
    assert first.units[0].building == second.units[0].building
    assert second.units[0].unit == "102"


@pytest.mark.parametrize(
    ("place", "pair"),
    [
        (("3", "1单元", "102"), "3号楼、3"),
        (("3号楼", "1", "102"), "3号楼 1单元、3号楼 1"),
        (("3号楼", "1单元", "101室"), "3号楼 1单元 101、3号楼 1单元 101室"),
        (("3号楼", "1单元", "0101"), "3号楼 1单元 101、3号楼 1单元 0101"),
    ],
)
def test_what_may_be_one_place_written_twice_is_pointed_out(place: tuple[str, ...], pair: str) -> None:
    found = owners(table(ROW, (*place, "李四", "40")))
    assert len(seats(found)) == 2 and notes(found) == {"alike": pair}


def test_households_need_no_area() -> None:
    text = table(("3号楼", "1单元", "101", "张三"), heads=("楼号", "单元", "房号", "承租人"))
    found = read(text.encode(), Kind.HOUSEHOLDS)
    assert seats(found) == (Seat(SEAT.id, SEAT.holders, (Unit("3号楼", "1单元", "101", 0),)),)


def test_a_committee_has_members_with_posts() -> None:
    text = table(("张三", "主任", ""), ("李四", "", "7"), heads=("姓名", "职务", "委员编号"))
    found = read(text.encode(), Kind.COMMITTEE)
    assert [seat.holders for seat in seats(found)] == [("张三",), ("李四",)]
    assert seats(found)[1].id == "7" and list(found.posts.values()) == ["主任"]


def test_two_members_of_a_committee_may_live_together() -> None:
    heads = ("姓名", "楼号", "单元", "房号")
    text = table(("张三", *ROW[:3]), ("李四", *ROW[:3]), ("王五", "", "", ""), heads=heads)
    assert [len(seat.units) for seat in seats(read(text.encode(), Kind.COMMITTEE))] == [1, 1, 0]


def test_characters_that_an_older_gb18030_keeps_in_the_private_area_are_read_as_what_they_are() -> None:
    data = table(ROW).encode("gb18030").replace("张".encode("gb18030"), b"\xfe\x59")
    (seat,) = seats(owners(data))
    assert seat.holders == ("\u9fb4三",)


# ---- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "written", "what"),
    [
        (0, "", "empty"),
        (0, "3/4号楼", "slash"),
        (1, "长" * 61, "too-long"),
        (2, "10\x001", "unprintable"),
        (2, "\u202e101", "unprintable"),
        (3, "", "empty"),
        (3, "、，", "empty"),
        (3, "张\x1b[2J三", "unprintable"),
        (3, "张三\u200b", "unprintable"),
        (3, "、".join(f"名{n}" for n in range(31)), "too-many-names"),
        (4, "", "empty"),
        (4, "-5", "negative-area"),
        (4, "-5㎡", "negative-area"),
        (4, "五十六", "no-area"),
        (4, "56.78.1", "no-area"),
        (4, "5e3", "no-area"),
        (4, "nan", "no-area"),
        (4, "12345678", "no-area"),
        (4, "1,23", "no-area"),
        (4, "56.789", "fine-area"),
        (4, "0", "zero-area"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_column(at: int, written: str, what: str) -> None:
    wrong = [*ROW]
    wrong[at] = written
    other = ("9号楼", "1单元", "101", "李四", "40")
    assert told(owners(table(other, wrong, ("9号楼", "1单元", "102", "王五", "40")))) == [(3, HEADS[at], what)]


def test_every_fault_is_told_and_nothing_is_read() -> None:
    found = owners(table(("", "1单元", "101", "", "x"), ROW, (*ROW[:2], "102", "李四", "-1")))
    assert told(found) == [
        (2, "业主", "empty"),
        (2, "楼号", "empty"),
        (2, "建筑面积", "no-area"),
        (4, "建筑面积", "negative-area"),
    ]


def test_a_doubled_unit_is_told_with_the_line_of_the_first() -> None:
    (fault,) = owners(table(ROW, ("3号楼", "1单元", "101", "李四", "40"))).faults
    assert (fault.line, fault.what, fault.word) == (3, "doubled-unit", "2")


def test_a_doubled_unit_is_found_under_one_owner_id_too() -> None:
    rows = table((*ROW, "A7"), (*ROW, "A7"), heads=(*HEADS, "业主编号"))
    assert told(owners(rows)) == [(3, "房号", "doubled-unit")]


def test_one_owner_id_with_two_owners_is_a_fault() -> None:
    rows = [(*ROW, "A7"), ("3号楼", "1单元", "102", "李四", "40", "A7")]
    assert told(owners(table(*rows, heads=(*HEADS, "业主编号")))) == [(3, "业主", "other-owner")]


@pytest.mark.parametrize("id", ["1.10108E+17", "1E17"])
def test_an_owner_id_that_a_spreadsheet_has_rounded_is_a_fault(id: str) -> None:
    assert told(owners(table((*ROW, id), heads=(*HEADS, "业主编号")))) == [(2, "业主编号", "long-number")]


def test_an_answer_that_is_neither_yes_nor_no_is_a_fault() -> None:
    assert told(owners(table((*ROW, "也许"), heads=(*HEADS, "单位业主")))) == [(2, "单位业主", "no-answer")]


def test_namesakes_on_a_committee_need_ids() -> None:
    heads = ("姓名", "委员编号")
    assert told(read(table(("张三", ""), ("张三", ""), heads=heads).encode(), Kind.COMMITTEE)) == [
        (3, "姓名", "doubled-member")
    ]
    assert len(seats(read(table(("张三", "1"), ("张三", "2"), heads=heads).encode(), Kind.COMMITTEE))) == 2


def test_half_of_a_members_place_is_a_fault() -> None:
    heads = ("姓名", "楼号", "单元", "房号")
    assert told(read(table(("张三", "3号楼", "", "101"), heads=heads).encode(), Kind.COMMITTEE)) == [
        (2, "单元", "empty-stairwell")
    ]
    assert told(read(table(("张三", "3号楼"), heads=heads[:2]).encode(), Kind.COMMITTEE)) == [(2, "", "half-a-place")]


def test_a_comma_too_many_does_not_shift_the_row() -> None:
    assert told(owners(f"{table()}3号楼,1单元,101,张三,56.78,李四\n")) == [(2, "", "too-many-cells")]
    assert seats(owners(f"{table()}3号楼,1单元,101,张三,56.78,,\n")) == (SEAT,)


@pytest.mark.parametrize(
    ("heads", "missing"),
    [(HEADS[1:], ["building"]), (("业主",), ["building", "stairwell", "unit", "area"])],
)
def test_missing_columns_are_named(heads: tuple[str, ...], missing: list[str]) -> None:
    found = owners(table(("1", "2", "3", "4")[: len(heads)], heads=heads))
    assert [(fault.line, fault.what, fault.word) for fault in found.faults] == [
        (1, "missing-column", word) for word in missing
    ]


def test_a_column_that_is_there_twice_is_a_fault() -> None:
    assert told(owners(table((*ROW, "60"), heads=(*HEADS, "面积")))) == [(1, "面积", "doubled-column")]


@pytest.mark.parametrize("text", ["", "\n\n", "你好", "1,2,3\n4,5,6\n"])
def test_a_file_without_headings_says_so(text: str) -> None:
    assert told(owners(text)) == [(0, "", "no-heading")]


def test_headings_alone_are_no_roll() -> None:
    assert told(owners(table())) == [(0, "", "no-row")]


def test_a_quotation_mark_that_was_left_open_is_told_with_the_line_where_it_began() -> None:
    text = f'{table(ROW)}3号楼,1单元,102,"李四,40\n3号楼,1单元,103,王五,40\n'
    assert told(owners(text)) == [(3, "", "quotes")]


def test_lines_are_those_of_the_file_also_below_a_cell_of_several_lines() -> None:
    text = table((*ROW[:3], "张三\n李四", "56.78"), ("3号楼", "1单元", "102", "王五", "x"))
    assert told(owners(text)) == [(4, "建筑面积", "no-area")]


def test_an_unknown_encoding_is_told_with_its_line() -> None:
    assert told(owners(table(ROW).encode() + b"\xff\xff\xff,1\n")) == [(3, "", "encoding")]


def test_an_old_workbook_is_told_to_be_saved_anew() -> None:
    assert told(owners(b"\xd0\xcf\x11\xe0" + bytes(100))) == [(0, "", "old-excel")]


def test_too_large_files_and_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_ROWS", 2)
    rows = [("3号楼", "1单元", str(n), f"名{n}", "40") for n in range(3)]
    assert told(owners(table(*rows))) == [(4, "", "too-many-rows")]
    monkeypatch.setattr(reading, "LARGEST", 10)
    assert told(owners(table(ROW))) == [(0, "", "too-large")]


def test_so_many_faults_are_told_and_no_more() -> None:
    found = owners(table(*([("", "", "", "", "")] + [("x", "", "", "", "")] * 2000)))
    assert 1000 <= len(found.faults) <= 1010


def test_the_progress_is_told() -> None:
    heard: list[int] = []
    rows = [("3号楼", "1单元", str(n), f"名{n}", "40") for n in range(1200)]
    read(table(*rows).encode(), Kind.OWNERS, heard.append)
    assert heard == [500, 1000, 1200]
