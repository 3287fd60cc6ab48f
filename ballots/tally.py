"""The tally: what was counted for each item in each of its areas, and where that stands against the item's rule.

It is a pure function of the ballot and its seats' standings and is computed anew whenever it is asked for; nobody
stores it as truth. Integers only: heads, and area in 0.01 m².
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ballots.ballot import Ballot
from ballots.rules import Measure, Rule, Share, Whole
from ballots.standing import Choice, Standing


@dataclass(frozen=True, slots=True)
class Amount:
    """Heads, and their area in 0.01 m²."""

    heads: int = 0
    area: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.heads + other.heads, self.area + other.area)

    def by(self, measure: Measure) -> int:
        """The heads or the area."""
        return self.heads if measure is Measure.HEADS else self.area


NONE = Amount()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where something stands against a share by one measure: what there is, and the least that is needed."""

    measure: Measure
    have: int
    needed: int

    @property
    def missing(self) -> int:
        """How much is missing; 0 where the share is reached."""
        return max(0, self.needed - self.have)


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted for an item in one area: everyone who is asked, and what those said who took part."""

    item: str
    area: str
    rule: Rule
    all: Amount
    agree: Amount
    against: Amount
    abstain: Amount
    object: Amount

    @property
    def participants(self) -> Amount:
        """Those taking part: by any of the four choices."""
        return self.agree + self.against + self.abstain + self.object

    @property
    def quorum(self) -> tuple[Reach, ...]:
        """Whether enough take part, by each measure of the rule; () where it asks for nobody in particular."""
        share = self.rule.quorum
        return self._reach(share, self.participants, self.all) if share else ()

    @property
    def agreement(self) -> tuple[Reach, ...]:
        """Whether enough agree, by each measure of the rule."""
        whole = self.all if self.rule.of is Whole.ALL else self.participants
        return self._reach(self.rule.agree, self.agree, whole)

    @property
    def stopped(self) -> bool:
        """Whether an objection alone stands in its way: the rule asks that nobody objects, and somebody does."""
        return self.rule.none_objects and self.object.heads > 0

    @property
    def passed(self) -> bool:
        """Whether it reaches its rule, by every measure."""
        return not self.stopped and all(reach.missing == 0 for reach in (*self.quorum, *self.agreement))

    def _reach(self, share: Share, part: Amount, whole: Amount) -> tuple[Reach, ...]:
        return tuple(
            Reach(measure, part.by(measure), share.needed(whole.by(measure))) for measure in self.rule.measures
        )


def tally(ballot: Ballot, standings: Iterable[Standing]) -> list[Count]:
    """The counts of a ballot, by item in its order and by area in theirs, every area of an item among them."""
    everyone = {(item.id, path): NONE for item in ballot.items.values() for path in item.areas}
    said = {(key, choice): NONE for key in everyone for choice in Choice}
    for standing in standings:
        if standing.gone:
            continue
        for item in ballot.items.values():
            choice = standing.selection.choices.get(item.id)
            for path, area in standing.areas.items():
                if path not in item.places:
                    continue
                amount = Amount(standing.heads, area)
                key = item.id, path
                everyone[key] += amount
                if choice is not None:
                    said[key, choice] += amount
    return [
        Count(item, path, ballot.items[item].rule, whole, *(said[(item, path), choice] for choice in Choice))
        for (item, path), whole in everyone.items()
    ]
