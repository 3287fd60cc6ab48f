"""Duties by body: the bodies that the paper names, a few at a time, and what each of them does."""

from dialogs.pages.parts import clause_buttons, link, listed, number, place
from dialogs.replies import Line, Reply
from dialogs.wording import Wording
from knowledge.library import Body, Library

BODIES = 6  # of a page: with those that lead on there are at most 8 buttons


def page(rest: str, library: Library, speak: Wording) -> Reply | None:
    """The bodies ("" or a page's number), or what one body does (its id); None where there is no such page."""
    if rest in library.bodies:
        return _body(library.bodies[rest], library, speak)
    at = number(rest or "1")
    return _bodies(at, library, speak) if at and at <= _last(library) else None


def _bodies(at: int, library: Library, speak: Wording) -> Reply:
    bodies, last = _ordered(library), _last(library)
    shown = bodies[(at - 1) * BODIES : at * BODIES]
    lines = (Line(speak("page.bodies")), Line(speak("page.at", at=at, last=last)))
    ways = [
        *([link(speak("page_to.tasks"), "tasks")] if at == 1 else []),
        *([link(speak("page.before"), f"duties:{at - 1}")] if at > 1 else []),
        *([link(speak("page.after"), f"duties:{at + 1}")] if at < last else []),
    ]
    return Reply(lines, (*(link(_name(body, speak), f"duties:{body.id}") for body in shown), *ways))


def _body(body: Body, library: Library, speak: Wording) -> Reply:
    duties, helps = library.duties[body.id], library.helps[body.id]
    members = library.telling("list", "member-units")[0]
    lines = [Line(_name(body, speak))]
    if body.member:
        lines = [Line(speak("page.member", body=_name(body, speak), place=place(members, library, speak)))]
    if duties:
        lines += [Line(speak("page.duties", count=len(duties))), *listed(duties, library, speak)]
    if helps:
        lines += [Line(speak("page.helps", count=len(helps))), *listed(helps, library, speak)]
    if not duties and not helps:
        lines.append(Line(speak("page.no_duties")))
    carried = [*duties, *helps] or ([members] if body.member else [])
    at = _ordered(library).index(body) // BODIES + 1
    back = link(speak("page.back", name=speak("page.all_bodies")), f"duties:{at}")
    return Reply(tuple(lines), (*clause_buttons(carried, library, speak), back))


def _ordered(library: Library) -> list[Body]:
    """The bodies in the library's order, those without a duty or a part last."""
    return sorted(library.bodies.values(), key=lambda body: not (library.duties[body.id] or library.helps[body.id]))


def _last(library: Library) -> int:
    return -(-len(library.bodies) // BODIES)


def _name(body: Body, speak: Wording) -> str:
    return body.name if speak.language == "zh" else body.english[:1].upper() + body.english[1:]
