"""Proxies: someone votes for a seat by its written word. Recorded, limited, revocable; one's own vote wins."""

from datetime import datetime

from ballots.ballot import Ballot
from ballots.casting import refusal
from ballots.ledger import Entry
from ballots.outcomes import Done, Reason, Refused
from ballots.standing import Standing


def appoint(
    ballot: Ballot, standing: Standing, holder: str, held: int, staff: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Record who may vote for a seat: `holder` is the name on the paper, `held` how many proxies that person holds
    already in this ballot, `staff` who saw the paper."""
    if refused := refusal(ballot, standing, at):
        return refused
    if not holder.strip() or not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    if standing.proxy:
        return Refused(Reason.HAS_PROXY)
    if held >= ballot.proxies:
        return Refused(Reason.TOO_MANY_PROXIES, str(ballot.proxies))
    private = {"holder": holder.strip(), "staff": staff.strip()}
    return Done([Entry("proxy", at, secret, {"seat": standing.number}, private)], (standing.number,))


def revoke(ballot: Ballot, standing: Standing, staff: str, at: datetime, secret: bytes) -> Done | Refused:
    """Take a proxy back. What the proxy has cast no longer counts: nobody speaks for a seat against its will."""
    if refused := refusal(ballot, standing, at):
        return refused
    if not standing.proxy:
        return Refused(Reason.NO_PROXY)
    if not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    entry = Entry("revoked", at, secret, {"seat": standing.number}, {"staff": staff.strip()})
    return Done([entry], (standing.number,))
