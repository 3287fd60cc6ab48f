import json
import os
import signal
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import Call, Store, StoreFault, Transaction, schema
from bot.store.copies import back_up, restore
from tests.bot.store.kit import NOON, PATIENCE, arrival, assert_sentence, at, do, ended, process, seen, states


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of its own, to see what is left in it."""
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies" / "monday.db"


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a database holds, but for the numbers that count rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("begin")
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in ("inbox", "outbox", "session"):
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] != "seq"]
            found[table] = sorted(connection.execute(f"select {', '.join(columns)} from {table}").fetchall(), key=repr)
        connection.rollback()
    return found


def assert_no_parts(*folders: Path) -> None:
    for folder in folders:
        assert not [file.name for file in folder.iterdir() if ".part" in file.name]


def assert_sound(path: Path) -> None:
    assert seen(path, "pragma integrity_check") == [("ok",)] and seen(path, "pragma foreign_key_check") == []


def refused(path: Path, told: Path, backup: Path | None = None, target: Path | None = None) -> str:
    """The sentence that refuses a backup or a restore, with nothing changed and nothing left behind."""
    before = _files(path.parent)
    with pytest.raises(StoreFault) as fault:
        if backup is not None:
            restore(path, backup, NOON)
        elif target is not None:
            back_up(path, target)
    assert_sentence(fault.value, told)
    assert _files(path.parent) == before
    return str(fault.value)


def _files(folder: Path) -> dict[Path, bytes]:
    """Files and what is in them; an empty log is what SQLite leaves beside a file that it has only read."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return {file: held for file in files if (held := file.read_bytes()) or not file.name.endswith("-wal")}


def received(store: Store, *ids: str) -> None:
    do(store, lambda tx: tx.inbox.add([arrival(id, conversation=f"of {id}") for id in ids], NOON))


def answered(store: Store, *ids: str, delivered: bool = True) -> None:
    def job(tx: Transaction) -> None:
        for id in ids:
            tx.inbox.done(id, NOON)
            tx.sessions.save(f"of {id}", {"answered": id}, NOON)
            tx.outbox.add(id, "post", f"of {id}", [Call("ann", f"reply to {id}")], NOON)
            if delivered:
                tx.outbox.settle(f"{id}#0", "delivered", NOON, message="900")

    do(store, job)


# ---- backup ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_whole_file_that_nobody_else_can_read(store: Store, path: Path, copy: Path) -> None:
    received(store, "1", "2")
    answered(store, "1")
    size = back_up(path, copy).size
    assert [file.name for file in copy.parent.iterdir()] == ["monday.db"]
    assert size == copy.stat().st_size
    assert content(copy) == content(path)
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_needs_no_log_beside_it(store: Store, path: Path, copy: Path) -> None:
    """So it can be carried away as it is, and read from where nothing can be written."""
    back_up(path, copy)
    assert seen(copy, "pragma journal_mode") == [("delete",)]


def test_a_backup_holds_one_moment_while_somebody_writes_all_the_time(store: Store, path: Path, copy: Path) -> None:
    """Each job writes two rows; a copy of two moments would hold one without the other."""
    stop = threading.Event()
    counted = 0

    def keep_writing() -> None:
        nonlocal counted
        while not stop.is_set():
            n, counted = counted, counted + 1
            future = store.write(
                lambda tx, n=n: (  # type: ignore[misc]
                    tx.inbox.add([arrival(f"in {n}", payload="x" * 3000)], NOON),
                    tx.sessions.save(f"in {n}", {"pad": "x" * 3000}, NOON),
                )
            )
            if n % 5 == 0:
                future.result(PATIENCE)

    thread = threading.Thread(target=keep_writing)
    thread.start()
    sizes = []
    try:
        for n in range(5):
            target = copy.with_name(f"{n}.db")
            back_up(path, target)
            assert_sound(target)
            rows = [id for (id,) in seen(target, "select id from inbox")]
            assert sorted(rows) == sorted(id for (id,) in seen(target, "select conversation from session"))
            sizes.append(len(rows))
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert sizes == sorted(sizes)


def test_a_backup_takes_the_place_of_an_earlier_one(store: Store, path: Path, copy: Path) -> None:
    copy.write_text("the backup of last week")
    received(store, "1")
    back_up(path, copy)
    assert states(copy) == {"1": "open"}
    assert_no_parts(copy.parent)


def test_a_backup_that_cannot_be_finished_leaves_the_earlier_one(
    store: Store, path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.write_text("the backup of last week")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.store.copies.os.fsync", full)
    refused(path, copy, target=copy)
    assert copy.read_text() == "the backup of last week"


def test_a_damaged_database_does_not_take_the_place_of_a_good_backup(store: Store, path: Path, copy: Path) -> None:
    received(store, *[str(n) for n in range(300)])
    store.close()
    back_up(path, copy)
    whole = path.read_bytes()
    path.write_bytes(whole[:20480] + os.urandom(4096) + whole[24576:])
    assert "damaged" in refused(path, path, target=copy)


def test_a_backup_onto_the_database_itself_is_refused(store: Store, path: Path, tmp_path: Path) -> None:
    refused(path, path, target=path)
    (tmp_path / "link.db").symlink_to(path)
    refused(path, tmp_path / "link.db", target=tmp_path / "link.db")


def test_there_is_no_backup_of_what_is_not_there_or_not_ours(path: Path, copy: Path) -> None:
    refused(path, path, target=copy)
    path.write_bytes(b"Dear office,\n" * 100)
    refused(path, path, target=copy)
    assert list(copy.parent.iterdir()) == []


def test_where_a_backup_cannot_be_written_one_sentence_says_so(store: Store, path: Path, copy: Path) -> None:
    copy.mkdir()
    for target in (copy, path / "below" / "a.db", copy / "none" / "a.db", copy / ("long" * 100)):
        refused(path, target, target=target)


# ---- restore --------------------------------------------------------------------------------------------------------


def test_a_restore_brings_back_what_was_remembered_and_leaves_what_came_and_went_since(
    store: Store, path: Path, copy: Path
) -> None:
    received(store, "old", "waiting")
    answered(store, "old")
    do(store, lambda tx: tx.sessions.save("of old", {"language": "en"}, NOON))
    back_up(path, copy)
    answered(store, "waiting")
    received(store, "new", "newer")
    answered(store, "new", delivered=False)
    do(store, lambda tx: tx.sessions.save("of old", {"language": "zh"}, NOON))
    before = content(path)
    restore(path, copy, NOON)
    after = content(path)
    assert states(path) == {"old": "done", "waiting": "done", "new": "done", "newer": "open"}
    assert states(path, "outbox") == {"old#0": "delivered", "waiting#0": "delivered", "new#0": "open"}
    assert (after["inbox"], after["outbox"]) == (before["inbox"], before["outbox"])
    assert after["session"] == content(copy)["session"]
    assert_sound(path)
    assert_no_parts(path.parent, copy.parent)


def test_a_restore_is_seen_by_whoever_has_the_database_open(store: Store, path: Path, copy: Path) -> None:
    do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, NOON))
    back_up(path, copy)
    do(store, lambda tx: tx.sessions.save("ann", {"language": "zh"}, NOON))
    version = do(store, lambda tx: tx.connection.version())
    restore(path, copy, NOON)
    assert do(store, lambda tx: tx.connection.version()) != version
    assert do(store, lambda tx: tx.sessions.load("ann")) == {"language": "en"}
    received(store, "after")
    assert states(path) == {"after": "open"}


def test_rows_that_only_the_backup_has_come_back_behind_those_that_are_there(
    store: Store, path: Path, copy: Path
) -> None:
    received(store, "lost", "answered")
    answered(store, "answered", delivered=False)
    back_up(path, copy)
    store.close()
    path.unlink()
    with closing(Store(path)) as anew:
        received(anew, "present", "answered")
        restore(path, copy, NOON)
        assert states(path) == {"present": "open", "answered": "open", "lost": "open"}
        assert [id for (id,) in seen(path, "select id from inbox order by seq")] == ["present", "answered", "lost"]
        assert states(path, "outbox") == {"answered#0": "open"}
        assert_sound(path)
        received(anew, "next")
        assert seen(path, "select id from inbox order by seq desc limit 1") == [("next",)]


def test_what_ended_and_was_forgotten_since_does_not_come_back_to_be_done_again(
    store: Store, path: Path, copy: Path
) -> None:
    """The backup holds it as open, and the database knows no more of it than that it is old."""
    received(store, "asked", "replied")
    answered(store, "replied", delivered=False)
    back_up(path, copy)
    answered(store, "asked")
    do(store, lambda tx: tx.outbox.settle("replied#0", "delivered", NOON))
    later = NOON + timedelta(days=8)
    assert do(store, lambda tx: tx.forget(later)) == 4
    restore(path, copy, later)
    assert "open" not in {**states(path), **states(path, "outbox")}.values()
    assert seen(path, "select id from inbox where payload is not null") == []
    assert seen(path, "select id from outbox where payload is not null") == []
    assert_sound(path)


def test_a_restore_into_nothing_brings_everything_back_as_it_was(store: Store, path: Path, copy: Path) -> None:
    """Moving to another machine: what waits there is answered here, however long the way was."""
    received(store, "1", "2", "3")
    answered(store, "2", delivered=False)
    back_up(path, copy)
    elsewhere = path.parent / "new" / "place.db"
    assert restore(elsewhere, copy, NOON + timedelta(days=30)).before is None
    assert content(elsewhere) == content(path)
    assert [id for (id,) in seen(elsewhere, "select id from inbox order by seq")] == ["1", "2", "3"]
    assert_no_parts(elsewhere.parent)
    if os.name == "posix":
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


def test_what_was_there_before_a_restore_is_kept_and_can_itself_be_restored(
    store: Store, path: Path, copy: Path
) -> None:
    do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, NOON))
    back_up(path, copy)
    do(store, lambda tx: tx.sessions.save("ann", {"language": "zh"}, NOON))
    before = restore(path, copy, NOON).before
    assert before and before.parent == path.parent and before.name.startswith(path.name)
    assert do(store, lambda tx: tx.sessions.load("ann")) == {"language": "en"}
    again = restore(path, before, NOON).before
    assert do(store, lambda tx: tx.sessions.load("ann")) == {"language": "zh"}
    assert again and again != before
    assert seen(before, "select data from session") == [('{"language": "zh"}',)]
    assert seen(again, "select data from session") == [('{"language": "en"}',)]


def add_street(db: Database) -> None:
    db.execute("create table lane (name text primary key, inbox text references inbox (id))")
    db.execute("create table gate (street text not null references lane (name))")
    db.execute("alter table session add column street text not null default 'Guang’anmen'")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("street", add_street)))
    return monkeypatch


def test_an_older_backup_is_brought_up_to_date_without_being_touched(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, NOON))
        back_up(path, copy)
    kept = copy.read_bytes()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("street", add_street)))
    with closing(Store(path)) as store:
        do(store, lambda tx: tx.connection.run("insert into lane (name) values ('new')"))
        restore(path, copy, NOON)
        assert seen(path, "select data, street from session") == [('{"language": "en"}', "Guang’anmen")]
        assert seen(path, "select name from lane") == []
    assert copy.read_bytes() == kept


def test_tables_that_came_later_are_taken_back_too(path: Path, copy: Path, newer: pytest.MonkeyPatch) -> None:
    """Also where a row of them points at what arrived: everything is in its place at the commit."""
    with closing(Store(path)) as store:
        received(store, "1")
        do(store, lambda tx: tx.connection.run("insert into lane (name, inbox) values ('kept', '1'), ('lost', null)"))
        do(store, lambda tx: tx.connection.run("insert into gate (street) values ('kept')"))
        back_up(path, copy)
        do(store, lambda tx: tx.connection.run("update lane set inbox = null"))
        do(store, lambda tx: tx.connection.run("update gate set street = 'lost'"))
        restore(path, copy, NOON)
        assert seen(path, "select name, inbox from lane") == [("kept", "1"), ("lost", None)]
        assert seen(path, "select street from gate") == [("kept",)]


def test_a_backup_that_is_newer_damaged_foreign_or_missing_is_refused_with_nothing_changed(
    store: Store, path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(store, *[str(n) for n in range(300)])
    back_up(path, copy)
    whole = copy.read_bytes()
    folder = copy.parent
    with closing(sqlite3.connect(folder / "foreign.db")) as foreign:
        foreign.execute("create table inbox (id text)")
    (folder / "letter.db").write_bytes(b"Dear office,\n" * 100)
    (folder / "empty.db").touch()
    (folder / "half.db").write_bytes(whole[: len(whole) // 2])
    (folder / "damaged.db").write_bytes(whole[:20480] + os.urandom(4096) + whole[24576:])
    (folder / "folder.db").mkdir()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "STEPS", (*schema.STEPS, ("street", add_street)))
        Store(folder / "newer.db").close()
    for name in "foreign letter empty half damaged folder newer missing".split():
        refused(path, folder / f"{name}.db", backup=folder / f"{name}.db")
    refused(path, folder / ("long" * 100), backup=folder / ("long" * 100))
    assert_no_parts(path.parent, folder)
    received(store, "still usable")


def test_a_restore_onto_a_database_of_another_program_is_refused(store: Store, path: Path, copy: Path) -> None:
    back_up(path, copy)
    other = path.parent / "other" / "books.db"
    other.parent.mkdir()
    with closing(sqlite3.connect(other)) as foreign:
        foreign.execute("create table book (title text)")
    refused(other, other, backup=copy)


def test_a_restore_to_where_no_file_can_be_is_refused(store: Store, path: Path, copy: Path) -> None:
    back_up(path, copy)
    (path.parent / "file").write_text("in the way")
    for place in (path.parent / "file" / "street.db", copy / "below" / "street.db"):
        with pytest.raises(StoreFault) as fault:
            restore(place, copy, NOON)
        assert_sentence(fault.value, place)


def test_a_restore_that_fails_midway_changes_nothing(
    store: Store, path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(store, lambda tx: tx.sessions.save("ann", {"language": "en"}, NOON))
    back_up(path, copy)
    do(store, lambda tx: tx.sessions.save("ann", {"language": "zh"}, NOON))
    before = content(path)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError

    with monkeypatch.context() as failing:
        failing.setattr("bot.store.dialect.Sqlite.commit", fail)
        with pytest.raises(StoreFault):
            restore(path, copy, NOON)
    assert content(path) == before
    assert_no_parts(path.parent, copy.parent)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import bot.store.copies as copies
from bot.store.dialect import Sqlite

path, backup = Path(sys.argv[1]), Path(sys.argv[2])
steps, fatal = 0, 0

def watched(owner, name):
    plain = getattr(owner, name)
    def step(*args, **more):
        global steps
        steps += 1
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(*args, **more)
    setattr(owner, name, step)

for owner, name in ((Sqlite, "run"), (Sqlite, "rows"), (Sqlite, "begin"), (Sqlite, "commit"), (copies.os, "replace")):
    watched(owner, name)

def forked():
    # A process of its own, without a second import of everything; with what ended it.
    global steps
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        copies.restore(path / str(fatal) / "street.db", backup, datetime.now(UTC))
        (path / "steps").write_text(str(steps)) if not fatal else None
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)

def place():
    folder = path / str(fatal)
    folder.mkdir()
    (folder / "street.db").write_bytes(whole)

whole = (path / "street.db").read_bytes()
place()
assert forked() == 0
count = int((path / "steps").read_text())
for fatal in range(1, count + 1):
    place()
    print(forked(), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
def test_a_restore_that_is_killed_at_any_step_changes_nothing_or_everything(path: Path, copy: Path) -> None:
    with closing(Store(path)) as store:
        received(store, "1", "2")
        answered(store, "1")
        back_up(path, copy)
        answered(store, "2")
        received(store, "3")
    before = content(path)
    ends = ended(process(KILLED, path.parent, copy)).splitlines()
    after = content(path.parent / "0" / "street.db")
    assert after != before and len(ends) > 8
    for step, end in enumerate(ends, 1):
        database = path.parent / str(step) / "street.db"
        assert end == str(-signal.SIGKILL.value), step
        assert content(database) == before
        assert_sound(database)
        with closing(Store(database)) as store:
            received(store, "next")
        restore(database, copy, NOON)
        assert json.dumps(content(database)["session"]) == json.dumps(after["session"])


def test_a_moment_that_was_kept_is_not_lost_by_a_second_restore_at_once(store: Store, path: Path, copy: Path) -> None:
    back_up(path, copy)
    kept = {restore(path, copy, at(0)).before for _ in range(3)}
    assert len(kept) == 3 and all(each and each.exists() for each in kept)
