"""Asks: what kind of thing a question asks for: a price, a date, a body, a yes or no.

The wordings stand in the library (asks.toml); here they are found in a question, as written or by sound.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.library import Ask
from knowledge.words.pinyin import spellings, syllables

_GAP = "…"
_GAP_HAN, _GAP_ENGLISH = 8, 32
_ENDS_ASKING = re.compile(r"(?:吗|么|嘛|不|没|呢|没有|吧|否|\?)[呀啊呢吗的\s\"”'’?!.。]*$")
_BEGINS_ASKING = re.compile(
    r"\s*(?:(?:and|or|but|so|also|then) )?"
    r"(?:is|are|will|can|do|does|did|could|should|would|has|have|may|must|was|were)\b"
)
_EITHER_OR = re.compile(r"([\u4e00-\u9fff])[不没]\1")  # 管不管, 装不装, 有没有
_QUESTION_WORD = re.compile(
    r"[谁啥咋几哪]|什么|怎么|怎样|如何|多少|多久|多大|为何|是否|能否|可否"
    r"|\b(?:who|whom|whose|what|when|where|which|why|how)\b"
)
# 怎么 and 什么 end in 么 without asking yes or no.
_OPEN_QUESTION = re.compile(r"(?:什么|怎么|多么|那么|这么)[呀啊呢的\s?]*$")


@dataclass(frozen=True, slots=True)
class Heard:
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
    def _han(self) -> list[tuple[str, list[str]]]:
        return [(ask.id, wording.split(_GAP)) for ask in self._asks for wording in ask.zh]

    @cached_property
    def _english(self) -> list[tuple[str, list[str]]]:
        return [(ask.id, [_padded(part) for part in word.split(_GAP)]) for ask in self._asks for word in ask.en]

    @cached_property
    def _typed(self) -> list[tuple[str, list[str]]]:
        """The Chinese wordings in pinyin, a space around each syllable; single syllables would mean too much."""
        typed = []
        for ask, parts in self._han:
            ways = [spellings(part) for part in parts]
            for nth in range(max(map(len, ways), default=0) if all(ways) else 0):
                typed.append((ask, [" " + " ".join(way[min(nth, len(way) - 1)]) + " " for way in ways]))
        return [(ask, parts) for ask, parts in typed if sum(part.count(" ") - 1 for part in parts) > 1]

    def find(self, folded: str, language: str) -> list[Heard]:
        """The asks of a folded text; where wordings overlap the longest one holds ("哪天印发" over "哪天")."""
        if language == "en":
            # One character in front, as the wordings are padded by spaces, keeps the places right.
            padded = " " + re.sub(r"[^\w'%]", " ", folded) + " "
            found = list(_occurrences(padded, self._english, _GAP_ENGLISH, shift=-1))
        elif re.search(r"[\u3400-\u9fff]", folded):
            found = list(_occurrences(folded, self._han, _GAP_HAN))
        else:
            found = self.by_sound(folded)
        return _longest(found)

    def by_sound(self, folded: str) -> list[Heard]:
        said = syllables(folded)
        text, places = " ", [0]
        for sound, _, end in said:
            text += sound + " "
            places += [end] * (len(sound) + 1)
        return [
            Heard(
                heard.ask,
                places[min(heard.start, len(places) - 1)],
                places[min(heard.end, len(places)) - 1],
                heard.words,
            )
            for heard in _occurrences(text, self._typed, _GAP_ENGLISH)
        ]


def puts_question(segment: str) -> bool:
    """Whether a stretch of a folded message has the form of a question: a question word, a particle, A不A."""
    return bool(_QUESTION_WORD.search(segment)) or asks_yes_or_no(segment)


def asks_yes_or_no(segment: str) -> bool:
    """Whether a stretch of a question ends as Chinese yes-or-no questions do (吗 …), or begins as English ones."""
    if _BEGINS_ASKING.match(segment) or _EITHER_OR.search(segment):
        return True
    return bool(_ENDS_ASKING.search(segment)) and not _OPEN_QUESTION.search(segment)


def _padded(part: str) -> str:
    return f" {part.strip()} "


def _occurrences(text: str, wordings: Iterable[tuple[str, list[str]]], gap: int, shift: int = 0) -> Iterable[Heard]:
    for ask, parts in wordings:
        start = text.find(parts[0])
        while start >= 0:
            end = _rest(text, parts, start, gap)
            if end is not None:
                yield Heard(ask, max(0, start + shift), max(0, end + shift), sum(map(len, parts)))
                break
            start = text.find(parts[0], start + 1)


def _rest(text: str, parts: list[str], start: int, gap: int) -> int | None:
    """Where a wording that begins at `start` ends, each part at most `gap` after the last; None if it does not."""
    end = start + len(parts[0])
    for part in parts[1:]:
        # Padded parts may share the space between two neighbouring words.
        place = text.find(part, end - (part[0] == " "), end + gap + len(part))
        if place < 0:
            return None
        end = place + len(part)
    return end


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
