"""Reading: a file → the roll that it holds, or all that is wrong with it, each fault with its line; never both."""

from collections.abc import Sequence
from itertools import islice

from ballots.roll import Kind
from bot.rolls import delimited, xlsx
from bot.rolls.faults import Cell, Fault, Note, Unreadable
from bot.rolls.headings import headings
from bot.rolls.table import Reading, Step, Table, heading_row

LARGEST = 64_000_000  # bytes of a file
_HEADING_WITHIN = 20  # rows; above the headings stands a title, if anything


def read(data: bytes, kind: Kind, step: Step = lambda rows: None) -> Reading:
    """Read a file. Whatever its bytes are, it gives a Reading and raises nothing. `step` hears how many rows were read.

    The kind of file is told from its bytes, not from its name.
    """
    table = Table(kind, step)
    try:
        if len(data) > LARGEST:
            raise Unreadable("too-large")
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Unreadable("old-excel")
        if xlsx.is_xlsx(data):
            _read_workbook(data, table)
        else:
            _read_text(data, table)
    except Unreadable as error:
        table.faults.append(error.fault)
    return table.reading()


def _read_workbook(data: bytes, table: Table) -> None:
    """The first sheet that has a heading that is known."""
    others, taken = list[str](), False
    for sheet in xlsx.sheets(data):
        head = [] if taken else [*islice(sheet.rows, _HEADING_WITHIN)]
        if heading_row(head, table.kind) is None:
            others.append(sheet.name)
            continue
        taken = True
        table.take(head, sheet.rows)
        for first, last, place in sheet.merged:
            if last >= table.heading_line:  # a title above the table may stand in merged cells
                table.faults.append(Fault(max(first, table.heading_line), "", "merged", place))
    if not taken:
        raise Unreadable("no-heading")
    if others:
        table.notes.append(Note("other-sheets", "、".join(others)))


def _read_text(data: bytes, table: Table) -> None:
    text, encoding = delimited.decoded(data)
    if encoding == "gb18030":
        table.notes.append(Note("gb18030"))

    def score(delimiter: str) -> int:
        rows = delimited.first_rows(text, delimiter, _HEADING_WITHIN)
        return max((len(headings(row, table.kind).at) for row in rows), default=0)

    best = max(delimited.DELIMITERS, key=score)
    if not score(best):
        raise Unreadable("no-heading")
    rows, head = delimited.rows(text, best), list[tuple[int, Sequence[Cell]]]()
    try:
        head.extend(islice(rows, _HEADING_WITHIN))
    except Unreadable:
        table.take(head, iter(()))
        raise
    table.take(head, rows, narrow=True)
