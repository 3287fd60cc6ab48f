"""The reader: a folded message → the question in it, by the library's words and wordings."""

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.answers.asks import AskFinder, Heard, asks_yes_or_no, puts_question
from knowledge.answers.cutoffs import BARE, FEW_LETTERS, LEARNT, PARTS, Cutoffs
from knowledge.answers.facts import is_excepted, is_own, refers_back, years_built, years_redone
from knowledge.answers.question import SOFT, Part, Question
from knowledge.answers.segments import Segment, by_piece, focal, outward, segments, sentence_ends
from knowledge.library import CLASS_CONCEPTS, Library
from knowledge.words import Spot, Vocabulary, language
from knowledge.words.normal import HAN
from knowledge.words.spot import EXACT

# Asks for a figure or a date.
_FIGURES = frozenset({"amount", "quantity", "count", "share", "duration", "when", "years"})
_CLASSES = frozenset(CLASS_CONCEPTS.values())
# Words that only hold a sentence together.
_FUNCTION_WORD = re.compile(
    r"[的了吗呢吧啊呀嘛么是在由]|\b(?:a|an|the|of|for|to|in|on|at|by|about|with|is|are|be|and|or|it)\b"
)
_LATIN_WORD = re.compile(r"[a-z]{2,}")


class Reader:
    """Understands folded messages with the library's words."""

    def __init__(self, library: Library, cutoffs: Cutoffs = LEARNT) -> None:
        concepts = library.concepts.values()
        texts = [library.document.text, *(point.zh for point in library.points)]
        texts += [wording for ask in library.asks.values() for wording in ask.zh]
        self._words = Vocabulary({c.id: c.zh for c in concepts}, {c.id: c.en for c in concepts}, texts)
        self._asks = AskFinder(library.asks.values())
        self._library, self._cutoffs = library, cutoffs

    def warm(self) -> None:
        """Make all indexes now."""
        self._words.warm()
        self._asks.warm()

    def read(self, folded: str, before: Iterable[str] = ()) -> Question:
        """The question in a folded message. Never raises; an unreadable message has no parts.

        `before` are the subjects of the last message: what "那多少钱" or "who pays for it" refers to.
        """
        lang = language(folded)
        if lang == "zh" and not HAN.search(folded) and self._reads_as_english(folded):
            lang = "en"
        pieces = segments(folded)
        found = [self._asks.find(folded[start:end], lang) for start, end in pieces]
        if lang == "zh" and HAN.search(folded) and len(_LATIN_WORD.findall(folded)) > 1:
            # "改造 money from where": two languages in one message
            found = [[*h, *self._asks.find(folded[s:e], "en")] for h, (s, e) in zip(found, pieces, strict=True)]
        if lang == "zh" and not HAN.search(folded):
            found = [self._sure(heard) for heard in found]
        if not any(found):
            found = [self._asks.guessed(folded[start:end], lang) for start, end in pieces]
        known = [
            (start + h.start, start + h.end) for (start, _), heard in zip(pieces, found, strict=True) for h in heard
        ]
        spots = self._found(folded, known)
        asks = [_asks_of(folded[start:end], heard) for (start, end), heard in zip(pieces, found, strict=True)]
        asks = _without_told_figures([folded[start:end] for start, end in pieces], asks)
        asking = focal(folded, pieces, asks)
        told = tuple(dict.fromkeys(ask for place in asking for ask in asks[place]))
        parts = self._parts(folded, pieces, found, asks, asking, spots)
        understood = _letters(known) | _letters((spot.start, spot.end) for spot in spots)
        if before and refers_back(folded):
            parts = tuple(self._referred(part, frozenset(before)) for part in parts)
        concepts, redone = _strengths(spots), years_redone(folded)
        if redone:
            concepts.setdefault("redone-before", 1.0)
        about_scope = "eligible" in told or bool({"scope", "never-redone"} & concepts.keys())
        built = years_built(folded, about_scope)
        return Question(
            text=folded,
            language=lang,
            parts=tuple(replace(part, known=_share(folded, part.text, understood)) for part in parts),
            concepts=concepts,
            asks=told,
            built=tuple(year for year in built if year not in redone),
            own=is_own(folded),
        )

    def _reads_as_english(self, folded: str) -> bool:
        """Whether letters that could be pinyin ("bike") are English words of ours, and no sounds of Chinese ones."""
        words = [spot.word for spot in self._words.spot(folded)]
        return bool(words) and all(word.isascii() for word in words)

    def _found(self, folded: str, known: list[Segment]) -> list[Spot]:
        """The words in a message. What the policy is silent on silences an answer: no guess may do that."""
        spots = [
            spot
            for spot in self._words.spot(folded, known)
            if spot.strength >= EXACT or self._library.kind(spot.key) != "elsewhere"
        ]
        return [
            replace(s, strength=s.strength * self._cutoffs.excepted) if is_excepted(folded, s.start) else s
            for s in spots
        ]

    def _parts(
        self,
        folded: str,
        pieces: list[Segment],
        found: list[list[Heard]],
        asks: list[list[str]],
        asking: list[int],
        spots: list[Spot],
    ) -> tuple[Part, ...]:
        own = [_strengths(held) for held in by_piece(spots, pieces)]
        for place in asking:
            self._choose_between(own[place], asks[place], spots)
        if not asking:
            # No question word at all: bare words, told or listed, are one question.
            strengths = _strengths(spots)
            subjects = self._subjects(strengths) or self._saying("little", strengths)
            named = frozenset(strengths)
            return (Part(folded, strengths, (), subjects, self._absent(strengths), named),) if pieces else ()
        ends = sentence_ends(folded, pieces)
        parts: list[Part] = []
        for place in asking[:PARTS]:
            concepts, subjects, absent = dict(own[place]), self._subjects(own[place]), self._absent(own[place])
            names_nothing = not subjects
            # What the segment itself does not name comes from the story around it, the nearest first; the rest of
            # the story still tips the scales a little.
            for other in outward(place, len(pieces)):
                sentence = ends[other] == ends[place]
                told = {c: s for c, s in own[other].items() if self._library.concepts[c].kind != "elsewhere"}
                inherited = names_nothing and bool(self._subjects(told))
                for concept, strength in told.items():
                    # A condition that was told ("no committee") holds for the question, whatever that is about.
                    kind = self._library.kind(concept)
                    # What another question of the message names is that one's own ("… and will the lamps be renewed").
                    apart = other in asking and not names_nothing and kind in ("thing", "act", "paper")
                    near = inherited or kind == "condition" or (sentence and not apart)
                    concepts.setdefault(
                        concept, strength * (self._cutoffs.context if near else self._cutoffs.background)
                    )
                if inherited:
                    subjects |= self._subjects(told)
                if names_nothing and sentence and other == place - 1:
                    absent += self._absent(own[other])
                elif sentence and "other-place" in own[other]:
                    absent += ("other-place",)  # "my old home is in Haidian, how are the compounds there done"
            subjects = subjects or self._saying("little", concepts)
            start, end = pieces[place]
            text = folded[start:end]
            if not subjects and (meant := self._meant_alone(asks[place], found[place], end - start)):
                concepts, subjects = concepts | {meant: 1.0}, frozenset({meant})
            named = frozenset(own[place])
            parts.append(Part(text, concepts, tuple(asks[place]), subjects, absent, named, puts_question(text)))
        return tuple(_merged(parts))

    def _sure(self, heard: list[Heard]) -> list[Heard]:
        """Without the strict asks of a syllable or two that typed pinyin holds by chance ("jia ge": 价格, 加个),
        wherever it asks for something else as well."""
        soft = [found for found in heard if not self._library.asks[found.ask].strict]
        return [found for found in heard if found in soft or found.words > FEW_LETTERS or not soft]

    def _choose_between(self, own: dict[str, float], asks: Iterable[str], spots: Iterable[Spot]) -> None:
        """Of which class a thing is, is asked about the thing; the classes are the answers to choose from."""
        heard = own if {"list", "count"} & set(asks) else [spot.key for spot in spots]
        things = any(self._library.kind(concept) == "thing" for concept in heard)
        if things and {"class", "must"} & set(asks) and "who-pays" not in asks:
            for concept in _CLASSES & own.keys():
                del own[concept]

    def _meant_alone(self, asks: Iterable[str], heard: Iterable[Heard], length: int) -> str:
        """What is meant where hardly more than a question word is said ("谁拍板", "who is responsible?"), or ""."""
        said, reached = 0, -1
        for found in heard:
            # What stands in a gap was not heard, and what two wordings share was heard once.
            if found.start >= reached:
                said, reached = said + min(found.words, found.end - found.start), found.end
        meant = (self._library.asks[ask].alone for ask in asks)
        return next(filter(None, meant), "") if said > BARE * length else ""

    def _referred(self, part: Part, before: frozenset[str]) -> Part:
        """A part of a message that goes on from the one before, about what that was about."""
        # "它算必做吗": the class is asked for, what is of it was said before.
        own = dict(part.concepts)
        if {"class", "must"} & set(part.asks) and part.subjects <= _CLASSES:
            own = {concept: sure for concept, sure in own.items() if concept not in _CLASSES}
        elif self._saying("much", part.subjects):
            return part
        return replace(part, concepts={**dict.fromkeys(before, self._cutoffs.context), **own}, subjects=before)

    def _absent(self, concepts: Iterable[str]) -> tuple[str, ...]:
        return tuple(concept for concept in concepts if self._library.kind(concept) == "elsewhere")

    def _subjects(self, concepts: Iterable[str]) -> frozenset[str]:
        return self._saying("much", concepts)

    def _saying(self, much: str, concepts: Iterable[str]) -> frozenset[str]:
        held = ((c, self._library.concepts[c]) for c in concepts)
        return frozenset(c for c, concept in held if concept.says == much and concept.kind != "elsewhere")


def _asks_of(segment: str, heard: list[Heard]) -> list[str]:
    asks = list(dict.fromkeys(found.ask for found in heard))
    return asks or (["whether"] if asks_yes_or_no(segment) else [])


def _without_told_figures(segments: list[str], asks: list[list[str]]) -> list[list[str]]:
    """Where some segment puts a question, one that does not tells its figures and dates: "总价28万" asks for none."""
    puts = [puts_question(segment) for segment in segments]
    if not any(puts):
        return asks
    return [held if put else [ask for ask in held if ask not in _FIGURES] for held, put in zip(asks, puts, strict=True)]


def _merged(parts: list[Part]) -> list[Part]:
    """Neighbouring parts that speak of the same things are one question put in several ways."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        same = last and part.subjects == last.subjects and set(part.absent) == set(last.absent)
        if last and same and (set(part.asks) <= set(last.asks) or set(part.asks) | set(last.asks) <= SOFT):
            concepts = {
                c: max(last.concepts.get(c, 0), part.concepts.get(c, 0)) for c in (*last.concepts, *part.concepts)
            }
            asks = tuple(dict.fromkeys((*last.asks, *part.asks)))
            absent = (*last.absent, *part.absent)
            merged[-1] = Part(
                f"{last.text} {part.text}",
                concepts,
                asks,
                last.subjects,
                absent,
                last.named | part.named,
                last.is_question or part.is_question,
            )
        else:
            merged.append(part)
    return merged


def _letters(stretches: Iterable[Segment]) -> set[int]:
    return {at for start, end in stretches for at in range(start, end)}


def _share(folded: str, text: str, understood: set[int]) -> float:
    """The share of a part's letters that are understood; of parts put together, of the whole message's."""
    start = folded.find(text)
    among = range(start, start + len(text)) if start >= 0 else range(len(folded))
    silent = _letters(found.span() for found in _FUNCTION_WORD.finditer(folded))
    letters = [at for at in among if folded[at].isalnum() and (at in understood or at not in silent)]
    return len(understood.intersection(letters)) / len(letters) if letters else 0.0


def _strengths(spots: list[Spot]) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for spot in spots:
        strengths[spot.key] = max(strengths.get(spot.key, 0.0), spot.strength)
    return strengths
