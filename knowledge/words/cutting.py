"""Cutting: a text → the words of a lexicon that it is made of, and what stands between them, by jieba.

The lexicon is jieba's whole dictionary, each word as likely as any other: nothing is read from, or cached on, the disk.
"""

import sys
import types
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any

from knowledge.words.lexicon import Lexicon

# How often each word is said to occur, and all of them: so much more that the fewest pieces are always the likeliest.
_OFTEN, _ALL = 10, 10**12


class _Guesser(types.ModuleType):
    """In the place of jieba's guesser of unknown words, which takes 0.3 s and 80 MB to load: that is loaded only when
    somebody else in the process asks it; we never do (HMM=False)."""

    def cut(self, sentence: str) -> Any:
        """What the guesser says."""
        del sys.modules["jieba.finalseg"]
        jieba: Any = import_module("jieba")
        jieba.finalseg = import_module("jieba.finalseg")
        return jieba.finalseg.cut(sentence)


class Cutter:
    """Cuts texts into the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: set[str] = set()

    def cut(self, folded: str) -> list[str]:
        """A text in pieces, in their order: the likeliest words of the lexicon, and single characters between them."""
        self.learn(folded)
        return list(self._jieba.cut(folded, HMM=False))

    @cached_property
    def _jieba(self) -> Any:
        if "jieba" not in sys.modules:
            sys.modules["jieba.finalseg"] = _Guesser("jieba.finalseg")
        import jieba

        cutter = jieba.Tokenizer()
        cutter.FREQ, cutter.total, cutter.initialized = {}, _ALL, True
        return cutter

    def learn(self, characters: Iterable[str]) -> None:
        """Add the words that begin with any of these; those that begin with no character of a text cannot be in it."""
        fresh = set(characters) - self._known
        self._known |= fresh
        for word in (word for first in fresh for word in self._lexicon.beginning(first)):
            for end in range(1, len(word)):
                self._jieba.FREQ.setdefault(word[:end], 0)  # jieba walks on as long as there is an entry
            self._jieba.FREQ[word] = _OFTEN
