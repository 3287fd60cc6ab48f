"""Beside: an answer that stands in one message beside a question of one's own: "85年的，谁掏钱啊"."""

import re
from collections.abc import Callable

# As a message is cut when it is read; spaces alone cut nothing, nor what stands within a number.
_STOPS = re.compile(r"[，。；！？!?;\n…]+|,(?!\d)|\.(?=\s|$)")


def beside(text: str, reads: Callable[[str], str | None]) -> tuple[str, str] | None:
    """What `reads` makes of one piece of a message, and the rest of it; None where no piece is an answer, where several
    are that say different things, and where nothing else is said.

    A piece that is put as a question is never an answer.
    """
    found: set[str] = set()
    rest = ""
    for piece, stop in _pieces(text):
        value = None if {"?", "？"} & set(stop) else reads(piece)
        if value is None:
            rest += piece + stop
        else:
            found.add(value)
    if len(found) != 1 or not any(char.isalnum() for char in rest):
        return None
    return found.pop(), rest.strip()


def _pieces(text: str) -> list[tuple[str, str]]:
    """The pieces of a text between its stops, each with the stop behind it."""
    pieces, start = [], 0
    for stop in _STOPS.finditer(text):
        pieces.append((text[start : stop.start()], stop[0]))
        start = stop.end()
    return [*pieces, (text[start:], "")]
