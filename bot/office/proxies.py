"""Proxies: the office's acts on who may vote for a seat, by the seat's written word that a member of staff has seen."""

from dataclasses import dataclass

from ballots import proxies
from ballots.outcomes import Done, Refused
from bot.channels import unasked
from bot.office import finding
from bot.office.acting import Acting, act
from bot.office.recording import name, plain, record, secret, words
from bot.office.seats import At, at, tell_seat
from bot.office.telling import Calls
from bot.store.ballots import Ballots, Record
from dialogs import notices
from dialogs.names import Seated

_CALLS = unasked.calls


@dataclass(frozen=True, slots=True)
class Set:
    """A proxy that was recorded or taken back: the seat's number and whose it is, and whether somebody was told."""

    number: int
    seated: Seated
    told: bool


@act("proxy.appoint", find=finding.ballot)
def appoint(acting: Acting, found: Record, seat: str, holder: str, calls: Calls = _CALLS) -> Set:
    """Record who may vote for a seat: `holder` is the name on the paper."""
    seen = at(acting, found, seat)
    held = [plain(other) for other in Ballots(acting.tx.connection).proxies(found.id).values()].count(plain(holder))
    outcome = proxies.appoint(seen.ballot, seen.standing, words(holder), held, name(acting), acting.now, secret(acting))
    return _done(acting, seen, outcome, "proxy_appointed", calls)


@act("proxy.revoke", find=finding.ballot)
def revoke(acting: Acting, found: Record, seat: str, calls: Calls = _CALLS) -> Set:
    """Take a proxy back; what it has cast no longer counts."""
    seen = at(acting, found, seat)
    outcome = proxies.revoke(seen.ballot, seen.standing, name(acting), acting.now, secret(acting))
    return _done(acting, seen, outcome, "proxy_revoked", calls)


def _done(acting: Acting, seen: At, outcome: Done | Refused, key: str, calls: Calls) -> Set:
    record(acting, seen.record.id, outcome)
    told = tell_seat(acting, seen, lambda language: notices.about_seat(key, seen.told, seen.seated, language), calls)
    return Set(seen.standing.number, seen.seated, told)
