"""The database as a death leaves it, and as it must be at the end. Looked at from outside, by SQL alone."""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.crashes.record import Key, key


def left_open(database: Path) -> frozenset[Key]:
    """The calls whose rows a killed process left open, in a database that is sound."""
    with _copy(database) as connection:
        _check(connection)
        if not connection.execute("select 1 from sqlite_master where name = 'outbox'").fetchall():
            return frozenset()
        rows = connection.execute("select payload from outbox where state = 'open'").fetchall()
    return frozenset(key(json.loads(payload)) for (payload,) in rows)


def at_rest(database: Path, updates: int) -> bool:
    """Whether a serving bot has taken so many updates and nothing waits. Only for knowing when to look closely."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            done, waits = connection.execute(
                """
                select (select count(*) from inbox where state = 'done'),
                       (select count(*) from inbox where state = 'open')
                       + (select count(*) from outbox where state = 'open')
                """
            ).fetchone()
            return bool(done == updates and waits == 0)
    except sqlite3.Error:  # not made yet
        return False


def wrong(database: Path, updates: int) -> list[str]:
    """What is not as it must be after everything was answered and the bot was stopped."""
    with _copy(database) as connection:
        _check(connection)
        ends = {
            **{("inbox", *row): count for *row, count in connection.execute(_ENDS.format(table="inbox"))},
            **{("outbox", *row): count for *row, count in connection.execute(_ENDS.format(table="outbox"))},
        }
    found = []
    if (taken := ends.pop(("inbox", "done", 1), 0)) != updates:
        found.append(f"{taken} updates were taken, not {updates}")
    ends.pop(("outbox", "delivered", 1), None)
    return [*found, *(f"{count} rows of {where}" for where, count in ends.items())]


_ENDS = "select state, payload is null, count(*) from {table} group by 1, 2"


def _check(connection: sqlite3.Connection) -> None:
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []


@contextmanager
def _copy(database: Path) -> Iterator[sqlite3.Connection]:
    """A copy with its log: opening the file itself would repair what the next process has to."""
    with tempfile.TemporaryDirectory() as folder:
        for path in database.parent.glob(f"{database.name}*"):
            if path.name.removeprefix(database.name) in ("", "-wal"):
                shutil.copy(path, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as connection:
            yield connection
