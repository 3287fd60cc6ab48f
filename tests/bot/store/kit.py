"""What the tests of the store share: times, arrivals, connections that can be held up, and other processes."""

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.store import Arrival, Store, Transaction
from bot.store.dialect import Sqlite
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.sessions import Sessions
from bot.store.store import open_file
from tests.kit import ROOT, environment

T = TypeVar("T")
NOON = datetime(2018, 6, 11, 12, tzinfo=UTC)
PATIENCE = 60  # seconds until a test that hangs is given up


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def arrival(id: str, conversation: str = "ann", channel: str = "post", **more: str) -> Arrival:
    return Arrival(id, channel, conversation, more.pop("payload", f"what {id} says"), **more)


def do(store: Store, job: Callable[[Transaction], T]) -> T:
    """Do a job and wait for its end."""
    return store.write(job).result(PATIENCE)


@contextmanager
def transaction(path: Path) -> Iterator[Transaction]:
    """A transaction without a thread, undone at the end."""
    with closing(open_file(path)) as connection:
        connection.begin()
        yield books(connection)
        connection.rollback()


def books(connection: Sqlite) -> Transaction:
    return Transaction(Inbox(connection), Outbox(connection), Sessions(connection), connection)


def seen(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What somebody else sees of a database."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def states(path: Path, table: str = "inbox") -> dict[str, str]:
    return dict(seen(path, f"select id, state from {table}"))


class Watched(Sqlite):
    """A connection that counts commits, can be held up before it begins or commits, and fails when told to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.commits = 0
        self.failing: dict[str, BaseException] = {}
        self.reached = {"begin": threading.Event(), "commit": threading.Event()}
        self.free = {"begin": threading.Event(), "commit": threading.Event()}
        for event in self.free.values():
            event.set()

    def hold(self, step: str) -> None:
        self.reached[step].clear()
        self.free[step].clear()

    def begin(self) -> None:
        self._step("begin")
        super().begin()

    def commit(self) -> None:
        self._step("commit")
        super().commit()
        self.commits += 1

    def _step(self, step: str) -> None:
        self.reached[step].set()
        assert self.free[step].wait(PATIENCE)
        if error := self.failing.pop(step, None):
            raise error


def trouble(name: str) -> sqlite3.OperationalError:
    """An error of SQLite's by its name, its message a person's words."""
    error = sqlite3.OperationalError("near 'Mrs Wang, flat 401': what SQLite says")
    error.sqlite_errorname = name
    return error


def fill(connection: sqlite3.Connection, spare: int = 0) -> None:
    """Let the disk be full but for some pages."""
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages + spare}").close()


def make_room(connection: sqlite3.Connection) -> None:
    connection.execute("pragma max_page_count = 1000000").close()


def process(code: str, *words: object) -> subprocess.Popen[str]:
    """Another process that runs this code over these words."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(child: "subprocess.Popen[str]") -> str:
    """What a process wrote that ended well."""
    out, err = child.communicate("", timeout=PATIENCE)
    assert child.returncode == 0, err
    return out


def assert_sentence(error: BaseException, path: Path) -> None:
    """One clear sentence in each language, each with the path, nothing of SQLite's own words."""
    sentence = str(error)
    assert re.search("[\u4e00-\u9fff]", sentence) and re.search("[A-Za-z]{3} [a-z]{3}", sentence), sentence
    assert sentence.count(str(path)) == 2, sentence
    assert "Wang" not in sentence and "\n" not in sentence
