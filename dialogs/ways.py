"""Ways: a dialog as a table: its questions, and where each answer leads. Found by walking it, not written beside it.

Not every path is walked, there are far too many: two that came to the same question by the same last five answers are
taken for one. For the eligibility check without an item that finds every way; where a dialog looks further back than
that, a way may be missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.steps import Ask, Dialog, Facts
from dialogs.walks import Place, Walks
from dialogs.wording import Wording

_RECENT = 5  # answers; with four, some ways of the eligibility check were missed
END = ""  # where a way leads that ends the dialog


@dataclass(frozen=True, slots=True)
class Way:
    """From a question by an answer to the next question's key, or to END with the first sentence that is said there."""

    key: str
    question: str
    value: str
    label: str
    to: str
    says: str = ""


def ways(dialog: Dialog, inputs: Mapping[str, str], facts: Facts, speak: Wording) -> list[Way]:
    """The ways through a dialog from such inputs: each question with each of its options and samples, in the order of
    the walk. Where an answer leads to several places, by what was answered before, each is a way. See above for what
    may be missed."""
    walks = Walks({dialog.name: dialog}, facts)
    found: dict[Way, None] = {}
    unwalked = [walks.place(walks.begun(dialog.name, 1, inputs), speak)]
    walked = set()
    while unwalked:
        place = unwalked.pop(0)
        if (asking := place.asking) is None:
            continue
        for value, label in _answers(asking):
            given = replace(place.progress, answers={**place.progress.answers, asking.key: value})
            after = walks.place(given, speak)
            way = _way(asking, value, label, after)
            found.setdefault(way)
            recent = (way.to, *list(after.progress.answers.items())[-_RECENT:])
            if recent not in walked:
                walked.add(recent)
                unwalked.append(after)
    return list(found)


def _answers(asking: Ask) -> list[tuple[str, str]]:
    return [
        *((option.value, option.label) for option in asking.options),
        *((sample, asking.shows(sample)) for sample in asking.samples),
    ]


def _way(asking: Ask, value: str, label: str, after: Place) -> Way:
    question = asking.says[0].text
    if after.asking is not None:
        return Way(asking.key, question, value, label, after.asking.key)
    return Way(asking.key, question, value, label, END, after.end.lines[0].text if after.end else "")
