"""Figures: what became of every row → the table. The definitions stand at the package's head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from knowledge.evaluation.judging import Judged
from knowledge.evaluation.rows import Expect

_RIGHT: Mapping[Expect, str] = {"answer": "answered", "dialog": "offered", "abstain": "withheld"}
_ORDER = ("right", "answered", "offered", "withheld", "false answer", "first")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    held: int
    of: int

    @property
    def percent(self) -> float:
        return round(100 * self.held / self.of, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The table: shares by name (only those that some row counts for), and the other figures by name."""

    shares: Mapping[str, Share]
    others: Mapping[str, float]

    def flat(self) -> dict[str, float]:
        """Name → value, shares in percent."""
        return {name: share.percent for name, share in self.shares.items()} | dict(self.others)


def figures(judged: Sequence[Judged], times: Sequence[float] = ()) -> Figures:
    """The table of all rows; `times` are the milliseconds that each answer took."""
    tally: dict[str, list[bool]] = {name: [] for name in _ORDER}
    for one in judged:
        for name, held in _counted(one).items():
            tally.setdefault(name, []).append(held)
    quoted = [one.quoted for one in judged if one.row.expect != "abstain" and one.told.kind == "answer"]
    return Figures(
        {name: Share(sum(held), len(held)) for name, held in tally.items() if held},
        {
            "quoted": median(quoted) if quoted else 0,
            "foreign": sum(len(one.foreign) for one in judged),
            "questions": len(judged),
            "ms p50": median(times) if times else 0.0,
            "ms p99": _p99(times) if times else 0.0,
            "ms max": max(times, default=0.0),
        },
    )


def _counted(one: Judged) -> dict[str, bool]:
    """The figures that a row counts for, and whether it held."""
    expect = one.row.expect
    return {
        _RIGHT[expect]: one.right,
        **({"false answer": one.told.kind == "answer"} if expect == "abstain" else {"first": one.first}),
        "right": one.right,
        f"right · {one.row.style}": one.right,
    }


def _p99(values: Sequence[float]) -> float:
    """The smallest value that at least 99 % of all do not exceed."""
    return sorted(values)[ceil(0.99 * len(values)) - 1]
