"""A conversation: what it remembers (a Session), and how each message, command or number is replied to."""

import unicodedata
from dataclasses import dataclass, replace

from dialogs import asking
from dialogs.replies import Button, Line, Reply
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.answers import Answerer
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Session:
    """What a conversation remembers: its language, whether it heard of the plan's years, what the last
    question was about, the buttons last shown.

    `language` is that of the last reply; it follows each question's own until the person has `chosen` one.
    """

    language: Language = "zh"
    chosen: bool = False
    heard_years: bool = False
    subjects: frozenset[str] = frozenset()
    buttons: tuple[Button, ...] = ()


_HELP = frozenset({"帮助", "help", "怎么用"})


class Conversation:
    """Replies to what a person says. Holds no state of its own: sessions go in and out."""

    def __init__(self, library: Library, answerer: Answerer) -> None:
        self._library = library
        self._answerer = answerer

    def hear(self, text: str, session: Session) -> tuple[Reply, Session]:
        """The reply to a message, and the session after it. Any text whatever gets a reply."""
        # Full-width digits and slashes are what a Chinese keyboard types.
        said = unicodedata.normalize("NFKC", text).strip()
        if said.isascii() and said.isdigit() and session.buttons:
            if not 1 <= int(said[:9]) <= len(session.buttons):
                return _says("chat.number_unknown", session), session
            said = session.buttons[int(said[:9]) - 1].says
        if said.lower() in _HELP:
            said = "/help"
        if said.startswith("/"):
            # Old numbers would press buttons that no longer stand under the last reply.
            return self._command(said, replace(session, buttons=()))
        return self._question(said, session)

    def _question(self, text: str, session: Session) -> tuple[Reply, Session]:
        question, answer = self._answerer.understand(text, session.subjects)
        language = session.language
        if not session.chosen and any(char.isalpha() for char in question.text):
            language = question.language
        reply = asking.reply(answer, self._library, language, first=not session.heard_years)
        heard = session.heard_years or any(line.quote for line in reply.lines)
        subjects = question.subjects or session.subjects
        after = Session(language, session.chosen, heard, subjects, reply.buttons)
        return reply, after

    def _command(self, said: str, session: Session) -> tuple[Reply, Session]:
        command, _, rest = said.lower().partition(" ")
        rest = rest.strip().lower()
        if command in ("/help", "/start"):
            return _says("chat.help" if command == "/help" else "chat.welcome", session), session
        if command == "/language":
            chosen = next((language for language in LANGUAGES if language == rest), None)
            if chosen is None:
                return _says("chat.language_which", session), session
            session = replace(session, language=chosen, chosen=True)
            return _says("chat.language_set", session), session
        if command == "/clause":
            return self._clause(rest, session), session
        return _says("chat.command_unknown", session), session

    def _clause(self, clause_id: str, session: Session) -> Reply:
        if not clause_id:
            return _says("chat.clause_which", session)
        summary = self._library.summaries.get(clause_id)
        if summary is None:
            return _says("chat.clause_unknown", session)
        language = session.language
        whole = replace(summary, quote=self._library.clause(summary).text)
        return Reply((Line(summary.plain(language), asking.quote(whole, self._library, language, with_number=True)),))


def _says(key: str, session: Session) -> Reply:
    return Reply((Line(wording(session.language)(key).strip()),))
