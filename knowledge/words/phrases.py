"""Phrases: fixed wordings with gaps ("谁…修"), found in a text however many of them there are.

They are told apart by how they begin, so that few are tried at a place of a text. A text must be written as the
phrases are: Chinese as it stands; English words, and the syllables of pinyin, with one space on either side of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.words.pinyin import by_reading, spellings

_GAP = "…"
_LONGEST_GAP, _LONGEST_SPACED_GAP = 8, 32  # characters
_SPELLINGS = 4


# Its place among all of them, what it means, and its parts, with a gap between two of them.
Phrase = tuple[int, str, Sequence[str]]


class Found(NamedTuple):
    """A phrase in a text: what it means, where it stands, and how many characters are its own, without the gaps."""

    means: str
    start: int
    end: int
    own: int


class Phrases:
    """Chinese phrases as they are written. Those that begin alike are taken apart when a text first begins so."""

    _gap = _LONGEST_GAP

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """What each phrase means, and the phrase."""
        self._whole: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for place, (means, phrase) in enumerate(phrases):
            self._whole[self._first(phrase)].append((place, means, phrase))
        self._by_head: dict[str, list[Phrase]] = defaultdict(list)

    def warm(self) -> None:
        """Take all phrases apart now."""
        self._prepare(" ".join(self._whole))

    def find(self, text: str) -> list[Found]:
        """Each phrase that stands in a text once, where it does so first; in the order in which they were given."""
        self._prepare(text)
        found: dict[int, Found] = {}
        for start, head in self._heads(text):
            for place, means, parts in self._by_head.get(head, ()):
                if place not in found and (end := _end(text, parts, start, self._gap)):
                    found[place] = Found(means, start, end, sum(map(len, parts)))
        return [found[place] for place in sorted(found)]

    def _prepare(self, text: str) -> None:
        """Take the phrases apart that may begin in a text."""
        for first in self._whole.keys() & self._firsts(text):
            for place, means, phrase in self._whole.get(first, ()):
                self._add(place, means, phrase.split(_GAP))
            self._whole.pop(first, None)

    def _first(self, phrase: str) -> str:
        return phrase[:1]

    def _firsts(self, text: str) -> set[str]:
        return set(text)

    def _add(self, place: int, means: str, parts: Sequence[str]) -> None:
        self._by_head[parts[0][:2]].append((place, means, parts))

    def _heads(self, text: str) -> Iterator[tuple[int, str]]:
        """Each place of a text, with what a phrase that begins there may be known by."""
        for start in range(len(text)):
            yield start, text[start]
            yield start, text[start : start + 2]


class SpacedPhrases(Phrases):
    """English phrases, known by their first word or two."""

    _gap = _LONGEST_SPACED_GAP

    def _first(self, phrase: str) -> str:
        return phrase.split(_GAP, 1)[0].split(" ", 1)[0]

    def _firsts(self, text: str) -> set[str]:
        return set(text.split())

    def _add(self, place: int, means: str, parts: Sequence[str]) -> None:
        spaced = [f" {part.strip()} " for part in parts]
        head = " ".join(spaced[0].split(" ", 3)[:3]).rstrip()
        self._by_head[head].append((place, means, spaced))

    def _heads(self, text: str) -> Iterator[tuple[int, str]]:
        start = text.find(" ")
        while (end := text.find(" ", start + 1)) >= 0:
            yield start, text[start:end]
            if (after := text.find(" ", end + 1)) >= 0:
                yield start, text[start:after]
            start = end


class TypedPhrases(SpacedPhrases):
    """Chinese phrases in pinyin; each is spelt when a text first has a syllable that it may begin with."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        super().__init__(phrases)
        self._characters = by_reading(self._whole, 2)

    def warm(self) -> None:
        self._prepare(" ".join(self._characters))

    def _first(self, phrase: str) -> str:
        return phrase[:1]

    def _prepare(self, text: str) -> None:
        for syllable in self._characters.keys() & self._firsts(text):
            for char in self._characters.get(syllable, ()):
                for place, means, phrase in self._whole.get(char, ()):
                    self._spell(place, means, phrase.split(_GAP), syllable)
            self._characters.pop(syllable, None)

    def _spell(self, place: int, means: str, parts: Sequence[str], first: str) -> None:
        """Add the spellings of a phrase that begin with a syllable; a single syllable would mean too much."""
        ways = [spellings(part, _SPELLINGS) for part in parts]
        if all(ways) and sum(len(way[0]) for way in ways) > 1:
            for nth in range(max(map(len, ways))):
                chosen = [way[min(nth, len(way) - 1)] for way in ways]
                if chosen[0][:1] == (first,):
                    self._add(place * _SPELLINGS + nth, means, [" ".join(syllables) for syllables in chosen])


def _end(text: str, parts: Sequence[str], start: int, gap: int) -> int | None:
    """Where a phrase ends that begins at `start`, each part at most `gap` after the last; None if it does not."""
    if not text.startswith(parts[0], start):
        return None
    end = start + len(parts[0])
    for part in parts[1:]:
        # Parts with spaces around them may share the one between two neighbouring words.
        place = text.find(part, end - (part[:1] == " "), end + gap + len(part))
        if place < 0:
            return None
        end = place + len(part)
    return end
