"""Whatever is in a file: a roll that is sound, or faults. Nothing is raised, and never both."""

import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ballots.roll import Kind, Roll, Seat, Unit
from bot.rolls import writing
from bot.rolls.faults import Fault
from bot.rolls.reading import read
from tests.bot.rolls.kit import HEADS, row, table, xlsx
from tests.lengths import examples

ROLL = Roll(
    Kind.OWNERS,
    tuple(Seat(f"3号楼/1单元/{n}", (f"名{n}",), (Unit("3号楼", "1单元", str(n), 5000 + n),)) for n in range(101, 107)),
)
BOOK, TEXT = writing.export(ROLL, "xlsx"), writing.export(ROLL, "csv")
SHEET = "xl/worksheets/sheet1.xml"


def sound(data: bytes, kind: Kind) -> None:
    found = read(data, kind)
    assert (found.roll is None) == bool(found.faults)
    assert all(isinstance(fault, Fault) and fault.line >= 0 for fault in found.faults)
    if found.roll is not None:
        assert found.roll.faults() == [] and found.roll.kind is kind


kinds = st.sampled_from(Kind)


@settings(max_examples=examples(400), deadline=None)
@given(st.binary(max_size=400), kinds)
@example(b"PK\x03\x04", Kind.OWNERS)
@example(b"\xff\xfe\x00", Kind.OWNERS)
@example(b'"', Kind.COMMITTEE)
def test_any_bytes(data: bytes, kind: Kind) -> None:
    sound(data, kind)


@settings(max_examples=examples(400), deadline=None)
@given(st.text(max_size=200), kinds)
def test_any_text_below_headings(text: str, kind: Kind) -> None:
    sound((",".join(HEADS) + ",姓名\n" + text).encode("utf-8", "surrogatepass"), kind)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=4), kinds)
def test_any_cells(rows: list[list[str]], kind: Kind) -> None:
    sound(table(*rows).encode("utf-8", "surrogatepass"), kind)


@settings(max_examples=examples(400), deadline=None)
@given(st.data(), st.sampled_from([BOOK, TEXT]))
def test_any_bytes_in_the_place_of_others(data: st.DataObject, whole: bytes) -> None:
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(st.binary(max_size=6))
    cut = data.draw(st.integers(0, 6))
    sound(whole[:at] + put + whole[at + cut :], Kind.OWNERS)


@settings(max_examples=examples(400), deadline=None)
@given(st.data())
def test_any_signs_in_the_xml_of_a_workbook(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    at = data.draw(st.integers(0, len(part)))
    put = data.draw(st.text('<>/="tsrc1x&;ABZ 9-e.', max_size=5))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each, text in parts.items():
            archive.writestr(
                each, part[:at] + put + part[at + data.draw(st.integers(0, 4)) :] if each == name else text
            )
    sound(out.getvalue(), Kind.OWNERS)


cells = st.builds(
    '<c t="{}" s="{}"><f/><v>{}</v></c>'.format,
    st.sampled_from(["s", "n", "b", "e", "d", "str", "inlineStr", "?"]),
    st.sampled_from(["", "0", "1", "x"]),
    st.sampled_from(["", "0", "-1", "1e3", "inf", "9" * 400, "x", "张", "1.5"]),
)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), max_size=3), kinds)
def test_any_kinds_of_cells(rows: list[list[str]], kind: Kind) -> None:
    sound(xlsx(row(*HEADS) + "".join(row(*cells) for cells in rows), "<si><t>3</t></si>"), kind)
