"""Spans: when a home was built or renovated, as it is typed in answer to just that: a year, a decade ("1985", "1980s"),
or what lies before or after one."""

import re
from collections.abc import Callable

from dialogs.reading.years import year
from knowledge.words import fold

_SPAN = re.compile(r"(\d{4})(s?)")
# "before 85", "95年以后": a side of a year, as a year with one of these beside it.
_BEFORE = re.compile(r"以前|之前|(?<=[年代])前(?!后)|\b(?:before|earlier than|prior to)\b")
_AFTER = re.compile(r"以后|之后|以来|(?<=[年代])后|\b(?:after|since|later than)\b")
_TWELFTH = re.compile(r"(?:是|就是|在)?[“\"']?十二五[”\"']?(?:期间|的?时候|那会儿|那几年)?(?:做)?的?。?")
_SHORT_YEAR = re.compile(
    r"(?:是|在|大概|好像|应该)*([01]\d)年?(?:底|初|前后|左右|那会儿)?(?:做|改|弄|修|改造)?(?:的|过)?。?"
)
_PLAN = 2018  # the plan's first year


def years(value: str) -> range:
    """The years that "1985" or "1980s" stands for; none for anything else."""
    found = _SPAN.fullmatch(value)
    if not found:
        return range(0)
    first = int(found[1])
    return range(first, first + 10) if found[2] else range(first, first + 1)


def built(text: str) -> str | None:
    """A year or decade; or of 1990 the side, before or after, that "before 85" and "after 95" lie on."""
    folded = fold(text)
    if _BEFORE.search(folded):
        span = _beyond(folded)
        return "before" if span and span[-1] <= 1990 else None
    if _AFTER.search(folded):
        span = _beyond(folded)
        return "after" if span and span[0] >= 1990 else None
    return year(text)


def exact(text: str) -> str | None:
    """Whether it was 1990 itself, or after."""
    span = years(year(text) or "")
    if not span or span[0] < 1990:
        return None
    return "after" if span[0] > 1990 else "1990" if len(span) == 1 else None


def works(text: str) -> str | None:
    """The year or decade of works; in answer to this "13年" is a year too, and no number of years."""
    folded = fold(text)
    if short := _SHORT_YEAR.fullmatch(folded):
        return f"20{short[1]}"
    return "twelfth" if _TWELFTH.fullmatch(folded) else year(text)


def past(reads: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """What is read of a piece of a message, but for the plan's years and later ones: those are rather a part of what is
    asked ("2025年，还能装电梯吗")."""

    def read(text: str) -> str | None:
        value = reads(text)
        span = years(value or "") or _beyond(fold(text))
        return None if span and span[0] >= _PLAN else value

    return read


def _beyond(folded: str) -> range:
    """The years that something is said to lie before or after."""
    return years(year(_AFTER.sub("", _BEFORE.sub("", folded))) or "")
