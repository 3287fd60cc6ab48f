"""The tally as CSV and as a workbook: the numbers are those of the result, and whatever is text stays text."""

import csv
import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.ballot import Works
from ballots.frame import COMMITTEE, SURVEY, THRESHOLDS
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import Choice
from bot.results import columns, delimited, history, workbook
from bot.results.export import Export
from bot.rolls.workbook import Table
from bot.rolls.workbook import workbook as written
from dialogs.wording import wording
from tests.bot.results.kit import (
    COMPOUND,
    OFFICE,
    Round,
    all_choose,
    committee_round,
    mixed,
    optional,
    owners_round,
    round_of,
)
from tests.kit import ROOT
from tests.lengths import examples

FORMULA = '=HYPERLINK("x")'
SHEETS = ["封面 cover", "计票 tally", "参加情况 turnout", "反对与理由（仅限街道办）", "流水 ledger"]


def export(of: Round) -> Export:
    return Export(COMPOUND, OFFICE, of.notice, of.turnout, of.mediation, of.lines)


def book(of: Round) -> dict[str, list[list[object]]]:
    found = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(export(of))))
    assert all(sheet.freeze_panes == "A2" for sheet in found.worksheets)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in found.worksheets}


def table(of: Round) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(delimited.tally(of.sheet).decode("utf-8-sig"), newline=""))]


def objecting(reason: str, name: str = "王") -> Round:
    roll = Roll(Kind.OWNERS, (Seat("一", (name,), (Unit("1号楼", "1单元", "101", 5001),)),))
    return round_of(roll, *optional("menu-31"), chooses=all_choose(Choice.OBJECT), because=reason)


def unescaped(cell: object) -> str:
    """A cell as Excel shows it: openpyxl leaves the escapes of what XML cannot hold."""
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), str(cell))


# ---- the tally -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [owners_round(), committee_round()], ids=["owners", "committee"])
def test_csv_and_workbook_hold_every_count_exactly(of: Round) -> None:
    lines, sheet = table(of), book(of)["计票 tally"]
    assert len(lines) == len(sheet) - 1 == len(of.sheet.counts)
    assert [*lines[0]] == sheet[0] == columns.heads()
    for line, cells, count in zip(lines, sheet[1:], of.sheet.counts, strict=True):
        shown = dict(zip(columns.heads(), cells, strict=True))
        assert (line["编号 · item"], line["结果 · result"][:2] == "达到") == (count.item, count.passed)
        for head, amount in (
            ("全体", count.all),
            ("参加", count.participants),
            ("同意", count.agree),
            ("不同意", count.against),
            ("弃权", count.abstain),
            ("反对", count.object),
        ):
            (heads,) = (name for name in line if name.startswith(f"{head}人数 ·"))
            (area,) = (name for name in line if name.startswith(f"{head}面积㎡ ·"))
            assert int(line[heads]) == amount.heads and Decimal(line[area]) * 100 == amount.area
            assert shown[heads] == amount.heads and round(Decimal(str(shown[area])) * 100) == amount.area
        for head, reaches in (("参加", count.quorum), ("同意", count.agreement)):
            for reach in reaches:
                unit, scale = ("人数", 1) if reach.measure == "heads" else ("面积㎡", 100)
                for what, wanted in (("要", reach.needed), ("差", reach.missing)):
                    (name,) = (name for name in line if name.startswith(f"{head}{what}{unit} ·"))
                    assert Decimal(line[name]) * scale == wanted
                    assert round(Decimal(str(shown[name])) * scale) == wanted


def test_what_a_rule_does_not_ask_is_left_empty_and_areas_have_two_decimals() -> None:
    committee, owners = table(committee_round())[0], table(owners_round())[0]
    assert [line["参加要面积㎡ · taking part needs m²"] for line in (committee, owners)] == ["", "841.54"]
    assert re.fullmatch(r"\d+\.\d\d", owners["全体面积㎡ · all m²"])


def test_the_headings_stay_as_they_are() -> None:
    """Whoever has written a program or a pivot table over the files relies on them."""
    assert columns.heads()[:7] == [
        "编号 · item",
        "事项 · the menu's words",
        "按哪里计 · counted by",
        "哪里 · area",
        "结果 · result",
        "全体人数 · all heads",
        "全体面积㎡ · all m²",
    ]
    assert len(columns.heads()) == len(set(columns.heads())) == len(columns.widths()) == 31


def test_csv_begins_with_the_mark_by_which_excel_knows_it_and_guards_formulas() -> None:
    roll = Roll(Kind.OWNERS, (Seat("一", ("王",), (Unit("=1+1", "1单元", "101", 5000),)),))
    asked = round_of(roll, *optional("menu-16"), chooses=mixed)
    data = delimited.tally(asked.sheet)
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 2
    assert table(asked)[0]["哪里 · area"] == "'=1+1"


# ---- the workbook ----------------------------------------------------------------------------------------------------


def test_the_cover_says_what_it_is_by_which_rules_and_how_far() -> None:
    of = owners_round(certified="王建国", works=Works.UNDER_WAY)
    cover = book(of)["封面 cover"]
    told = json.dumps(cover, ensure_ascii=False)
    for words in (
        *(COMPOUND, "王建国", "2026-03-01 09:00", "2026-03-15 09:00", "北京时间", "Beijing time", "正在做（街道办）"),
        *(SURVEY.zh, SURVEY.en, SURVEY.source, THRESHOLDS.zh, "《民法典》第二百七十八条", "Civil Code, art. 278"),
        *("改建、重建（王科定的类别）", "参加2/3以上，参加者中同意3/4以上", "menu-13", "只供街道办事处用"),
        of.book.head.hash,
    ):
        assert words in told, words
    assert COMMITTEE.zh in json.dumps(book(committee_round())["封面 cover"], ensure_ascii=False)


def test_turnout_stands_by_building_and_stairwell() -> None:
    rows = book(owners_round())["参加情况 turnout"]
    assert rows[1][0] == "全小区 · the whole compound" and rows[1][2:] == [120, 105]
    assert [row[:2] for row in rows[2:5]] == [["1号楼", None], ["1号楼", "1单元"], ["1号楼", "2单元"]]
    assert sum(int(str(row[3])) for row in rows if row[1] and row[0] != rows[0][0]) == 105


def test_objections_have_their_reasons_and_whose_they_are() -> None:
    rows = book(owners_round(because="挡光，\n还吵"))["反对与理由（仅限街道办）"]
    objected = sum(count.object.heads for count in owners_round().sheet.counts)
    assert len(rows) - 1 == objected > 3
    assert rows[1][0] == "menu-13 多层住宅楼房增设电梯等上下楼设施" and rows[1][5] == "挡光，\n还吵"
    assert "业主" in str(rows[1][3]) and "号楼" in str(rows[1][4])


@pytest.mark.parametrize(
    "word", ["=1+1", "+1", "-1", "@A1", FORMULA, "<r>&</r>", "<r><t>假</t></r>", "_x0041_", "a\rb"]
)
def test_what_people_wrote_stays_what_they_wrote(word: str) -> None:
    rows = book(objecting(word))["反对与理由（仅限街道办）"]
    assert unescaped(rows[1][5]) == word


@settings(max_examples=examples(60), deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_gives_a_workbook_that_opens_and_says_it(word: str) -> None:
    data = written([Table("一", ("甲", "乙"), [[word, 7]])])
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][2]]
    assert row[1] == 7
    assert unescaped(row[0] or "").encode("utf-16", "surrogatepass") == word.encode("utf-16", "surrogatepass")


def test_a_text_that_no_cell_can_hold_is_cut_off_in_sight() -> None:
    data = written([Table("一", ("甲",), [["长" * 40_000]])])
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value
    assert len(str(cell)) == 32_767 and str(cell).endswith("长…")


def test_rows_of_long_text_are_high_enough_and_others_as_ever() -> None:
    data = written([Table("一", ("甲", "乙"), [["长" * 40, "短"], ["短", 1], ["一\n二", None]], (20, 10), wrap=True)])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.row_dimensions[n].height for n in (2, 3, 4)] == [75, None, 30]
    assert sheet["A2"].alignment.wrap_text and sheet["B3"].data_type == "n"
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (20, 10)


# ---- the ledger ------------------------------------------------------------------------------------------------------


def test_the_ledger_stands_line_by_line_in_words_without_names() -> None:
    of = owners_round(certified="王建国")
    rows = book(of)["流水 ledger"]
    assert len(rows) - 1 == of.book.head.lines
    assert [row[0] for row in rows[1:]] == [*range(1, of.book.head.lines + 1)]
    assert rows[1][1:3] == ["2026-03-01 09:00:00", "开始 · opened"]
    cast = next(row for row in rows if row[2] == "选了 · chose")
    line = json.loads(of.book.lines[int(str(cast[0])) - 1])
    assert cast[3] == line["seat"] and cast[4] == "线上 · online"
    asked = {
        head.split()[0]: cell for head, cell in zip(map(str, rows[0]), cast, strict=True) if head.startswith("menu")
    }
    assert {item: str(cell).split(" · ")[1] for item, cell in asked.items() if cell} == line["choices"]
    assert rows[-1][2] == "核定 · certified" and rows[-1][-1] == "王建国"
    names = {seat.holders[0] for seat in of.roll.seats}
    assert not names & {str(cell) for row in rows for cell in row}


def test_names_stand_in_the_ledger_of_a_ballot_by_name_alone() -> None:
    rows = book(committee_round(by_name=True))["流水 ledger"]
    at = rows[0].index("名字 · name")
    assert {row[at] for row in rows[2:11]} == {f"委员{n}" for n in range(1, 10)}
    cast = [row for row in rows if row[2] == "选了 · chose"]
    assert cast and all(str(row[at]).startswith("委员") for row in cast)
    assert "名字 · name" not in book(committee_round())["流水 ledger"][0]


def test_a_ledger_too_long_for_a_sheet_says_that_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    of = committee_round()
    monkeypatch.setattr(history, "MOST", 4)
    rows = [*history.rows(of.sheet.ballot, of.lines)]
    assert [row[0] for row in rows] == [1, 2, 3, 4, None] and "公开清单" in str(rows[-1][2])


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({"kind": "extended", "closes": "2026-03-16T01:00:00Z", "because": "有人出差"}, "2026-03-16 09:00 · 有人出差"),
        ({"kind": "works", "works": "done", "said": "区住建委"}, "做完了（区住建委） · done (区住建委)"),
        ({"kind": "corrected", "item": {"id": "menu-13"}, "because": "写错了"}, "menu-13 · 写错了"),
        ({"kind": "closed"}, None),
        ({"kind": "decided", "seat": 3, "by": "paper"}, None),
    ],
)
def test_what_else_a_line_says_is_noted(more: dict[str, object], note: str | None) -> None:
    line = json.dumps({"n": 5, "at": "2026-03-02T01:02:03Z", **more}).encode()
    (row,) = history.rows(committee_round().sheet.ballot, [line])
    assert (row[0], row[1], row[-1]) == (5, "2026-03-02 09:02:03", note)


def test_every_kind_of_line_is_said_in_words() -> None:

    kinds = {key.removeprefix("report.kind.") for key in wording("zh").keys() if key.startswith("report.kind.")}
    page = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    table = page.split("## Lines")[1].split("## What must hold")[0]
    assert kinds == set(re.findall(r"^\| `(\w+)` \| (?:as|`\w+`|.)", table, re.MULTILINE)) - {"id"} - set(RULE_KEYS)


RULE_KEYS = ("quorum", "agree", "of", "measures", "none_objects")
