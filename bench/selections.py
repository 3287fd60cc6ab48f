"""Selections: how many a second are cast, each on the disk before it counts, beside SQLite with one commit a row.

    python -m bench.selections [--rounds N] [--seconds N] [--folder DIR]

Owners choose on all 8 optional items, first once and then again with other choices, so many at once as is said.

| | |
|---|---|
| cast | each selection is a job of its own for the store, cast by `Choosing.cast`; jobs that wait share a commit |
| turns | each is the last tap of a walk: its row of the inbox is committed, then its turn, the reply in the outbox |
| raw | the rows that the ledger keeps of them, inserted into a table on the same disk, one row a commit |

The raw rate is measured before each way and after it, and the ratio is to the mean of both: disks have moods. The
processor's milliseconds are those of one selection, commits included: where a commit waits for the disk five times as
long as that, or longer, five times the raw rate is reached.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bench.figures import Spread, Table
from bot.channels.telegram.translator import TelegramTranslator
from bot.channels.telegram.updates import CHANNEL, arrival
from bot.desk import StoreDesk
from bot.office.choosing import Choosing
from bot.store import Arrival, Store, Transaction
from bot.store.dialect import Sqlite
from bot.times import utc
from bot.turn import Turns
from dialogs.conversation import Conversation
from dialogs.sessions import Session
from dialogs.steps import Do
from knowledge.answers import answerer
from knowledge.library import load
from tests import hall
from tests.botapi import TOKEN
from tests.hall import Voter
from tests.voters import wish

_OWNERS, _TIMES, _WALKERS = 1024, 8, 64
_SHARED, _TURNS_SECONDS = 64, 0.02  # as the turner has it
_BOT = TOKEN.partition(":")[0]
_BECAUSE = "怕挡光，也怕吵"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many selections a second, how many a commit, and the milliseconds of the processor that one took."""

    selections: float
    shared: float
    processor: float


class Casting:
    """Selections that are cast one a job."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)
        voting = hall.opened(self._store, hall.begun(self._store), hall.owners(_OWNERS))
        chance = random.Random(1)
        # What the conversation hands over; made beforehand, as it is made elsewhere.
        chosen = [(voter, _step(voter, wish(voting.items, chance))) for _ in range(_TIMES) for voter in voting.voters]
        self._chosen = cycle(chosen)

    async def rate(self, voters: int, seconds: float) -> Rate:
        """So many at once: each hands in a selection as soon as the one before is on the disk."""
        done: list[Future[str]] = []
        ended, left, stop = threading.Event(), voters, time.perf_counter() + seconds

        def next_one(before: Future[str] | None) -> None:
            nonlocal left
            if before is not None:
                done.append(before)
            if time.perf_counter() < stop:
                voter, step = next(self._chosen)
                self._store.write(
                    lambda tx: Choosing(tx, CHANNEL, voter.conversation, utc()).cast(step)
                ).add_done_callback(next_one)
            elif (left := left - 1) == 0:
                ended.set()

        def begin(tx: Transaction) -> None:
            for _ in range(voters):
                next_one(None)

        with _counted() as commits:
            start, spent = time.perf_counter(), time.process_time()
            # Within the store's own thread, where the later ones are handed in as well.
            self._store.write(begin).result()
            ended.wait()
            passed, spent = time.perf_counter() - start, time.process_time() - spent
        assert {json.loads(one.result())["came"] for one in done} <= {"recorded", "changed", "repeated"}
        return _rate(len(done), passed, spent, len(commits))

    def rows(self) -> list[tuple[str, str, str]]:
        """What the ledger keeps of selections: each line with its secret and its private words."""
        sql = "select line, secret, private from ledger where kind in ('cast', 'changed') limit 5000"
        found = self._store.write(lambda tx: tx.connection.rows(sql)).result()
        return [(row["line"], row["secret"], row["private"]) for row in found]

    def close(self) -> None:
        self._store.close()


class Walking:
    """Selections by the last tap of a walk. Everybody has two walks at hand that have come to the look at all, of other
    choices each, and submits one after the other."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)
        self._hall = hall.opened(self._store, hall.begun(self._store), hall.owners(_WALKERS))
        clauses = load().summaries.keys()
        self._turns = Turns(
            Conversation(load(), answerer()),
            {CHANNEL: TelegramTranslator(_BOT)},
            utc,
            lambda tx, channel, spoken, now: StoreDesk(tx, channel, spoken, now, clauses),
        )
        self._updates, self._voters = count(1), cycle(self._hall.voters)
        self._submitted = 0
        walks = {voter: [self._walked(voter, choice) for choice in ("for", "against")] for voter in self._hall.voters}
        self._walks = {voter: cycle(both) for voter, both in walks.items()}

    async def rate(self, voters: int, seconds: float) -> Rate:
        """So many at once."""
        submitted, passed, spent, commits = 0, 0.0, 0.0, 0
        while passed < seconds:
            taps = [self._put_back(voter) for voter in islice(self._voters, voters)]
            start, started = time.perf_counter(), time.process_time()
            with _counted() as counted:
                await self._store.persist(lambda tx, new=taps: tx.inbox.add(new, utc()))  # type: ignore[misc]
                while await self._store.persist(self._take):
                    pass
            passed, spent = passed + time.perf_counter() - start, spent + time.process_time() - started
            submitted, commits = submitted + voters, commits + len(counted)
        self._submitted += submitted
        return _rate(submitted, passed, spent, commits)

    def close(self) -> None:
        """Close the store. Every last tap must have come to a line."""
        sql = "select count(*) as lines from ledger where kind in ('cast', 'changed')"
        lines = self._store.write(lambda tx: tx.connection.rows(sql)).result()[0]["lines"]
        self._store.close()
        assert lines == self._submitted, f"{self._submitted} submitted, {lines} lines"

    def _take(self, tx: Transaction) -> bool:
        """Take what is due, as the turner does; whether there may be more."""
        until = time.monotonic() + _TURNS_SECONDS
        for _ in range(_SHARED):
            if self._turns.take(tx, CHANNEL) is None:
                return False
            if time.monotonic() > until:
                break
        return True

    def _tap(self, voter: Voter, data: str) -> Arrival:
        user = {"id": voter.user, "is_bot": False, "first_name": "王", "language_code": "zh"}
        shown = {"message_id": 1, "date": 0, "chat": {"id": voter.user, "type": "private"}, "text": "?"}
        number = next(self._updates)
        tap = {"id": str(number), "from": user, "chat_instance": "1", "message": shown, "data": data}
        return arrival({"update_id": number, "callback_query": tap}, _BOT)

    def _walked(self, voter: Voter, choice: str) -> tuple[Any, str]:
        """What is remembered of somebody who has chosen this on all items and not yet submitted it, and the button that
        submits it."""
        self._store.write(lambda tx: tx.sessions.drop(voter.conversation)).result()
        buttons = [f"begin:choosing:ballot={voter.ballot},number={voter.number}"]
        while not (submit := next((tap for tap in buttons if ":review:submit" in tap), "")):
            tap = next((tap for tap in buttons if tap.endswith((":card:begin", f":{choice}"))), buttons[0])
            arrivals = [self._tap(voter, tap)]
            self._store.write(lambda tx, new=arrivals: tx.inbox.add(new, utc())).result()  # type: ignore[misc]
            self._store.write(self._take).result()
            kept = self._store.write(lambda tx: tx.sessions.load(voter.conversation)).result()
            buttons = list(Session.load(kept).buttons)
        return kept, submit

    def _put_back(self, voter: Voter) -> Arrival:
        """Bring somebody before their next look at all; the tap that submits it."""
        kept, submit = next(self._walks[voter])
        self._store.write(lambda tx: tx.sessions.save(voter.conversation, kept, utc())).result()
        return self._tap(voter, submit)


def raw(path: Path, rows: Sequence[tuple[str, str, str]], seconds: float) -> float:
    """These rows one commit each, as a plain program would: rows a second."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = wal", "synchronous = full"):
            connection.execute(f"pragma {pragma}")
        connection.execute("create table if not exists line (n integer primary key, line, secret, private)")
        kept, start = 0, time.perf_counter()
        for row in cycle(rows):
            if time.perf_counter() - start >= seconds:
                break
            connection.execute("insert into line (line, secret, private) values (?, ?, ?)", row)
            kept += 1
        return kept / (time.perf_counter() - start)


@contextmanager
def _counted() -> Iterator[list[None]]:
    """The commits meanwhile, as something to count."""
    commits: list[None] = []
    commit = Sqlite.commit

    def counting(connection: Sqlite) -> None:
        commit(connection)
        commits.append(None)

    with patch.object(Sqlite, "commit", counting):
        yield commits


def _step(voter: Voter, said: Mapping[str, str]) -> Do:
    reasons = {item: _BECAUSE for item, choice in said.items() if choice == "object"}
    chosen = {"choices": json.dumps(said), "reasons": json.dumps(reasons, ensure_ascii=False)}
    return Do("cast", "cast", {"ballot": voter.ballot, "number": str(voter.number), **chosen})


def _rate(selections: int, passed: float, spent: float, commits: int) -> Rate:
    return Rate(selections / passed, selections / commits, 1000 * spent / selections)


def measured(folder: Path, rounds: int, seconds: float) -> Table:
    """Each way in turn, round by round."""
    casting, walking = Casting(folder / "cast.db"), Walking(folder / "walk.db")
    ways: dict[str, Callable[[], Awaitable[Rate]]] = {
        f"{name}, {voters} voter{'s' * (voters > 1)}": partial(way.rate, voters, seconds)
        for name, way in (("cast", casting), ("turns", walking))
        for voters in (_WALKERS, 1)
    }
    rates: dict[str, list[Rate]] = {name: [] for name in ways}
    raws: dict[str, list[float]] = {name: [] for name in ways}
    try:
        asyncio.run(casting.rate(_WALKERS, seconds))  # so that everything is warm, and there are rows
        rows, every = casting.rows(), []
        with patch("bot.turn.FAST_ROWS", 10**9):  # nobody is told to be slower
            for _ in range(rounds):
                every.append(raw(folder / "raw.db", rows, seconds))
                for name, way in ways.items():
                    rates[name].append(asyncio.run(_run(way)))
                    every.append(raw(folder / "raw.db", rows, seconds))
                    raws[name].append((every[-2] + every[-1]) / 2)
    finally:
        casting.close()
        walking.close()
    table = Table()
    table.add("", "selections/s", "ratio to raw", "selections a commit", "processor ms")
    for name, found in rates.items():
        spread = Spread(tuple(rate.selections for rate in found))
        ratio = spread.over(Spread(tuple(raws[name])))
        shared, processor = median(rate.shared for rate in found), median(rate.processor for rate in found)
        table.add(name, spread.text(0), ratio.text(2), f"{shared:.1f}", f"{processor:.2f}")
    table.add("raw, one commit a row", Spread(tuple(every)).text(0), "1", "1", "")
    return table


async def _run(way: Callable[[], Awaitable[Rate]]) -> Rate:
    return await way()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="that each way is measured for in a round")
    parser.add_argument("--folder", type=Path, help="where the databases stand (the system's temporary folder)")
    given = parser.parse_args()
    with TemporaryDirectory(dir=given.folder) as name:
        table = measured(Path(name), given.rounds, given.seconds)
    print(f"{given.rounds} rounds: medians, with the least and the greatest")
    print(table)


if __name__ == "__main__":
    main()
