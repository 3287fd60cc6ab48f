"""An outbox in a real database, and another side that answers by script."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sender import Delivered, Limits, Outcome, Sender
from bot.store import Arrival, Call, Store, Transaction, Waiting

CHANNEL = "test"
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)

Answer = Outcome | Exception | Callable[[], Awaitable[Outcome]]


class OtherSide:
    """Answers each call by its script, which is by payload; without one it is delivered under the next number."""

    def __init__(self) -> None:
        self.script: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self.always: Answer | None = None
        self.called: list[str] = []  # the payloads
        self.replaced: dict[str, str] = {}
        self.running: set[str] = set()
        self.most = 0

    def answers(self, payload: str, *answers: Answer) -> None:
        """What the next calls with this payload come to."""
        self.script[payload] += answers

    async def __call__(self, call: Waiting, replaced: str) -> Outcome:
        self.called.append(call.payload)
        self.replaced[call.payload] = replaced
        self.running.add(call.id)
        self.most = max(self.most, len(self.running))
        try:
            script = self.script[call.payload]
            answer = script.popleft() if script else self.always or Delivered(str(100 + len(self.called)))
            await asyncio.sleep(0)
            if isinstance(answer, Exception):
                raise answer
            return await answer() if callable(answer) else answer
        finally:
            self.running.discard(call.id)


class Desk:
    """The outbox of one channel, and who delivers it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path)
        self.other = OtherSide()
        self.time = NOW
        self._turns = 0

    def sender(self, limits: Limits | None = None, at_once: int = 8, store: Store | None = None) -> Sender:
        """A sender as a process has it that was just started."""
        return Sender(store or self.store, CHANNEL, self.other, limits or Limits(), lambda: self.time, at_once)

    @asynccontextmanager
    async def delivering(self, sender: Sender | None = None) -> AsyncIterator[Sender]:
        """The sender runs; at the end it is stopped in good order."""
        sender = sender or self.sender()
        running = asyncio.create_task(sender.run())
        try:
            yield sender
        finally:
            sender.stop()
            await running

    def put(self, *calls: Call, store: Store | None = None) -> list[Waiting]:
        """Commit calls as a turn does; nobody is told."""
        self._turns += 1
        inbox = f"{CHANNEL}/{self._turns}"

        def turn(tx: Transaction) -> list[Waiting]:
            tx.inbox.add([Arrival(inbox, CHANNEL, "c", "{}")], self.time)
            tx.inbox.done(inbox, self.time)
            return tx.outbox.add(inbox, CHANNEL, "c", calls, self.time)

        return (store or self.store).write(turn).result()

    def row(self, id: str) -> Mapping[str, Any]:
        """A row as it stands."""
        (row,) = self.store.write(lambda tx: tx.connection.rows("select * from outbox where id = :id", id=id)).result()
        return row

    def states(self) -> dict[str, int]:
        """How many rows are in which state."""
        sql = "select state, count(*) as many from outbox group by state"
        rows = self.store.write(lambda tx: tx.connection.rows(sql)).result()
        return {row["state"]: row["many"] for row in rows}

    async def until(self, predicate: Callable[[], object]) -> None:
        """Wait until something is so."""
        never = asyncio.Event()
        async with asyncio.timeout(10):
            while not predicate():
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.002):
                        await never.wait()

    async def until_settled(self) -> None:
        """Wait until no row is open."""
        await self.until(lambda: "open" not in self.states())


def call(payload: str, lane: str = "a", **more: Any) -> Call:
    return Call(lane, payload, **more)
