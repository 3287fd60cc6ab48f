"""Paper (入户调查): a form is entered with the name of who collected it, a second member of staff confirms it, and only
then it counts. Where the seat has voted in another way already, the office decides, by an entry of its own."""

from datetime import datetime

from ballots.ballot import Ballot
from ballots.casting import entry_of, refusal, unfit
from ballots.ledger import Entry
from ballots.outcomes import Done, Reason, Refused
from ballots.standing import By, Selection, Standing


def enter(
    ballot: Ballot, standing: Standing, selection: Selection, collector: str, staff: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Enter a seat's form. `collector` brought it from the household, `staff` types it in; the seat is to be told."""
    selection = selection.tidy()
    if not collector.strip() or not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    if refused := refusal(ballot, standing, at) or _other_way(standing) or unfit(ballot, standing, selection):
        return refused
    people = {"collector": collector.strip(), "staff": staff.strip()}
    entry = entry_of("entered", standing, selection, at, secret, {"by": By.PAPER.value}, people)
    return Done([entry], (standing.number,))


def confirm(
    ballot: Ballot, standing: Standing, entered_by: tuple[str, str], staff: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Confirm the form that waits; from now on it counts. `entered_by` is who collected it and who typed it in: the one
    who confirms must be neither."""
    if refused := refusal(ballot, standing, at) or _unfit_to_confirm(standing, entered_by, staff):
        return refused
    if not standing.paper or not standing.paper.choices:
        return Refused(Reason.EMPTY)  # a correction voided all that stands on it
    return Done([_about(standing, "confirmed", at, secret, staff=staff)], (standing.number,))


def decline(
    ballot: Ballot, standing: Standing, because: str, staff: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Take the form that waits away again, with a reason: a slip in entering it, or the seat's own wish."""
    if refused := refusal(ballot, standing, at):
        return refused
    if standing.paper is None:
        return Refused(Reason.NO_PAPER)
    if not because.strip() or not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    return Done([_about(standing, "declined", at, secret, staff=staff, because=because)], (standing.number,))


def decide(
    ballot: Ballot, standing: Standing, by: By, because: str, staff: str, at: datetime, secret: bytes
) -> Done | Refused:
    """Decide how a seat votes from now on: `By.PAPER` or `By.ONLINE`. What counts goes on counting until the seat votes
    in that way; a form that waits is set aside where the seat votes online."""
    if by not in (By.PAPER, By.ONLINE):
        raise ValueError(f"a seat votes on paper or online, not {by.value!r}")
    if refused := refusal(ballot, standing, at):
        return refused
    # What was decided once can be decided otherwise, also where nothing of the seat is left: else it were locked out.
    untouched = standing.decided is By.NOBODY and standing.by is By.NOBODY and standing.paper is None
    if standing.decided is by or untouched:
        return Refused(Reason.NOTHING_TO_DECIDE)
    if not because.strip() or not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    entry = _about(standing, "decided", at, secret, {"by": by.value}, staff=staff, because=because)
    return Done([entry], (standing.number,))


def _unfit_to_confirm(standing: Standing, entered_by: tuple[str, str], staff: str) -> Refused | None:
    if standing.paper is None:
        return Refused(Reason.NO_PAPER)
    if not staff.strip():
        return Refused(Reason.TEXT_MISSING)
    same = staff.strip() in (name.strip() for name in entered_by)
    return Refused(Reason.SAME_PERSON) if same else None


def _other_way(standing: Standing) -> Refused | None:
    if standing.decided is By.ONLINE:
        return Refused(Reason.DECIDED_ONLINE)
    # A proxy's vote gives way: the form is the seat's own word.
    if standing.decided is By.NOBODY and standing.by is By.ONLINE:
        return Refused(Reason.ONLINE_FIRST)
    return Refused(Reason.PAPER_WAITS) if standing.paper is not None else None


def _about(
    standing: Standing, kind: str, at: datetime, secret: bytes, public: dict[str, str] | None = None, **private: str
) -> Entry:
    words = {name: word.strip() for name, word in private.items()}
    return Entry(kind, at, secret, {"seat": standing.number, **(public or {})}, words)
