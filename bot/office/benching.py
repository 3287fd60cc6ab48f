"""Benching: what an active member of staff sees and does in chat, by the same acts as at the command line."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property

from ballots.ballot import State
from ballots.ledger import unstamp
from bot.office import ballots, book, finding, paper, persons, reports
from bot.office.acting import Acting, Refusal
from bot.office.drafts import loaded
from bot.office.roles import STAFF, Actor, Role
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.staff import StaffList
from dialogs import staffing
from dialogs.bench import Form, Round, Yard
from dialogs.desk import DONE
from dialogs.steps import Do

_UNDER_WAY = (State.DRAFT, State.OPEN, State.CLOSED)  # what is certified or void needs nothing more


def _seat(acting: Acting, data: Mapping[str, str]) -> str:
    """The own id of a seat, which nothing else is called, by its number in a ballot; "" for none."""
    ids = Ballots(acting.tx.connection).seat_ids(data["ballot"])
    return ids.get(int(data["number"]), "")


_ACTS: Mapping[str, Callable[[Acting, Mapping[str, str]], object]] = {
    # Who opens by hand means now, whatever time was planned.
    "ballot.open": lambda acting, data: ballots.open_ballot(acting, data["ballot"], at_once=True),
    "ballot.extend": lambda acting, data: ballots.extend(
        acting, data["ballot"], unstamp(data["closes"]), data["because"]
    ),
    "ballot.close": lambda acting, data: ballots.close(acting, data["ballot"], data["because"]),
    "paper.confirm": lambda acting, data: paper.confirm(acting, data["ballot"], _seat(acting, data)),
}


class Benching:
    """The bench of one conversation at one time."""

    def __init__(self, tx: Transaction, channel: str, conversation: str, now: datetime) -> None:
        self._tx, self._channel, self._conversation, self._now = tx, channel, conversation, now
        self._forms: dict[str, tuple[Form, ...]] = {}

    def bench(self) -> tuple[Yard, ...] | None:
        """The compounds of the member of staff whose account this is, with their ballots that are not at their end."""
        if (acting := self._acting) is None:
            return None
        compounds, records = book.list_compounds(acting), ballots.listed(acting)
        if isinstance(compounds, Refusal) or isinstance(records, Refusal):
            return None
        return tuple(
            Yard(
                compound.name,
                tuple(
                    self._round(record, name, title)
                    for record, name, title in reversed(records)
                    if record.compound == compound.id and record.state in _UNDER_WAY
                ),
            )
            for compound, _ in compounds
        )

    def round(self, id: str) -> Round | None:
        """A ballot, if this member of staff may see it."""
        try:
            record = finding.ballot(self._tx, id)
        except Refusal:
            return None
        if self._acting is None or not self._acting.actor.may(STAFF, record.street):
            return None
        compound = finding.compound(self._tx, record.compound)
        return self._round(record, compound.name, loaded(record).title)

    def forms(self, id: str) -> tuple[Form, ...]:
        """The paper forms of a ballot that wait for their second confirmers."""
        # Once a turn: a dialog asks several times, and that somebody looked stands in the audit.
        if id not in self._forms:
            found = paper.waiting(self._acting, id) if self._acting else []
            waiting = [] if isinstance(found, Refusal) else found
            self._forms[id] = tuple(
                Form(one.number, one.seated, one.selection.choices, one.selection.reasons) for one in waiting
            )
        return self._forms[id]

    def turnout(self, id: str) -> tuple[int, int] | None:
        """How many seats of a ballot have taken part, and of how many."""
        found = reports.turned_out(self._acting, id) if self._acting else None
        if found is None or isinstance(found, Refusal) or not found.parts:
            return None
        whole = found.parts[0]  # the compound stands first
        return whole.taken_part, whole.seats

    def does(self, what: str) -> bool:
        """Whether this is an act of the bench."""
        return what in _ACTS

    def do(self, step: Do) -> str:
        """Carry an act out; DONE, or the refusal."""
        # An account that is no staff's does not stand in the audit.
        acting = self._acting or Acting(self._tx, Actor("anyone", Role.ANYONE), self._now, secrets.token_bytes)
        came = _ACTS[step.what](acting, step.data)
        return staffing.refused(came.sentence, came.values) if isinstance(came, Refusal) else DONE

    @cached_property
    def _acting(self) -> Acting | None:
        """Acting for the member of staff whose account this is; None for anybody else, and where others read along."""
        if not persons.is_private(self._channel, self._conversation):
            return None
        staff = StaffList(self._tx.connection).by_person(persons.person(self._channel, self._conversation))
        if staff is None or staff.state != "active":
            return None
        return Acting(self._tx, Actor(staff.id, Role(staff.role), staff.street), self._now, secrets.token_bytes)

    def _round(self, record: Record, compound: str, title: str) -> Round:
        due = record.state is State.OPEN and record.closes <= self._now
        return Round(record.id, compound, title, record.state, record.opens, record.closes, due)
