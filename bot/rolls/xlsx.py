"""XLSX: the rows of a workbook's sheets, as text. Its cells are streamed, since openpyxl takes twice as long for
100,000 lines as an office may wait, and readers that are faster tell a formula without a value from an empty cell
nowhere, or make room for every cell up to the farthest one.

Numbers come as Excel shows them (15 digits); dates, errors and formulas without a value come as what they are: Bad.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from xml.parsers import expat

from bot.rolls.faults import Bad, Cell, Unreadable
from bot.rolls.parts import Archive, local, parser

_COLUMNS = 256  # what stands farther to the right belongs to no roll
_ROWS = 1 << 20  # as many as a sheet can have
# What a damaged or made-up file can raise while it is read.
_DAMAGED = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, ArithmeticError)
_DAMAGED_TOO = (RuntimeError, EOFError, OSError)
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # number formats that every Excel has
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TOO_LONG = Decimal(10) ** 15  # from here on a number has lost digits

Row = tuple[int, list[Cell]]


@dataclass(slots=True)
class Sheet:
    """A sheet that is being read: its rows by number, those that are not empty. `merged` is whole after the last row:
    the first and last row of each range of merged cells, and its name ("A1:B3")."""

    name: str
    rows: Iterator[Row]
    merged: list[tuple[int, int, str]] = field(default_factory=list)


def is_xlsx(data: bytes) -> bool:
    """Whether a file is a ZIP archive, as every XLSX is."""
    return data.startswith(b"PK\x03\x04")


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in their order; those that are hidden are left out. Unreadable where it is none."""
    try:
        yield from _sheets(data)
    except (*_DAMAGED, *_DAMAGED_TOO) as error:
        raise Unreadable("damaged") from error


def _sheets(data: bytes) -> Iterator[Sheet]:
    archive = Archive(data)
    book = archive.related("").get("officeDocument", "xl/workbook.xml")
    parts = archive.targets(book)
    kinds = archive.related(book)
    strings = _strings(archive, kinds.get("sharedStrings"))
    dates = _date_styles(archive, kinds.get("styles"))
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            id = next(value for key, value in attributes.items() if local(key) == "id" and ":" in key)
            if id in parts:
                found.append((attributes.get("name", ""), parts[id]))

    archive.parse(book, start)
    if not found:
        raise Unreadable("damaged")
    for name, part in found:
        reader = _Rows(strings, dates)
        sheet = Sheet(name, iter(()), reader.merged)
        sheet.rows = _guarded(archive, part, reader)
        yield sheet


def _guarded(archive: Archive, part: str, reader: "_Rows") -> Iterator[Row]:
    try:
        reads = parser(reader.start, reader.end, reader.text)
        for chunk in archive.chunks(part):
            reads.Parse(chunk, False)
            yield from reader.taken()
        reads.Parse(b"", True)
        yield from reader.taken()
    except (*_DAMAGED, *_DAMAGED_TOO) as error:
        raise Unreadable("damaged", reader.row) from error


class _Rows:
    """Takes a sheet's cells in and gives its rows out."""

    def __init__(self, strings: list[str], dates: frozenset[str]) -> None:
        self.merged: list[tuple[int, int, str]] = []
        self.row = 0
        self._strings, self._dates = strings, dates
        self._done: list[Row] = []
        self._cells: list[Cell] = []
        self._column = -1
        self._type = self._style = ""
        self._value: list[str] = []
        self._formula = self._hears = False

    def taken(self) -> list[Row]:
        """The rows that have come in whole since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name if ":" not in name else local(name)
        if name == "c":
            place = attributes.get("r")
            self._column = _column(place) if place else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value.clear()
            self._formula = False
        elif name in ("v", "t"):
            self._hears = True
        elif name == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            if not 0 < self.row <= _ROWS:
                raise ValueError(self.row)
            self._cells, self._column = [], -1
        elif name == "f":
            self._formula = True
        elif name == "rPh":  # how a word is read aloud, beside the word
            self._type = "phonetic"
        elif name == "mergeCell":
            rows = [int(number) for number in re.findall(r"\d+", attributes["ref"])]
            self.merged.append((rows[0], rows[-1], attributes["ref"]))

    def end(self, name: str) -> None:
        name = name if ":" not in name else local(name)
        if name in ("v", "t"):
            self._hears = False
        elif name == "rPh":
            self._type = "inlineStr"
        elif name == "c":
            if 0 <= self._column < _COLUMNS and (self._value or self._formula):
                cells = self._cells
                cells.extend([""] * (self._column - len(cells)))
                cells[self._column :] = [self._cell()]
        elif name == "row" and self._cells:
            self._done.append((self.row, self._cells))

    def text(self, text: str) -> None:
        if self._hears and self._type != "phonetic":
            self._value.append(text)

    def _cell(self) -> Cell:
        value = "".join(self._value)
        if self._type == "s":
            return self._strings[int(value)]
        if self._type in ("inlineStr", "str"):
            # A formula's words may well be none; one that was never worked out has no value at all.
            return _plain(value) if self._value or self._type == "inlineStr" else Bad("formula")
        if not value:
            return Bad("formula") if self._formula else ""
        if self._type == "e":
            return Bad("error-value", value)
        if self._type == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._type == "d" or self._style in self._dates:
            return Bad("date", value)
        return number(value)


@lru_cache(maxsize=4096)
def number(value: str) -> Cell:
    """A number as a sheet shows it: 15 digits are true, more are an artefact of how it is kept."""
    exact = Decimal(format(float(value), ".15g"))
    if not exact.is_finite():
        raise ValueError(value)
    return f"{exact:f}" if abs(exact) < _TOO_LONG else Bad("long-number", value)


def _strings(archive: Archive, part: str | None) -> list[str]:
    strings: list[str] = []
    word: list[str] = []
    phonetic = hears = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal phonetic, hears
        element = local(name)
        phonetic, hears = phonetic or element == "rPh", element == "t"

    def end(name: str) -> None:
        nonlocal phonetic, hears
        element = local(name)
        hears = False
        if element == "rPh":
            phonetic = False
        elif element == "si":
            strings.append(_plain("".join(word)))
            word.clear()

    def text(said: str) -> None:
        if hears and not phonetic:
            word.append(said)

    if part is not None:
        archive.parse(part, start, end, text)
    return strings


def _date_styles(archive: Archive, part: str | None) -> frozenset[str]:
    """The styles, by their numbers, that show a number as a date or a time."""
    dates, formats, styles = set(_DATES), list[str](), False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal styles
        match local(name):
            case "numFmt" if _is_date(attributes["formatCode"]):
                dates.add(int(attributes["numFmtId"]))
            case "cellXfs":
                styles = True
            case "xf" if styles:
                formats.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal styles
        styles = styles and local(name) != "cellXfs"

    if part is not None:
        archive.parse(part, start, end)
    return frozenset(str(style) for style, format in enumerate(formats) if int(format) in dates)


def _is_date(code: str) -> bool:
    return code.lower() != "general" and bool(re.search("[ymdhs]", _NO_FORMAT.sub("", code), re.IGNORECASE))


def _column(place: str) -> int:
    """The number of a cell's column from its place: "B7" is 1."""
    column = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


def _plain(word: str) -> str:
    """Words as they are: signs that XML cannot hold stand in it as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), word) if "_x" in word else word
