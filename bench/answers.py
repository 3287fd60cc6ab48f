"""Answers: Jiugai beside retrieval from public libraries, on the same questions in one run.

    python -m bench.answers [FILE …]

What is measured is what `jiugai eval` counts, with its definitions (`knowledge/evaluation`). A peer finds passages of
the policy (see bench/peers.py) and abstains where its best score is below a cut-off; it then shows what comes nearest,
as Jiugai does. Each peer is given its best: how the policy is cut into passages, whether headings are searched too,
whether the best passage or the best three are quoted, the n-grams, and the cut-off are those with most rows right on
these very questions. That favours it: `right, crossed` is what the same choice gives on questions that it has not seen
(each fifth by a choice fitted on the four others). Jiugai is fitted to nothing here; which files its words were
taught by says tests/questions/README.md.

Peers name no dialog and read no English, so a second table holds only the rows in Chinese that expect an answer or
none. Times are of one question after another, each bot in its turn, so their ratios are of neighbours in time.

bench/README.md has the figures of a run, and what to make of them.
"""

import argparse
import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.figures import Table
from bench.fitting import Verdict, Way, chosen, crossed, fitted
from bench.peers import PEERS, Hits, Passage, cuttings
from dialogs import asking
from knowledge.answers import Answer, answerer
from knowledge.evaluation import Figures, Judged, Row, Told, figures, judge, judge_told, read
from knowledge.library import load

T = TypeVar("T")

_QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
_WARM = 20
_SHARES = ("right", "answered", "first", "withheld", "false answer")
_QUOTED = (1, 3)


@dataclass(slots=True)
class Contender:
    """A peer with all its ways: their names, their verdicts and the milliseconds of each by row."""

    ways: list[str] = field(default_factory=list)
    verdicts: list[Way] = field(default_factory=list)
    times: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run over a file gave."""

    rows: Sequence[Row]
    ours: Sequence[Judged]
    times: Sequence[float]
    peers: dict[str, Contender]


def measured(rows: Sequence[Row]) -> Run:
    """Every question put to Jiugai and to every peer in every way, one question after the other."""
    library, mind = load(), answerer()
    mind.warm()
    policy = library.document.text
    cut = list(cuttings(library.document))
    entered = [
        (name, cutting + way, passages, peer)
        for name, make in PEERS.items()
        for cutting, passages in cut
        for way, peer in make(passages).items()
    ]

    def ask(text: str) -> Answer:
        question, answer = mind.understand(text)
        asking.reply(answer, library, question.language)
        return answer

    for row in rows[:_WARM]:
        ask(row.question)
        for _, _, _, peer in entered:
            peer.best(row.question)
    ours, times = [], []
    hits: list[list[tuple[Hits, float]]] = [[] for _ in entered]
    gc.collect()
    for row in rows:
        answer, taken = _timed(ask, row.question)
        ours.append(judge(row, answer, policy))
        times.append(taken)
        for (_, _, _, peer), found in zip(entered, hits, strict=True):
            found.append(_timed(peer.best, row.question))
    peers: dict[str, Contender] = {name: Contender() for name in PEERS}
    for (name, way, passages, _), found in zip(entered, hits, strict=True):
        for most in _QUOTED:
            peers[name].ways.append(f"{way}, best {most}")
            peers[name].verdicts.append(
                [_verdict(row, hit, passages, most, policy) for row, (hit, _) in zip(rows, found, strict=True)]
            )
            peers[name].times.append([taken for _, taken in found])
    return Run(rows, ours, times, peers)


def _timed(ask: Callable[[str], T], question: str) -> tuple[T, float]:
    started = time.perf_counter()
    found = ask(question)
    return found, 1000 * (time.perf_counter() - started)


def _verdict(row: Row, hits: Hits, passages: Sequence[Passage], most: int, policy: str) -> Verdict:
    quotes = tuple(passages[place].quote for place, _ in hits[:most])
    answered, abstained = (judge_told(row, Told(kind, None, quotes), policy) for kind in ("answer", "not_covered"))
    return Verdict(hits[0][1], answered, abstained)


def table(run: Run, places: Sequence[int]) -> tuple[Table, list[str]]:
    """The figures of the rows at `places`, and which way each peer went."""
    found, told = Table(), []
    found.add("", *_SHARES[:1], "right, crossed", *_SHARES[1:], "quoted", "ms p50")
    times = [run.times[place] for place in places]
    ours = figures([run.ours[place] for place in places])
    found.add("Jiugai", *_shown(ours, None), f"{median(times):.2f} ms")
    for name, peer in run.peers.items():
        ways: list[Way] = [[way[place] for place in places] for way in peer.verdicts]
        choice = fitted(ways, range(len(places)))
        theirs, across = figures(chosen(ways, choice)), figures(crossed(ways)).shares["right"]
        ratio = median(peer.times[choice.way][place] for place in places) / median(times)
        found.add(name, *_shown(theirs, f"{across.percent:.1f}"), f"× {ratio:.2f}")
        told.append(f"{name}: {peer.ways[choice.way]}, cut-off {choice.cutoff:.3g}")
    return found, told


def _shown(found: Figures, across: str | None) -> list[str]:
    shares = [f"{found.shares[name].percent:.1f}" if name in found.shares else "–" for name in _SHARES]
    return [shares[0], across or "–", *shares[1:], f"{found.others['quoted']:g}"]


def in_reach(rows: Iterable[Row]) -> list[int]:
    """The rows that a peer could have right: in Chinese, and no dialog expected."""
    return [place for place, row in enumerate(rows) if row.expect != "dialog" and not row.lang.startswith("en")]


def main() -> None:
    parser = argparse.ArgumentParser(
        "python -m bench.answers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="*", type=Path, help="questions (those of the tests)")
    for file in parser.parse_args().file or sorted(_QUESTIONS.glob("*.jsonl")):
        run = measured(read(file.read_text("utf-8")))
        for title, places in (("all", list(range(len(run.rows)))), ("Chinese, no dialogs", in_reach(run.rows))):
            found, told = table(run, places)
            print(f"\n{file.name}, {title}: {len(places)} questions, in percent\n\n{found}\n")
            print("\n".join(told))


if __name__ == "__main__":
    main()
