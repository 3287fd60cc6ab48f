"""Faults and notes: what is wrong with a file, by line and column, and what whoever imports it should look at."""

from dataclasses import dataclass

MOST = 1000  # so many faults are told; nobody reads more before mending the first


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: in which line of the file (0: the file as a whole), under which heading (""), what (a key: the
    sentence is `roll.fault.<what>`), and the word that is wrong, or the other line that it is about."""

    line: int
    column: str
    what: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Nothing wrong, but worth a look: what (a key: the sentence is `roll.note.<what>`), a word, and lines, if any."""

    what: str
    word: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be used, with the key of its fault."""

    what: str
    word: str = ""


Cell = str | Bad


class Unreadable(Exception):
    """A file, or all of it from some line on, cannot be read: `fault` tells why."""

    def __init__(self, what: str, line: int = 0, word: str = "") -> None:
        super().__init__(what)
        self.fault = Fault(line, "", what, word)
