"""Columns: rows as a table in the terminal, aligned where Chinese characters take two places and others one or none."""

import unicodedata
from collections.abc import Iterable, Sequence


def table(rows: Iterable[Sequence[object]], heads: Sequence[str]) -> str:
    """The rows under their heads. Numbers stand to the right; what a terminal would obey is shown as its code."""
    given = [list(row) for row in rows]
    lines = [[*heads], *([shown(str(cell)) for cell in row] for row in given)]
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    right = [bool(given) and all(isinstance(row[at], int) for row in given) for at in range(len(heads))]
    return "\n".join(
        "  ".join(_filled(cell, widths[at], right[at]) for at, cell in enumerate(line)).rstrip() for line in lines
    )


def width(text: str) -> int:
    """How many places a text takes in a terminal: two for a Chinese character or an emoji, none for what is set upon
    the sign before it."""
    return sum(_width(char) for char in text)


def shown(text: str) -> str:
    """A text with the code in place of each sign that is no letter, digit or the like: <U+001B>. A name that comes from
    a file cannot move the cursor, nor turn the line around."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)


def _width(char: str) -> int:
    # Variation selectors and the marks of other scripts are set upon the sign before them.
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _filled(cell: str, places: int, right: bool) -> str:
    blanks = " " * (places - width(cell))
    return blanks + cell if right else cell + blanks
