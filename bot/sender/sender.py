"""The sender: makes the calls that wait in a channel's outbox, each lane in its order, until their end is known.

A row is settled only after its call has ended; a process that is killed in between makes that call again, for its
outcome is unknown. That is meant for replies: two answers are better than none. What nobody asked for is marked
before it is called, and not called again.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import inf

from bot.logs import where
from bot.pauses import Pauses
from bot.sender.limits import Limits
from bot.sender.outcomes import Delivered, Later, Never, Outcome, Unknown
from bot.store import Store, Transaction, Waiting
from bot.times import Clock

log = logging.getLogger(__name__)

# Makes a call; for an edit or a delete, with the channel's id of the message it means ("" where there is none).
Deliver = Callable[[Waiting, str], Awaitable[Outcome]]

GIVEN_UP_AFTER = timedelta(hours=23)  # what is a day late answers nothing; Telegram keeps what people send as long
TRIES = 5  # how often a reply is sent without anyone knowing whether it arrived
_AT_ONCE = 8  # more calls at a time gain nothing under the limits, and cost connections


@dataclass(slots=True)
class _Lane:
    """What waits for one chat. Replies come before what nobody asked for."""

    replies: deque[Waiting] = field(default_factory=deque)
    unasked: deque[Waiting] = field(default_factory=deque)
    busy: bool = False
    not_before: float = 0.0
    pauses: Pauses = field(default_factory=Pauses)

    def queue(self, call: Waiting) -> deque[Waiting]:
        return self.unasked if call.unasked else self.replies

    @property
    def head(self) -> Waiting | None:
        return (self.replies or self.unasked or (None,))[0]


class Sender:
    """Delivers one channel's outbox. Not thread-safe: everything happens in the loop that runs `run`."""

    def __init__(
        self, store: Store, channel: str, deliver: Deliver, limits: Limits, clock: Clock, at_once: int = _AT_ONCE
    ) -> None:
        self._store = store
        self._channel = channel
        self._deliver = deliver
        self._limits = limits
        self._clock = clock
        self._at_once = at_once
        self._lanes: dict[str, _Lane] = {}
        self._known: set[str] = set()  # ids that wait or are being called
        self._ended: set[str] | None = None  # while the outbox is being read: ids that have ended meanwhile
        # Offered before the outbox was first read: what has waited there since the last run comes first.
        self._early: list[Waiting] | None = []
        self._running = 0
        self._away = Pauses()
        self._away_until = 0.0
        self._news = asyncio.Event()
        self._stopping = False

    def offer(self, calls: Iterable[Waiting]) -> None:
        """Hand over calls that were committed, in their order; those known already are left alone."""
        if self._early is None:
            self._line_up(calls)
        else:
            self._early += calls

    async def reload(self) -> None:
        """Read the outbox: at the start, and when another process may have written to it."""
        ended = self._ended = set()
        waiting = await self._store.persist(lambda tx: tx.outbox.waiting(self._channel))
        self._ended = None
        self._line_up(call for call in waiting if call.id not in ended)
        if self._early is not None:
            early, self._early = self._early, None
            self._line_up(early)

    def stop(self) -> None:
        """Start no more calls; `run` returns when those that are running have ended."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        await self.reload()
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                self._news.clear()
                pause = self._start_ready(group, loop.time()) - loop.time()
                try:
                    async with asyncio.timeout(None if pause == inf else max(pause, 0)):
                        await self._news.wait()
                except TimeoutError:
                    pass

    def _line_up(self, calls: Iterable[Waiting]) -> None:
        for call in calls:
            if call.id not in self._known:
                self._known.add(call.id)
                lane = self._lanes.setdefault(call.lane, _Lane())
                lane.queue(call).append(call)
        self._news.set()

    def _start_ready(self, group: asyncio.TaskGroup, now: float) -> float:
        """Start every call that may start; when to look again, where nothing else happens before."""
        if now < self._away_until:
            return self._away_until
        self._limits.forget_idle(now)
        earliest = inf
        # One call at a time finds out as well whether the other side is back.
        at_once = self._at_once if self._away.fresh else 1
        for unasked in (False, True):
            for name, lane in self._lanes.items():
                call = lane.head
                if lane.busy or call is None or call.unasked is not unasked:
                    continue
                if self._running >= at_once:
                    return inf  # the end of a call wakes the loop
                if (opens := self._limits.open_at(now)) > now:
                    return opens  # for nobody, so there is no need to ask each
                free = max(lane.not_before, self._limits.free_at(name, now))
                if free > now:
                    earliest = min(earliest, free)
                    continue
                lane.busy = True
                self._running += 1
                self._limits.start(name)
                group.create_task(self._call(name, lane, call))
        return earliest

    async def _call(self, name: str, lane: _Lane, call: Waiting) -> None:
        if self._clock() - call.created > GIVEN_UP_AFTER:
            self._limits.end(name, asyncio.get_running_loop().time())
            await self._end(lane, call, Never("too late"))
        else:
            outcome = await self._made(call)
            self._limits.end(name, asyncio.get_running_loop().time())
            await self._settle(lane, call, outcome)
        lane.busy = False
        self._running -= 1
        # The others come first now: whoever waits for much keeps nobody waiting.
        del self._lanes[name]
        if lane.head is not None:
            self._lanes[name] = lane
        self._news.set()

    async def _made(self, call: Waiting) -> Outcome:
        try:
            replaced = await self._store.persist(lambda tx: tx.outbox.message(call.replaces)) if call.replaces else ""
            if call.unasked:
                if call.tries:
                    return Unknown("interrupted")
                await self._store.persist(lambda tx: tx.outbox.tries(call.id, 1))
            return await self._deliver(call, replaced)
        except Exception as error:  # a fault of ours: it would fail in the same way for ever
            log.error("call failed", extra={"outbox": call.id, "error": where(error)})
            return Never(where(error))

    async def _settle(self, lane: _Lane, call: Waiting, outcome: Outcome) -> None:
        now = asyncio.get_running_loop().time()
        if isinstance(outcome, Later):
            log.warning("call put off", extra={"outbox": call.id, "reason": outcome.reason})
            if outcome.everywhere:
                if now >= self._away_until:  # calls that failed together count once
                    self._away_until = now + self._away.next()
            else:
                lane.not_before = now + (lane.pauses.next() if outcome.seconds is None else outcome.seconds)
            if call.unasked:
                await self._store.persist(lambda tx: tx.outbox.tries(call.id, 0))
            return
        if not self._away.fresh:
            log.info("the other side answers again")
        self._away.reset()
        if isinstance(outcome, Unknown) and not call.unasked and call.tries + 1 < TRIES:
            log.warning("outcome unknown", extra={"outbox": call.id, "reason": outcome.reason})
            lane.not_before = now + lane.pauses.next()
            tried = replace(call, tries=call.tries + 1)
            lane.queue(call)[0] = tried
            await self._store.persist(lambda tx: tx.outbox.tries(call.id, tried.tries))
            return
        await self._end(lane, call, outcome)

    async def _end(self, lane: _Lane, call: Waiting, outcome: Delivered | Never | Unknown) -> None:
        lane.pauses.reset()
        lane.queue(call).popleft()

        def settle(tx: Transaction) -> None:
            if isinstance(outcome, Delivered):
                tx.outbox.settle(call.id, "delivered", self._clock(), message=outcome.message)
            else:
                tx.outbox.settle(
                    call.id,
                    "never" if isinstance(outcome, Never) else "unknown",
                    self._clock(),
                    # What an edit did not replace stands there still, for the next edit.
                    message=tx.outbox.message(call.replaces) if call.kind == "edit" else "",
                    reason=outcome.reason,
                )

        await self._store.persist(settle)
        self._known.discard(call.id)
        if self._ended is not None:
            self._ended.add(call.id)
        if isinstance(outcome, Delivered):
            log.info("delivered", extra={"outbox": call.id})
        else:
            log.warning("given up", extra={"outbox": call.id, "reason": outcome.reason})
