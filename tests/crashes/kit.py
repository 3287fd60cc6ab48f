"""A run: people act upon the server, a bot answers in a process of its own, dies and is started again."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.botapi import TOKEN, Remote
from tests.crashes import database
from tests.crashes.people import Edit, Person, Press, Say, Send
from tests.crashes.record import Death, Record
from tests.kit import environment
from tests.lengths import LONG

PLAIN = ("-m", "bot", "serve")
VICTIM = ("-m", "tests.crashes.victim")
# What a run may take before it counts as stuck: many times what it takes on a slow machine.
PATIENCE = 120.0

posix = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot kill itself there as a crash does")


@dataclass
class Run:
    """People, the server, and the bot that lives at the moment; `with` ends the bot whatever happens."""

    api: Remote
    people: Sequence[Person]
    folder: Path
    seed: int = 0
    deaths: list[Death] = field(default_factory=list)
    _bot: subprocess.Popen[bytes] | None = None
    _started: int = 0  # how many calls were recorded before the bot that lives now
    _chance: random.Random = field(init=False)
    _at: dict[int, int] = field(default_factory=dict)  # by person: the next step
    _wrote: dict[tuple[int, int], int] = field(default_factory=dict)  # by person and step: the message

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bot is not None and self._bot.poll() is None:
            self._bot.kill()
            self._bot.wait()
        if isinstance(error, Exception):
            # pytest shows it below the failure.
            error.add_note(f"seed {self.seed}; {len(self.deaths)} deaths; the bot's last words:\n{self._log()}")

    @property
    def database(self) -> Path:
        return self.folder / "jiugai.db"

    @property
    def updates(self) -> int:
        """How many updates everything that people do makes."""
        return sum(len(person.steps) for person in self.people)

    @property
    def acted(self) -> int:
        return sum(self._at.values())

    def start(self, *words: str) -> None:
        """Start the bot: `PLAIN`, or `VICTIM` and its options."""
        settings = environment(
            JIUGAI_TELEGRAM_TOKEN=TOKEN,
            JIUGAI_TELEGRAM_API=self.api.root,
            JIUGAI_DATABASE=str(self.database),
            NO_PROXY="127.0.0.1",
        )
        settings.pop(LONG, None)
        self._started = len(self.api.calls())
        with open(self.folder / "stderr", "ab") as log:
            self._bot = subprocess.Popen((sys.executable, "-P", *words), cwd=self.folder, env=settings, stderr=log)

    def died(self) -> bool:
        """Whether the bot was killed; then what it left behind is noted. Any other end is a failure."""
        assert self._bot is not None
        if (code := self._bot.poll()) is None:
            return False
        assert code == -signal.SIGKILL, f"the bot ended with {code}"
        left = database.left_open(self.database)
        # What the dead process had put on the wire was there before this question: by the answer it has been handled.
        self.api.pending()
        self.deaths.append(Death(len(self.api.calls()), left))
        return True

    def kill(self) -> None:
        """SIGKILL."""
        assert self._bot is not None
        assert self._bot.poll() is None, f"the bot ended with {self._bot.returncode}"
        self._bot.kill()
        self._bot.wait()
        assert self.died()

    def stop(self) -> bool:
        """Stop the bot as systemd would; False where it was killed before it could end well."""
        assert self._bot is not None
        self._bot.terminate()
        code = self._bot.wait(PATIENCE)
        if code == -signal.SIGKILL:
            return not self.died()
        assert code == 0, f"the bot ended with {code}"
        return True

    def act(self, most: int) -> None:
        """Let people do their next steps, overtaking one another by chance, until so many are done in all."""
        waiting = [person for person in self.people if self._next(person) < len(person.steps)]
        while waiting and self.acted < most:
            person = self._chance.choice(waiting)
            if not self._step(person):  # the button is not there yet; nobody waits for that person
                waiting.remove(person)
            elif self._next(person) == len(person.steps):
                waiting.remove(person)

    def until(self, so: Callable[[], bool], what: str, most: int | None = None) -> bool:
        """Let people act until something is so; False where the bot died before."""
        end = time.monotonic() + PATIENCE
        while not so():
            if self.died():
                return False
            assert time.monotonic() < end, "\n".join((f"{what} did not come", *self.record().wrong()[:10]))
            self.act(self.updates if most is None else most)
            time.sleep(0.01)
        return True

    def at_rest(self) -> bool:
        """Whether everybody has done everything, and the bot is up and has nothing more to do."""
        return (
            self.acted == self.updates
            and not self.api.pending()
            and database.at_rest(self.database, self.updates)
            and bool(self.api.calls(self._started))
        )

    def record(self) -> Record:
        """What the server has recorded so far."""
        messages = {
            person.number: [message.message_id for message in self.api.chat(person.number).messages if message.from_bot]
            for person in self.people
        }
        return Record(self.people, self.api.calls(), messages, self.api.unanswered_queries(), self.deaths)

    def finished(self) -> Record:
        """Check everything, after the bot was stopped; the record."""
        record = self.record()
        wrong = record.wrong() + database.wrong(self.database, self.updates)
        assert not wrong, "\n".join(wrong[:20])
        return record

    def _next(self, person: Person) -> int:
        return self._at.setdefault(person.number, 0)

    def _step(self, person: Person) -> bool:
        number = self._next(person)
        match person.steps[number]:
            case Say(text):
                self._wrote[person.number, number] = self.api.say(person.number, text)
            case Send(kind, caption):
                self.api.send(person.number, kind, caption=caption)
            case Edit(step, text):
                self.api.edit(person.number, self._wrote[person.number, step], text)
            case Press(data):
                message = self._with_button(person, data)
                if message is None:
                    return False
                self.api.tap(person.number, message, data)
        self._at[person.number] = number + 1
        return True

    def _with_button(self, person: Person, data: str) -> int | None:
        for message in reversed(self.api.chat(person.number).messages):
            buttons = [button for row in message.keyboard or [] for button in row]
            if message.from_bot and not message.deleted and any(one.get("callback_data") == data for one in buttons):
                return message.message_id
        return None

    def _log(self) -> str:
        path = self.folder / "stderr"
        return path.read_text(encoding="utf-8")[-6000:] if path.exists() else "none"
