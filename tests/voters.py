"""Voters: people who vote in Telegram by what stands in their chat: its buttons, as dialogs.taps has them, and the look
at all choices. What they want is for the test to say; what they submit is what they were shown when they did."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from ballots.standing import Choice
from bot.office import menu
from dialogs.reading.votes import vote
from dialogs.wording import wording
from tests.botapi import Message
from tests.hall import Voter

RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{3}(?:-[0-9A-HJKMNP-TV-Z]{3}){3}\b")
WORDS: Mapping[str, str] = {"for": "同意", "against": "不同意", "abstain": "弃权", "object": "反对"}
BECAUSE = "怕挡光"
TIRED = 4.0  # where nothing has come of what somebody did for so many seconds, they begin again
_SPEAK = wording("zh")
_WALK = re.compile(r"walk:choosing:\d+:([^:]+):([^:]+)")
_CHANGE = re.compile(r"change:\d+:(.+)")

assert all(vote(word) == choice for choice, word in WORDS.items())


@dataclass(frozen=True, slots=True)
class Say:
    """Write something."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Tap the button that says this."""

    data: str


Act = Say | Press


def chosen(text: str, items: Sequence[str]) -> dict[str, str]:
    """The choices that a look at all shows of these items, in their order."""
    found = {}
    for at, item in enumerate(items, 1):
        row = _SPEAK("choosing.row", at=at, item=menu.items()[item].words, said="")
        (said,) = (line.removeprefix(row) for line in text.splitlines() if line.startswith(row))
        for choice in Choice:
            if said.startswith(_SPEAK(f"choosing.said.{choice.value}")):
                found[item] = choice.value
    return found


@dataclass
class Voting:
    """Somebody who votes: what they want now, and what they have submitted so far, in order. `words`: they rather type
    than tap."""

    voter: Voter
    items: Sequence[str]
    wants: Mapping[str, str]
    words: bool = False
    submitted: list[dict[str, str]] = field(default_factory=list)

    def next(self, message: Message | None) -> Act:
        """What they do now that this stands at the end of their chat."""
        data = [str(button.get("callback_data", "")) for row in (message and message.keyboard) or [] for button in row]
        asked = {found[1]: found for one in data if (found := _WALK.fullmatch(one))}
        if message is None or not any(one.startswith("cancel:") for one in data):
            return Say("/choose")
        if "card" in asked:
            return Press(next(one for one in data if one.endswith(":card:begin")))
        if item := next((key for key in asked if key in self.items), ""):
            return self._chooses(item, data)
        if rows := {found[1]: one for one in data if (found := _CHANGE.fullmatch(one))}:
            shown = chosen(message.text, self.items)
            if wrong := next((item for item in self.items if shown.get(item) != self.wants.get(item)), ""):
                return Say(f"改第{self.items.index(wrong) + 1}项") if self.words else Press(rows[wrong])
            # The same submitted twice is one selection: the first counts, the second is told so.
            if not self.submitted or self.submitted[-1] != shown:
                self.submitted.append(shown)
            return Say("提交") if self.words else Press(next(one for one in data if ":review:submit" in one))
        return Say(BECAUSE)

    def _chooses(self, item: str, data: Sequence[str]) -> Act:
        choice = self.wants[item]
        return (
            Say(WORDS[choice]) if self.words else Press(next(one for one in data if one.endswith(f":{item}:{choice}")))
        )


class Crowd:
    """Many who vote at once. Each waits for what comes of what they did; whoever has a receipt wants something else,
    until they have as many as `most` says."""

    def __init__(self, voters: Iterable[Voter], items: Sequence[str], chance: random.Random, most: float = inf) -> None:
        self.votings = [Voting(voter, items, wish(items, chance), chance.random() < 0.3) for voter in voters]
        self.receipts: dict[int, list[str]] = {voting.voter.user: [] for voting in self.votings}
        self.most = dict.fromkeys(self.receipts, most)
        self.did = 0  # each is an update
        self._chance = chance
        self._seen: dict[int, tuple[tuple[int, int], float]] = {}

    @property
    def people(self) -> list[int]:
        """Everybody's number."""
        return list(self.receipts)

    def next(self, messages: Sequence[Message | None], now: float) -> list[tuple[str, dict[str, object]]]:
        """What everybody does who sees something new at the end of their chat, as verbs of the loopback Bot API, in any
        order."""
        acts = []
        for voting, message in zip(self.votings, messages, strict=True):
            user = voting.voter.user
            what = (message.message_id, message.edited) if message else (0, 0)
            before, when = self._seen.get(user, (None, -inf))
            if what == before and now - when < TIRED:
                continue
            self._seen[user] = what, now
            if message:
                self._reads(voting, message)
            if len(self.receipts[user]) >= self.most[user]:
                continue
            match Say("/choose") if what == before else voting.next(message):
                case Say(text):
                    acts.append(("say", {"user": user, "text": text}))
                case Press(data):
                    assert message is not None
                    acts.append(("tap", {"user": user, "message_id": message.message_id, "label_or_data": data}))
        self._chance.shuffle(acts)
        self.did += len(acts)
        return acts

    def _reads(self, voting: Voting, message: Message) -> None:
        receipts = self.receipts[voting.voter.user]
        for receipt in RECEIPT.findall(message.text):
            if receipt not in receipts:
                receipts.append(receipt)
                voting.wants = wish(voting.items, self._chance, voting.submitted[-1])


def wish(items: Sequence[str], chance: random.Random, unlike: Mapping[str, str] | None = None) -> dict[str, str]:
    """A selection by chance, other than the last one."""
    while True:
        said = {item: chance.choices(list(WORDS), (6, 2, 1, 1))[0] for item in items}
        if said != unlike:
            return said
