"""Many people at once, on a good day: everybody is answered, in their own order, and no call is refused."""

from pathlib import Path

import pytest

from tests.botapi import Remote
from tests.crashes.kit import PLAIN, VICTIM, Run
from tests.crashes.people import crowd
from tests.lengths import long_form

SEED = 20180004


@pytest.mark.parametrize(
    ("people", "steps", "gap", "bot"),
    [
        pytest.param(8, 5, 0.1, (*VICTIM, "--private-gap", "0.1"), id="short"),
        pytest.param(50, 10, 1.0, PLAIN, id="long", marks=long_form),
    ],
)
def test_everyone_is_answered_in_order_and_no_call_is_refused(
    people: int, steps: int, gap: float, bot: tuple[str, ...], tmp_path: Path
) -> None:
    with (
        Remote.start("--private-gap", str(gap), "--seed", str(SEED)) as api,
        Run(api, crowd(people, steps, SEED), tmp_path, SEED) as run,
    ):
        run.start(*bot)
        assert run.until(run.at_rest, "rest"), "nobody has killed it"
        assert run.stop()
        record = run.finished()
        assert not record.repeated
        assert api.rejected() == []
