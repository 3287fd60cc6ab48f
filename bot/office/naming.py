"""Naming: which seat of a roll was meant by what somebody of the office typed. Whatever takes a seat reads it here: by
what it has, as the tables show it, or by one of its ids."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from ballots.roll import Kind, Seat
from bot.office.acting import Refusal
from dialogs.wording import LANGUAGES, wording

T = TypeVar("T")

_BETWEEN = re.compile(r"[\s/]+")
# 1号楼1单元101 is as good as 1号楼/1单元/101. But between two digits the sign stays, or 11/1/01 would be 1/1/101.
_NEEDLESS = re.compile(r"(?<![0-9a-z])/|/(?![0-9a-z])")
_MORE = re.compile(r"(?:…|等\d+处)$")  # how a table ends a list of units that is too long for it
_MOST_TOLD = 5


def meant(typed: str, compound: str, kind: Kind, seats: Mapping[T, Seat], marks: Mapping[str, T]) -> list[T]:
    """The seats that may be meant, in their order: none, one, or several.

    A seat is called by its key on the roll, by a unit of its own or several (1号楼/1单元/101), in a committee by its
    number (第1席), with the compound's name (`compound`) before it or without; and by its `marks`, which stand for it
    beside all that.
    """
    word = typed.strip()
    marked = marks.get("".join(unicodedata.normalize("NFKC", word).lower().split()))
    before = [_plain(wording(language)(f"named.{kind.value}", compound=compound, where="")) for language in LANGUAGES]
    parts = [_without(before, _plain(part)) for part in _MORE.sub("", word).split("、")]
    return [it for it, seat in seats.items() if it == marked or seat.id == word or _called(seat, kind) >= {*parts}]


def ambiguous(found: Iterable[tuple[str, Seat]]) -> Refusal:
    """The refusal where several seats may be meant, which tells their own ids and what they are."""
    told = [f"{id}（{_told(seat)}）" for id, seat in found]
    return Refusal("seat_ambiguous", seats="、".join(told[:_MOST_TOLD]) + "…" * (len(told) > _MOST_TOLD))


def _called(seat: Seat, kind: Kind) -> set[str]:
    called = {_plain(f"{unit.building}/{unit.stairwell}/{unit.unit}") for unit in seat.units}
    if kind is Kind.COMMITTEE:
        called |= {_plain(wording(language)("named.seat", number=seat.id)) for language in LANGUAGES}
    return called


def _plain(label: str) -> str:
    """A label so that it is the same however its parts are set apart, in whichever letters."""
    folded = unicodedata.normalize("NFKC", label).casefold()
    return _NEEDLESS.sub("", _BETWEEN.sub("/", folded).strip("/"))


def _without(before: Iterable[str], label: str) -> str:
    for words in before:
        label = label.removeprefix(words)
    return label.strip("/")


def _told(seat: Seat) -> str:
    return " ".join((seat.units[0].building, seat.units[0].stairwell, seat.units[0].unit)) if seat.units else seat.id
