"""Slips of the pen, held against every word tried at every place."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.words.lexicon import Lexicon
from knowledge.words.slips import GRAMMAR, slips

CHARS = st.sampled_from("加装电梯的")
TEXTS = st.text(CHARS, max_size=12)
WORDS = st.lists(st.text(CHARS, min_size=3, max_size=6), max_size=5, unique=True)


def guesses(window: str, words: list[str]) -> Iterator[str]:
    """The words that a window may be a slip of, the best first."""
    phrases = [word for word in words if len(word) >= 4 and not set(word) & set("的")]
    for word in phrases:
        if len(word) == len(window) + 1:
            missing = next(at for at in range(len(word)) if word[at] != window[at : at + 1])
            if window == word[:missing] + word[missing + 1 :] and 0 < missing < len(window):
                yield from [word] if word[missing] not in GRAMMAR else []
    for place in range(len(window)) if len(window) > 3 else ():
        left = window[:place] + window[place + 1 :]
        if len(left) >= 4 and left in words and 0 < place < len(left) and window[place] not in GRAMMAR:
            yield left
        for word in phrases:
            wrong = [at for at in range(len(word)) if word[at : at + 1] != window[at : at + 1]]
            near = any(left == word[:at] + word[at + 1 :] for at in range(len(word)))
            if len(word) == len(window) and len(wrong) == 1 and near and window[wrong[0]] not in GRAMMAR:
                yield word


def slowly(text: str, covered: bytes, words: list[str]) -> list[tuple[str, int, int]]:
    found, at = [], 0
    while at < len(text):
        for length in range(min(9, len(text) - at), 2, -1):
            word = next(guesses(text[at : at + length], words), None)
            if word and 0 in covered[at : at + length]:
                found.append((word, at, at + length))
                at += length
                break
        else:
            at += 1
    return found


@given(TEXTS, WORDS, st.data())
@example("加装电梯梯", ["加装电梯"], None)
@example("加电梯", ["加装电梯"], None)
def test_the_slips_found_are_those_of_the_slow_way(text: str, words: list[str], data: st.DataObject | None) -> None:
    covered = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(text), max_size=len(text)))) if data else b""
    covered = covered or bytes(len(text))
    found = slips(text, bytearray(covered), Lexicon({"key": words}))
    assert [(spot.word, spot.start, spot.end) for spot in found] == slowly(text, covered, words)


@pytest.mark.parametrize("written", ["加状电梯", "嫁装电梯", "加装电提", "加装装电梯", "加电梯"])
def test_one_slip_anywhere_is_forgiven(written: str) -> None:
    (spot,) = slips(f"想{written}", bytearray(len(written) + 1), Lexicon({"lift": ["加装电梯"]}))
    assert (spot.key, spot.word, spot.start, spot.end) == ("lift", "加装电梯", 1, len(written) + 1)


@pytest.mark.parametrize("written", ["加状电提", "装电梯", "加装电", "加不电梯", "x加装电梯", "加装电梯x"])
def test_two_slips_a_lost_end_and_words_of_grammar_are_not(written: str) -> None:
    assert list(slips(written, bytearray(len(written)), Lexicon({"lift": ["加装电梯"]}))) == []
