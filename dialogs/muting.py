"""Muting: answers without the plain sentences that the office has taken out of service; the quotes stay."""

from collections.abc import Set
from dataclasses import replace

from knowledge.answers import Answer, Answered, Clarify, NotCovered
from knowledge.library import Library, Point


def muted(answer: Answer, silenced: Set[str]) -> Answer:
    """An answer whose points of these clauses say nothing in plain words."""
    if not silenced:
        return answer
    match answer:
        case Answered():
            turns = tuple(replace(turn, points=_muted(turn.points, silenced)) for turn in answer.turns)
            return replace(answer, turns=turns)
        case Clarify():
            return replace(answer, points=_muted(answer.points, silenced))
        case NotCovered():
            return replace(answer, nearest=_muted(answer.nearest, silenced))
    return answer


def muted_library(library: Library, silenced: Set[str]) -> Library:
    """A library whose points of these clauses say nothing in plain words."""
    if not silenced:
        return library
    summaries = {id: _mute(point) if id in silenced else point for id, point in library.summaries.items()}
    return replace(library, points=_muted(library.points, silenced), summaries=summaries)


def _muted(points: tuple[Point, ...], silenced: Set[str]) -> tuple[Point, ...]:
    return tuple(_mute(point) if point.clause in silenced else point for point in points)


def _mute(point: Point) -> Point:
    return replace(point, zh="", en="")
