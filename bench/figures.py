"""Figures: medians and percentiles, and tables of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all do not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


@dataclass(frozen=True, slots=True)
class Spread:
    """What several rounds gave: their median, and between what they lie."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def over(self, other: "Spread") -> "Spread":
        """The ratios of the pairs: each round's value by the same round's of the other."""
        return Spread(tuple(mine / theirs for mine, theirs in zip(self.values, other.values, strict=True)))

    def text(self, digits: int) -> str:
        """Like "1.20 (1.05 to 1.31)"."""
        return f"{self.median:.{digits}f} ({min(self.values):.{digits}f} to {max(self.values):.{digits}f})"


@dataclass(slots=True)
class Table:
    """Lines of words in columns, the first to the left, the others to the right."""

    lines: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *words: str) -> None:
        self.lines.append(words)

    def __str__(self) -> str:
        widths = [max(map(len, column)) for column in zip(*self.lines, strict=True)]
        shown = (
            "  ".join(word.rjust(width) if at else word.ljust(width) for at, (word, width) in enumerate(row))
            for row in (list(zip(line, widths, strict=True)) for line in self.lines)
        )
        return "\n".join(line.rstrip() for line in shown)
