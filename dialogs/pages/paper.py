"""The paper: its parts as they are headed, and the clauses of each in plain words."""

from collections.abc import Mapping

from dialogs import asking
from dialogs.pages.parts import clause_button, link, listed, number
from dialogs.replies import Line, Reply
from dialogs.wording import Wording
from knowledge.documents import Clause
from knowledge.library import Library


def page(rest: str, library: Library, speak: Wording) -> Reply | None:
    """The parts, or the clauses of one of them by its number; None where there is no such part."""
    parts = _parts(library)
    at = number(rest or "1")
    if at is None or at > len(parts):
        return None
    if rest:
        return _part(*list(parts.items())[at - 1], library, speak)
    title = library.summaries["title"]
    line = Line(title.plain(speak.language), asking.quote(title, library, speak.language, with_number=True))
    buttons = [link(_name(heading, speak), f"paper:{at}") for at, heading in enumerate(parts, 1)]
    return Reply((line,), (*buttons, link(speak("page.whole_menu"), "menu")))


def _parts(library: Library) -> Mapping[str, list[Clause]]:
    """Heading → its clauses, "" for what stands under none; the menu's rows have pages of their own."""
    parts: dict[str, list[Clause]] = {}
    for clause in library.document.clauses:
        if not clause.item:
            heading = "".join(f"{top.marker}{top.title}" for top in clause.breadcrumb[:1])
            parts.setdefault(heading, []).append(clause)
    return parts


def _part(heading: str, clauses: list[Clause], library: Library, speak: Wording) -> Reply:
    says = listed([library.summaries[clause.id] for clause in clauses], library, speak)
    back = link(speak("page.back", name=speak("page.whole_paper")), "paper")
    buttons = [clause_button(clause, library, speak) for clause in clauses]
    return Reply((Line(_name(heading, speak)), *says), (*buttons, back))


def _name(heading: str, speak: Wording) -> str:
    return heading or speak("page.front")
