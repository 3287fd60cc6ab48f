"""The lock of whoever serves a database: two at once would send every reply twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.store.faults import StoreFault, explained

_LOOK_SECONDS = 1.0  # whoever only looks whether the lock is held is gone by then


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the lock; StoreFault where another process holds it. It goes with the process, however that ends."""
    # A lock of SQLite's own on an empty file beside: it works alike on every system, and leaves the database free
    # for the command line.
    beside = _beside(database)
    with closing(_held(database, beside)):
        yield


def _held(database: Path, beside: Path) -> sqlite3.Connection:
    with suppress(OSError):  # SQLite says next what is wrong there
        beside.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(beside, timeout=_LOOK_SECONDS, isolation_level=None)
        try:
            connection.execute("pragma journal_mode = memory")  # or a kill would leave a file to be cleared up
            connection.execute("begin exclusive")
            # Where the file cannot be written, SQLite would be content with less than it was asked for.
            connection.execute("pragma user_version = 1")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise StoreFault(
                f"已经有一个旧改助手在用 {database} 服务。请先停掉它，或用 JIUGAI_DATABASE 指到别的文件。 "
                f"Another Jiugai serves {database} already. Stop it first, or let JIUGAI_DATABASE name another file."
            ) from error
        raise explained(error, beside) from error
    return connection


def is_serving(database: Path) -> bool:
    """Whether a process serves a database at this moment; looks only."""
    beside = _beside(database)
    if not beside.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{beside.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
            return True
        raise explained(error, beside) from error
    return False


def _beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.serving")
