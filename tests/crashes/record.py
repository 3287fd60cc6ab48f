"""What the server recorded, against what was owed: every call made, in order, and none twice without a reason.

When may a call be carried out twice? Only if nobody on the bot's side could know that it had been: a reply twice is
better than none. Two reasons count, and each excuses one repetition of that one call:

1. The server carried the call out and let no answer reach the bot (it recorded such a fault: a time-out, or a
   connection cut after the effect).
2. The process died between the two, and at its death the call's row was still open in its database: the answer may
   have been received, but was not settled. A lane (a chat) has at most one call under way, and repetitions are only
   looked for next to the call itself, so a death excuses at most one call of a chat; and at most as many in all as
   the sender makes at once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sender.sender import _AT_ONCE
from tests.botapi import Call
from tests.crashes.people import Owed, Person, without_ids

_SILENT = ("timeout", "cut_after")
_WRITES = ("sendMessage", "editMessageText", "deleteMessage")
# How a call is refused that had its effect before.
_DONE_ALREADY = ("message is not modified", "message to delete not found", "query is too old")

Key = tuple[object, object, object]


@dataclass(frozen=True, slots=True)
class Death:
    """A process that was killed: how many calls were recorded by then, and what waited in its database."""

    number: int
    open: frozenset[Key]


@dataclass
class Record:
    """Everything that was recorded in a run. `wrong()` is what must not be; `repeated` what was excused."""

    people: Sequence[Person]
    calls: Sequence[Call]
    messages: Mapping[int, Sequence[int]]  # by chat: the numbers of the bot's messages, the deleted ones too
    unanswered: Sequence[str]
    deaths: Sequence[Death] = ()
    repeated: list[Call] = field(default_factory=list)
    _excused: Counter[int] = field(default_factory=Counter)

    def wrong(self) -> list[str]:
        """Everything that is wrong, one line each."""
        found = [f"tap {query} was never answered" for query in self.unanswered]
        chats: dict[object, list[Call]] = {}
        for call in self.calls:
            # One whose process died before it was whole is recorded without a chat, and had no effect.
            if call.method in _WRITES and call.description != "the client went away":
                chats.setdefault(call.params.get("chat_id"), []).append(call)
        for person in self.people:
            found += self._in_chat(person, chats.pop(person.number, []))
        found += [f"nobody is owed anything in chat {chat}" for chat in chats]
        found += self._taps()
        found += [
            f"the death at call {self.deaths[death].number} excuses {count} repetitions"
            for death, count in self._excused.items()
            if count > _AT_ONCE
        ]
        return found

    def _in_chat(self, person: Person, calls: Sequence[Call]) -> list[str]:
        """One chat's calls: what is owed next, or what was owed last again, and nothing else."""
        found = []
        at = -1
        last: Call | None = None
        sent: list[int] = []  # what was owed by each send, in the order of the messages that came of them
        for call in calls:
            again = at >= 0 and _is(call, person.owed[at])
            due = at + 1 < len(person.owed) and _is(call, person.owed[at + 1])
            if not (again or due):
                found.append(f"person {person.number}: out of turn after {at + 1} of {len(person.owed)}: {_told(call)}")
                continue
            place = at if again else at + 1
            if call.effect:
                of = person.owed[place].of
                if of >= 0 and self._origin(person, call, sent) != of:
                    found.append(f"person {person.number}: the wrong message is changed: {_told(call)}")
                if call.method == "sendMessage":
                    sent.append(place)
            if again and (call.effect or call.rejected):
                assert last is not None
                if self._may_repeat(last, call):
                    self.repeated.append(call)
                    last = call  # the next repetition needs a reason of its own
                else:
                    found.append(f"person {person.number}: without a reason again: {_told(call)}, first {_told(last)}")
            elif call.rejected:
                found.append(f"person {person.number}: refused: {_told(call)}")
            if call.effect:
                at, last = place, call
        if at + 1 < len(person.owed):
            missing = person.owed[at + 1]
            found.append(f"person {person.number}: step {missing.step} got no {missing.method}; {person.steps}")
        return found

    def _origin(self, person: Person, call: Call, sent: Sequence[int]) -> int:
        """By what was owed the message came that a call changes."""
        numbers = self.messages[person.number][: len(sent)]
        message = call.params["message_id"]
        return sent[numbers.index(int(str(message)))] if message in numbers else -1

    def _taps(self) -> list[str]:
        """Answers to taps, and all other calls: refused only where they repeat what may be repeated."""
        found = []
        answered: dict[object, Call] = {}
        for call in self.calls:
            if call.method == "answerCallbackQuery":
                query = call.params.get("callback_query_id")
                if call.effect:
                    answered[query] = call
                elif call.rejected:
                    if query in answered and self._may_repeat(answered[query], call):
                        self.repeated.append(call)
                        answered[query] = call
                    else:
                        found.append(f"refused: {_told(call)}")
            elif call.rejected and call.method not in _WRITES:
                found.append(f"refused: {_told(call)}")
        return found

    def _may_repeat(self, last: Call, call: Call) -> bool:
        if call.rejected and not any(reason in call.description for reason in _DONE_ALREADY):
            return False
        if last.fault in _SILENT:
            return True
        for number, death in enumerate(self.deaths):
            if last.number < death.number <= call.number and key(last.params) in death.open:
                self._excused[number] += 1
                return True
        return False


def _is(call: Call, owed: Owed) -> bool:
    if owed.method == "deleteMessage":
        return call.method == owed.method
    return (call.method, call.params.get("text"), without_ids(call.params.get("reply_markup"))) == owed.shown


def key(params: Mapping[str, Any]) -> Key:
    """What tells a call of the outbox, or one that the server saw, from others."""
    return params.get("chat_id"), params.get("text"), params.get("callback_query_id")


def _told(call: Call) -> str:
    text = str(call.params.get("text", call.params.get("callback_query_id", "")))[:40]
    return f"call {call.number} {call.method} {text!r} status={call.status} fault={call.fault} {call.description}"
