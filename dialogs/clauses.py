"""Clauses: one shown whole, or several to choose from."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs import asking, taps
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Language, wording
from knowledge.documents import Clause
from knowledge.library import Library

_EXAMPLES = ("s2-2-p1", "s4-2-p1")  # what is done, and who pays for it
_LISTED = 12  # more than these fill a telephone's screen
_BUTTONS = 6


def whole(clause_id: str, library: Library, language: Language) -> Reply:
    """A clause with its plain sentence first; KeyError where there is none of this id."""
    summary = library.summaries[clause_id]
    told = replace(summary, quote=library.clause(summary).text)
    return Reply((Line(summary.plain(language), asking.quote(told, library, language, with_number=True)),))


def several(clauses: Sequence[Clause], library: Library, language: Language) -> Reply:
    """Clauses under one place, by place and id, the first few with a button."""
    speak = wording(language)
    lines = [Line(speak("clause.several", count=len(clauses)))]
    lines += [Line(_entry(clause, library, language)) for clause in clauses[:_LISTED]]
    if more := len(clauses[_LISTED:]):
        lines.append(Line(speak("clause.more", count=more)))
    return Reply(tuple(lines), tuple(_button(clause, library, language) for clause in clauses[:_BUTTONS]))


def which(library: Library, language: Language) -> Reply:
    """How to ask for a clause, with one or two to tap."""
    examples = [library.document.clause(id) for id in _EXAMPLES]
    first = examples[0]
    line = Line(wording(language)("clause.which", place=asking.place(first, library, language), id=first.id))
    return Reply((line,), tuple(_button(clause, library, language) for clause in examples))


def unknown(library: Library, language: Language) -> Reply:
    """That there is no such clause, and what to do."""
    first = library.document.clause(_EXAMPLES[0])
    return Reply((Line(wording(language)("clause.unknown", place=asking.place(first, library, language))),))


def _entry(clause: Clause, library: Library, language: Language) -> str:
    entry = f"{asking.place(clause, library, language)} · {clause.id}"
    # The rows of a table all stand in one place: what they are about tells them apart.
    return f"{entry} · {library.summaries[clause.id].plain(language)}" if clause.item else entry


def _button(clause: Clause, library: Library, language: Language) -> Button:
    label = clause.id if clause.item else asking.place(clause, library, language)
    return Button(label, taps.clause(clause.id))
