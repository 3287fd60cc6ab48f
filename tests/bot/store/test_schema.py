import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import Store, StoreFault, schema
from bot.store.dialect import Sqlite
from bot.store.store import open_file
from tests.bot.store.kit import arrival, assert_sentence, at, do, ended, fill, process, seen, states

Step = tuple[str, Callable[[Database], None]]
OURS = schema.STEPS


def add_street(db: Database) -> None:
    db.execute("create table lane (name text primary key)")
    db.execute("insert into lane (name) values ('Guang’anmen')")
    db.execute("alter table session add column street text")


def add_stairs(db: Database) -> None:
    db.execute("create table stairs (number integer)")


def fail_halfway(db: Database) -> None:
    add_street(db)
    db.execute("update session set data = 'changed'")
    raise LookupError("halfway")


def steps(monkeypatch: pytest.MonkeyPatch, *wanted: Step) -> None:
    monkeypatch.setattr(schema, "STEPS", wanted)


def foreign(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refused(path: Path) -> StoreFault:
    with pytest.raises(StoreFault) as fault:
        Store(path).close()
    assert_sentence(fault.value, path)
    return fault.value


def test_a_new_file_has_all_tables_and_says_whose_it_is(path: Path) -> None:
    Store(path).close()
    tables = {name for (name,) in seen(path, "select name from sqlite_master where type = 'table'")}
    assert {"inbox", "outbox", "session", "question", "taught", "silence", "contact"} <= tables
    assert seen(path, "pragma application_id") == [(int.from_bytes(b"JIUG", "big"),)]


def test_an_empty_file_and_a_new_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    Store(tmp_path / "empty.db").close()
    Store(tmp_path / "a" / "b" / "new.db").close()
    assert states(tmp_path / "empty.db") == states(tmp_path / "a" / "b" / "new.db") == {}


def test_opening_again_finds_everything_and_changes_nothing(path: Path) -> None:
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.inbox.add([arrival("1")], at(0)))
    before = path.read_bytes()
    Store(path).close()
    assert path.read_bytes() == before


OPENING = """
import sys
from pathlib import Path
from bot.store import Store
sys.stdin.readline()
Store(Path(sys.argv[1])).close()
"""


def test_a_new_database_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    """Whoever comes second waits for the first; a change of the journal's mode would not, so it comes after."""
    children = [process(OPENING, tmp_path / "new.db") for _ in range(4)]
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        ended(child)


FOREIGN: dict[str, tuple[str, ...]] = {
    "another's id": ("pragma application_id = 7", "create table book (title text)"),
    "another's id alone": ("pragma application_id = 7",),
    "tables without an id": ("create table book (title text)", "insert into book values ('红楼梦')"),
    "tables of our names": ("create table inbox (id text)",),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path, kind: str) -> None:
    foreign(path, *FOREIGN[kind])
    before = path.read_bytes()
    fault = refused(path)
    assert "another program" in str(fault) and not fault.again
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content", [b"no database at all, but a letter\n" * 100, b"xy", b"\0" * 8192, b"SQLite format 3"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_newer_database_is_refused_and_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        steps(newer, *OURS, ("street", add_street))
        Store(path).close()
    before = path.read_bytes()
    assert "newer Jiugai" in str(refused(path))
    assert path.read_bytes() == before


def test_an_older_database_is_brought_up_to_date_with_everything_in_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.inbox.add([arrival("1")], at(0)))
        do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, at(0)))
    steps(monkeypatch, *OURS, ("street", add_street))
    for _ in range(2):
        Store(path).close()
        assert seen(path, "select data, street from session") == [('{"language": "en"}', None)]
        assert seen(path, "select count(*) from lane") == [(1,)]
        assert states(path) == {"1": "open"}


def test_what_was_said_before_there_were_pages_is_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        steps(older, *OURS[:2])
        Store(path).close()
    foreign(
        path,
        "insert into inbox (id, channel, conversation, message, state, due, received) "
        "values ('1', 'post', 'ann', '', 'done', '', '')",
        "insert into outbox (id, inbox, channel, conversation, lane, unasked, kind, question, slot, replaces, state, "
        "message, created) values ('1#0', '1', 'post', 'ann', 'ann', 0, 'send', '', 0, '', 'delivered', '900', '')",
    )
    with closing(Store(path)) as store:
        assert do(store, lambda tx: tx.outbox.shown("ann", "900")) == []
    assert seen(path, "select id, message, page from outbox") == [("1#0", "900", 0)]


def test_a_step_that_fails_midway_changes_nothing_not_even_by_the_steps_before_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, at(0)))
    before = path.read_bytes()
    with monkeypatch.context() as newer:
        steps(newer, *OURS, ("stairs", add_stairs), ("bad", fail_halfway))
        with pytest.raises(LookupError):
            Store(path)
    assert path.read_bytes() == before
    Store(path).close()


def test_a_new_file_whose_first_step_fails_is_as_good_as_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        steps(broken, *OURS, ("bad", fail_halfway))
        with pytest.raises(LookupError):
            Store(path)
    Store(path).close()
    assert states(path) == {}


def test_what_is_pending_is_told_without_changing_anything(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    before = path.read_bytes()
    steps(monkeypatch, *OURS, ("street", add_street))
    with closing(Sqlite(path, must_exist=True)) as connection:
        assert schema.pending(connection, path) == ["street"]
    assert path.read_bytes() == before


def test_where_no_file_can_be_one_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "file").write_text("in the way")
    assert refused(tmp_path / "folder.db").name.startswith("SQLITE_CANTOPEN")
    assert refused(tmp_path / "file" / "street.db").name == "SQLITE_CANTOPEN"
    assert refused(tmp_path / ("long" * 100)).name == "SQLITE_CANTOPEN"
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_database_that_must_exist_is_not_made(path: Path) -> None:
    with pytest.raises(StoreFault):
        open_file(path, must_exist=True)
    assert not path.exists()


@pytest.mark.parametrize("age", ["current", "older"])
def test_a_file_that_cannot_be_written_is_told_so_at_the_first_write(
    path: Path, monkeypatch: pytest.MonkeyPatch, age: str
) -> None:
    """A file's rights do not stop root, who may run the tests; the way of opening does."""
    Store(path).close()
    if age == "older":
        steps(monkeypatch, *OURS, ("street", add_street))
    connect = sqlite3.connect

    def reading(name: str, **more: object) -> sqlite3.Connection:
        return connect(name.replace("mode=rwc", "mode=ro"), **more)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("bot.store.dialect.sqlite3.connect", reading)
    with pytest.raises(StoreFault) as fault, closing(Store(path)) as store:
        do(store, lambda tx: tx.inbox.add([arrival("1")], at(0)))
    assert_sentence(fault.value, path)
    assert fault.value.name == "SQLITE_READONLY" and not fault.value.again


@pytest.mark.parametrize("age", ["new", "older"])
def test_a_full_disk_at_the_opening_is_told_and_leaves_a_file_that_opens_later(
    path: Path, monkeypatch: pytest.MonkeyPatch, age: str
) -> None:
    if age == "older":
        Store(path).close()
        steps(monkeypatch, *OURS, ("street", add_street), ("stairs", add_stairs))
    before = path.read_bytes() if age == "older" else b""
    connect = sqlite3.connect

    def full(*args: object, **more: object) -> sqlite3.Connection:
        connection = connect(*args, **more)  # type: ignore[call-overload]
        fill(connection, spare=2 if age == "new" else 1)
        return connection  # type: ignore[no-any-return]

    with monkeypatch.context() as disk:
        disk.setattr("bot.store.dialect.sqlite3.connect", full)
        fault = refused(path)
    assert fault.name == "SQLITE_FULL" and fault.again
    assert path.read_bytes() == before
    Store(path).close()
    assert states(path) == {}


def test_a_damaged_file_is_found_by_the_check(path: Path) -> None:
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.inbox.add([arrival(str(n), payload="x" * 500) for n in range(200)], at(0)))
    whole = path.read_bytes()
    path.write_bytes(whole[:20480] + os.urandom(4096) + whole[24576:])
    with closing(Sqlite(path, must_exist=True)) as connection, pytest.raises(sqlite3.DatabaseError) as found:
        schema.check(connection)
    assert connection.is_trouble(found.value)


def test_a_foreign_key_that_points_nowhere_is_found_by_the_check(path: Path) -> None:
    Store(path).close()
    foreign(
        path,
        """
        insert into outbox (id, inbox, channel, conversation, lane, unasked, kind, question, slot, replaces, state,
                            created) values ('1#0', '1', 'post', 'ann', 'ann', 0, 'send', '', 0, '', 'open', '')
        """,
    )
    with closing(Sqlite(path, must_exist=True)) as connection, pytest.raises(sqlite3.DatabaseError):
        schema.check(connection)
