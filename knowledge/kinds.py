"""Kinds: an answer as machines are told it: one of four words, and the points whose quotes are shown with it."""

from collections.abc import Mapping
from typing import Literal

from knowledge.answers import Answer, Answered, Clarify, NotCovered, OutOfScope
from knowledge.library import Point

Kind = Literal["answer", "clarify", "not_covered", "out_of_scope"]

_KINDS: Mapping[type[Answer], Kind] = {
    Answered: "answer",
    Clarify: "clarify",
    NotCovered: "not_covered",
    OutOfScope: "out_of_scope",
}


def kind(answer: Answer) -> Kind:
    """Which of the four ways the question ended."""
    return _KINDS[type(answer)]


def cited(answer: Answer) -> tuple[Point, ...]:
    """The points that the answer quotes, the best first; where the text does not say, those that come nearest."""
    if isinstance(answer, Answered | Clarify):
        return answer.points
    return answer.nearest if isinstance(answer, NotCovered) else ()
