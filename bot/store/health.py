"""Health: what the office should see of the database: what waits, what was set aside, what was given up."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.store import schema, soundness
from bot.store.dialect import Connection, Sqlite
from bot.store.erasing import FORGOTTEN
from bot.store.faults import explained
from bot.store.soundness import Soundness
from bot.times import read


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that did not end well: its id, why, and when it came. No text of anyone's."""

    id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of rows that wait, of conversations and of those that block the bot, the troubles, newest first, and how
    the ledgers are."""

    inbox_open: int
    outbox_open: int
    conversations: int
    blocked: int
    aside: tuple[Trouble, ...]
    given_up: tuple[Trouble, ...]
    ledgers: Soundness


def look(path: Path) -> Health | None:
    """How things stand in a database file, which is only read; None where an older Jiugai wrote it, or nobody yet.

    StoreFault where it cannot be read, is damaged, or belongs to another program or a newer Jiugai.
    """
    try:
        with closing(Sqlite(path, must_exist=True)) as connection:
            if schema.pending(connection, path):
                return None
            schema.check(connection)
            return _health(connection)
    except sqlite3.Error as error:
        raise explained(error, path) from error


def _health(connection: Connection) -> Health:
    def count(table: str, where: str) -> int:
        return int(connection.rows(f"select count(*) as n from {table} where {where}")[0]["n"])

    def trouble(rows: list[Mapping[str, str]]) -> tuple[Trouble, ...]:
        return tuple(Trouble(row["id"], row["reason"], read(row["at"])) for row in rows)

    return Health(
        inbox_open=count("inbox", "state = 'open'"),
        outbox_open=count("outbox", "state = 'open'"),
        conversations=count("session", "1 = 1"),
        blocked=count("session", "reachable = 0"),
        aside=trouble(
            connection.rows("select id, reason, received as at from inbox where state = 'aside' order by seq desc")
        ),
        given_up=trouble(
            connection.rows(
                """
                select id, reason, created as at from outbox
                where state in ('never', 'unknown') and reason != :forgotten order by seq desc
                """,
                forgotten=FORGOTTEN,  # its person wanted no more of it: nothing went wrong
            )
        ),
        ledgers=soundness.look(connection),
    )
