"""Mine: the ballots of one's own seats: which there are, how each stands, its receipt; and the ways on from there."""

from collections.abc import Callable, Sequence
from functools import partial

from ballots.ballot import State
from ballots.standing import By
from dialogs import cards, choosing, names, taps, times
from dialogs.booth import Booth
from dialogs.outcomes import sentence
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Language, Wording, wording

_CLOSED = (State.CLOSED, State.CERTIFIED)


def public(language: Language) -> Reply:
    """What is said where others read along."""
    return sentence("mine.public", language)


def nothing(joined: int, language: Language) -> Reply:
    """What is said to whoever has no ballot to look at: with a seat or a place among the staff, or without."""
    return sentence("mine.no_ballot" if joined else "mine.no_seat", language)


def which(booths: Sequence[Booth], what: str, language: Language) -> Reply:
    """Which seat is meant; `what` is to be shown or done with it: "begin" or one of taps.OWN."""
    speak = wording(language)
    leads: Callable[[Booth], str] = choosing.begin if what == "begin" else partial(_own, what)
    buttons = tuple(Button(_label(booth, speak), leads(booth)) for booth in booths)
    return Reply((Line(speak(f"mine.which.{what}")),), buttons)


def page(booth: Booth, turnout: tuple[int, int] | None, language: Language) -> Reply:
    """How a seat stands in a ballot, how many have taken part (of how many), and what can be done now."""
    speak, ballot = wording(language), booth.ballot
    state = "due" if booth.due else ballot.state.value
    says = [
        cards.seat(booth, speak),
        speak("mine.ballot", title=ballot.title, state=_state(state, booth, speak)),
        *([speak("mine.turnout", taken=turnout[0], seats=turnout[1])] if turnout else []),
        speak(f"mine.{'chosen_for' if booth.by is By.PROXY else 'chosen'}.{booth.standing.by.value or 'none'}"),
    ]
    if booth.refused and ballot.state is State.OPEN and not booth.due:
        says.append(choosing.why_not(booth.refused, booth, speak))
    return Reply(tuple(map(Line, says)), (*_ways(booth, speak),), page=True)


def receipt(booth: Booth, language: Language) -> Reply:
    """The receipt of what counts for a seat, and that it is recorded."""
    speak = wording(language)
    back = (Button(speak("mine.label.page"), _own("page", booth)),)
    if not booth.receipt:
        return Reply((Line(speak("mine.no_receipt", title=booth.ballot.title)),), back)
    said = [
        speak("choosing.row", at=at, item=names.item(booth.ballot.items[id], speak), said=_said(booth, id, speak))
        for at, id in enumerate(booth.asked, 1)
    ]
    lines = [Line(speak("mine.receipt", title=booth.ballot.title, receipt=booth.receipt)), *map(Line, said)]
    return Reply((*lines, Line(speak("choosing.keep_receipt"))), back)


def _ways(booth: Booth, speak: Wording) -> list[Button]:
    ways = []
    if booth.refused is None:
        ways.append(Button(speak(f"mine.label.{'again' if booth.chosen else 'begin'}"), choosing.begin(booth)))
    if booth.receipt:
        ways.append(Button(speak("mine.label.receipt"), _own("receipt", booth)))
    closed = booth.ballot.state in _CLOSED
    if closed or booth.ballot.live:
        ways.append(Button(speak("mine.label.result"), _own("result", booth)))
    if closed:
        ways.append(Button(speak("mine.label.check"), _own("check", booth)))
    return ways


def _said(booth: Booth, id: str, speak: Wording) -> str:
    choice = booth.standing.selection.choices.get(id)
    return speak(f"choosing.said.{choice.value if choice else 'later'}")


def _label(booth: Booth, speak: Wording) -> str:
    return speak("mine.label.seat", seat=cards.seat(booth, speak), title=booth.ballot.title)


def _state(state: str, booth: Booth, speak: Wording) -> str:
    closes = times.shown(booth.ballot.closes, speak)
    return speak(f"mine.state.{state}", closes=closes, because=booth.ballot.void_because)


def _own(what: str, booth: Booth) -> str:
    return taps.own(what, booth.ballot.id, booth.number)
