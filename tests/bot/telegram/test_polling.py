"""Polling: what is confirmed, and when; what has no number; and what the Bot API is asked for."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.client import POLL_SECONDS, Client
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.translator import TelegramTranslator
from bot.channels.telegram.updates import KINDS
from bot.pauses import Pauses
from bot.store import Store, Transaction
from bot.store.office import Office
from tests.bot.telegram.kit import BOT, message, update


class Other:
    """Hands out batches of updates by script, and then no more; notes what it is asked, and what was kept then."""

    def __init__(self, store: Store, *batches: Any) -> None:
        self.batches = list(batches)
        self.store = store
        self.offsets: list[int | None] = []
        self.kept: list[int] = []
        self.asked: list[dict[str, Any]] = []
        self.done = asyncio.Event()

    async def call(self, method: str, **params: Any) -> Any:
        if method != "getUpdates":
            return {"username": "jiugai_bot"} if method == "getMe" else True
        self.asked.append(params)
        self.offsets.append(params.get("offset"))
        self.kept.append(self.store.write(lambda tx: len(tx.connection.rows("select id from inbox"))).result())
        if not self.batches:
            self.done.set()
            await asyncio.get_running_loop().create_future()
        batch = self.batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return batch


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "jiugai.db")
    yield store
    store.close()


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made; they are short."""
    made: list[float] = []
    following = Pauses.next

    def noted(pauses: Pauses) -> float:
        made.append(following(pauses))
        return made[-1]

    monkeypatch.setattr(Pauses.__init__, "__defaults__", (0.001, 0.01))
    monkeypatch.setattr(Pauses, "next", noted)
    return made


@asynccontextmanager
async def polled(store: Store, *batches: Any) -> AsyncIterator[Other]:
    """Polls until all was handed out."""
    other = Other(store, *batches)
    client = Mock(spec=Client)
    client.call = other.call
    polling = Polling(
        client, store, BOT, TelegramTranslator(BOT), lambda: datetime(2024, 3, 1, tzinfo=UTC), lambda: None
    )
    running = asyncio.create_task(polling.run())
    try:
        done = asyncio.create_task(other.done.wait())
        await asyncio.wait([done, running], timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        assert other.done.is_set()
        yield other
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_updates_are_confirmed_only_when_they_are_kept(store: Store) -> None:
    async with polled(store, [update(5), update(6)], [update(9)]) as other:
        assert other.offsets == [None, 7, 10]
        assert other.kept == [0, 2, 3]


async def test_the_bots_own_name_is_remembered_for_links_into_it(store: Store) -> None:
    async with polled(store):
        pass
    assert store.write(lambda tx: Office(tx.connection).bot()).result() == "jiugai_bot"


async def test_while_the_disk_is_full_nothing_is_confirmed_and_nothing_lost(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        pages = tx.connection.rows("pragma page_count")[0]["page_count"]
        tx.connection.rows(f"pragma max_page_count = {pages}")

    def make_room(tx: Transaction) -> None:
        tx.connection.rows("pragma max_page_count = 100000")

    store.write(fill).result()
    freeing = asyncio.get_running_loop().call_later(0.1, lambda: store.write(make_room))
    async with polled(store, [update(5, message=message("长" * 20_000))]) as other:
        assert (other.offsets, other.kept) == ([None, 6], [0, 1])
    freeing.cancel()


async def test_it_asks_for_what_it_understands_and_waits_for_it(store: Store) -> None:
    async with polled(store) as other:
        assert other.asked == [{"timeout": POLL_SECONDS, "allowed_updates": list(KINDS)}]


async def test_an_order_that_is_not_by_number_confirms_all(store: Store) -> None:
    async with polled(store, [update(9), update(5)]) as other:
        assert other.offsets[-1] == 10


async def test_what_comes_again_is_kept_once(store: Store) -> None:
    async with polled(store, [update(5)], [update(5)]) as other:
        assert other.kept == [0, 1, 1]


@pytest.mark.parametrize(
    "junk",
    [None, 3, "update", [], {}, {"update_id": "5"}, {"update_id": None}, {"update_id": 5.0}, {"update_id": True}],
)
async def test_what_has_no_number_is_kept_and_does_not_spin(store: Store, junk: object, pauses: list[float]) -> None:
    async with polled(store, [junk], [junk], [junk, update(5)]) as other:
        assert other.offsets == [None, None, None, 6]
        assert other.kept[-1] == 2  # the junk once, however often it came
    assert len(pauses) == 2


@pytest.mark.parametrize("number", [2**63, 10**40, 0, -5])
async def test_a_number_that_can_be_none_of_telegrams_never_becomes_an_offset(store: Store, number: int) -> None:
    async with polled(store, [update(number), update(5)], [update(number)]) as other:
        assert other.offsets == [None, 6, 6]


async def test_pauses_grow_while_it_fails_and_begin_anew_when_it_went_well(store: Store, pauses: list[float]) -> None:
    faults: list[Any] = [BadRequest("x"), TelegramError("x"), BadRequest("x")]
    async with polled(store, *faults, [update(5)], BadRequest("x"), [update(6, message=message())]) as other:
        assert other.offsets == [None] * 4 + [6, 6, 7]
    assert pauses == [0.001, 0.002, 0.004, 0.001]


@pytest.mark.parametrize("answer", [None, True, {}, "x"])
async def test_an_answer_that_holds_no_updates_is_passed_over(store: Store, answer: object) -> None:
    async with polled(store, answer, [update(5)]) as other:
        assert other.offsets == [None, None, 6]
