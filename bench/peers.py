"""Peers: what anyone would try first: retrieval from public libraries over passages of the policy.

A passage is a sentence of a clause or a row of the menu, so that what is quoted is short. Every peer reads questions
and passages in one writing (`fold`: simplified, lower case); where it goes by words, jieba cuts them by its own full
dictionary.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from knowledge.documents import ClauseKind, Document
from knowledge.words import fold

BEST = 3  # the most passages that a peer quotes

Hits = list[tuple[int, float]]  # passages by their place, with their scores, the best first
Cut = Callable[[str], list[str]]

_TOLD = (ClauseKind.PREAMBLE, ClauseKind.PARAGRAPH, ClauseKind.ROW)
_ENDS = {"sentences": re.compile(r"(?<=[。！？])"), "half sentences": re.compile(r"(?<=[。！？；：])")}


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted, and what is searched: the quote, with the headings above it where they are wanted."""

    quote: str
    searched: str


class Peer(Protocol):
    """One way of finding passages."""

    def best(self, question: str) -> Hits:
        """The best passages for a question, at most BEST."""


def cuttings(document: Document) -> Iterator[tuple[str, list[Passage]]]:
    """The ways of cutting the policy into passages, by name: how long, and searched with their headings or alone."""
    for name, end in _ENDS.items():
        for headed in (False, True):
            yield f"{name}{', headed' if headed else ''}", list(_passages(document, end, headed))


def _passages(document: Document, end: re.Pattern[str], headed: bool) -> Iterator[Passage]:
    for clause in document.clauses:
        if clause.kind not in _TOLD:
            continue
        above = " ".join(heading.title for heading in clause.breadcrumb) if headed else ""
        for sentence in filter(None, map(str.strip, end.split(clause.text))):
            yield Passage(sentence, fold(f"{above} {sentence}"))


def words(text: str) -> list[str]:
    """A folded text's words as jieba finds them, without marks."""
    return [word for word in _jieba().lcut(text) if any(map(str.isalnum, word))]


def bigrams(text: str) -> list[str]:
    """A folded text's pairs of neighbouring characters; a word of Latin letters is one piece."""
    found: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", text):
        latin = run[0].isascii() or len(run) == 1
        found += [run] if latin else [run[at : at + 2] for at in range(len(run) - 1)]
    return found


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()  # one of its own: ours knows the policy's words


class Bm25:
    """bm25s with its defaults."""

    def __init__(self, passages: Sequence[Passage], cut: Cut) -> None:
        import bm25s

        self._cut, self._number = cut, len(passages)
        self._index: Any = bm25s.BM25()
        self._index.index([cut(passage.searched) for passage in passages], show_progress=False)

    def best(self, question: str) -> Hits:
        cut = self._cut(fold(question))
        # It refuses a question without a single word.
        return _top(self._index.get_scores(cut).tolist() if cut else [0.0] * self._number)


class TokenSet:
    """rapidfuzz's token_set_ratio over jieba's words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = [" ".join(words(passage.searched)) for passage in passages]

    def best(self, question: str) -> Hits:
        from rapidfuzz import fuzz, process

        found = process.extract(
            " ".join(words(fold(question))), self._passages, scorer=fuzz.token_set_ratio, limit=BEST
        )
        return [(place, score) for _, score, place in found]


class TfIdf:
    """scikit-learn's TF-IDF over character n-grams of so many characters, by cosine."""

    def __init__(self, passages: Sequence[Passage], lengths: tuple[int, int]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectors: Any = TfidfVectorizer(analyzer="char", ngram_range=lengths, sublinear_tf=True)
        self._passages: Any = self._vectors.fit_transform([passage.searched for passage in passages]).T.tocsr()

    def best(self, question: str) -> Hits:
        return _top((self._vectors.transform([fold(question)]) @ self._passages).toarray()[0].tolist())


def _top(scores: Sequence[float]) -> Hits:
    return sorted(enumerate(scores), key=lambda hit: (-hit[1], hit[0]))[:BEST]


# Name → passages → the peer in each of its ways, with their names.
PEERS: dict[str, Callable[[Sequence[Passage]], dict[str, Peer]]] = {
    "BM25, jieba words": lambda passages: {"": Bm25(passages, words)},
    "BM25, character pairs": lambda passages: {"": Bm25(passages, bigrams)},
    "token_set_ratio": lambda passages: {"": TokenSet(passages)},
    "TF-IDF, characters": lambda passages: {
        f", {least} to {most} characters": TfIdf(passages, (least, most)) for least, most in ((1, 2), (2, 3), (1, 3))
    },
}
