"""What the tests of the answers share: one answerer over the library, and the few things that they look for in it."""

from knowledge.answers import Answered, answerer
from knowledge.library import Point, load

LIBRARY = load()


def answered(question: str) -> Answered:
    """The answer to a question that the policy answers."""
    answer = answerer().answer(question)
    assert isinstance(answer, Answered), f"{question}: {type(answer).__name__} {answer.asks}"
    return answer


def first(question: str) -> Point:
    """The point that a question is answered with."""
    return answered(question).points[0]


def row(clause: str) -> Point:
    return next(point for point in LIBRARY.rows if point.clause == clause)


def telling(ask: str, concept: str) -> Point:
    """The first point about a concept that tells a kind of thing."""
    return next(point for point in LIBRARY.points if ask in point.tells and concept in point.about)
