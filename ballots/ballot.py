"""A ballot as it stands: what its ledger's lines have laid down so far. draft → open → closed → certified, or void."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from ballots.ledger import Broken, Public, stamp, unstamp
from ballots.menu import Counted, Item
from ballots.roll import Kind
from ballots.rules import Matter, Measure, Rule, Share, Source, Whole


class State(StrEnum):
    """Where a ballot is in its life. A draft has no ledger yet."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CERTIFIED = "certified"
    VOID = "void"


class Works(StrEnum):
    """How far the compound's basic works (基础类) are, by the office's word."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"


@dataclass(frozen=True)
class BallotItem:
    """An item as it is asked: its class and who set that, its rule, and the areas that each have a result of their own
    (paths, see roll.py)."""

    item: Item
    matter: Matter
    set_by: str
    rule: Rule
    counted: Counted
    areas: tuple[str, ...]

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @cached_property
    def places(self) -> frozenset[str]:
        """Its areas, to look one up: a district has thousands of them."""
        return frozenset(self.areas)

    def public(self) -> dict[str, Any]:
        """As it stands in a line; with the rule spelled out, so that nobody needs the law at hand to recount."""
        return {
            "id": self.item.id,
            "words": self.item.words,
            "zh": self.item.zh,
            "en": self.item.en,
            "matter": self.matter.value,
            "set_by": self.set_by,
            "rule": _rule_public(self.rule),
            "counted": self.counted.value,
            "areas": list(self.areas),
        }

    @classmethod
    def read(cls, public: Public) -> "BallotItem":
        """From a line."""
        item = Item(public["id"], public["words"], public["zh"], public["en"])
        areas = tuple(public["areas"])
        matter, counted = Matter(public["matter"]), Counted(public["counted"])
        return cls(item, matter, public["set_by"], _rule_read(public["rule"]), counted, areas)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One round over some optional items.

    `seats` is how many the opening laid down; `opens` and `closes` are UTC; `works` is how far the basic works are and
    `works_said` on whose word; `proxies` is how many proxies one person may hold (0: none).
    """

    id: str
    title: str
    state: State
    kind: Kind
    items: Mapping[str, BallotItem]
    by_name: bool
    live: bool
    opens: datetime
    closes: datetime
    seats: int
    proxies: int
    works: Works
    works_said: str
    certified_by: str = ""
    void_because: str = ""

    def takes(self, at: datetime) -> bool:
        """Whether it takes selections at a time: not before the opening, and not in the second of the close."""
        return self.state is State.OPEN and self.opens <= at < self.closes

    def public(self) -> dict[str, Any]:
        """As it stands in the line that opens it."""
        return {
            "ballot": self.id,
            "title": self.title,
            "roll": self.kind.value,
            "seats": self.seats,
            "by_name": self.by_name,
            "live": self.live,
            "opens": stamp(self.opens),
            "closes": stamp(self.closes),
            "proxies": self.proxies,
            "works": self.works.value,
            "works_said": self.works_said,
            "items": [item.public() for item in self.items.values()],
        }

    @classmethod
    def read(cls, public: Public) -> "Ballot":
        """From the line that opens it."""
        items = [BallotItem.read(item) for item in public["items"]]
        return cls(
            id=public["ballot"],
            title=public["title"],
            state=State.OPEN,
            kind=Kind(public["roll"]),
            items={item.id: item for item in items},
            by_name=public["by_name"],
            live=public["live"],
            opens=unstamp(public["opens"]),
            closes=unstamp(public["closes"]),
            seats=public["seats"],
            proxies=public["proxies"],
            works=Works(public["works"]),
            works_said=public["works_said"],
        )

    def after(self, line: Public) -> "Ballot":
        """The ballot after a line about the ballot itself; the same after a line about a seat.

        Raises Broken where the line cannot follow: a ballot that is closed takes nothing more.
        """
        kind = line["kind"]
        if self.state is not State.OPEN and (self.state, kind) not in _AFTER_THE_CLOSE:
            raise Broken(line["n"], f"{kind} after the ballot was {self.state.value}")
        match kind:
            case "corrected" if "item" in line:
                item = BallotItem.read(line["item"])
                return replace(self, items={**self.items, item.id: item})
            case "extended":
                return replace(self, closes=unstamp(line["closes"]))
            case "works":
                return replace(self, works=Works(line["works"]), works_said=line["said"])
            case "closed":
                return replace(self, state=State.CLOSED)
            case "certified":
                return replace(self, state=State.CERTIFIED, certified_by=line["by"])
            case "void":
                return replace(self, state=State.VOID, void_because=line["because"])
        return self


_AFTER_THE_CLOSE = {
    (State.CLOSED, "works"),  # the works go on; the result tells how far they are when it is made
    (State.CLOSED, "certified"),
    (State.CLOSED, "void"),
}


def _share_public(share: Share) -> list[Any]:
    return [share.numerator, share.denominator, "at-least" if share.inclusive else "more-than"]


def _share_read(public: list[Any]) -> Share:
    return Share(public[0], public[1], inclusive=public[2] == "at-least")


def _rule_public(rule: Rule) -> dict[str, Any]:
    source = rule.source
    return {
        "id": rule.id,
        "quorum": _share_public(rule.quorum) if rule.quorum else None,
        "agree": _share_public(rule.agree),
        "of": rule.of.value,
        "measures": [measure.value for measure in rule.measures],
        "none_objects": rule.none_objects,
        "source": {
            "zh": source.zh,
            "en": source.en,
            "since": source.since.isoformat() if source.since else None,
            "until": source.until.isoformat() if source.until else None,
        },
    }


def _rule_read(public: Public) -> Rule:
    source = public["source"]
    since, until = (date.fromisoformat(day) if day else None for day in (source["since"], source["until"]))
    return Rule(
        id=public["id"],
        quorum=_share_read(public["quorum"]) if public["quorum"] else None,
        agree=_share_read(public["agree"]),
        of=Whole(public["of"]),
        source=Source(source["zh"], source["en"], since, until),
        measures=tuple(Measure(measure) for measure in public["measures"]),
        none_objects=public["none_objects"],
    )
