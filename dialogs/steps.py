"""Steps: what a dialog yields as it runs: a question to ask, or something to be done.

A dialog is a function from the answers so far to the next question, written as a generator from top to bottom as the
conversation runs: `year = yield Ask("built", …)`. It is run again from the start at every event and fed the answers
that are stored (see walks.py), so it must be a pure function: no clock, no store, no network, no chance.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from dialogs.desk import NOBODY, Desk
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Wording
from knowledge.library import Library


def _reads_nothing(_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose: its value (ASCII, short: a button carries it), and its label in the person's language."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question.

    `key` is its name in the answers (ASCII, short). `reads` makes a value of what was typed (as it came), or None where
    it is no answer; a value that is none of the options is valid if it reads as itself ("1985"). `samples` are values
    that stand for every way on from here that no option stands for; `shows` puts a typed value into words. `beside` is
    `reads` for a piece of a message that asks something else besides ("1985, who pays?"): nothing, unless a dialog says
    so. Only for what can hardly mean anything else, and never for a vote.

    `closed`: what is typed is an answer only as `reads` says, and never for resembling an option's label: for votes;
    where it has options, these words come before those that steer any walk ("later"). `refuses` gives the sentence for
    what was typed as an answer and can be none. `earlier` are questions that were answered, by key, each with the label
    of the button that puts it again; they stand first, so that their numbers are those of the rows above. `links` are
    buttons that answer nothing. `short` is what it says where it is put again after something else, if not `says`;
    `outdated` what is said to whoever taps a button that it no longer has. `quiet`: its answer is not said back.
    """

    key: str
    says: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    reads: Callable[[str], str | None] = _reads_nothing
    samples: tuple[str, ...] = ()
    shows: Callable[[str], str] = str
    beside: Callable[[str], str | None] = _reads_nothing
    closed: bool = False
    earlier: tuple[Option, ...] = ()
    links: tuple[Button, ...] = ()
    short: tuple[Line, ...] = ()
    refuses: Callable[[str], str | None] = _reads_nothing
    outdated: str = ""
    quiet: bool = False

    def takes(self, value: str) -> bool:
        """Whether a value is an answer to this question."""
        return any(option.value == value for option in self.options) or self.reads(value) == value


@dataclass(frozen=True, slots=True)
class Do:
    """Something to be done, once, by whoever runs the dialog: its key in the answers and what is to be done.

    What comes of it is stored under the key as a text, and given back.
    """

    key: str
    what: str
    data: Mapping[str, str]


Walk = Generator[Ask | Do, str, Reply]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is behind the ids of a dialog's inputs, loaded afresh for every event: the library, and the office's side of
    the conversation, of which a dialog only asks what stands there; what it wants done it yields."""

    library: Library
    desk: Desk = NOBODY


def _knows_nothing(inputs: Mapping[str, str], facts: Facts) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog: its name (ASCII), its version (raised where answers mean something else than before), and its walk from
    inputs, facts and the words of the person's language to what is said at its end.

    `final`: what is done at its end cannot be changed by walking again, so that is not offered, and its answers are not
    kept. `known` are answers that are known when it begins, from an earlier time; whoever walks can change them.
    `stop` is the label (its key) of the button that ends it midway, `cancelled` the sentence that is said then, `left`
    the one to whoever begins another walk over it, "" for none.
    """

    name: str
    version: int
    walk: Callable[[Mapping[str, str], Facts, Wording], Walk]
    final: bool = False
    known: Callable[[Mapping[str, str], Facts], Mapping[str, str]] = _knows_nothing
    stop: str = "walk.cancel"
    cancelled: str = "walk.cancelled"
    left: str = ""
