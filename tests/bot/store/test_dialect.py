import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.dialect import Sqlite
from tests.bot.store.kit import arrival, at, do, fill, seen, trouble


@pytest.fixture
def connection(path: Path) -> Iterator[Sqlite]:
    with closing(Sqlite(path)) as opened:
        opened.write_ahead()
        opened.run("create table house (id integer primary key)")
        opened.run("create table flat (house integer not null references house (id))")
        yield opened


def pragma(connection: Sqlite, name: str) -> object:
    return connection.raw.execute(f"pragma {name}").fetchone()[0]


def test_a_store_writes_ahead_every_commit_to_the_disk_and_holds_foreign_keys(store: Store, path: Path) -> None:
    def settings(name: str) -> object:
        return do(store, lambda tx: tx.connection.rows(f"pragma {name}")[0][name])

    assert [settings("journal_mode"), settings("synchronous"), settings("foreign_keys")] == ["wal", 2, 1]


def test_foreign_keys_are_really_held(connection: Sqlite) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.run("insert into flat (house) values (7)")


def test_rows_come_by_name_and_statements_tell_what_they_touched(connection: Sqlite) -> None:
    assert connection.run("insert into house (id) values (:a), (:b)", a=1, b=2) == 2
    assert connection.rows("select id, id * 2 as twice from house where id > :least", least=1) == [
        {"id": 2, "twice": 4}
    ]
    assert connection.run("update house set id = 9 where id = 8") == 0


def test_a_savepoint_undoes_only_itself_however_deep(connection: Sqlite) -> None:
    connection.begin()
    connection.run("insert into house (id) values (1)")
    with connection.savepoint():
        connection.run("insert into house (id) values (2)")
        with pytest.raises(LookupError), connection.savepoint():
            connection.run("insert into house (id) values (3)")
            with connection.savepoint():
                connection.run("insert into house (id) values (4)")
            raise LookupError
        connection.run("insert into house (id) values (5)")
    connection.commit()
    assert [row["id"] for row in connection.rows("select id from house")] == [1, 2, 5]


def test_rolling_back_twice_is_no_error(connection: Sqlite) -> None:
    connection.begin()
    connection.run("insert into house (id) values (1)")
    connection.rollback()
    connection.rollback()
    assert not connection.in_transaction
    assert connection.rows("select id from house") == []


@pytest.mark.parametrize(
    "name", "FULL BUSY BUSY_SNAPSHOT CORRUPT CORRUPT_INDEX NOTADB IOERR IOERR_WRITE READONLY CANTOPEN NOMEM".split()
)
def test_trouble_is_what_the_database_suffers(connection: Sqlite, name: str) -> None:
    assert connection.is_trouble(trouble(f"SQLITE_{name}"))


def test_a_full_disk_is_trouble(connection: Sqlite) -> None:
    fill(connection.raw)
    with pytest.raises(sqlite3.OperationalError) as full:
        connection.run("create table more (id integer)")
    assert connection.is_trouble(full.value)


def test_a_database_that_is_held_is_trouble(connection: Sqlite, path: Path) -> None:
    connection.raw.execute("pragma busy_timeout = 0").close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(sqlite3.OperationalError) as busy:
            connection.begin()
    assert connection.is_trouble(busy.value)


ASKED_WRONGLY: dict[str, Callable[[Sqlite], object]] = {
    "a statement that is none": lambda c: c.run("inser into house"),
    "a table that is none": lambda c: c.rows("select 1 from castle"),
    "a foreign key": lambda c: c.run("insert into flat (house) values (7)"),
    "not null": lambda c: c.run("insert into flat (house) values (null)"),
    "a key met twice": lambda c: c.run("insert into house (id) values (1), (1)"),
    "a word for a number": lambda c: c.run("insert into house (id) values ('first')"),
    "a value of no type it knows": lambda c: c.run("insert into house (id) values (:id)", id=object()),
    "a number that does not fit": lambda c: c.run("insert into house (id) values (:id)", id=2**70),
    "a value missing": lambda c: c.run("insert into house (id) values (:id)"),
    "half a character": lambda c: c.run("insert into house (id) values (:id)", id="\ud800"),
    "a value that is too long": lambda c: c.rows("select zeroblob(2000000000) || 'x' as it"),
}


@pytest.mark.parametrize("wrong", ASKED_WRONGLY)
def test_what_was_asked_wrongly_is_no_trouble(connection: Sqlite, wrong: str) -> None:
    with pytest.raises((sqlite3.Error, OverflowError, UnicodeError)) as error:
        ASKED_WRONGLY[wrong](connection)
    assert not connection.is_trouble(error.value)


def test_errors_of_others_are_no_trouble(connection: Sqlite) -> None:
    assert not connection.is_trouble(LookupError())
    assert not connection.is_trouble(OSError(28, "No space left on device"))


def test_the_version_changes_when_another_has_committed_and_only_then(connection: Sqlite, path: Path) -> None:
    before = connection.version()
    connection.run("insert into house (id) values (1)")
    assert connection.version() == before
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("insert into house (id) values (2)")
    assert connection.version() != before


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_nobody_else_on_the_machine_can_read_what_people_write(path: Path) -> None:
    """Under the most open umask; SQLite gives the files beside the database its rights."""
    before = os.umask(0)
    try:
        store = Store(path)
        do(store, lambda tx: tx.inbox.add([arrival("1")], at(0)))
    finally:
        os.umask(before)
    files = list(path.parent.glob("street.db*"))
    assert {file.name for file in files} == {"street.db", "street.db-wal", "street.db-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    store.close()


def test_closing_leaves_one_file_with_everything_in_it(path: Path) -> None:
    store = Store(path)
    do(store, lambda tx: tx.inbox.add([arrival("1")], at(0)))
    store.close()
    assert [file.name for file in path.parent.glob("street.db*")] == ["street.db"]
    assert seen(path, "select id from inbox") == [("1",)]
