"""Alike: what in a roll may be one thing written in two ways, or two that are called the same; only a person can
tell."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.rolls.faults import Note

_MOST = 20  # notes of a kind
_NUMBER = re.compile(r"0*([0-9a-z]+)(?:号楼|号院|楼门|单元|号|楼|栋|幢|座|门|室|户)?", re.IGNORECASE)


def same_names(seats: Iterable[tuple[tuple[str, ...], int]]) -> Iterator[Note]:
    """Names that several seats have (their names, and their lines): one owner of several units, or namesakes."""
    lines = defaultdict[str, list[int]](list)
    for names, line in seats:
        for name in names:
            lines[name].append(line)
    found = [Note("same-name", name, tuple(them)) for name, them in lines.items() if len(them) > 1]
    yield from _some(found)


def alike(places: Mapping[tuple[str, str, str], int]) -> Iterator[Note]:
    """Buildings, stairwells and units that differ by a word only, as "3" and "3号楼" do; `places` are units with their
    lines."""
    for depth in (1, 2, 3):
        found = defaultdict[tuple[str, ...], dict[tuple[str, ...], int]](dict)
        for place, line in places.items():
            # Deeper down only what has the same name above: what is alike there was told already.
            key = (*place[: depth - 1], _folded(place[depth - 1]))
            found[key].setdefault(place[:depth], line)
        yield from _some(
            [Note("alike", _listed(them), tuple(them.values())) for them in found.values() if len(them) > 1]
        )


def _listed(places: Collection[tuple[str, ...]]) -> str:
    return "、".join(" ".join(place) for place in places)


def _folded(label: str) -> str:
    found = _NUMBER.fullmatch(label)
    return found[1].lower() if found else label


def _some(notes: list[Note]) -> Iterator[Note]:
    yield from notes[:_MOST]
    if len(notes) > _MOST:
        yield Note("more", str(len(notes) - _MOST))
