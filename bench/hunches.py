"""Hunches: the weights of `knowledge.learnt.Hunches`, learnt from questions whose passages are known.

    python -m bench.hunches [FILE …] [--write]

Ridge regression from the features of a question to the points that answer it, and to whether the text tells it at all;
each feature counts by how rare it is, and a question by the size of all its features as one. A feature that fewer than
FEWEST questions have is not learnt, and weights below LEAST are dropped.

The rows of FILE (without one: tests/questions/tuning.jsonl and rounds.jsonl) teach both, those of
tests/questions/marked.jsonl only what the text tells. `crossed` is what each fifth of the rows gets by weights that
were learnt without it; `no hunches` what the answering does by itself.

`--write` puts the weights learnt on all of them into knowledge/learnt/weights.tsv.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from bench.figures import Table
from knowledge.answers import Answerer
from knowledge.answers.features import features
from knowledge.answers.reader import Reader
from knowledge.evaluation import Figures, Judged, Row, figures, judge, read, squeezed
from knowledge.learnt import UNTOLD, WEIGHTS, Hunches, name
from knowledge.library import Library, load
from knowledge.words import fold

FOLDS = 5
FEWEST = 2  # questions that must have a feature, for it to be learnt
LEAST = 0.03  # weight below which one is dropped
SMOOTHING = 0.7  # of the ridge regression
_ROOT = Path(__file__).parents[1]
_QUESTIONS = _ROOT / "tests" / "questions"
ROWS = [_QUESTIONS / "tuning.jsonl", _QUESTIONS / "rounds.jsonl"]
_MARKED = _QUESTIONS / "marked.jsonl"
_WEIGHTS = _ROOT / "knowledge" / "learnt" / WEIGHTS
SHARES = ("right", "answered", "offered", "first", "withheld", "false answer")

Sparse = Mapping[int, float]  # place → value; 0 where there is none
# Vectors, what is wanted of each, how many places a vector and a wanted one have → for each place of a wanted one its
# weights by place of a vector, and what it gets for nothing.
Fit = Callable[[Sequence[Sparse], Sequence[Sparse], int, int], tuple[Sequence[Sequence[float]], Sequence[float]]]
Marked = tuple[str, bool]  # a question, and whether the text is silent on it


def ridge(
    vectors: Sequence[Sparse], wanted: Sequence[Sparse], size: int, targets: int
) -> tuple[Sequence[Sequence[float]], Sequence[float]]:
    """Ridge regression (a `Fit`), by scikit-learn."""
    from scipy.sparse import csr_array
    from sklearn.linear_model import Ridge

    def matrix(rows: Sequence[Sparse], width: int) -> csr_array:
        places = [(number, place) for number, row in enumerate(rows) for place in row]
        values = [value for row in rows for value in row.values()]
        return csr_array((values, tuple(zip(*places, strict=True))), shape=(len(rows), width))

    model = Ridge(alpha=SMOOTHING, solver="sparse_cg", tol=1e-3)
    model.fit(matrix(vectors, size), matrix(wanted, targets).toarray())
    return model.coef_.reshape(targets, size).tolist(), model.intercept_.reshape(targets).tolist()


def learnt(rows: Sequence[Row], marked: Sequence[Marked], library: Library, fit: Fit = ridge) -> bytes:
    """The content of weights.tsv (see `Hunches`), learnt from rows and marked questions."""
    reader = Reader(library)
    texts = [*(row.question for row in rows), *(question for question, _ in marked)]
    given = [features(reader.read(fold(text))) for text in texts]
    held = Counter(feature for found in given for feature in found)
    known = sorted(feature for feature, often in held.items() if often >= FEWEST)
    rarity = [round(math.log((1 + len(given)) / (1 + held[feature])) + 1, 2) for feature in known]
    places = {feature: place for place, feature in enumerate(known)}
    vectors = [_vector((places[feature] for feature in found if feature in places), rarity) for found in given]
    told = list(_told(rows, library))
    untold = [*(row.expect == "abstain" for row in rows), *(silent for _, silent in marked)]
    points, point_gifts = fit(vectors[: len(rows)], told, len(known), len(library.points))
    silence, silence_gift = fit(vectors, [{0: float(silent)} for silent in untold], len(known), 1)
    targets = [*(name(point) for point in library.points), UNTOLD]
    lines = [targets, _thousandths([*point_gifts, *silence_gift])]
    for place, feature in enumerate(known):
        weights = [*(target[place] for target in points), silence[0][place]]
        kept = [f"{at}:{round(1000 * weight)}" for at, weight in enumerate(weights) if abs(weight) >= LEAST]
        if kept:
            lines.append([feature, f"{rarity[place]:g}", " ".join(kept)])
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def _vector(places: Iterable[int], rarity: Sequence[float]) -> Sparse:
    found = sorted(places)
    size = math.sqrt(sum(rarity[place] ** 2 for place in found)) or 1.0
    return {place: rarity[place] / size for place in found}


def _told(rows: Sequence[Row], library: Library) -> Iterator[Sparse]:
    """What each row wants of the points: those that answer equally well share it."""
    quotes = [squeezed(point.quote) for point in library.points]
    for row in rows:
        wanted: dict[int, float] = {}
        for group in row.gold:
            passages = list(map(squeezed, group))
            answering = [at for at, quote in enumerate(quotes) if any(passage in quote for passage in passages)]
            for at in answering:
                wanted[at] = max(wanted.get(at, 0.0), len(answering) ** -0.5)
        yield wanted


def _thousandths(values: Iterable[float]) -> list[str]:
    return [str(round(1000 * value)) for value in values]


def marked(text: str | None = None) -> list[Marked]:
    """The questions of a file of marked ones, by default tests/questions/marked.jsonl: JSON Lines with `question` and
    `expect` (answer or abstain)."""
    lines = (_MARKED.read_text("utf-8") if text is None else text).split("\n")
    found = (json.loads(line) for line in lines if line.strip())
    return [(line["question"], line["expect"] == "abstain") for line in found]


def without(rows: Sequence[Row], marked: Sequence[Marked], fold: int) -> bytes:
    """Weights learnt from all rows but a fold of them: every fifth, from the row of that number."""
    return learnt([row for place, row in enumerate(rows) if place % FOLDS != fold], marked, load())


def _crossed(rows: Sequence[Row], marked: Sequence[Marked], fold: int) -> list[Judged]:
    return _judged(rows[fold::FOLDS], Hunches(without(rows, marked, fold)))


def _judged(rows: Sequence[Row], hunches: Hunches) -> list[Judged]:
    library = load()
    mind = Answerer(library, hunches=hunches)
    return [judge(row, mind.answer(row.question), library.document.text) for row in rows]


def shares(what: str, found: Figures) -> list[str]:
    """A row of a table: what it is of, then its shares in percent, "" for one that there is not."""
    return [what, *(f"{found.shares[share].percent:.1f}" if share in found.shares else "" for share in SHARES)]


def main() -> None:
    """Learn, print what that is worth, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=ROWS, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="put what was learnt into knowledge/learnt/weights.tsv")
    args = parser.parse_args()
    rows = [row for file in args.files for row in read(file.read_text("utf-8"))]
    others = marked()
    weights = learnt(rows, others, load())
    with ProcessPoolExecutor() as pool:
        crossed = pool.map(partial(_crossed, rows, others), range(FOLDS))
        table = Table()
        table.add("weights", *SHARES)
        table.add(*shares("no hunches", figures(_judged(rows, Hunches.none()))))
        table.add(*shares("learnt, on the same rows", figures(_judged(rows, Hunches(weights)))))
        table.add(*shares("learnt, crossed", figures([one for fold in crossed for one in fold])))
    print(table)
    print(f"{len(rows)} rows, {len(others)} marked; {len(weights.splitlines()) - 2} features, {len(weights)} bytes")
    if args.write:
        _WEIGHTS.write_bytes(weights)


if __name__ == "__main__":
    main()
