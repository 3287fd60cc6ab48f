"""Walks: where a person is in a dialog, found by running the dialog again from its start.

What is kept is the dialog's name and version, its inputs and the answers by key; nothing of the generator is. Rules:

- a stored answer counts where the dialog asks for it and takes it; one that is not taken is dropped, one that is asked
  no more when the dialog ends; those after the open question wait until it is answered: nobody is asked twice;
- *back* drops the last answer; an answer may be given to any question that was asked, and then changes it;
- a question that is not yet asked takes no answer;
- a key with more behind a dot (`lift.why`) belongs to the question before the dot: it is asked anew with that one;
- what a dialog wants done is done once, and its result stored like an answer;
- where the dialog's version has moved on, its answers may mean something else: it begins anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from dialogs.desk import NOBODY, Desk
from dialogs.replies import Reply
from dialogs.steps import Ask, Dialog, Do, Facts
from dialogs.wording import Wording

# A dialog that asks more than this is a fault of ours: no person walks through so many questions.
MOST_STEPS = 200

Doing = Callable[[Do], str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is in a dialog. `run` tells this walk from earlier ones of the conversation; `over`: it came to
    its end."""

    dialog: str
    version: int
    run: int
    inputs: Mapping[str, str] = field(default_factory=dict, hash=False)
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    over: bool = False


class Given(Enum):
    """What became of an answer."""

    NEXT = auto()  # it answers the open question
    CHANGED = auto()  # it changes an answer that was given
    SAME = auto()  # it says what was said before
    NOT_ASKED = auto()  # nothing of the kind was asked yet
    NOT_TAKEN = auto()  # it is no answer to that question


@dataclass(frozen=True, slots=True)
class Place:
    """What the walk has come to: the question that is open, or the reply at the end; the questions that were answered,
    in their order; and the keys of answers that were dropped on the way."""

    progress: Progress
    asking: Ask | None
    end: Reply | None
    answered: tuple[Ask, ...]
    dropped: tuple[str, ...] = ()

    def question(self, key: str) -> Ask:
        """A question that was answered."""
        return next(ask for ask in self.answered if ask.key == key)

    def answer(self, key: str) -> str:
        """An answer in words: the label of its option, or what was typed."""
        asked = self.question(key)
        value = self.progress.answers[key]
        return next((option.label for option in asked.options if option.value == value), asked.shows(value))

    def given(self, key: str, value: str) -> tuple[Progress, Given]:
        """The progress after an answer to a question, whichever it is, and what became of the answer."""
        asked = self.asking if self.asking and self.asking.key == key else self._answered(key)
        if asked is None:
            return self.progress, Given.NOT_ASKED
        if not asked.takes(value):
            return self.progress, Given.NOT_TAKEN
        if asked is not self.asking and self.progress.answers[key] == value:
            return self.progress, Given.SAME
        given = replace(self.progress, answers={**_without(key, self.progress.answers), key: value})
        return given, Given.NEXT if asked is self.asking else Given.CHANGED

    def back(self) -> Progress:
        """The progress without the last answer; the same where there is none."""
        if not self.answered:
            return self.progress
        last = self.answered[-1].key
        return replace(self.progress, answers={k: v for k, v in self.progress.answers.items() if k != last})

    def _answered(self, key: str) -> Ask | None:
        return next((ask for ask in self.answered if ask.key == key), None)


class Walks:
    """Walks through dialogs."""

    def __init__(self, dialogs: Mapping[str, Dialog], facts: Facts) -> None:
        self._dialogs, self._facts = dialogs, facts

    def knows(self, dialog: str) -> bool:
        """Whether there is such a dialog."""
        return dialog in self._dialogs

    def begun(self, dialog: str, run: int, inputs: Mapping[str, str], desk: Desk = NOBODY) -> Progress:
        """The very beginning of a dialog, with the answers that are known already."""
        known = self._dialogs[dialog].known(inputs, replace(self._facts, desk=desk))
        return Progress(dialog, self._dialogs[dialog].version, run, inputs, known)

    def is_current(self, progress: Progress) -> bool:
        """Whether its dialog is still there, and in the version in which the answers were given."""
        dialog = self._dialogs.get(progress.dialog)
        return dialog is not None and dialog.version == progress.version

    def is_final(self, progress: Progress) -> bool:
        """Whether what its dialog did cannot be changed by walking again."""
        dialog = self._dialogs.get(progress.dialog)
        return dialog is not None and dialog.final

    def stop(self, progress: Progress) -> str:
        """The key of the label of the button that ends the walk midway."""
        return self._dialogs[progress.dialog].stop

    def cancelled(self, progress: Progress) -> str:
        """The key of what is said to whoever ends the walk midway."""
        return self._dialogs[progress.dialog].cancelled

    def left(self, progress: Progress, desk: Desk = NOBODY) -> str:
        """The key of what is said to whoever begins another walk over this one; "" where nothing is lost by it."""
        dialog = self._dialogs[progress.dialog]
        new = progress.answers != dialog.known(progress.inputs, replace(self._facts, desk=desk))
        return dialog.left if new else ""

    def place(self, progress: Progress, speak: Wording, doing: Doing | None = None, *, desk: Desk = NOBODY) -> Place:
        """Where a person is. Without `doing` nothing is done: the walk then stops where something was to be done.

        Raises KeyError where the progress is not current, and RuntimeError where a dialog does not end.
        """
        dialog = self._dialogs[progress.dialog]
        walk = dialog.walk(progress.inputs, replace(self._facts, desk=desk), speak)
        kept: dict[str, str] = {}
        answered: list[Ask] = []
        asking, end = None, None
        try:
            step = next(walk)
            for _ in range(MOST_STEPS):
                value = progress.answers.get(step.key)
                if isinstance(step, Do):
                    if value is None:
                        if doing is None:
                            break
                        value = doing(step)
                elif value is None or not step.takes(value):
                    asking = step
                    break
                else:
                    answered.append(step)
                kept[step.key] = value
                step = walk.send(value)
            else:
                raise RuntimeError(f"the dialog {dialog.name} does not end")
        except StopIteration as stopped:
            end = stopped.value
        if end is None:
            kept |= {k: v for k, v in progress.answers.items() if k not in kept and not (asking and k == asking.key)}
        dropped = tuple(key for key in progress.answers if key not in kept)
        return Place(replace(progress, answers=kept, over=end is not None), asking, end, tuple(answered), dropped)

    def put_again(self, progress: Progress, key: str) -> Progress:
        """The progress without the answer to one question, whose turn it then is again; the others stay."""
        return replace(progress, answers=_without(key, progress.answers))

    def reopened(self, progress: Progress, key: str, run: int, speak: Wording, desk: Desk = NOBODY) -> Progress:
        """A new run of a walk that is over, with its answers but the one that is to be changed, and nothing done."""
        asked = [ask.key for ask in self.place(progress, speak, desk=desk).answered]
        return replace(
            progress,
            run=run,
            answers={k: v for k, v in _without(key, progress.answers).items() if k in asked},
            over=False,
        )


def _without(key: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers but the one to a question and those that belong to it."""
    return {k: v for k, v in answers.items() if k != key and not k.startswith(f"{key}.")}
