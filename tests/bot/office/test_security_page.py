"""docs/security.md: its arithmetic is that of the program."""

from datetime import timedelta

import pytest

from bot.office import codes, slowing
from bot.store.store import KEEP_WRONG_CODES
from dialogs.wording import LANGUAGES, wording
from tests.kit import ROOT

PAGE = " ".join((ROOT / "docs" / "security.md").read_text("utf-8").split())
CODES = 31**11
GUESSES = 10_000_000


def test_a_code_is_eleven_of_thirty_one_letters() -> None:
    letters = {letter for n in range(256) for letter in codes.made(bytes([n]) * 16)} - {"-"}
    assert len(letters) == 31 and codes.LENGTH == 12
    assert f"31^11 = {CODES:,} codes, {CODES.bit_length() - 1} bits" in PAGE


@pytest.mark.parametrize("open_codes", [120, 10_000, 100_000])
def test_ten_million_guesses_hit_as_seldom_as_the_page_says(open_codes: int) -> None:
    assert f"| {open_codes:,} (" in PAGE and f"| 1 in {CODES / (GUESSES * open_codes):,.0f} |" in PAGE


def test_the_slowing_is_as_the_page_says() -> None:
    assert f"{slowing.FREE} are free" in PAGE and slowing.FIRST_WAIT == timedelta(minutes=1)
    assert f"Where {slowing.RUSH} wrong codes were typed within an hour" in PAGE
    assert slowing.RUSH_SPAN == timedelta(hours=1) and slowing.KEPT == KEEP_WRONG_CODES == timedelta(days=1)
    a_day = 15  # test_slowing.py counts them
    assert f"{GUESSES / a_day / 365.25:,.0f} years" in PAGE
    together = slowing.RUSH * 24 + 1000
    assert f"{together:,} a day" in PAGE and GUESSES / together / 365.25 > 3


def test_people_are_told_how_long_a_wrong_code_is_kept() -> None:
    for language in LANGUAGES:
        told = wording(language)("chat.privacy")
        assert ("留1天" if language == "zh" else "for 1 day") in told
