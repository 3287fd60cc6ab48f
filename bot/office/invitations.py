"""Invitations: codes for the seats of a roll, shown once, at their issuing; and letting go of a seat's account."""

from dataclasses import dataclass

from ballots import releasing
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import Kind
from bot.office import codes, finding
from bot.office.acting import Acting, Refusal, act
from bot.office.recording import name, refusal, secret, words
from bot.office.telling import Calls, tell
from bot.store.ballots import Ballots
from bot.store.book import Compound
from bot.store.invitations import Invitations
from bot.store.rolls import Place, Rolls
from dialogs import joining
from dialogs.names import Seated

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
    """Give codes to the seats of a roll that nobody has joined and that have no open code; to a single one (`seat`, its
    key on the roll); `again`: also in place of open codes, which end. `key` is the key of this installation."""
    invitations = Invitations(acting.tx.connection)
    places = _places(acting, compound, kind, seat)
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
    """Take back the open codes of a roll, or that of a single seat (its key); how many."""
    invitations = Invitations(acting.tx.connection)
    revoked = sum(invitations.revoke(place.id, acting.now) for place in _places(acting, compound, kind, seat))
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

    return [(place, state(place)) for place in _places(acting, compound, kind, "")]


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
    seated = seated_at(acting, place)
    ballots, noted = Ballots(acting.tx.connection), 0
    for record, number in ballots.of_seat(place.id):
        standing = ballots.standing(record.id, number)
        assert standing is not None, "a seat with a number is in the ledger"
        ballot = ballots.ballot(record.id)
        outcome = releasing.release(ballot, standing, name(acting), why, acting.now, secret(acting))
        if isinstance(outcome, Done):  # else it is not open any more, or the seat is off its roll
            ballots.append(record.id, outcome.entries)
            noted += 1
    invitations.leave(place.id)
    tell(acting.tx, [member], lambda language: joining.released(seated, language), calls, acting.now)
    return noted


def seated_at(acting: Acting, place: Place) -> Seated:
    """A seat as people are told of it."""
    compound = finding.compound(acting.tx, place.compound)
    return Seated(compound.name, place.kind, place.seat)


def _places(acting: Acting, compound: Compound, kind: Kind, seat: str) -> list[Place]:
    places = Rolls(acting.tx.connection).places(compound.id, kind)
    if not places:
        raise Refusal("no_roll")
    if not seat:
        return places
    chosen = [place for place in places if place.seat.id == seat.strip()]
    if not chosen:
        raise Refusal("no_seat_key")
    return chosen
