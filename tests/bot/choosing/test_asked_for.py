"""Asking to choose in the words of a question: the rules are told, and whoever has an open ballot is led to it."""

import pytest

from dialogs import taps
from tests.bot.choosing.kit import ELEVATOR, Voter, Voting, said

ASKED = ("我想选自选类的项目", "带我选菜单", "改第1项")


@pytest.mark.parametrize("text", ASKED)
def test_whoever_has_a_seat_is_led_to_its_ballot(voting: Voting, text: str) -> None:
    voter = voting.voter()
    assert "根据居民意愿" in voter(text)
    begin = taps.begin("choosing", ballot=voting.id, number=str(voting.number()))
    assert [button.tap for button in voter.last.buttons].count(begin) == 1
    voter.tap(begin)
    voter.tap(voter.data(said("choosing.label.begin")))
    assert ELEVATOR in str(voter.last.buttons)


@pytest.mark.parametrize("text", ASKED)
def test_whoever_has_none_is_told_the_rules_alone(voting: Voting, text: str) -> None:
    for voter in (Voter(voting.office, user=8), Voter(voting.office, group=True)):
        assert "根据居民意愿" in voter(text)
        assert not any(button.tap.startswith("begin:") for button in voter.last.buttons)


def test_after_the_close_nothing_is_offered(voting: Voting) -> None:
    voter = voting.voter()
    voting.closes()
    assert "根据居民意愿" in voter(ASKED[0])
    assert not any(button.tap.startswith("begin:") for button in voter.last.buttons)
