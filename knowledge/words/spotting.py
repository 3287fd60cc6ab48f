"""Spotting: which words of a vocabulary stand in a text, as written, misspelled, by sound, in pinyin or in English.

The vocabulary gives keys to words; a Spot says which key was found, where, and how sure that is. Exact words go
first; only what they leave uncovered is searched by sound and for slips of one character.
"""

import re
import sys
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from knowledge.words.english import Phrases
from knowledge.words.normal import HAN
from knowledge.words.pinyin import first_reading, is_pinyin, spellings, syllables
from knowledge.words.spot import EXACT, SLIP, SOUND, Spot

_LONGEST = 8  # syllables of a word that is searched by sound
# Characters of everyday grammar: where one of them differs, another word was meant, not a slip of the pen.
_GRAMMAR = frozenset("这那我你他她它们的了是有在和给就都也还要会可以能不没吗呢吧啊把被到从对为与或个次每该各再又很过")

# Words that hold one of these are phrases, one slip away from too many others.
_GLUE = frozenset("的了我们你他这那不没")


def _jieba() -> Any:
    """jieba without its guesser of unknown words: loading that takes 0.3 s and 80 MB, and HMM=False never asks it."""
    sys.modules.setdefault("jieba.finalseg", types.ModuleType("jieba.finalseg"))
    import jieba

    return jieba


class Vocabulary:
    """Words by key, in Chinese and in English, ready to be found in folded texts."""

    def __init__(
        self, chinese: Mapping[str, Iterable[str]], english: Mapping[str, Iterable[str]], texts: Iterable[str] = ()
    ) -> None:
        """Words by key; `texts` are correct Chinese of the field: a pair of characters in them is no misspelling."""
        self._texts = list(texts)
        self._english = Phrases(english)
        self._keys: dict[str, list[str]] = defaultdict(list)
        for key, words in chinese.items():
            for word in words:
                self._keys[word.lower()].append(key)

    # Each index is made when it is first needed: written Chinese never waits for typed pinyin, nor the other way.

    @cached_property
    def _cutter(self) -> Any:
        cutter = _jieba().Tokenizer()
        # Our own words are its whole dictionary: nothing is read from, or cached on, the disk.
        cutter.FREQ, cutter.total, cutter.initialized = {}, 0, True
        for word in self._keys:
            cutter.add_word(word, 10)
        return cutter

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        """Words by the commonest readings of their characters, as which written characters are read too."""
        index: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in self._keys:
            if len(word) >= 2 and (reading := first_reading(word)):
                index[reading].append(word)
        return index

    @cached_property
    def _by_typing(self) -> dict[tuple[str, ...], list[str]]:
        """Words by all the ways in which they may be typed in pinyin."""
        index: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in self._keys:
            # 的, 得 and 地 sound alike and are typed everywhere ("wo men lou de …").
            if len(word) >= 2 and not set(word) & set("的得地"):
                for spelling in spellings(word):
                    index[spelling].append(word)
        return index

    @cached_property
    def _pairs(self) -> frozenset[str]:
        texts = (*self._texts, *self._keys)
        return frozenset(text[at : at + 2] for text in texts for at in range(len(text) - 1))

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for word in self._keys:
            # Phrases held together by grammar ("小区的路") would be one slip away from too many others.
            if len(word) >= 4 and HAN.match(word) and not _GLUE & set(word):
                for gone in _deletions(word):
                    index[gone].append(word)
        return index

    def spot(self, folded: str, known: Iterable[tuple[int, int]] = ()) -> list[Spot]:
        """Every word found in a folded text, in order of place. Work grows in step with the text's length.

        `known` are stretches (start, end) that are understood already: no slip of the pen is suspected there.
        """
        found: list[Spot] = []
        if HAN.search(folded):
            found += self._exact(folded)
            places = [(spot.start, spot.end) for spot in found] + list(known)
            near = list(self._slips(folded, _covered(places, len(folded))))
            places += [(spot.start, spot.end) for spot in near]
            near += self._sounds(folded, _covered(places, len(folded)), typed=False)
            near = [spot for spot in near if not any(_keeps(spot, exact, folded) for exact in found)]
            # A longer word with a slip says more than a short word that happens to stand inside it.
            found = [spot for spot in found if not any(_hides(other, spot) for other in near)] + near
        latin = re.sub(r"[\u3400-\u9fff]+", lambda m: " " * len(m[0]), folded)
        if re.search("[a-z0-9]", latin):
            english = list(self._english.spot(latin))
            if is_pinyin(latin):
                # Short English words can be read as pinyin too ("bike"): as they stand they may mean either.
                places = [(spot.start, spot.end) for spot in found]
                found += self._sounds(latin, _covered(places, len(latin)), typed=True)
                english = [spot for spot in english if spot.strength == EXACT]
            found += english
        return sorted(found, key=lambda spot: (spot.start, -spot.end))

    def _exact(self, folded: str) -> Iterator[Spot]:
        at = 0
        if not self._keys:
            return
        for word in self._cutter.cut(folded, HMM=False):
            for key in self._keys.get(word, ()):
                yield Spot(key, word, at, at + len(word))
            at += len(word)

    def _slips(self, folded: str, covered: list[bool]) -> Iterator[Spot]:
        """Words of four and more characters with one wrong, one missing, or one too many."""
        for run in re.finditer(r"[\u3400-\u9fff]{3,}", folded):
            text, base, at = run[0], run.start(), 0
            while at <= len(text) - 3:
                found = None
                for length in range(min(9, len(text) - at), 2, -1):
                    window = text[at : at + length]
                    if all(covered[base + at : base + at + length]):
                        continue
                    if word := self._nearly(window):
                        found = (word, length)
                        break
                if found:
                    word, length = found
                    for key in self._keys[word]:
                        yield Spot(key, word, base + at, base + at + length, SLIP)
                    at += length
                else:
                    at += 1

    def _nearly(self, window: str) -> str | None:
        for candidate in self._by_deletion.get(window, ()):
            missing = next(n for n, char in enumerate(candidate) if window[n : n + 1] != char)
            if 0 < missing < len(window) and candidate[missing] not in _GRAMMAR:
                return candidate  # a character inside is missing
        if len(window) < 4:
            return None
        for place, gone in enumerate(_deletions(window)):
            if len(gone) >= 4 and gone in self._keys and 0 < place < len(gone) and window[place] not in _GRAMMAR:
                return gone  # one too many inside the word
            for candidate in self._by_deletion.get(gone, ()):
                if len(candidate) == len(window) and _one_slip(candidate, window):
                    return candidate
        return None

    def _sounds(self, folded: str, covered: list[bool], typed: bool) -> Iterator[Spot]:
        """Words that sound like what was written. Two characters must be nearly right, and no word as they stand:
        otherwise some word of ours would be heard in almost any sentence."""
        heard = syllables(folded)
        at = 0
        while at < len(heard):
            for length in range(min(_LONGEST, len(heard) - at), 1, -1):
                window = heard[at : at + length]
                start, end = window[0][1], window[-1][2]
                if all(covered[start:end]):
                    continue
                index = self._by_typing if typed else self._by_sound
                words = index.get(tuple(sound for sound, _, _ in window), [])
                if length == 2 and not typed:
                    words = [word for word in words if self._misspells(folded[start:end], word)]
                if words:
                    for key in dict.fromkeys(key for word in words for key in self._keys[word]):
                        yield Spot(key, words[0], start, end, SOUND)
                    at += length
                    break
            else:
                at += 1

    def _misspells(self, written: str, word: str) -> bool:
        if len(written) != 2 or written in self._pairs:
            return False
        wrong = [char for char, right in zip(written, word, strict=True) if char != right]
        return len(wrong) == 1 and wrong[0] not in _GRAMMAR


def _one_slip(word: str, written: str) -> bool:
    wrong = [char for right, char in zip(word, written, strict=True) if right != char]
    return len(wrong) == 1 and wrong[0] not in _GRAMMAR


def _deletions(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _covered(places: Iterable[tuple[int, int]], length: int) -> list[bool]:
    covered = [False] * length
    for start, end in places:
        covered[start:end] = [True] * (end - start)
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
