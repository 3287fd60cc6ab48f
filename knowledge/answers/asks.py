"""Asks: what kind of thing a question asks for: a price, a date, a body, a yes or no.

The wordings stand in the library (asks.toml); here they are found in a question, as written or by sound.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from knowledge.library import Ask
from knowledge.words.normal import HAN_RUN
from knowledge.words.phrases import Phrases, SpacedPhrases, TypedPhrases
from knowledge.words.pinyin import syllables

_ENDS_ASKING = re.compile(r"(?:吗|么|嘛|不|没|呢|没有|吧|否|\?)[呀啊呢吗的\s\"”'’?!.。]*$")
_BEGINS_ASKING = re.compile(
    r"\s*(?:(?:and|or|but|so|also|then) )?"
    r"(?:is|are|will|can|do|does|did|could|should|would|has|have|may|must|was|were)\b"
)
_EITHER_OR = re.compile(r"(\w)[不没]\1")  # 管不管, 装不装, 有没有
_QUESTION_WORD = re.compile(
    r"[谁啥咋几哪]|什么|还是|怎么|怎样|如何|多少|多久|多大|为何|是否|能否|可否"
    r"|\b(?:who|whom|whose|what|when|where|which|why|how)\b"
)
_ASKING = frozenset("what who whose whom how when where which will does must many much pays".split())
# 怎么 and 什么 end in 么 without asking yes or no.
_OPEN_QUESTION = re.compile(r"(?:什么|怎么|多么|那么|这么)[呀啊呢的\s?]*$")


class Heard(NamedTuple):
    """An ask found in a text: its id, where it stands, and how much of the text its own words are."""

    ask: str
    start: int
    end: int
    words: int


class AskFinder:
    """Finds the wordings of asks in folded texts."""

    def __init__(self, asks: Iterable[Ask]) -> None:
        self._asks = list(asks)

    # Made when first needed, each for its own way of typing.

    @cached_property
    def _written(self) -> Phrases:
        return Phrases((ask.id, wording) for ask in self._asks for wording in ask.zh)

    @cached_property
    def _english(self) -> Phrases:
        return SpacedPhrases((ask.id, wording) for ask in self._asks for wording in ask.en)

    @cached_property
    def _typed(self) -> Phrases:
        return TypedPhrases((ask.id, wording) for ask in self._asks for wording in ask.zh)

    def warm(self) -> None:
        """Make all indexes now."""
        for phrases in (self._written, self._english, self._typed):
            phrases.warm()

    def find(self, folded: str, language: str) -> list[Heard]:
        """The asks of a folded text; where wordings overlap the longest one holds ("哪天印发" over "哪天")."""
        if language == "en":
            # One character in front, as the wordings are padded by spaces, must not move their places.
            padded = " " + re.sub(r"[^\w'%]", " ", folded) + " "
            found = [Heard(ask, max(0, at - 1), end - 1, own) for ask, at, end, own in self._english.find(padded)]
        elif HAN_RUN.search(folded):
            found = [
                Heard(*found) for found in self._written.find(folded) if not _inside_either_or(folded, found.start)
            ]
        else:
            found = self.by_sound(folded)
        return _longest(found)

    def guessed(self, folded: str, language: str) -> list[Heard]:
        """The asks of a text whose question words are misspelled: in Chinese by their sounds ("前谁出" for 钱谁出), in
        English with a letter or two wrong ("wich burea"). Strict ones are left out: no guess may silence."""
        heard = self.find(self._respelled(folded), "en") if language == "en" else self.by_sound(folded)
        return [found for found in heard if found.ask not in self._strict and found.end - found.start > 2]

    @cached_property
    def _strict(self) -> frozenset[str]:
        return frozenset(ask.id for ask in self._asks if ask.strict)

    @cached_property
    def _english_words(self) -> frozenset[str]:
        wordings = (wording for ask in self._asks if not ask.strict for wording in ask.en)
        return frozenset(word for wording in wordings for word in re.findall("[a-z]+", wording))

    def _respelled(self, folded: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        def better(match: re.Match[str]) -> str:
            word = match[0]
            if word in self._english_words or len(word) < 3:
                return word
            # Of a short word only a question word is guessed; people rarely miss a first letter.
            among = self._english_words if len(word) > 4 else _ASKING
            likely = [known for known in among if known[0] == word[0] and abs(len(known) - len(word)) < 3]
            best = process.extractOne(word, sorted(likely), scorer=OSA.distance, score_cutoff=1 + (len(word) > 7))
            return best[0] if best else word

        return re.sub("[a-z]+", better, folded)

    def by_sound(self, folded: str) -> list[Heard]:
        """The asks of a folded text by its sounds, whether it is written or typed in pinyin."""
        text, ends = " ", [0]
        for sound, _, end in syllables(folded):
            text += sound + " "
            ends += [end] * (len(sound) + 1)
        found = self._typed.find(text)
        return [
            Heard(ask, ends[min(at, len(ends) - 1)], ends[min(end, len(ends)) - 1], own) for ask, at, end, own in found
        ]


def puts_question(segment: str) -> bool:
    """Whether a stretch of a folded message has the form of a question: a question word, a particle, A不A."""
    return bool(_QUESTION_WORD.search(segment)) or asks_yes_or_no(segment)


def asks_yes_or_no(segment: str) -> bool:
    """Whether a stretch of a question ends as Chinese yes-or-no questions do (吗 …), or begins as English ones."""
    if _BEGINS_ASKING.match(segment) or any("\u4e00" <= found[1] for found in _EITHER_OR.finditer(segment)):
        return True
    return bool(_ENDS_ASKING.search(segment)) and not _OPEN_QUESTION.search(segment)


def _inside_either_or(folded: str, start: int) -> bool:
    """Whether what begins here is the second half of A不A: "办不办许可" does not say 不办许可."""
    return folded[start] in "不没" and start > 0 and folded[start - 1] == folded[start + 1 : start + 2]


def _longest(found: list[Heard]) -> list[Heard]:
    """Of wordings that stand one inside the other, those with more words of their own ("谁出钱" over "谁…修")."""
    kept: list[Heard] = []
    for heard in sorted(found, key=lambda item: (-item.words, item.start)):
        if not any(_nested(heard, other) and other.words > heard.words for other in kept):
            kept.append(heard)
    return sorted(kept, key=lambda item: (item.start, item.ask))


def _nested(one: Heard, other: Heard) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    around = one.start <= other.start and other.end <= one.end
    return inside or around
