"""Soundness: every ledger of a database counted anew from its lines, and what is kept beside it held against them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ballots.ballot import State
from ballots.box import Box, recount
from ballots.draft import seat_private
from ballots.ledger import START, Broken, commitment, receipt, receipt_mark
from bot.store.ballots import Ballots, Record
from bot.store.dialect import Connection


@dataclass(frozen=True, slots=True)
class Damaged:
    """A ballot (its id) whose ledger is not as it was written, and what was found first; no words of anybody's."""

    ballot: str
    why: str


@dataclass(frozen=True, slots=True)
class Soundness:
    """How many ledgers were counted anew, and those that are damaged."""

    ledgers: int
    damaged: tuple[Damaged, ...]


def look(connection: Connection) -> Soundness:
    """Count every ledger anew, and compare: lines and hash with the ballot's head, state and times with the ballot's,
    private words with their commitments, receipts with their secrets, and the seats with what was told of them."""
    ballots = Ballots(connection)
    records = [record for record in ballots.records() if record.state is not State.DRAFT]
    found = ((record.id, _fault(ballots, record)) for record in records)
    strays = ((id, "lines of a draft") for id in ballots.strays())
    damaged = tuple(Damaged(id, why) for id, why in (*found, *strays) if why)
    return Soundness(len(records), damaged)


class _Found(Exception):
    """Something is not as it was written."""


def _fault(ballots: Ballots, record: Record) -> str:
    """What is wrong with a ballot's ledger, "" where it is sound."""
    reading = _Reading()
    try:
        box = recount(reading.lines(ballots.rows(record.id)))
        _compare(record, box, reading)
        for number, seat in ballots.seats(record.id).items():
            if reading.told.get(number) != seat_private(box.ballot, seat):
                return f"seat {number} is not the one of the ledger"
    except (Broken, _Found) as error:
        return str(error)
    except (LookupError, TypeError, ValueError, AttributeError):
        return f"line {reading.number} cannot be read"
    return "" if reading.told.keys() == ballots.seats(record.id).keys() else "seats are missing"


class _Reading:
    """Reads a ledger once: gives its lines on, and checks on the way what no line tells by itself."""

    def __init__(self) -> None:
        self.number = 0
        self.hash = START
        self.told: dict[int, Mapping[str, str]] = {}  # the private words of each seat, as they were told last

    def lines(self, rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
        for row in rows:
            self.number += 1
            line = row["line"].encode()
            self.hash = hashlib.sha256(line).hexdigest()
            yield line  # the recount has read it by the time that we go on
            self._check(row, json.loads(line))

    def _check(self, row: Mapping[str, Any], public: Mapping[str, Any]) -> None:
        secret, private = bytes.fromhex(row["secret"]), json.loads(row["private"])
        if (row["n"], row["kind"], row["seat"]) != (public["n"], public["kind"], public.get("seat")):
            raise _Found(f"line {self.number}: it is kept under another number, kind or seat")
        shown = {name: commitment(secret, name, word) for name, word in private.items()}
        if shown != public.get("private", {}):
            raise _Found(f"line {self.number}: a private word is not the one that was told")
        if "receipt" in public and public["receipt"] != receipt_mark(receipt(secret)):
            raise _Found(f"line {self.number}: the receipt is not its secret's")
        if public["kind"] in ("seat", "corrected") and "seat" in public:
            self.told[public["seat"]] = private


def _compare(record: Record, box: Box, reading: _Reading) -> None:
    ballot = box.ballot
    if (record.head.lines, record.head.hash) != (reading.number, reading.hash):
        raise _Found("its end is not the one that was kept: lines were cut off or added")
    if (record.id, record.kind, record.state) != (ballot.id, ballot.kind, ballot.state):
        raise _Found("its state is not the one that was kept")
    if (record.opens, record.closes) != (ballot.opens, ballot.closes):
        raise _Found("its times are not those that were kept")
