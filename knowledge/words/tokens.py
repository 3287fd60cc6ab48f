"""Tokens: any text → the units that search counts: single Han characters, their pairs, English stems and numbers."""

import re
from operator import add

from knowledge.words.english import stem
from knowledge.words.normal import HAN_RUN

_UNIT = re.compile(r"[a-z0-9][a-z0-9'-]*|[^\x00-\x7f]+")


def tokens(folded: str) -> list[str]:
    """The search tokens of a folded text, repeated as they occur."""
    found: list[str] = []
    for unit in _UNIT.findall(folded):
        if unit.isascii():
            found.append(stem(unit))
            continue
        for run in HAN_RUN.findall(unit):
            found += run
            found += map(add, run, run[1:])
    return found
