"""Joining: a code from the office → its compound, seat and masked name to confirm → the seat is this account's.

Input: `code`, what is kept of the code (a keyed hash, longer than a button can carry: nobody can make one up). Also
what is said of codes that open nothing, and to whoever had a seat that the office has let go.
"""

from collections.abc import Mapping

from dialogs import choosing, names, reading, times
from dialogs.booth import Booth
from dialogs.desk import Invited, Opening
from dialogs.names import Seated
from dialogs.outcomes import sentence
from dialogs.replies import Button, Line, Reply
from dialogs.steps import Ask, Dialog, Do, Facts, Option, Walk
from dialogs.wording import Language, Wording, wording


def refusal(invited: Invited, language: Language) -> Reply:
    """What is said to a code that opens nothing."""
    speak = wording(language)
    if invited.opening is Opening.MINE:
        return Reply((Line(speak("joining.mine", seat=_called(invited, speak))),))
    return sentence(f"joining.{invited.opening}", language, wait=_wait(invited.minutes, speak))


def released(seated: Seated, language: Language) -> Reply:
    """What whoever had a seat is told when the office lets it go."""
    return sentence("joining.released", language, seat=names.place(seated, wording(language)))


def _walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    code = inputs.get("code", "")
    invited = facts.desk.behind(code)
    if invited is None:
        return sentence("joining.unknown", speak.language)
    options = tuple(Option(value, speak(f"joining.label.{value}")) for value in ("yes", "no"))
    said = "staff" if invited.colleague else "seat"
    says = (Line(speak(f"joining.ask.{said}", seat=_called(invited, speak), name=_name(invited, speak))),)

    def reads(text: str) -> str | None:
        value = reading.choice(text, options) or reading.yes_no(text)
        return value if value in ("yes", "no") else None

    if (yield Ask("me", says, options, reads)) == "no":
        return sentence("joining.not_me", speak.language)
    opening = yield Do("join", "join", {"code": code})
    if opening == Opening.OPEN:
        lines = [Line(speak(f"joining.joined.{said}", seat=_called(invited, speak)))]
        booths = facts.desk.booths() if invited.seated else ()
        open_now = [booth for booth in booths if booth.refused is None] if isinstance(booths, tuple) else []
        lines += [Line(_open(booth, speak)) for booth in open_now]
        buttons = [Button(choosing.label(booth, len(open_now), speak), choosing.begin(booth)) for booth in open_now]
        return Reply(tuple(lines), tuple(buttons))
    return refusal(Invited(Opening(opening), seated=invited.seated, colleague=invited.colleague), speak.language)


JOINING = Dialog("joining", 1, _walk, final=True)


def _open(booth: Booth, speak: Wording) -> str:
    return speak("joining.open", title=booth.ballot.title, closes=times.shown(booth.ballot.closes, speak))


def _called(invited: Invited, speak: Wording) -> str:
    if invited.seated:
        return names.place(invited.seated, speak)
    street = invited.colleague.street if invited.colleague else ""
    return speak("joining.of_street", street=street) if street else speak("joining.of_district")


def _name(invited: Invited, speak: Wording) -> str:
    if invited.seated:
        return names.holders(invited.seated.seat, speak)
    return names.masked(invited.colleague.name) if invited.colleague else ""


def _wait(minutes: int, speak: Wording) -> str:
    """A wait in words, rounded up."""
    if minutes < 60:
        return speak("joining.minutes", count=max(minutes, 1))
    return speak("joining.hours", count=-(-minutes // 60))
