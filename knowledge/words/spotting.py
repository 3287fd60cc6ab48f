"""Spotting: which words of a vocabulary stand in a text, as written, misspelled, by sound, in pinyin or in English.

The vocabulary gives keys to words; a Spot says which key was found, where, and how sure that is. Exact words go
first; only what they leave uncovered is searched by sound and for slips of one character.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from knowledge.words.cutting import Cutter
from knowledge.words.english import English
from knowledge.words.lexicon import Lexicon
from knowledge.words.normal import HAN, HAN_RUN
from knowledge.words.pinyin import is_pinyin, syllables
from knowledge.words.slips import GRAMMAR, slips
from knowledge.words.spot import EXACT, SOUND, Spot

_LONGEST = 8  # syllables of a word that is searched by sound


class Vocabulary:
    """Words by key, in Chinese and in English, ready to be found in folded texts."""

    def __init__(
        self, chinese: Mapping[str, Iterable[str]], english: Mapping[str, Iterable[str]], texts: Iterable[str] = ()
    ) -> None:
        """Words by key; `texts` are correct Chinese of the field: a pair of characters in them is no misspelling."""
        self._lexicon = Lexicon(chinese)
        self._cutter = Cutter(self._lexicon)
        self._english = English(english)
        self._texts = list(texts)

    @cached_property
    def _correct(self) -> str:
        """All that is known to be written well, line by line."""
        return "\n".join((*self._texts, *self._lexicon.keys))

    def warm(self) -> None:
        """Make all indexes now, not each when a text first needs it: for a process that will read many texts."""
        self._lexicon.warm()
        self._cutter.learn(self._lexicon.firsts)
        self._english.warm()

    def spot(self, folded: str, known: Iterable[tuple[int, int]] = ()) -> list[Spot]:
        """Every word found in a folded text, in order of place. Work grows in step with the text's length.

        `known` are stretches (start, end) that are understood already: no slip of the pen is suspected there.
        """
        found: list[Spot] = []
        if HAN.search(folded):
            found += self._exact(folded)
            found = self._with_near(folded, found, list(known))
        latin = HAN_RUN.sub(lambda run: " " * len(run[0]), folded)
        if re.search("[a-z0-9]", latin):
            english = list(self._english.spot(latin))
            if is_pinyin(latin):
                # Short English words can be read as pinyin too ("bike"): as they stand they may mean either.
                places = [(spot.start, spot.end) for spot in found]
                found += self._sounds(latin, _covered(places, len(latin)), typed=True)
                english = [spot for spot in english if spot.strength == EXACT]
            found += english
        return sorted(found, key=lambda spot: (spot.start, -spot.end))

    def _with_near(self, folded: str, exact: list[Spot], known: list[tuple[int, int]]) -> list[Spot]:
        """Exact words, and those that were nearly written in what they leave."""
        starts = [spot.start for spot in exact]

        def inside(spot: Spot) -> list[Spot]:
            return exact[bisect_left(starts, spot.start) : bisect_left(starts, spot.end)]

        def better(spots: Iterable[Spot]) -> list[Spot]:
            return [spot for spot in spots if not any(_keeps(spot, other, folded) for other in inside(spot))]

        places = [(spot.start, spot.end) for spot in exact] + known
        near = better(slips(folded, _covered(places, len(folded)), self._lexicon))
        places += [(spot.start, spot.end) for spot in near]
        near += better(self._sounds(folded, _covered(places, len(folded)), typed=False))
        # A longer word with a slip says more than a short word that happens to stand inside it.
        hidden = {other for spot in near for other in inside(spot) if _hides(spot, other)}
        return [spot for spot in exact if spot not in hidden] + near

    def _exact(self, folded: str) -> Iterator[Spot]:
        at = 0
        for word in self._cutter.cut(folded):
            for key in self._lexicon.keys.get(word, ()):
                yield Spot(key, word, at, at + len(word))
            at += len(word)

    def _sounds(self, folded: str, covered: bytearray, typed: bool) -> Iterator[Spot]:
        """Words that sound like what was written. Two characters must be nearly right, and no word as they stand:
        otherwise some word of ours would be heard in almost any sentence."""
        spelt = self._lexicon.typed if typed else self._lexicon.read
        heard = syllables(folded)
        sounds = tuple(sound for sound, _, _ in heard)
        at = 0
        while at < len(heard):
            words = spelt.beginning(sounds[at])
            for length in range(min(_LONGEST, len(heard) - at), 1, -1) if words else ():
                start, end = heard[at][1], heard[at + length - 1][2]
                if covered.find(0, start, end) < 0 or not (typed or folded[start:end].isalnum()):
                    continue  # nothing open, or a comma between
                alike = words.get(sounds[at : at + length], ())
                if length == 2 and not typed:
                    alike = [word for word in alike if self._misspells(folded[start:end], word)]
                if alike:
                    for key in dict.fromkeys(key for word in alike for key in self._lexicon.keys[word]):
                        yield Spot(key, alike[0], start, end, SOUND)
                    at += length
                    break
            else:
                at += 1

    def _misspells(self, written: str, word: str) -> bool:
        # Beside 了 or 的 one character is left to go by: "买了" is no misspelled 埋了.
        if len(written) != 2 or not GRAMMAR.isdisjoint(word):
            return False
        wrong = [char for char, right in zip(written, word, strict=True) if char != right]
        return len(wrong) == 1 and wrong[0] not in GRAMMAR and written not in self._correct


def _covered(places: Iterable[tuple[int, int]], length: int) -> bytearray:
    """1 for each character that stands in one of the places, 0 for the others."""
    covered = bytearray(length)
    for start, end in places:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _keeps(near: Spot, exact: Spot, folded: str) -> bool:
    """Whether a near word leaves a word of another meaning as it stands and guesses at a character or two beside it."""
    written = folded[near.start : near.end]
    inside = near.start <= exact.start and exact.end <= near.end and len(written) == len(near.word)
    if near.key == exact.key or not inside or len(near.word) - len(exact.word) > 2:
        return False
    at = exact.start - near.start
    return written[at : at + len(exact.word)] == near.word[at : at + len(exact.word)]


def _hides(near: Spot, exact: Spot) -> bool:
    inside = near.start <= exact.start and exact.end <= near.end
    return inside and near.key != exact.key and len(near.word) >= len(exact.word) + 2
