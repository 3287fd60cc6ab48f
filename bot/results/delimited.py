"""A tally as CSV, a line for each item and area: Excel opens it right by a double click, and programs read it too."""

import csv
import io
from decimal import Decimal

from ballots.report import ResultSheet
from bot.results import columns
from bot.rolls.delimited import guarded
from bot.rolls.workbook import Value


def tally(sheet: ResultSheet) -> bytes:
    """The tally of a result. No cell of it is ever taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns.heads())
    writer.writerows([_plain(value) for value in row] for row in columns.rows(sheet))
    # The mark at the beginning is how Excel knows that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)
