"""Wrong codes slow down: one person after five, by doubling; and in a rush everybody who has typed a wrong one."""

import secrets
from datetime import datetime, timedelta

import pytest

from bot.office import codes, slowing
from bot.store import Transaction
from bot.store.invitations import Invitations
from dialogs.wording import wording
from tests.bot.office.kit import done
from tests.bot.office.town import Person, Town
from tests.bot.store.kit import NOON, at, seen
from tests.kit import ROOT

MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def wrong() -> str:
    return codes.made(secrets.token_bytes(16))


def waits(text: str) -> bool:
    return "先歇" in text


def test_five_wrong_codes_cost_nothing_and_each_further_one_twice_as_long() -> None:
    own = [at(second) for second in range(slowing.FREE - 1)]
    assert slowing.free_at(own, own, at(10)) is None
    for further, minutes in enumerate((1, 2, 4, 8, 16, 32, 64)):
        own = [at(second) for second in range(slowing.FREE + further)]
        assert slowing.free_at(own, own, own[-1]) == own[-1] + minutes * MINUTE
        assert slowing.free_at(own, own, own[-1] + minutes * MINUTE) is None


def test_nobody_waits_longer_than_a_day_whatever_the_clock_does() -> None:
    own = [at(second) for second in range(500)]
    assert slowing.free_at(own, own, at(500)) == at(500) + slowing.KEPT
    assert slowing.free_at([at(0)] * 10, [], at(-90 * 86400)) == at(-90 * 86400) + slowing.KEPT


def test_in_a_rush_only_those_wait_who_have_typed_a_wrong_code_themselves() -> None:
    everybody = [at(second) for second in range(slowing.RUSH)]
    now = at(slowing.RUSH)
    assert slowing.free_at([], everybody, now) is None
    assert slowing.free_at([at(0)], everybody, now) == at(0) + slowing.RUSH_SPAN
    assert slowing.free_at([at(0)], everybody[1:], now) is None


def test_while_one_waits_a_code_is_not_even_looked_at_and_afterwards_it_is(town: Town) -> None:
    clock = Clock()
    ann, right = Person(town.path, now=clock), town.code("1")
    for _ in range(slowing.FREE):
        assert ann(wrong()) == wording("zh")("joining.unknown")
    assert waits(ann(right)) and "1分钟" in ann.last.text
    for _ in range(3):
        assert waits(ann(wrong()))
    assert seen(town.path, "select count(*) from wrong_code") == [(slowing.FREE,)]  # what is not looked at is not held
    clock.passes(1.1)
    assert ann(wrong()) == wording("zh")("joining.unknown")
    clock.passes(1.1)
    assert waits(ann(right))
    clock.passes(1)
    assert "第1席" in ann(right)


def test_others_are_heard_meanwhile(town: Town) -> None:
    ann = Person(town.path)
    for _ in range(slowing.FREE + 1):
        ann(wrong())
    assert "第1席" in Person(town.path, 8)(town.code("1"))


def test_being_forgotten_is_no_way_around_it_and_another_chat_of_the_same_person_neither(town: Town) -> None:
    ann = Person(town.path)
    for _ in range(slowing.FREE):
        ann(wrong())
    ann("/forget")
    assert waits(ann(wrong()))


def test_a_days_guessing_by_one_person_is_a_handful(town: Town) -> None:
    """Every minute of a day somebody tries: so many codes are looked at."""
    clock = Clock()
    person = "telegram/123456/7"

    def attempt(tx: Transaction) -> int:
        invitations = Invitations(tx.connection)
        own = invitations.wrongs(clock.now - slowing.KEPT, person)
        if slowing.free_at(own, own, clock.now) is None:
            invitations.wrong(person, clock.now)
            return 1
        return 0

    def day(tx: Transaction) -> int:
        found = 0
        for _ in range(24 * 60):
            found += attempt(tx)
            clock.passes(1)
        return found

    tried = done(town.path, day)
    second = done(town.path, day)
    assert tried == slowing.FREE + 10 and second <= tried
    assert f"{tried} codes a day" in " ".join((ROOT / "docs" / "security.md").read_text("utf-8").split())


def test_what_was_typed_wrong_is_forgotten_after_a_day(town: Town) -> None:
    clock = Clock()
    ann = Person(town.path, now=clock)
    ann(wrong())
    done(town.path, lambda tx: tx.forget(NOON + timedelta(hours=23)))
    assert seen(town.path, "select count(*) from wrong_code") == [(1,)]
    done(town.path, lambda tx: tx.forget(NOON + timedelta(hours=25)))
    assert seen(town.path, "select count(*) from wrong_code") == [(0,)]


@pytest.mark.parametrize(
    ("minutes", "told"), [(1, "1分钟"), (59, "59分钟"), (60, "1小时"), (61, "2小时"), (1440, "24小时")]
)
def test_a_wait_is_told_in_words(minutes: int, told: str) -> None:
    from dialogs import joining
    from dialogs.desk import Invited, Opening

    assert told in joining.refusal(Invited(Opening.WAIT, minutes=minutes), "zh").text
