"""The inbox: what people did, row by row in the order it arrived, each id met once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.store.dialect import Connection
from bot.times import iso, read

# Before any time that a clock may tell, also one that is set back after the row came.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in: `id` is unique for ever (channel and the channel's own id), `payload` as it came.

    `message` is the id of the person's message in its chat, "" where it has none. An arrival that could not be
    understood has a `fault` and is set aside at once: kept, never taken.
    """

    id: str
    channel: str
    conversation: str
    payload: str
    message: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An open row, as a turn takes it."""

    id: str
    channel: str
    conversation: str
    message: str
    payload: str
    attempts: int


class Inbox:
    """The inbox inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Keep arrivals in their order; how many were new. One that came before changes nothing."""
        return sum(
            self._connection.run(
                """
                insert into inbox (id, channel, conversation, message, state, payload, reason, due, received)
                values (:id, :channel, :conversation, :message, :state, :payload, :reason, :due, :now)
                on conflict (id) do nothing
                """,
                id=arrival.id,
                channel=arrival.channel,
                conversation=arrival.conversation,
                message=arrival.message,
                state="aside" if arrival.fault else "open",
                payload=arrival.payload,
                reason=arrival.fault,
                due=iso(AT_ONCE),
                now=iso(now),
            )
            for arrival in arrivals
        )

    def next(self, channel: str, now: datetime, conversation: str = "") -> Received | None:
        """The oldest open row that is due and whose conversation has no older open one; or of one conversation only."""
        rows = self._connection.rows(
            f"""
            select id, channel, conversation, message, payload, attempts from inbox
            where state = 'open' and channel = :channel and due <= :now
            {"and conversation = :conversation" if conversation else ""}
            and not exists (
                select 1 from inbox earlier
                where earlier.conversation = inbox.conversation and earlier.state = 'open' and earlier.seq < inbox.seq
            )
            order by seq limit 1
            """,
            channel=channel,
            now=iso(now),
            conversation=conversation,
        )
        return Received(**rows[0]) if rows else None

    def waits(self, conversation: str) -> bool:
        """Whether a conversation has an open row."""
        return bool(
            self._connection.rows(
                "select 1 from inbox where conversation = :conversation and state = 'open' limit 1",
                conversation=conversation,
            )
        )

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """When the next row of these channels can be taken, AT_ONCE where it need not wait; None where none is open."""
        # A row behind an older one of its conversation may be due long before that one is.
        rows = self._connection.rows(
            """
            select channel, min(due) as due from inbox
            where state = 'open' and not exists (
                select 1 from inbox earlier
                where earlier.conversation = inbox.conversation and earlier.state = 'open' and earlier.seq < inbox.seq
            )
            group by channel
            """
        )
        due = [row["due"] for row in rows if row["channel"] in channels]
        return read(min(due)) if due else None

    def done(self, id: str, now: datetime) -> None:
        """End a row that was replied to; what the person wrote is erased, the id stays."""
        self._connection.run(
            "update inbox set state = 'done', payload = null, done = :now where id = :id", id=id, now=iso(now)
        )

    def again(self, id: str, due: datetime, reason: str) -> None:
        """Let a row that failed be tried again at `due`; its conversation waits behind it."""
        self._connection.run(
            "update inbox set attempts = attempts + 1, due = :due, reason = :reason where id = :id",
            id=id,
            due=iso(due),
            reason=reason,
        )

    def aside(self, id: str, reason: str) -> None:
        """Set a row aside, payload and all, where the office sees it; its conversation goes on."""
        self._connection.run(
            "update inbox set state = 'aside', attempts = attempts + 1, reason = :reason where id = :id",
            id=id,
            reason=reason,
        )

    def postpone(self, id: str, due: datetime) -> None:
        """Let a row wait until `due`; no failure of its own."""
        self._connection.run("update inbox set due = :due where id = :id", id=id, due=iso(due))

    def freed(self, conversation: str, count: int, span: timedelta, now: datetime) -> datetime | None:
        """Where `count` rows of a conversation or more ended within the last `span`: when that will be so no longer."""
        rows = self._connection.rows(
            """
            select done from inbox
            where conversation = :conversation and state = 'done' and done > :since and done <= :now
            order by done desc limit 1 offset :before
            """,
            conversation=conversation,
            since=iso(now - span),
            now=iso(now),
            before=count - 1,
        )
        return read(rows[0]["done"]) + span if rows else None

    def forget(self, before: datetime, aside_before: datetime) -> int:
        """Drop ended rows older than `before` that nothing points at; how many. Of those that were set aside before
        `aside_before` the text is erased; the row stays."""
        self._connection.run(
            "update inbox set payload = null where state = 'aside' and received < :before", before=iso(aside_before)
        )
        return self._connection.run(
            """
            delete from inbox where state = 'done' and done < :before
            and not exists (select 1 from outbox where outbox.inbox = inbox.id)
            """,
            before=iso(before),
        )
