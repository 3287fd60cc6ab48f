"""Announcing: what the members of a ballot are told as it goes on, each account once, however many seats it has; and at
its close the result, to each over the areas of their own seats, and to the staff on duty over all."""

from collections.abc import Callable
from functools import partial

from ballots.report import ResultSheet, result
from bot.office import finding
from bot.office.acting import Acting
from bot.office.boxes import box
from bot.office.missed import on_duty
from bot.office.telling import Calls, Says, tell
from bot.store.ballots import Ballots
from bot.store.invitations import Invitations, Member
from bot.times import beijing
from dialogs import notices
from dialogs.notices import Told


def told_of(acting: Acting, id: str) -> Told:
    """A ballot as members are told of it."""
    found = finding.ballot(acting.tx, id)
    compound = finding.compound(acting.tx, found.compound)
    return Told(compound.name, Ballots(acting.tx.connection).ballot(id).title, beijing(found.closes))


def tell_all(acting: Acting, id: str, says: Callable[[Told], Says], calls: Calls) -> None:
    """Tell the members of a ballot's seats."""
    tell(acting.tx, (member for member, _ in _members(acting, id)), says(told_of(acting, id)), calls, acting.now)


def tell_result(acting: Acting, id: str, because: str, calls: Calls) -> None:
    """Tell the members and the staff on duty that a ballot is closed, with the result; `because` tells why where that
    was before its time."""
    found, ballots, told = finding.ballot(acting.tx, id), Ballots(acting.tx.connection), told_of(acting, id)
    counted = box(ballots, found)
    sheet = result(counted)
    assert isinstance(sheet, ResultSheet), "a ballot that was closed just now has a result"
    for member, number in _members(acting, id):
        says = partial(notices.closed, told, because, sheet, number, counted.standings[number].areas)
        tell(acting.tx, [member], says, calls, acting.now)
    tell(acting.tx, on_duty(acting.tx, found.street), partial(notices.closed_for_staff, told, sheet), calls, acting.now)


def _members(acting: Acting, id: str) -> list[tuple[Member, int]]:
    """The accounts that have joined seats of a ballot, each with the number of its first."""
    found, ballots = finding.ballot(acting.tx, id), Ballots(acting.tx.connection)
    members = Invitations(acting.tx.connection).members(found.compound, found.kind)
    once: dict[str, tuple[Member, int]] = {}
    for number, seat in ballots.seat_ids(id).items():
        if member := members.get(seat):
            once.setdefault(member.conversation, (member, number))
    return list(once.values())
