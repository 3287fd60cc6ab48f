"""Drafts as they are kept: what the office wants asked, as JSON of a fixed form, until the ballot opens.

Only ids of items are kept; their words come from the policy at the opening, so that a draft cannot bend them.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from ballots.draft import PROXIES, Draft, DraftItem
from ballots.menu import Counted
from ballots.roll import Kind
from ballots.rules import Matter, Rule, Whole, own
from bot.office import menu, shares
from bot.store.ballots import Record
from bot.store.book import Compound

OWN = ">1/2"  # the shares of an own rule unless it sets others: more than half


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeptItem(_Kept):
    """An item: its clause's id, its class and who set that, over what and where (paths; () everywhere) it is counted,
    and whether the elevator handbook's rule is turned on."""

    id: str
    matter: Matter
    set_by: str
    counted: Counted
    areas: tuple[str, ...] = ()
    handbook: bool = False


class OwnRule(_Kept):
    """A rule that is set for this ballot, as shares.py reads it; without a `quorum` nobody in particular must take
    part."""

    quorum: str | None = OWN
    agree: str = OWN
    of: Whole = Whole.ALL

    def rule(self) -> Rule:
        """The rule. Raises ValueError where a share is none."""
        quorum = shares.read(self.quorum) if self.quorum else None
        agree = shares.read(self.agree)
        if agree is None or (self.quorum and quorum is None):
            raise ValueError("no share")
        return own(quorum, agree, self.of)


class Kept(_Kept):
    """A draft as it is kept. Its times stand in the book, and how far the basic works are with the compound."""

    title: str
    items: tuple[KeptItem, ...]
    by_name: bool = False
    live: bool = False
    proxies: int = PROXIES
    rule: OwnRule | None = None


def loaded(record: Record) -> Kept:
    """The draft of a ballot in the book."""
    return Kept.model_validate_json(record.draft)


def as_draft(kept: Kept, id: str, kind: Kind, opens: datetime, closes: datetime, compound: Compound) -> Draft:
    """A kept draft as a ballot's: the items' words from the policy, the basic works from the compound."""
    known = menu.items()
    rule = kept.rule.rule() if kept.rule and kind is not Kind.OWNERS else None
    return Draft(
        id=id,
        title=kept.title,
        items=tuple(
            DraftItem(known[item.id], item.matter, item.set_by, item.counted, item.areas, item.handbook, rule)
            for item in kept.items
        ),
        opens=opens,
        closes=closes,
        works=compound.works,
        works_said=compound.works_said,
        by_name=kept.by_name,
        live=kept.live,
        proxies=kept.proxies,
    )
