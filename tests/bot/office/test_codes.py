"""Codes: random enough, and hard to mistype without its being noticed."""

import math
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office import codes

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
code_letters = st.binary(min_size=16, max_size=16).map(lambda random: codes.made(random).replace("-", ""))


def test_a_code_holds_more_than_fifty_bits_and_no_letters_that_look_alike() -> None:
    assert 11 * math.log2(len(LETTERS)) > 54
    seen = set("".join(codes.made(secrets.token_bytes(16)) for _ in range(500)))
    assert seen == {*LETTERS, "-"} and not seen & set("01OIL")


@given(code_letters)
def test_every_single_wrong_letter_is_found(code: str) -> None:
    for at, was in enumerate(code):
        for letter in LETTERS:
            assert (codes.read(code[:at] + letter + code[at + 1 :]) is not None) == (letter == was)


@given(code_letters)
def test_any_two_letters_that_changed_places_are_found(code: str) -> None:
    for one in range(len(code)):
        for other in range(one):
            letters = list(code)
            letters[one], letters[other] = letters[other], letters[one]
            if letters != list(code):
                assert codes.read("".join(letters)) is None


@given(code_letters)
def test_it_reads_however_it_is_written(code: str) -> None:
    shown = codes.shown(code)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for typed in (code, shown, shown.lower(), shown.replace("-", " "), f" {wide}\n", shown.replace("-", "—")):
        assert codes.read(typed) == code


@given(code_letters, st.integers(0, 11), st.sampled_from(LETTERS))
def test_a_slip_in_a_code_in_groups_is_seen_as_one_mostly(code: str, at: int, letter: str) -> None:
    typed = codes.shown(code[:at] + letter + code[at + 1 :])
    if codes.read(typed) is None:
        assert codes.resembles(typed)
        assert codes.resembles(typed[:-1]) and codes.resembles(f"{typed}A")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "can my building",
        "does that 2018",
        "plan from 2018",
        "neighborhood",
        "transparency",
        "13800138000",
        "010-1234-5678",
        "138001380000",
        "2018-2020",
        "3-2-501",
        "我们楼能装电梯吗",
        "K7MW-3XQD",
        "three room flat",
        "西政办发〔2018〕4号",
    ],
)
def test_questions_and_numbers_are_no_codes(text: str) -> None:
    assert codes.read(text) is None and not codes.resembles(text)


def test_what_is_kept_says_nothing_without_the_key() -> None:
    kept = codes.keyed("K7MW3XQD9FTA", b"k" * 32)
    assert len(kept) == 64 and kept != codes.keyed("K7MW3XQD9FTA", b"l" * 32) and "K7MW" not in kept.upper()
    with pytest.raises(ValueError):
        codes.made(b"too short")
