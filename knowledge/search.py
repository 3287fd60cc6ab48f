"""Search: ranks any set of texts for a question by BM25 over tokens (Robertson and Zaragoza, 2009)."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

K1, B = 1.2, 0.75
_REMEMBERED = 4096  # tokens whose texts are kept at hand


class Index:
    """Tokenized texts, held in memory; texts are known by their place in the input.

    The texts are counted at once, which is quick. Which of them hold a token, and what it is worth there, is told
    when the token is first asked for: a question has few of the many that an inverted index would be made of.
    """

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._counts = [Counter(units) for units in texts]
        lengths = [counts.total() for counts in self._counts]
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        self._norms = [K1 * (1 - B + B * length / mean) if mean else 0.0 for length in lengths]
        self._held: Callable[[str], Sequence[tuple[int, int]]] = lru_cache(_REMEMBERED)(self._found)

    def warm(self) -> None:
        """Invert the index now, for many questions to come."""
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, counts in enumerate(self._counts):
            for token, count in counts.items():
                postings[token].append((place, count))
        self._held = lambda token: postings.get(token, ())

    def weight(self, token: str) -> float:
        """How much a token tells the texts apart (inverse document frequency, never below 0)."""
        held = len(self._held(token))
        return math.log(1 + (len(self._counts) - held + 0.5) / (held + 0.5)) if held else 0.0

    def scores(self, query: Iterable[str]) -> dict[int, float]:
        """Text → score, for every text that shares a token with the query; a repeated token counts once."""
        found: dict[int, float] = defaultdict(float)
        for token in dict.fromkeys(query):
            weight = self.weight(token)
            for place, count in self._held(token):
                found[place] += weight * count * (K1 + 1) / (count + self._norms[place])
        return dict(found)

    def rank(self, query: Iterable[str], limit: int = 10) -> list[tuple[int, float]]:
        """The best `limit` texts as (place, score), best first, earlier texts first among equals."""
        return sorted(self.scores(query).items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _found(self, token: str) -> list[tuple[int, int]]:
        """The texts that hold a token, and how often each does."""
        return [(place, counts[token]) for place, counts in enumerate(self._counts) if token in counts]
