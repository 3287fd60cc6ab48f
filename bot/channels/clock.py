"""The clock as a channel: that a ballot's time has come is a row of the inbox, like what people send. A row's deed is
an act of the office by "clock".

What was missed while nothing ran is looked up at the next start, and happens then, at the time that it is then. A row
is only a reminder: the deed looks at the ballot as it stands, so that a close that was moved, a draft that was changed,
or a clock that jumps does nothing wrong.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from ballots.ballot import State
from bot.channels import unasked
from bot.office import ballots as office
from bot.office import missed
from bot.office.acting import Acting, Refusal
from bot.office.roles import Actor, Role
from bot.store import Arrival, Received, Store, Transaction
from bot.store.ballots import Appointment, Ballots
from bot.times import Clock, iso, read
from bot.turn import Deed, Turns

log = logging.getLogger(__name__)

CHANNEL = "clock"

# What other processes lay down is noticed within this; a clock that was set otherwise too.
_LOOK_SECONDS = 2.0


def arrive(tx: Transaction, now: datetime) -> tuple[int, datetime | None]:
    """Put into the inbox what is due; how many rows were new, and when the next will be due (None: none is known)."""
    appointments = Ballots(tx.connection).appointments()
    due = [_arrival(each) for each in appointments if each.at <= now]
    later = [each.at for each in appointments if each.at > now]
    return tx.inbox.add(due, now) if due else 0, min(later, default=None)


def tick(tx: Transaction, turns: Turns, now: datetime) -> None:
    """Do what is due at once, where nothing watches the clock: in a terminal."""
    arrive(tx, now)
    while turns.take(tx, CHANNEL):
        pass


def _do(tx: Transaction, row: Received, now: datetime) -> datetime | None:
    """Do what a row reminds of; None where it is settled, a time where it is to be looked at again then."""
    due = json.loads(row.payload)
    found, acting = Ballots(tx.connection).record(due["ballot"]), _acting(tx, now)
    if due["what"] == "open":
        if found is None or found.state is not State.DRAFT or not found.scheduled or found.opens != read(due["at"]):
            return None
        if now < found.opens:  # the clock was set back since
            return found.opens
        if isinstance(opened := office.open_ballot(acting, found.id), Refusal):
            missed.not_opened(acting, found, opened, unasked.calls)
        return None
    if found is None or found.state is not State.OPEN or found.closes != read(due["at"]):
        return None
    if now < found.closes:
        return found.closes
    closed = office.close(acting, found.id)
    assert not isinstance(closed, Refusal), closed.key
    return None


def _give_up(tx: Transaction, row: Received, now: datetime) -> None:
    """What a row reminds of has failed too often: the staff are told, if it is still to be done."""
    due = json.loads(row.payload)
    found = Ballots(tx.connection).record(due["ballot"])
    if found and found.state is (State.DRAFT if due["what"] == "open" else State.OPEN):
        missed.given_up(_acting(tx, now), found, due["what"], unasked.calls)


def _acting(tx: Transaction, now: datetime) -> Acting:
    return Acting(tx, Actor(missed.CLOCK, Role.DISTRICT), now, secrets.token_bytes)


deed = Deed(_do, _give_up)


class Ticking:
    """Watches the clock while the bot serves. `wake` tells the turner that there are rows."""

    def __init__(self, store: Store, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            new, later = await self._store.persist(lambda tx: arrive(tx, self._clock()))
            if new:
                log.info("due", extra={"rows": new})
                self._wake()
            seconds = _LOOK_SECONDS if later is None else (later - self._clock()).total_seconds()
            await asyncio.sleep(min(max(seconds, 0), _LOOK_SECONDS))


def _arrival(due: Appointment) -> Arrival:
    payload = json.dumps({"ballot": due.ballot, "what": due.what, "at": iso(due.at)})
    stamps = [f"{time:%Y%m%dT%H%M%S%f}" for time in (due.at, *([read(due.mark)] if due.mark else []))]
    id = "/".join((CHANNEL, due.ballot, due.what, *stamps))
    return Arrival(id, CHANNEL, f"{CHANNEL}/{due.ballot}", payload)
