"""Casting: a seat's selection → recorded, changed, repeated, or refused with the reason.

The last selection counts, and the ledger keeps each change. One's own vote wins over a proxy's; paper and online of one
seat never both count: the later is refused until the office decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ballots.ballot import Ballot, State
from ballots.ledger import Entry, receipt, receipt_mark
from ballots.outcomes import Reason, Refused
from ballots.standing import By, Choice, Selection, Standing, reason_field

LONGEST_REASON = 1000  # characters


@dataclass(frozen=True, slots=True)
class Recorded:
    """The seat's first selection (or the first after its last one ceased to count). `receipt` is for the seat alone."""

    entry: Entry
    receipt: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The selection takes the place of an earlier one."""

    entry: Entry
    receipt: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """The selection counts already, by this line of the ledger; nothing is added."""

    line: int


def cast(
    ballot: Ballot, standing: Standing, selection: Selection, at: datetime, secret: bytes, by: By = By.ONLINE
) -> Recorded | Changed | Repeated | Refused:
    """Take the selection of a seat, made by itself (`By.ONLINE`) or by its proxy (`By.PROXY`)."""
    if by not in (By.ONLINE, By.PROXY):
        raise ValueError(f"a selection is cast online or by proxy, not {by.value!r}; see paper.py")
    selection = selection.tidy()
    if refused := hindrance(ballot, standing, at, by) or unfit(ballot, standing, selection):
        return refused
    if standing.by is by and standing.selection == selection:
        return Repeated(standing.line)
    before = standing.by is not By.NOBODY
    entry = entry_of("changed" if before else "cast", standing, selection, at, secret, {"by": by.value})
    return (Changed if before else Recorded)(entry, receipt(secret))


def refusal(ballot: Ballot, standing: Standing, at: datetime) -> Refused | None:
    """Why a seat can do nothing in a ballot at a time; None where it can."""
    if ballot.state is not State.OPEN or at >= ballot.closes:
        return Refused(Reason.CLOSED)
    if at < ballot.opens:
        return Refused(Reason.NOT_OPEN)
    return Refused(Reason.NO_SEAT) if standing.gone else None


def hindrance(ballot: Ballot, standing: Standing, at: datetime, by: By) -> Refused | None:
    """Why a seat cannot choose at a time in this way, whatever it chooses; None where it can."""
    return refusal(ballot, standing, at) or _other_way(standing, by)


def asked(ballot: Ballot, standing: Standing) -> list[str]:
    """The items that a seat is asked about, in the ballot's order: those counted over an area of its own."""
    return [item.id for item in ballot.items.values() if not item.places.isdisjoint(standing.areas)]


def unfit(ballot: Ballot, standing: Standing, selection: Selection) -> Refused | None:
    """Why a selection cannot be one of the seat's; None where it can."""
    if not selection.choices:
        return Refused(Reason.EMPTY)
    of_it = asked(ballot, standing)
    for item in selection.choices:
        if item not in ballot.items:
            return Refused(Reason.UNKNOWN_ITEM, item)
        if item not in of_it:
            return Refused(Reason.NOT_ASKED, item)
    for item, choice in selection.choices.items():
        reason = selection.reasons.get(item, "")
        if choice is Choice.OBJECT and not reason:
            return Refused(Reason.REASON_MISSING, item)
        if len(reason) > LONGEST_REASON:
            return Refused(Reason.REASON_TOO_LONG, item)
    return None


def entry_of(
    kind: str,
    standing: Standing,
    selection: Selection,
    at: datetime,
    secret: bytes,
    public: Mapping[str, str],
    private: Mapping[str, str] | None = None,
) -> Entry:
    """The entry that records a selection, with the mark of its receipt; reasons stand in it as commitments."""
    choices = {item: choice.value for item, choice in selection.choices.items()}
    reasons = {reason_field(item): selection.reasons[item] for item in choices if item in selection.reasons}
    mark = receipt_mark(receipt(secret))
    values = {"seat": standing.number, **public, "choices": choices, "receipt": mark}
    return Entry(kind, at, secret, values, {**reasons, **(private or {})})


def _other_way(standing: Standing, by: By) -> Refused | None:
    """Why a seat cannot vote online, itself or by its proxy; None where it can."""
    if standing.decided is By.PAPER:
        return Refused(Reason.DECIDED_PAPER)
    if standing.decided is By.NOBODY and (standing.by is By.PAPER or standing.paper is not None):
        return Refused(Reason.PAPER_FIRST)
    if by is By.PROXY and not standing.proxy:
        return Refused(Reason.NO_PROXY)
    if by is By.PROXY and standing.by in (By.ONLINE, By.PAPER):
        return Refused(Reason.OWN_VOTE)
    return None
