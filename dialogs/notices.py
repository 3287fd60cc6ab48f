"""Notices: what members are told about a ballot that they did not ask about: it opened, its close was moved, a paper
form was entered for their seat … Times come in as people here read them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from ballots.report import ResultSheet
from dialogs import names, results, taps
from dialogs.names import Seated
from dialogs.outcomes import sentence
from dialogs.pictures import Picture
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Language, wording


@dataclass(frozen=True, slots=True)
class Told:
    """A ballot as a notice names it: its compound, its title, and until when it is open (where it did not open: when
    that was to be)."""

    compound: str
    title: str
    closes: str


def opened(told: Told, language: Language) -> Reply:
    """A ballot has opened."""
    return _said("ballot_opened", told, language)


def extended(told: Told, because: str, language: Language) -> Reply:
    """A ballot closes later than was said."""
    return _said("ballot_extended", told, language, because=because)


def closed(
    told: Told, because: str, sheet: ResultSheet, number: int, areas: Container[str], language: Language
) -> Reply:
    """A ballot is closed, with the result over the seat's own areas (the seat's number in the ballot); `because` tells
    why where that was before its time."""
    said = _said("ballot_closed_early" if because else "ballot_closed", told, language, because=because)
    lines = (*said.lines, *map(Line, results.told(sheet, language, areas)))
    speak, id = wording(language), sheet.ballot.id
    ways = tuple(Button(speak(f"mine.label.{what}"), taps.own(what, id, number)) for what in ("check", "page"))
    return Reply(lines, ways, picture=Picture(id, language))


def closed_for_staff(told: Told, sheet: ResultSheet, language: Language) -> Reply:
    """To the staff: a ballot is closed, with the result."""
    said = _said("ballot_closed_staff", told, language)
    back = Button(wording(language)("staffing.label.back"), taps.ballot(sheet.ballot.id))
    lines = (*said.lines, *map(Line, results.told(sheet, language)))
    return Reply(lines, (back,), picture=Picture(sheet.ballot.id, language))


def void(told: Told, because: str, language: Language) -> Reply:
    """A ballot is void."""
    return _said("ballot_void", told, language, because=because)


def not_opened(told: Told, why: str, values: Mapping[str, str], language: Language) -> Reply:
    """To the staff: a draft did not open by itself at the time in `told`; `why` is the key of the reason's sentence,
    `values` fill it."""
    return _said("ballot_not_opened", told, language, because=wording(language)(why, **values))


def not_closed(told: Told, language: Language) -> Reply:
    """To the staff: a ballot did not close by itself."""
    return _said("ballot_not_closed", told, language)


def corrected(told: Told, item: str, because: str, language: Language) -> Reply:
    """An item was corrected; `item` is what it is called in plain words now."""
    return _said("ballot_corrected", told, language, item=item, because=because)


def paper_entered(told: Told, seated: Seated, receipt: str, language: Language) -> Reply:
    """A paper form was entered for a seat; `receipt` is the seat's."""
    return _said("paper_entered", told, language, seat=_seat(seated, language), receipt=receipt)


def about_seat(key: str, told: Told, seated: Seated, language: Language, because: str = "") -> Reply:
    """What else the office did about a seat: `paper_confirmed`, `paper_declined`, `paper_decided_paper`,
    `paper_decided_online`, `proxy_appointed`, `proxy_revoked`."""
    return _said(key, told, language, seat=_seat(seated, language), because=because)


def _seat(seated: Seated, language: Language) -> str:
    return names.place(seated, wording(language))


def _said(key: str, told: Told, language: Language, **values: str) -> Reply:
    return sentence(f"told.{key}", language, (), compound=told.compound, title=told.title, closes=told.closes, **values)
