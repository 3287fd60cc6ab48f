"""Tasks: the duties by what is to be done, whoever does it. A duty belongs to a task by what its point is about."""

from collections.abc import Mapping

from dialogs.pages.parts import clause_buttons, link, listed, on
from dialogs.replies import Line, Reply
from dialogs.wording import Wording
from knowledge.library import Library, Point

TASKS: Mapping[str, frozenset[str]] = {
    task: frozenset(concepts.split())
    for task, concepts in {
        "survey": "survey-compounds survey-homes register",
        "planning": "plan-drafting plan-approval planning-guidance design-plan",
        "deciding": "choose-items consent wishes",
        "tendering": "tendering bundle",
        "works": "start-of-works during-works filing outdoor-pipes overhead-lines waste-station rebuild",
        "supervision": "supervision inspection risk-assessment evaluation quality audit-money",
        "acceptance": "acceptance",
        "handover": "hand-over handover-lines press-utilities",
        "property": "lasting-property property-support repair-fund later-property governance property-company",
        "money": "funds arrange-funds raise-money private-capital repair-fund property-support audit-money",
        "people": "publicity opinions take-part",
        "coordination": "coordination daily-work responsible-body convener",
    }.items()
}
OTHER = "other"  # what belongs to none of them


def page(rest: str, library: Library, speak: Wording) -> Reply | None:
    """The tasks, or the duties of one of them; None where there is no such task."""
    tasks = duties(library)
    if rest in tasks:
        return _task(rest, tasks[rest], library, speak)
    if rest:
        return None
    buttons = [link(speak(f"page_task.{task}"), f"tasks:{task}") for task in tasks]
    return Reply((Line(speak("page.tasks")),), (*buttons, link(speak("page_to.duties"), "duties")))


def duties(library: Library) -> dict[str, list[Point]]:
    """Task → the duties that belong to it, in the text's order; a duty may belong to several, and belongs to one."""
    points = [point for point in library.points if point.by]
    found = {task: on(concepts, points) for task, concepts in TASKS.items()}
    told = {point for held in found.values() for point in held}
    found[OTHER] = [point for point in points if point not in told]
    return {task: held for task, held in found.items() if held}


def _task(task: str, points: list[Point], library: Library, speak: Wording) -> Reply:
    head = Line(speak("page.task", task=speak(f"page_task.{task}"), count=len(points)))
    back = link(speak("page.back", name=speak("page.all_tasks")), "tasks")
    return Reply((head, *listed(points, library, speak)), (*clause_buttons(points, library, speak), back))
