"""A question as it was understood: its language, its parts, what each asks for and speaks of, and the facts given."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.learnt import NONE, Hunch
from knowledge.words import Language

# Asks that put the same question again rather than another one.
SOFT = frozenset({"whether", "eligible", "how", "list", "meaning"})


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message: its text, concept id → how sure, and the asks in it."""

    text: str
    concepts: Mapping[str, float]
    asks: tuple[str, ...]
    subjects: frozenset[str]  # the concepts that it is about, its own or, if it names none, the nearest ones
    absent: tuple[str, ...] = ()  # topics in it that the policy has no word on
    named: frozenset[str] = frozenset()  # the concepts whose words stand in it
    is_question: bool = False  # whether it has the form of a question
    known: float = 0.0  # share of its letters that stand in words we know
    hunch: Hunch = NONE

    def is_doubtful(self, untold: float, known: float) -> bool:
        """Whether the hunch is more than `untold` that the text does not tell it. Where a share of `known` or more
        stands in words that we know, the words have decided."""
        return self.hunch.untold > untold and self.known < known

    @property
    def stands_alone(self) -> bool:
        """Whether it is a question by itself: one that names what it is about, or asks more than a yes or no."""
        return self.is_question and (bool(self.named & self.subjects) or bool(set(self.asks) - SOFT))


@dataclass(frozen=True, slots=True)
class Question:
    """A message as it was understood."""

    text: str
    language: Language
    parts: tuple[Part, ...]
    concepts: Mapping[str, float]
    asks: tuple[str, ...]
    built: tuple[int, ...]
    own: bool
    hunch: Hunch = NONE

    @property
    def subjects(self) -> frozenset[str]:
        """What the message was about, for a next one to refer back to."""
        return frozenset(subject for part in self.parts for subject in part.subjects)
