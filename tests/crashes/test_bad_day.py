"""A bad day: every update comes twice, people overtake one another, calls fail, and the bot is killed again and again.

What may then be said twice is told in record.py.
"""

import random
import time
from pathlib import Path

import pytest

from tests.botapi import Remote
from tests.crashes.kit import VICTIM, Run, posix
from tests.crashes.people import crowd
from tests.lengths import long_form

SEED = 20180005
# Everything that can fail. Limits are off on both sides, and one waits less for an answer: what is tested does not
# hang on them. An answer that is only slow takes 0.2 s, so it is never taken for lost.
SERVER = (
    "--no-flood --twice --shuffle --query-life 3600 --fault-rate 0.05 "
    "--fault-methods sendMessage editMessageText deleteMessage answerCallbackQuery getUpdates getMe setMyCommands"
).split()
BOT = (*VICTIM, "--no-limits", "--http-seconds", "4", "--poll-seconds", "1", "--pause", "0.1")


@posix
@pytest.mark.parametrize(
    ("people", "steps", "deaths"),
    [pytest.param(6, 4, 1, id="short"), pytest.param(50, 10, 10, id="long", marks=long_form)],
)
def test_whatever_fails_everyone_is_answered_once_and_in_order(
    people: int, steps: int, deaths: int, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    with (
        Remote.start(*SERVER, "--seed", str(SEED)) as api,
        Run(api, crowd(people, steps, SEED), tmp_path, SEED) as run,
    ):
        for wave in range(1, deaths + 1):
            run.start(*BOT)
            _some_work(run, run.updates * wave // (deaths + 1), chance)
            run.kill()
        run.start(*BOT)
        assert run.until(run.at_rest, "rest"), "nobody has killed it"
        assert run.stop()
        record = run.finished()
        assert len(run.deaths) == deaths
        # Else it was no bad day. Chance strikes about one call of twenty; over 500 messages ten is few.
        assert run.updates < 500 or sum(call.fault is not None for call in record.calls) >= 10


def _some_work(run: Run, most: int, chance: random.Random) -> None:
    """Let people act, and the bot work until a moment that chance chooses: after so many calls, or so long after its
    start, which may be before it has done anything."""
    if chance.random() < 0.3:
        run.act(most)
        moment = time.monotonic() + chance.uniform(0, 1.5)
        run.until(lambda: time.monotonic() > moment, "the moment", most)
        return
    # Every step makes one call or more, and at least half of this wave's are made by a bot that works.
    new = max(most - run.acted, 2)
    run.act(most)
    before = len(run.api.calls())
    count = before + chance.randint(1, new)
    run.until(lambda: len(run.api.calls()) >= count, f"{count} calls", most)
