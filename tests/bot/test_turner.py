import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot import turn
from bot.store import Arrival, Store, StoreFault, Transaction, Waiting
from bot.times import Clock, utc
from bot.turn import Turns
from bot.turner import Turner
from tests.bot.store.kit import NOON, PATIENCE, trouble
from tests.bot.store.slips import Parrot, Slips, fail_as, nothing

T = TypeVar("T")


class Counted(Store):
    """A store that tells how many jobs it was handed, and fails the first of them where told to."""

    handed = 0

    async def persist(self, job: Callable[[Transaction], T]) -> T:
        self.handed += 1
        return await super().persist(job)


class Waits(Turner):
    """A turner that tells when it goes to sleep, and until when."""

    def __init__(self, store: Store, turns: Turns, offer: Callable[[Iterable[Waiting]], None], clock: Clock) -> None:
        super().__init__(store, turns, {"slips": offer}, clock)
        self.asleep: asyncio.Queue[datetime | None] = asyncio.Queue()

    async def _wait(self, due: datetime | None) -> None:
        self.asleep.put_nowait(due)
        await super()._wait(due)

    async def sleeps(self) -> datetime | None:
        return await asyncio.wait_for(self.asleep.get(), PATIENCE)


class Office:
    """A store, a turner over it, and what it offered."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.slips = Slips()
        self.store = Counted(path)
        self.offered: asyncio.Queue[Waiting] = asyncio.Queue()
        self.turner = Waits(self.store, Turns(Parrot(), {"slips": self.slips}, clock), self.offer, clock)
        self.clock = clock

    def offer(self, calls: Iterable[Waiting]) -> None:
        for call in calls:
            self.offered.put_nowait(call)

    def receives(self, *slips: tuple[str, str, str]) -> None:
        arrivals = [Arrival(id, "slips", conversation, payload) for id, conversation, payload in slips]
        self.store.write(lambda tx: tx.inbox.add(arrivals, self.clock())).result(PATIENCE)
        self.turner.wake()

    async def hears(self) -> str:
        return (await asyncio.wait_for(self.offered.get(), PATIENCE)).payload

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        running = asyncio.create_task(self.turner.run())
        try:
            yield
        finally:
            self.turner.stop()
            await asyncio.wait_for(running, PATIENCE)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One whose clock stands still."""
    made = Office(tmp_path / "street.db", lambda: NOON)
    yield made
    made.store.close()


async def test_rows_that_are_there_at_the_start_are_taken_and_those_that_come_later_wake_it(office: Office) -> None:
    office.receives(("1", "ann", "one"))
    async with office.runs():
        assert await office.hears() == "zh >one"
        assert await office.turner.sleeps() is None
        office.receives(("2", "ann", "two"))
        assert await office.hears() == "en one>two"


async def test_what_comes_while_it_takes_turns_is_not_missed(office: Office) -> None:
    """The wish to wake it is noted before it looks, so a row is either seen or wakes it."""
    async with office.runs():
        for n in range(100):
            office.receives((str(n), "ann", str(n)))
            if n % 3 == 0:
                await asyncio.sleep(0)
        assert [(await office.hears()).rpartition(">")[2] for _ in range(turn.FAST_ROWS + 1)][-1] == "(slow)"


async def test_more_rows_than_one_transaction_takes_are_all_taken_without_a_sleep(office: Office) -> None:
    office.receives(*[(str(n), f"person {n}", "one") for n in range(200)])
    async with office.runs():
        assert [await office.hears() for _ in range(200)] == ["zh >one"] * 200
        await office.turner.sleeps()
        assert office.turner.asleep.empty()


async def test_it_sleeps_until_the_next_row_can_be_taken_and_does_not_look_before(office: Office) -> None:
    """A row behind one that is tried again later is due at once, but cannot be taken."""
    office.receives(("1", "ann", "boom"), ("2", "ann", "behind"))
    async with office.runs():
        assert await office.turner.sleeps() == NOON + turn.RETRIES[0]
        handed = office.store.handed
        await asyncio.wait_for(asyncio.gather(*[asyncio.sleep(0) for _ in range(100)]), PATIENCE)
        assert office.store.handed == handed


async def test_what_was_put_off_is_taken_when_it_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "RETRIES", (timedelta(milliseconds=20),) * 3)
    office = Office(tmp_path / "street.db", utc)
    office.receives(("1", "ann", "boom"), ("2", "ann", "behind"))
    async with office.runs():
        assert [await office.hears(), await office.hears()] == ["(failed)", "zh >behind"]
    office.store.close()


async def test_calls_are_offered_only_after_they_are_committed(office: Office, tmp_path: Path) -> None:
    seen: list[int] = []

    def look(calls: Iterable[Waiting]) -> None:
        for call in calls:
            with closing(sqlite3.connect(tmp_path / "street.db")) as other:
                seen.extend(other.execute("select count(*) from outbox where id = ?", (call.id,)).fetchone())
            office.offered.put_nowait(call)

    turner = Turner(office.store, Turns(Parrot(), {"slips": office.slips}, office.clock), {"slips": look}, office.clock)
    office.turner = turner  # type: ignore[assignment]  # this one need not tell when it sleeps
    office.receives(*[(str(n), f"person {n}", "one") for n in range(5)])
    async with office.runs():
        for _ in range(5):
            await office.hears()
    assert seen == [1] * 5


async def test_nothing_is_offered_of_a_transaction_that_failed_and_all_of_it_once_it_went_well(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = []

    async def mended(seconds: float) -> None:
        pauses.append(office.offered.empty())
        office.slips.spoils = nothing

    office.receives(("1", "ann", "one"), ("2", "ben", "two"))
    office.slips.spoils = fail_as("SQLITE_FULL")
    with monkeypatch.context() as sleeping:
        sleeping.setattr("bot.store.store.asyncio.sleep", mended)
        async with office.runs():
            assert [await office.hears(), await office.hears()] == ["zh >one", "en >two"]
    assert pauses == [True]
    assert office.offered.empty()


async def test_trouble_that_does_not_pass_ends_it(office: Office) -> None:
    office.receives(("1", "ann", "one"))
    office.slips.spoils = fail_as("SQLITE_CORRUPT")
    with pytest.raises(StoreFault):
        await asyncio.wait_for(office.turner.run(), PATIENCE)
    assert office.offered.empty()


async def test_after_it_was_stopped_it_takes_no_more(office: Office) -> None:
    async with office.runs():
        await office.turner.sleeps()
    office.receives(("1", "ann", "one"))
    await asyncio.wait_for(office.turner.run(), PATIENCE)
    assert office.offered.empty()


async def test_each_channel_is_offered_its_own(tmp_path: Path) -> None:
    heard: dict[str, list[str]] = {"slips": [], "walls": []}
    done = asyncio.Event()

    def offer(channel: str) -> Callable[[Iterable[Waiting]], None]:
        def keep(calls: Iterable[Waiting]) -> None:
            heard[channel].extend(call.id for call in calls)
            if all(heard.values()):
                done.set()

        return keep

    store = Store(tmp_path / "street.db")
    turns = Turns(Parrot(), {"slips": Slips(), "walls": Slips()}, lambda: NOON)
    turner = Turner(store, turns, {channel: offer(channel) for channel in heard}, lambda: NOON)
    arrivals = [Arrival(f"{channel}1", channel, channel, "one") for channel in ("walls", "slips", "unserved")]
    store.write(lambda tx: tx.inbox.add(arrivals, NOON)).result(PATIENCE)
    running = asyncio.create_task(turner.run())
    await asyncio.wait_for(done.wait(), PATIENCE)
    turner.stop()
    await asyncio.wait_for(running, PATIENCE)
    store.close()
    assert heard == {"slips": ["slips1#0"], "walls": ["walls1#0"]}


async def test_while_the_disk_is_full_nothing_is_taken_beside_what_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two takes at a time could be committed in one order and offered in the other."""
    office.receives(("1", "ann", "one"))
    pause = asyncio.Event()

    async def paused(_: float) -> None:
        await pause.wait()

    monkeypatch.setattr("bot.store.store.asyncio.sleep", paused)
    real = office.turner._turns.take
    failed: list[bool] = []

    def full_at_first(*words: object) -> object:
        if not failed:
            failed.append(True)
            raise trouble("SQLITE_FULL")
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(office.turner._turns, "take", full_at_first)
    async with office.runs():
        while not failed:
            await asyncio.get_running_loop().run_in_executor(None, lambda: None)
        office.receives(("2", "ann", "two"), ("3", "ben", "three"))
        office.receives(("4", "ann", "four"))
        await asyncio.get_running_loop().run_in_executor(None, lambda: None)
        assert office.offered.empty() and office.store.handed == 1
        pause.set()
        assert [(await office.hears()).rpartition(">")[2] for _ in range(4)] == ["one", "two", "three", "four"]
