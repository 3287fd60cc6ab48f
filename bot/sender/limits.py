"""Limits: how many calls a channel allows within a time, in all and per lane.

The other side counts calls when it handles them, some time between their start and their end as seen here. So a call
holds its place from its start until a whole span after its end: then no window of the other side, wherever it begins,
holds more than the limit.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` within `seconds`."""

    calls: int
    seconds: float


class _Window:
    """The calls that hold a place under one limit."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._running = 0
        self._ended: deque[float] = deque()

    def free_at(self, now: float) -> float:
        """When the next place is free: `now`, a later time, or infinity while that hangs on a running call."""
        while self._ended and self._ended[0] + self._limit.seconds <= now:
            self._ended.popleft()
        over = self._running + len(self._ended) - self._limit.calls
        if over < 0:
            return now
        return self._ended[over] + self._limit.seconds if over < len(self._ended) else inf

    def start(self) -> None:
        self._running += 1

    def end(self, now: float) -> None:
        self._running -= 1
        self._ended.append(now)

    def idle(self, now: float) -> bool:
        return self.free_at(now) == now and not self._running and not self._ended


class Limits:
    """Limits for all calls together and, by lane, for each lane alone; `of_lane` gives a lane's own limits.

    Times are seconds of a clock that only goes forward.
    """

    def __init__(
        self, overall: Limit | None = None, of_lane: Callable[[str], Sequence[Limit]] = lambda lane: ()
    ) -> None:
        self._overall = _Window(overall) if overall else None
        self._of_lane = of_lane
        self._lanes: dict[str, list[_Window]] = {}

    def open_at(self, now: float) -> float:
        """When any call at all may start, as `free_at`."""
        return self._overall.free_at(now) if self._overall else now

    def free_at(self, lane: str, now: float) -> float:
        """When a call in a lane may start: `now`, a later time, or infinity while that hangs on a running call."""
        return max((window.free_at(now) for window in self._windows(lane)), default=now)

    def start(self, lane: str) -> None:
        """A call starts."""
        if lane not in self._lanes and (limits := self._of_lane(lane)):
            self._lanes[lane] = [_Window(limit) for limit in limits]
        for window in self._windows(lane):
            window.start()

    def end(self, lane: str, now: float) -> None:
        """A call that was started has ended, however it ended."""
        for window in self._windows(lane):
            window.end(now)

    def forget_idle(self, now: float) -> None:
        """Drop what is kept of lanes that hold nothing back any more."""
        self._lanes = {
            lane: windows for lane, windows in self._lanes.items() if not all(window.idle(now) for window in windows)
        }

    def _windows(self, lane: str) -> list[_Window]:
        overall = [self._overall] if self._overall else []
        return overall + self._lanes.get(lane, [])
