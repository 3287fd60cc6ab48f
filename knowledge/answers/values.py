"""The four ways a question ends, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.library import Point


class Silence(StrEnum):
    """Why a message is no question for the policy."""

    EMPTY = "empty"
    SHORT = "short"
    TOO_LONG = "too-long"
    SMALLTALK = "smalltalk"
    THANKS = "thanks"
    INSULT = "insult"
    INSTRUCTION = "instruction"
    ELSEWHERE = "elsewhere"
    OTHER_PLACE = "other-place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the answer is what it is: concepts and kinds of question that were heard, and the points' worth."""

    concepts: Mapping[str, float] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    ranked: tuple[tuple[Point, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a message: the points that answer it, the best first, and what it asked for."""

    points: tuple[Point, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The text says it: for each question of the message the points that do, the best first.

    `silent` are ask or concept ids of questions in the message that the text does not answer; `dialog` names a dialog
    that would help, or None.
    """

    turns: tuple[Turn, ...]
    asks: tuple[str, ...]
    evidence: Evidence
    listed: bool = False
    dialog: str | None = None
    silent: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all turns, each once."""
        return tuple(dict.fromkeys(point for turn in self.turns for point in turn.points))


@dataclass(frozen=True, slots=True)
class Clarify:
    """It depends on facts that the person has: what the text says about them, and the dialog that asks for them."""

    points: tuple[Point, ...]
    asks: tuple[str, ...]
    evidence: Evidence
    dialog: str | None = None


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The text does not say: the kind of thing that it is silent on, the nearest points, and whom it makes responsible.

    `missing` is an ask id, a concept id, or None where only the whole is known to be missing.
    """

    missing: str | None
    nearest: tuple[Point, ...]
    bodies: tuple[str, ...]
    asks: tuple[str, ...]
    evidence: Evidence
    dialog: str | None = None


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Not a question about the renovation at all, or no question."""

    why: Silence
    evidence: Evidence
    asks: tuple[str, ...] = ()
    dialog: str | None = None


Answer = Answered | Clarify | NotCovered | OutOfScope
