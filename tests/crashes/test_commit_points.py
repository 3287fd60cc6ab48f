"""The bot dies at one commit after another, and after one answer after another: nothing is lost, nothing is doubled
but a call whose answer was received and could not be settled any more."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.botapi import Remote
from tests.crashes.kit import VICTIM, Run, posix
from tests.crashes.people import fixed
from tests.crashes.record import Record
from tests.crashes.victim import WHEN
from tests.lengths import long_form

# How many commits there are differs a little from run to run, for they are shared as it comes. So one run that gets
# through is not the end yet; so many in a row are.
THROUGH = 4
MOST = 300  # many more commits or answers than the script needs
AT_ONCE = 2


def death(when: str, number: int, folder: Path) -> Record:
    """Let the bot die at its Nth moment, start it again, and check what came of it."""
    folder.mkdir()
    # The limits are Telegram's own, but for the pause within a chat, which only takes time here.
    with Remote.start("--private-gap", "0", "--query-life", "3600") as api, Run(api, fixed(), folder, number) as run:
        run.start(*VICTIM, "--private-gap", "0", "--die", when, str(number))
        while not (run.until(run.at_rest, f"rest after {when} {number}") and run.stop()):
            assert len(run.deaths) == 1, f"it died again, at {when} {number}"
            run.start(*VICTIM, "--private-gap", "0")
        record = run.finished()
        # Nothing failed but this one process: who did not die repeats nothing.
        assert run.deaths or not record.repeated
        return record


@posix
def test_a_death_loses_nothing(tmp_path: Path) -> None:
    """A sample; this moment comes in every run, for each chat is answered call by call."""
    sample = (("after-answer", 9),)
    with ThreadPoolExecutor(AT_ONCE) as several:
        for record in several.map(lambda moment: death(moment[0], moment[1], tmp_path / moment[0]), sample):
            assert record.deaths


@posix
@long_form
@pytest.mark.parametrize("when", WHEN)
def test_a_death_at_any_moment_loses_nothing(when: str, tmp_path: Path) -> None:
    records: list[Record] = []
    with ThreadPoolExecutor(AT_ONCE) as several:
        while not records or any(record.deaths for record in records[-THROUGH:]):
            assert len(records) < MOST, f"after {len(records)} times it still died {when}"
            numbers = range(len(records) + 1, len(records) + 1 + AT_ONCE)
            records += several.map(lambda number: death(when, number, tmp_path / str(number)), numbers)
    # Else these deaths are none: every kind of them leaves some call that was carried out and not settled.
    assert any(record.repeated for record in records)
