import os
import sqlite3
from pathlib import Path

import pytest

from bot.store import Store, StoreFault
from bot.store.lock import is_serving, only_one
from tests.bot.store.kit import PATIENCE, arrival, assert_sentence, at, do, process

HOLDING = """
import sys
from pathlib import Path
from bot.store.lock import only_one
with only_one(Path(sys.argv[1])):
    print("holding", flush=True)
    sys.stdin.readline()
"""


def test_a_database_is_served_once(path: Path) -> None:
    with only_one(path):
        with pytest.raises(StoreFault) as refused, only_one(path):
            raise AssertionError("held twice")
        assert_sentence(refused.value, path)
        assert not refused.value.again
    with only_one(path):
        pass


def test_other_databases_of_the_same_folder_may_be_served(path: Path) -> None:
    with only_one(path), only_one(path.with_name("other.db")):
        pass


def test_the_lock_leaves_the_database_to_everybody(path: Path, store: Store) -> None:
    with only_one(path):
        assert do(store, lambda tx: tx.inbox.add([arrival("1")], at(0))) == 1


def test_another_process_is_refused_and_the_lock_goes_with_a_process_that_is_killed(path: Path) -> None:
    child = process(HOLDING, path)
    assert child.stdout and child.stdout.readline() == "holding\n"
    with pytest.raises(StoreFault) as refused, only_one(path):
        raise AssertionError("held twice")
    assert_sentence(refused.value, path)
    child.kill()
    child.communicate(timeout=PATIENCE)
    with only_one(path):
        pass


def test_a_folder_is_made(tmp_path: Path) -> None:
    with only_one(tmp_path / "new" / "street.db"):
        assert (tmp_path / "new").is_dir()


def test_where_no_file_can_be_made_one_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreFault) as refused, only_one(tmp_path / "file" / "street.db"):
        raise AssertionError("locked what cannot be")
    assert str(tmp_path) in str(refused.value) and os.strerror(20) not in str(refused.value)


@pytest.mark.parametrize("error", [sqlite3.OperationalError("busy"), OSError("no file"), LookupError()])
def test_what_runs_under_the_lock_fails_in_its_own_way(path: Path, error: Exception) -> None:
    """Else a database that is busy for a moment would be told as served by another."""
    with pytest.raises(type(error)) as raised, only_one(path):
        raise error
    assert raised.value is error


def test_who_only_looks_sees_it_and_leaves_nothing(path: Path) -> None:
    assert not is_serving(path)
    assert list(path.parent.iterdir()) == []
    with only_one(path):
        assert is_serving(path)
    assert not is_serving(path)
    assert [file.name for file in path.parent.iterdir()] == ["street.db.serving"]


def test_a_lock_that_cannot_be_written_is_no_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened for reading only, SQLite would let two of them begin."""
    with only_one(path):
        pass
    connect = sqlite3.connect
    beside = path.with_name("street.db.serving")
    read_only = f"{beside.as_uri()}?mode=ro"
    monkeypatch.setattr(sqlite3, "connect", lambda _, **given: connect(read_only, uri=True, **given))
    with pytest.raises(StoreFault) as refused, only_one(path):
        raise AssertionError("held without a lock")
    assert_sentence(refused.value, beside)
