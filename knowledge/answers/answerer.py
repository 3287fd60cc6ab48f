"""The answerer: a message → Answered, Clarify, NotCovered or OutOfScope, in the order of the steps below.

Here is decided what concerns the message as a whole; each question in it is answered by itself (single.py), and the
answers are joined (joining.py).
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from knowledge.answers.cutoffs import LEARNT, LONGEST_QUESTION, QUOTES, QUOTES_PER_THING, Cutoffs
from knowledge.answers.features import features
from knowledge.answers.joining import joined
from knowledge.answers.question import Question
from knowledge.answers.ranking import Ranking
from knowledge.answers.reader import Reader
from knowledge.answers.scope import Scope
from knowledge.answers.selecting import Selector
from knowledge.answers.single import ELIGIBILITY, FOREIGN, Single
from knowledge.answers.values import (
    Answer,
    Answered,
    Clarify,
    Evidence,
    OutOfScope,
    Reason,
    Silence,
    Turn,
    Verdict,
)
from knowledge.learnt import Hunches, learnt
from knowledge.library import Library, Point, load
from knowledge.words import fold

CHOOSING = "choosing"
# What may be asked along with the question whether one is in scope, and has an answer of its own.
_BESIDE_SCOPE = frozenset({"who-pays", "who-decides", "who-does", "must", "before-after", "consent"})


class Answerer:
    """Answers questions from a library."""

    def __init__(self, library: Library, cutoffs: Cutoffs = LEARNT, hunches: Hunches | None = None) -> None:
        self._library, self._cutoffs = library, cutoffs
        self._hunches = hunches or learnt()
        self._reader = Reader(library, cutoffs)
        self._ranking = Ranking(library, cutoffs)
        self._select = Selector(library, cutoffs)
        self._single = Single(library, self._ranking, self._select, cutoffs)
        self._scope = Scope(library)
        self._is_warm = False

    def answer(self, text: str) -> Answer:
        """The answer to any text whatever; never raises, never claims without a point of the policy."""
        return self.understand(text)[1]

    def warm(self) -> None:
        """Load and index everything now, for a process that will answer many: else the first askers wait for it."""
        if self._is_warm:
            return
        self._is_warm = True
        self._reader.warm()
        self._ranking.warm()
        for text in ("電梯能裝嗎", "wo men lou neng zhuang dian ti ma", "can my building get an elevater", "楼"):
            self.answer(text)

    def understand(self, text: str, before: Iterable[str] = ()) -> tuple[Question, Answer]:
        """A text as it was understood, and its answer. `before` are the subjects of the question before it."""
        if len(text) > LONGEST_QUESTION:
            short = self._reader.read(fold(text[:80]))
            return short, _out_of_scope(Silence.TOO_LONG, short)
        question = self._with_hunches(self._reader.read(fold(text), before))
        return question, self._answer(question)

    def _with_hunches(self, question: Question) -> Question:
        """A question with the hunches about it and its parts; what does not stand alone has that of the whole."""
        whole = self._hunches.of(features(question))
        several = len(question.parts) > 1
        parts = (
            replace(part, hunch=self._hunches.of(features(question, part)) if several and part.stands_alone else whole)
            for part in question.parts
        )
        return replace(question, parts=tuple(parts), hunch=whole)

    def _answer(self, question: Question) -> Answer:
        readable = sum(char.isalnum() for char in question.text)
        if readable < 2:
            return _out_of_scope(Silence.SHORT if readable else Silence.EMPTY, question)
        if (foreign := self._foreign(question)) is not None:
            return foreign
        strict = self._library.strict(question.asks)
        beyond = any(set(part.absent) - FOREIGN.keys() - {"other-place"} for part in question.parts if part.is_question)
        scope = self._scope.asked(question) and not strict and not beyond
        if "choose" in question.asks and not scope and not strict:
            return self._choosing(question)
        if self._is_elsewhere(question):
            return _out_of_scope(Silence.OTHER_PLACE, question)
        if scope:
            return self._clarified(question)
        answers = [self._single.answer(part, question) for part in question.parts]
        answer = joined(answers, question, self._single.dialog(question), self._select.is_rule, self._cutoffs)
        return self._with_scope(answer, question) if isinstance(answer, Answered) else answer

    def _foreign(self, question: Question) -> Answer | None:
        """The answer to what is no question for the policy, unless it speaks of something that the policy has."""
        topics = [topic for topic in FOREIGN if topic in question.concepts]
        if not topics:
            return None
        concepts = [self._library.concepts[concept] for concept in question.concepts]
        if "crisis" in topics:
            return _out_of_scope(Silence.CRISIS, question)  # whatever else is said: nothing comes before this
        if question.hunch.untold < self._cutoffs.told:
            return None  # the word means something else here: "the firm that acts as investor"
        known = [c for c in concepts if c.kind != "elsewhere" and c.says != "nothing" and c.id != "renovation"]
        if "assistant" in topics and any(concept.says == "much" for concept in known):
            # Whatever a text orders us to say, about a thing of the menu we say only what stands there.
            return self._single.silent("assistant", question.parts[-1], question)
        if known and "assistant" not in topics:
            return None
        return _out_of_scope(FOREIGN[topics[-1]], question)

    def _is_elsewhere(self, question: Question) -> bool:
        named = any("other-place" in part.absent for part in question.parts)
        return named and "西城" not in question.text and "xicheng" not in question.text

    # ---- dialogs -----------------------------------------------------------------------------------------------

    def _clarified(self, question: Question) -> Clarify:
        """What the text says on the facts that were given, and the answers to what was asked along with it."""
        points = [*self._scope.points(question)[:QUOTES], *self._rows_of(question)]
        for part in question.parts:
            if set(part.asks) & _BESIDE_SCOPE and isinstance(answer := self._single.answer(part, question), Answered):
                points += answer.points[:QUOTES]
        if "choose" in question.asks:
            points += self._rules_of_choosing()
        shown = tuple(dict.fromkeys(points))[:QUOTES_PER_THING]
        return Clarify(shown, question.asks, _evidence(Verdict.SCOPE, question), ELIGIBILITY)

    def _with_scope(self, answer: Answered, question: Question) -> Answered:
        """An answer, and what the text says on scope for a home whose history was told along with the question."""
        told = self._scope.points(question)[:1] if self._scope.history(question) and question.own else []
        if not told or not set(question.asks) & {"whether", "eligible"}:
            return answer
        fresh = tuple(point for point in told if point not in answer.points)
        if not fresh:
            return replace(answer, dialog=ELIGIBILITY)
        evidence = Evidence((*answer.evidence.reasons, *_evidence(Verdict.SCOPE, question).reasons))
        turns = (*answer.turns, Turn(fresh, ("eligible",)))
        return replace(answer, turns=turns, evidence=evidence, dialog=ELIGIBILITY)

    def _rows_of(self, question: Question) -> tuple[Point, ...]:
        if "who-pays" in question.asks:
            return ()
        ranked = self._ranking.rank(question.parts[-1], {})
        rows = (r for r in ranked if self._library.item_class(r.point) and r.concepts > self._cutoffs.speaks)
        about_things = [r.point for r in rows if any(self._library.kind(concept) == "thing" for concept in r.shared)]
        return tuple(about_things[:QUOTES])

    def _rules_of_choosing(self) -> tuple[Point, ...]:
        """That the basic items come first, and who settles the menu."""
        rules = (
            *self._library.telling("choose", "optional-class"),
            *self._library.telling("choose", "owners-committee"),
        )
        return rules[:QUOTES]

    def _choosing(self, question: Question) -> Answered:
        turn = Turn(self._rules_of_choosing(), question.asks)
        return Answered((turn,), question.asks, _evidence(Verdict.CHOOSING, question), dialog=CHOOSING)


def _evidence(verdict: Verdict, question: Question, topic: str = "") -> Evidence:
    untold = question.hunch.untold
    return Evidence((Reason(verdict, question.text, question.concepts, question.asks, topic, untold=untold),))


def _out_of_scope(why: Silence, question: Question) -> OutOfScope:
    return OutOfScope(why, _evidence(Verdict.FOREIGN, question, why), question.asks)


@cache
def answerer() -> Answerer:
    """The answerer over this package's library; made once in a process."""
    return Answerer(load())
