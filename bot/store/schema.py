"""The schema: the tables, as a list of migrations that only ever grows, and what to do with databases of other ages.

Inside one write transaction: a database is brought up to date wholly or not at all.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.store import tables
from bot.store.dialect import Sqlite
from bot.store.faults import StoreFault

# Stands in the file's head and tells our databases from those of other programs: "JIUG".
APPLICATION = 0x4A495547


def _tables(statements: Sequence[str]) -> Callable[[Database], None]:
    """The step that makes or changes tables."""

    def step(db: Database) -> None:
        for statement in statements:
            db.execute(statement.format(serial=Sqlite.serial))

    return step


# Names never change once they are out: they are how a database tells its age.
STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("frame", _tables(tables.FRAME)),
    ("office", _tables(tables.OFFICE)),
    ("pages", _tables(tables.PAGES)),
    ("book", _tables(tables.BOOK)),
)


def bring_up_to_date(connection: Sqlite, path: Path) -> list[str]:
    """Bring a database to this version's tables; the names of the steps that were taken.

    StoreFault, with nothing changed, where the file belongs to another program or to a newer Jiugai.
    """
    connection.begin()
    try:
        steps = pending(connection, path)
        if steps:
            db = _database(connection)
            db.execute(f"pragma application_id = {APPLICATION}")
            _migrations().apply(db)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return steps


def pending(connection: Sqlite, path: Path) -> list[str]:
    """The names of the steps that a database still lacks; StoreFault where it is another program's, or newer."""
    db = _database(connection)
    application = int(db.execute("pragma application_id").fetchone()[0])
    if application != APPLICATION and (application or db.table_names()):
        raise StoreFault(
            f"{path} 是别的程序的数据库，没有动它。请用 JIUGAI_DATABASE 指到别的文件。 "
            f"{path} belongs to another program and was left alone. Let JIUGAI_DATABASE name another file."
        )
    migrations = _migrations()
    known = {name for name, _ in STEPS}
    if any(applied.name not in known for applied in migrations.applied(db)):
        raise StoreFault(
            f"{path} 是更新版本的旧改助手写的，没有动它。请升级旧改助手再启动。 "
            f"{path} was written by a newer Jiugai and was left alone. Update Jiugai and start again."
        )
    return [step.name for step in migrations.pending(db)]


def _database(connection: Sqlite) -> Database:
    # Plugins are for sqlite-utils' own command line.
    return Database(connection.raw, execute_plugins=False)


def _migrations() -> Migrations:
    migrations = Migrations("jiugai")
    for name, step in STEPS:
        migrations(name=name)(step)
    return migrations


def check(connection: Sqlite) -> None:
    """sqlite3.DatabaseError where the file's pages or its foreign keys do not hold together."""
    if [row[0] for row in connection.raw.execute("pragma integrity_check")] != ["ok"]:
        raise _corrupt()
    if connection.raw.execute("pragma foreign_key_check").fetchone():
        raise _corrupt()


def _corrupt() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("integrity check failed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error
