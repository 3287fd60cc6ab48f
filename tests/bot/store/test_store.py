import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Arrival, Call, Store, StoreFault, Transaction
from bot.store.health import look
from tests.bot.store.kit import PATIENCE, arrival, assert_sentence, at, do, fill, make_room, states, trouble


def connection_of(store: Store) -> sqlite3.Connection:
    return do(store, lambda tx: tx.connection).raw  # type: ignore[attr-defined,no-any-return]  # it is an Sqlite


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are asked for; none of them is made."""
    asked: list[float] = []

    async def at_once(seconds: float) -> None:
        asked.append(seconds)

    monkeypatch.setattr("bot.store.store.asyncio.sleep", at_once)
    return asked


def test_an_error_of_the_jobs_own_is_given_as_it_is(store: Store) -> None:
    def job(tx: Transaction) -> None:
        raise LookupError("own")

    with pytest.raises(LookupError, match="own"):
        do(store, job)


def test_an_error_of_the_database_is_given_as_a_sentence_without_its_words(store: Store, path: Path) -> None:
    with pytest.raises(StoreFault) as fault:
        do(store, lambda tx: tx.connection.run("insert into mrs_wang values (1)"))
    assert_sentence(fault.value, path)
    assert "mrs_wang" not in str(fault.value)
    assert isinstance(fault.value.__cause__, sqlite3.OperationalError)


def test_a_store_that_is_closed_takes_no_more(path: Path) -> None:
    store = Store(path)
    future = store.write(lambda tx: tx.inbox.add([arrival("1")], at(0)))
    store.close()
    assert future.result(0) == 1
    with pytest.raises(RuntimeError):
        store.write(lambda tx: None)
    store.close()


async def test_trouble_that_may_pass_is_waited_out_in_growing_pauses(store: Store, pauses: list[float]) -> None:
    left = [trouble("SQLITE_FULL"), trouble("SQLITE_BUSY"), trouble("SQLITE_IOERR_WRITE")]

    def job(tx: Transaction) -> int:
        added = tx.inbox.add([arrival("1")], at(0))
        if left:
            raise left.pop()
        return added

    assert await store.persist(job) == 1
    assert pauses == [1, 2, 4]


async def test_a_disk_that_is_full_for_a_while_loses_nothing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(connection_of(store))

    async def tidy(seconds: float) -> None:
        await asyncio.wrap_future(store.write(lambda tx: make_room(tx.connection.raw)))  # type: ignore[attr-defined]

    monkeypatch.setattr("bot.store.store.asyncio.sleep", tidy)
    assert await store.persist(lambda tx: tx.inbox.add([arrival("1", payload="long" * 9000)], at(0))) == 1
    assert states(path) == {"1": "open"}


@pytest.mark.parametrize("name", ["CORRUPT", "READONLY", "NOTADB"])
async def test_trouble_that_does_not_pass_is_told_at_once(store: Store, pauses: list[float], name: str) -> None:
    def job(tx: Transaction) -> None:
        raise trouble(f"SQLITE_{name}")

    with pytest.raises(StoreFault):
        await store.persist(job)
    assert pauses == []


async def test_whoever_stops_waiting_stops_nobody_else(store: Store, path: Path) -> None:
    def adding(id: str) -> Callable[[Transaction], int]:
        return lambda tx: tx.inbox.add([arrival(id)], at(0))

    waiting = [asyncio.ensure_future(store.persist(adding(id))) for id in "123"]
    await asyncio.sleep(0)
    waiting[1].cancel()
    results = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), PATIENCE)
    assert [results[0], results[2]] == [1, 1]
    assert {"1", "3"} <= set(states(path))


def test_the_health_is_counted_and_names_ids_only(store: Store, path: Path) -> None:
    def job(tx: Transaction) -> None:
        tx.inbox.add([arrival(id) for id in ("open", "done", "aside", "worse")], at(0))
        tx.inbox.done("done", at(1))
        tx.inbox.aside("aside", "LookupError at bot/turn.py:1")
        tx.inbox.aside("worse", "again")
        tx.outbox.add("done", "post", "ann", [Call("ann", "secret")] * 4, at(1))
        for n, end in enumerate(("delivered", "never", "unknown")):
            tx.outbox.settle(f"done#{n}", end, at(2), reason="why")  # type: ignore[arg-type]  # the ends stand there
        tx.sessions.save("ann", {"language": "en"}, at(0))
        tx.sessions.reachable("ben", False, at(0))

    do(store, job)
    health = look(path)
    assert health
    assert (health.inbox_open, health.outbox_open, health.conversations, health.blocked) == (1, 1, 2, 1)
    assert [(row.id, row.reason, row.at) for row in health.aside] == [
        ("worse", "again", at(0)),
        ("aside", "LookupError at bot/turn.py:1", at(0)),
    ]
    assert [row.id for row in health.given_up] == ["done#2", "done#1"]
    assert "says" not in repr(health) and "secret" not in repr(health)


def test_looking_at_a_database_changes_nothing(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("pragma journal_mode = delete")
    before = path.read_bytes()
    assert look(path)
    assert path.read_bytes() == before


def test_looking_at_what_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_bytes(b"Dear office,\n" * 100)
    for name in ("none.db", "letter.db"):
        with pytest.raises(StoreFault) as fault:
            look(tmp_path / name)
        assert_sentence(fault.value, tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.db"]


def test_the_log_is_folded_into_the_file_while_the_store_is_open(store: Store, path: Path) -> None:
    """It holds copies of what was erased, for as long as nothing else is written over them."""
    came = Arrival("telegram/1/1", "telegram", "c", "王大爷问电梯")
    do(store, lambda tx: tx.inbox.add([came], at(0)))
    do(store, lambda tx: tx.inbox.done(came.id, at(1)))
    log = path.with_name(f"{path.name}-wal")
    assert "王大爷".encode() in log.read_bytes()
    store.fold_log()
    assert log.read_bytes() == b"" and "王大爷".encode() not in path.read_bytes()
    assert do(store, lambda tx: tx.inbox.add([came], at(2))) == 0
