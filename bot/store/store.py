"""The store as the rest of the bot sees it: open it, hand it jobs, close it."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.pauses import Pauses
from bot.store import schema
from bot.store.dialect import Connection, Sqlite
from bot.store.faults import StoreFault, explained
from bot.store.inbox import Inbox
from bot.store.invitations import Invitations
from bot.store.outbox import Outbox
from bot.store.questions import Questions
from bot.store.sessions import Sessions
from bot.store.writer import Writer

T = TypeVar("T")
log = logging.getLogger(__name__)

# Telegram keeps updates for a day and counts its ids on within a week: later, an id can mean no repetition.
KEEP_ENDED = timedelta(days=7)
KEEP_WRONG_CODES = timedelta(days=1)
# A walk that nobody goes on with for so long ends.
KEEP_WALKS = timedelta(days=7)
GIVEN_UP_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a job sees of the database."""

    inbox: Inbox
    outbox: Outbox
    sessions: Sessions
    connection: Connection

    def forget(self, now: datetime) -> int:
        """Drop what ended long ago: a week for what went well, ninety days for what was given up; how many rows. The
        texts of what was set aside are kept for ninety days too. Kept questions go when their own time is over; that
        somebody typed a wrong code goes after a day, and a walk that nobody went on with after a week."""
        dropped = Invitations(self.connection).forget_wrongs(now - KEEP_WRONG_CODES)
        dropped += self.sessions.end_walks(now - KEEP_WALKS)
        dropped += Questions(self.connection).forget(now) + self.outbox.forget(now - KEEP_ENDED, now - GIVEN_UP_KEPT)
        return dropped + self.inbox.forget(now - KEEP_ENDED, now - GIVEN_UP_KEPT)


class Store:
    """A database file with its one writer thread."""

    def __init__(self, path: Path) -> None:
        """Open `path`, made and brought up to date where needed; StoreFault where that cannot be."""
        self.path = path
        self._connection = open_file(path)
        books = Transaction(
            Inbox(self._connection), Outbox(self._connection), Sessions(self._connection), self._connection
        )
        self._writer = Writer(self._connection, books, self._explained)

    def write(self, job: Callable[[Transaction], T]) -> "Future[T]":
        """Do a job `(transaction) -> result` in the writer's thread; the future ends after the commit.

        It ends with the job's own error, or with StoreFault where the database failed; then nothing of it was done.
        """
        return self._writer.submit(job)

    def persist(self, job: Callable[[Transaction], T]) -> Coroutine[Any, Any, T]:
        """Hand in a job at once; awaiting what is given back waits for the commit, and waits out trouble that may
        pass, such as a full disk. StoreFault only where trying again cannot help."""
        return self._persisted(job, self.write(job))

    async def _persisted(self, job: Callable[[Transaction], T], future: "Future[T]") -> T:
        pauses = Pauses()
        while True:
            try:
                return await asyncio.wrap_future(future)
            except StoreFault as fault:
                if not fault.again:
                    raise
                pause = pauses.next()
                log.error("%s", str(fault), extra={"error": fault.name, "again_in": pause})
                await asyncio.sleep(pause)
            future = self.write(job)

    def fold_log(self) -> None:
        """Move the log beside the file into it and cut it off: it holds copies of what has been erased since."""
        try:
            with closing(Sqlite(self.path, must_exist=True)) as connection:
                connection.raw.execute("pragma wal_checkpoint(truncate)").close()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def close(self) -> None:
        """Finish what was handed in, then close the file."""
        self._writer.close()
        self._connection.close()

    def _explained(self, error: BaseException) -> BaseException:
        if not isinstance(error, sqlite3.Error):
            return error
        fault = explained(error, self.path)
        fault.__cause__ = error
        return fault


def open_file(path: Path, must_exist: bool = False) -> Sqlite:
    """A connection to a database of Jiugai, up to date; StoreFault where there can be none."""
    try:
        if not must_exist:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # what people write is nobody else's business on this machine
        connection = Sqlite(path, must_exist)
        try:
            if taken := schema.bring_up_to_date(connection, path):
                log.info("database brought up to date", extra={"steps": " ".join(taken)})
            connection.write_ahead()  # not before: a file of another program is left as it is
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        unable = sqlite3.OperationalError()
        unable.sqlite_errorname = "SQLITE_CANTOPEN"
        raise explained(unable, path) from error
    return connection
