"""Invitations: codes for the seats of a roll, shown once, at their issuing; and letting go of a seat's account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ballots import releasing
from ballots.ballot import Ballot
from ballots.ledger import SECRET_BYTES
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import Kind
from ballots.standing import Standing
from bot.office import codes, finding
from bot.office.acting import Acting, Refusal, act
from bot.office.naming import ambiguous, meant
from bot.office.recording import name, refusal, secret, words
from bot.office.telling import Calls, tell
from bot.store import Transaction
from bot.store.audit import Audit
from bot.store.ballots import Ballots
from bot.store.book import Compound
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Place, Rolls
from dialogs import joining
from dialogs.names import Seated
from dialogs.wording import wording

RANDOM_BYTES = 16  # what codes.made needs


@dataclass(frozen=True, slots=True)
class Issued:
    """A seat and its new code, as it is printed."""

    place: Place
    code: str


@act("invite.issue", find=finding.compound)
def issue(
    acting: Acting, compound: Compound, kind: Kind, key: bytes, seat: str = "", again: bool = False
) -> list[Issued]:
    """Give codes to the seats of a roll that nobody has joined and that have no open code; to a single one (`seat`, see
    naming.py); `again`: also in place of open codes, which end. `key` is the key of this installation."""
    invitations = Invitations(acting.tx.connection)
    places = [_place(acting, compound, kind, seat)] if seat else _places(acting, compound, kind)
    joined = invitations.members(compound.id, kind)
    states = invitations.states(compound.id, kind)
    if seat and places[0].id in joined:
        raise Refusal("seat_joined")
    free = [place for place in places if place.id not in joined]
    wanted = [place for place in free if again or states.get(place.id) != "open"]
    if not wanted:
        raise Refusal("nothing_to_issue" if not free else "codes_open")
    issued = []
    for place in wanted:
        code = codes.made(acting.random(RANDOM_BYTES))
        letters = codes.read(code)
        assert letters is not None, "it was made just now"
        invitations.issue(place.id, codes.keyed(letters, key), acting.now)
        issued.append(Issued(place, code))
    return issued


@act("invite.revoke", find=finding.compound)
def revoke(acting: Acting, compound: Compound, kind: Kind, seat: str = "") -> int:
    """Take back the open codes of a roll, or that of a single seat (`seat`); how many."""
    invitations = Invitations(acting.tx.connection)
    places = [_place(acting, compound, kind, seat)] if seat else _places(acting, compound, kind)
    revoked = sum(invitations.revoke(place.id, acting.now) for place in places)
    if not revoked:
        raise Refusal("nothing_to_revoke")
    return revoked


@act("invite.list", find=finding.compound)
def listed(acting: Acting, compound: Compound, kind: Kind) -> list[tuple[Place, str]]:
    """The seats of a roll, each with how far it is: "none" (no code), "given", "joined"."""
    invitations = Invitations(acting.tx.connection)
    joined = invitations.members(compound.id, kind)
    states = invitations.states(compound.id, kind)

    def state(place: Place) -> str:
        return "joined" if place.id in joined else "given" if states.get(place.id) == "open" else "none"

    return [(place, state(place)) for place in _places(acting, compound, kind)]


@act("seat.check", find=finding.compound)
def joined_seat(acting: Acting, compound: Compound, kind: Kind, seat: str) -> Place:
    """The seat of a roll that is called so, if its account can be let go; nothing is changed."""
    place = _place(acting, compound, kind, seat)
    if Invitations(acting.tx.connection).member(place.id) is None:
        raise Refusal("seat_not_joined")
    return place


@act("seat.release", find=finding.seat)
def release(acting: Acting, place: Place, because: str, calls: Calls) -> int:
    """Let a seat's account go, for a lost phone: it may be joined anew with a new code. What it has chosen stays. The
    account is told, and each open ballot's ledger has a line of it; how many ballots."""
    why = words(because)
    if not why:  # else it would go without its line in the ledgers
        raise refusal(Refused(Reason.TEXT_MISSING))
    invitations = Invitations(acting.tx.connection)
    member = invitations.member(place.id)
    if member is None:
        raise Refusal("seat_not_joined")
    seated, staff = seated_at(acting, place), name(acting)
    noted = _noted(
        acting.tx,
        place.id,
        lambda ballot, standing: releasing.release(ballot, standing, staff, why, acting.now, secret(acting)),
    )
    invitations.leave(place.id)
    tell(acting.tx, [member], lambda language: joining.released(seated, language), calls, acting.now)
    return noted


def left(tx: Transaction, member: Member, now: datetime, random: Callable[[int], bytes]) -> None:
    """Somebody lets a seat of theirs go, as they may at any time. It is noted as the office's letting go is: each open
    ballot's ledger has a line of it, and the audit, by the seat's id: of the account nothing is to stay."""
    why = wording("zh")("joining.left")
    _noted(
        tx,
        member.seat,
        lambda ballot, standing: releasing.leave(ballot, standing, why, now, random(SECRET_BYTES)),
    )
    Invitations(tx.connection).leave(member.seat)
    Audit(tx.connection).note(now, member.seat, "seat.leave", member.seat, "done")


def seated_at(acting: Acting, place: Place) -> Seated:
    """A seat as people are told of it."""
    compound = finding.compound(acting.tx, place.compound)
    return Seated(compound.name, place.kind, place.seat)


def _noted(tx: Transaction, seat: str, released: Callable[[Ballot, Standing], Done | Refused]) -> int:
    """Note in the ledgers of a seat's open ballots that its account was let go; in how many."""
    ballots, noted = Ballots(tx.connection), 0
    for record, number in ballots.of_seat(seat):
        standing = ballots.standing(record.id, number)
        assert standing is not None, "a seat with a number is in the ledger"
        outcome = released(ballots.ballot(record.id), standing)
        if isinstance(outcome, Done):  # else it is not open any more, or the seat is off its roll
            ballots.append(record.id, outcome.entries)
            noted += 1
    return noted


def _places(acting: Acting, compound: Compound, kind: Kind) -> list[Place]:
    places = Rolls(acting.tx.connection).places(compound.id, kind)
    if not places:
        raise Refusal("no_roll")
    return places


def _place(acting: Acting, compound: Compound, kind: Kind, seat: str) -> Place:
    of = {place.id: place for place in _places(acting, compound, kind)}
    found = meant(seat, compound.name, kind, {id: place.seat for id, place in of.items()}, {id: id for id in of})
    if not found:
        raise Refusal("no_seat_key")
    if len(found) > 1:
        raise ambiguous((id, of[id].seat) for id in found)
    return of[found[0]]
