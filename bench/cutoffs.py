"""Cut-offs: the weights of `knowledge.answers.cutoffs.Cutoffs`, learnt from questions whose passages are known.

    python -m bench.cutoffs [FILE …] [--write]

Every row is answered with hunches that were learnt without its fifth of the rows (bench/hunches.py): those of the
package were learnt from these very rows, and would be trusted too much. The weights are searched by coordinate ascent
from where they stand: each in turn is tried lower and higher, and changed only where that is worth it on more than two
questions in a thousand: what gains less is chance, and another order of the same answers for nothing. A question is
worth 1 if it ends right, and a quarter more if the first quote helps; a false claim costs half. No weight belongs to a
single question, and the folds say how far the learning goes beyond the questions learnt from: `crossed` is what each
fifth gets by weights learnt on the four others.

`--write` puts the weights learnt on all rows into knowledge/answers/cutoffs.py. Without FILE the questions of
tests/questions/tuning.jsonl and rounds.jsonl.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

from bench.figures import Table
from bench.hunches import FOLDS, ROWS, SHARES, marked, shares, without
from knowledge.answers import Answerer
from knowledge.answers.cutoffs import LEARNT, Cutoffs
from knowledge.evaluation import Judged, Row, figures, judge, read
from knowledge.learnt import Hunches
from knowledge.library import load

PASSES = 2
STEPS = (0.6, 0.8, 1.25, 1.6)
_ROOT = Path(__file__).parents[1]
_CUTOFFS = _ROOT / "knowledge" / "answers" / "cutoffs.py"
_AMOUNTS = frozenset({"tells", "speaks", "hints", "hunch"})  # the others are shares of a whole
GAIN = 0.002  # least gain a question, for a change to be made
_MOST = 1.0  # no share is more than the whole

Outcomes = Sequence[Judged]


class Trials:
    """What becomes of every row under given weights; each set of weights is tried once."""

    def __init__(self, rows: Sequence[Row], run: Callable[[Iterable[Cutoffs]], Iterable[Outcomes]]) -> None:
        self.rows, self._run = rows, run
        self._known: dict[Cutoffs, Outcomes] = {}

    def of(self, *weights: Cutoffs) -> list[Outcomes]:
        """The outcomes under each of the weights, in their order."""
        fresh = [one for one in dict.fromkeys(weights) if one not in self._known]
        self._known.update(zip(fresh, self._run(fresh), strict=True))
        return [self._known[one] for one in weights]

    def learnt(self, rows: Sequence[int]) -> Cutoffs:
        """The weights that serve these rows (by their places) best, as far as the search sees."""
        best = LEARNT
        worth = _worth(self.of(best)[0], rows)
        for _ in range(PASSES):
            before = worth
            for name in asdict(best):
                tried = _neighbours(best, name)
                worths = [_worth(outcomes, rows) for outcomes in self.of(*tried)]
                if max(worths) > worth + GAIN:
                    worth, best = max(worths), tried[worths.index(max(worths))]
            if worth == before:
                break
        return best

    def crossed(self) -> Outcomes:
        """Every row's outcome under weights that were learnt without it."""
        places = range(len(self.rows))
        found: dict[int, Judged] = {}
        for fold in range(FOLDS):
            outcomes = self.of(self.learnt([place for place in places if place % FOLDS != fold]))[0]
            found |= {place: outcomes[place] for place in places if place % FOLDS == fold}
        return [found[place] for place in places]


def _neighbours(weights: Cutoffs, name: str) -> list[Cutoffs]:
    value = getattr(weights, name)
    most = 20.0 if name in _AMOUNTS else _MOST
    steps = dict.fromkeys(round(min(most, value * step), 3) for step in STEPS)
    return [replace(weights, **{name: step}) for step in steps if step != value]


def _worth(outcomes: Outcomes, rows: Sequence[int]) -> float:
    chosen = [outcomes[place] for place in rows]
    false = sum(one.row.expect == "abstain" and one.told.kind == "answer" for one in chosen)
    return (sum(one.right + 0.25 * one.first for one in chosen) - 0.5 * false) / len(chosen)


_rows: list[Row] = []
_hunches: list[Hunches] = []  # by fold


def _read_into_worker(rows: list[Row], hunches: list[bytes]) -> None:
    _rows[:] = rows
    _hunches[:] = map(Hunches, hunches)


def _outcomes(weights: Cutoffs) -> Outcomes:
    library = load()
    minds = [Answerer(library, weights, hunches) for hunches in _hunches]
    return [
        judge(row, minds[place % FOLDS].answer(row.question), library.document.text) for place, row in enumerate(_rows)
    ]


def _written(weights: Cutoffs) -> None:
    source = _CUTOFFS.read_text("utf-8")
    for name, value in asdict(weights).items():
        source = re.sub(rf"^(    {name}: float = )[\d.]+", rf"\g<1>{value}", source, flags=re.MULTILINE)
    _CUTOFFS.write_text(source, "utf-8")


def main() -> None:
    """Learn, print the figures beside those of the weights as they stand, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=ROWS, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="put what was learnt into knowledge/answers/cutoffs.py")
    args = parser.parse_args()
    rows = [row for file in args.files for row in read(file.read_text("utf-8"))]
    hunches = [without(rows, marked(), fold) for fold in range(FOLDS)]
    with ProcessPoolExecutor(initializer=_read_into_worker, initargs=(rows, hunches)) as pool:
        trials = Trials(rows, lambda weights: pool.map(_outcomes, weights))
        (now,) = trials.of(LEARNT)
        best = trials.learnt(range(len(rows)))
        table = Table()
        table.add("weights", *SHARES)
        table.add(*shares("as they stand", figures(now)))
        table.add(*shares("learnt, on the same rows", figures(trials.of(best)[0])))
        table.add(*shares("learnt, crossed", figures(trials.crossed())))
    print(table)
    for name, value in asdict(best).items():
        print(f"{name:12} {getattr(LEARNT, name):8g} → {value:g}")
    if args.write:
        _written(best)


if __name__ == "__main__":
    main()
