"""A recount from outside: a ballot's ledger as it lies in the database, its public list as the office exports it, and
what `ballots/verify.py`, as anybody runs it, finds in that list; beside a count of one's own, as simple as can be."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from ballots import verify
from tests.hall import Hall, Voter
from tests.kit import jiugai

CHOICES = ("for", "against", "abstain", "object")
Selections = Mapping[Voter, Mapping[str, str]]


def disagreements(hall: Hall, said: Selections, *receipts: str) -> list[str]:
    """Where verify.py's count of the exported list, or the office's result, is other than that of these selections. It
    must find no fault in the list, and one line by each of these receipts."""
    found, told = verified(hall, *receipts), sheet(hall)
    by_office = {(one["item"], one["area"]): one for one in told["counts"]}
    wrong = []
    for one in found["counts"]:
        item, place = one["item"], one["place"]
        here = [voter for voter in hall.voters if place in voter.places]
        own = Counter(said[voter][item] for voter in here if item in said.get(voter, {}))
        by_list = {choice: one[choice]["heads"] for choice in CHOICES}
        office = by_office.pop((item, place))
        if by_list != {choice: own[choice] for choice in CHOICES} or one["asked"]["heads"] != len(here):
            wrong.append(f"{item} {place}: the list gives {by_list}, those who chose {dict(own)}")
        if by_list != {choice: office[choice]["heads"] for choice in CHOICES} or one["passed"] != office["passed"]:
            wrong.append(f"{item} {place}: the list gives {by_list}, the office {office}")
    return [*wrong, *(f"the list lacks {key}" for key in by_office)]


def ledger(hall: Hall) -> list[dict[str, Any]]:
    """The lines of a ballot's ledger that no opening wrote."""
    with closing(sqlite3.connect(f"{hall.path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("select line from ledger where ballot = ? order by n", (hall.ballot,)).fetchall()
    return [line for line in (json.loads(row[0]) for row in rows) if line["kind"] not in ("opened", "seat")]


def verified(hall: Hall, *receipts: str) -> dict[str, Any]:
    """What verify.py finds in the exported list; it must find no fault, and each receipt in one line."""
    file = hall.path.with_name(f"{hall.ballot}.jsonl")
    said = jiugai("office", "export", hall.ballot, str(file), "--as", hall.staff[0], "--json")
    assert said.code == 0, said.err
    words = [
        str(file),
        "--json",
        "--head",
        json.loads(said.out)["head"],
        *(["--receipt", *receipts] if receipts else []),
    ]
    run = subprocess.run([sys.executable, "-I", verify.__file__, *words], capture_output=True, text=True)
    found: dict[str, Any] = json.loads(run.stdout)
    assert run.returncode == 0 and found["ok"], found
    assert all(len(lines) == 1 for lines in found["receipts"].values())
    return found


def sheet(hall: Hall) -> dict[str, Any]:
    """The result as the office sees it."""
    said = jiugai("office", "tally", hall.ballot, "--as", hall.staff[0], "--json")
    assert said.code == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found
