"""The turner: takes turns as rows come into the inbox, and hands what is to be said to each channel's sender."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from bot.store import Store, Transaction, Waiting
from bot.times import Clock
from bot.turn import Taken, Turns

log = logging.getLogger(__name__)

# Turns that wait share a commit, but nobody waits long for the others.
_TURNS = 64
_SECONDS = 0.02

# Nobody need be woken for good: rows are looked for as often as this even where nobody says that there are any.
_LOOK_SECONDS = 5.0

Offer = Callable[[Iterable[Waiting]], None]

# What is to be said, with its channel, and when there will be more turns.
_Took = tuple[list[tuple[str, Sequence[Waiting]]], datetime | None]


class Turner:
    """Takes the turns of some channels. `offers` says per channel who delivers what a turn says."""

    def __init__(self, store: Store, turns: Turns, offers: Mapping[str, Offer], clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._offers = offers
        self._clock = clock
        self._news = asyncio.Event()
        self._asked: Coroutine[Any, Any, _Took] | None = None  # turns that were handed in while `run` waited
        self._waiting = False
        self._stopping = False

    def wake(self) -> None:
        """Rows may wait. Where nothing is under way the turns are handed in at once: behind the intake, if that was
        handed in just now, so that they share its commit. Never two at a time: what they say is offered in order."""
        if self._waiting and self._asked is None:
            self._asked = self._store.persist(self._take)
        self._news.set()

    def stop(self) -> None:
        """Take no more turns; `run` returns after the present ones."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Take turns until stopped."""
        while not self._stopping or self._asked:
            self._news.clear()
            asked, self._asked = self._asked or self._store.persist(self._take), None
            said, due = await asked
            for channel, calls in said:
                self._offers[channel](calls)
            if due is None or due > self._clock():
                self._waiting = not self._stopping
                await self._wait(due)
                self._waiting = False

    def _take(self, tx: Transaction) -> _Took:
        """Take what is due, within reason; and when there will be more."""
        before = tx.outbox.last()
        taken, more = self._taken(tx)
        said: list[tuple[str, Sequence[Waiting]]] = [(channel, turn.calls) for channel, turn in taken]
        if taken:
            # What turns say to others than whoever caused them: an act of the office, or the clock's.
            told = tx.outbox.unasked_since(before)
            said += [(channel, calls) for channel, calls in told.items() if channel in self._offers]
        return said, self._clock() if more else tx.inbox.next_due(self._offers.keys())

    def _taken(self, tx: Transaction) -> tuple[list[tuple[str, Taken]], bool]:
        """The turns that were taken, with their channels, and whether there may be more at once."""
        taken: list[tuple[str, Taken]] = []
        until = monotonic() + _SECONDS
        for channel in self._offers:
            while turn := self._turns.take(tx, channel):
                taken.append((channel, turn))
                if len(taken) == _TURNS or monotonic() > until:
                    return taken, True  # where many rows wait, asking for the next one due takes long
        return taken, False

    async def _wait(self, due: datetime | None) -> None:
        seconds = _LOOK_SECONDS if due is None else min((due - self._clock()).total_seconds(), _LOOK_SECONDS)
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass
