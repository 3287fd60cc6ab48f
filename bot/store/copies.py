"""Copies: backup and restore of a database that is in use. Both end with a look at every ledger.

A restore takes everything back to the backup but one thing: what has come in or gone out since. Those rows of inbox
and outbox stay as they are, so that nothing is answered a second time; rows that only the backup has come back. Of
those that wait in the backup, some may have ended and been forgotten since: what is old enough for that waits no more.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.store import schema, soundness
from bot.store.dialect import Sqlite
from bot.store.faults import StoreFault, explained
from bot.store.soundness import Soundness
from bot.store.store import KEEP_ENDED, open_file
from bot.times import iso

# What was sent or received cannot be taken back by a restore; parents first, as foreign keys want it.
_KEPT = ("inbox", "outbox")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: its size in bytes, and how its ledgers are."""

    size: int
    ledgers: Soundness


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was taken back: where what was there before is kept (None: there was nothing), and how the ledgers
    are now."""

    before: Path | None
    ledgers: Soundness


def back_up(database: Path, target: Path) -> BackedUp:
    """Copy the database as it stands at one moment to `target`, checked and on the disk.

    A file that is there already is only replaced by a whole, sound copy. One with damaged ledgers is made where none
    is yet: it still holds all the rest. StoreFault where it cannot be.
    """
    if not _exists(database):
        raise _missing(database)
    if _exists(target) and target.samefile(database):
        raise StoreFault(
            f"{target} 就是正在用的数据库。请给备份另起一个文件名。 "
            f"{target} is the database itself. Give the backup another name."
        )
    with _explaining(target), _beside(target) as copy:
        with _explaining(database), closing(open_file(database, must_exist=True)) as source:
            _copied(source.raw, copy)
            with closing(Sqlite(copy, must_exist=True)) as made:
                schema.check(made)
                ledgers = soundness.look(made)
        if ledgers.damaged and _exists(target):
            raise StoreFault(
                f"征询 {_ids(ledgers)} 的流水损坏了，没有动 {target}；请备份到新的文件名，并查明原因。 "
                f"The ledgers of {_ids(ledgers)} are damaged; {target} was left alone: back up to a new name, and look "
                f"into it."
            )
        with open(copy, "rb+") as file:
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        os.replace(copy, target)
    return BackedUp(size, ledgers)


def restore(database: Path, backup: Path, now: datetime, damaged: bool = False) -> Restored:
    """Bring the database back to a backup, in one transaction, also while a bot is running on it.

    What was there before is copied to a file beside it. StoreFault, with nothing changed, where the backup is missing,
    damaged, foreign or newer than this program; where only ledgers are damaged, `damaged` takes it all the same.
    """
    if not _exists(backup):
        raise _missing(backup)
    before = None
    with _explaining(database):
        database.parent.mkdir(parents=True, exist_ok=True)
    # On a copy, so that an older backup can be brought up to date without being touched itself.
    with _explaining(database), _beside(database) as copy:
        with _explaining(backup), closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source:
            _copied(source, copy)
        with _explaining(backup), closing(Sqlite(copy, must_exist=True)) as old:
            if not _is_ours(old):
                raise StoreFault(
                    f"{backup} 不是旧改助手的备份，什么都没有改。 {backup} is no backup of Jiugai; nothing was changed."
                )
            schema.bring_up_to_date(old, backup)
            schema.check(old)
        if database.exists():
            before = _free(database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}"))
            back_up(database, before)
        with closing(open_file(database)) as current:
            current.run("attach database :copy as backup", copy=str(copy))
            current.begin()
            try:
                current.run("pragma defer_foreign_keys = on")
                if before:
                    _forgotten(current, now - KEEP_ENDED)
                with _without_triggers(current):
                    _taken_back(current)
                ledgers = soundness.look(current)
                if ledgers.damaged and not damaged:
                    raise StoreFault(
                        f"备份 {backup} 里征询 {_ids(ledgers)} 的流水损坏了，什么都没有改；别无备份可加 --damaged。 "
                        f"In {backup} the ledgers of {_ids(ledgers)} are damaged; nothing was changed. If there is no "
                        f"better backup, add --damaged."
                    )
                current.commit()
            except BaseException:
                current.rollback()
                raise
    return Restored(before, ledgers)


@contextmanager
def _without_triggers(current: Sqlite) -> Iterator[None]:
    """A ledger is only added to, and its triggers see to it; but a restore takes everything back. They are away only
    within its transaction."""
    triggers = current.rows("select name, sql from main.sqlite_master where type = 'trigger'")
    for trigger in triggers:
        current.run(f"drop trigger main.{trigger['name']}")
    yield
    for trigger in triggers:
        current.run(trigger["sql"])


def _ids(ledgers: Soundness) -> str:
    return ", ".join(damaged.ballot for damaged in ledgers.damaged)


def _forgotten(current: Sqlite, before: datetime) -> None:
    """End what waits in the backup since before this time and is not here: here it ended, and was forgotten. But not
    what the clock reminds of: the ballots are taken back, too, and a close that is due has to come."""
    for sql in (
        "update backup.inbox set state = 'done', payload = null, reason = 'restored', done = received "
        "where state = 'open' and received < :before and channel != 'clock' and id not in (select id from main.inbox)",
        "update backup.outbox set state = 'unknown', payload = null, reason = 'restored', settled = created "
        "where state = 'open' and created < :before and id not in (select id from main.outbox)",
    ):
        current.run(sql, before=iso(before))


def _taken_back(current: Sqlite) -> None:
    # What the clock reminded of here may be due once more: a ballot that was closed since is open again.
    current.run("delete from main.inbox where channel = 'clock'")
    tables = [
        row["name"]
        for row in current.rows(
            # sqlite_… and _sqlite_migrations are the database's own and already as this program wants them.
            "select name from backup.sqlite_master where type = 'table' and name not like '%sqlite%'"
        )
    ]
    for table in [*_KEPT, *(table for table in tables if table not in _KEPT)]:
        columns = [row["name"] for row in current.rows(f"select name from pragma_table_info('{table}', 'backup')")]
        if table in _KEPT:
            # The order of arrival is counted anew, or two rows of different histories could claim one place.
            columns.remove("seq")
            fresh = f"where id not in (select id from main.{table})"
        else:
            current.run(f"delete from main.{table}")
            fresh = ""
        names = ", ".join(columns)
        current.run(f"insert into main.{table} ({names}) select {names} from backup.{table} {fresh} order by rowid")


def _copied(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # A plain file of its own, without a log beside it: it can be carried away as it is.
        copy.execute("pragma journal_mode = delete").close()


def _is_ours(connection: Sqlite) -> bool:
    return bool(connection.raw.execute("pragma application_id").fetchone()[0] == schema.APPLICATION)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file beside `path`, gone at the end unless it was moved."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (name, f"{name}-wal", f"{name}-shm", f"{name}-journal"):
            Path(left).unlink(missing_ok=True)


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        raise StoreFault(
            f"{path}：{error.strerror}。请检查文件夹和权限。 {path}: {error.strerror}. Check the folder and its rights."
        ) from error


def _exists(path: Path) -> bool:
    with _explaining(path):
        return path.exists()


def _free(path: Path) -> Path:
    """This path, or where a file is there already, one like it."""
    names = (path.with_name(f"{path.name}-{n}") for n in count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _missing(path: Path) -> StoreFault:
    return StoreFault(f"没有这个文件：{path}。请检查路径。 There is no file {path}. Check the path.")
