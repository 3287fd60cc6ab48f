"""Outcomes: what comes of an event, the reply and the session after it; and how replies are put together."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.replies import Button, Line, Reply
from dialogs.sessions import Session
from dialogs.wording import Language, wording

Outcome = tuple[Reply, Session]


def shown(reply: Reply, session: Session, edited: bool = False) -> Outcome:
    """A reply, and the session that knows its buttons: old numbers must not press what no longer stands under the last
    reply. Where an edited text is answered, nobody can tell here which reply stands last: then no number presses
    anything."""
    return reply, replace(session, buttons=() if edited else tuple(button.tap for button in reply.buttons))


def sentence(key: str, language: Language, buttons: Sequence[Button] = (), **values: str) -> Reply:
    """A reply of one sentence of the wording."""
    return Reply((Line(wording(language)(key, **values).strip()),), tuple(buttons))


def led(first: str, reply: Reply) -> Reply:
    """A reply with a sentence before it."""
    return replace(reply, lines=(Line(first), *reply.lines))


def under(reply: Reply, asked: Reply) -> Reply:
    """A reply with a question under it. The question's buttons stand there, and that of the reply's clause, but where
    the question has one of that name: nobody could tell the two apart."""
    labels = {button.label for button in asked.buttons}
    beside = [button for button in reply.buttons if button.tap.startswith("clause:") and button.label not in labels][:1]
    return replace(reply, lines=(*reply.lines, *asked.lines), buttons=(*asked.buttons, *beside))
