"""Several at once: processes that close, the clock among them, and votes in the moment of the close."""

import json
from datetime import timedelta
from subprocess import Popen

from bot.times import utc
from tests.bot.rounds.kit import DAY, Office
from tests.bot.store.kit import ended, process
from tests.lengths import IS_LONG

# Each process says that it is ready, and does its act once for each line that it is given, with the words in it.
CLOSING = """
import io, json, os, sys
from contextlib import redirect_stderr, redirect_stdout
os.environ["JIUGAI_DATABASE"] = sys.argv[1]
from bot.cli import main
import bot.commands.office
print("ready", flush=True)
for line in sys.stdin:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as err:
        code = main(["office", "ballot", "close", *json.loads(line), "--as", sys.argv[2], "--yes"])
    print(json.dumps([code, err.getvalue()]), flush=True)
"""
TICKING = """
import json, sys
from pathlib import Path
from bot.channels import clock
from bot.store import Store
from bot.times import utc
from bot.turn import Turns
store = Store(Path(sys.argv[1]))
turns = Turns(None, {}, utc, deeds={clock.CHANNEL: clock.deed})
print("ready", flush=True)
for _ in sys.stdin:
    store.write(lambda tx: clock.tick(tx, turns, utc())).result()
    print(json.dumps([0, ""]), flush=True)
store.close()
"""
VOTING = """
import secrets, sys
from datetime import datetime
from pathlib import Path
from ballots.casting import Recorded, Changed, cast
from ballots.standing import Choice, Selection
from bot.store import Store
from bot.store.ballots import Ballots
store, id, number, now = Store(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3]), datetime.fromisoformat(sys.argv[4])
def vote(tx):
    ballots = Ballots(tx.connection)
    stands = ballots.ballot(id), ballots.standing(id, number)
    outcome = cast(*stands, Selection({"menu-13": Choice.FOR}), now, secrets.token_bytes(32))
    if isinstance(outcome, Recorded | Changed):
        ballots.append(id, [outcome.entry])
    return type(outcome).__name__
print("ready", flush=True)
sys.stdin.readline()
print(store.write(vote).result())
store.close()
"""


def told(child: Popen[str], *words: str) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(words) + "\n")
    child.stdin.flush()


def said(child: Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def test_of_two_staff_and_the_clock_who_close_at_once_one_does_and_the_others_are_told(office: Office) -> None:
    now = utc()
    children = [
        process(CLOSING, office.path, office.ann),
        process(CLOSING, office.path, office.bob),
        process(TICKING, office.path),
    ]
    for child in children:
        assert said(child) == "ready\n"
    for _ in range(3 if IS_LONG else 1):
        id = office.opened(now=now - 2 * DAY, closes=now - DAY)
        for child in children:
            told(child, id)
        ends = [json.loads(said(child)) for child in children]
        assert office.kinds(id) == ["closed"]
        codes = [code for code, _ in ends]
        assert codes[2] == 0 and codes[:2].count(0) <= 1, ends
        for code, err in ends[:2]:
            assert (err == "") is (code == 0)
            assert code == 0 or ("已经截止" in err and len(err.splitlines()) == 1)
        done = [line for line in office.audit(10) if line.about == id and line.act == "ballot.close"]
        assert [line.outcome for line in done].count("done") == 1
    for child in children:
        assert ended(child) == ""


def test_a_vote_and_a_close_at_once_leave_a_ledger_that_counts(office: Office) -> None:
    now = utc()
    id = office.opened(now=now - 2 * DAY, closes=now + DAY)
    numbers = office.numbers(id)
    voting = (now + timedelta(seconds=1)).isoformat()
    children = [process(VOTING, office.path, id, number, voting) for number in numbers.values()]
    office_closes = process(CLOSING, office.path, office.ann)
    for child in [*children, office_closes]:
        assert said(child) == "ready\n"
    for child in children[:3]:
        told(child)
    told(office_closes, id, "--because", "都投完了")
    for child in children[3:]:
        told(child)
    outcomes = [ended(child).strip() for child in children]
    assert json.loads(ended(office_closes)) == [0, ""]
    kinds = office.kinds(id)
    assert set(outcomes) <= {"Recorded", "Refused"}
    assert kinds == ["cast"] * outcomes.count("Recorded") + ["closed"]
    rows = office.do(lambda tx: tx.connection.rows("select line from ledger where ballot = :id order by n", id=id))
    assert json.loads(rows[-1]["line"])["kind"] == "closed"
