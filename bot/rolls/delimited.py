"""CSV and its kin: bytes → the rows of a table, whatever office program wrote it."""

import csv
import io
from collections.abc import Iterator, Sequence

from bot.rolls.faults import Unreadable

DELIMITERS = ",;\t"
_FORMULA = ("=", "+", "-", "@")
# GB18030 of 2005 has these characters of names in the private area, that of 2022 where they belong; Python knows the
# older one.
_BELONGS = dict(
    zip(
        (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
        range(0x9FB4, 0x9FBC),
        strict=True,
    )
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding. Unreadable where it is none of those that are known."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise Unreadable("encoding", _line(data, error)) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        try:
            return data.decode("gb18030").translate(_BELONGS), "gb18030"
        except UnicodeDecodeError:
            raise Unreadable("encoding", _line(data, error)) from error


def first_rows(text: str, delimiter: str, count: int) -> list[list[str]]:
    """The first rows, as they look with a delimiter; fewer where the text cannot be read on."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) == count:
                break
    except csv.Error:
        pass
    return rows


def rows(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows, each with the line that it begins in. Unreadable from the first quotation mark on that stands wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, is_guarded = 1, "'" in text
    try:
        for row in reader:
            yield line, [unguarded(cell) for cell in row] if is_guarded else row
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("quotes", line) from error


def guarded(cell: str) -> str:
    """A cell as it goes out: no spreadsheet takes it for a formula. `unguarded` gives it back."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before it was guarded; spreadsheets too read '=A1 as the words =A1."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _line(data: bytes, error: UnicodeDecodeError) -> int:
    return data.count(b"\n", 0, error.start) + 1
