"""Loading: the policy's text and the TOML files beside it → one Library.

Trusts what the validator has passed (see validating.py); a fault met here is a fault in the package.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product
from pkgutil import get_data
from typing import Any, TypeVar

import rtoml

from knowledge.documents import Clause, Document, ItemClass, read
from knowledge.library.entries import Ask, Body, Concept, ConceptKind, Followup, Point
from knowledge.words import fold

T = TypeVar("T")

POLICY = "xicheng-2018-4.txt"
CLAUSES, MENU, BODIES, WORDS, ASKS, FOLLOWUPS, TERMS = TABLES = (
    "clauses.toml",
    "menu.toml",
    "bodies.toml",
    "words.toml",
    "asks.toml",
    "followups.toml",
    "terms.toml",
)
# What every row of the menu states by standing there.
ROW_TELLS = ("whether", "must", "class")
# The concepts by which people speak of the menu's classes and scopes.
CLASS_CONCEPTS = {ItemClass.BASIC: "basic-class", ItemClass.OPTIONAL: "optional-class"}
SCOPE_CONCEPTS = {"楼本体": "building-scope", "小区公共区域": "yard-scope"}


@dataclass(frozen=True)
class Library:
    """The policy as we read it, with everything that people wrote about it."""

    document: Document
    points: tuple[Point, ...]
    summaries: Mapping[str, Point]
    concepts: Mapping[str, Concept]
    bodies: Mapping[str, Body]
    asks: Mapping[str, Ask]
    followups: Mapping[str, Followup]

    def clause(self, point: Point) -> Clause:
        """The clause that a point belongs to."""
        return self.document.clause(point.clause)

    def item_class(self, point: Point) -> ItemClass | None:
        """The class of the menu row that a point stands for, or None."""
        item = self.clause(point).item
        return item.item_class if item else None

    @cached_property
    def rows(self) -> tuple[Point, ...]:
        """The menu's rows in the table's order."""
        return tuple(point for point in self.points if self.clause(point).item)

    @cached_property
    def duties(self) -> Mapping[str, tuple[Point, ...]]:
        """Body id → the points that are its duty, in the text's order; bodies in the order of bodies.toml."""
        held: dict[str, list[Point]] = {body: [] for body in self.bodies}
        for point in self.points:
            for body in point.by:
                held[body].append(point)
        return {body: tuple(points) for body, points in held.items()}

    @cached_property
    def helps(self) -> Mapping[str, tuple[Point, ...]]:
        """Body id → the points in which it takes part in another body's duty, in the text's order."""
        return {body: tuple(point for point in self.points if body in point.with_) for body in self.bodies}

    def kind(self, concept: str) -> ConceptKind:
        """What kind of thing a concept is."""
        return self.concepts[concept].kind

    def telling(self, ask: str, concept: str) -> tuple[Point, ...]:
        """The points about a concept that tell a kind of thing, in the text's order."""
        return self._telling.get((ask, concept), ())

    @cached_property
    def _telling(self) -> Mapping[tuple[str, str], tuple[Point, ...]]:
        """Ask and concept → the points that `telling` gives."""
        told: dict[tuple[str, str], list[Point]] = {}
        for point in self.points:
            for key in product(dict.fromkeys(point.tells), dict.fromkeys(point.about)):
                told.setdefault(key, []).append(point)
        return {key: tuple(points) for key, points in told.items()}

    def strict(self, asks: Iterable[str]) -> list[str]:
        """Those of the asks that only a point which tells them may answer."""
        return [ask for ask in asks if self.asks[ask].strict]

    def bodies_called(self, words: str) -> list[Body]:
        """The bodies called so: by id, name or alias in either language; else those whose names hold the words."""
        wanted = fold(words)
        names = {key: (key, fold(b.name), b.english.lower(), *b.zh, *b.en) for key, b in self.bodies.items()}
        exactly = [self.bodies[key] for key, called in names.items() if wanted in called]
        if exactly or len(wanted) < 2:
            return exactly
        return [self.bodies[key] for key, called in names.items() if any(wanted in name for name in called)]


def data(name: str) -> str:
    """The text of one of the package's data files, line ends as they are."""
    found = get_data("knowledge.library", name)
    assert found is not None  # only a loader that knows no files gives nothing
    return found.decode("utf-8")


@cache
def load() -> Library:
    """The library of this package; read once in a process."""
    return build({name: rtoml.loads(data(name)) for name in TABLES}, data(POLICY))


def build(tables: Mapping[str, Mapping[str, Any]], text: str) -> Library:
    """A library from parsed tables (file name → content) and the policy's text.

    Raises KeyError or ValueError where the tables do not fit the text: the validator names file and line instead.
    """
    document = read(text)
    points, summaries = [], {}
    for clause_id, entry in (*tables[CLAUSES].items(), *tables[MENU].items()):
        clause = document.clause(clause_id)
        summary = _point(clause, entry)
        summaries[clause_id] = summary
        # A clause told in points is cited by them; the whole only where it has words of its own to be found by.
        if summary.about or not entry.get("points"):
            points.append(summary)
        points += [_point(clause, part) for part in entry.get("points", ())]
    points.sort(key=lambda point: (point.start, -point.end))
    return Library(
        document=document,
        points=tuple(points),
        summaries=summaries,
        concepts=dict(_entries(Concept, tables[WORDS])) | _as_concepts(tables[BODIES]),
        bodies=dict(_entries(Body, tables[BODIES])),
        asks=dict(_entries(Ask, tables[ASKS])),
        followups=dict(_entries(Followup, tables[FOLLOWUPS])),
    )


def _point(clause: Clause, entry: Mapping[str, Any]) -> Point:
    quote = entry.get("quote", clause.text)
    start = clause.text.index(quote) + clause.start
    fields = {key: value for key, value in entry.items() if key not in ("points", "row", "quote", "with")}
    point = Point(clause.id, quote, start, start + len(quote), with_=tuple(entry.get("with", ())), **_frozen(fields))
    return replace(point, tells=(*point.tells, *ROW_TELLS)) if clause.item else point


def _entries(kind: type[T], table: Mapping[str, Any]) -> Iterator[tuple[str, T]]:
    for key, entry in table.items():
        yield key, kind(id=key, **_frozen(entry))  # type: ignore[call-arg]  # each of these kinds has an id


def _as_concepts(bodies: Mapping[str, Any]) -> dict[str, Concept]:
    """Bodies are spoken of too: each is a concept with its name and aliases."""
    return {
        key: Concept(key, "body", (body["name"], *body["zh"]), (body["english"].lower(), *body["en"]))
        for key, body in bodies.items()
    }


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
