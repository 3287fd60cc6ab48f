"""Search: ranks any set of texts for a question by BM25 over tokens (Robertson and Zaragoza, 2009)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

K1, B = 1.2, 0.75


class Index:
    """An inverted index over tokenized texts, held in memory; texts are known by their place in the input."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths: list[int] = []
        for place, units in enumerate(texts):
            self._lengths.append(len(units))
            for token, count in Counter(units).items():
                self._postings[token].append((place, count))
        self._mean = sum(self._lengths) / len(self._lengths) if self._lengths else 0.0

    def weight(self, token: str) -> float:
        """How much a token tells the texts apart (inverse document frequency, never below 0)."""
        held = len(self._postings.get(token, ()))
        return math.log(1 + (len(self._lengths) - held + 0.5) / (held + 0.5)) if held else 0.0

    def scores(self, query: Iterable[str]) -> dict[int, float]:
        """Text → score, for every text that shares a token with the query; a repeated token counts once."""
        found: dict[int, float] = defaultdict(float)
        for token in dict.fromkeys(query):
            weight = self.weight(token)
            for place, count in self._postings.get(token, ()):
                norm = K1 * (1 - B + B * self._lengths[place] / self._mean)
                found[place] += weight * count * (K1 + 1) / (count + norm)
        return dict(found)

    def rank(self, query: Iterable[str], limit: int = 10) -> list[tuple[int, float]]:
        """The best `limit` texts as (place, score), best first, earlier texts first among equals."""
        return sorted(self.scores(query).items(), key=lambda hit: (-hit[1], hit[0]))[:limit]
