"""python -m tests.crashes.victim: the bot as `jiugai serve` runs it, hurried for tests, or made to kill itself.

`--die WHEN N`: the process sends itself SIGKILL right before or right after its Nth commit, or right after its Nth
answer from the Bot API has been received, before anything is made of it.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from telegram.error import TelegramError

from bot import cli
from bot.channels.telegram import client, delivery, polling
from bot.pauses import Pauses
from bot.sender import Limit
from bot.store.dialect import Sqlite

WHEN = ("before-commit", "after-commit", "after-answer")


def options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.crashes.victim", description=__doc__)
    add = parser.add_argument
    add("--die", nargs=2, metavar=("WHEN", "N"), help=" | ".join(WHEN))
    add("--http-seconds", type=float, default=client.SECONDS, help="how long an answer may take")
    add("--poll-seconds", type=int, default=client.POLL_SECONDS)
    add("--pause", type=float, default=1.0, help="seconds of the first pause after a failure")
    add("--private-gap", type=float, default=1.0, help="seconds between two messages in a private chat")
    add("--no-limits", action="store_true", help="for a server without flood control")
    return parser.parse_args(words)


def hurry(given: argparse.Namespace) -> None:
    """Shorten what a test would only wait for. Nothing of the order of things is changed."""
    patch.object(client, "SECONDS", given.http_seconds).start()
    patch.object(polling, "POLL_SECONDS", given.poll_seconds).start()
    patch.object(Pauses.__init__, "__defaults__", (given.pause, 300.0)).start()
    patch.object(delivery, "_CHAT", Limit(1, given.private_gap)).start()
    if given.no_limits:
        patch.object(delivery, "OVERALL", None).start()
        patch.object(delivery, "lane_limits", lambda lane: ()).start()


def doom(when: str, number: int) -> None:
    """Let the process die at its Nth commit or answer."""
    step = _countdown(number)
    commit, call = Sqlite.commit, client.Client.call

    def committed(connection: Sqlite) -> None:
        if when == "before-commit":
            step()
        commit(connection)
        if when == "after-commit":
            step()

    async def called(self: client.Client, method: str, **params: Any) -> Any:
        try:
            result = await call(self, method, **params)
        except TelegramError:  # a refusal is an answer as well; that the call was cancelled is none
            step()
            raise
        step()
        return result

    if when == "after-answer":
        patch.object(client.Client, "call", called).start()
    else:
        patch.object(Sqlite, "commit", committed).start()


def _countdown(number: int) -> Callable[[], None]:
    left = number
    lock = threading.Lock()  # commits happen in the writer's thread

    def step() -> None:
        nonlocal left
        with lock:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return step


if __name__ == "__main__":
    chosen = options(sys.argv[1:])
    hurry(chosen)
    if chosen.die:
        assert chosen.die[0] in WHEN, f"no such moment: {chosen.die[0]}"
        doom(chosen.die[0], int(chosen.die[1]))
    sys.exit(cli.main(["serve"]))
