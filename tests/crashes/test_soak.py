"""Many people at once, on a good day: everybody is answered, in their own order, and no call is refused."""

from pathlib import Path

from tests.botapi import Remote
from tests.crashes.kit import PLAIN, Run
from tests.crashes.people import crowd
from tests.lengths import long_form

SEED = 20180004


@long_form
def test_everyone_is_answered_in_order_and_no_call_is_refused(tmp_path: Path) -> None:
    with (
        Remote.start("--private-gap", "1.0", "--seed", str(SEED)) as api,
        Run(api, crowd(50, 10, SEED), tmp_path, SEED) as run,
    ):
        run.start(*PLAIN)
        assert run.until(run.at_rest, "rest"), "nobody has killed it"
        assert run.stop()
        record = run.finished()
        assert not record.repeated
        assert api.rejected() == []
