"""Tokens: any text → the units that search counts: single Han characters, their pairs, English stems and numbers."""

import re

from knowledge.words.english import stem

_UNIT = re.compile(r"[\u3400-\u9fff]+|[a-z0-9][a-z0-9'-]*")


def tokens(folded: str) -> list[str]:
    """The search tokens of a folded text, repeated as they occur."""
    found: list[str] = []
    for unit in _UNIT.findall(folded):
        if unit[0].isascii():
            found.append(stem(unit))
        else:
            found += unit
            found += [unit[at : at + 2] for at in range(len(unit) - 1)]
    return found
