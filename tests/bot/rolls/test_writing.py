"""What is written is read again as what it was; templates are understood when they come back."""

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.roll import Kind, Roll, Seat, Unit
from bot.rolls import writing
from bot.rolls.headings import TEMPLATE, headings
from bot.rolls.reading import read
from bot.rolls.table import JOINED
from bot.rolls.workbook import Table, workbook
from tests.bot.rolls.kit import seats
from tests.lengths import examples

SIGNS = "张三李四王𠮷㛃·-+=@'\"<b>&;amp_x0041_ ,😀éA1 9\\|$%{}()"
words = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
labels = words.filter(lambda word: "/" not in word).map(lambda word: " ".join(word.split()))
# The separators of names stand in no name of a person.
persons = words.filter(lambda word: not set(word) & set("、，,;；/"))


@st.composite
def rolls(draw: st.DrawFn, kind: Kind = Kind.OWNERS) -> Roll:
    places = draw(st.lists(st.tuples(labels, labels, labels), min_size=1, max_size=6, unique=True))
    least = 1 if kind is Kind.OWNERS else 0
    units = [Unit(*place, draw(st.integers(least, 10**9 - 1))) for place in places]
    found = list[Seat]()
    while units:
        share = draw(st.integers(1, len(units)))
        mine, units = units[:share], units[share:]
        organisation = draw(st.booleans())
        holders = draw(st.lists(persons, min_size=1, max_size=1 if organisation else 3, unique=True))
        joined = f"{JOINED}{len(found)}号"
        unit = mine[0]
        alone = f"{unit.building}/{unit.stairwell}/{unit.unit}"
        id = joined if share > 1 or draw(st.booleans()) else alone
        found.append(Seat(id, tuple(holders), tuple(mine), organisation))
    return Roll(kind, tuple(found))


@pytest.mark.parametrize("form", writing.KINDS)
@pytest.mark.parametrize("kind", [Kind.OWNERS, Kind.HOUSEHOLDS])
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_exported_is_imported_as_the_same_roll(kind: Kind, form: str, data: st.DataObject) -> None:
    roll = data.draw(rolls(kind))
    assert roll.faults() == []
    found = read(writing.export(roll, form), kind)
    assert found.faults == () and found.roll == roll


@pytest.mark.parametrize("form", writing.KINDS)
@settings(max_examples=examples(100), deadline=None)
@given(names=st.lists(persons, min_size=1, max_size=6), posts=st.lists(labels, min_size=6, max_size=6))
def test_a_committee_is_exported_with_its_numbers_and_posts(form: str, names: list[str], posts: list[str]) -> None:
    roll = Roll(Kind.COMMITTEE, tuple(Seat(str(n), (name,)) for n, name in enumerate(names, 1)))
    known = {seat.id: post for seat, post in zip(roll.seats, posts, strict=False)}
    found = read(writing.export(roll, form, known), Kind.COMMITTEE)
    assert found.roll == roll and found.posts == known


@pytest.mark.parametrize("form", writing.KINDS)
@pytest.mark.parametrize("kind", Kind)
def test_a_template_has_all_headings_and_no_row(kind: Kind, form: str) -> None:
    found = read(writing.template(kind, form), kind)
    assert [fault.what for fault in found.faults] == ["no-row"]
    assert not any(note.what == "ignored" for note in found.notes)
    assert set(headings([*TEMPLATE[kind].values()], kind).at) == set(TEMPLATE[kind])


@pytest.mark.parametrize("kind", Kind)
def test_a_template_that_was_filled_in_with_its_own_examples_is_a_roll(kind: Kind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(writing.template(kind, "xlsx")))
    sheet, how = book.worksheets
    examples = {str(row[0].value): row[2].value for row in how.iter_rows(min_row=2)}
    heads = [cell.value for cell in next(sheet.iter_rows())]
    assert list(examples) == heads
    for column, head in enumerate(heads, 1):
        sheet.cell(2, column, examples[str(head)])
    out = io.BytesIO()
    book.save(out)
    (seat,) = seats(read(out.getvalue(), kind))
    assert seat.holders == ("张三", "李四")


@pytest.mark.parametrize("form", writing.KINDS)
@pytest.mark.parametrize("name", ["_x0041_", "__x0041_", "_x005F_x0041_", "_x12_", "'=1", "''@", "'张", "\u00e9\u0301"])
def test_what_looks_like_an_escape_comes_back_as_it_is(name: str, form: str) -> None:
    roll = Roll(Kind.OWNERS, (Seat("3/1/101", (name,), (Unit("3", "1", "101", 5000),)),))
    assert read(writing.export(roll, form), Kind.OWNERS).roll == roll


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("name", FORMULAS)
def test_no_spreadsheet_takes_a_name_for_a_formula(name: str) -> None:
    roll = Roll(Kind.OWNERS, (Seat("3/1/101", (name,), (Unit("3", "1", "101", 5000),)),))
    text = writing.export(roll, "csv").decode("utf-8-sig")
    (row,) = [*csv.reader(io.StringIO(text))][1:]
    assert row[3].startswith("'") and row[3].endswith(name)
    book = openpyxl.load_workbook(io.BytesIO(writing.export(roll, "xlsx")))
    cell = book.worksheets[0]["D2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_other_programs_read_what_is_written() -> None:
    rows = [["<b>&\"'", "𠮷 ", "'=1", None]]
    book = openpyxl.load_workbook(io.BytesIO(workbook([Table("一 & 二", ["a", "b", "c", "d"], rows)])))
    assert book.sheetnames == ["一 & 二"]
    assert [cell.value for cell in book.worksheets[0][2]] == rows[0]
    assert book.worksheets[0].freeze_panes == "A2"
