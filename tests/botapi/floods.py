"""Flood control: how often a bot may write."""

import math
from collections import defaultdict, deque

from tests.botapi.refusals import too_many


class Floods:
    """Sliding windows over the writes that had their effect: one chat, one group, all chats together."""

    def __init__(self, private_gap: float = 1.0, overall: int = 30, group: int = 20) -> None:
        self.on = True
        self.private_gap = private_gap
        self.overall = overall
        self.group = group
        self._private: dict[int, float] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()

    def admit(self, chat: int, at: float) -> None:
        """Let a write to a chat pass at an instant, and count it; raises Refused where it comes too soon."""
        if not self.on:
            return
        wait = max(_wait(self._all, self.overall, 1.0, at), self._wait_in(chat, at))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._all.append(at)
        if chat > 0:
            self._private[chat] = at
        else:
            self._groups[chat].append(at)

    def _wait_in(self, chat: int, at: float) -> float:
        if chat < 0:
            return _wait(self._groups[chat], self.group, 60.0, at)
        last = self._private.get(chat)
        return 0.0 if last is None else last + self.private_gap - at


def _wait(window: deque[float], most: int, seconds: float, at: float) -> float:
    """How long until a window has room; what is older than it is forgotten."""
    while window and window[0] <= at - seconds:
        window.popleft()
    return window[-most] + seconds - at if len(window) >= most else 0.0
