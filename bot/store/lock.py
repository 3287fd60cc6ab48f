"""The lock of whoever serves a database: two at once would send every reply twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.store.faults import StoreFault, explained

_TAKEN = "taken"


@contextmanager
def serving(database: Path) -> Iterator[None]:
    """Hold the lock; StoreFault where another process holds it. It goes with the process, however that ends."""
    # A lock of SQLite's own on an empty file beside: it works alike on every system, and leaves the database free
    # for the command line.
    beside = database.with_name(f"{database.name}.serving")
    with closing(_held(database, beside)):
        yield


def _held(database: Path, beside: Path) -> sqlite3.Connection:
    with suppress(OSError):  # SQLite says next what is wrong there
        beside.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(beside, timeout=0, isolation_level=None)
        try:
            connection.execute("begin exclusive")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise StoreFault(
                f"已经有一个旧改助手在用 {database} 服务。请先停掉它，或用 JIUGAI_DATABASE 指到别的文件。 "
                f"Another Jiugai serves {database} already. Stop it first, or let JIUGAI_DATABASE name another file.",
                _TAKEN,
            ) from error
        raise explained(error, beside) from error
    return connection


def is_serving(database: Path) -> bool:
    """Whether a process serves a database at this moment."""
    try:
        with serving(database):
            return False
    except StoreFault as fault:
        return fault.name == _TAKEN
