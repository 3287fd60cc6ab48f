"""Spotting: which words of a vocabulary stand in a text, as written, misspelled, by sound, in pinyin or in English.

The vocabulary gives keys to words; a Spot says which key was found, where, and how sure that is. Exact words go
first; only what they leave uncovered is searched by sound and for slips of one character.
"""

import re
import sys
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from knowledge.words.normal import HAN
from knowledge.words.pinyin import first_reading, is_pinyin, spellings, syllables

EXACT, SOUND, SLIP = 1.0, 0.8, 0.75
_ENGLISH_TOKEN = re.compile(r"[a-z0-9][a-z0-9'/%.,]*[a-z0-9%]|[a-z0-9]")
_PHRASE = 6
# Characters of everyday grammar: where one of them differs, another word was meant, not a slip of the pen.
_GRAMMAR = frozenset("这那我你他她它们的了是有在和给就都也还要会可以能不没吗呢吧啊把被到从对为与或个次每该各再又很过")

_GLUE = frozenset("的了我们你他这那不没")


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of the vocabulary in a text: its key, the word, where it stands there, and how sure (0–1]."""

    key: str
    word: str
    start: int
    end: int
    strength: float = EXACT


def _jieba() -> Any:
    """jieba without its guesser of unknown words: loading that takes 0.3 s and 80 MB, and HMM=False never asks it."""
    sys.modules.setdefault("jieba.finalseg", types.ModuleType("jieba.finalseg"))
    import jieba

    return jieba


def stem(token: str) -> str:
    """An English token without its plural or verb ending, so that "lifts" meets "lift"."""
    token = token.removesuffix("'s").rstrip("'.,-/")
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    for ending, shortest in (("ing", 7), ("ed", 6), ("es", 6), ("s", 4)):
        if token.endswith(ending) and len(token) >= shortest and not token.endswith("ss"):
            cut = token[: -len(ending)]
            return cut if ending == "s" else cut.rstrip("e")
    return token.rstrip("e") if len(token) > 4 else token


class Vocabulary:
    """Words by key, in Chinese and in English, ready to be found in folded texts."""

    def __init__(
        self, chinese: Mapping[str, Iterable[str]], english: Mapping[str, Iterable[str]], texts: Iterable[str] = ()
    ) -> None:
        """Words by key; `texts` are correct Chinese of the field: a pair of characters in them is no misspelling."""
        self._texts = list(texts)
        self._english_source = english
        self._keys: dict[str, list[str]] = defaultdict(list)
        for key, words in chinese.items():
            for word in words:
                self._keys[word.lower()].append(key)

    # What follows is made when it is first needed: a Chinese question never waits for the English words.

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], list[str]]:
        phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key, words in self._english_source.items():
            for word in words:
                phrase = tuple(stem(token) for token in _ENGLISH_TOKEN.findall(word.lower()) if token not in _ARTICLES)
                if phrase and key not in phrases[phrase]:
                    phrases[phrase].append(key)
        return phrases

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
            if len(word) >= 2:
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

    @cached_property
    def _english_words(self) -> dict[str, list[str]]:
        """English stems of five letters and more, by length, for spelling mistakes."""
        index: dict[str, list[str]] = defaultdict(list)
        for phrase in self._phrases:
            for token in phrase:
                if len(token) >= 5 and token.isalpha() and token not in index[token[0]]:
                    index[token[0]].append(token)
        return index

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(token for phrase in self._phrases for token in phrase)

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
            # A longer word with a slip says more than a short word that happens to stand inside it.
            found = [spot for spot in found if not any(_hides(other, spot) for other in near)] + near
        latin = re.sub(r"[\u3400-\u9fff]+", lambda m: " " * len(m[0]), folded)
        if re.search("[a-z0-9]", latin):
            english = list(self._english(latin))
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
            for length in range(min(_PHRASE + 2, len(heard) - at), 1, -1):
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

    def _english(self, folded: str) -> Iterator[Spot]:
        matches = (match for match in _ENGLISH_TOKEN.finditer(folded) if match[0] not in _ARTICLES)
        tokens = [(match[0], match.start(), match.end()) for match in matches]
        stems = [stem(token) for token, _, _ in tokens]
        sure = [EXACT] * len(stems)
        for place, token in enumerate(stems):
            if token not in self._known_stems and (better := self._respelled(token)):
                stems[place], sure[place] = better, SLIP
        at = 0
        while at < len(stems):
            for length in range(min(_PHRASE, len(stems) - at), 0, -1):
                keys = self._phrases.get(tuple(stems[at : at + length]))
                if keys:
                    start, end = tokens[at][1], tokens[at + length - 1][2]
                    for key in keys:
                        yield Spot(key, " ".join(stems[at : at + length]), start, end, min(sure[at : at + length]))
                    at += length
                    break
            else:
                at += 1

    def _respelled(self, token: str) -> str | None:
        if not token.isalpha() or len(token) < 4 or len(token) > 24 or token in _everyday_stems():
            return None
        if len(token) == 4:
            # Of so short a word only two letters in the wrong order are taken for a mistake.
            swapped = (token[:at] + token[at + 1] + token[at] + token[at + 2 :] for at in (1, 2))
            return next((word for word in swapped if word in self._known_stems), None)
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        # People rarely miss a word's first letter; holding on to it keeps the search small and the guesses sound.
        cutoff = 1 if len(token) < 8 else 2
        best = process.extractOne(
            token, self._english_words.get(token[0], ()), scorer=OSA.distance, score_cutoff=cutoff
        )
        return best[0] if best else None


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


def _hides(near: Spot, exact: Spot) -> bool:
    inside = near.start <= exact.start and exact.end <= near.end
    return inside and near.key != exact.key and len(near.word) >= len(exact.word) + 2


# Left out of phrases: "responsible for (the) renovation" is one wording.
_ARTICLES = frozenset({"the", "a", "an"})


# Everyday English that is one letter away from a word of the policy; never a misspelling of it.
_EVERYDAY = frozenset(
    "about above after again being below between could doing during every first found great hours house little "
    "might never other place point quite really right seems shall since small still their there these thing think "
    "those three today under until using water where which while whole whose would write years young night light "
    "start stand store state story study table taken today touch tower trade train treat trust truth waste watch "
    "family people person please matter before behind better chance change choice clear close count court cover "
    "level local major maybe money month moved music needs party peace power press price proud quiet raise reach "
    "ready refer sense serve share short shown sleep sound south space speak spend stage stuff style sugar".split()
)


@cache
def _everyday_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _EVERYDAY)
