"""A question as it was understood: its language, its parts, what each asks for and speaks of, and the facts given."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.answers.asks import AskFinder, Heard, asks_yes_or_no
from knowledge.answers.cutoffs import BACKGROUND, CONTEXT, PARTS
from knowledge.library import Library
from knowledge.words import Spot, Vocabulary, language

_BREAK = re.compile(
    r"[。!?;,，？！；：:\n…~]+|(?<=[a-z])\.(?:\s|$)|\s(?=and (?:who|what|when|how|which|will|is|are|does|do|can)\b)"
)
_SENTENCE_END = re.compile(r"[。!?\n]+|(?<=[a-z])\.(?:\s|$)")
# Words by which a person says that it is about the own home.
_OWN = re.compile(
    r"我们|我家|我住|我这|咱|俺|本小区|本院|我小区|我楼|自家|这楼|这院|(?:women|wo men|zan)\b"
    r"|\b(?:my|our|ours|we|us|mine|i)\b"
)
_YEAR = re.compile(
    r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d|\s*(?:平|块|元|万|户|yuan))|(?<![\d.])([3-9]\d|0\d)\s*(?=年(?!以|代以|前|后|期))"
)
_HAN_YEAR = re.compile(r"([三四五六七八九零〇])([零〇一二三四五六七八九])年(?!以|前|后)")
_DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_YEAR_CONTEXT = re.compile(
    r"建|盖|造|修的|的楼|的房|的小区|的塔|的院|的老|built|from|dates|年的|年|house|block|building"
)
# Asks that put the same question again rather than another one.
_SOFT = frozenset({"whether", "eligible", "how", "list", "meaning"})
# Kinds of concept that say little by themselves about what is asked.
_PALE = frozenset(
    "renovation this-paper scope funds yard-scope building-scope classes old-compound wishes after-works start-of-works"
    " during-works before-works take-part menu plan-years space-nearby built-before-1990 built-after-1990 coordination"
    " guidance opinions procedures never-redone".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message: its text, concept id → how sure, and the asks in it."""

    text: str
    concepts: Mapping[str, float]
    asks: tuple[str, ...]
    subjects: frozenset[str]  # the concepts that it is about, its own or, if it names none, the nearest ones
    absent: tuple[str, ...] = ()  # topics in it that the policy has no word on


@dataclass(frozen=True, slots=True)
class Question:
    """A message as it was understood."""

    text: str
    language: str
    parts: tuple[Part, ...]
    concepts: Mapping[str, float]
    asks: tuple[str, ...]
    built: int | None
    own: bool


def is_pale(concept: str) -> bool:
    """Whether a concept alone does not say what a question is about ("renovation", "the plan", "money")."""
    return concept in _PALE


class Reader:
    """Understands folded messages with the library's words."""

    def __init__(self, library: Library) -> None:
        concepts = library.concepts.values()
        self._words = Vocabulary({c.id: c.zh for c in concepts}, {c.id: c.en for c in concepts})
        self._asks = AskFinder(library.asks.values())
        self._library = library

    def read(self, folded: str) -> Question:
        """The question in a folded message. Never raises; an unreadable message has no parts."""
        lang = language(folded)
        segments = _segments(folded)
        found = [[h for h in self._asks.find(folded[start:end], lang)] for start, end in segments]
        known = [
            (start + h.start, start + h.end) for (start, _), heard in zip(segments, found, strict=True) for h in heard
        ]
        spots = self._words.spot(folded, known)
        asks = [_asks_of(folded[s:e], heard) for (s, e), heard in zip(segments, found, strict=True)]
        return Question(
            text=folded,
            language=lang,
            parts=self._parts(folded, segments, asks, spots),
            concepts=_strengths(spots),
            asks=tuple(dict.fromkeys(ask for place in _focal(folded, segments, asks) for ask in asks[place])),
            built=_year_built(folded),
            own=bool(_OWN.search(folded)),
        )

    def _parts(
        self, folded: str, segments: list[tuple[int, int]], asks: list[list[str]], spots: list[Spot]
    ) -> tuple[Part, ...]:
        own = [_strengths([spot for spot in spots if start <= spot.start < end]) for start, end in segments]
        if not any(asks):
            # No question word at all: bare words, told or listed, are one question.
            strengths = _strengths(spots)
            return (Part(folded, strengths, (), self._subjects(strengths)),) if segments else ()
        parts: list[Part] = []
        for place in _focal(folded, segments, asks):
            concepts, subjects = dict(own[place]), self._subjects(own[place])
            # What the segment itself does not name comes from the story around it, the nearest first; the rest of
            # the story still tips the scales a little.
            for other in _outward(place, len(segments)):
                told = {c: s for c, s in own[other].items() if self._library.concepts[c].kind != "elsewhere"}
                inherited = not subjects and bool(self._subjects(told))
                for concept, strength in told.items():
                    concepts.setdefault(concept, strength * (CONTEXT if inherited else BACKGROUND))
                if inherited:
                    subjects = self._subjects(told)
            start, end = segments[place]
            absent = tuple(c for c in own[place] if self._library.concepts[c].kind == "elsewhere")
            parts.append(Part(folded[start:end], concepts, tuple(asks[place]), subjects, absent))
        return tuple(_merged(parts)[-PARTS - 2 :])

    def _subjects(self, concepts: Iterable[str]) -> frozenset[str]:
        return frozenset(c for c in concepts if not is_pale(c) and self._library.concepts[c].kind != "elsewhere")


def _asks_of(segment: str, heard: list[Heard]) -> list[str]:
    asks = list(dict.fromkeys(found.ask for found in heard))
    return asks or (["whether"] if asks_yes_or_no(segment) else [])


def _focal(folded: str, segments: list[tuple[int, int]], asks: list[list[str]]) -> list[int]:
    """The places of the segments that put the question: those that ask, in sentences that end with a question mark,
    or else in the last sentence that asks at all; in a short message, all that ask."""
    asking = [place for place, found in enumerate(asks) if found]
    sentences = _sentences(folded)
    if len(sentences) < 2:
        return asking
    marked = [s for s in sentences if folded[s[0] : s[1]].rstrip().endswith("?")]
    for chosen in (marked, sentences[::-1]):
        for some in [chosen] if chosen is marked else [[sentence] for sentence in chosen]:
            inside = [p for p in asking if any(start <= segments[p][0] < end for start, end in some)]
            if inside:
                return inside
    return asking


def _sentences(folded: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _SENTENCE_END.finditer(folded):
        if folded[start : match.end()].strip():
            found.append((start, match.end()))
        start = match.end()
    if folded[start:].strip():
        found.append((start, len(folded)))
    return found


def _merged(parts: list[Part]) -> list[Part]:
    """Neighbouring parts that speak of the same things are one question put in several ways."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and part.subjects == last.subjects and (set(part.asks) <= _SOFT or set(last.asks) <= _SOFT):
            concepts = {
                c: max(last.concepts.get(c, 0), part.concepts.get(c, 0)) for c in (*last.concepts, *part.concepts)
            }
            asks = tuple(dict.fromkeys((*last.asks, *part.asks)))
            absent = (*last.absent, *part.absent)
            merged[-1] = Part(f"{last.text} {part.text}", concepts, asks, last.subjects, absent)
        else:
            merged.append(part)
    return merged


def _segments(folded: str) -> list[tuple[int, int]]:
    """(start, end) of the stretches between punctuation marks; a mark that asks belongs to the stretch before it."""
    found, start = [], 0
    for match in _BREAK.finditer(folded):
        end = match.end() if "?" in match[0] else match.start()
        if folded[start:end].strip():
            found.append((start, end))
        start = match.end()
    if folded[start:].strip():
        found.append((start, len(folded)))
    return found


def _outward(place: int, count: int) -> list[int]:
    before, after = range(place - 1, -1, -1), range(place + 1, count)
    return [*before, *after]


def _strengths(spots: list[Spot]) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for spot in spots:
        strengths[spot.key] = max(strengths.get(spot.key, 0.0), spot.strength)
    return strengths


def _year_built(folded: str) -> int | None:
    """The year that a home was built in, where the message gives one ("85年", "1985", "八五年", "04年的")."""
    if not _YEAR_CONTEXT.search(folded):
        return None
    for match in _YEAR.finditer(folded):
        year = int(match[1] or match[2])
        if match[2]:
            year += 1900 if year >= 30 else 2000
        if 1930 <= year <= 2010:
            return year
    if spelled := _HAN_YEAR.search(folded):
        year = _DIGITS[spelled[1]] * 10 + _DIGITS[spelled[2]]
        return year + (1900 if year >= 30 else 2000)
    return None
