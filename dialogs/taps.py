"""Taps: what a button says when it is tapped, in one short form that any channel can carry and bring back.

| form | what it does |
|---|---|
| `ask:<followup>` | asks a question of the library |
| `clause:<id>` | shows a clause whole |
| `language:<zh or en>` | chooses |
| `page:<page>` | shows a page (pages.py) |
| `about:<clause>` | asks about a row of the menu |
| `good:<id>`, `bad:<id>` | judges an answer |
| `consult:<id>`, `send:<id>` | asks for consent to send a question to the street office; sends it |
| `begin:<dialog>[:<key>=<value>,…]` | begins a dialog, with inputs |
| `walk:<dialog>:<run>:<key>:<value>` | answers a question of a walk |
| `back:<run>`, `cancel:<run>` | goes back in a walk, ends it |
| `forget:<chat or all>` | erases what is kept; `all`: lets go of what was joined, too |
| `bench:<n>`, `ballot:<id>` | for the office's staff: their compounds, a page at a time; a ballot |
| `change:<run>:<key>` | puts a question of a walk again; one that is over begins again for that |
| `resume:<run>` | shows the open question of a walk again |
| `own:<what>:<ballot>:<number>` | of a ballot that one has a seat in (its number): see `OWN` |

Whatever comes back is a stranger's word: `parse` knows it, or gives None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.wording import LANGUAGES, Language
from knowledge.library import Library

LONGEST = 64  # bytes: what Telegram lets a button carry
_WORD = r"[A-Za-z0-9_.-]+"
_BEGIN = re.compile(rf"({_WORD})(?::({_WORD}={_WORD}(?:,{_WORD}={_WORD})*))?")
_WALK = re.compile(rf"({_WORD}):(\d{{1,9}}):({_WORD}):({_WORD})")
_CHANGE = re.compile(rf"(\d{{1,9}}):({_WORD})")
_OWN = re.compile(rf"([a-z]+):({_WORD}):(\d{{1,9}})")

# What one may look up of one's seat in a ballot: how it stands, the receipt, the result, whether it was counted.
OWN = ("page", "receipt", "result", "check")


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the question of this followup."""

    followup: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show this clause whole."""

    clause: str


@dataclass(frozen=True, slots=True)
class Speak:
    """Answer in this language from now on."""

    language: Language


@dataclass(frozen=True, slots=True)
class Page:
    """Show this page; whether there is one is for pages.py to say."""

    page: str


@dataclass(frozen=True, slots=True)
class About:
    """Ask about this row of the menu."""

    clause: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge the answer to a kept question."""

    id: str
    good: bool


@dataclass(frozen=True, slots=True)
class Consult:
    """Ask whether a kept question may be sent to the street office."""

    id: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send a kept question to the street office."""

    id: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase what is kept of the conversation, and if so let go of what the account has joined."""

    joined: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """Show this page of the compounds that a member of staff works on."""

    number: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """Show this ballot to a member of staff."""

    ballot: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin this dialog with these inputs."""

    dialog: str
    inputs: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer this question of this run of a dialog."""

    dialog: str
    run: int
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Back:
    """Drop the last answer of this run."""

    run: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """End this run."""

    run: int


@dataclass(frozen=True, slots=True)
class Change:
    """Put this question of a run again, to change its answer; where the run is over, walk again."""

    run: int
    key: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Show the open question of this run again."""

    run: int


@dataclass(frozen=True, slots=True)
class Own:
    """Show something (one of `OWN`) of the seat with this number in this ballot."""

    what: str
    ballot: str
    number: int


Walking = Answer | Back | Cancel | Change | Resume  # what belongs to a walk

Meant = Ask | Show | Speak | Page | About | Judge | Consult | Send | Forget | Bench | Ballot | Begin | Walking | Own


def ask(followup: str) -> str:
    """What the button of a followup says."""
    return f"ask:{followup}"


def clause(id: str) -> str:
    """What the button of a clause says."""
    return f"clause:{id}"


def language(chosen: Language) -> str:
    """What the button of a language says."""
    return f"language:{chosen}"


def page(name: str) -> str:
    """What the button of a page says."""
    return f"page:{name}"


def about(clause: str) -> str:
    """What the button says that asks about a row."""
    return f"about:{clause}"


def judge(id: str, good: bool) -> str:
    """What the button says that judges an answer."""
    return f"{'good' if good else 'bad'}:{id}"


def consult(id: str) -> str:
    """What the button says that asks whether a question may be sent to the street office."""
    return f"consult:{id}"


def send(id: str) -> str:
    """What the button says that sends a question to the street office."""
    return f"send:{id}"


def forget(joined: bool) -> str:
    """What the button says that erases what is kept, and if so lets go of what the account has joined."""
    return "forget:all" if joined else "forget:chat"


def bench(number: int) -> str:
    """What the button says that shows a page of a member of staff's compounds."""
    return f"bench:{number}"


def ballot(id: str) -> str:
    """What the button says that shows a ballot to a member of staff."""
    return f"ballot:{id}"


def begin(dialog: str, **inputs: str) -> str:
    """What the button says that begins a dialog."""
    given = ",".join(f"{key}={value}" for key, value in inputs.items() if value)
    return f"begin:{dialog}:{given}" if given else f"begin:{dialog}"


def answer(dialog: str, run: int, key: str, value: str) -> str:
    """What the button of an answer says."""
    return f"walk:{dialog}:{run}:{key}:{value}"


def back(run: int) -> str:
    """What the button says that goes back."""
    return f"back:{run}"


def cancel(run: int) -> str:
    """What the button says that ends a walk."""
    return f"cancel:{run}"


def change(run: int, key: str) -> str:
    """What the button says that puts a question of a walk again."""
    return f"change:{run}:{key}"


def resume(run: int) -> str:
    """What the button says that leads back to a walk's open question."""
    return f"resume:{run}"


def own(what: str, ballot: str, number: int) -> str:
    """What the button says that shows something of one's own seat in a ballot; `what` is one of `OWN`."""
    return f"own:{what}:{ballot}:{number}"


def fits(data: str) -> bool:
    """Whether a button can carry this: some ASCII, and not too much of it."""
    return 0 < len(data) <= LONGEST and data.isascii()


def parse(data: str, library: Library) -> Meant | None:
    """What a tap means, or None: not our form, or a followup, clause or language that is not (or no longer) there.

    Whether there is such a page, dialog, run or answer is for those to say who know them.
    """
    if not fits(data):
        return None
    form, _, said = data.partition(":")
    match form:
        case "ask" if said in library.followups:
            return Ask(said)
        case "clause" if said in library.summaries:
            return Show(said)
        case "about" if said in library.summaries:
            return About(said)
        case "language":
            return next((Speak(known) for known in LANGUAGES if known == said), None)
        case "page" if said:
            return Page(said)
        case "good" | "bad" if re.fullmatch(_WORD, said):
            return Judge(said, form == "good")
        case "consult" if re.fullmatch(_WORD, said):
            return Consult(said)
        case "send" if re.fullmatch(_WORD, said):
            return Send(said)
        case "forget" if said in ("all", "chat"):
            return Forget(said == "all")
        case "bench" if said.isdigit():
            return Bench(int(said[:9]))
        case "ballot" if re.fullmatch(_WORD, said):
            return Ballot(said)
        case "begin" if found := _BEGIN.fullmatch(said):
            inputs = dict(pair.split("=", 1) for pair in found[2].split(",")) if found[2] else {}
            return Begin(found[1], inputs)
        case "walk" if found := _WALK.fullmatch(said):
            return Answer(found[1], int(found[2]), found[3], found[4])
        case "back" if said.isdigit():
            return Back(int(said[:9]))
        case "cancel" if said.isdigit():
            return Cancel(int(said[:9]))
        case "change" if found := _CHANGE.fullmatch(said):
            return Change(int(found[1]), found[2])
        case "resume" if said.isdigit():
            return Resume(int(said[:9]))
        case "own" if (found := _OWN.fullmatch(said)) and found[1] in OWN:
            return Own(found[1], found[2], int(found[3]))
    return None
