import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import wait as wait_for
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.dialect import Connection
from bot.store.writer import BATCH_JOBS, Writer
from tests.bot.store.kit import PATIENCE, Watched, ended, fill, make_room, process, seen, trouble
from tests.lengths import examples

Job = Callable[[Connection], Any]


class Explained(Exception):
    """What the submitter gets for an error of SQLite's."""


def explain(error: BaseException) -> BaseException:
    return Explained(getattr(error, "sqlite_errorname", "")) if isinstance(error, sqlite3.Error) else error


@contextmanager
def writing(path: Path) -> Iterator[tuple[Watched, "Writer[Connection]"]]:
    with closing(Watched(path)) as connection:
        connection.run("create table if not exists paper (id integer primary key, word text not null)")
        writer: Writer[Connection] = Writer(connection, connection, explain)
        yield connection, writer
        for event in connection.free.values():
            event.set()
        writer.close()


@pytest.fixture
def paper(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Watched, "Writer[Connection]"]]:
    """A writer whose batches do not depend on how fast this machine is."""
    monkeypatch.setattr("bot.store.writer.monotonic", lambda: 0.0)
    with writing(path) as pair:
        yield pair


def put(id: int, word: str = "word") -> Job:
    return lambda tx: (tx.run("insert into paper (id, word) values (:id, :word)", id=id, word=word), id)[1]


def put_and_fail(id: int) -> Job:
    def job(tx: Connection) -> None:
        put(id)(tx)
        raise LookupError(f"after {id}")

    return job


def on_paper(path: Path) -> list[int]:
    return [id for (id,) in seen(path, "select id from paper order by id")]


def together(connection: Watched, writer: "Writer[Connection]", jobs: list[Job]) -> "list[Future[Any]]":
    """Submit jobs so that one batch holds them all; they are on their way when this returns."""
    connection.hold("begin")
    futures = [writer.submit(jobs[0])]
    assert connection.reached["begin"].wait(PATIENCE)
    futures += [writer.submit(job) for job in jobs[1:]]
    connection.free["begin"].set()
    return futures


Paper = tuple[Watched, "Writer[Connection]"]


def test_results_and_errors_reach_whoever_submitted(paper: Paper, path: Path) -> None:
    futures = together(*paper, [put(1), put_and_fail(2), put(3), put(1), put(4)])
    assert [futures[n].result(PATIENCE) for n in (0, 2, 4)] == [1, 3, 4]
    with pytest.raises(LookupError, match="after 2"):
        futures[1].result(PATIENCE)
    with pytest.raises(Explained, match="SQLITE_CONSTRAINT"):
        futures[3].result(PATIENCE)
    assert paper[0].commits == 1


def test_an_error_undoes_only_its_own_job(paper: Paper, path: Path) -> None:
    wait_for(together(*paper, [put(1), put_and_fail(2), put(3)]), PATIENCE)
    assert on_paper(path) == [1, 3]


def test_a_job_that_ends_by_an_exit_ends_neither_the_thread_nor_the_others_of_its_batch(
    paper: Paper, path: Path
) -> None:
    def leave(tx: Connection) -> None:
        put(1)(tx)
        raise SystemExit

    futures = together(*paper, [put(2), leave, put(3)])
    with pytest.raises(SystemExit):
        futures[1].result(PATIENCE)
    assert [futures[0].result(PATIENCE), futures[2].result(PATIENCE)] == on_paper(path) == [2, 3]


def test_nobody_hears_before_the_commit(paper: Paper, path: Path) -> None:
    connection, writer = paper
    connection.hold("commit")
    futures = together(connection, writer, [put(1), put_and_fail(2)])
    assert connection.reached["commit"].wait(PATIENCE)
    assert not any(future.done() for future in futures)
    assert on_paper(path) == []
    connection.free["commit"].set()
    assert futures[0].result(PATIENCE) == 1
    assert on_paper(path) == [1]


def test_whoever_hears_finds_it_on_the_disk(paper: Paper, path: Path) -> None:
    found: list[list[int]] = []
    future = together(*paper, [put(1), put(2)])[0]
    future.add_done_callback(lambda _: found.append(on_paper(path)))
    wait_for([future], PATIENCE)
    paper[1].close()
    assert found == [[1, 2]]


@pytest.mark.parametrize("step", ["begin", "commit"])
def test_where_a_batch_cannot_begin_or_commit_nothing_of_it_is_done_and_the_writer_goes_on(
    paper: Paper, path: Path, step: str
) -> None:
    connection, writer = paper
    connection.failing[step] = trouble("SQLITE_BUSY")
    futures = together(connection, writer, [put(1), put_and_fail(2), put(3)])
    wait_for(futures, PATIENCE)
    failed = [future.exception() for future in futures]
    assert isinstance(failed[0], Explained)
    if step == "commit":
        assert isinstance(failed[1], LookupError) and isinstance(failed[2], Explained)
    held = [job for job, error in zip((1, 2, 3), failed, strict=True) if error is None]
    assert on_paper(path) == held
    assert writer.submit(put(5)).result(PATIENCE) == 5


def test_a_full_disk_leaves_nothing_half_done_and_the_writer_goes_on(paper: Paper, path: Path) -> None:
    """SQLite itself may end the whole transaction, and with it what other jobs of the batch had done."""
    connection, writer = paper
    fill(connection.raw, spare=2)

    def half(tx: Connection) -> None:
        put(2)(tx)
        put(3, "long" * 9000)(tx)

    futures = together(connection, writer, [put(1), half, put(4), put_and_fail(5)])
    wait_for(futures, PATIENCE)
    assert isinstance(futures[1].exception(), Explained) and "SQLITE_FULL" in str(futures[1].exception())
    told = [future.result() for future in futures if future.exception() is None]
    assert on_paper(path) == told
    make_room(connection.raw)
    writer.submit(half).result(PATIENCE)
    assert {2, 3} <= set(on_paper(path))


def test_a_job_that_swallows_a_full_disk_is_not_told_that_it_went_well(paper: Paper, path: Path) -> None:
    connection, writer = paper
    fill(connection.raw, spare=2)

    def careless(tx: Connection) -> None:
        try:
            put(1, "long" * 9000)(tx)
        except sqlite3.Error:
            pass

    futures = together(connection, writer, [put(2), careless])
    wait_for(futures, PATIENCE)
    told = [future.result() for future in futures if future.exception() is None]
    assert on_paper(path) == [id for id in told if id]
    assert (2 in told) == (2 in on_paper(path))


def test_a_job_that_ends_the_transaction_fails_its_batch(paper: Paper, path: Path) -> None:
    futures = together(*paper, [put(1), lambda tx: tx.rollback(), put(2)])
    wait_for(futures, PATIENCE)
    told = [future.result() for future in futures if future.exception() is None]
    assert on_paper(path) == told and 1 not in told
    assert paper[1].submit(put(3)).result(PATIENCE) == 3


def test_a_job_that_was_cancelled_is_not_done(paper: Paper, path: Path) -> None:
    connection, writer = paper
    connection.hold("begin")
    futures = [writer.submit(put(n)) for n in range(4)]
    assert connection.reached["begin"].wait(PATIENCE)
    assert futures[0].cancel() and futures[2].cancel()
    connection.free["begin"].set()
    assert [futures[1].result(PATIENCE), futures[3].result(PATIENCE)] == [1, 3]
    with pytest.raises(CancelledError):
        futures[0].result(PATIENCE)
    assert on_paper(path) == [1, 3]


def test_a_job_that_is_running_can_no_longer_be_cancelled(paper: Paper, path: Path) -> None:
    connection, writer = paper
    connection.hold("commit")
    future = writer.submit(put(1))
    assert connection.reached["commit"].wait(PATIENCE)
    assert not future.cancel()
    connection.free["commit"].set()
    assert future.result(PATIENCE) == 1


def test_a_cancelled_job_does_not_end_the_thread_where_nothing_can_begin(paper: Paper) -> None:
    connection, writer = paper
    connection.failing["begin"] = trouble("SQLITE_BUSY")
    connection.hold("begin")
    future = writer.submit(put(1))
    assert connection.reached["begin"].wait(PATIENCE)
    assert future.cancel()
    connection.free["begin"].set()
    assert writer.submit(put(2)).result(PATIENCE) == 2


def test_closing_finishes_what_was_submitted_and_takes_no_more(paper: Paper, path: Path) -> None:
    connection, writer = paper
    connection.hold("begin")
    futures = [writer.submit(put(n)) for n in range(20)]
    closing_it = threading.Thread(target=writer.close)
    closing_it.start()
    connection.free["begin"].set()
    closing_it.join(PATIENCE)
    assert [future.result(0) for future in futures] == on_paper(path) == list(range(20))
    with pytest.raises(RuntimeError):
        writer.submit(put(99))
    writer.close()


def test_jobs_that_wait_share_a_commit(paper: Paper, path: Path) -> None:
    jobs = [put(n) for n in range(2 * BATCH_JOBS)]
    wait_for(together(*paper, jobs), PATIENCE)
    paper[1].close()
    assert paper[0].commits == 2
    assert on_paper(path) == list(range(2 * BATCH_JOBS))


def test_a_batch_ends_after_its_time_so_that_its_first_job_does_not_wait_for_ever(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(1000))
    monkeypatch.setattr("bot.store.writer.monotonic", lambda: float(next(ticks)))
    wait_for(together(*paper, [put(n) for n in range(10)]), PATIENCE)
    paper[1].close()
    assert paper[0].commits == 10


def test_many_threads_may_submit_at_once(paper: Paper, path: Path) -> None:
    _, writer = paper
    start = threading.Barrier(4)
    told: list[int] = []

    def submit(first: int) -> None:
        start.wait(PATIENCE)
        futures = [writer.submit(put(first + n)) for n in range(100)]
        told.extend(future.result(PATIENCE) for future in futures)

    threads = [threading.Thread(target=submit, args=(1000 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(told) == on_paper(path) and len(told) == 400


COUNTING = """
import sys
from pathlib import Path
from bot.store import Store
from bot.times import utc

def count(tx):
    tx.sessions.save("count", {"n": (tx.sessions.load("count") or {"n": 0})["n"] + 1}, utc())

store = Store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(60):
    store.write(count).result()
store.close()
"""


def test_two_processes_that_read_and_then_write_lose_nothing(path: Path) -> None:
    """A transaction that began deferred would fail here: it has read what the other has changed since."""
    children = [process(COUNTING, path), process(COUNTING, path)]
    for child in children:
        assert child.stdout and child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        ended(child)
    assert seen(path, "select data from session") == [('{"n": 120}',)]


def test_a_writer_waits_for_the_turn_of_another(paper: Paper, path: Path) -> None:
    connection, writer = paper
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("insert into paper (id, word) values (1, 'other')")
        future = writer.submit(put(2))
        assert connection.reached["begin"].wait(PATIENCE)
        assert not future.done()
        other.execute("commit")
    assert future.result(PATIENCE) == 2
    assert on_paper(path) == [1, 2]


JOBS = st.lists(
    st.tuples(st.sampled_from(["put", "take", "fail", "twice"]), st.integers(0, 4), st.booleans()), max_size=12
)


@settings(max_examples=examples(40), deadline=None)
@given(JOBS, st.sets(st.integers(0, 6)))
def test_any_mix_of_jobs_does_what_one_after_another_would(
    jobs: list[tuple[str, int, bool]], failing: set[int]
) -> None:
    """The slow model does one job after another, whole or not at all; commits fail where `failing` says so."""
    with TemporaryDirectory() as folder, writing(Path(folder) / "any.db") as (connection, writer):
        ran: list[int] = []

        def job(number: int, kind: str, id: int) -> Job:
            def work(tx: Connection) -> list[int]:
                ran.append(number)
                if kind == "take":
                    tx.run("delete from paper where id = :id", id=id)
                else:
                    put(id)(tx)
                if kind == "fail":
                    raise LookupError
                if kind == "twice":
                    put(id)(tx)
                return [row["id"] for row in tx.rows("select id from paper order by id")]

            return work

        futures = []
        for number, (kind, id, waits) in enumerate(jobs):
            if connection.commits in failing:
                failing.discard(connection.commits)
                connection.failing["commit"] = trouble("SQLITE_IOERR")
            futures.append(writer.submit(job(number, kind, id)))
            if waits:
                wait_for(futures, PATIENCE)
        wait_for(futures, PATIENCE)
        assert ran == list(range(len(jobs)))
        lost = {n for n, future in enumerate(futures) if str(future.exception()) == "SQLITE_IOERR"}
        held: set[int] = set()
        for number, ((kind, id, _), future) in enumerate(zip(jobs, futures, strict=True)):
            if number in lost or kind in ("fail", "twice"):
                assert future.exception() is not None
            elif kind == "put" and id in held:
                assert isinstance(future.exception(), Explained)
            elif future.exception() is None:
                held = held | {id} if kind == "put" else held - {id}
                assert future.result() == sorted(held)
            else:  # only a job that met a row of its own batch, which was lost with it
                assert kind == "put" and lost
        assert on_paper(Path(folder) / "any.db") == sorted(held)
