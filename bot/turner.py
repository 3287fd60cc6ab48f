"""The turner: takes turns as rows come into the inbox, and hands what is to be said to each channel's sender."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from time import monotonic

from bot.store import Store, Transaction, Waiting
from bot.times import Clock
from bot.turn import Taken, Turns

log = logging.getLogger(__name__)

# Turns that wait share a commit, but nobody waits long for the others.
_TURNS = 64
_SECONDS = 0.02

Offer = Callable[[Iterable[Waiting]], None]


class Turner:
    """Takes the turns of some channels. `offers` says per channel who delivers what a turn says."""

    def __init__(self, store: Store, turns: Turns, offers: Mapping[str, Offer], clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._offers = offers
        self._clock = clock
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Rows may wait."""
        self._news.set()

    def stop(self) -> None:
        """Take no more turns; `run` returns after the present ones."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Take turns until stopped."""
        while not self._stopping:
            self._news.clear()
            taken, due = await self._store.persist(self._take)
            for channel, turn in taken:
                self._offers[channel](turn.calls)
            if due is None or due > self._clock():
                await self._wait(due)

    def _take(self, tx: Transaction) -> tuple[list[tuple[str, Taken]], datetime | None]:
        """Take what is due, within reason; and when there will be more."""
        taken: list[tuple[str, Taken]] = []
        until = monotonic() + _SECONDS
        for channel in self._offers:
            while turn := self._turns.take(tx, channel):
                taken.append((channel, turn))
                if len(taken) == _TURNS or monotonic() > until:
                    return taken, self._clock()  # where many rows wait, asking for the next one due takes long
        return taken, tx.inbox.next_due(self._offers.keys())

    async def _wait(self, due: datetime | None) -> None:
        seconds = None if due is None else (due - self._clock()).total_seconds()
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass
