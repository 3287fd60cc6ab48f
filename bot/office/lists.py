"""Lists: rows as a CSV or XLSX file that a spreadsheet opens as they are: no cell of it is ever taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.rolls.delimited import guarded
from bot.rolls.workbook import Table, workbook


def write(path: Path, kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a list to a file; `kind` is "csv" or "xlsx", whose sheet has this name."""
    if kind == "xlsx":
        path.write_bytes(workbook([Table(name, heads, rows)]))
        return
    # The mark at the beginning is what tells Excel that this is UTF-8.
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([guarded(cell) for cell in row] for row in rows)
