"""Asking: an answer → the reply that a person reads: plain words first, the clause next, the way on last."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from dialogs import findings, taps
from dialogs.findings import SCOPES
from dialogs.replies import Button, Line, Quote, Reply
from dialogs.wording import Language, Wording, wording
from knowledge.answers import Answer, Answered, Clarify, NotCovered, OutOfScope, Silence
from knowledge.answers.cutoffs import LONGEST_QUESTION
from knowledge.answers.findings import Listed
from knowledge.documents import Clause, ItemClass
from knowledge.library import Library, Point

# Asks whose answer names a body already: no second line says whom to turn to.
_NAMES_A_BODY = frozenset({"who-does", "who-decides", "duties", "who-pays"})
_STREET_OFFICE = "street-office"  # the body responsible in its area (三（一）), to whom one can always turn


def reply(answer: Answer, library: Library, language: Language, first: bool = True) -> Reply:
    """The reply to an answer in `language`; `first` says that the conversation is yet to hear of the plan's years."""
    speak = wording(language)
    lines, buttons = _SAYS[type(answer)](answer, library, speak)  # type: ignore[operator]
    if first and library.document.years and any(line.quote for line in lines):
        start, end = library.document.years
        lines = [*lines, Line(speak("answer.years", first=start, last=end))]
    return Reply(tuple(lines), tuple(buttons))


def place(clause: Clause, library: Library, language: Language, with_number: bool = False) -> str:
    """Where a clause stands, as one cites it, with the paper's number in front where asked for."""
    where = clause.place
    if language == "en" and clause.item:
        kind = "basic" if clause.item.item_class is ItemClass.BASIC else "optional"
        where = f"Menu · {SCOPES.get(clause.item.scope, clause.item.scope)} · {kind} ({clause.item.item_class})"
    return f"{library.document.number} · {where}" if with_number else where


def quote(point: Point, library: Library, language: Language, with_number: bool = False) -> Quote:
    """A point's words as a quote."""
    return Quote(point.clause, point.quote, place(library.clause(point), library, language, with_number))


def followup(key: str, library: Library, language: Language) -> Button:
    """The button that asks a question of the library."""
    asked = library.followups[key]
    if language == "en":
        return Button(asked.en, taps.ask(key), asked.en_ask)
    return Button(asked.zh, taps.ask(key), asked.zh_ask)


def _answered(answer: Answered, library: Library, speak: Wording) -> tuple[list[Line], list[Button]]:
    lines = [*_told(answer, library, speak), *_way_on(answer, library, speak)]
    return lines, _buttons(answer.points, lines, library, speak)


def _told(answer: Answered, library: Library, speak: Wording) -> list[Line]:
    """Each point in plain words with its quote; where there were several questions, each turn with its number."""
    lines: list[Line] = []
    told: set[str] = set()
    numbers = count(1)
    for turn in answer.turns:
        rows = [p for p in turn.points if library.item_class(p)] if isinstance(turn.finding, Listed) else []
        found = findings.sentence(turn.finding, len(rows or turn.points), library, speak)
        says = [Line(found)] if found and not rows else []
        if not turn.points:
            says.append(Line(speak("answer.silent", what=_missing(turn.missing, speak))))
        for point in turn.points:
            if point in rows:
                if point == rows[0]:
                    says.append(Line(found))  # a rule may stand before the list that follows from it
                shown = point.en if speak.language == "en" else ""
            else:
                plain = _plain(point, turn.asks, library, speak)
                # A row that stands in two scopes is told once and quoted twice.
                shown = "" if plain in told else plain
                told.add(plain)
            first = not any(line.quote for line in (*lines, *says))
            says.append(Line(shown, quote(point, library, speak.language, with_number=first)))
        if len(answer.turns) > 1 and says[0].text:
            says[0] = replace(says[0], text=f"{next(numbers)} {says[0].text}")
        lines += says
    return lines


def _plain(point: Point, asks: Sequence[str], library: Library, speak: Wording) -> str:
    plain, item_class = point.plain(speak.language), library.item_class(point)
    if item_class is None:
        return plain
    basic = item_class is ItemClass.BASIC
    if _NAMES_A_BODY & set(asks):
        # Beside an answer on who pays or decides, the row only shows which class that follows from.
        return speak("answer.is_basic" if basic else "answer.is_optional")
    return speak("answer.row_basic" if basic else "answer.row_optional", plain=plain)


def _way_on(answer: Answered, library: Library, speak: Wording) -> list[Line]:
    """Whom to turn to, or what comes next, as far as the text names someone and the answer has not."""
    points = [point for turn in answer.turns if not _NAMES_A_BODY & set(turn.asks) for point in turn.points]
    classes = {library.item_class(point) for point in points} - {None}
    if ItemClass.OPTIONAL in classes:
        decides = _first(library, "who-decides", "owners-committee")
        return [Line(speak("answer.next_optional", place=place(decides, library, speak.language)))]
    if classes:
        responsible = _first(library, "who-does", "responsible-body")
        return [Line(speak("answer.turn_to_street", place=place(responsible, library, speak.language)))]
    if points and (bodies := [body for body in points[0].by if _can_be_asked(body, library)]):
        where = place(library.clause(points[0]), library, speak.language)
        return [Line(speak("answer.turn_to", bodies=_names(bodies, library, speak), place=where))]
    return []


def _can_be_asked(body: str, library: Library) -> bool:
    """Whether a resident may turn to a body: an office of the joint meeting's members, or the meeting's own."""
    return library.bodies[body].member or body == "joint-office"


def _clarify(answer: Clarify, library: Library, speak: Wording) -> tuple[list[Line], list[Button]]:
    if not answer.points:
        says = [followup(key, library, speak.language) for key in ("menu", "scope-check", "who-pays", "responsible")]
        return [Line(speak("clarify.vague"))], says
    quotes = [
        Line(point.plain(speak.language), quote(point, library, speak.language, number == 0))
        for number, point in enumerate(answer.points)
    ]
    lines = [Line(speak("clarify.eligibility")), *quotes, Line(speak("clarify.eligibility_ask"))]
    return lines, _buttons(answer.points, lines, library, speak)


def _not_covered(answer: NotCovered, library: Library, speak: Wording) -> tuple[list[Line], list[Button]]:
    if answer.missing == ("assistant",):
        lines = [Line(speak("not_covered.says_not_so"))]
    else:
        lines = [Line(speak("not_covered.says_not", what=_missing(answer.missing, speak)))]
    if answer.nearest:
        nearest = [Line("", quote(p, library, speak.language, n == 0)) for n, p in enumerate(answer.nearest)]
        lines += [Line(speak("not_covered.nearest")), *nearest]
    else:
        lines.append(Line(speak("not_covered.nothing_near")))
    bodies = [body for body in answer.bodies if _can_be_asked(body, library)] or [_STREET_OFFICE]
    lines.append(Line(speak("not_covered.turn_to", bodies=_names(bodies, library, speak))))
    return lines, _buttons(answer.nearest, lines, library, speak)


def _missing(topics: Sequence[str], speak: Wording) -> str:
    named = [speak(f"missing.{topic}") for topic in topics if f"missing.{topic}" in speak]
    return speak.listed(list(dict.fromkeys(named))) or speak("missing.other")


def _out_of_scope(answer: OutOfScope, library: Library, speak: Wording) -> tuple[list[Line], list[Button]]:
    says = [] if answer.why in (Silence.TOO_LONG, Silence.CRISIS) else ["menu", "scope-check", "responsible"]
    lines = [Line(speak(f"silence.{answer.why}", limit=LONGEST_QUESTION))]
    return lines, [followup(key, library, speak.language) for key in says]


_SAYS = {Answered: _answered, Clarify: _clarify, NotCovered: _not_covered, OutOfScope: _out_of_scope}


def _buttons(points: Sequence[Point], lines: Sequence[Line], library: Library, speak: Wording) -> list[Button]:
    """What to ask next, and the clause of the first quote (which in a list need not be the first point's)."""
    followups = list(dict.fromkeys(key for point in points for key in point.next))[:2]
    buttons = [followup(key, library, speak.language) for key in followups]
    if first := next((line.quote for line in lines if line.quote), None):
        buttons.append(Button(speak("button.original"), taps.clause(first.clause)))
    return buttons


def _names(bodies: Sequence[str], library: Library, speak: Wording) -> str:
    found = [library.bodies[body] for body in bodies]
    return speak.listed([body.english if speak.language == "en" else body.name for body in found])


def _first(library: Library, ask: str, concept: str) -> Clause:
    return library.clause(next(p for p in library.points if ask in p.tells and concept in p.about))
