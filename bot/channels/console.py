"""The terminal channel: a person types lines and reads replies; numbers stand for buttons.

A line goes the way of every message: into the inbox, through a turn, out of the outbox. In a terminal the
conversation goes on where it stopped; a pipe begins a new one each time.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TextIO
from uuid import uuid4

from bot.channels.translator import Presence
from bot.store import Arrival, Call, Received, Sent, Store, Transaction, Waiting
from bot.times import Clock
from bot.turn import Turns
from dialogs.events import Command, Event, typed
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language, wording

CHANNEL = "console"
LOCAL = f"{CHANNEL}/local"

_LEAVE = frozenset({"/quit", "/exit", "quit", "exit", "退出"})
_PROMPT = "> "
_RETRY_SECONDS = 0.2


# What the clock has to do is done before anybody is answered: where only a terminal runs, nobody else does it.
Tick = Callable[[Transaction, Turns, datetime], None]


def _no_tick(tx: Transaction, turns: Turns, now: datetime) -> None:
    """Without a clock nothing opens or closes."""


class ConsoleTranslator:
    """A row holds the line as it was typed; a call holds the reply as it is shown."""

    strangers = False

    def event(self, row: Received) -> Event | Presence | None:
        """What a typed line means."""
        return typed(json.loads(row.payload))

    def language(self, row: Received) -> Language:
        """The language to begin in."""
        return "zh"

    def tapped(self, row: Received) -> str:
        """What stands on a terminal stays there."""
        return ""

    def calls(self, row: Received, reply: Reply | None, standing: Sequence[Sent]) -> list[Call]:
        """The reply, to be shown."""
        return [] if reply is None else self.notice(row, reply)

    def notice(self, row: Received, reply: Reply) -> list[Call]:
        """Something said beside the reply, to be shown."""
        return [Call(row.conversation, json.dumps(shown(reply), ensure_ascii=False))]


class Console:
    """One terminal's conversation over the store."""

    def __init__(self, store: Store, turns: Turns, clock: Clock, conversation: str, tick: Tick = _no_tick) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock
        self._conversation = conversation
        self._tick = tick
        self._heard: list[Waiting] = []

    def say(self, line: str) -> str:
        """What the bot says to a line."""
        arrival = Arrival(f"{CHANNEL}/{uuid4().hex}", CHANNEL, self._conversation, json.dumps(line, ensure_ascii=False))
        self._store.write(lambda tx: tx.inbox.add([arrival], self._clock())).result()
        return self.heard()

    def heard(self) -> str:
        """What the bot has to say, as soon as nothing is left to be replied to."""
        while self._store.write(self._take).result():
            time.sleep(_RETRY_SECONDS)  # a turn failed and is tried again
        self._heard = self._store.write(lambda tx: tx.outbox.waiting(CHANNEL, self._conversation)).result()
        return "\n".join(json.loads(call.payload) for call in self._heard)

    def told(self) -> None:
        """What was heard last stands on the screen: only now is it delivered."""
        heard, self._heard = self._heard, []

        def settle(tx: Transaction) -> None:
            for call in heard:
                tx.outbox.settle(call.id, "delivered", self._clock())

        self._store.write(settle).result()

    def _take(self, tx: Transaction) -> bool:
        """Take the turns that are due, after what the clock has to do; whether some are still to come."""
        self._tick(tx, self._turns, self._clock())
        while self._turns.take(tx, CHANNEL, self._conversation):
            pass
        return tx.inbox.waits(self._conversation)

    @property
    def language(self) -> Language:
        """The language of the last reply."""
        return Session.load(self._store.write(lambda tx: tx.sessions.load(self._conversation)).result()).language


def chat(console: Console, language: Language | None, plain: bool, out: TextIO) -> None:
    """Talk until /quit, Ctrl-D, or Ctrl-C on an empty line. `plain` reads standard input line by line, for pipes."""

    def show(*parts: str) -> None:
        print("\n".join(part for part in parts if part), end="\n\n", file=out, flush=True)
        console.told()

    if left := console.heard():
        show(left)  # said before, but the terminal was gone
    if language:
        console.say(f"/language {language}")
        console.told()  # the welcome will show it
    show(console.say("/start"), wording(console.language)("console.leave"))
    for line in _lines_piped() if plain else _lines_edited():
        if line.strip().lower() in _LEAVE:
            break
        if not line.strip():
            continue
        said = console.say(line)
        helped = isinstance(event := typed(line), Command) and event.name == "help"
        show(said, wording(console.language)("console.help").strip() if helped else "")
    print(wording(console.language)("console.bye"), file=out, flush=True)


def shown(reply: Reply) -> str:
    """A reply as the terminal shows it: its text, then its buttons with their numbers."""
    buttons = "  ".join(f"[{number} {button.label}]" for number, button in enumerate(reply.buttons, 1))
    return "\n".join(part for part in (reply.text, buttons) if part)


def _lines_piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        # Broken bytes become a sign that no word matches; the rest of the line is still read.
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _lines_edited() -> Iterator[str]:
    from prompt_toolkit import PromptSession

    # Kept in memory only: what residents ask on a shared machine is nobody else's business.
    editor: PromptSession[str] = PromptSession()
    with suppress(EOFError):
        while True:
            try:
                yield editor.prompt(_PROMPT)
            except KeyboardInterrupt:
                if not editor.default_buffer.text:
                    return
