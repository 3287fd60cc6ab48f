"""Results: a ballot's result in words, for a seat and for the office; and whether one's own selection was counted."""

from collections.abc import Container, Sequence

from ballots.ballot import State
from ballots.frame import SURVEY, basics_first
from ballots.report import ResultSheet, Withheld
from ballots.rules import Measure
from ballots.tally import Count, Reach
from dialogs import names, taps, times
from dialogs.booth import Booth, Checked, Damaged
from dialogs.pictures import Picture
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Language, Wording, wording

_HEAD_GROUP = 8  # characters of a head that are read at once


def shown(sheet: ResultSheet | Withheld | Damaged, booth: Booth, language: Language) -> Reply:
    """The result as a seat sees it: each item over the seat's own areas, and in how many areas it reached its line."""
    speak, back = wording(language), (_back(booth, language),)
    if isinstance(sheet, Damaged):
        return Reply((Line(speak("check.damaged")),), back)
    if isinstance(sheet, Withheld):
        closes = times.shown(booth.ballot.closes, speak)
        says = [Line(sentence.plain(language)) for sentence in sheet.says]
        if booth.ballot.state is State.OPEN:
            says.append(Line(speak("result.due" if booth.due else "result.until", closes=closes)))
        return Reply(tuple(says), back)
    lines = told(sheet, language, booth.standing.areas)
    return Reply(tuple(map(Line, lines)), back, picture=Picture(booth.ballot.id, language))


def told(sheet: ResultSheet, language: Language, own: Container[str] | None = None) -> list[str]:
    """The result in lines; of an item with several areas the one that is one's `own` is told in full, where it is
    given, and of all in how many the line was reached."""
    speak, ballot = wording(language), sheet.ballot
    state = "live" if not sheet.final else ballot.state.value
    says = [speak("result.title", title=ballot.title), speak(f"result.state.{state}", by=ballot.certified_by)]
    for at, item in enumerate(ballot.items.values(), 1):
        counts = [count for count in sheet.counts if count.item == item.id]
        says.append(speak("result.item", at=at, item=names.item(item, speak)))
        if len(counts) > 1:
            reached = sum(count.passed for count in counts)
            over = speak(f"counted.{item.counted.value}")
            says.append(speak("result.areas", over=over, reached=reached, areas=len(counts)))
        for count in counts:
            if len(counts) == 1 or (own is not None and count.area in own):
                says += _count(count, speak, named=len(counts) > 1)
    foot = (SURVEY, *basics_first(ballot))
    return [*says, *(f"· {sentence.plain(language)}" for sentence in foot)]


def checked(found: Checked | Damaged, booth: Booth, language: Language) -> Reply:
    """What a recount found of one's own selection."""
    speak, back = wording(language), (_back(booth, language),)
    if isinstance(found, Damaged):
        return Reply((Line(speak("check.damaged")),), back)
    whole = speak("check.whole", lines=found.head.lines)
    head = speak("check.head", head=" ".join(grouped(found.head.hash, _HEAD_GROUP)))
    if not found.choices:
        return Reply(tuple(map(Line, (whole, speak("check.nothing"), head))), back)
    rows = [
        speak("choosing.row", at=at, item=names.item(item, speak), said=speak(f"choosing.said.{choice.value}"))
        for at, (item, choice) in enumerate(
            ((booth.ballot.items[id], choice) for id, choice in found.choices.items() if id in booth.ballot.items), 1
        )
    ]
    counted = speak("check.counted", line=found.line, number=booth.number)
    return Reply(tuple(map(Line, (whole, counted, *rows, head, speak("check.how")))), back)


def _back(booth: Booth, language: Language) -> Button:
    return Button(wording(language)("mine.label.page"), taps.own("page", booth.ballot.id, booth.number))


def _count(count: Count, speak: Wording, named: bool) -> list[str]:
    outcome = speak("result.reached" if count.passed else "result.not_reached")
    where = names.area(count.area, speak) if named else ""
    amounts = speak(
        "result.amounts",
        all=count.all.heads,
        part=count.participants.heads,
        agree=count.agree.heads,
        against=count.against.heads,
        abstain=count.abstain.heads,
        object=count.object.heads,
    )
    says = [speak("result.count", where=where, amounts=amounts, outcome=outcome).strip()]
    if count.stopped:
        says.append(speak("result.stopped", count=count.object.heads))
    missing = [*_missing(count.quorum, "quorum", speak), *_missing(count.agreement, "agreement", speak)]
    return [*says, *([speak("result.missing", what=speak.listed(missing))] if missing else [])]


def _missing(reaches: Sequence[Reach], what: str, speak: Wording) -> list[str]:
    return [
        speak(f"result.short.{what}", amount=_amount(reach.missing, reach.measure, speak))
        for reach in reaches
        if reach.missing
    ]


def _amount(amount: int, measure: Measure, speak: Wording) -> str:
    if measure is Measure.HEADS:
        return speak("result.heads", count=amount)
    return speak("unit.square-metres", figure=f"{amount // 100:,}.{amount % 100:02}")


def grouped(hash: str, size: int) -> list[str]:
    """A hash in groups of characters that a person can compare."""
    return [hash[at : at + size] for at in range(0, len(hash), size)]
