"""A conversation: each event and the session before it → the reply, if there is anything to say, and the session after.

A number typed presses the button that stands there under the last reply, so `Session.buttons` are always its buttons.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from dialogs import asking, belonging, clauses, pages, taps, unread
from dialogs.answering import Answering
from dialogs.catalogue import DIALOGS
from dialogs.citing import Places
from dialogs.desk import NOBODY, Desk
from dialogs.events import Command, Event, Other, Tap, Text
from dialogs.muting import muted_library
from dialogs.outcomes import Outcome, led, sentence, shown
from dialogs.replies import Button, Reply
from dialogs.sessions import Session
from dialogs.steps import Dialog, Facts
from dialogs.walking import Walker
from dialogs.walks import Walks
from dialogs.wording import LANGUAGE_NAMES, LANGUAGES, Language, wording
from knowledge.answers import Answerer
from knowledge.library import Library
from knowledge.words import fold

_WELCOMES_WITH = ("menu", "scope-check", "who-pays", "responsible")
_LANGUAGES_CALLED: dict[str, Language] = {
    "zh": "zh", "中文": "zh", "chinese": "zh", "汉语": "zh",
    "en": "en", "英文": "en", "english": "en", "英语": "en",
}  # fmt: skip


class Conversation:
    """Replies to what people do. Holds no state of its own: sessions go in and out."""

    def __init__(self, library: Library, answerer: Answerer, dialogs: Mapping[str, Dialog] = DIALOGS) -> None:
        self._library = library
        self._answerer = answerer
        self._places = Places(library)
        self._walker = Walker(Walks(dialogs, Facts(library)))
        self._answering = Answering(library, answerer, self._walker)

    def hear(self, event: Event, session: Session, desk: Desk = NOBODY) -> tuple[Reply | None, Session]:
        """The reply to an event, None where there is nothing to say, and the session after it. Never raises.

        `desk` carries out what a dialog wants done.
        """
        match event:
            case Text():
                return self._text(event, session, desk)
            case Tap():
                return self._tap(event.data, session, desk)
            case Command():
                return self._command(event, session, desk)
            case Other():
                return self._other(event, session)

    def notice(self, key: Literal["slow", "failed"], session: Session) -> Reply:
        """What is to be said beside the conversation: that a person writes faster than we answer, or that a message
        could not be answered through a fault of ours."""
        return sentence("chat.slow" if key == "slow" else "chat.failed", session.language)

    # ---- texts ---------------------------------------------------------------------------------------------------

    def _text(self, event: Text, session: Session, desk: Desk) -> Outcome:
        # A code comes first, whatever else is open, and also where it was put right in its own message.
        if invited := desk.invited(event.text):
            return belonging.invited(invited, self._walker, session, desk)
        if event.beside:
            return self._caption(event, session, desk)
        # What was edited was meant for the buttons, and the walk, of its own time.
        if event.edited:
            return self._answering.question(event.text, session, desk, edited=True)
        if walked := self._walker.text(event.text, session, desk):
            return walked
        if session.buttons:
            said = unicodedata.normalize("NFKC", event.text).strip()
            if tap := self._pressed(said, session):
                return self._tap(tap, session, desk)
            if _is_number(said):
                # The buttons still stand there: the next number may press one.
                return sentence("chat.number_unknown", session.language), session
        return self._answering.typed(event.text, session, desk)

    def _pressed(self, said: str, session: Session) -> str | None:
        """The button under the last reply that is typed instead of tapped: by its number, or a question's label."""
        if _is_number(said):
            number = int(said[:9])
            return session.buttons[number - 1] if 1 <= number <= len(session.buttons) else None
        for data in session.buttons:
            tap = taps.parse(data, self._library)
            if isinstance(tap, taps.Ask):
                asked = self._library.followups[tap.followup]
                if said.lower() in (asked.zh, asked.en.lower()):
                    return data
        return None

    def _caption(self, event: Text, session: Session, desk: Desk) -> Outcome:
        told = bool(event.album) and event.album == session.album and not event.edited
        session = replace(session, album=event.album or session.album)
        if not event.text.strip():
            return shown(unread.alone(event.beside, session.language), session)
        reply, after = self._answering.question(event.text, session, desk, event.edited)
        if told:
            return reply, after
        return led(unread.beside(event.beside, after.language), reply), after

    # ---- taps ----------------------------------------------------------------------------------------------------

    def _tap(self, data: str, session: Session, desk: Desk) -> Outcome:
        tap = taps.parse(data, self._library)
        match tap:
            case taps.Answer() | taps.Back() | taps.Cancel() | taps.Change() | taps.Resume():
                return self._walker.tap(tap, session, desk)
            # Joining is begun by a code alone.
            case taps.Begin(dialog, inputs) if dialog != "joining" and (
                begun := self._walker.begin(dialog, inputs, session, desk)
            ):
                return begun
            case taps.Page(name) if page := pages.page(name, self._spoken(desk), session.language):
                return shown(self._walker.resumable(replace(page, page=True), session), session)
            case taps.Judge(id, good):
                done = desk.judge(id, good)
                return shown(sentence("chat.thanks" if done else "chat.too_late", session.language), session)
            case taps.Consult(id):
                return self._consent(id, session)
            case taps.Send(id):
                done = desk.consult(id)
                return shown(sentence("chat.sent" if done else "chat.too_late", session.language), session)
            case taps.About(clause):
                return self._about(clause, session)
            case taps.Ask(followup):
                asked = asking.followup(followup, self._library, session.language).says
                reply, after = self._answering.question(asked, session, desk)
                # A tap leaves no trace in the chat: without the question its answer would hang in the air.
                return led(wording(session.language)("chat.asked", question=asked), reply), after
            case taps.Show(clause):
                whole = clauses.whole(clause, self._spoken(desk), session.language)
                return shown(self._walker.resumable(whole, session), session)
            case taps.Speak(language):
                return self._speak(language, session, desk)
            case taps.Bench() | taps.Ballot() if page := belonging.bench(tap, session.language, desk):
                return shown(page, session)
            case taps.Own() if found := belonging.own(tap, session.language, desk):
                return shown(found, session)
            case taps.Forget(joined):
                return belonging.forgotten(session, desk, joined)
        return shown(sentence("chat.button_unknown", session.language), session)

    def _consent(self, id: str, session: Session) -> Outcome:
        """What is sent to the street office, before it is."""
        button = Button(wording(session.language)("button.send"), taps.send(id))
        return shown(sentence("chat.consent", session.language, [button]), session)

    def _about(self, clause: str, session: Session) -> Outcome:
        """What one may ask about a row of the menu; what is typed next without naming a thing is about that row."""
        point = self._library.summaries[clause]
        asks = [asking.followup(key, self._library, session.language) for key in point.next]
        reply = sentence("chat.ask_about", session.language, asks, item=point.plain(session.language))
        return shown(self._walker.resumable(reply, session), replace(session, subjects=frozenset(point.about)))

    # ---- commands ------------------------------------------------------------------------------------------------

    def _command(self, command: Command, session: Session, desk: Desk) -> Outcome:
        if command.name == "ask" and command.rest:
            return self._answering.question(command.rest, session, desk, command.edited)
        if command.name == "check" and (begun := self._walker.begin("eligibility", {}, session, desk)):
            return begun
        if command.name == "office" and (page := belonging.bench(taps.Bench(1), session.language, desk)):
            return shown(page, session, command.edited)
        if command.name in ("choose", "results", "receipt", "counted"):
            return belonging.ballots(command.name, self._walker, session, desk)
        if command.name == "forget":
            return belonging.forget(session, desk)
        if command.name == "start" and (invited := desk.invited(command.rest)):
            return belonging.invited(invited, self._walker, session, desk)
        if command.name == "start" and command.rest:
            if page := pages.deep(command.rest, self._spoken(desk), session.language):
                return shown(replace(page, page=True), session, command.edited)
        if command.name == "start":
            # Whoever begins anew may have cleared the chat, and the years with it.
            session = replace(session, heard_years=False)
        elif command.name == "language" and (chosen := _LANGUAGES_CALLED.get(fold(command.rest))):
            return self._speak(chosen, session, desk, command.edited)
        return shown(self._said(command, session.language, self._spoken(desk)), session, command.edited)

    def _speak(self, language: Language, session: Session, desk: Desk, edited: bool = False) -> Outcome:
        """That a language is spoken from now on; an open walk puts its question in it."""
        session = replace(session, language=language, chosen=True)
        reply, session = self._walker.put_again(sentence("chat.language_set", language), session, desk)
        return shown(reply, session, edited)

    def _spoken(self, desk: Desk) -> Library:
        """The library without the plain sentences that the office has taken out of service."""
        return muted_library(self._library, desk.silenced())

    def _said(self, command: Command, language: Language, library: Library) -> Reply:
        """The reply to a command that changes nothing."""
        match command.name:
            case "menu" | "duties" | "process":
                page = pages.page(command.name, library, language)
                assert page is not None, "the first pages are always there"
                return replace(page, page=True)
            case "start":
                buttons = [asking.followup(key, self._library, language) for key in _WELCOMES_WITH]
                return sentence("chat.welcome", language, buttons)
            case "help":
                return sentence("chat.help", language)
            case "privacy":
                return sentence("chat.privacy", language)
            case "ask":
                return sentence("chat.ask_what", language)
            case "clause":
                return self._clause(command.rest, language, library)
            case "language":
                buttons = [Button(LANGUAGE_NAMES[known], taps.language(known)) for known in LANGUAGES]
                return sentence("chat.language_which", language, buttons)
            case _:
                return sentence("chat.command_unknown", language)

    def _clause(self, words: str, language: Language, library: Library) -> Reply:
        if not words:
            return clauses.which(library, language)
        found = self._places.find(words)
        if not found:
            return clauses.unknown(library, language)
        if len(found) > 1:
            return clauses.several(found, library, language)
        return clauses.whole(found[0].id, library, language)

    # ---- what is no text -----------------------------------------------------------------------------------------

    def _other(self, event: Other, session: Session) -> tuple[Reply | None, Session]:
        if event.album and event.album == session.album:
            return None, session
        return shown(unread.alone(event.kind, session.language), replace(session, album=event.album or session.album))


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit()
