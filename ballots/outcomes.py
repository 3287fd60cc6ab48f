"""How an act ends: what was recorded, or why it was refused. Refusals are values; the wording has their sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ballots.ledger import Entry


class Reason(StrEnum):
    """Why an act is refused."""

    NOT_OPEN = "not-open"  # a draft, or before the opening
    CLOSED = "closed"  # closed, certified or void: nothing lands after the close
    STILL_OPEN = "still-open"
    FAULTY = "faulty"  # the draft or the roll has faults, which are listed by themselves
    BASICS_NOT_PLANNED = "basics-not-planned"  # 自选类是在已实施基础类改造整治的前提下…, 二（二）
    NO_SEAT = "no-seat"  # the seat was taken off the roll
    EMPTY = "empty"  # no item was chosen
    UNKNOWN_ITEM = "unknown-item"
    NOT_ASKED = "not-asked"  # the item is not counted where the seat has its units
    REASON_MISSING = "reason-missing"  # an objection states its reason
    REASON_TOO_LONG = "reason-too-long"
    TEXT_MISSING = "text-missing"  # a name or a reason that the act needs
    PAPER_FIRST = "paper-first"  # a paper form of the seat was entered: the office decides
    ONLINE_FIRST = "online-first"  # the seat has voted online: the office decides
    DECIDED_PAPER = "decided-paper"  # the office has decided that the seat votes on paper
    DECIDED_ONLINE = "decided-online"
    PAPER_WAITS = "paper-waits"  # a form waits for its second confirmer
    NO_PAPER = "no-paper"  # no form waits
    SAME_PERSON = "same-person"  # the second confirmer is a second person
    NO_PROXY = "no-proxy"  # none is recorded, or it was revoked
    HAS_PROXY = "has-proxy"
    OWN_VOTE = "own-vote"  # the seat has voted itself: one's own vote wins
    TOO_MANY_PROXIES = "too-many-proxies"
    NOTHING_TO_DECIDE = "nothing-to-decide"
    NOT_LATER = "not-later"  # an extension must end later than before
    AREAS_FIXED = "areas-fixed"  # over which area an item is counted cannot change in an open ballot
    SAME = "same"  # a correction that changes nothing


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was recorded. `word` is what was wrong with it: an item's id, a name …"""

    reason: Reason
    word: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """An act was recorded: what to append to the ledger, and the numbers of the seats to tell about it.

    `numbers` are those of seats that came onto the roll, by the roll's own ids.
    """

    entries: Sequence[Entry]
    tell: tuple[int, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
