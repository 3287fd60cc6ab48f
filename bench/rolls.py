"""Rolls: what importing 100,000 lines costs, beside putting the same lines into a table without looking at them.

    python -m bench.rolls [--lines N] [--rounds N] [--folder DIR]

A is `jiugai office roll import`, whole: the file read and checked, the plan worked out and shown, the seats and units
committed. B is what one would write instead: csv.DictReader, or openpyxl, and sqlite-utils' insert_all into one table,
with no check at all. Once for a CSV and once for an XLSX; in turns, each in a process of its own and on a database of
its own. It ends with an error where A takes more than --limit seconds, or has not imported every line.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ballots.roll import Kind, Roll, Seat, Unit
from bench.figures import Spread, Table
from bot.rolls import writing

_LIMIT = 10.0  # seconds, of 100,000 lines
_BARE = {
    "csv": """
import csv, sys
from sqlite_utils import Database
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    Database(sys.argv[2])["roll"].insert_all(csv.DictReader(file))
""",
    "xlsx": """
import sys
import openpyxl
from sqlite_utils import Database
rows = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True)
heads = next(rows)
Database(sys.argv[2])["roll"].insert_all(dict(zip(heads, row)) for row in rows)
""",
}


def roll(lines: int) -> Roll:
    """Owners of a flat each, in buildings of 64."""
    return Roll(Kind.OWNERS, tuple(_seat(number) for number in range(lines)))


def _seat(number: int) -> Seat:
    building, stairwell = f"{number // 64 + 1}号楼", f"{number // 16 % 4 + 1}单元"
    unit = Unit(building, stairwell, f"{number % 16 // 4 + 1}0{number % 4 + 1}", 4000 + number * 37 % 8000)
    return Seat(f"{building}/{stairwell}/{unit.unit}", (f"业主{number}",), (unit,))


def jiugai(database: Path, *words: str) -> str:
    """What a command over a database says."""
    command = [sys.executable, "-P", "-m", "bot", "office", *words]
    root = str(Path(__file__).parents[1])
    variables = {**os.environ, "JIUGAI_DATABASE": str(database), "PYTHONPATH": root, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=variables).stdout


def prepared(database: Path) -> str:
    """An office with a compound, in a new database; the compound's id."""
    jiugai(database, "init", "王科")
    return str(json.loads(jiugai(database, "compound", "add", "大院", "--street", "牛街", "--json"))["id"])


def imported(folder: Path, begun: Path, compound: str, file: Path) -> float:
    """The seconds of an import into a copy of a database that was begun."""
    database = folder / "jiugai.db"
    shutil.copy(begun, database)
    started = time.perf_counter()
    jiugai(database, "roll", "import", compound, "owners", str(file), "--yes")
    seconds = time.perf_counter() - started
    page = json.loads(jiugai(database, "compound", "show", compound, "--json"))
    print(f"  {file.suffix}: {page['rolls']['owners']['seats']:,} seats in {seconds:.1f} s", file=sys.stderr)
    assert page["rolls"]["owners"]["seats"] == int(file.stem), "a line was lost"
    database.unlink()
    return seconds


def bare(folder: Path, file: Path) -> float:
    """The seconds of the same lines put into a table."""
    database = folder / "bare.db"
    started = time.perf_counter()
    command = [sys.executable, "-c", _BARE[file.suffix[1:]], str(file), str(database)]
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - started
    database.unlink()
    return seconds


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=_LIMIT, help="seconds that no import may exceed (%(default)s)")
    parser.add_argument("--folder", type=Path, help="where the files stand (the system's temporary folder)")
    args = parser.parse_args(words)
    table, slowest = Table(), 0.0
    table.add("", "import s", "bare insert s", "import / bare")
    with TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        begun = folder / "begun.db"
        compound = prepared(begun)
        for form in writing.KINDS:
            file = folder / f"{args.lines}.{form}"
            file.write_bytes(writing.export(roll(args.lines), form))
            pairs = [(imported(folder, begun, compound, file), bare(folder, file)) for _ in range(args.rounds)]
            ours, theirs = (Spread(tuple(seconds)) for seconds in zip(*pairs, strict=True))
            table.add(f"{args.lines:,} lines, {form}", ours.text(1), theirs.text(1), ours.over(theirs).text(2))
            slowest = max(slowest, *ours.values)
    print(f"{args.rounds} rounds: medians, with the least and the greatest")
    print(table)
    if slowest > args.limit:
        raise SystemExit(f"an import took {slowest:.1f} s; {args.limit:g} are the most")


if __name__ == "__main__":
    main()
