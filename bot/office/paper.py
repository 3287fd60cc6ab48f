"""Paper (入户调查): the office's acts on the paper forms of an open ballot. A member of staff enters a form, a second
one confirms it; the seat is told of each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ballots import paper
from ballots.ledger import receipt
from ballots.outcomes import Done, Refused
from ballots.standing import By, Choice, Selection
from bot.channels import unasked
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.office.recording import name, plain, record, secret, words
from bot.office.seats import At, at, tell_seat
from bot.office.telling import Calls
from bot.store.ballots import Ballots, Record
from dialogs import notices
from dialogs.names import Seated

_CALLS = unasked.calls


@dataclass(frozen=True, slots=True)
class Entered:
    """What was done about a form: the seat's number and whose it is, the form's receipt ("" where it does not count),
    and whether somebody was told of it in chat."""

    number: int
    seated: Seated
    receipt: str
    told: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that waits for its second confirmer: who brought it, who typed it in, and what it says."""

    number: int
    seated: Seated
    collector: str
    staff: str
    selection: Selection


@act("paper.enter", find=finding.ballot)
def enter(
    acting: Acting,
    found: Record,
    seat: str,
    choices: Mapping[str, Choice],
    reasons: Mapping[str, str],
    collector: str,
    calls: Calls = _CALLS,
) -> Entered:
    """Enter a seat's form (`seat`: its key on the roll, or "#number"). `collector` brought it from the household. It
    does not count before a second member of staff has confirmed it."""
    seen = at(acting, found, seat)
    key, selection = secret(acting), Selection(choices, reasons)
    record(
        acting,
        found.id,
        paper.enter(seen.ballot, seen.standing, selection, words(collector), name(acting), acting.now, key),
    )
    says = partial(notices.paper_entered, seen.told, seen.seated, receipt(key))
    return Entered(seen.standing.number, seen.seated, receipt(key), tell_seat(acting, seen, says, calls))


@act("paper.confirm", find=finding.ballot)
def confirm(acting: Acting, found: Record, seat: str, calls: Calls = _CALLS) -> Entered:
    """Confirm the form that waits, by somebody who neither brought it nor typed it in; from now on it counts."""
    seen = at(acting, found, seat)
    entered = _entered_by(acting, seen)
    outcome = paper.confirm(seen.ballot, seen.standing, entered, name(acting), acting.now, secret(acting))
    return _done(acting, seen, outcome, "paper_confirmed", "", calls)


@act("paper.decline", find=finding.ballot)
def decline(acting: Acting, found: Record, seat: str, because: str, calls: Calls = _CALLS) -> Entered:
    """Take the form that waits away again, with a reason: a slip in entering it, or the seat's own wish."""
    seen = at(acting, found, seat)
    outcome = paper.decline(seen.ballot, seen.standing, words(because), name(acting), acting.now, secret(acting))
    return _done(acting, seen, outcome, "paper_declined", because.strip(), calls)


@act("paper.decide", find=finding.ballot)
def decide(acting: Acting, found: Record, seat: str, by: By, because: str, calls: Calls = _CALLS) -> Entered:
    """Decide whether a seat that has voted in two ways votes on paper or online from now on."""
    seen = at(acting, found, seat)
    outcome = paper.decide(seen.ballot, seen.standing, by, words(because), name(acting), acting.now, secret(acting))
    return _done(acting, seen, outcome, f"paper_decided_{by.value}", because.strip(), calls)


@act("paper.list", find=finding.ballot)
def waiting(acting: Acting, found: Record) -> list[Waiting]:
    """The forms of a ballot that wait for their second confirmers, with what was entered, to be held against paper."""
    if found.head.lines == 0:
        raise Refusal("reason.not-open")
    ballots = Ballots(acting.tx.connection)
    seats, compound = ballots.seats(found.id), finding.compound(acting.tx, found.compound)
    forms = []
    for number, standing in sorted(ballots.box(found.id).standings.items()):
        if standing.paper is None or standing.gone:
            continue
        words = ballots.private(found.id, standing.paper_line)
        seated = Seated(compound.name, found.kind, seats[number])
        forms.append(Waiting(number, seated, words["collector"], words["staff"], standing.paper))
    return forms


def _entered_by(acting: Acting, seen: At) -> tuple[str, str]:
    if not seen.standing.paper_line:
        return "", ""
    words, own = Ballots(acting.tx.connection).private(seen.record.id, seen.standing.paper_line), name(acting)
    # A name that was typed with a blank in it, or in wide letters, is still the same person's.
    collector, staff = (own if plain(one) == plain(own) else one for one in (words["collector"], words["staff"]))
    return collector, staff


def _done(acting: Acting, seen: At, outcome: Done | Refused, key: str, because: str, calls: Calls) -> Entered:
    line = seen.standing.paper_line
    record(acting, seen.record.id, outcome)
    told = tell_seat(
        acting, seen, lambda language: notices.about_seat(key, seen.told, seen.seated, language, because), calls
    )
    counts = line and key == "paper_confirmed"
    mark = receipt(Ballots(acting.tx.connection).secret(seen.record.id, line)) if counts else ""
    return Entered(seen.standing.number, seen.seated, mark, told)
