"""Answering: a question → its reply, and what one can do with that: find out more, judge it, ask the street office."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs import asking, choosing, masking, taps
from dialogs.desk import Desk
from dialogs.muting import muted
from dialogs.outcomes import Outcome, shown, under
from dialogs.replies import Button, Line, Reply
from dialogs.sessions import Session
from dialogs.walking import Walker
from dialogs.wording import Language, Wording, wording
from knowledge.answers import Answer, Answered, Answerer, Clarify, NotCovered, OutOfScope, Silence
from knowledge.answers.facts import years_redone
from knowledge.answers.question import Question
from knowledge.kinds import cited, kind
from knowledge.library import Library

# The question that begins a dialog when it is asked: its button and that of the dialog are one too many.
_BEGINS = {"eligibility": "scope-check"}


class Answering:
    """Answers questions within a conversation."""

    def __init__(self, library: Library, answerer: Answerer, walker: Walker) -> None:
        self._library, self._answerer, self._walker = library, answerer, walker

    def typed(self, text: str, session: Session, desk: Desk) -> Outcome:
        """The answer to what was typed; where a piece of it answers the question that is open in a walk, to the rest,
        with what the walk asks next."""
        given, rest = self._walker.beside(text, session, desk) or (None, text)
        return self.question(rest, session, desk, given=given)

    def question(
        self, text: str, session: Session, desk: Desk, edited: bool = False, given: str | None = None
    ) -> Outcome:
        """The answer to a question, in its own language if no other was chosen; where it depends on the person's own
        home, with the first question of the dialog that finds out; in a walk with the question that is open, or where
        that is `given` its answer, with the next."""
        # A session may come from a version that knew other concepts.
        before = frozenset(subject for subject in session.subjects if subject in self._library.concepts)
        question, answer = self._answerer.understand(text, before)
        follows = not session.chosen and any(char.isalpha() for char in question.text)
        language = question.language if follows else session.language
        # The answer that this one takes the place of may be the one that told the years.
        heard = session.heard_years and not edited
        reply = self._reply(question, answer, language, desk, first=not heard)
        heard = heard or any(line.quote for line in reply.lines)
        after = replace(session, language=language, heard_years=heard, subjects=question.subjects or before)
        if given is not None:
            reply, after = self._walker.gone_on(reply, given, after, desk)
        elif self._walker.open(after):
            reply, after = self._walker.put_again(reply, after, desk)
        elif answer.dialog and not edited:
            inputs = self._given(question, answer)
            if not isinstance(answer, Clarify):
                reply = self._offering(reply, answer.dialog, inputs, language, desk)
            elif begun := self._walker.begin(answer.dialog, inputs, after, desk):
                return self._led_into(reply, begun)
        return shown(self._judged(reply, text, answer, language, desk), after, edited)

    def _reply(self, question: Question, answer: Answer, language: Language, desk: Desk, first: bool) -> Reply:
        """The reply to an answer; where the text does not say it and the office has shown where to look, that."""
        answer = muted(answer, desk.silenced())
        if _is_silent(answer) and (clause := desk.taught(question.text)):
            point = self._library.summaries[clause]
            quote = asking.quote(point, self._library, language, with_number=True)
            return Reply((Line(wording(language)("office.taught")), Line("", quote)))
        reply = asking.reply(answer, self._library, language, first=first)
        if isinstance(answer, NotCovered) and (contact := desk.contact(language)):
            reply = replace(reply, lines=(*reply.lines, Line(contact)))
        return reply

    def _given(self, question: Question, answer: Answer) -> dict[str, str]:
        """What the question told already, so that no dialog asks for it: the home's years, and the row it is about."""
        rows = {
            point.clause
            for point in (answer.points if isinstance(answer, Answered | Clarify) else ())
            if self._library.item_class(point) and question.subjects & set(point.about)
        }
        redone = sorted(years_redone(question.text))
        return {
            **({"built": str(question.built[0])} if len(question.built) == 1 else {}),
            **({"redone": ".".join(map(str, redone))} if redone else {}),
            **({"item": rows.pop()} if len(rows) == 1 else {}),
        }

    def _led_into(self, reply: Reply, begun: Outcome) -> Outcome:
        """An answer that depends on the person's home, and the first question about that."""
        asked, session = begun
        # What decides is asked now, so it need not be listed.
        told = wording(session.language)("clarify.eligibility_ask")
        kept = tuple(line for line in reply.lines if line.text != told)
        return shown(under(replace(reply, lines=kept), asked), session)

    def _offering(self, reply: Reply, dialog: str, inputs: Mapping[str, str], language: Language, desk: Desk) -> Reply:
        """A reply with the button that begins a dialog, before that of the clause; as it is where there is none to
        begin."""
        begins = self._begins(dialog, inputs, wording(language), desk)
        if not begins:
            return reply
        others = [button for button in reply.buttons if button.tap != taps.ask(_BEGINS.get(dialog, ""))]
        at = next((n for n, button in enumerate(others) if button.tap.startswith("clause:")), len(others))
        return replace(reply, buttons=(*others[:at], *begins, *others[at:]))

    def _begins(self, dialog: str, inputs: Mapping[str, str], speak: Wording, desk: Desk) -> list[Button]:
        """The buttons that begin a dialog; for choosing one for each open ballot that the person has a seat in."""
        if dialog == choosing.DIALOG:
            found = desk.booths()
            free = [booth for booth in found if booth.refused is None] if isinstance(found, tuple) else []
            return [Button(choosing.label(booth, len(free), speak), choosing.begin(booth)) for booth in free]
        if not self._walker.knows(dialog):
            return []
        return [Button(speak(f"begin.{dialog}"), taps.begin(dialog, **inputs))]

    def _judged(self, reply: Reply, text: str, answer: Answer, language: Language, desk: Desk) -> Reply:
        """A reply with the buttons by which it can be judged, and an unanswered question sent to the street office."""
        told = isinstance(answer, Answered | Clarify)
        if not told and not _is_silent(answer):
            return reply
        points = cited(answer)
        id = desk.asked(masking.mask(text), kind(answer), points[0].clause if points else "", language)
        if not id:
            return reply
        speak = wording(language)
        judging = [Button("👍", taps.judge(id, good=True)), Button("👎", taps.judge(id, good=False))]
        if not told:
            judging = [Button(speak("button.consult"), taps.consult(id)), *judging[1:]]
        return replace(reply, buttons=(*reply.buttons, *judging))


def _is_silent(answer: Answer) -> bool:
    """Whether it was a question, as far as can be told, and the text does not answer it."""
    return isinstance(answer, NotCovered) or (isinstance(answer, OutOfScope) and answer.why is Silence.UNKNOWN)
