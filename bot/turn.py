"""A turn: one row of the inbox, one transaction. What a person did, what the bot remembers of it and what it will say
are committed together or not at all."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from bot.channels.translator import Presence, Translator
from bot.logs import where
from bot.store import Received, Transaction, Waiting
from bot.store.store import KEEP_WALKS
from bot.times import Clock
from dialogs.conversation import Conversation
from dialogs.desk import NOBODY, Desk
from dialogs.sessions import Session

log = logging.getLogger(__name__)

# A row whose turn fails is tried again after each of these, then set aside: its person waits, and is not kept waiting.
RETRIES = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30))

# Whoever sends more than this waits: a chat can be told no more than one message a second, so the answers would only
# pile up. Someone who taps through a menu stays below it.
FAST_ROWS, FAST_SPAN = 60, timedelta(minutes=1)

# The office's side of a conversation, for one turn: within its transaction, on its channel, at its time.
Desks = Callable[[Transaction, str, str, datetime], Desk]

# Where the calls of a notice stand among those of a row: before its reply, which may come later all the same.
_NOTICES = {"slow": -200, "failed": -100}


@dataclass(frozen=True, slots=True)
class Deed:
    """What a row of a channel does in which nobody writes. `do` gives None where the row is settled, a time where it is
    to wait until then; `give_up` is done in its place where it has failed too often."""

    do: Callable[[Transaction, Received, datetime], datetime | None]
    give_up: Callable[[Transaction, Received, datetime], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its id, and the calls that now wait to be delivered."""

    inbox: str
    calls: tuple[Waiting, ...] = ()


class Turns:
    """Takes rows of the inbox, oldest first, each conversation in its own order."""

    def __init__(
        self,
        conversation: Conversation,
        translators: Mapping[str, Translator],
        clock: Clock,
        desk: Desks = lambda tx, channel, conversation, now: NOBODY,
        deeds: Mapping[str, Deed] = MappingProxyType({}),
    ) -> None:
        self._conversation = conversation
        self._deeds = deeds
        self._desk = desk
        self._translators = translators
        self._clock = clock

    def take(self, tx: Transaction, channel: str, conversation: str = "") -> Taken | None:
        """Take a channel's next row, or a conversation's; None where none is due.

        A row that fails is kept for another try, or set aside; only trouble of the database itself is raised.
        """
        now = self._clock()
        row = tx.inbox.next(channel, now, conversation)
        if row is None:
            return None
        if (
            channel not in self._deeds
            and self._translators[channel].strangers
            and (free := tx.inbox.freed(row.conversation, FAST_ROWS, FAST_SPAN, now))
        ):
            tx.inbox.postpone(row.id, free)
            log.info("slowed", extra={"inbox": row.id})
            # Once a minute: each row that follows may wait as well, and a notice for each would double what is sent.
            told = tx.outbox.said(row.conversation, _NOTICES["slow"], now - FAST_SPAN)
            return Taken(row.id, () if told else self._notice("slow", row, now, tx))
        try:
            with tx.connection.savepoint():
                calls = self._done(row, now, tx) if channel in self._deeds else self._reply(row, now, tx)
        except Exception as error:
            if tx.connection.is_trouble(error):
                raise
            return self._failed(row, error, now, tx)
        log.info("turn", extra={"inbox": row.id, "calls": len(calls)})
        return Taken(row.id, calls)

    def _done(self, row: Received, now: datetime, tx: Transaction) -> tuple[Waiting, ...]:
        again = self._deeds[row.channel].do(tx, row, now)
        if again is None:
            tx.inbox.done(row.id, now)
        else:
            tx.inbox.postpone(row.id, again)
        return ()

    def _reply(self, row: Received, now: datetime, tx: Transaction) -> tuple[Waiting, ...]:
        translator = self._translators[row.channel]
        event = translator.event(row)
        reply = None
        if isinstance(event, Presence):
            tx.sessions.reachable(row.conversation, event.reachable, now)
            if not event.reachable:
                tx.outbox.withdraw_unasked(row.conversation, now, "blocked")
        elif event is not None:
            session = self._session(row, tx)
            desk = self._desk(tx, row.channel, row.conversation, now)
            reply, session = self._conversation.hear(event, session, desk)
            tx.sessions.save(row.conversation, session.dump(), now)
        standing = tx.outbox.answer_to(row.conversation, row.message) if row.message else []
        if reply and reply.page and (tapped := translator.tapped(row)):
            # A page turns where it stands; an answer stays, and what comes after it is told below.
            standing = tx.outbox.shown(row.conversation, tapped)
        calls = translator.calls(row, reply, standing)
        waiting = tx.outbox.add(row.id, row.channel, row.conversation, calls, now)
        tx.inbox.done(row.id, now)
        return tuple(waiting)

    def _session(self, row: Received, tx: Transaction) -> Session:
        dated = tx.sessions.dated(row.conversation)
        if dated is None:
            return Session(self._translators[row.channel].language(row))
        session, updated = Session.load(dated[0]), dated[1]
        # Whoever comes back after that long has forgotten the question; its buttons then offer to begin anew.
        return replace(session, walk=None) if self._clock() - updated > KEEP_WALKS else session

    def _failed(self, row: Received, error: Exception, now: datetime, tx: Transaction) -> Taken:
        reason = where(error)
        log.error("turn failed", extra={"inbox": row.id, "attempt": row.attempts + 1, "error": reason})
        if row.attempts < len(RETRIES):
            tx.inbox.again(row.id, now + RETRIES[row.attempts], reason)
            return Taken(row.id)
        tx.inbox.aside(row.id, reason)
        return Taken(row.id, self._notice("failed", row, now, tx))

    def _notice(
        self, key: Literal["slow", "failed"], row: Received, now: datetime, tx: Transaction
    ) -> tuple[Waiting, ...]:
        """Say something about a row beside its reply; where even that fails, the row's own state matters more."""
        try:
            with tx.connection.savepoint():
                if row.channel in self._deeds:  # nobody waits there, but somebody may have to know
                    self._deeds[row.channel].give_up(tx, row, now)
                    return ()
                session = self._session(row, tx)
                calls = self._translators[row.channel].notice(row, self._conversation.notice(key, session))
                return tuple(tx.outbox.add(row.id, row.channel, row.conversation, calls, now, first=_NOTICES[key]))
        except Exception as error:
            if tx.connection.is_trouble(error):
                raise
            log.error("notice failed", extra={"inbox": row.id, "error": where(error)})
            return ()
