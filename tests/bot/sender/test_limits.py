"""Limits, against a slow, obvious model: what the other side may count, and when a place has to be free."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sender import Limit, Limits

LANES = ("a", "b", "c")


@dataclass
class Call:
    """A call as the model remembers it: for ever."""

    lane: str
    start: float
    end: float = inf


@dataclass(frozen=True)
class Plan:
    """Limits, and what happens: a call wants to start, one that runs ends, time passes, idle lanes are forgotten."""

    overall: Limit | None
    lanes: dict[str, tuple[Limit, ...]]
    steps: list[tuple[str, int]]


# Whole numbers: sums of them are exact, so that "at the very instant" can be tested.
LIMIT = st.builds(Limit, st.integers(1, 3), st.integers(1, 5).map(float))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("start"), st.integers(0, len(LANES) - 1)),
        st.tuples(st.just("end"), st.integers(0, 20)),
        st.tuples(st.just("pass"), st.integers(1, 6)),
        st.tuples(st.just("forget"), st.just(0)),
    ),
    min_size=5,
    max_size=60,
)
PLANS = st.builds(
    Plan, LIMIT | st.none(), st.fixed_dictionaries(dict.fromkeys(LANES, st.lists(LIMIT, max_size=2).map(tuple))), STEPS
)


def played(plan: Plan) -> Iterator[tuple[Limits, list[Call], float]]:
    """The limits, all calls so far and the time, after each step; nothing starts before its time."""
    limits = Limits(plan.overall, plan.lanes.__getitem__)
    calls: list[Call] = []
    now = 0.0
    for step, number in plan.steps:
        if step == "start" and limits.free_at(LANES[number], now) == now:
            limits.start(LANES[number])
            calls.append(Call(LANES[number], now))
        if step == "end" and (running := [call for call in calls if call.end == inf]):
            call = running[number % len(running)]
            call.end = now
            limits.end(call.lane, now)
        if step == "pass":
            now += number
        if step == "forget":
            limits.forget_idle(now)
        yield limits, calls, now


def most_counted(calls: list[Call], seconds: float, now: float) -> int:
    """The most calls that a window can hold, each counted at whatever instant between its start and its end."""
    # A window [at, at + seconds) can hold a call where it ends at `at` or later and starts before the window ends.
    begins = [*(call.end for call in calls if call.end < inf), now]
    return max(sum(call.end >= at and call.start < at + seconds for call in calls) for at in begins)


def free_at(plan: Plan, calls: list[Call], lane: str, now: float) -> float:
    """The first instant from now on at which fewer calls hold a place than each limit allows."""
    own = [call for call in calls if call.lane == lane]
    windows = [(plan.overall, calls), *((limit, own) for limit in plan.lanes[lane])]
    held = [(limit, [call.end + limit.seconds for call in some]) for limit, some in windows if limit]
    instants = sorted({now, *(until for _, some in held for until in some if now < until < inf)})
    return next(
        (at for at in instants if all(sum(until > at for until in some) < limit.calls for limit, some in held)), inf
    )


@given(PLANS)
def test_no_window_of_the_other_side_ever_holds_more_than_the_limit(plan: Plan) -> None:
    for _, calls, now in played(plan):
        if plan.overall:
            assert most_counted(calls, plan.overall.seconds, now) <= plan.overall.calls
        for lane, limits in plan.lanes.items():
            own = [call for call in calls if call.lane == lane]
            for limit in limits:
                assert most_counted(own, limit.seconds, now) <= limit.calls


@given(PLANS)
def test_a_place_is_free_at_the_first_instant_that_is_safe_whatever_was_forgotten(plan: Plan) -> None:
    for limits, calls, now in played(plan):
        for lane in LANES:
            assert limits.free_at(lane, now) == free_at(plan, calls, lane, now)


@given(PLANS)
def test_nothing_is_withheld_for_ever_unless_a_call_is_running(plan: Plan) -> None:
    for limits, calls, now in played(plan):
        if all(call.end < inf for call in calls):
            assert all(limits.free_at(lane, now) < inf for lane in LANES)


@pytest.mark.parametrize("calls", [1, 3])
def test_a_limit_is_used_up_wholly(calls: int) -> None:
    limits = Limits(Limit(calls, 10.0))
    for _ in range(calls):
        assert limits.free_at("a", 5.0) == 5.0
        limits.start("a")
    assert limits.free_at("a", 5.0) == inf
    limits.end("a", 6.0)
    assert limits.free_at("b", 6.0) == 16.0


def test_each_call_gives_its_own_place_back_whatever_was_forgotten() -> None:
    limits = Limits(None, lambda lane: (Limit(2, 10.0),))
    for _ in range(2):
        limits.start("a")
    limits.end("a", 1.0)
    limits.end("a", 4.0)
    for now, free in ((5.0, 11.0), (11.0, 11.0), (13.0, 13.0)):
        assert limits.free_at("a", now) == free
        limits.forget_idle(now)
    limits.start("a")
    assert limits.free_at("a", 13.0) == 14.0


def test_what_holds_nothing_back_any_more_is_not_kept() -> None:
    limits = Limits(None, lambda lane: (Limit(1, 1.0),))
    for lane in map(str, range(100)):
        limits.start(lane)
        limits.end(lane, 5.0)
    limits.forget_idle(5.5)
    assert len(limits._lanes) == 100
    limits.forget_idle(6.0)
    assert not limits._lanes
