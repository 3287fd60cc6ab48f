"""The picture of a result, as SVG: a bar for each item, area and measure, with the lines that the rule asks for.

It is read on a phone, and in print also in black and white.
"""

from collections.abc import Sequence

from ballots.ballot import BallotItem, State
from ballots.report import ResultSheet
from ballots.roll import Kind
from ballots.rules import Measure
from ballots.standing import Choice
from ballots.tally import Count, Reach
from bot.results import bars, words
from bot.results.canvas import GREY, INK, MARGIN, PAPER, ROOM, Canvas
from bot.results.lettering import wrapped
from dialogs import names
from dialogs.wording import Language, Wording, wording

MOST_ROWS = 24  # item × area; where there are more, an item that is counted over several areas is one row
HIGHEST = 8800  # messengers refuse what is higher: Telegram, where width and height are more than 10,000
_TITLE, _COMPOUND, _STATE, _ITEM, _PLACE, _SMALL, _FOOT = 48, 38, 34, 40, 34, 28, 26
_CHOICES = (*Choice, None)


def svg(sheet: ResultSheet, compound: str, language: Language) -> str:
    """The picture of a result, in a language. Raises ValueError for a ballot that has none: a draft, or a void one."""
    if sheet.ballot.state in (State.DRAFT, State.VOID):
        raise ValueError(f"a ballot that is {sheet.ballot.state.value} has no result")
    speak = wording(language)
    drawn = _drawn(sheet, compound, speak, is_whole=len(sheet.counts) <= MOST_ROWS)
    if drawn.y > HIGHEST:
        drawn = _drawn(sheet, compound, speak, is_whole=False)
    return drawn.svg(f"{sheet.ballot.title} · {compound}", bars.PATTERNS)


def _drawn(sheet: ResultSheet, compound: str, speak: Wording, is_whole: bool) -> Canvas:
    """The picture, with every row or with one for each item."""
    on = Canvas()
    _head(on, sheet, compound, speak)
    for number, item in enumerate(sheet.ballot.items.values(), 1):
        counts = [count for count in sheet.counts if count.item == item.id]
        _item(on, number, item, sheet.ballot.kind, speak)
        if is_whole or len(counts) == 1:
            for count in counts:
                _count(on, count, sheet.ballot.kind, speak)
        else:
            _areas(on, item, counts, speak)
        on.y += 18
    _foot(on, sheet, is_whole, speak)
    return on


def _head(on: Canvas, sheet: ResultSheet, compound: str, speak: Wording) -> None:
    ballot = sheet.ballot
    on.text(ballot.title, _TITLE, most=3)
    on.text(speak("report.sourced", says=compound, source=words.kind(ballot.kind, speak)), _COMPOUND, most=2)
    on.y += 12
    state = wrapped(words.state(sheet, speak), _STATE, ROOM - 40, 2)
    high = len(state) * _STATE * 1.36 + 24
    # What is final stands on white: what is not, on black.
    fill, ink = (PAPER, INK) if sheet.final else (INK, PAPER)
    on.rect(MARGIN, on.y, ROOM, high, fill, INK)
    for n, line in enumerate(state):
        on.word(MARGIN + 20, on.y + 12 + _STATE * (1.06 + 1.36 * n), line, _STATE, ink)
    on.y += high + 12
    on.text(words.period(ballot, speak), _SMALL, GREY)
    on.text(words.ways(sheet, speak), _SMALL, GREY)
    on.y += 14
    needs_quorum = any(item.rule.quorum for item in ballot.items.values())
    bars.legend(
        on,
        {choice: words.choice(choice, speak) for choice in _CHOICES},
        speak("report.legend_agree"),
        speak("report.legend_quorum") if needs_quorum else None,
        _SMALL,
    )
    on.y += 6


def _item(on: Canvas, number: int, item: BallotItem, kind: Kind, speak: Wording) -> None:
    on.rule()
    on.y += 18
    on.text(f"{number}. {names.item(item, speak)}", _ITEM, most=3)
    if speak.language != "zh":
        on.text(item.item.words, _SMALL, GREY, most=2)
    # The law's shares depend on the class; a rule of the ballot's own does not.
    classed = [words.classed(item, speak)] if kind is Kind.OWNERS else []
    rule = speak("report.sourced", says=words.rule(item.rule, speak), source=words.source(item.rule, speak))
    on.text(speak("report.then").join((*classed, rule)), _SMALL, GREY, most=4)
    on.y += 12


def _count(on: Canvas, count: Count, kind: Kind, speak: Wording) -> None:
    on.line_with_badge(names.area(count.area, speak), words.outcome(count, speak), _PLACE, count.passed)
    parts = words.parts(count)
    for measure in count.rule.measures:
        on.y += 4
        quorum = next((reach for reach in count.quorum if reach.measure is measure), None)
        agree = next(reach for reach in count.agreement if reach.measure is measure)
        amounts = {choice: amount.by(measure) for choice, amount in parts.items()}
        bars.bar(on, amounts, agree.needed, quorum.needed if quorum else None)
        on.text(_told(amounts, measure, kind, agree, quorum, speak), _SMALL, most=3)
    if count.stopped:
        on.text(speak("report.stopped"), _SMALL, most=2)
    on.y += 16


def _told(
    amounts: dict[Choice | None, int], measure: Measure, kind: Kind, agree: Reach, quorum: Reach | None, speak: Wording
) -> list[str]:
    """A bar's figures in words, piece by piece; of what nobody chose nothing is said."""
    whole = words.amount(sum(amounts.values()), measure)
    told = [_reach(words.choice(Choice.FOR, speak), agree, speak)]
    if quorum:
        told.append(_reach(speak("report.part"), quorum, speak))
    told += [
        speak("report.has", what=words.choice(choice, speak), have=words.amount(amounts[choice], measure))
        for choice in _CHOICES[1:]
        if amounts[choice]
    ]
    whose = speak("report.amounts", measure=words.measure(measure, kind, speak), all=whole)
    return [whose, *(one + speak("report.comma") for one in told[:-1]), told[-1]]


def _reach(what: str, reach: Reach, speak: Wording) -> str:
    have, needed = (words.amount(amount, reach.measure) for amount in (reach.have, reach.needed))
    if not reach.missing:
        return speak("report.needs", what=what, have=have, needed=needed)
    missing = words.amount(reach.missing, reach.measure)
    return speak("report.lacks", what=what, have=have, needed=needed, missing=missing)


def _areas(on: Canvas, item: BallotItem, counts: Sequence[Count], speak: Wording) -> None:
    reached, over = sum(count.passed for count in counts), speak(f"counted.{item.counted.value}")
    told = speak("report.areas", over=over, areas=len(counts))
    badge = speak("report.outcomes", reached=reached, areas=len(counts))
    on.line_with_badge(told, badge, _PLACE, reached == len(counts))
    bars.counted(on, reached, len(counts))


def _foot(on: Canvas, sheet: ResultSheet, is_whole: bool, speak: Wording) -> None:
    on.rule()
    on.y += 16
    if not is_whole:
        on.text(speak("report.not_all"), _SMALL)
        on.y += 10
    for sentence in sheet.says:
        says = sentence.plain(speak.language)
        on.text(speak("report.sourced", says=says, source=sentence.source) if sentence.source else says, _FOOT, GREY)
        on.y += 6
