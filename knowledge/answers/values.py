"""The four ways a question ends, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.answers.findings import Finding
from knowledge.answers.ranking import Ranked
from knowledge.learnt import NONE
from knowledge.library import Point


class Silence(StrEnum):
    """Why a message is no question for the policy."""

    EMPTY = "empty"
    SHORT = "short"
    TOO_LONG = "too-long"
    SMALLTALK = "smalltalk"
    THANKS = "thanks"
    INSULT = "insult"
    WORRY = "worry"
    CRISIS = "crisis"
    INSTRUCTION = "instruction"
    ELSEWHERE = "elsewhere"
    OTHER_PLACE = "other-place"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What decided how a question ends."""

    TOLD = "told"  # points speak of it and tell what was asked for
    GENERAL = "general"  # only the body that is responsible for everything in its area is told
    LISTED = "listed"  # a list of the text is the answer
    WORDING = "wording"  # it repeats the text's own words
    SCOPE = "scope"  # it depends on the person's own compound
    CHOOSING = "choosing"  # it asks to be led through the menu
    NO_SUCH_KIND = "no-such-kind"  # no point tells a thing of the kind that was asked for
    NO_SUCH_TOPIC = "no-such-topic"  # it speaks of what the text has no word on
    UNTOLD = "untold"  # what is asked for in this way, the text rarely tells
    NOTHING_SPEAKS = "nothing-speaks"  # no point speaks of it surely enough
    FOREIGN = "foreign"  # it is no question for the policy


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one question of a message ends as it does.

    `topic` is the ask, concept or Silence id that the verdict turned on, or ""; `ranked` are the best points, each
    with its worth, the concepts that it shares with the question and the asks that it tells; `untold` is how far its
    features suggest that the text does not tell it (see `knowledge.learnt`).
    """

    verdict: Verdict
    text: str
    concepts: Mapping[str, float] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    topic: str = ""
    ranked: tuple[Ranked, ...] = ()
    untold: float = NONE.untold


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the answer is what it is: for each question of the message its reason."""

    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a message: the points that answer it, the best first, what it asked for, and what follows.

    Without points the text is silent on it, and `missing` says on what (see NotCovered).
    """

    points: tuple[Point, ...]
    asks: tuple[str, ...]
    finding: Finding | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The text says it: for each question of the message the points that do, the best first.

    At least one turn has points. `dialog` names a dialog that would help, or None.
    """

    turns: tuple[Turn, ...]
    asks: tuple[str, ...]
    evidence: Evidence
    listed: bool = False
    dialog: str | None = None

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
    """The text does not say: the kinds of thing that it is silent on, the nearest points, whom it makes responsible.

    `missing` are ask ids or concept ids; none where only the whole is known to be missing.
    """

    missing: tuple[str, ...]
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
