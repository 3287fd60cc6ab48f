"""Features: what a hunch is had about: a question's wording, its concepts and asks, and each subject with each ask."""

from collections.abc import Iterable, Sequence

from knowledge.answers.question import Part, Question
from knowledge.learnt import wording


def features(question: Question, part: Part | None = None) -> set[str]:
    """The features of a whole question, or of one part of it that stands alone."""
    if part is None:
        return _features(question.text, question.concepts, question.asks, question.parts)
    return _features(part.text, part.named, part.asks, (part,))


def _features(text: str, concepts: Iterable[str], asks: Iterable[str], parts: Sequence[Part]) -> set[str]:
    found = set(wording(text))
    found.update("@" + concept for concept in (*concepts, *(subject for part in parts for subject in part.subjects)))
    found.update("?" + ask for ask in asks)
    found.update(f"@{subject}?{ask}" for part in parts for subject in part.subjects for ask in part.asks or ("-",))
    return found
