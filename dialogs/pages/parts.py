"""Parts: what several pages are made of."""

from collections.abc import Iterable, Sequence

from dialogs import asking, taps
from dialogs.replies import Button, Line
from dialogs.wording import Wording
from knowledge.documents import Clause
from knowledge.library import Library, Point

_NARROW, _WIDE = 18, 40  # characters of a label: Han characters are twice as wide as Latin ones


def link(label: str, page: str) -> Button:
    """The button of a page."""
    return Button(label, taps.page(page))


def clause_buttons(points: Iterable[Point], library: Library, speak: Wording) -> list[Button]:
    """A button for each clause of the points, by its place, in their order."""
    clauses = {point.clause: library.clause(point) for point in points}
    return [clause_button(clause, library, speak) for clause in clauses.values()]


def clause_button(clause: Clause, library: Library, speak: Wording) -> Button:
    """The button that shows a clause, by its place."""
    return Button(asking.place(clause, library, speak.language), taps.clause(clause.id))


def listed(points: Sequence[Point], library: Library, speak: Wording) -> list[Line]:
    """The points one by one in plain words, each with its place."""
    return [Line(f"· {told(point, speak)} {place(point, library, speak)}") for point in points]


def told(point: Point, speak: Wording) -> str:
    """A point in plain words; where the office has taken those out of service, in the paper's own."""
    return point.plain(speak.language) or f"「{''.join(point.quote.split())}」"


def place(point: Point, library: Library, speak: Wording) -> str:
    """Where a point's clause stands."""
    return asking.place(library.clause(point), library, speak.language)


def on(concepts: frozenset[str], points: Iterable[Point]) -> list[Point]:
    """Those of the points that are about one of the concepts."""
    return [point for point in points if concepts & set(point.about)]


def short(text: str, speak: Wording) -> str:
    """A sentence as a label: its beginning where it is long."""
    most = _NARROW if speak.language == "zh" else _WIDE
    line = text.rstrip("。.")
    if len(line) <= most:
        return line
    begun = line[: most - 1]
    whole = begun.rpartition(" ")[0] if speak.language == "en" else ""
    return (whole or begun).rstrip(" ，、,;；") + "…"


def number(word: str) -> int | None:
    """The number of a page, from 1; None where the word is none."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 and word[0] != "0" else None
