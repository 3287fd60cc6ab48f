"""Phrases with gaps, held against a search for one after the other."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words.phrases import Found, Phrases, SpacedPhrases, TypedPhrases

CHINESE = st.lists(
    st.text(st.sampled_from("谁修管电梯…"), min_size=1, max_size=5).map(lambda p: p.strip("…")), max_size=6
)
ENGLISH = st.lists(
    st.lists(st.sampled_from(["who", "pays", "for", "whom", "…"]), min_size=1, max_size=4).map(
        lambda words: " ".join(words).replace(" … ", "…").strip("… ")
    ),
    max_size=6,
)


def slowly(text: str, phrases: Sequence[Sequence[str]], gap: int, shared: int) -> list[Found]:
    found = []
    for number, parts in enumerate(phrases):
        for start in range(len(text)):
            end = _end(text[start:], parts, gap, shared)
            if end:
                found.append(Found(str(number), start, start + end, sum(map(len, parts))))
                break
    return found


def _end(text: str, parts: Sequence[str], gap: int, shared: int) -> int:
    if not text.startswith(parts[0]):
        return 0
    end = len(parts[0])
    for part in parts[1:]:
        place = text[end - shared : end + gap + len(part)].find(part)
        if place < 0:
            return 0
        end += place - shared + len(part)
    return end


@given(
    CHINESE.map(lambda phrases: [phrase for phrase in phrases if phrase]),
    st.text(st.sampled_from("谁修管电梯"), max_size=20),
)
def test_chinese_phrases_are_found_where_the_slow_way_finds_them(phrases: list[str], text: str) -> None:
    book = Phrases((str(number), phrase) for number, phrase in enumerate(phrases))
    expected = slowly(text, [phrase.split("…") for phrase in phrases], gap=8, shared=0)
    assert book.find(text) == expected
    assert book.find(text) == expected  # and the same when it has been asked before


@given(
    ENGLISH.map(lambda phrases: [phrase for phrase in phrases if phrase]),
    st.lists(st.sampled_from(["who", "pays", "for", "whom", ""]), max_size=9),
)
def test_english_phrases_are_found_where_the_slow_way_finds_them(phrases: list[str], words: list[str]) -> None:
    text = f" {' '.join(words)} "
    book = SpacedPhrases((str(number), phrase) for number, phrase in enumerate(phrases))
    parts = [[f" {part.strip()} " for part in phrase.split("…")] for phrase in phrases]
    assert book.find(text) == slowly(text, parts, gap=32, shared=1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" shui lai xiu ", ["repair"]),
        (" shei xiu dian ti ", ["repair"]),
        (" dian ti hai xing ", ["lift"]),
        (" dian ti hai hang ", ["lift"]),
        (" shui ", []),
        (" xiu ", []),
    ],
)
def test_typed_phrases_are_known_by_each_reading_but_not_by_a_single_syllable(typed: str, meant: list[str]) -> None:
    book = TypedPhrases([("who", "谁"), ("repair", "谁…修"), ("lift", "电梯还行"), ("code", "wifi")])
    assert [found.means for found in book.find(typed)] == meant
