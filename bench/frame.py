"""The frame: what durable intake costs. Jiugai beside a bare echo bot, on the same loopback Bot API, in turns.

    python -m bench.frame

A is Jiugai with its limiter off, answering a fixed command; every update and every reply is committed to a file.
B is python-telegram-bot's polling with one handler that sends the text back, and keeps nothing; C is B with
concurrent_updates. Each round runs each of them once, in a process of its own, so ratios are of neighbours in time.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench import intake
from bench.figures import Spread, Table, percentile
from bench.load import Crowd
from bench.subjects import Subject, running
from tests.botapi import Remote

_QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "tuning.jsonl"
_COMMAND = "/privacy"
_WARM = 100
_NAMES = {
    "A": "A  Jiugai, /privacy",
    "B": "B  echo bot",
    "C": "C  echo bot, concurrent_updates",
    "Q": "Q  Jiugai, real questions",
}


@dataclass(frozen=True, slots=True)
class Paced:
    """Update-to-send of one round, in milliseconds."""

    p50: float
    p99: float


@dataclass(slots=True)
class Results:
    """What the rounds gave, by subject."""

    bursts: dict[str, list[float]] = field(default_factory=dict)
    steady: dict[str, list[Paced]] = field(default_factory=dict)
    single: dict[str, list[Paced]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What A's database holds after all: one row for each update, all of them done, all calls delivered."""

    said: int
    done: int
    delivered: int
    pragmas: str


def options(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m bench.frame", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--rounds", type=int, default=3, help="how often each bot has its turn (%(default)s)")
    add("--burst", type=int, default=1000, help="updates that wait in advance (%(default)s)")
    add("--rate", type=float, default=50.0, help="updates a second of the steady load (%(default)s)")
    add("--seconds", type=float, default=2.0, help="how long each pace is kept (%(default)s)")
    add("--intake-seconds", type=float, default=0.5, help="how long each way of intake runs in a round (%(default)s)")
    add("--folder", type=Path, help="where the databases stand for the time of the run (the system's temporary folder)")
    return parser.parse_args(words)


def questions() -> list[str]:
    """Questions as residents ask them, those of the tests."""
    return [json.loads(line)["question"] for line in _QUESTIONS.read_text("utf-8").splitlines()]


def measured(name: str, crowd: Crowd, given: argparse.Namespace, results: Results) -> int:
    """One turn of one bot; how many updates it was given."""
    ways = {name: [_COMMAND]} | ({"Q": questions()} if name == "A" else {})
    before = crowd.said
    for texts in ways.values():
        crowd.burst(texts, _WARM)
    for way, texts in ways.items():
        # Questions take several times as long, and a quarter of them tells as much.
        number = given.burst if way == name else max(1, given.burst // 4)
        results.bursts.setdefault(way, []).append(crowd.burst(texts, number))
        for paces, rate in ((results.steady, given.rate), (results.single, 10.0)):
            times = crowd.paced(texts, rate, given.seconds)
            at = Paced(1000 * percentile(times, 0.5), 1000 * percentile(times, 0.99))
            paces.setdefault(way, []).append(at)
    crowd.settled()
    return crowd.said - before


def rounds(api: Remote, folder: Path, given: argparse.Namespace) -> tuple[Results, Kept]:
    """All turns, and what A's database holds after them."""
    results, crowd, said, told = Results(), Crowd(api), 0, ""
    database = folder / "frame.db"
    words = {"A": ("bench.jiugai", api.root, str(database)), "B": ("bench.echo", api.root)}
    words["C"] = (*words["B"], "--concurrent")
    for number in range(given.rounds):
        # There and back, so that what drifts falls on all alike.
        for name in "ABC" if number % 2 == 0 else "CBA":
            with running(folder / f"{name}.log", *words[name]) as bot:
                count = measured(name, crowd, given, results)
                if name == "A":
                    said, told = said + count, pragmas(bot)
    return results, Kept(
        said,
        counted(database, "select count(*) from inbox where state = 'done'"),
        counted(database, "select count(*) from outbox where state = 'delivered'"),
        told,
    )


def pragmas(bot: Subject) -> str:
    """How its writer commits, as its own connection says."""
    return ", ".join(f"{name} = {value}" for name, value in bot.told.items())


def counted(database: Path, query: str) -> int:
    """A number that a query gives, read as another process would."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute(query).fetchone()[0])


@dataclass(frozen=True, slots=True)
class Killed:
    """A bot that was killed in the midst of a burst, and started again."""

    confirmed: int
    kept: int
    said: int
    answered: int


def killed(api: Remote, folder: Path, number: int) -> Killed:
    """Kill Jiugai while it takes a burst in: what was confirmed to the server must be in the file already."""
    database = folder / "killed.db"
    words = ("bench.jiugai", api.root, str(database))
    crowd = Crowd(api, first=10_000_000)
    with running(folder / "killed.log", *words) as bot:
        crowd.burst([_COMMAND], _WARM)
        people = crowd.queue([_COMMAND], number)
        while api.pending() > number * 3 // 4:
            time.sleep(0.002)
        bot.kill()
    confirmed = _WARM + number - api.pending()
    kept = counted(database, "select count(*) from inbox")
    with running(folder / "killed.log", *words):
        replies = crowd.answered(people)
        crowd.settled()
    return Killed(confirmed, kept, number, len(replies))


def speeds(results: Results) -> Table:
    """The figures of each bot, and the ratios of A and B."""
    table = Table()
    table.add("", "updates/s, burst", "p50 ms, steady", "p99 ms, steady", "p50 ms, one by one", "p99 ms, one by one")
    columns = {name: _columns(results, name) for name in _NAMES}
    for name, spreads in columns.items():
        table.add(_NAMES[name], spreads[0].text(0), *(spread.text(1) for spread in spreads[1:]))
    for one, other in ("AB", "AC", "QB"):
        pairs = zip(columns[one], columns[other], strict=True)
        table.add(f"{one}/{other}", *(mine.over(theirs).text(2) for mine, theirs in pairs))
    return table


def claim(results: Results) -> str:
    """What the pairs say whatever the machine: only what holds in every round."""
    mine, theirs = _columns(results, "A"), _columns(results, "B")
    said = []
    for name, at, more in (("updates/s", 0, True), ("p50", 1, False), ("p99", 2, False)):
        ratios = mine[at].over(theirs[at]).values
        least, greatest = min(ratios), max(ratios)
        good = least >= 1 if more else greatest <= 1
        bad = greatest < 1 if more else least > 1
        said.append(f"{name} {'no worse' if good else 'worse' if bad else 'undecided'} ({least:.2f} to {greatest:.2f})")
    return f"Claim: Jiugai, every update on the disk, against the echo bot that keeps nothing: {', '.join(said)}."


def _columns(results: Results, name: str) -> list[Spread]:
    steady, single = results.steady[name], results.single[name]
    return [
        Spread(tuple(results.bursts[name])),
        *(
            Spread(tuple(each))
            for paces in (steady, single)
            for each in ([pace.p50 for pace in paces], [pace.p99 for pace in paces])
        ),
    ]


def intakes(folder: Path, number: int, seconds: float) -> Table:
    """The store's own rates beside SQLite's, and their ratios."""
    found = []
    for turn in range(number):
        place = folder / f"intake{turn}"
        place.mkdir()
        found.append(intake.rates(place, seconds))
    batches, singles, raw = (
        Spread(tuple(getattr(rates, way) for rates in found)) for way in ("batches", "singles", "raw")
    )
    table = Table()
    table.add("", "rows/s", "ratio to raw")
    table.add(f"store, batches of {intake.BATCH}", batches.text(0), batches.over(raw).text(2))
    table.add(f"store, one by one from {intake.TASKS} tasks", singles.text(0), singles.over(raw).text(2))
    table.add("SQLite, one commit a row (raw)", raw.text(0), "1")
    return table


def main() -> None:
    given = options()
    with tempfile.TemporaryDirectory(dir=given.folder) as name, Remote.start("--no-flood") as api:
        folder = Path(name)
        results, kept = rounds(api, folder, given)
        print(f"{given.rounds} rounds; medians, with the least and the greatest of the rounds; ratios of each round.")
        print(
            f"Steady: {given.rate:g} a second for {given.seconds:g} s; one by one: 10 a second, each finds an idle bot."
        )
        print(speeds(results))
        print(
            "updates/s: more is better; p50 and p99, from a person's word to the arrival of its reply: less is better."
        )
        print(claim(results))
        print("\nDurable intake")
        print(f"the writer's own connection: {kept.pragmas} (2 is full)")
        print(f"A was given {kept.said} updates: {kept.done} inbox rows done, {kept.delivered} calls delivered")
        end = killed(api, folder, given.burst)
        print(
            f"killed in mid-burst: {end.confirmed} updates confirmed to the server, {end.kept} rows in the file; "
            f"started again: {end.answered} of {end.said} people answered"
        )
        print(intakes(folder, given.rounds, given.intake_seconds))
        assert kept.done == kept.said, "an update has no row that is done"
        assert end.kept >= end.confirmed, "an update was confirmed before it was committed"
        assert end.answered == end.said, "someone was not answered after the kill"


if __name__ == "__main__":
    main()
