"""Likeness: which of the questions that the office has bound to clauses is like one that was asked.

The measure is rapidfuzz's `fuzz.ratio`: 100 × (1 − insertions and deletions that turn one text into the other / the
length of both), over the folded texts without punctuation. At LIKE no two questions with different answers of
tests/questions/paraphrases.toml are like each other (of 16,604 pairs; at 80, "who pays for optional items" is like
"who pays for basic items").
"""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from knowledge.words import fold

LIKE = 85

_BETWEEN = re.compile(r"[\W_]+")


def key(question: str) -> str:
    """A question as it is compared: folded, one space where signs stood between words, none between characters."""
    return _BETWEEN.sub(" ", fold(question)).strip()


def most_like(question: str, taught: Mapping[str, str]) -> str | None:
    """The value of the key in `taught` that is most like a question, or None where none is like it."""
    found = process.extractOne(key(question), list(taught), scorer=fuzz.ratio, score_cutoff=LIKE)
    return taught[found[0]] if found else None
