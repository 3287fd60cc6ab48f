"""A roll from a workbook: as Excel, WPS, LibreOffice and other programs write it, and what cannot be taken from one."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from ballots.roll import Kind, Seat, Unit
from bot.rolls.reading import read
from tests.bot.rolls.kit import HEADS, owners, row, seats, told, xlsx

ROW = ("3号楼", "1单元", "101", "张三", "56.78")
SEAT = Seat("3号楼/1单元/101", ("张三",), (Unit("3号楼", "1单元", "101", 5678),))
# Styles by number: 0 plain, 1 a date of every Excel, 2 a date of one's own, 3 no date for all its letters, 4 a time.
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="171" formatCode="[Red]0.00&quot;m&quot;\\d;General"/>'
    '<numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="172"/></cellXfs>'
)


def written(*rows: tuple[object, ...], title: str = "", merged: str = "") -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append([title])
    sheet.append(list(HEADS))
    for cells in rows:
        sheet.append(list(cells))
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_cell(cell: str, at: int = 2, **more: str) -> bytes:
    """A workbook with one row, in which one cell is given."""
    cells = [*ROW]
    cells[at] = cell
    return xlsx(row(*HEADS) + row(*cells), styles=STYLES, **more)


def test_a_workbook_is_read_whatever_its_name_and_the_kind_of_its_cells() -> None:
    assert seats(owners(written(ROW))) == (SEAT,)
    assert seats(owners(written(("3号楼", "1单元", 101, "张三", 56.78)))) == (SEAT,)


@pytest.mark.parametrize(("kept", "area"), [(56.779999999999994, 5678), (0.1 + 0.2, 30), (60, 6000), (1234.5, 123450)])
def test_numbers_count_as_they_are_shown(kept: float, area: int) -> None:
    (seat,) = seats(owners(written((*ROW[:4], kept))))
    assert seat.units[0].area == area


def test_a_title_in_merged_cells_does_no_harm_but_merged_cells_in_the_table_do() -> None:
    assert seats(owners(written(ROW, title="白云里小区业主名册", merged="A1:E1"))) == (SEAT,)
    rows = (ROW, (None, "1单元", "102", "李四", 40))
    found = told(owners(written(*rows, merged="A2:A3")))
    assert (2, "", "merged") in found and (3, "楼号", "empty") in found


def test_merged_headings_are_a_fault() -> None:
    assert (1, "", "merged") in told(owners(written(ROW, merged="C1:D1")))


def test_shared_strings_are_joined_and_how_they_are_read_aloud_is_left_out() -> None:
    strings = (
        "<si><r><t>张</t></r><r><rPr/><t>三</t></r><rPh><t>zhang</t></rPh><phoneticPr/></si><si><t>李_x5F20_</t></si>"
    )
    cells = (*ROW[:3], '<c t="s"><v>0</v></c>', "40")
    assert seats(owners(xlsx(row(*HEADS) + row(*cells), strings)))[0].holders == ("张三",)
    cells = (*ROW[:3], '<c t="s"><v>1</v></c>', "40")
    assert seats(owners(xlsx(row(*HEADS) + row(*cells), strings)))[0].holders == ("李张",)


def test_how_a_word_in_its_own_cell_is_read_aloud_is_left_out_too() -> None:
    inner = "<is><r><t>张</t></r><rPh sb='0' eb='1'><t>zhang</t></rPh><r><t>三</t></r></is>"
    cells = (*ROW[:3], f'<c t="inlineStr">{inner}</c>', "40")
    assert seats(owners(xlsx(row(*HEADS) + row(*cells))))[0].holders == ("张三",)


def test_cells_stand_where_their_places_say() -> None:
    placed = "".join(
        f'<c r="{letter}5" t="inlineStr"><is><t>{cell}</t></is></c>' for letter, cell in zip("BCEFH", ROW, strict=True)
    )
    heads = "".join(
        f'<c r="{letter}2" t="inlineStr"><is><t>{head}</t></is></c>'
        for letter, head in zip("BCEFH", HEADS, strict=True)
    )
    assert seats(owners(xlsx(f'<row r="2">{heads}</row><row r="5">{placed}</row>'))) == (SEAT,)
    wrong = placed.replace("56.78", "x")
    assert told(owners(xlsx(f'<row r="2">{heads}</row><row r="5">{wrong}</row>'))) == [(5, "建筑面积", "no-area")]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('<c s="1"><v>46027</v></c>', "date"),
        ('<c s="2"><v>46027</v></c>', "date"),
        ('<c s="4"><v>0.5</v></c>', "date"),
        ('<c t="d"><v>2026-03-02</v></c>', "date"),
        ("<c><f>A1&amp;1</f></c>", "formula"),
        ("<c><f>A1&amp;1</f><v></v></c>", "formula"),
        ('<c t="str"><f>A1</f></c>', "formula"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "error-value"),
        ("<c><v>110108199001011234</v></c>", "long-number"),
        ("<c/>", "empty"),
        ('<c t="inlineStr"><is><t/></is></c>', "empty"),
    ],
)
def test_what_is_no_label_is_told_with_its_cell(cell: str, what: str) -> None:
    assert told(owners(with_cell(cell))) == [(2, "房号", what)]


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ('<c s="3"><v>101</v></c>', "101"),
        ('<c s="0"><v>101.0</v></c>', "101"),
        ("<c><v>1.01E2</v></c>", "101"),
        ("<c><f>100+1</f><v>101</v></c>", "101"),
        ('<c t="str"><f>"10"&amp;1</f><v>101甲</v></c>', "101甲"),
        ('<c t="s"><v>0</v></c>', "地下1"),
    ],
)
def test_numbers_and_worked_out_formulas_are_labels(cell: str, unit: str) -> None:
    data = xlsx(row(*HEADS) + row(*ROW[:2], cell, *ROW[3:]), "<si><t>地下1</t></si>", STYLES)
    (seat,) = seats(owners(data))
    assert seat.units[0].unit == unit


def test_a_date_that_a_spreadsheet_has_made_of_a_flat_is_told() -> None:
    for day in (date(2026, 3, 2), datetime(2026, 3, 2, 1)):  # noqa: DTZ001 - as a spreadsheet has it
        assert told(owners(written((*ROW[:2], day, *ROW[3:])))) == [(2, "房号", "date")]


def test_yes_may_be_a_truth_value() -> None:
    row_of_one = row(*ROW, '<c t="b"><v>1</v></c>')
    (seat,) = seats(owners(xlsx(row(*HEADS, "单位业主") + row_of_one)))
    assert seat.organisation


def test_the_first_sheet_with_headings_is_read_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    for name, cells in (("说明", ["怎么填"]), ("名册", [*HEADS]), ("旧", [*HEADS])):
        sheet = book.create_sheet(name)
        sheet.append(cells)
        if name == "名册":
            sheet.append([*ROW])
            sheet["A1"].font = Font(bold=True)
    del book["Sheet"]
    hidden = book.create_sheet("藏", 0)
    hidden.append([*HEADS])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = owners(out.getvalue())
    assert seats(found) == (SEAT,)
    assert [(note.what, note.word) for note in found.notes] == [("other-sheets", "说明、旧")]


def test_names_of_parts_may_be_large_or_small_and_elements_prefixed() -> None:
    sheet = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<x:sheetData>{row(*HEADS)}{row(*ROW)}</x:sheetData></x:worksheet>"
    )
    for name in ("row", "c", "is", "t"):
        sheet = sheet.replace(f"<{name}>", f"<x:{name}>").replace(f"</{name}>", f"</x:{name}>")
        sheet = sheet.replace(f"<{name} ", f"<x:{name} ")
    data = xlsx("", **{"xl__worksheets__sheet1.xml": sheet})
    assert seats(owners(data)) == (SEAT,)


# ---- what cannot be read ---------------------------------------------------------------------------------------------


def test_a_workbook_without_headings_says_so() -> None:
    assert told(owners(xlsx(row("1", "2")))) == [(0, "", "no-heading")]


@pytest.mark.parametrize(
    "parts",
    [
        {"xl__worksheets__sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'},
        {"xl__worksheets__sheet1.xml": "<worksheet><sheetData>"},
        {"xl__sharedStrings.xml": "<sst><si>"},
        {"xl__styles.xml": "no XML"},
        {"xl__workbook.xml": "<workbook/>"},
        {"_rels__.rels": "<Relationships><Relationship/></Relationships>"},
        {"xl___rels__workbook.xml.rels": "<Relationships/>"},
    ],
)
def test_a_damaged_workbook_is_one_fault(parts: dict[str, str]) -> None:
    assert [what for _, _, what in told(owners(xlsx(row(*HEADS) + row(*ROW), **parts)))] == ["damaged"]


@pytest.mark.parametrize(
    "cells",
    [
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>x</v></c>',
        "<c><v>x</v></c>",
        "<c><v>nan</v></c>",
        "<c><v>1e999</v></c>",
    ],
)
def test_a_damaged_cell_is_told_with_its_line(cells: str) -> None:
    assert told(owners(with_cell(cells))) == [(2, "", "damaged")]


def test_a_row_beyond_all_rows_is_damage() -> None:
    assert told(owners(xlsx(row(*HEADS) + row(*ROW, number=1 << 21))))[0][2] == "damaged"


def test_one_cell_far_away_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert seats(owners(xlsx(row(*HEADS) + row(*ROW) + far))) == (SEAT,)


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.rolls.parts.LARGEST", 1000)
    assert told(owners(written(ROW))) == [(0, "", "too-large")]


def test_a_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    data = written(ROW)
    for end in range(4, len(data), 97):
        assert [what for _, _, what in told(read(data[:end], Kind.OWNERS))] == ["damaged"]
