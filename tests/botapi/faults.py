"""Faults: what a network and a busy server do to calls that are right."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What strikes a call. The name says whether the call had its effect; 5xx and `FLOOD` have none."""

    FLOOD = "429"
    ERROR_500 = "500"
    ERROR_502 = "502"  # with a body of HTML, as a proxy in front of the real server gives it
    ERROR_504 = "504"
    TIMEOUT = "timeout"  # the effect, then silence until the client goes away
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    SLOW = "slow"  # the effect, then the answer after a while

    @property
    def after_effect(self) -> bool:
        return self in (Fault.TIMEOUT, Fault.CUT_AFTER, Fault.SLOW)


WRITES = (
    *("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"),
    *("deleteMessage", "answerCallbackQuery"),
)


@dataclass
class _Plan:
    method: str
    fault: Fault
    chat: int | None
    left: int


class Faults:
    """Which calls are struck: some by chance, of a seed, and those that are planned one by one.

    Chance strikes the named methods only (`WRITES`, unless others are named: getUpdates may be among them).
    """

    def __init__(
        self,
        rate: float = 0.0,
        kinds: Iterable[Fault | str] = tuple(Fault),
        methods: Iterable[str] = WRITES,
        seed: int = 0,
        *,
        retry_after: int = 1,
        slow: float = 0.2,
    ) -> None:
        self.rate = rate
        self.kinds = tuple(Fault(kind) for kind in kinds)
        self.methods = frozenset(methods)
        self.retry_after = retry_after
        self.slow = slow
        self._random = random.Random(seed)
        self._plans: list[_Plan] = []

    def plan(self, method: str, fault: Fault | str, times: int = 1, chat: int | None = None) -> None:
        """Strike the next calls of a method ("*" is any), in one chat only where it is named."""
        self._plans.append(_Plan(method, Fault(fault), chat, times))

    def draw(self, method: str, chat: object) -> Fault | None:
        """What strikes this call."""
        for plan in self._plans:
            if plan.method in (method, "*") and plan.chat in (None, chat):
                plan.left -= 1
                if plan.left <= 0:
                    self._plans.remove(plan)
                return plan.fault
        if self.rate and method in self.methods and self._random.random() < self.rate:
            return self._random.choice(self.kinds)
        return None
