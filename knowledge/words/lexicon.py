"""The lexicon: Chinese words and their keys, grouped by how they are written and how they sound.

All words are grouped by their first character at once. What costs more is done for one character or one syllable at a
time, when a text first has it: a question meets few of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from knowledge.words.pinyin import by_reading, spellings

Syllables = tuple[str, ...]
Pairs = dict[str, list[str]]

SLIPPERY = 4  # characters: in a shorter word a slip leaves too little to know it by
_SPELLINGS = 4
_PARTICLES = frozenset("的得地")


class Lexicon:
    """Words in the order in which they were given."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """`words` by key; a word may have several keys."""
        self.keys: dict[str, list[str]] = defaultdict(list)
        for key, called in words.items():
            for word in called:
                self.keys[word.lower()].append(key)
        self._firsts: dict[str, list[str]] = defaultdict(list)
        for word in self.keys:
            self._firsts[word[:1]].append(word)
        self._heads: dict[str, Pairs] = {}
        self._tails: dict[str, Pairs] = {}

    @property
    def firsts(self) -> Iterable[str]:
        """The characters that words begin with."""
        return self._firsts

    def beginning(self, first: str) -> Sequence[str]:
        """The words that begin with a character."""
        return self._firsts.get(first, ())

    def headed(self, pair: str) -> Sequence[str]:
        """The words of SLIPPERY characters and more that begin with these two."""
        if pair[0] not in self._heads and pair[0] in self._firsts:
            long = [word for word in self._firsts[pair[0]] if len(word) >= SLIPPERY]
            self._heads[pair[0]] = _grouped(long, slice(2))
        return self._heads.get(pair[0], {}).get(pair, ())

    def tailed(self, pair: str) -> Sequence[str]:
        """The words of SLIPPERY characters and more that end with these two."""
        if pair[1] not in self._tails and pair[1] in self._lasts:
            self._tails[pair[1]] = _grouped(self._lasts[pair[1]], slice(-2, None))
        return self._tails.get(pair[1], {}).get(pair, ())

    def warm(self) -> None:
        """Make at once what is else made for a character or syllable when a text first has it."""
        for char in self._firsts:
            self.headed(char + char)
        for char in self._lasts:
            self.tailed(char + char)
        self.read.warm()
        self.typed.warm()

    @cached_property
    def _lasts(self) -> Pairs:
        return _grouped([word for word in self.keys if len(word) >= SLIPPERY], slice(-1, None))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Word → its place among all of them."""
        return {word: place for place, word in enumerate(self.keys)}

    @cached_property
    def read(self) -> "Spelt":
        """Words by the commonest readings of their characters, as which written characters are read too."""
        return Spelt(self._firsts, self.order, 1)

    @cached_property
    def typed(self) -> "Spelt":
        """Words by all the ways in which they may be typed in pinyin."""
        # 的, 得 and 地 sound alike and are typed everywhere ("wo men lou de …").
        held = {first: [w for w in words if _PARTICLES.isdisjoint(w)] for first, words in self._firsts.items()}
        return Spelt(held, self.order, _SPELLINGS)


class Spelt:
    """Words of two and more characters by their sounds."""

    def __init__(self, firsts: Mapping[str, Sequence[str]], order: Mapping[str, int], ways: int) -> None:
        """Words by their first character, the order of all words, and how many spellings of each are held."""
        self._words, self._order, self._ways = firsts, order, ways
        self._spelt: dict[str, Mapping[Syllables, Sequence[str]]] = {}

    def beginning(self, syllable: str) -> Mapping[Syllables, Sequence[str]]:
        """Spelling → words in their order, for all spellings that begin with a syllable."""
        if syllable not in self._spelt and syllable in self._characters:
            words = [word for char in self._characters[syllable] for word in self._words[char] if len(word) > 1]
            spelt: dict[Syllables, list[str]] = defaultdict(list)
            for word in sorted(words, key=self._order.__getitem__):
                for spelling in spellings(word, self._ways):
                    spelt[spelling].append(word)
            self._spelt[syllable] = spelt
        return self._spelt.get(syllable, {})

    def warm(self) -> None:
        """Spell all words."""
        for syllable in self._characters:
            self.beginning(syllable)

    @cached_property
    def _characters(self) -> Mapping[str, Sequence[str]]:
        """Syllable → the characters that may be read so and begin a word."""
        return by_reading(self._words, min(self._ways, 2))


def _grouped(words: Iterable[str], part: slice) -> Pairs:
    """Words by a part of theirs."""
    of = itemgetter(part)
    groups: Pairs = defaultdict(list)
    for word in words:
        groups[of(word)].append(word)
    return groups
