"""Cutting: a text → the words of a lexicon that it is made of, and what stands between them, by jieba.

The lexicon is jieba's whole dictionary, each word as likely as any other: nothing is read from, or cached on, the disk.
"""

import sys
import types
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from knowledge.words.lexicon import Lexicon

# How often each word is said to occur, and all of them: so much more that the fewest pieces are always the likeliest.
_OFTEN, _ALL = 10, 10**12


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
        # Without its guesser of unknown words: loading that takes 0.3 s and 80 MB, and HMM=False never asks it.
        sys.modules.setdefault("jieba.finalseg", types.ModuleType("jieba.finalseg"))
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
