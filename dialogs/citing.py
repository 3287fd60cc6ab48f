"""Citing: a clause as people cite it (三（五）第3段, 三(五), 菜单第13项, s3-5-p3) → the clauses that are meant."""

import re
from collections.abc import Iterator

from dialogs import asking
from dialogs.wording import LANGUAGES
from knowledge.documents import Clause
from knowledge.library import Library
from knowledge.words import fold

_LONGEST = 60  # no citation is longer; whatever is, is not read at all
_DIGITS = "一二三四五六七八九"
_STEP = re.compile(rf"([{_DIGITS}]?)十([{_DIGITS}]?)|([{_DIGITS}])|([0-9]+)|([a-z]+|[\u3400-\u9fff])")
_COUNTERS = frozenset("第部分条款项段")  # 第3段, 第三款 and a bare 3 are one place


class Places:
    """Where the clauses of a library stand, in every way of citing them."""

    def __init__(self, library: Library) -> None:
        self._number = fold(library.document.number)
        self._named = [(frozenset(_names(clause, library)), clause) for clause in library.document.clauses]

    def find(self, words: str) -> tuple[Clause, ...]:
        """The clauses that stand just there, or, if none, those that stand below it, in the order of the text."""
        if len(words) > _LONGEST:
            return ()
        # Whoever copies the place from under a quote has the paper's number in front of it.
        if not (wanted := _key(fold(words).replace(self._number, " ", 1))):
            return ()
        exact = tuple(clause for names, clause in self._named if wanted in names)
        return exact or tuple(clause for names, clause in self._named if any(_below(name, wanted) for name in names))


def _names(clause: Clause, library: Library) -> Iterator[str]:
    yield _key(clause.id)
    yield from (_key(fold(asking.place(clause, library, language))) for language in LANGUAGES)
    if clause.item:
        yield _key(f"菜单{clause.item.number}")
        yield _key(f"{clause.item.scope}{clause.item.item_class}")  # the menu is what has scopes


def _below(name: str, wanted: str) -> bool:
    # "-1" is not above "-10".
    return name.startswith(wanted) and not name[len(wanted) :][:1].isdigit()


def _key(folded: str) -> str:
    """A place without its punctuation and counters, every number as "-3"."""
    return "".join(_step(found) for found in _STEP.finditer(folded))


def _step(found: re.Match[str]) -> str:
    tens, ones, digit, number, word = found.groups()
    if word:
        return "" if word in _COUNTERS else word
    if number:
        return f"-{number.lstrip('0')}"
    if digit:
        return f"-{_value(digit)}"
    return f"-{_value(tens) or 1}{_value(ones)}"


def _value(digit: str) -> int:
    return _DIGITS.index(digit) + 1 if digit else 0
