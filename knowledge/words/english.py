"""English: phrases of a vocabulary in a text, whatever their endings, and with a letter or two wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache

from knowledge.words.spot import EXACT, SLIP, Spot

Stems = tuple[str, ...]

_TOKEN = re.compile(r"[a-z0-9][a-z0-9'/%.,]*[a-z0-9%]|[a-z0-9]")


@lru_cache(maxsize=8192)
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


class English:
    """English words and phrases by key. Those that begin with one letter are read when a text first has that letter."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._source = phrases
        self._read: dict[str, tuple[int, Mapping[Stems, list[str]]]] = {}
        self._stems: dict[str, Mapping[str, None]] = {}

    @cached_property
    def _by_letter(self) -> Mapping[str, list[tuple[str, str]]]:
        """(key, phrase) by the letter or digit that the phrase begins with, but for its articles."""
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, phrases in self._source.items():
            for phrase in phrases:
                begins = phrase[:1].lower()
                if not "b" <= begins <= "z" or phrase[:4].lower() == "the ":  # "a" may be an article too
                    begins = next((token[0] for token in _TOKEN.findall(phrase.lower()) if token not in _ARTICLES), "")
                groups[begins].append((key, phrase))
        return groups

    def _beginning(self, letter: str) -> tuple[int, Mapping[Stems, list[str]]]:
        """Of all phrases that begin with a letter: how many stems the longest has, and stems → keys."""
        if letter not in self._read and letter in self._by_letter:
            read: dict[Stems, list[str]] = defaultdict(list)
            for key, phrase in self._by_letter[letter]:
                stems = tuple(stem(token) for token in _TOKEN.findall(phrase.lower()) if token not in _ARTICLES)
                if key not in read[stems]:
                    read[stems].append(key)
            self._read[letter] = max(map(len, read)), dict(read)
        return self._read.get(letter, (0, {}))

    @cached_property
    def _tokens(self) -> Mapping[str, list[str]]:
        """The words of all phrases by their first letter, in order."""
        text = "\n".join(phrase for phrases in self._source.values() for phrase in phrases)
        groups: dict[str, list[str]] = defaultdict(list)
        for token in dict.fromkeys(_TOKEN.findall(text.lower())):
            if token not in _ARTICLES:
                groups[token[0]].append(token)
        return groups

    def _known(self, letter: str) -> Mapping[str, None]:
        """The stems that begin with a letter, in order."""
        if letter not in self._stems and letter in self._tokens:
            self._stems[letter] = dict.fromkeys(map(stem, self._tokens[letter]))
        return self._stems.get(letter, {})

    def warm(self) -> None:
        """Read all phrases."""
        for letter in {*self._by_letter, *self._tokens}:
            self._beginning(letter)
            self._known(letter)

    def spot(self, folded: str) -> Iterator[Spot]:
        """Every phrase found in a folded text, the longest at each place; misspelled words where none is known."""
        matches = (match for match in _TOKEN.finditer(folded) if match[0] not in _ARTICLES)
        tokens = [(match[0], match.start(), match.end()) for match in matches]
        stems = [stem(token) for token, _, _ in tokens]
        sure = [EXACT] * len(stems)
        for place, (token, _, _) in enumerate(tokens):
            if better := self._respelled(token):
                stems[place], sure[place] = better, SLIP
        at = 0
        while at < len(stems):
            longest, phrases = self._beginning(stems[at][:1])
            for length in range(min(longest, len(stems) - at), 0, -1):
                if keys := phrases.get(tuple(stems[at : at + length])):
                    start, end = tokens[at][1], tokens[at + length - 1][2]
                    for key in keys:
                        yield Spot(key, " ".join(stems[at : at + length]), start, end, min(sure[at : at + length]))
                    at += length
                    break
            else:
                at += 1

    def _respelled(self, token: str) -> str | None:
        """The stem that was meant by a word that is not known; None where it is known, or means something else."""
        if not token.isalpha() or not 4 <= len(token) <= 24 or stem(token) in _everyday_stems():
            return None
        # People rarely miss a word's first letter; holding on to it keeps the search small and the guesses sound.
        known = self._known(token[0])
        if stem(token) in known:
            return None
        if len(token) == 4:
            # Of so short a word only two letters in the wrong order are taken for a mistake.
            swapped = (token[:at] + token[at + 1] + token[at] + token[at + 2 :] for at in (1, 2))
            return next((word for word in swapped if word in known), None)
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        # Words as they are written, then stems: "parkin" is near to parking, "managment" to management.
        likely = [word for word in (*self._tokens[token[0]], *known) if len(word) >= 5 and word.isalpha()]
        best = process.extractOne(token, likely, scorer=OSA.distance, score_cutoff=1 if len(token) < 8 else 2)
        return stem(best[0]) if best else None


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
