"""Joining: the answers to the questions of one message → one answer, each question in its turn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.answers.cutoffs import QUOTES
from knowledge.answers.question import Question
from knowledge.answers.values import Answer, Answered, Evidence, NotCovered, OutOfScope, Silence, Turn
from knowledge.library import Point


def joined(
    answers: Sequence[Answer], question: Question, dialog: str | None, is_rule: Callable[[Point], bool]
) -> Answer:
    """One answer for a message whose parts were answered so, in their order.

    What the text is silent on is said in its turn; where it answers nothing, the whole is not covered. Beside a
    silence only a question that stands by itself is answered: a story may hold a thing that the text knows and end in
    a question that it does not answer, and "how thick is it, and will it hold me?" are one such question.
    """
    if not answers:
        return OutOfScope(Silence.UNKNOWN, Evidence())
    evidence = Evidence(tuple(reason for answer in answers for reason in answer.evidence.reasons))
    told = [isinstance(answer, Answered) for answer in answers]
    if any(isinstance(answer, NotCovered) for answer in answers):
        told = [yes and part.stands_alone for yes, part in zip(told, question.parts, strict=True)]
    if not any(told):
        return _silent(answers, evidence)
    if len([answer for answer in answers if isinstance(answer, Answered | NotCovered)]) == 1:
        return answers[told.index(True)]
    turns = _turns(answers, told, is_rule)
    listed = any(isinstance(answer, Answered) and answer.listed for answer in answers)
    return Answered(turns, question.asks, evidence, listed, dialog)


def _silent(answers: Sequence[Answer], evidence: Evidence) -> Answer:
    silent = [answer for answer in answers if isinstance(answer, NotCovered)]
    if not silent:
        return replace(answers[-1], evidence=evidence)
    last = silent[-1]
    missing = tuple(dict.fromkeys(topic for answer in silent for topic in answer.missing))
    return replace(last, missing=missing, evidence=evidence)


def _turns(answers: Sequence[Answer], told: Sequence[bool], is_rule: Callable[[Point], bool]) -> tuple[Turn, ...]:
    """Every question in its turn; of three and more each gets its best point, and what those stand on comes last."""
    several = sum(told) > QUOTES
    turns: list[Turn] = []
    shown: set[Point] = set()
    rules: list[Point] = []
    for answer, stands in zip(answers, told, strict=True):
        if isinstance(answer, NotCovered):
            turns.append(Turn((), answer.asks, missing=answer.missing))
        if not stands or not isinstance(answer, Answered):
            continue
        for turn in answer.turns:
            kept = turn.points[:1] if several and not answer.listed else turn.points
            rules += [point for point in turn.points[len(kept) :] if is_rule(point)]
            if fresh := tuple(point for point in kept if point not in shown):
                turns.append(Turn(fresh, turn.asks, finding=turn.finding))
                shown.update(fresh)
    if last := tuple(point for point in dict.fromkeys(rules) if point not in shown):
        at = max(place for place, turn in enumerate(turns) if turn.points)
        turns[at] = Turn((*turns[at].points, *last), turns[at].asks, finding=turns[at].finding)
    return tuple(_without_doubles(turns))


def _without_doubles(turns: Sequence[Turn]) -> list[Turn]:
    """A silence is told once."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.points or not any(turn.missing == other.missing for other in kept if not other.points):
            kept.append(turn)
    return kept
