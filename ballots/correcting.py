"""Correcting an open ballot: an item's words or class, or the roll. What it touches is void, and its seats are told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ballots.ballot import Ballot, BallotItem, State
from ballots.casting import asked
from ballots.draft import seat_entry, seat_private, seat_public
from ballots.ledger import Entry, derived
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import Roll
from ballots.standing import By, Standing


def correct_item(
    ballot: Ballot,
    standings: Iterable[Standing],
    item: BallotItem,
    because: str,
    at: datetime,
    secret: bytes,
) -> Done | Refused:
    """Correct an item by its id. Every choice on it is void: it was made on other words.

    To be told are all who have taken part and are asked about it, whether they chose something there or not; that they
    are named must not tell what they did.
    """
    before = ballot.items.get(item.id)
    if refused := _closed(ballot, at):
        return refused
    if before is None:
        return Refused(Reason.UNKNOWN_ITEM, item.id)
    if before == item:
        return Refused(Reason.SAME)
    if (before.counted, before.areas) != (item.counted, item.areas):
        return Refused(Reason.AREAS_FIXED, item.id)
    if not because.strip() or not item.set_by.strip():
        return Refused(Reason.TEXT_MISSING)
    touched = (seat for seat in standings if item.id in asked(ballot, seat) and not seat.gone)
    tell = tuple(seat.number for seat in touched if seat.by is not By.NOBODY or seat.paper is not None)
    public = {"item": item.public(), "because": because.strip()}
    return Done([Entry("corrected", at, secret, public)], tell)


def correct_roll(
    ballot: Ballot,
    standings: Mapping[int, Standing],
    numbers: Mapping[str, int],
    before: Roll,
    after: Roll,
    at: datetime,
    secret: bytes,
) -> Done | Refused:
    """Correct the roll from one to another: seats added, removed, or with other units, areas or holders.

    `numbers` are the seats' numbers by the roll's ids. Where a seat's holders change, nothing that was said before them
    counts; where it is no longer asked about an item, its choice there is void.
    """
    if refused := _closed(ballot, at):
        return refused
    if faults := after.faults():
        return Refused(Reason.FAULTY, faults[0].what)
    if before.kind != after.kind:
        raise ValueError("a roll of one kind cannot become one of another")
    added = {}
    entries: list[Entry] = []
    old, new = ({seat.id: seat for seat in roll.seats} for roll in (before, after))
    for id in (id for id in old if id not in new):
        number = numbers[id]
        entries.append(Entry("removed", at, derived(secret, f"removed {number}"), {"seat": number}))
    fresh = max(standings, default=0)
    for id, seat in new.items():
        if id not in old:
            fresh += 1
            added[id] = fresh
            entries.append(seat_entry(ballot, seat, fresh, at, secret))
        elif old[id] != seat:
            standing = standings[numbers[id]]
            public = seat_public(ballot, seat)
            areas = public["areas"]
            assert isinstance(areas, dict)
            dropped = set(asked(ballot, standing)) - set(asked(ballot, replace(standing, areas=areas)))
            public |= {"anew": set(old[id].holders) != set(seat.holders), "dropped": sorted(dropped)}
            secret_of_it = derived(secret, f"corrected {standing.number}")
            public = {"seat": standing.number, **public}
            entries.append(Entry("corrected", at, secret_of_it, public, seat_private(ballot, seat)))
    if not entries:
        return Refused(Reason.SAME)
    return Done(entries, tuple(_seats(entries)), added)


def _seats(entries: Iterable[Entry]) -> Iterator[int]:
    return (entry.public["seat"] for entry in entries)


def _closed(ballot: Ballot, at: datetime) -> Refused | None:
    if ballot.state is not State.OPEN or at >= ballot.closes:
        return Refused(Reason.CLOSED)
    return None
