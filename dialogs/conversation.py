"""A conversation: each event and the session before it → the reply, if there is anything to say, and the session after.

A number typed presses the button that stands there under the last reply, so `Session.buttons` are always its buttons.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from dialogs import asking, clauses, taps
from dialogs.citing import Places
from dialogs.events import Command, Event, Other, Tap, Text
from dialogs.replies import Button, Line, Reply
from dialogs.sessions import Session
from dialogs.wording import LANGUAGE_NAMES, LANGUAGES, Language, wording
from knowledge.answers import Answerer
from knowledge.library import Library
from knowledge.words import fold

Outcome = tuple[Reply, Session]

_WELCOMES_WITH = ("menu", "scope-check", "who-pays", "responsible")
_LANGUAGES_CALLED: dict[str, Language] = {
    "zh": "zh", "中文": "zh", "chinese": "zh", "汉语": "zh",
    "en": "en", "英文": "en", "english": "en", "英语": "en",
}  # fmt: skip
# What cannot be read, by the sentence that tells so.
_UNREAD = {
    kind: group
    for group, kinds in {
        "picture": "photo video animation",
        "sound": "voice audio video_note",
        "sticker": "sticker dice",
        "place": "location venue",
        "contact": "contact",
        "document": "document",
        "poll": "poll",
    }.items()
    for kind in kinds.split()
}


class Conversation:
    """Replies to what people do. Holds no state of its own: sessions go in and out."""

    def __init__(self, library: Library, answerer: Answerer) -> None:
        self._library = library
        self._answerer = answerer
        self._places = Places(library)

    def hear(self, event: Event, session: Session) -> tuple[Reply | None, Session]:
        """The reply to an event, None where there is nothing to say, and the session after it. Never raises."""
        match event:
            case Text():
                return self._text(event, session)
            case Tap():
                return self._tap(event.data, session)
            case Command():
                return self._command(event, session)
            case Other():
                return self._other(event, session)

    def notice(self, key: Literal["slow", "failed"], session: Session) -> Reply:
        """What is to be said beside the conversation: that a person writes faster than we answer, or that a message
        could not be answered through a fault of ours."""
        return _sentence("chat.slow" if key == "slow" else "chat.failed", session.language)

    # ---- texts ---------------------------------------------------------------------------------------------------

    def _text(self, event: Text, session: Session) -> Outcome:
        if event.beside:
            return self._caption(event, session)
        # What was edited was meant for the buttons of its own time.
        if session.buttons and not event.edited:
            said = unicodedata.normalize("NFKC", event.text).strip()
            if tap := self._pressed(said, session):
                return self._tap(tap, session)
            if _is_number(said):
                # The buttons still stand there: the next number may press one.
                return _sentence("chat.number_unknown", session.language), session
        return self._question(event.text, session, event.edited)

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

    def _caption(self, event: Text, session: Session) -> Outcome:
        told = bool(event.album) and event.album == session.album and not event.edited
        session = replace(session, album=event.album or session.album)
        if not event.text.strip():
            return _shown(self._unread(event.beside, session), session)
        reply, after = self._question(event.text, session, event.edited)
        if told:
            return reply, after
        speak = wording(after.language)
        key = f"beside.{_UNREAD.get(event.beside, 'else')}"
        return _led(speak(key if key in speak else "beside.else"), reply), after

    def _question(self, text: str, session: Session, edited: bool = False) -> Outcome:
        """The answer to a question, in its own language if no other was chosen."""
        # A session may come from a version that knew other concepts.
        before = frozenset(subject for subject in session.subjects if subject in self._library.concepts)
        question, answer = self._answerer.understand(text, before)
        follows = not session.chosen and any(char.isalpha() for char in question.text)
        language = question.language if follows else session.language
        # The answer that this one takes the place of may be the one that told the years.
        heard = session.heard_years and not edited
        reply = asking.reply(answer, self._library, language, first=not heard)
        heard = heard or any(line.quote for line in reply.lines)
        after = replace(session, language=language, heard_years=heard, subjects=question.subjects or before)
        return _shown(reply, after, edited)

    # ---- taps ----------------------------------------------------------------------------------------------------

    def _tap(self, data: str, session: Session) -> Outcome:
        match taps.parse(data, self._library):
            case taps.Ask(followup):
                asked = asking.followup(followup, self._library, session.language).says
                reply, after = self._question(asked, session)
                # A tap leaves no trace in the chat: without the question its answer would hang in the air.
                return _led(wording(session.language)("chat.asked", question=asked), reply), after
            case taps.Show(clause):
                return _shown(clauses.whole(clause, self._library, session.language), session)
            case taps.Speak(language):
                return _shown(_sentence("chat.language_set", language), _speaking(language, session))
            case None:
                return _shown(_sentence("chat.button_unknown", session.language), session)

    # ---- commands ------------------------------------------------------------------------------------------------

    def _command(self, command: Command, session: Session) -> Outcome:
        if command.name == "ask" and command.rest:
            return self._question(command.rest, session, command.edited)
        if command.name == "start":
            # Whoever begins anew may have cleared the chat, and the years with it.
            session = replace(session, heard_years=False)
        elif command.name == "language" and (chosen := _LANGUAGES_CALLED.get(fold(command.rest))):
            session = _speaking(chosen, session)
            return _shown(_sentence("chat.language_set", chosen), session, command.edited)
        return _shown(self._said(command, session.language), session, command.edited)

    def _said(self, command: Command, language: Language) -> Reply:
        """The reply to a command that changes nothing."""
        match command.name:
            case "start":
                buttons = [asking.followup(key, self._library, language) for key in _WELCOMES_WITH]
                return _sentence("chat.welcome", language, buttons)
            case "help":
                return _sentence("chat.help", language)
            case "privacy":
                return _sentence("chat.privacy", language)
            case "ask":
                return _sentence("chat.ask_what", language)
            case "clause":
                return self._clause(command.rest, language)
            case "language":
                buttons = [Button(LANGUAGE_NAMES[known], taps.language(known)) for known in LANGUAGES]
                return _sentence("chat.language_which", language, buttons)
            case _:
                return _sentence("chat.command_unknown", language)

    def _clause(self, words: str, language: Language) -> Reply:
        if not words:
            return clauses.which(self._library, language)
        found = self._places.find(words)
        if not found:
            return clauses.unknown(self._library, language)
        if len(found) > 1:
            return clauses.several(found, self._library, language)
        return clauses.whole(found[0].id, self._library, language)

    # ---- what is no text -----------------------------------------------------------------------------------------

    def _other(self, event: Other, session: Session) -> tuple[Reply | None, Session]:
        if event.album and event.album == session.album:
            return None, session
        return _shown(self._unread(event.kind, session), replace(session, album=event.album or session.album))

    def _unread(self, kind: str, session: Session) -> Reply:
        return _sentence(f"other.{_UNREAD.get(kind, 'else')}", session.language)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit()


def _sentence(key: str, language: Language, buttons: Sequence[Button] = ()) -> Reply:
    return Reply((Line(wording(language)(key).strip()),), tuple(buttons))


def _led(sentence: str, reply: Reply) -> Reply:
    """A reply with a sentence before it."""
    return replace(reply, lines=(Line(sentence), *reply.lines))


def _speaking(language: Language, session: Session) -> Session:
    return replace(session, language=language, chosen=True)


def _shown(reply: Reply, session: Session, edited: bool = False) -> Outcome:
    """Old numbers must not press buttons that no longer stand under the last reply.

    Where an edited text is answered, nobody can tell here which reply stands last: then no number presses anything.
    """
    return reply, replace(session, buttons=() if edited else tuple(button.tap for button in reply.buttons))
