"""The dialect: what differs between databases. Everything else in the store is one set of SQL.

Statements use `:name` for values, text for ids, and UTC ISO text for times; no JSON operators, no sorting of Chinese.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

# A wrong statement, a wrong value, one of a wrong type, too long or too many: faults of whoever asked.
_ASKED_WRONGLY = ("SQLITE_ERROR", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG", "SQLITE_RANGE")

BUSY_SECONDS = 10  # how long a second process waits for its turn to write


class Connection(Protocol):
    """One connection, used by one thread at a time."""

    serial: str  # the type of a column that counts rows in the order they came

    def rows(self, sql: str, **values: Any) -> list[Mapping[str, Any]]:
        """The rows that a query gives, columns by name."""

    def run(self, sql: str, **values: Any) -> int:
        """Run a statement that gives no rows; the number of rows it touched."""

    def run_many(self, sql: str, values: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement that gives no rows once for each of the values."""

    def begin(self) -> None:
        """Begin a write transaction, waiting for other writers."""

    def commit(self) -> None:
        """Commit; after it returns, a power cut loses nothing."""

    def rollback(self) -> None:
        """Undo the transaction, if there still is one."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open: some errors end it on their own."""

    def savepoint(self) -> Any:
        """A block that is undone alone when it raises; only inside a transaction."""

    def is_trouble(self, error: BaseException) -> bool:
        """Whether an error is trouble of the database itself (full, busy, damaged), not of what was asked of it."""

    def version(self) -> int:
        """A number that changes when another connection has committed."""

    def close(self) -> None:
        """Close the connection."""


class Sqlite:
    """A connection to an SQLite file: WAL, every commit on the disk, foreign keys held, what is erased gone."""

    serial = "integer primary key autoincrement"

    def __init__(self, path: Path, must_exist: bool = False) -> None:
        mode = "rw" if must_exist else "rwc"
        # isolation_level None: we alone say when a transaction begins. check_same_thread: the writer thread takes over.
        self.raw = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            # secure_delete: what is erased is overwritten, not only marked as free.
            for pragma in ("synchronous = full", "foreign_keys = on", "secure_delete = on"):
                self.raw.execute(f"pragma {pragma}").close()
        except BaseException:
            self.raw.close()
            raise
        self._nesting = 0

    def write_ahead(self) -> None:
        """Let the file keep a log from now on. It changes the file, so only one that is known to be ours."""
        self.raw.execute("pragma journal_mode = wal").close()

    def rows(self, sql: str, **values: Any) -> list[Mapping[str, Any]]:
        """The rows that a query gives, columns by name."""
        with closing(self.raw.execute(sql, values)) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def run(self, sql: str, **values: Any) -> int:
        """Run a statement that gives no rows; the number of rows it touched."""
        with closing(self.raw.execute(sql, values)) as cursor:
            return cursor.rowcount

    def run_many(self, sql: str, values: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement that gives no rows once for each of the values."""
        self.raw.executemany(sql, values).close()

    def begin(self) -> None:
        """Begin a write transaction; waits up to BUSY_SECONDS for other processes."""
        # Immediate: a deferred one would fail at its first write, whatever the timeout, when another has written since.
        self.raw.execute("begin immediate")

    def commit(self) -> None:
        """Commit; after it returns, a power cut loses nothing."""
        self.raw.execute("commit")

    def rollback(self) -> None:
        """Undo the transaction, if there still is one."""
        if self.raw.in_transaction:
            self.raw.execute("rollback")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open: a full disk may end it on its own."""
        return self.raw.in_transaction

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A block that is undone alone when it raises; only inside a transaction."""
        name = f"level{self._nesting}"
        self.raw.execute(f"savepoint {name}")
        self._nesting += 1
        try:
            yield
        except BaseException:
            if self.raw.in_transaction:
                self.raw.execute(f"rollback to {name}")
                self.raw.execute(f"release {name}")
            raise
        else:
            self.raw.execute(f"release {name}")
        finally:
            self._nesting -= 1

    def is_trouble(self, error: BaseException) -> bool:
        """Whether an error is trouble of the database itself (full, busy, damaged), not of what was asked of it."""
        # Those that the Python module finds before it asks SQLite have no such name, and are faults of whoever asked.
        name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
        return isinstance(error, sqlite3.Error) and not name.startswith(_ASKED_WRONGLY)

    def version(self) -> int:
        """A number that changes when another connection has committed."""
        return int(self.raw.execute("pragma data_version").fetchone()[0])

    def close(self) -> None:
        """Close the connection; the last one out moves the log into the file."""
        self.raw.close()
