"""Reports for the street office and for those who took part, as values: who may be shown what, and when.

Before the close nobody sees counts, shortfalls or objections unless the ballot was opened live; turnout may be shown.
Each report says what it is and what it is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ballots.ballot import Ballot, State
from ballots.box import Box
from ballots.frame import NOT_YET, SEALED, SURVEY, VOID, Sentence, what_it_is, who_sees_what
from ballots.ledger import Head
from ballots.roll import Seat, natural
from ballots.standing import By, Choice
from ballots.tally import Count, tally


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may not be shown in this state of the ballot, and why."""

    state: State
    says: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """What a seat reads before it chooses."""

    ballot: Ballot
    says: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """How many seats have taken part, of how many, in an area (a path, see roll.py)."""

    area: str
    seats: int
    taken_part: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have taken part in the compound ("/"), in each building and each stairwell. It tells nothing else."""

    ballot: Ballot
    says: tuple[Sentence, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """The result: the counts per item and area, how selections came in, and how many forms nobody confirmed.

    `final` tells that the ballot is closed; of a live one that is still open the counts may change.
    """

    ballot: Ballot
    says: tuple[Sentence, ...]
    counts: tuple[Count, ...]
    ways: Mapping[By, int]
    unconfirmed: int
    final: bool


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to be talked over: to which item, which seat (its number and what the roll says of it), and why."""

    item: str
    number: int
    seat: Seat
    reason: str


@dataclass(frozen=True, slots=True)
class MediationList:
    """The objections of a ballot by item, for the street office alone: they name people."""

    ballot: Ballot
    says: tuple[Sentence, ...]
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is posted (公示): the result, and the head by which anyone can check the public list."""

    result: ResultSheet
    head: Head
    posted: datetime


def opening_card(ballot: Ballot) -> OpeningCard:
    """What a seat reads before it chooses: what this is and is not, what comes first, who sees what, until when."""
    return OpeningCard(ballot, (*what_it_is(ballot), *who_sees_what(ballot)))


def turnout(box: Box, seats: Mapping[int, Seat]) -> Turnout:
    """How many have taken part, by area in the order of their labels. `seats` are the roll's seats by number.

    A selection that a correction has emptied still counts here, so that this never tells what was chosen.
    """
    everyone: dict[str, int] = {}
    part: dict[str, int] = {}
    for number, seat in seats.items():
        standing = box.standings[number]
        if standing.gone:
            continue
        for path in seat.areas():
            everyone[path] = everyone.get(path, 0) + 1
            part[path] = part.get(path, 0) + (standing.by is not By.NOBODY)
    parts = tuple(Part(path, everyone[path], part[path]) for path in sorted(everyone, key=natural))
    sealed = box.ballot.state is State.OPEN and not box.ballot.live
    return Turnout(box.ballot, (SURVEY, SEALED) if sealed else (SURVEY,), parts)


def result(box: Box) -> ResultSheet | Withheld:
    """The result of a ballot that is closed, or that was opened live; else it is withheld, from everyone."""
    ballot = box.ballot
    final = ballot.state in (State.CLOSED, State.CERTIFIED)
    if not final and not (ballot.state is State.OPEN and ballot.live):
        return _withheld(ballot)
    there = [standing for standing in box.standings.values() if not standing.gone]
    ways = {by: sum(standing.by is by for standing in there) for by in (By.ONLINE, By.PAPER, By.PROXY)}
    unconfirmed = sum(standing.paper is not None for standing in there)
    return ResultSheet(ballot, what_it_is(ballot), tuple(tally(ballot, there)), ways, unconfirmed, final)


def mediation(box: Box, seats: Mapping[int, Seat]) -> MediationList | Withheld:
    """The objections of a ballot that is closed, with their reasons, for the street office to talk them over.

    `box` must hold the reasons (see `recount`); `seats` are the roll's seats by number.
    """
    if box.ballot.state not in (State.CLOSED, State.CERTIFIED):
        return _withheld(box.ballot)
    objections = [
        Objection(item, number, seats[number], standing.selection.reasons.get(item, ""))
        for item in box.ballot.items
        for number, standing in sorted(box.standings.items())
        if not standing.gone and standing.selection.choices.get(item) is Choice.OBJECT
    ]
    return MediationList(box.ballot, what_it_is(box.ballot), tuple(objections))


def notice(box: Box, head: Head, posted: datetime) -> Notice | Withheld:
    """What is to be posted of a ballot that is closed, with the head of its ledger."""
    sheet = result(box)
    if isinstance(sheet, Withheld) or not sheet.final:
        return _withheld(box.ballot)
    return Notice(sheet, head, posted)


def _withheld(ballot: Ballot) -> Withheld:
    return Withheld(ballot.state, (VOID,) if ballot.state is State.VOID else (NOT_YET,))
