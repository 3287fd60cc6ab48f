"""The answerer: a question → Answered, Clarify, NotCovered or OutOfScope, in the order of the steps below.

What is asked for decides: a strict ask (a price, a date, a form …) is answered only by a point that tells such a
thing of that subject. Everything else that is shown is the text's own words.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from knowledge.answers import cutoffs
from knowledge.answers.question import Part, Question, Reader
from knowledge.answers.ranking import Ranked, Ranking
from knowledge.answers.scope import Scope
from knowledge.answers.selecting import Selector
from knowledge.answers.values import Answer, Answered, Clarify, Evidence, NotCovered, OutOfScope, Silence, Turn
from knowledge.library import Library, Point, load
from knowledge.words import fold

ELIGIBILITY, CHOOSING = "eligibility", "choosing"
# Topics that are never the renovation, unless the policy has the thing that is asked about too.
_FOREIGN = {
    "world": Silence.ELSEWHERE,
    "insult": Silence.INSULT,
    "thanks": Silence.THANKS,
    "smalltalk": Silence.SMALLTALK,
    "assistant": Silence.INSTRUCTION,
}


class Answerer:
    """Answers questions from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._reader = Reader(library)
        self._ranking = Ranking(library)
        self._select = Selector(library)
        self._scope = Scope(library, self._select)

    def answer(self, text: str) -> Answer:
        """The answer to any text whatever; never raises, never claims without a point of the policy."""
        return self.understand(text)[1]

    def understand(self, text: str, before: Iterable[str] = ()) -> tuple[Question, Answer]:
        """A text as it was understood, and its answer. `before` are the subjects of the question before it."""
        if len(text) > cutoffs.LONGEST_QUESTION:
            short = self._reader.read(fold(text[:80]))
            return short, OutOfScope(Silence.TOO_LONG, Evidence())
        question = self._reader.read(fold(text), before)
        return question, self._answer(question)

    def _answer(self, question: Question) -> Answer:
        seen = Evidence(question.concepts, question.asks)
        readable = sum(char.isalnum() for char in question.text)
        if readable < 2:
            return OutOfScope(Silence.SHORT if readable else Silence.EMPTY, seen)
        if (foreign := self._foreign(question)) is not None:
            return foreign
        if "choose" in question.asks and not self._strict(question.asks):
            return self._choosing(question, seen)
        if self._is_elsewhere(question):
            return OutOfScope(Silence.OTHER_PLACE, seen, question.asks)
        if self._scope.asked(question) and not self._strict(question.asks):
            return self._clarified(question, seen)
        return self._joined([self._part(part, question) for part in question.parts], question)

    # ---- what is not for the text to answer --------------------------------------------------------------------

    def _foreign(self, question: Question) -> Answer | None:
        topics = [topic for topic in _FOREIGN if topic in question.concepts]
        if not topics:
            return None
        known = [c for c in question.concepts if self._kind(c) != "elsewhere" and c != "renovation"]
        if "assistant" in topics and any(self._library.concepts[c].says == "much" for c in known):
            # Whatever a text orders us to say, about a thing of the menu we say only what stands there.
            return self._silent("assistant", question.parts[-1], question)
        if known and "assistant" not in topics:
            return None
        return OutOfScope(_FOREIGN[topics[-1]], Evidence(question.concepts, question.asks), question.asks)

    def _is_elsewhere(self, question: Question) -> bool:
        named = any("other-place" in part.absent for part in question.parts)
        return named and "西城" not in question.text and "xicheng" not in question.text

    def _silent(self, missing: str | None, part: Part, question: Question) -> NotCovered:
        derived = self._select.derived(part)
        ranked = self._ranking.rank(part, derived)
        nearest = tuple(r.point for r in ranked if r.concepts >= cutoffs.SPEAKS)[:1]
        if missing == "amount" and derived:
            nearest = tuple(r.point for r in ranked if "who-pays" in r.point.tells and r.shared & set(derived))
            # Without a class there are two rules; showing one of them would hint that it holds.
            nearest = nearest[: len(set(derived) - {"funds"})]
        if part.subjects and all(self._kind(concept) == "body" for concept in part.subjects):
            nearest = tuple(point for body in sorted(part.subjects) for point in self._library.duties[body])[:1]
        bodies = tuple(dict.fromkeys(body for point in nearest for body in point.by))
        evidence = Evidence(question.concepts, question.asks, _shown(ranked))
        return NotCovered(missing, nearest, bodies or ("street-office",), part.asks, evidence, self._dialog(question))

    # ---- dialogs -----------------------------------------------------------------------------------------------

    def _clarified(self, question: Question, seen: Evidence) -> Clarify:
        ranked = self._ranking.rank(question.parts[-1], {})
        rows = [r.point for r in ranked if self._library.item_class(r.point) and r.concepts > cutoffs.SPEAKS]
        points = (*self._scope.points(question)[: cutoffs.QUOTES], *rows[: cutoffs.QUOTES])
        return Clarify(tuple(dict.fromkeys(points)), question.asks, seen, ELIGIBILITY)

    def _choosing(self, question: Question, seen: Evidence) -> Answered:
        points = (
            *self._select.telling("choose", "optional-class"),
            *self._select.telling("choose", "owners-committee"),
        )
        return Answered((Turn(points[:2], question.asks),), question.asks, seen, dialog=CHOOSING)

    def _dialog(self, question: Question) -> str | None:
        things = any(self._kind(concept) == "thing" for concept in question.concepts)
        if "eligible" in question.asks or (question.own and things and "whether" in question.asks):
            return ELIGIBILITY
        return None

    # ---- one part of a question --------------------------------------------------------------------------------

    def _part(self, part: Part, question: Question) -> Answer:
        absent = [topic for topic in part.absent if topic not in _FOREIGN]
        if "years" in part.asks:
            absent = [topic for topic in absent if topic != "later-years"]  # "is it still in force": its years tell
        # Whether some body is a member is answered by the list, whoever is asked about.
        if absent and "member-units" not in part.subjects:
            return self._silent(absent[0], part, question)
        if points := self._select.rows(part) or self._select.duties(part):
            return Answered(
                (Turn(points, part.asks),), part.asks, Evidence(question.concepts, question.asks), listed=True
            )
        ranked = self._ranking.rank(part, self._select.derived(part))
        strict = self._strict(part.asks)
        for ask in strict:
            if not any(self._tells_strictly(ask, r) for r in ranked):
                return self._silent(ask, part, question)
        if strict:
            ranked = [r for r in ranked if set(strict) & r.tells] + [r for r in ranked if not set(strict) & r.tells]
        speaking = self._select.asked_first([r for r in ranked if self._speaks(r, part)])
        if not speaking:
            return self._by_wording(part, question, ranked)
        points = self._select.chosen(speaking, part)
        evidence = Evidence(question.concepts, question.asks, _shown(ranked))
        return Answered(
            (Turn(points, part.asks),),
            part.asks,
            evidence,
            listed=len(points) > cutoffs.QUOTES,
            dialog=self._dialog(question),
        )

    def _tells_strictly(self, ask: str, ranked: Ranked) -> bool:
        # Of what the point itself is about, not of the body whose duty it happens to be.
        return (
            ask in ranked.point.tells
            and ranked.concepts >= cutoffs.SPEAKS
            and bool(ranked.shared & set(ranked.point.about))
        )

    def _speaks(self, ranked: Ranked, part: Part) -> bool:
        """Whether a point is about the part: worth enough, and not only in words that say nothing by themselves."""
        enough = cutoffs.HINTS if ranked.tells - {"whether"} else cutoffs.SPEAKS
        telling = any(self._library.concepts[c].says == "much" or c in part.subjects for c in ranked.shared)
        return ranked.concepts >= enough and (telling or (not part.subjects and bool(ranked.tells - {"whether"})))

    @cached_property
    def _quoted_pairs(self) -> list[tuple[Point, set[str]]]:
        return [(point, _pairs(fold(point.quote))) for point in self._library.points]

    def _by_wording(self, part: Part, question: Question, ranked: Sequence[Ranked]) -> Answer:
        """No concept was heard: only a question that repeats the text's own words is answered by it."""
        pairs = _pairs(part.text)
        if len(pairs) >= cutoffs.FEWEST_PAIRS:
            best, said = max(self._quoted_pairs, key=lambda quoted: len(pairs & quoted[1]))
            if len(pairs & said) >= cutoffs.SAME_WORDS * len(pairs):
                return Answered(
                    (Turn((best,), part.asks),), part.asks, Evidence(question.concepts, question.asks, _shown(ranked))
                )
        if any(self._kind(concept) != "elsewhere" for concept in question.concepts):
            if not part.asks or set(part.asks) <= {"whether", "how", "list", "meaning"}:
                return Clarify((), part.asks, Evidence(question.concepts, question.asks, _shown(ranked)))
            return self._silent(None, part, question)
        return OutOfScope(Silence.UNKNOWN, Evidence(question.concepts, question.asks), part.asks)

    # ---- several questions in one message ----------------------------------------------------------------------

    def _joined(self, answers: Sequence[Answer], question: Question) -> Answer:
        """One answer for a message: each question in its turn; silence if the last one has no answer in the text."""
        if not answers:
            return OutOfScope(Silence.UNKNOWN, Evidence(question.concepts, question.asks))
        answered = [answer for answer in answers if isinstance(answer, Answered)]
        silent = [answer for answer in answers if isinstance(answer, NotCovered)]
        # A story may contain a thing that the text knows and end in a question that it does not answer.
        if not answered or isinstance(answers[-1], NotCovered):
            return silent[-1] if silent else answers[-1]
        if len(answered) == 1 and not silent:
            return answered[0]
        turns: list[Turn] = []
        told: set[Point] = set()
        for answer in answered:
            # Of three questions and more each gets its best point only, and what it stands on comes at the end.
            kept = answer.points if len(answered) <= cutoffs.QUOTES or answer.listed else answer.points[:1]
            if fresh := tuple(point for point in kept if point not in told):
                turns.append(Turn(fresh, answer.asks))
                told.update(fresh)
        rules = [point for answer in answered for point in answer.points[1:] if self._select.is_rule(point)]
        if last := tuple(point for point in dict.fromkeys(rules) if point not in told):
            turns[-1] = Turn((*turns[-1].points, *last), turns[-1].asks)
        return Answered(
            tuple(turns),
            question.asks,
            answered[0].evidence,
            listed=any(answer.listed for answer in answered),
            dialog=self._dialog(question),
            silent=tuple(dict.fromkeys(answer.missing or "other" for answer in silent)),
        )

    # ---- small things ------------------------------------------------------------------------------------------

    def _strict(self, asks: Iterable[str]) -> list[str]:
        return [ask for ask in asks if self._library.asks[ask].strict]

    def _kind(self, concept: str) -> str:
        return self._library.concepts[concept].kind


def _pairs(folded: str) -> set[str]:
    return {
        folded[at : at + 2] for at in range(len(folded) - 1) if "\u3400" <= folded[at] and "\u3400" <= folded[at + 1]
    }


def _shown(ranked: Iterable[Ranked]) -> tuple[tuple[Point, float], ...]:
    return tuple((r.point, round(r.worth, 2)) for r in list(ranked)[:5])


@cache
def answerer() -> Answerer:
    """The answerer over this package's library; made once in a process."""
    return Answerer(load())
