"""Answers: a question → Answered | Clarify | NotCovered | OutOfScope, with the points of the policy that carry it."""

from knowledge.answers.answerer import Answerer, answerer
from knowledge.answers.values import (
    Answer,
    Answered,
    Clarify,
    Evidence,
    NotCovered,
    OutOfScope,
    Reason,
    Silence,
    Turn,
    Verdict,
)

__all__ = [
    "Answer",
    "Answered",
    "Answerer",
    "Clarify",
    "Evidence",
    "NotCovered",
    "OutOfScope",
    "Reason",
    "Silence",
    "Turn",
    "Verdict",
    "answerer",
]
