"""People and what each of them does, step by step, with every call that the bot then owes them, in its order.

What is owed is told by the dialogs themselves, which are pure: this folder asks whether replies survive, not whether
they are wise. It knows nothing of the store, of turns or of the sender.
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.channels.telegram.markup import inline_keyboard, parts
from dialogs.conversation import Conversation
from dialogs.desk import Nobody
from dialogs.events import Event, Other, Tap, Text, typed
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language
from knowledge.answers import answerer
from knowledge.library import load

ID = "id"
_ID = re.compile(r"\b(good|bad|consult|send):[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Say:
    """Write a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send something that is no text."""

    kind: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Change what was written at an earlier step."""

    step: int
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Tap a button that stands under an answer."""

    data: str


Step = Say | Send | Edit | Press


@dataclass(frozen=True, slots=True)
class Owed:
    """A call that the bot owes: what is shown, and for an edit or a delete which call's message it means."""

    step: int
    method: str
    text: str = ""
    markup: object = None
    of: int = -1

    @property
    def shown(self) -> tuple[str, str, object]:
        """What one can tell two calls of a chat apart by."""
        return self.method, self.text, self.markup


class _Desk(Nobody):
    """A desk that gives every question the same id: which one the bot gave, nobody can foretell."""

    def asked(self, question_masked: str, ended: str, clause: str, language: Language) -> str:
        return ID

    def judge(self, id: str, good: bool) -> bool:
        return True

    def consult(self, id: str) -> bool:
        return True


DESK = _Desk()


def without_ids(markup: object) -> object:
    """Buttons as they would be if every kept question had the same id."""
    return json.loads(_ID.sub(rf"\1:{ID}", json.dumps(markup)))


@dataclass
class Person:
    """A person, what they do, and what they are owed for it."""

    number: int
    steps: list[Step] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    _session: Session = field(default_factory=Session)
    _standing: dict[int, list[int]] = field(default_factory=dict)  # by step: the sends that answer it
    _shows: dict[int, Owed] = field(default_factory=dict)  # by send: what stands there now

    def does(self, step: Step, conversation: Conversation) -> bool:
        """Add a step. False, and nothing added, where nobody could tell its reply from the one before it."""
        reply, session = conversation.hear(self._event(step), self._session, DESK)
        assert reply is not None, f"{step} is not replied to"
        calls = self._calls(step, reply)
        before = [call.shown for call in (*self.owed[-1:], *calls)]
        unclear = any(one == other for one, other in pairwise(before))
        # An edit that changes nothing is refused by the Bot API, and rightly no harm; but here no call is refused.
        if unclear or any(call.of >= 0 and call.shown[1:] == self._shows[call.of].shown[1:] for call in calls):
            return False
        self._session = session
        self._book(step, calls)
        return True

    def buttons(self) -> list[str]:
        """What stands on buttons, once everything owed has come."""
        rows = [row for shown in self._shows.values() for row in _rows(shown.markup)]
        data = {button["callback_data"] for row in rows for button in row}
        # Not those whose ids only the bot knows, nor those that turn a page where it stands.
        return sorted(one for one in data if one.startswith(("ask:", "clause:", "language:")))

    def questions(self) -> list[int]:
        """The steps that wrote a text: what can be edited."""
        return [number for number, step in enumerate(self.steps) if isinstance(step, Say)]

    def _event(self, step: Step) -> Event:
        match step:
            case Say(text):
                return typed(text)
            case Edit(_, text):
                return typed(text, edited=True)
            case Press(data):
                return Tap(data)
            case Send(kind, caption):
                return Text(caption, beside=kind) if caption else Other(kind)

    def _calls(self, step: Step, reply: Reply) -> list[Owed]:
        number = len(self.steps)
        standing = self._standing.get(step.step, []) if isinstance(step, Edit) else []
        calls = []
        for slot, part in enumerate(parts(reply)):
            edits = slot < len(standing)
            method, of = ("editMessageText", standing[slot]) if edits else ("sendMessage", -1)
            calls.append(Owed(number, method, part.html, without_ids(inline_keyboard(part)), of))
        return [*calls, *(Owed(number, "deleteMessage", of=left) for left in standing[len(calls) :])]

    def _book(self, step: Step, calls: Sequence[Owed]) -> None:
        answers = step.step if isinstance(step, Edit) else len(self.steps)
        for call in calls:
            place = call.of if call.of >= 0 else len(self.owed)
            standing = self._standing.setdefault(answers, [])
            if call.method == "deleteMessage":
                standing.remove(place)
                del self._shows[place]
            else:
                self._shows[place] = call
                if call.of < 0:
                    standing.append(place)
            self.owed.append(call)
        self.steps.append(step)


def _rows(markup: object) -> list[list[dict[str, str]]]:
    return list(markup["inline_keyboard"]) if isinstance(markup, dict) else []


ZH = (
    "我们楼能装电梯吗？", "谁出钱", "防盗窗要拆吗", "哪些小区在整治范围里", "违建怎么办", "验收找谁", "能改哪些",
    "停车位能加吗", "下水道老堵能修吗", "電梯誰決定", "物业费谁收", "有补贴吗",
)  # fmt: skip
EN = (
    "can my building get an elevator?", "who pays?", "will the window bars be removed?", "who decides?",
    "what can be renovated?", "is parking included?", "who is responsible for the roof?", "is there a subsidy?",
)  # fmt: skip
COMMANDS = ("/start", "/help", "/privacy", "/language", "/clause", "/ask 谁出钱", "/ask who decides?", "帮助")
THINGS = ("photo", "sticker", "voice", "video", "location", "document", "contact", "dice")


def crowd(count: int, steps: int, seed: int) -> list[Person]:
    """So many people of so many steps each, mixed by chance; half of what is said asks for a clause of its own."""
    chance = random.Random(seed)
    conversation = Conversation(load(), answerer())
    return [_somebody(number, steps, conversation, chance) for number in range(1, count + 1)]


def fixed() -> list[Person]:
    """Three people who do a little of everything, always the same."""
    conversation = Conversation(load(), answerer())
    scripts: tuple[tuple[Step, ...], ...] = (
        (
            Say("我们楼能装电梯吗？"),
            Press("ask:who-pays"),
            Edit(0, "防盗窗要拆吗"),
            Send("photo"),
            Say("/clause s2-2-p1"),
        ),
        (Say("who pays?"), Say("/clause s4-2-p1"), Edit(1, "/clause menu-13"), Say("/help")),
        (Say("/start"), Send("photo", caption="验收找谁"), Press("ask:menu"), Say("/clause signature")),
    )
    people = [Person(number) for number in range(1, len(scripts) + 1)]
    for person, script in zip(people, scripts, strict=True):
        for step in script:
            assert person.does(step, conversation), f"{step} is mistakable here"
    return people


def _somebody(number: int, steps: int, conversation: Conversation, chance: random.Random) -> Person:
    person = Person(number)
    clauses = list(load().summaries)
    chance.shuffle(clauses)

    def clause() -> Step:
        return Say(f"/clause {clauses.pop()}")

    def question() -> Step:
        return Say(chance.choice(ZH if chance.random() < 0.6 else EN))

    def press() -> Step | None:
        buttons = person.buttons()
        return Press(chance.choice(buttons)) if buttons else None

    def edit() -> Step | None:
        written = person.questions()
        return Edit(chance.choice(written), chance.choice(ZH + EN)) if written else None

    def thing() -> Step:
        return Send(chance.choice(THINGS), "")

    def captioned() -> Step:
        return Send("photo", chance.choice(ZH))

    kinds: list[Callable[[], Step | None]] = [
        *(clause,) * 4, *(question,) * 4, press, press, edit, edit, thing, captioned,
        lambda: Say(chance.choice(COMMANDS)), lambda: Say(str(chance.randint(1, 3))),
    ]  # fmt: skip
    while len(person.steps) < steps:
        step = chance.choice(kinds)()
        if step is not None:
            person.does(step, conversation)
    return person
