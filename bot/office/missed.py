"""Missed: what the clock had to do with a ballot and could not. It is noted in the audit, the staff who are on duty in
chat are told of it once, and the ballot's page shows it until somebody has acted."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from ballots.ballot import State
from bot.office import finding
from bot.office.acting import Acting, Refusal
from bot.office.drafts import loaded
from bot.office.telling import Calls, tell
from bot.store import Transaction
from bot.store.audit import Audit
from bot.store.ballots import Ballots, Record
from bot.store.staff import OnDuty, StaffList
from bot.times import beijing
from dialogs import notices
from dialogs.notices import Told

CLOCK = "clock"  # who it is that acts, as it stands in the audit

# Where an error of the program stood in the way, again at each try, and no rule.
FAILED = Refusal("clock_failed")

What = Literal["open", "close"]
_STILL = {State.DRAFT: "ballot.open", State.OPEN: "ballot.close"}  # what is missing as long as a ballot is in a state
_ANSWERS = ("ballot.open", "ballot.schedule", "ballot.redraft", "ballot.extend", "ballot.close", "ballot.void")


@dataclass(frozen=True, slots=True)
class Missed:
    """What the clock could not do, and when; the key of the sentence that says why."""

    what: What
    at: datetime
    sentence: str


def not_opened(acting: Acting, record: Record, why: Refusal, calls: Calls) -> None:
    """A draft did not open by itself, and is not scheduled any more: somebody has to look at it. The staff are told."""
    Ballots(acting.tx.connection).schedule(record.id, None)
    says = partial(notices.not_opened, _told(acting.tx, record, record.opens), why.sentence, why.values)
    tell(acting.tx, on_duty(acting.tx, record.street), says, calls, acting.now)


def not_closed(acting: Acting, record: Record, calls: Calls) -> None:
    """A ballot whose close has come did not close by itself. The staff are told."""
    says = partial(notices.not_closed, _told(acting.tx, record, record.closes))
    tell(acting.tx, on_duty(acting.tx, record.street), says, calls, acting.now)


def given_up(acting: Acting, record: Record, what: What, calls: Calls) -> None:
    """An error stood in the way of what the clock had to do, at every try: it is noted, and the staff are told."""
    Audit(acting.tx.connection).note(acting.now, acting.actor.id, f"ballot.{what}", record.id, "refused", FAILED.key)
    if what == "open":
        not_opened(acting, record, FAILED, calls)
    else:
        not_closed(acting, record, calls)


def on_duty(tx: Transaction, street: str) -> list[OnDuty]:
    """Who is told of what went wrong in a street: its staff who have joined in chat; the district's, where none has."""
    staff = StaffList(tx.connection)
    return staff.on_duty(street) or staff.on_duty("")


def missed(tx: Transaction) -> dict[str, Missed]:
    """What the clock could not do and nobody has done or changed since, by the ballots' ids."""
    found = {}
    for id, line in Audit(tx.connection).unanswered(CLOCK, _ANSWERS).items():
        record = Ballots(tx.connection).record(id)
        if record and line.act == _STILL.get(record.state):
            what: What = "open" if record.state is State.DRAFT else "close"
            found[id] = Missed(what, line.at, Refusal(line.reason).sentence)
    return found


def _told(tx: Transaction, record: Record, at: datetime) -> Told:
    return Told(finding.compound(tx, record.compound).name, loaded(record).title, beijing(at))
