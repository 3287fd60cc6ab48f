"""The updates that wait for the bot, and how they are handed out: once, or with the faults of a bad day."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Iterable

from tests.botapi.messages import Json
from tests.botapi.refusals import Refused

# What a bot does not get unless it asks for it by name.
_ON_REQUEST = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
_TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class _Entry:
    """An update and its number. Encoded once: a backlog may be handed out many times."""

    __slots__ = ("body", "confirmed", "delivered", "person", "update_id")

    def __init__(self, update_id: int, body: str, person: object) -> None:
        self.update_id = update_id
        self.body = body  # JSON without its opening brace
        self.person = person
        self.delivered = False
        self.confirmed = False

    def encoded(self) -> str:
        return f'{{"update_id": {self.update_id}{self.body}'


class Updates:
    """Kept until a higher offset confirms them.

    `twice`: every update comes a second time in a later batch, with the same number, though it was confirmed.
    `shuffle`: people overtake one another before they are first handed out; nobody's own order changes, and the
    numbers of a batch still grow, as they do in reality.
    """

    def __init__(self, *, twice: bool = False, shuffle: bool = False, seed: int = 0, first: int = 1) -> None:
        self.twice = twice
        self.shuffle = shuffle
        self.allowed: frozenset[str] = frozenset()
        self._random = random.Random(seed)
        self._next = first
        self._pending: deque[_Entry] = deque()
        self._again: deque[_Entry] = deque()
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: Iterable[str]) -> None:
        """What the bot wants from now on; nothing named is everything but what must be named."""
        self.allowed = frozenset(kinds)

    def add(self, update: Json, person: object = None, kind: str = "") -> None:
        """A new update; `kind` lets it be left out where the bot does not want such."""
        if kind and (kind not in self.allowed if self.allowed else kind in _ON_REQUEST):
            return
        rest = json.dumps({name: value for name, value in update.items() if name != "update_id"})
        body = "}" if rest == "{}" else f", {rest[1:]}"
        self._pending.append(_Entry(self._next, body, person))
        self._next += 1
        self._wake()

    def confirm(self, offset: int) -> None:
        """Forget what comes before an offset; a negative one keeps that many of the newest."""
        if offset < 0:
            offset = self._pending[max(0, len(self._pending) + offset)].update_id if self._pending else 0
        while self._pending and self._pending[0].update_id < offset:
            self._pending.popleft().confirmed = True

    def clear(self) -> None:
        self.confirm(self._next)

    def take(self, limit: int) -> list[str]:
        """The next batch, encoded."""
        batch: list[str] = []
        while self._again and self._again[0].confirmed and len(batch) < limit:
            batch.append(self._again.popleft().encoded())
        if self.shuffle:
            self._mix(4 * limit)
        for entry, _ in zip(self._pending, range(limit - len(batch)), strict=False):
            if self.twice and not entry.delivered:
                self._again.append(entry)
            entry.delivered = True
            batch.append(entry.encoded())
        return batch

    async def wait(self, limit: int, seconds: float) -> list[str]:
        """The next batch; where there is none yet, wait for it. A later call ends this one with a conflict."""
        self.interrupt(Refused(409, _TERMINATED))
        batch = self.take(limit)
        if batch or seconds <= 0:
            return batch
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self.take(limit)

    def interrupt(self, refused: Refused) -> None:
        """End the poll that waits."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(refused)
        self._poll = None

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _mix(self, most: int) -> None:
        """Deal the updates nobody has seen out to their numbers anew, person by person."""
        fresh = [entry for entry, _ in zip(self._pending, range(most), strict=False) if not entry.delivered]
        order = [entry.person for entry in fresh]
        queues: dict[object, deque[str]] = {}
        for entry in fresh:
            queues.setdefault(entry.person, deque()).append(entry.body)
        self._random.shuffle(order)
        for entry, person in zip(fresh, order, strict=True):
            entry.person, entry.body = person, queues[person].popleft()
