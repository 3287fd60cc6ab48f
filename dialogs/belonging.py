"""Belonging: what a conversation does for those whom the office knows: they join by a code, staff see their bench, and
whoever has joined something says before it is erased whether that goes, too."""

from dialogs import joining, staffing, taps
from dialogs.desk import Desk, Invited, Opening
from dialogs.outcomes import Outcome, sentence, shown
from dialogs.replies import Button, Reply
from dialogs.sessions import Session
from dialogs.walking import Walker
from dialogs.wording import Language, wording


def invited(found: Invited, walker: Walker, session: Session, desk: Desk) -> Outcome:
    """What a code opens is shown and asked about; or why it opens nothing."""
    if found.opening is Opening.OPEN and (begun := walker.begin("joining", {"code": found.code}, session, desk)):
        return begun
    return shown(joining.refusal(found, session.language), session)


def bench(tap: taps.Bench | taps.Ballot, language: Language, desk: Desk) -> Reply | None:
    """A page of the office's own work; None for whoever is none of its staff."""
    if isinstance(tap, taps.Ballot):
        one = desk.round(tap.ballot)
        return staffing.ballot(one, desk.turnout(one.id), desk.forms(one.id), language) if one else None
    yards = desk.bench()
    return None if yards is None else staffing.bench(yards, tap.number, language)


def forget(session: Session, desk: Desk) -> Outcome:
    """Everything is erased at once; whoever has joined something says first whether that goes, too."""
    if not (joined := desk.joined()):
        return forgotten(session, desk, joined=False)
    speak = wording(session.language)
    buttons = [
        Button(speak("button.forget_chat"), taps.forget(False)),
        Button(speak("button.forget_all"), taps.forget(True)),
    ]
    return shown(sentence("chat.forget_which", session.language, buttons, count=str(joined)), session)


def forgotten(session: Session, desk: Desk, joined: bool) -> Outcome:
    """Erase, and say what was erased."""
    desk.forget(joined)
    key = "chat.forgotten_all" if joined else "chat.forgotten"
    return shown(sentence(key, session.language), Session(session.language, session.chosen))
