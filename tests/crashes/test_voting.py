"""Voting on a bad day: every update comes twice, people overtake one another, calls fail, and the bot is killed again
and again, the close among it. Every selection that was acknowledged is counted once, and none after the close."""

import random
import time
from pathlib import Path

import pytest

from tests.botapi import Remote
from tests.crashes.kit import posix
from tests.crashes.poll import Poll, made
from tests.lengths import long_form

SEED = 20180008
# As in test_bad_day.py. What the Bot API does not answer in time is left to the long form: it only takes long.
SERVER = (
    "--no-flood --twice --shuffle --query-life 3600 --fault-rate 0.05 --fault-methods "
    "sendMessage editMessageText deleteMessage answerCallbackQuery sendPhoto getUpdates getMe setMyCommands"
).split()
QUICK = ("--fault-kinds", "429", "500", "502", "504", "cut_before", "cut_after")
BOT = ("--no-limits", "--http-seconds", "4", "--poll-seconds", "1", "--pause", "0.1")
_RECEIPTS = 2  # that everybody has, one changed mind, before the deadline


def _form(number: int) -> object:
    return pytest.param(24, 20, SEED + number, (), id=f"long-{number}", marks=long_form)


@posix
@pytest.mark.parametrize(
    ("voters", "deaths", "seed", "faults"),
    [pytest.param(8, 3, SEED, QUICK, id="short"), *map(_form, range(1, 11))],
)
def test_what_was_acknowledged_is_counted_once_whatever_dies(
    voters: int, deaths: int, seed: int, faults: tuple[str, ...], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    hall = made(tmp_path, voters)
    with (
        Remote.start(*SERVER, *faults, "--seed", str(seed)) as api,
        Poll(api, hall, tmp_path, BOT, seed) as poll,
    ):
        for death in range(deaths):
            poll.start()
            if death == deaths * 2 // 3:
                poll.until(lambda: poll.everybody_has(_RECEIPTS), "a second receipt for everybody")
                poll.bring_about()
            # Around the deadline a little longer: some submit before the closing itself has been written.
            moment = time.monotonic() + chance.expovariate(2) + (death == deaths * 2 // 3)
            poll.until(lambda: time.monotonic() > moment, "the moment")  # noqa: B023
            poll.kill()
        poll.start()
        poll.until(poll.closed, "the close")
        poll.until(poll.at_rest, "rest", act=False)
        poll.stop()
        wrong = poll.wrong()
        assert not wrong, "\n".join(wrong[:20])
        assert poll.deaths == deaths
        assert poll.selections() >= _RECEIPTS * voters
