"""The values that a paper is read into: Document, Clause, Item, Heading.

Only values and what they can say about themselves; how they are found in a text stands in the other files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ClauseKind(StrEnum):
    """What a clause is in its paper."""

    TITLE = "title"
    ISSUER = "issuer"
    NUMBER = "number"
    DATE = "date"
    ADDRESSEES = "addressees"
    FRONT = "front"
    PREAMBLE = "preamble"
    PARAGRAPH = "paragraph"
    ROW = "row"
    ATTACHMENT = "attachment"
    COPIES = "copies"


class ItemClass(StrEnum):
    """The two classes of a menu: what must be done, and what residents may choose after it."""

    BASIC = "基础类"
    OPTIONAL = "自选类"


@dataclass(frozen=True, slots=True)
class Heading:
    """One step of a breadcrumb: the marker as written ("一、", "（一）", "第七条") and the title, "" if none.

    A group of table rows is a step too: the marker is its column's header, the title the group's name.
    """

    marker: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a menu: its number (from 1, in the table's order), its scope and its class."""

    number: int
    scope: str
    item_class: ItemClass


_PLACES = {
    ClauseKind.TITLE: "题名",
    ClauseKind.ISSUER: "发文机关",
    ClauseKind.NUMBER: "发文字号",
    ClauseKind.DATE: "印发日期",
    ClauseKind.ADDRESSEES: "主送",
    ClauseKind.FRONT: "附注",
    ClauseKind.ATTACHMENT: "附件说明",
    ClauseKind.COPIES: "抄送",
}
# Some lines share a kind, yet stand in another place of the paper; their ids tell them apart.
_PLACES_BY_ID = {"approval": "印发说明", "imprint": "印发机关", "signature": "落款"}


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest citable piece of a paper; `text` is `document.text[start:end]`, without white space around it.

    `paragraph` counts the paragraphs under one heading and the rows of one table from 1, `alone` says that there
    is only one of them. `cells` are a row's (column header, cell without white space), merged cells filled in.
    `cut_off` says that the text visibly breaks off.
    """

    id: str
    kind: ClauseKind
    breadcrumb: tuple[Heading, ...]
    start: int
    end: int
    text: str
    paragraph: int | None = None
    item: Item | None = None
    cells: tuple[tuple[str, str], ...] = ()
    cut_off: bool = False
    alone: bool = True

    @property
    def place(self) -> str:
        """Where the clause stands, in short Chinese: "四（二）", "第七条第2款", "菜单 · 楼本体 · 自选类"."""
        if self.item:
            return " · ".join(part for part in ("菜单", self.item.scope, self.item.item_class) if part)
        attachment = [h.marker for h in self.breadcrumb[:1] if h.marker.startswith("附件")]
        if self.kind is ClauseKind.ROW:
            return " · ".join([*attachment, f"表第{self.paragraph}行"])
        if self.kind is ClauseKind.TITLE and self.id != "title":
            return "正文题名"
        if self.kind in _PLACES:
            return _PLACES_BY_ID.get(self.id.split("-")[0], _PLACES[self.kind])
        headings = [h.marker for h in self.breadcrumb[len(attachment) :]]
        where = " · ".join(attachment + ([_steps(headings)] if headings else []))
        if not where:
            where = "正文前言" if self.kind is ClauseKind.PREAMBLE else "正文"
        if self.alone:
            return where
        return f"{where}第{self.paragraph}{'款' if headings and headings[-1].endswith('条') else '段'}"


def _steps(markers: list[str]) -> str:
    """Join the markers of one clause as one cites them; an article is cited without its chapter."""
    for depth, marker in enumerate(markers):
        if marker.startswith("第") and "条" in marker:
            below = zip(markers[depth + 1 :], "项目", strict=False)
            return marker + "".join(f"第{number.rstrip('、.．')}{unit}" for number, unit in below)
    return "".join(marker.removesuffix("、") for marker in markers)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper read into clauses. `text` is what came in, to the byte; the facts are "" or None where it has none."""

    text: str
    title: str
    issuer: str
    number: str
    date: date | None
    years: tuple[int, int] | None
    trial: bool
    clauses: tuple[Clause, ...]
    _by_id: dict[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {clause.id: clause for clause in self.clauses})

    @property
    def items(self) -> tuple[Clause, ...]:
        """The clauses that are rows of a menu."""
        return tuple(clause for clause in self.clauses if clause.item)

    def clause(self, id: str) -> Clause:
        """Return the clause of this id; KeyError names an id that the document does not have."""
        try:
            return self._by_id[id]
        except KeyError:
            raise KeyError(f"The document has no clause {id!r}.") from None

    def pieces(self) -> Iterator[str | Clause]:
        """Yield gaps (never empty) and clauses in order; their texts join to the document's text."""
        place = 0
        for clause in self.clauses:
            if place < clause.start:
                yield self.text[place : clause.start]
            yield clause
            place = clause.end
        if place < len(self.text):
            yield self.text[place:]
