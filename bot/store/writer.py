"""The writer: one thread that owns the connection. Jobs that wait share one commit, each in its own savepoint.

Nobody hears of a job's result before the commit that holds it.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, TypeVar

from bot.store.dialect import Connection

T = TypeVar("T")
Tx = TypeVar("Tx")

# A commit waits for the disk, so jobs share it; but the first job of a batch should not wait long for the last.
BATCH_JOBS = 256
_BATCH_SECONDS = 0.02


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[Any], Any]
    future: "Future[Any]" = field(default_factory=Future)
    result: Any = None
    error: BaseException | None = None

    def claimed(self) -> bool:
        """From here on it can no longer be cancelled; False where whoever submitted it has left already."""
        return self.future.running() or (not self.future.cancelled() and self.future.set_running_or_notify_cancel())

    def tell(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer(Generic[Tx]):
    """Runs jobs `(transaction) -> result` one after another in a thread of its own.

    `explain` turns an error into the one that the submitter gets.
    """

    def __init__(
        self, connection: Connection, transaction: Tx, explain: Callable[[BaseException], BaseException]
    ) -> None:
        self._connection = connection
        self._transaction = transaction
        self._explain = explain
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Tx], T]) -> "Future[T]":
        """Queue a job; its future ends after the commit: with its result, its own error, or the store's."""
        job = _Job(work)
        with self._lock:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what was submitted, then end the thread. Safe to call twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        job = self._jobs.get()
        while job is not None:
            job = self._batch(job)

    def _batch(self, first: _Job) -> _Job | None:
        """Run `first` and what waits behind it in one transaction; the job to go on with, None once closed."""
        batch: list[_Job] = []
        job: _Job | None = first
        until = monotonic() + _BATCH_SECONDS
        try:
            self._connection.begin()
            while job is not None:
                if job.claimed():
                    batch.append(job)
                    self._work(job)
                if len(batch) == BATCH_JOBS or monotonic() > until or self._jobs.empty():
                    break
                job = self._jobs.get()
            self._connection.commit()
        except BaseException as error:
            self._undo(error)
            if not batch and first.claimed():
                batch.append(first)  # not even the beginning went well
            for failed in batch:
                failed.error = failed.error or self._explain(error)
        for done in batch:
            done.tell()
        return job and self._jobs.get()

    def _work(self, job: _Job) -> None:
        """Do a job in its savepoint and keep its error; one that ended the whole transaction is raised."""
        try:
            with self._connection.savepoint():
                job.result = job.work(self._transaction)
        except BaseException as error:
            if not self._connection.in_transaction:
                raise
            job.error = self._explain(error)

    def _undo(self, error: BaseException) -> None:
        try:
            self._connection.rollback()
        except Exception as second:  # the connection is beyond help; the first error says more
            error.__context__ = second
