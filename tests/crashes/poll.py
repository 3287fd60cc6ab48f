"""A poll: people vote at the loopback Telegram while bots live and die; what they submit, and what comes of it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from ballots.ledger import receipt_mark
from bot.store import Store
from bot.times import utc
from tests import hall, recount
from tests.botapi import TOKEN, Remote
from tests.crashes.kit import PATIENCE
from tests.hall import ELEVATOR, PARKING, Hall, Voter
from tests.kit import environment
from tests.voters import RECEIPT, Crowd

# Before the deadline by so much the clock is put forward: it then comes by itself.
_BEFORE = 0.3


@dataclass
class Poll:
    """Voters, the server, and the bot that lives at the moment; `with` ends all bots whatever happens."""

    api: Remote
    hall: Hall
    folder: Path
    bot: tuple[str, ...]
    seed: int = 0
    deaths: int = 0
    _crowd: Crowd = field(init=False)
    _cradle: "subprocess.Popen[str] | None" = None
    _living: int = 0

    def __post_init__(self) -> None:
        self._crowd = Crowd(self.hall.voters, self.hall.items, random.Random(self.seed))

    def __enter__(self) -> Self:
        self._put_forward(0)
        settings = environment(
            JIUGAI_TELEGRAM_TOKEN=TOKEN,
            JIUGAI_TELEGRAM_API=self.api.root,
            JIUGAI_DATABASE=str(self.hall.path),
            NO_PROXY="127.0.0.1",
        )
        words = (sys.executable, "-P", "-m", "tests.crashes.cradle", "--ahead", str(self._ahead), *self.bot)
        with open(self.folder / "stderr", "ab") as log:
            self._cradle = subprocess.Popen(
                words, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._cradle is not None and self._cradle.stdin is not None and self._cradle.stdout is not None
        with suppress(ProcessLookupError):
            if self._living:
                os.kill(self._living, signal.SIGKILL)
        self._cradle.stdin.close()
        self._cradle.wait(PATIENCE)
        self._cradle.stdout.close()
        if isinstance(error, Exception):
            # pytest shows it below the failure.
            log = (self.folder / "stderr").read_text(encoding="utf-8")[-6000:]
            error.add_note(f"seed {self.seed}; {self.deaths} deaths; the bots' last words:\n{log}")

    # ---- bots --------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Bring a bot into the world."""
        assert self._cradle is not None and self._cradle.stdin is not None
        self._cradle.stdin.write("start\n")
        self._cradle.stdin.flush()
        self._living = int(self._heard())

    def kill(self) -> None:
        """SIGKILL."""
        self._ended(signal.SIGKILL, -signal.SIGKILL)
        self.deaths += 1

    def stop(self) -> None:
        """Stop the bot as systemd would."""
        self._ended(signal.SIGTERM, 0)

    def _ended(self, by: signal.Signals, well: int) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself, and that is no good end
            os.kill(self._living, by)
        self._living, code = 0, int(self._heard())
        assert code == well, f"the bot ended with {code}"

    # ---- people ------------------------------------------------------------------------------------------------------

    def bring_about(self) -> None:
        """Let the deadline come in a moment, by the clock."""
        self._put_forward((self.hall.closes - utc()).total_seconds() - _BEFORE)

    def _put_forward(self, seconds: float) -> None:
        new = self._ahead.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self._ahead)  # at once: bots look at it all the time

    def act(self) -> None:
        """Let everybody who sees something new do what comes next."""
        if acts := self._crowd.next(self.api.last(self._crowd.people), time.monotonic()):
            self.api.many(acts)

    def until(self, so: Callable[[], bool], what: str, act: bool = True) -> None:
        """Let people act until something is so."""
        end = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < end, f"{what} did not come"
            if act:
                self.act()
            time.sleep(0.01)

    def everybody_has(self, receipts: int) -> bool:
        """Whether everybody was shown so many receipts or more."""
        return all(len(shown) >= receipts for shown in self._crowd.receipts.values())

    def closed(self) -> bool:
        """Whether the ballot is closed."""
        return self._asked("select count(*) from ballot where state = 'closed'") == 1

    def at_rest(self) -> bool:
        """Whether nothing waits any more, at the server or in the database."""
        waits = (self._asked(f"select count(*) from {table} where state = 'open'") for table in ("inbox", "outbox"))
        return not self.api.pending() and not any(waits)

    # ---- the end -----------------------------------------------------------------------------------------------------

    def wrong(self) -> list[str]:
        """What is not as it must be, after everything came to rest and the bot was stopped."""
        lines = recount.ledger(self.hall)
        found = [f"line {line['n']} after the close: {line['kind']}" for line in lines[_closed_at(lines) + 1 :]]
        acknowledged = self._acknowledged()
        counted: dict[Voter, dict[str, str]] = {}
        for voting in self._crowd.votings:
            own = [line for line in lines if line.get("seat") == voting.voter.number]
            said = [line["choices"] for line in own]
            # Whoever submits waits for an answer: at most the last one can have come after the close.
            if said not in (voting.submitted, voting.submitted[:-1]):
                found.append(f"{voting.voter.user} submitted {voting.submitted}, in the ledger stand {said}")
            receipts = acknowledged[voting.voter.user]
            if {line["receipt"] for line in own} != {receipt_mark(receipt) for receipt in receipts}:
                found.append(f"{voting.voter.user} was shown {receipts} for the lines {[line['n'] for line in own]}")
            if said:
                counted[voting.voter] = said[-1]
        every = sorted(receipt for receipts in acknowledged.values() for receipt in receipts)
        found += recount.disagreements(self.hall, counted, *every)
        if (taken := self._asked("select count(*) from inbox where id like 'telegram/%'")) != self._crowd.did:
            found.append(f"{taken} updates were taken, not {self._crowd.did}")
        # What nobody asked for, such as the result, is said at most once: where it is not known it is not said again.
        ended = "state = 'delivered' or (unasked and state = 'unknown')"
        for what in ("inbox where state <> 'done'", f"outbox where not ({ended})"):
            if left := self._asked(f"select count(*) from {what}"):
                found.append(f"{left} rows of {what}")
        return found

    def selections(self) -> int:
        """How many lines there are of selections."""
        return self._asked("select count(*) from ledger where kind in ('cast', 'changed')")

    def _acknowledged(self) -> dict[int, set[str]]:
        """The receipts that reached each chat."""
        shown: dict[int, set[str]] = {user: set() for user in self._crowd.people}
        for call in self.api.calls():
            if call.effect and call.method in ("sendMessage", "editMessageText"):
                shown[int(str(call.params["chat_id"]))] |= set(RECEIPT.findall(str(call.params["text"])))
        return shown

    def _asked(self, sql: str) -> int:
        with closing(sqlite3.connect(f"{self.hall.path.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute(sql).fetchone()[0])

    def _heard(self) -> str:
        assert self._cradle is not None and self._cradle.stdout is not None
        line = self._cradle.stdout.readline()
        assert line, "no bot can be brought into the world"
        return line

    @property
    def _ahead(self) -> Path:
        return self.folder / "ahead"


def made(folder: Path, voters: int) -> Hall:
    """A ballot of two items over so many owners, in a database of its own."""
    with closing(Store(folder / "jiugai.db")) as store:
        # Not for a day: what waits to be said when the clock is put forward should not be too late then.
        return hall.opened(store, hall.begun(store), hall.owners(voters), (ELEVATOR, PARKING), timedelta(hours=1))


def _closed_at(lines: list[dict[str, object]]) -> int:
    return next(at for at, line in enumerate(lines) if line["kind"] == "closed")
