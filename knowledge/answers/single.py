"""Single: the answer to one question of a message.

What is asked for decides: a strict ask (a price, a date, a form …) is answered only by a point that tells such a
thing of that subject. Everything else that is shown is the text's own words.
"""

from collections.abc import Sequence
from functools import cached_property

from knowledge.answers.cutoffs import FEWEST_PAIRS, LEARNT, VAGUE, Cutoffs
from knowledge.answers.findings import finding
from knowledge.answers.listing import Listing
from knowledge.answers.question import SOFT, Part, Question
from knowledge.answers.ranking import Ranked, Ranking
from knowledge.answers.selecting import Selector
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
from knowledge.library import Library, Point
from knowledge.words import fold

ELIGIBILITY = "eligibility"
# Topics that are never the renovation, unless the policy has the thing that is asked about too; where a whole message
# has several, the later one counts; where a question beside others has, the one that was said first.
FOREIGN = {
    "world": Silence.ELSEWHERE,
    "thanks": Silence.THANKS,
    "smalltalk": Silence.SMALLTALK,
    "insult": Silence.INSULT,
    "worry": Silence.WORRY,
    "crisis": Silence.CRISIS,
    "assistant": Silence.INSTRUCTION,
}
_STREET_OFFICE = "street-office"  # the body responsible in its area (三（一）): whom one can always ask
_SHOWN = 5  # points of the evidence


class Single:
    """Answers single questions from a library."""

    def __init__(self, library: Library, ranking: Ranking, select: Selector, cutoffs: Cutoffs = LEARNT) -> None:
        self._library, self._cutoffs = library, cutoffs
        self._ranking, self._select = ranking, select
        self._listing = Listing(library)

    def answer(self, part: Part, question: Question) -> Answer:
        """The answer to a part of a question, as if it had been asked alone."""
        if len(question.parts) > 1 and not part.named & part.subjects:
            # "What is the weather like? And will there be a lift?"
            if topic := next((topic for topic in part.absent if topic in FOREIGN), None):
                return OutOfScope(FOREIGN[topic], _evidence(Verdict.FOREIGN, part, FOREIGN[topic]), part.asks)
        absent = [topic for topic in part.absent if topic not in FOREIGN]
        if "years" in part.asks:
            absent = [topic for topic in absent if topic != "later-years"]  # "is it still in force": its years tell
        untold = part.hunch.untold
        # Whether some body is a member is answered by the list, whoever is asked about.
        if absent and untold >= self._cutoffs.told_topic and "member-units" not in part.subjects:
            return self.silent(absent[0], part, question)
        ranked = self._ranking.rank(part, self._select.derived(part))
        strict = self._library.strict(part.asks) if untold >= self._cutoffs.told else []
        for ask in strict:
            if not any(self._tells_strictly(ask, r, part) for r in ranked):
                return self.silent(ask, part, question)
        if part.is_doubtful(self._cutoffs.untold, self._cutoffs.known):
            return self.silent("", part, question, Verdict.UNTOLD)
        if turn := self._listing.turn(part):
            return Answered((turn,), part.asks, _evidence(Verdict.LISTED, part), listed=True)
        if strict:
            ranked = sorted(ranked, key=lambda r: not set(strict) & r.tells)  # stable: else as it was
        speaking = self._select.asked_first([r for r in ranked if self._speaks(r, part)])
        if not speaking:
            return self._by_wording(part, question, ranked)
        points = self._select.chosen(speaking, part)
        turn = Turn(points, part.asks, finding(part, question.text, points, self._library))
        doing = {r.point for r in speaking if "who-does" in r.tells}
        general = "who-does" in part.asks and any("responsible-body" in p.about and p not in doing for p in points)
        # What was chosen stands first in the evidence, then what came nearest to it, by worth.
        shown = sorted(ranked, key=lambda r: (r.point not in points, -r.worth))
        evidence = _evidence(Verdict.GENERAL if general else Verdict.TOLD, part, ranked=shown)
        return Answered((turn,), part.asks, evidence, dialog=self.dialog(question))

    def silent(
        self, missing: str, part: Part, question: Question, otherwise: Verdict = Verdict.NOTHING_SPEAKS
    ) -> NotCovered:
        """That the text does not say `missing` (an ask or concept id, "" where only the whole is missing: the verdict
        is then `otherwise`)."""
        derived = self._select.derived(part)
        ranked = self._ranking.rank(part, derived)
        nearest = tuple(r.point for r in ranked if r.concepts >= self._cutoffs.speaks)[:1]
        if missing == "amount" and derived:
            nearest = tuple(r.point for r in ranked if "who-pays" in r.point.tells and r.shared & set(derived))
            # Without a class there are two rules; showing one of them would hint that it holds.
            nearest = nearest[: len(set(derived) - {"funds"})]
        if part.subjects and all(self._library.kind(concept) == "body" for concept in part.subjects):
            nearest = tuple(point for body in sorted(part.subjects) for point in self._library.duties[body])[:1]
        bodies = tuple(dict.fromkeys(body for point in nearest for body in point.by)) or (_STREET_OFFICE,)
        verdict = Verdict.NO_SUCH_KIND if missing in self._library.asks else Verdict.NO_SUCH_TOPIC
        evidence = _evidence(verdict if missing else otherwise, part, missing, ranked)
        return NotCovered((missing,) if missing else (), nearest, bodies, part.asks, evidence, self.dialog(question))

    def dialog(self, question: Question) -> str | None:
        """The dialog that would help beside an answer, or None: whether the own home is in scope."""
        things = any(self._library.kind(concept) == "thing" for concept in question.concepts)
        if "eligible" in question.asks or (question.own and things and "whether" in question.asks):
            return ELIGIBILITY
        return None

    def _tells_strictly(self, ask: str, ranked: Ranked, part: Part) -> bool:
        """Whether a point states a thing of that kind about that very subject.

        Of what the point itself is about, not of the body whose duty it happens to be; and of every thing that the
        part is about: how large a building needs a permit says nothing of how large a day centre is.
        """
        things = {concept for concept in part.subjects if self._library.kind(concept) == "thing"}
        return (
            ask in ranked.point.tells
            and ranked.concepts >= self._cutoffs.speaks
            and bool(ranked.shared & set(ranked.point.about))
            and things <= {*ranked.point.about, *ranked.point.mentions}
        )

    def _speaks(self, ranked: Ranked, part: Part) -> bool:
        """Whether a point is about the part: worth enough, and not only in words that say nothing by themselves."""
        enough = self._cutoffs.hints if ranked.tells - {"whether"} else self._cutoffs.speaks
        telling = any(self._library.concepts[c].says == "much" or c in part.subjects for c in ranked.shared)
        # A hunch alone makes a point speak only where we know what some word of the question means.
        sure = bool(part.subjects) or (bool(part.concepts) and part.hunch.untold < self._cutoffs.told)
        if sure and ranked.hunch >= self._cutoffs.believed:
            return True
        return ranked.concepts >= enough and (telling or (not part.subjects and bool(ranked.tells - {"whether"})))

    @cached_property
    def _quoted_pairs(self) -> list[tuple[Point, set[str]]]:
        return [(point, _pairs(fold(point.quote))) for point in self._library.points]

    def _by_wording(self, part: Part, question: Question, ranked: Sequence[Ranked]) -> Answer:
        """No point speaks of it surely enough: only a question that repeats the text's own words is answered by it."""
        pairs = _pairs(part.text)
        if len(pairs) >= FEWEST_PAIRS and set(part.asks) <= SOFT:
            best, said = max(self._quoted_pairs, key=lambda quoted: len(pairs & quoted[1]))
            if len(pairs & said) >= self._cutoffs.same_words * len(pairs):
                turn = Turn((best,), part.asks)
                return Answered((turn,), part.asks, _evidence(Verdict.WORDING, part, ranked=ranked))
        if any(self._library.kind(concept) != "elsewhere" for concept in question.concepts):
            if set(part.asks) <= SOFT - {"eligible"} and len(question.text) <= VAGUE:
                return Clarify((), part.asks, _evidence(Verdict.NOTHING_SPEAKS, part, ranked=ranked))
            return self.silent("", part, question)
        return OutOfScope(Silence.UNKNOWN, _evidence(Verdict.FOREIGN, part, Silence.UNKNOWN), part.asks)


def _pairs(folded: str) -> set[str]:
    return {
        folded[at : at + 2] for at in range(len(folded) - 1) if "\u3400" <= folded[at] and "\u3400" <= folded[at + 1]
    }


def _evidence(verdict: Verdict, part: Part, topic: str = "", ranked: Sequence[Ranked] = ()) -> Evidence:
    shown, untold = tuple(ranked[:_SHOWN]), part.hunch.untold
    return Evidence((Reason(verdict, part.text, part.concepts, part.asks, topic, shown, untold),))
