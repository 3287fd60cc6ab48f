"""The files of a result as LibreOffice opens them: every cell is what was written.

    python .ci/exports.py SOFFICE

Ballots of an owners' and a committee's kind are filed, names that look like formulas among them; LibreOffice turns the
workbook (each sheet) and the table into CSV, and each cell of these is held against what was written.
"""

import csv
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

sys.path.insert(0, str(Path(__file__).parents[1]))

from ballots.roll import Kind, Roll, Seat, Unit
from bot.results.export import Export
from bot.results.filing import FILES
from tests.bot.results.kit import (
    COMPOUND,
    OFFICE,
    Round,
    committee_round,
    mixed,
    optional,
    owners_round,
    round_of,
)

# Commas, quotation marks, UTF-8, each sheet a file of its own (-1); numbers as they are, not as they are shown (false).
_TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_FROM_CSV = "CSV:44,34,76,1"


def formulas() -> Round:
    """A ballot in which everything is called as a formula would be."""
    units = [Unit(label, "=1单元", "@101", 5000 + n) for n, label in enumerate(("=1+1", "-2", "+3号楼"))]
    roll = Roll(Kind.OWNERS, tuple(Seat(f"={n}", ("=王()",), (unit,)) for n, unit in enumerate(units)))
    return round_of(roll, *optional("menu-16", "menu-31"), chooses=mixed, because='=HYPERLINK("x")', title="=公示")


def converted(soffice: str, folder: Path, file: Path, *more: str) -> list[Path]:
    """The CSV files that LibreOffice makes of a file, in their order of its sheets."""
    out = folder / f"{file.suffix[1:]}-{file.parent.name}"
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    words = [soffice, home, "--headless", *more, "--convert-to", _TO_CSV, "--outdir", str(out), str(file)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return sorted(out.glob("*.csv"))


def rows(file: Path) -> list[list[str]]:
    with open(file, encoding="utf-8-sig", newline="") as opened:
        return [*csv.reader(opened)]


def same(opened: Sequence[Sequence[str]], written: Iterable[Sequence[object]], what: str) -> int:
    """How many cells are the same; an end with the first that is not."""
    told = [["" if cell is None else cell for cell in row] for row in written]
    if len(opened) != len(told):
        raise SystemExit(f"{what}: {len(opened)} rows, {len(told)} were written")
    count = 0
    for number, (row, wanted) in enumerate(zip(opened, told, strict=True), 1):
        for cell, value in zip(row, wanted, strict=True):
            is_same = cell == value if isinstance(value, str) else float(cell) == float(str(value))
            if not is_same:
                raise SystemExit(f"{what}, row {number}: {cell!r}, {value!r} was written")
            count += 1
    return count


def plain(row: Sequence[str]) -> list[object]:
    """A line of the table as a spreadsheet takes it: guarded text as words with their mark, numbers as numbers."""
    found = list[object]()
    for cell in row:
        try:
            found.append(float(cell))
        except ValueError:
            found.append(cell)
    return found


def main(soffice: str) -> None:
    checked = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        for kind, of in (("owners", owners_round()), ("committee", committee_round()), ("formulas", formulas())):
            export = Export(COMPOUND, OFFICE, of.notice, of.turnout, of.mediation, of.lines)
            (folder / kind).mkdir()
            for end in ("xlsx", "csv"):
                (folder / kind / FILES[end].name).write_bytes(FILES[end].made(export))
            workbook = folder / kind / FILES["xlsx"].name
            sheets = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in openpyxl.load_workbook(workbook)}
            found = converted(soffice, folder, workbook)
            assert len(found) == len(sheets), found
            for title, written in sheets.items():
                (file,) = (path for path in found if path.stem.endswith(title))
                checked += same(rows(file), written, f"{kind}, {title}")
            table = folder / kind / FILES["csv"].name
            (file,) = converted(soffice, folder, table, f"--infilter={_FROM_CSV}")
            checked += same(rows(file), map(plain, rows(table)), f"{kind}, {table.name}")
    print(f"LibreOffice opened 3 workbooks and 3 tables; {checked:,} cells are what was written")


if __name__ == "__main__":
    main(sys.argv[1])
