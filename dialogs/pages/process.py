"""The process: the steps from the survey to the hand-over, each made of the points that speak of it.

The paper tells only of some steps which comes before which; the order of the others is ours, and the page says so.
"""

from collections.abc import Mapping

from dialogs import asking
from dialogs.pages.parts import clause_buttons, link, number, on, place, told
from dialogs.replies import Line, Reply
from dialogs.wording import Wording
from knowledge.library import Library, Point

STEPS: Mapping[str, frozenset[str]] = {
    step: frozenset(concepts.split())
    for step, concepts in {
        "survey": "survey-compounds",
        "approval": "plan-approval plan-change",
        "menu": "choose-items",
        "projects": "planning-guidance",
        "design": "public-notice",
        "investor": "raise-money",
        "tendering": "bundle building-permit",
        "before": "start-of-works",
        "during": "during-works site-safety",
        "acceptance": "acceptance",
        "handover": "handover-lines lasting-property",
    }.items()
}


def page(rest: str, library: Library, speak: Wording) -> Reply | None:
    """All steps, or one of them by its number; None where there is no such step."""
    steps = {step: points for step, concepts in STEPS.items() if (points := on(concepts, library.points))}
    at = number(rest or "1")
    if at is None or at > len(steps):
        return None
    return _step(at, steps, library, speak) if rest else _all(steps, library, speak)


def _all(steps: Mapping[str, list[Point]], library: Library, speak: Wording) -> Reply:
    lines = [Line(speak("page.process"))]
    for at, (step, points) in enumerate(steps.items(), 1):
        says = f"{told(points[0], speak)} {place(points[0], library, speak)}"
        lines.append(Line(speak("page.step", at=at, step=speak(f"page_step.{step}"), told=says)))
    lines.append(Line(speak("page.order")))
    buttons = [link(f"{at} {speak(f'page_step.{step}')}", f"process:{at}") for at, step in enumerate(steps, 1)]
    return Reply(tuple(lines), (*buttons, link(speak("page_to.menu"), "menu"), link(speak("page_to.duties"), "duties")))


def _step(at: int, steps: Mapping[str, list[Point]], library: Library, speak: Wording) -> Reply:
    step, points = list(steps.items())[at - 1]
    lines = [Line(speak("page.step_head", at=at, last=len(steps), step=speak(f"page_step.{step}")))]
    lines += [
        Line(point.plain(speak.language), asking.quote(point, library, speak.language, with_number=point is points[0]))
        for point in points
    ]
    ways = [
        *([link(speak("page.before"), f"process:{at - 1}")] if at > 1 else []),
        *([link(speak("page.after"), f"process:{at + 1}")] if at < len(steps) else []),
        link(speak("page.back", name=speak("page.all_steps")), "process"),
    ]
    return Reply(tuple(lines), (*clause_buttons(points, library, speak), *ways))
