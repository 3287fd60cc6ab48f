"""English: phrases of a vocabulary in a text, whatever their endings, and with a letter or two wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

from knowledge.words.spot import EXACT, SLIP, Spot

_TOKEN = re.compile(r"[a-z0-9][a-z0-9'/%.,]*[a-z0-9%]|[a-z0-9]")


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


class Phrases:
    """English words and phrases by key; indexed when they are first asked for."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._source = phrases

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], list[str]]:
        phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key, words in self._source.items():
            for word in words:
                phrase = tuple(stem(token) for token in _TOKEN.findall(word.lower()) if token not in _ARTICLES)
                if phrase and key not in phrases[phrase]:
                    phrases[phrase].append(key)
        return phrases

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._phrases), default=0)

    @cached_property
    def _english_words(self) -> dict[str, list[str]]:
        """English stems of five letters and more, by their first letter, for spelling mistakes."""
        index: dict[str, list[str]] = defaultdict(list)
        for phrase in self._phrases:
            for token in phrase:
                if len(token) >= 5 and token.isalpha() and token not in index[token[0]]:
                    index[token[0]].append(token)
        return index

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(token for phrase in self._phrases for token in phrase)

    def spot(self, folded: str) -> Iterator[Spot]:
        """Every phrase found in a folded text, the longest at each place; misspelled words where none is known."""
        matches = (match for match in _TOKEN.finditer(folded) if match[0] not in _ARTICLES)
        tokens = [(match[0], match.start(), match.end()) for match in matches]
        stems = [stem(token) for token, _, _ in tokens]
        sure = [EXACT] * len(stems)
        for place, token in enumerate(stems):
            if token not in self._known_stems and (better := self._respelled(token)):
                stems[place], sure[place] = better, SLIP
        at = 0
        while at < len(stems):
            for length in range(min(self._longest, len(stems) - at), 0, -1):
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
