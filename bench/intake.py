"""Intake: how fast the store alone takes arrivals in, beside SQLite with one commit a row, on the same disk."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from bot.store import Arrival, Store, Transaction
from bot.times import utc

BATCH = 100  # as many as getUpdates gives at most
TASKS = 64
_COLUMNS = "id, channel, conversation, message, state, payload, due, received"


@dataclass(frozen=True, slots=True)
class Rates:
    """Rows a second, all of them on the disk when they count."""

    batches: float
    singles: float
    raw: float


def rates(folder: Path, seconds: float) -> Rates:
    """Each way for some seconds, one after another, each in a file of its own in the folder."""
    store = Store(folder / "intake.db")
    try:
        arrivals = _arrivals()
        batches = asyncio.run(_batches(store, arrivals, seconds))
        singles = asyncio.run(_singles(store, arrivals, seconds))
    finally:
        store.close()
    return Rates(batches, singles, _raw(folder / "raw.db", seconds))


def _arrivals() -> Iterator[Arrival]:
    for number in count(1):
        user = {"id": number, "is_bot": False, "first_name": "王"}
        message = {"message_id": 1, "from": user, "chat": {"id": number, "type": "private"}, "text": "/privacy"}
        payload = json.dumps({"update_id": number, "message": message}, ensure_ascii=False)
        yield Arrival(f"telegram/1/{number}", "telegram", f"telegram/1/{number}/{number}/0", payload, "1")


async def _keep(store: Store, arrivals: list[Arrival]) -> int:
    def add(tx: Transaction) -> int:
        return tx.inbox.add(arrivals, utc())

    kept = await store.persist(add)
    assert kept == len(arrivals)
    return kept


async def _batches(store: Store, arrivals: Iterator[Arrival], seconds: float) -> float:
    kept, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        kept += await _keep(store, list(islice(arrivals, BATCH)))
    return kept / (time.perf_counter() - start)


async def _singles(store: Store, arrivals: Iterator[Arrival], seconds: float) -> float:
    start = time.perf_counter()

    async def one_by_one() -> int:
        kept = 0
        while time.perf_counter() - start < seconds:
            kept += await _keep(store, [next(arrivals)])
        return kept

    kept = sum(await asyncio.gather(*(one_by_one() for _ in range(TASKS))))
    return kept / (time.perf_counter() - start)


def _raw(path: Path, seconds: float) -> float:
    """The same rows in the same tables under the same pragmas, written by the sqlite3 module with nothing around."""
    Store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
            connection.execute(f"pragma {pragma}")
        places = ", ".join("?" * len(_COLUMNS.split(", ")))
        kept, start = 0, time.perf_counter()
        for arrival in _arrivals():
            if time.perf_counter() - start >= seconds:
                break
            now = utc().isoformat()
            who = (arrival.id, arrival.channel, arrival.conversation, arrival.message)
            connection.execute(
                f"insert into inbox ({_COLUMNS}) values ({places})", (*who, "open", arrival.payload, now, now)
            )
            kept += 1
        return kept / (time.perf_counter() - start)
