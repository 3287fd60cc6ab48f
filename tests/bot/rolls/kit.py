"""What the tests of rolls share: tables as the files that offices make of them."""

import csv
import io
import zipfile
from collections.abc import Sequence

from ballots.roll import Kind, Seat
from bot.rolls.reading import read
from bot.rolls.table import Reading

HEADS = ("楼号", "单元", "房号", "业主", "建筑面积")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def table(*rows: Sequence[str], heads: Sequence[str] = HEADS, delimiter: str = ",") -> str:
    """Rows below headings, as a text file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([heads, *rows])
    return out.getvalue()


def owners(text: str | bytes) -> Reading:
    return read(text.encode() if isinstance(text, str) else text, Kind.OWNERS)


def seats(reading: Reading) -> tuple[Seat, ...]:
    """The seats of a file that is sound."""
    assert reading.roll is not None, reading.faults
    return reading.roll.seats


def told(reading: Reading) -> list[tuple[int, str, str]]:
    """What is wrong with a file: line, column, what."""
    assert (reading.roll is None) == bool(reading.faults)
    return [(fault.line, fault.column, fault.what) for fault in reading.faults]


def xlsx(sheet: str, strings: str = "", styles: str = "", **parts: str) -> bytes:
    """A workbook with one sheet, its inner XML as given: `<row>…</row>`, perhaps `<mergeCells>` behind the rows."""
    rows, _, behind = sheet.partition("<mergeCells")
    behind = f"<mergeCells{behind}" if behind else ""
    given = {
        "[Content_Types].xml": f"{_HEAD}<Types/>",
        "_rels/.rels": _related(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            ("worksheet", "/xl/worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{behind}'
        "</worksheet>",
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        **{name.replace("__", "/"): text for name, text in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in given.items():
            archive.writestr(name, text)
    return out.getvalue()


def row(*cells: str, number: int | None = None) -> str:
    """A row; what is no element yet stands in it as text."""
    place = f' r="{number}"' if number else ""
    made = (
        cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>"
        for cell in cells
    )
    return f"<row{place}>{''.join(made)}</row>"


def _related(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'
