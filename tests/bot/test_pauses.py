"""Pauses: they grow while something keeps failing, and begin anew when it went well."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pauses import Pauses


def test_each_pause_is_twice_the_one_before_up_to_the_longest() -> None:
    pauses = Pauses(first=1, longest=20)
    assert [pauses.next() for _ in range(7)] == [1, 2, 4, 8, 16, 20, 20]


def test_after_it_went_well_the_first_pause_comes_again() -> None:
    pauses = Pauses(first=1, longest=20)
    for _ in range(4):
        pauses.next()
    pauses.reset()
    assert [pauses.next(), pauses.next()] == [1, 2]


@given(st.lists(st.booleans()))
def test_they_are_fresh_until_something_fails_and_again_when_it_went_well(well: list[bool]) -> None:
    pauses = Pauses()
    fresh = True
    assert pauses.fresh
    for one in well:
        if one:
            pauses.reset()
        else:
            pauses.next()
        fresh = one
        assert pauses.fresh is fresh
