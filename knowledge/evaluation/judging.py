"""Judging: a row and what was answered → what became of it. The definitions stand at the package's head."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answers import Answer
from knowledge.evaluation.rows import Row
from knowledge.kinds import Kind, cited, kind

_BESIDE = 3  # so many quotes may stand beside those that cover the groups: four in all where there is one group


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered, whoever did: its kind, the dialog that it offers, and its quotes, the best first."""

    kind: Kind
    dialog: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what was told: is it right, does the first quote help, how much is quoted, and what is not ours."""

    row: Row
    told: Told
    right: bool
    first: bool
    quoted: int
    foreign: tuple[str, ...]


def judge(row: Row, answer: Answer, policy: str) -> Judged:
    """An answer of ours, judged; `policy` is the text that every quote must be found in."""
    return judge_told(row, Told(kind(answer), answer.dialog, tuple(point.quote for point in cited(answer))), policy)


def judge_told(row: Row, told: Told, policy: str) -> Judged:
    """Anyone's answer, judged."""
    quotes = [squeezed(quote) for quote in told.quotes]
    whole = squeezed(policy)
    return Judged(
        row,
        told,
        right=_right(row, told, quotes),
        first=any(_stands(group, quotes[:1]) for group in row.gold),
        quoted=sum(map(len, quotes)),
        foreign=tuple(quote for quote in quotes if quote not in whole),
    )


def squeezed(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def _right(row: Row, told: Told, quotes: Sequence[str]) -> bool:
    answers, offers = told.kind == "answer", bool(told.dialog)
    if row.expect == "abstain":
        return told.kind in ("not_covered", "out_of_scope")
    shown = quotes[: len(row.gold) + _BESIDE]
    kept = answers if row.expect == "answer" else offers
    return (kept or (row.either and (answers or offers))) and all(_stands(group, shown) for group in row.gold)


def _stands(group: Sequence[str], quotes: Sequence[str]) -> bool:
    return any(squeezed(substring) in quote for substring in group for quote in quotes)
