"""Joining: the answers to the questions of one message → one answer, each question in its turn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.answers.cutoffs import LEARNT, QUOTES, QUOTES_PER_THING, Cutoffs
from knowledge.answers.findings import Membership
from knowledge.answers.question import SOFT, Question
from knowledge.answers.values import Answer, Answered, Evidence, NotCovered, OutOfScope, Silence, Turn, Verdict
from knowledge.library import Point


def joined(
    answers: Sequence[Answer],
    question: Question,
    dialog: str | None,
    is_rule: Callable[[Point], bool],
    cutoffs: Cutoffs = LEARNT,
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
        general = [any(r.verdict is Verdict.GENERAL for r in answer.evidence.reasons) for answer in answers]
        # What is silent and no question is the condition of the question beside it: "one family is against it, can
        # the lift still be built?"
        given = any(
            isinstance(a, NotCovered) and not p.is_question for a, p in zip(answers, question.parts, strict=True)
        )
        told = [
            yes
            and part.stands_alone
            and not part.is_doubtful(cutoffs.beside, cutoffs.known)
            and not (g or (given and set(part.asks) <= SOFT))
            for yes, part, g in zip(told, question.parts, general, strict=True)
        ]
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
            kept = turn.points[: _kept(answer, several)]
            rules += [point for point in turn.points[len(kept) :] if is_rule(point)]
            if fresh := tuple(point for point in kept if point not in shown):
                turns.append(Turn(fresh, turn.asks, finding=turn.finding))
                shown.update(fresh)
            elif turn.finding:
                _add_finding(turns, turn)
    if last := tuple(point for point in dict.fromkeys(rules) if point not in shown):
        at = max(place for place, turn in enumerate(turns) if turn.points)
        turns[at] = Turn((*turns[at].points, *last), turns[at].asks, finding=turns[at].finding)
    return tuple(_without_doubles(turns))


def _add_finding(turns: list[Turn], more: Turn) -> None:
    """What follows for another body from a list that is shown already is told with the first."""
    for place, turn in enumerate(turns):
        one, other = turn.finding, more.finding
        if turn.points[:1] == more.points[:1] and isinstance(one, Membership) and isinstance(other, Membership):
            both = Membership((*one.listed, *other.listed), (*one.unlisted, *other.unlisted))
            turns[place] = replace(turn, finding=both)


def _kept(answer: Answered, several: bool) -> int:
    """How many points of an answer are shown beside others: a list is cut where it would hide the rest."""
    if answer.listed:
        return QUOTES_PER_THING
    return 1 if several else QUOTES_PER_THING


def _without_doubles(turns: Sequence[Turn]) -> list[Turn]:
    """A silence is told once."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.points or not any(turn.missing == other.missing for other in kept if not other.points):
            kept.append(turn)
    return kept
