"""Walking: a person's taps and words in a walk → the reply and the session after.

A walk shows one question at a time, in place of the last one where a channel can do that. What is typed and is no
answer is left to the conversation, which answers it and then puts the question again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs import reading, taps
from dialogs.desk import Desk
from dialogs.outcomes import Outcome, sentence, shown, under
from dialogs.replies import Button, Line, Reply
from dialogs.sessions import Session
from dialogs.steps import Ask
from dialogs.walks import Given, Place, Progress, Walks
from dialogs.wording import Wording, wording


class Walker:
    """Leads people through dialogs. Holds no state of its own: sessions go in and out."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks

    def knows(self, dialog: str) -> bool:
        """Whether there is such a dialog."""
        return self._walks.knows(dialog)

    # ---- events --------------------------------------------------------------------------------------------------

    def begin(self, dialog: str, inputs: Mapping[str, str], session: Session, desk: Desk) -> Outcome | None:
        """The first question of a dialog; None where there is no such dialog. One that is begun again while it is open
        goes on."""
        if not self._walks.knows(dialog):
            return None
        open_walk = self.open(session)
        if open_walk and (open_walk.dialog, open_walk.inputs) == (dialog, inputs):
            return self._shown(open_walk, session, desk)
        left = self._walks.left(open_walk, desk) if open_walk else ""
        says = [wording(session.language)(left)] if left else []
        return self._anew(lambda run: self._walks.begun(dialog, run, inputs, desk), session, desk, says)

    def tap(self, tap: taps.Walking, session: Session, desk: Desk) -> Outcome:
        """What a button of a walk does, whichever walk and question it belonged to."""
        walk = session.walk
        if walk is None or walk.run != tap.run:
            return self._said("walk.closed", session)
        if not self._walks.is_current(walk):
            return self._renewed(walk, session, desk)
        if walk.over:
            return self._over(walk, tap, session, desk)
        if isinstance(tap, taps.Cancel):
            return self._cancelled(walk, session)
        place = self._place(walk, session, desk)
        if place.end is not None:
            return self._shown(walk, session, desk)
        match tap:
            case taps.Change():
                return self._shown(self._walks.put_again(walk, tap.key), session, desk)
            case taps.Resume():
                return self._shown(walk, session, desk)
            case taps.Back():
                return self._back(place, session, desk)
            case taps.Answer() if tap.dialog == walk.dialog:
                return self._answered(place, tap.key, tap.value, session, desk)
        return self._said("walk.closed", session)

    def text(self, said: str, session: Session, desk: Desk) -> Outcome | None:
        """What typed words do in an open walk; None where they are no answer and no word of the walk itself."""
        walk = self.open(session)
        if walk is None:
            return None
        place, control = self._place(walk, session, desk), reading.control(said)
        if place.end is not None and (control or reading.vote(said) or reading.submits(said)):
            return self._shown(walk, session, desk)
        asking = place.asking
        if asking and asking.closed and asking.options and (value := asking.reads(said)):
            return self._answered(place, asking.key, value, session, desk)
        match control:
            case "cancel":
                return self._cancelled(walk, session)
            case "back":
                return self._back(place, session, desk)
            case "again":
                return self._anew(lambda run: self._walks.begun(walk.dialog, run, walk.inputs, desk), session, desk)
        return self._typed(said, asking, place, session, desk) if asking else None

    def _typed(self, said: str, asking: Ask, place: Place, session: Session, desk: Desk) -> Outcome | None:
        if value := asking.reads(said) or (None if asking.closed else reading.choice(said, asking.options)):
            return self._answered(place, asking.key, value, session, desk)
        if key := reading.row(said, asking.earlier):
            return self._shown(self._walks.put_again(place.progress, key), session, desk)
        refused = asking.refuses(said)
        return self._shown(place.progress, session, desk, [refused]) if refused else None

    def open(self, session: Session) -> Progress | None:
        """The walk that waits for an answer, if any."""
        walk = session.walk
        return walk if walk and not walk.over and self._walks.is_current(walk) else None

    def put_again(self, reply: Reply, session: Session, desk: Desk) -> Outcome:
        """A reply to something else, with the open question under it; or how the walk has ended meanwhile."""
        walk = self.open(session)
        place = self._place(walk, session, desk) if walk else None
        if walk and place and place.end is not None:
            ended, session = self._shown(walk, session, desk)
            return under(reply, ended), session
        if walk is None or place is None or place.asking is None:
            return reply, session
        speak, asking = wording(session.language), place.asking
        again = (Line(speak("walk.put_again")), *(asking.short or asking.says))
        return under(reply, Reply(again, self._buttons(walk, asking, speak))), session

    def resumable(self, reply: Reply, session: Session) -> Reply:
        """A reply to something that was looked up, with the button that leads back to the open question."""
        walk = self.open(session)
        if walk is None:
            return reply
        back = Button(wording(session.language)("walk.resume"), taps.resume(walk.run))
        return replace(reply, buttons=(*reply.buttons, back))

    def beside(self, said: str, session: Session, desk: Desk) -> tuple[str, str] | None:
        """An answer to the open question that stands beside something else, and that; None where there is none."""
        asking = self._asking(walk, session, desk) if (walk := self.open(session)) else None
        return reading.beside(said, asking.beside) if asking else None

    def gone_on(self, reply: Reply, value: str, session: Session, desk: Desk) -> Outcome:
        """A reply to something else, and under it where the walk has come to by an answer to its open question."""
        walk = self.open(session)
        place = self._place(walk, session, desk) if walk else None
        if place is None or place.asking is None:
            return reply, session
        asked, after = self._answered(place, place.asking.key, value, session, desk)
        return under(reply, asked), after

    # ---- steps ---------------------------------------------------------------------------------------------------

    def _answered(self, place: Place, key: str, value: str, session: Session, desk: Desk) -> Outcome:
        speak = wording(session.language)
        after, given = place.given(key, value)
        match given:
            case Given.NOT_ASKED:
                return self._shown(after, session, desk, [speak("walk.not_asked")])
            case Given.NOT_TAKEN:
                outdated = place.asking.outdated if place.asking and place.asking.key == key else ""
                return self._shown(after, session, desk, [outdated or speak("walk.not_taken")])
            case Given.SAME:
                return self._shown(after, session, desk)
        noted = "walk.noted" if given is Given.NEXT else "walk.changed"
        return self._shown(after, session, desk, noted=(noted, key))

    def _back(self, place: Place, session: Session, desk: Desk) -> Outcome:
        says = [] if place.answered else [wording(session.language)("walk.first")]
        return self._shown(place.back(), session, desk, says)

    def _renewed(self, walk: Progress, session: Session, desk: Desk) -> Outcome:
        if not self._walks.knows(walk.dialog):
            return self._said("walk.closed", session)
        says = [wording(session.language)("walk.renewed")]
        return self._anew(lambda run: self._walks.begun(walk.dialog, run, walk.inputs, desk), session, desk, says)

    def _anew(
        self, begun: Callable[[int], Progress], session: Session, desk: Desk, before: Sequence[str] = ()
    ) -> Outcome:
        """A walk that begins as the conversation's next run, of whose number `begun` makes it."""
        run = session.runs + 1
        return self._shown(begun(run), replace(session, runs=run), desk, before)

    def _cancelled(self, walk: Progress, session: Session) -> Outcome:
        reply = sentence(self._walks.cancelled(walk), session.language)
        return shown(replace(reply, page=True), replace(session, walk=None))

    def _over(self, walk: Progress, tap: taps.Walking, session: Session, desk: Desk) -> Outcome:
        """What a button does in a walk that has come to its end."""
        speak = wording(session.language)
        if not self._walks.is_final(walk):
            match tap:
                case taps.Change():
                    return self._anew(lambda run: self._walks.reopened(walk, tap.key, run, speak, desk), session, desk)
                case taps.Answer() if tap.dialog == walk.dialog:
                    button = Button(speak("walk.change"), taps.change(walk.run, tap.key))
                    return shown(sentence("walk.over", session.language, [button]), session)
        return self._said("walk.closed", session)

    def _said(self, key: str, session: Session) -> Outcome:
        return shown(sentence(key, session.language), session)

    # ---- what is shown -------------------------------------------------------------------------------------------

    def _place(self, walk: Progress, session: Session, desk: Desk) -> Place:
        return self._walks.place(walk, wording(session.language), desk=desk)

    def _asking(self, walk: Progress, session: Session, desk: Desk) -> Ask | None:
        return self._place(walk, session, desk).asking

    def _shown(
        self,
        walk: Progress,
        session: Session,
        desk: Desk,
        before: Sequence[str] = (),
        noted: tuple[str, str] | None = None,
    ) -> Outcome:
        """Where a walk has come to: the open question, or the end. `before` are sentences, `noted` a sentence's key and
        the key of the answer that it repeats."""
        speak = wording(session.language)
        place = self._walks.place(walk, speak, desk.do, desk=desk)
        said = [Line(sentence) for sentence in before]
        if place.end is not None and self._walks.is_final(walk):
            noted = None  # what came of it says more than what was answered, and may be a refusal
        if noted and noted[1] in place.progress.answers and not place.question(noted[1]).quiet:
            said.append(Line(speak(noted[0], answer=place.answer(noted[1]))))
        if noted and noted[0] == "walk.changed" and place.dropped:
            said.append(Line(speak("walk.dropped")))
        kept = place.progress
        if place.end is not None and self._walks.is_final(walk):
            kept = replace(kept, answers={})
        session = replace(session, walk=kept)
        if place.end is not None:
            end = replace(place.end, lines=(*said, *place.end.lines), page=True)
            return shown(replace(end, buttons=(*end.buttons, *self._changes(place, speak))), session)
        assert place.asking is not None  # what is to be done is done: the walk waits for an answer, or is over
        lines = (*said, *place.asking.says)
        return shown(Reply(lines, self._buttons(place.progress, place.asking, speak), page=True), session)

    def _buttons(self, walk: Progress, asking: Ask, speak: Wording) -> tuple[Button, ...]:
        options = [
            Button(option.label, taps.answer(walk.dialog, walk.run, asking.key, option.value))
            for option in asking.options
        ]
        earlier = [Button(option.label, taps.change(walk.run, option.value)) for option in asking.earlier]
        back = [Button(speak("walk.back"), taps.back(walk.run))] if walk.answers else []
        return (*earlier, *options, *asking.links, *back, Button(speak(self._walks.stop(walk)), taps.cancel(walk.run)))

    def _changes(self, place: Place, speak: Wording) -> list[Button]:
        """At the end the last answer can be changed at a tap; from there one goes back as far as one likes."""
        if self._walks.is_final(place.progress):
            return []
        return [
            Button(speak("walk.change_last"), taps.change(place.progress.run, ask.key)) for ask in place.answered[-1:]
        ]
