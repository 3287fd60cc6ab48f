"""Notices: what members are told about a ballot that they did not ask about: it opened, its close was moved, a paper
form was entered for their seat … Times come in as people here read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs import names
from dialogs.names import Seated
from dialogs.outcomes import sentence
from dialogs.replies import Reply
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


def closed(told: Told, because: str, language: Language) -> Reply:
    """A ballot is closed; `because` tells why where that was before its time."""
    return _said("ballot_closed_early" if because else "ballot_closed", told, language, because=because)


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
