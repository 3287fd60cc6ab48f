"""Cutting, held against all the ways in which a text can be cut."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words.cutting import cut
from knowledge.words.lexicon import Lexicon

LETTERS = st.sampled_from("楼电梯装")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8)


def ways(text: str, words: set[str]) -> Iterator[list[str]]:
    """Every way to cut a text, a single character being cut off only where no word begins."""
    if not text:
        yield []
    heads = [text[:end] for end in range(1, len(text) + 1) if text[:end] in words] or [text[:1]]
    for head in heads if text else ():
        yield from ([head, *rest] for rest in ways(text[len(head) :], words))


@given(st.text(LETTERS, max_size=8), WORDS)
def test_a_text_is_cut_into_the_fewest_pieces_then_the_most_words_then_the_longest_first(
    text: str, words: list[str]
) -> None:
    best = max(ways(text, set(words)), key=lambda way: (-len(way), sum(p in words for p in way), [len(p) for p in way]))
    assert cut(text, Lexicon({"key": words})) == best


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("我们楼装电梯", "我 们 楼 装电梯"),
        ("加装电梯厅", "加 装电梯 厅"),
        ("电梯2部", "电梯 2 部"),
        ("委、办、局说", "委、办、局 说"),
        ("", ""),
    ],
)
def test_words_are_cut_out_of_what_stands_around_them(text: str, pieces: str) -> None:
    assert cut(text, Lexicon({"a": ["电梯", "装电梯", "电梯厅", "梯厅"], "b": ["委、办、局"]})) == pieces.split()
