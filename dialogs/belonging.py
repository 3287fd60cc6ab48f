"""Belonging: what a conversation does for those whom the office knows: they join by a code, staff see their bench, and
whoever has joined something says before it is erased whether that goes, too."""

from dialogs import choosing, joining, mine, results, staffing, taps
from dialogs.booth import Damaged
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


def ballots(command: str, walker: Walker, session: Session, desk: Desk) -> Outcome:
    """What /choose, /results, /receipt and /counted come to: the thing itself where only one seat can be meant, else
    which one."""
    if (booths := desk.booths()) is None:
        return shown(mine.public(session.language), session)
    if isinstance(booths, Damaged):
        return shown(sentence("check.damaged", session.language), session)
    if command == "choose" and (free := [booth for booth in booths if booth.refused is None]):
        if len(free) > 1:
            return shown(mine.which(free, "begin", session.language), session)
        inputs = {"ballot": free[0].ballot.id, "number": str(free[0].number)}
        if begun := walker.begin(choosing.DIALOG, inputs, session, desk):
            return begun
    what = {"choose": "page", "results": "result", "receipt": "receipt", "counted": "check"}[command]
    if len(booths) > 1:
        return shown(mine.which(booths, what, session.language), session)
    tap = taps.Own(what, booths[0].ballot.id, booths[0].number) if booths else None
    reply = own(tap, session.language, desk) if tap else None
    return shown(reply or mine.nothing(desk.joined(), session.language), session)


def own(tap: taps.Own, language: Language, desk: Desk) -> Reply | None:
    """What one looks up of one's own seat in a ballot; None where that is nobody's, or not one's own."""
    booth = desk.booth(tap.ballot, tap.number)
    if booth is None:
        return None
    match tap.what:
        case "receipt":
            return mine.receipt(booth, language)
        case "result" if sheet := desk.result(tap.ballot, tap.number):
            return results.shown(sheet, booth, language)
        case "check" if found := desk.checked(tap.ballot, tap.number):
            return results.checked(found, booth, language)
    return mine.page(booth, desk.turnout(tap.ballot), language)


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
