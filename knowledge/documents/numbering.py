"""The markers that number a paper ("一、", "（一）", "1.", "（1）", "第七条") and Chinese numerals."""

import re
from enum import IntEnum
from typing import NamedTuple

_DIGITS = {character: value % 10 for value, character in enumerate("〇一二三四五六七八九零")} | {"○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[" + "".join(_DIGITS) + "".join(_UNITS) + r"\d]"


class Level(IntEnum):
    """How deep a marker's form stands; every form may be absent from a paper."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    FIRST = 5
    SECOND = 6
    THIRD = 7
    FOURTH = 8


class Marker(NamedTuple):
    """A marker at the head of a line: its level, its number, itself as written, and what follows it."""

    level: Level
    number: int
    text: str
    rest: str


_UNIT_LEVELS = {"编": Level.PART, "章": Level.CHAPTER, "节": Level.SECTION, "条": Level.ARTICLE}
# "第七条第二款规定的…", "第三章所称…" speak of an article; they do not open one.
_MENTION = "(?![第的、，。和至到及与或中]|规定|所)"
_CHINESE = "[" + "".join(_DIGITS) + "".join(_UNITS) + "]{1,5}"
_MARKER = re.compile(
    rf"第(?P<article>{NUMERAL}{{1,5}})(?P<unit>[编章节条])(?:之{_CHINESE})?{_MENTION}"
    rf"|(?P<first>{_CHINESE})[、.．]"
    rf"|[（(]\s?(?P<second>{_CHINESE})\s?[）)]"
    r"|(?P<third>\d{1,3})[、.．](?!\d)"
    r"|[（(]\s?(?P<fourth>\d{1,3})\s?[）)]"
)
_LEVELS = {"first": Level.FIRST, "second": Level.SECOND, "third": Level.THIRD, "fourth": Level.FOURTH}


def number(numeral: str) -> int:
    """Return the value of a numeral: "22", "２２", "二十二", "二〇一八"."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS.get(character, character)) for character in numeral))
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character] if character in _DIGITS else int(character)
    return total + digit


def marker(line: str) -> Marker | None:
    """Return the marker at the head of a stripped line, None if it has none."""
    found = _MARKER.match(line)
    if not found:
        return None
    form, rest = found.lastgroup, line[found.end() :].lstrip()
    if form == "unit":
        return Marker(_UNIT_LEVELS[found["unit"]], number(found["article"]), found[0], rest)
    assert form is not None  # every alternative of the pattern has a named group
    return Marker(_LEVELS[form], number(found[form]), found[0], rest)
