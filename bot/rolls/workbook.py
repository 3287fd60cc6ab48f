"""Workbooks: tables as XLSX. What is text stays text, whatever it begins with, and in however many digits; counts and
areas are numbers.

Written as it goes, a second for 100,000 lines: openpyxl takes ten, and XlsxWriter four and a half, leaves names and
codes in temporary files meanwhile, and takes a word such as <r>…</r>, which anybody can type, for XML of its own.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT, _HEADING, _AREA, _COUNT, _WRAPPED = 1, 2, 3, 4, 5  # the styles below, by number
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font>\
<font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2">\
<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">\
<xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1"/>\
<xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="2" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>\
<xf numFmtId="1" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>\
<xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
_COLUMN_WIDTH = 16
# A program that reads the file would take _x0041_ for a sign that XML cannot hold.
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What XML cannot hold, or would change.
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # characters of a cell, in Excel
_LINE, _HIGHEST = 15, 405  # points: a line of text, and the highest row of Excel

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, the headings, the rows below them, how wide its columns are, in characters (all of them, or
    each), and whether long text is shown in several lines."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]
    width: int | Sequence[int] = _COLUMN_WIDTH
    wrap: bool = False


def workbook(tables: Sequence[Table]) -> bytes:
    """The tables as the bytes of an XLSX file, each a sheet."""
    out = io.BytesIO()
    numbers = range(1, len(tables) + 1)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_FORMAT}.worksheet+xml"/>' for n in numbers
        )
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMAT}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_FORMAT}.styles+xml"/>{parts}</Types>',
        )
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        sheets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        names = "".join(
            f'<sheet name="{_quoted(table.name)}" sheetId="{n}" r:id="r{n}"/>'
            for n, table in zip(numbers, tables, strict=True)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        )
        archive.writestr("xl/styles.xml", _STYLES)
        for n, table in zip(numbers, tables, strict=True):
            with archive.open(f"xl/worksheets/sheet{n}.xml", "w") as part:
                _write(part, table)
    return out.getvalue()


def _write(part: IO[bytes], table: Table) -> None:
    width, text = table.width, _WRAPPED if table.wrap else _TEXT
    widths = [width] * len(table.heads) if isinstance(width, int) else width
    # A whole column of text: what is filled in later is not made a number or a date.
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{wide}" style="{text}" customWidth="1"/>' for n, wide in enumerate(widths, 1)
    )
    part.write(
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>".encode()
    )
    part.write(_row(table.heads, _HEADING, _high(table.heads, widths)))
    for row in table.rows:
        part.write(_row(row, text, _high(row, widths) if table.wrap else ""))
    # On A4, lengthwise, as wide as a page and as long as it takes.
    part.write(b'</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>')


def _row(cells: Sequence[Value], style: int, high: str) -> bytes:
    return f"<row{high}>{''.join(_cell(cell, style) for cell in cells)}</row>".encode()


def _high(cells: Sequence[Value], widths: Sequence[int]) -> str:
    """How high a row is whose text is shown in several lines: not every program measures that by itself."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        if isinstance(cell, str) and (len(cell) * 2 > width or "\n" in cell):
            # A Chinese character takes the room of two digits, and lines break before they are full.
            places = (sum(1 + (char > "\u2e7f") for char in line) for line in cell.split("\n"))
            lines = max(lines, sum(1 + count // max(width - 2, 1) for count in places))
    return f' ht="{min(lines * _LINE, _HIGHEST)}"' if lines > 1 else ""


def _cell(value: Value, style: int) -> str:
    if value is None or value == "":
        return f'<c s="{style}"/>'
    if isinstance(value, Decimal):
        return f'<c s="{_AREA}"><v>{value:f}</v></c>'
    if isinstance(value, int):
        return f'<c s="{_COUNT}"><v>{value}</v></c>'
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{_told(value)}</t></is></c>'


def _told(words: str) -> str:
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    escaped = _LIKE_ESCAPED.sub("_x005F_", words)
    return escape(_TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped))


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def _quoted(name: str) -> str:
    return escape(name, {'"': "&quot;"})
