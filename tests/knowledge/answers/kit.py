"""What the tests of the answers share: one answerer over the library, the few things that they look for in it, and the
check that an answer claims nothing without evidence."""

from knowledge.answers import Answer, Answered, Clarify, NotCovered, OutOfScope, Reason, Turn, Verdict, answerer
from knowledge.answers.cutoffs import LEARNT
from knowledge.answers.ranking import Ranked
from knowledge.library import Point, load

LIBRARY = load()
# Verdicts that need no point that was ranked: the answer is a list, the text's own words, or what leads on.
OF_ITSELF = {Verdict.LISTED, Verdict.WORDING, Verdict.CHOOSING, Verdict.SCOPE}
SILENT = {Verdict.NO_SUCH_KIND, Verdict.NO_SUCH_TOPIC, Verdict.NOTHING_SPEAKS, Verdict.FOREIGN}


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


def carries(reason: Reason, turn: Turn) -> bool:
    """Whether a reason is one for a turn: by itself, by a point of it that shares a concept with the question (or is
    suggested by a question that has one), or by a rule that follows from such a point (what a class means, who is
    responsible where nobody is named)."""
    if reason.verdict in OF_ITSELF | SILENT:
        return reason.verdict in OF_ITSELF
    if all({"basic-class", "optional-class", "responsible-body"} & set(point.about) for point in turn.points):
        return any(_speaks(found, reason) for found in reason.ranked)
    return any(found.point in turn.points and _speaks(found, reason) for found in reason.ranked)


def _speaks(found: Ranked, reason: Reason) -> bool:
    return bool(found.shared) or (bool(reason.concepts) and found.hunch >= LEARNT.believed)


def check(text: str, answer: Answer) -> None:
    """That the answer to a text is one, quotes the policy, and claims nothing without a point that carries it."""
    assert isinstance(answer, Answered | Clarify | NotCovered | OutOfScope), (text, answer)
    policy = LIBRARY.document.text
    shown = getattr(answer, "points", ()) or getattr(answer, "nearest", ())
    ranked = [found.point for reason in answer.evidence.reasons for found in reason.ranked]
    foreign = [point for point in (*shown, *ranked) if point.quote not in policy]
    assert not foreign, (text, foreign)
    if not isinstance(answer, Answered):
        return
    assert answer.points and answer.turns, (text, answer)
    for turn in answer.turns:
        assert not (turn.points and turn.missing), (text, turn)
    told = [turn for turn in answer.turns if turn.points]
    for turn in told:
        assert any(carries(reason, turn) for reason in answer.evidence.reasons), (text, turn)
