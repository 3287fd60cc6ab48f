"""A ballot's ledger as the rows of a table: what was recorded when, of which seat, in words."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ballots.ballot import Ballot
from ballots.ledger import unstamp
from bot.results.columns import both
from bot.rolls.workbook import Value
from bot.times import beijing

MOST = (1 << 20) - 2  # rows of a sheet, without its headings and the one that says that there is more
_MORE = "一张表放不下，后面的在公开清单里 · more than a sheet can hold: the rest stands in the public list"
_HEADS = ("行 · line", "时间（北京）· Beijing time", "记了什么 · what", "席位 · seat", "方式 · way")
_WIDTHS = (9, 20, 22, 9, 14)


def heads(ballot: Ballot) -> list[str]:
    """The headings: of each item one, and the name where the ballot was by name."""
    named = ["名字 · name"] if ballot.by_name else []
    return [*_HEADS, *named, *(f"{item.id} {item.item.words}" for item in ballot.items.values()), "说明 · note"]


def widths(ballot: Ballot) -> list[int]:
    """How wide the columns are."""
    return [*_WIDTHS, *([16] if ballot.by_name else []), *(18 for _ in ballot.items), 40]


def rows(ballot: Ballot, lines: Iterable[bytes]) -> Iterator[list[Value]]:
    """The rows, from the lines of the public list. A name stands in them only where the list itself has it."""
    known: dict[int, str] = {}
    for line in lines:
        values = json.loads(line)
        if "kind" not in values:
            return  # the seal
        if values["n"] > MOST:
            yield [None, None, _MORE]
            return
        kind, seat, at = values["kind"], values.get("seat"), unstamp(values["at"])
        if seat is not None and "name" in values:
            known[seat] = values["name"]
        choices = values.get("choices", {})
        yield [
            values["n"],
            f"{beijing(at)}:{at:%S}",
            _both(f"report.kind.{kind}"),
            seat,
            _both(f"report.by.{values['by']}") if seat is not None and values.get("by") else None,
            *([known.get(seat, "")] if ballot.by_name else []),
            *(_both(f"choice.{choices[item]}") if item in choices else None for item in ballot.items),
            _note(values),
        ]


def _note(values: dict[str, Any]) -> Value:
    """What else a line about the ballot says: why, until when, by whom."""
    told = []
    if "item" in values:
        told.append(values["item"]["id"])
    if "closes" in values and values["kind"] == "extended":
        told.append(beijing(unstamp(values["closes"])))
    if values["kind"] == "works":
        told.append(both(lambda speak: speak(f"report.works.{values['works']}", said=values["said"])))
    if values["kind"] == "certified":
        told.append(values["by"])
    if "because" in values:
        told.append(values["because"])
    return " · ".join(told) or None


@cache
def _both(key: str) -> str:
    return both(lambda speak: speak(key))
