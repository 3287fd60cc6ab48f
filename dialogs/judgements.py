"""Judgements: one on a home → the reply: what the text says first, every reason quoted, then what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from dialogs import asking, taps
from dialogs.replies import Button, Line, Quote, Reply
from dialogs.wording import Wording
from knowledge.eligibility import ItemJudgement, Judgement, Outcome, Wish
from knowledge.library import Library, Point

_COLON = {"zh": "：", "en": ": "}


def reply(judgement: Judgement, wish: Wish | None, library: Library, speak: Wording) -> Reply:
    """The reply to whoever asked about a home, and about a row of the menu if there is a wish."""
    lines = tuple(_Telling(library, speak).lines(judgement, wish))
    first = next(line.quote for line in lines if line.quote)
    in_scope = bool({Outcome.PRIORITY, Outcome.SECOND} & set(judgement.certain))
    asks_on = asking.followup("menu" if in_scope else "responsible", library, speak.language)
    return Reply(lines, (asks_on, Button(speak("button.original"), taps.clause(first.clause))))


class _Telling:
    """One reply as it is put together: each point's words are quoted once, at the first sentence that they carry; later
    ones name their place."""

    def __init__(self, library: Library, speak: Wording) -> None:
        self._library, self._speak = library, speak
        self._quoted: set[Point] = set()

    def lines(self, judgement: Judgement, wish: Wish | None) -> Iterator[Line]:
        yield from self._outcomes(judgement)
        if judgement.item:
            yield from self._item(judgement.item)
        elif wish:
            yield from self._item_by_reference(wish)
        yield from self._unknown(judgement)
        yield from self._next(judgement)
        yield Line(self._speak("eligibility.permit"))
        if years := self._library.document.years:
            yield Line(self._speak("answer.years", first=years[0], last=years[1]))

    def _outcomes(self, judgement: Judgement) -> Iterator[Line]:
        """What holds of the compound's scope, or that it is open; then whether buildings of it may be rebuilt."""
        for of_scope in (True, False):
            for outcome in self._heads(judgement, of_scope):
                yield Line(self._speak(f"eligibility.outcome.{outcome}"))
            for reason in judgement.reasons:
                if _is_on_scope(reason.ground.outcome) is of_scope:
                    yield from self._with_quotes(self._speak(f"eligibility.ground.{reason.ground}"), reason.points)
            might: dict[Outcome, list[Point]] = {}
            for reason in judgement.might:
                might.setdefault(reason.ground.outcome, []).extend(reason.points)
            for outcome, points in might.items():
                if _is_on_scope(outcome) is of_scope:
                    # The text decides nothing by any of these, and which of them comes nearest is not known.
                    near = outcome is Outcome.UNDECIDED and outcome in judgement.certain
                    key = "eligibility.near" if near else f"eligibility.maybe.{outcome}"
                    yield from self._with_quotes(self._speak(key), points)

    def _heads(self, judgement: Judgement, of_scope: bool) -> list[str]:
        certain = [str(outcome) for outcome in judgement.certain if _is_on_scope(outcome) is of_scope]
        if Outcome.PRIORITY in certain:
            return [Outcome.PRIORITY]  # what brings it into scope once more is told as a reason
        return certain or (["open"] if of_scope else [])

    def _item(self, item: ItemJudgement) -> Iterator[Line]:
        outcome = item.outcomes[0] if len(item.outcomes) == 1 else "open"
        plain = item.row.plain(self._speak.language)
        yield from self._with_quotes(self._speak(f"eligibility.item.{outcome}", item=plain), [item.row, item.rule])

    def _item_by_reference(self, wish: Wish) -> Iterator[Line]:
        row = self._library.summaries[wish.row]
        plain = row.plain(self._speak.language)
        yield from self._with_quotes(self._speak("eligibility.item.reference", item=plain), [row])

    def _unknown(self, judgement: Judgement) -> Iterator[Line]:
        if judgement.unknown:
            named = [self._speak(f"eligibility.fact.{fact}") for fact in judgement.unknown]
            yield Line(self._speak("eligibility.unknown", facts=self._speak.listed(named)))
            yield from self._with_quotes(self._speak("eligibility.who_tells"), judgement.tellers)
        for silence in judgement.silences:
            yield Line(self._speak(f"eligibility.silence.{silence}"))

    def _next(self, judgement: Judgement) -> Iterator[Line]:
        settled = {Outcome.PRIORITY, Outcome.SECOND, Outcome.OWN} & set(judgement.certain)
        yield Line(self._speak("eligibility.next" if settled else "eligibility.settles"))
        for number, step in zip(count(1), judgement.steps, strict=False):
            about = self._speak(f"eligibility.step.{step.about}")
            for at, point in enumerate(step.points):
                plain = point.plain(self._speak.language)
                if at == 0:
                    plain = f"{number} {about}{_COLON[self._speak.language]}{plain}"
                yield from self._with_quotes(plain, [point])

    def _with_quotes(self, sentence: str, points: Sequence[Point]) -> Iterator[Line]:
        if quotes := list(self._quotes(points)):
            yield Line(sentence, quotes[0])
            yield from (Line("", quote) for quote in quotes[1:])
        else:
            clause = self._library.clause(points[0])
            yield Line(f"{sentence} {asking.place(clause, self._library, self._speak.language)}")

    def _quotes(self, points: Iterable[Point]) -> Iterator[Quote]:
        for point in points:
            if point not in self._quoted:
                first = not self._quoted
                self._quoted.add(point)
                yield asking.quote(point, self._library, self._speak.language, with_number=first)


def _is_on_scope(outcome: Outcome) -> bool:
    return outcome is not Outcome.REBUILD
