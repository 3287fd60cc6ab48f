"""Slips of the pen: words with one character wrong, one missing, or one too many.

A slip leaves the first two characters of a word as they were or the last two: only words that share such a pair with
the text are held against it.
"""

from collections.abc import Iterator

from knowledge.words.lexicon import SLIPPERY, Lexicon
from knowledge.words.normal import HAN, HAN_RUN
from knowledge.words.spot import SLIP, Spot

# Characters of everyday grammar: where one of them differs, another word was meant, not a slip of the pen.
GRAMMAR = frozenset("这那我你他她它们的了是有在和给就都也还要会可以能不没吗呢吧啊把被到从对为与或个次每该各再又很过")
# Words that hold one of these are phrases ("小区的路"), one slip away from too many others.
_GLUE = frozenset("的了我们你他这那不没哪谁什几")
# One of these for another says another thing: 一个小区 is no misspelled 两个小区, 30万以下 no 30万以上.
_TELLING = frozenset("一二三四五六七八九十两几百千万上下前后")
_SHORTEST, _LONGEST = SLIPPERY - 1, 9  # characters as they were written

# What was written for a word: where, how it ranks among others there (less is better), and the word.
_Rank = tuple[int, int, int, int]
_Hit = tuple[int, int, _Rank, str]


def slips(folded: str, covered: bytearray, lexicon: Lexicon) -> Iterator[Spot]:
    """The words that were written with a slip, of which something is not yet covered; the longest at each place."""
    for run in HAN_RUN.finditer(folded):
        text, base, at = run[0], run.start(), 0
        hits = sorted(_hits(text, covered[base : run.end()], lexicon))
        for start, minus_length, _, word in hits:
            if start >= at:
                at = start - minus_length
                for key in lexicon.keys[word]:
                    yield Spot(key, word, base + start, base + at, SLIP)


def _hits(text: str, covered: bytearray, lexicon: Lexicon) -> Iterator[_Hit]:
    for place in range(len(text) - 1):
        # Nothing is open as far as a word with this pair may reach.
        if covered.find(0, max(0, place + 2 - _LONGEST), place + _LONGEST) < 0:
            continue
        pair, end = text[place : place + 2], place + 2
        for word in lexicon.headed(pair):
            # The last character stands near its place, unless it is the slip itself.
            size = len(word)
            if word[-1] in text[place + size - 2 : place + size + 1] or text.startswith(word[:-1], place):
                for length in (size - 1, size, size + 1):
                    yield from _hit(text, place, length, word, covered, lexicon)
        for word in lexicon.tailed(pair):
            if text[:end].endswith(word[2:]):
                for length in (len(word) - 1, len(word), len(word) + 1):
                    yield from _hit(text, end - length, length, word, covered, lexicon)


def _hit(text: str, start: int, length: int, word: str, covered: bytearray, lexicon: Lexicon) -> Iterator[_Hit]:
    if start < 0 or start + length > len(text) or not _SHORTEST <= length <= _LONGEST:
        return
    if covered.find(0, start, start + length) >= 0 and (rank := _rank(word, text[start : start + length], lexicon)):
        yield start, -length, rank, word


def _rank(word: str, written: str, lexicon: Lexicon) -> _Rank | None:
    """How good a guess a word is for what was written: first a character missing, then the slip nearest to the
    front, rather one too many than a wrong one; None where it is not just one slip away."""
    size = min(len(word), len(written))
    at = next((place for place in range(size) if word[place] != written[place]), size)
    if len(written) > len(word):
        if written[at + 1 :] != word[at:] or written[at] in GRAMMAR:
            return None
        place = max(1, _repeated(written, at))  # inside: what stands before or behind a word is no part of it
        return (1, place, 0, 0) if place <= at and place < len(word) else None
    if not HAN.match(word) or not _GLUE.isdisjoint(word):
        return None
    if len(written) < len(word):
        inside = 0 < at < len(written)
        right = inside and written[at:] == word[at + 1 :] and word[at] not in GRAMMAR
        return (0, 0, 0, lexicon.order[word]) if right else None
    right = at < len(word) and written[at + 1 :] == word[at + 1 :] and written[at] not in GRAMMAR
    right = right and _TELLING.isdisjoint((written[at], word[at]))
    return (1, _repeated(written, at), 1, lexicon.order[word]) if right else None


def _repeated(text: str, at: int) -> int:
    """Where the repetition begins of the character at a place."""
    while at and text[at - 1] == text[at]:
        at -= 1
    return at
