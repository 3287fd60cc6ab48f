"""The outbox: what is said to people, one row a call to the channel, kept until its end is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.store.dialect import Connection
from bot.times import iso, read

Kind = Literal["send", "edit", "delete", "other"]
End = Literal["delivered", "never", "unknown"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a channel, as a turn makes it.

    `lane` is where order matters (a chat). `question` is the person's message that this answers and `slot` the part
    of the answer; an edit or a delete `replaces` an earlier row (its id). `unasked`: nobody asked for it, so it waits
    for replies, and a second copy would be worse than none. `page`: another page may take its place.
    """

    lane: str
    payload: str
    kind: Kind = "send"
    question: str = ""
    slot: int = 0
    replaces: str = ""
    unasked: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that waits to be delivered."""

    id: str
    conversation: str
    lane: str
    payload: str
    kind: Kind
    replaces: str
    unasked: bool
    tries: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """The call that stands last in a slot of an answer, delivered or on its way."""

    id: str
    slot: int


class Outbox:
    """The outbox inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, inbox: str, channel: str, conversation: str, calls: Sequence[Call], now: datetime, first: int = 0
    ) -> list[Waiting]:
        """Keep a turn's calls under (inbox id, n), n from `first` on; as they wait now."""
        return [
            self._put(f"{inbox}#{n}", inbox, channel, conversation, call, now) for n, call in enumerate(calls, first)
        ]

    def _put(self, id: str, inbox: str, channel: str, conversation: str, call: Call, now: datetime) -> Waiting:
        self._connection.run(
            """
            insert into outbox (id, inbox, channel, conversation, lane, unasked, kind, question, slot, replaces, page,
                                state, payload, created)
            values (:id, :inbox, :channel, :conversation, :lane, :unasked, :kind, :question, :slot, :replaces, :page,
                    'open', :payload, :created)
            """,
            id=id,
            inbox=inbox,
            channel=channel,
            conversation=conversation,
            lane=call.lane,
            unasked=int(call.unasked),
            kind=call.kind,
            question=call.question,
            slot=call.slot,
            replaces=call.replaces,
            page=int(call.page),
            payload=call.payload,
            created=iso(now),
        )
        return Waiting(id, conversation, call.lane, call.payload, call.kind, call.replaces, call.unasked, 0, now)

    def waiting(self, channel: str, conversation: str = "") -> list[Waiting]:
        """What a channel has yet to deliver, in order; or only in one conversation."""
        rows = self._connection.rows(
            f"""
            select id, conversation, lane, payload, kind, replaces, unasked, tries, created from outbox
            where state = 'open' and channel = :channel
            {"and conversation = :conversation" if conversation else ""}
            order by seq
            """,
            channel=channel,
            conversation=conversation,
        )
        return [_waiting(row) for row in rows]

    def last(self) -> int:
        """The number of the last row that was ever added, 0 where none was."""
        return int(self._connection.rows("select coalesce(max(seq), 0) as seq from outbox")[0]["seq"])

    def unasked_since(self, last: int) -> dict[str, list[Waiting]]:
        """What waits of all that was added after a row and that nobody asked for, in order, by channel."""
        rows = self._connection.rows(
            """
            select channel, id, conversation, lane, payload, kind, replaces, unasked, tries, created from outbox
            where seq > :last and state = 'open' and unasked = 1 order by seq
            """,
            last=last,
        )
        found: dict[str, list[Waiting]] = {}
        for row in rows:
            found.setdefault(row["channel"], []).append(_waiting(row))
        return found

    def answer_to(self, conversation: str, question: str) -> list[Sent]:
        """What stands as the answer to a person's message: the last call of each slot, unless it took the part away.

        A change that could not be made leaves what was there before it.
        """
        rows = self._connection.rows(
            """
            select id, slot, kind from outbox where conversation = :conversation and question = :question
            and seq = (
                select max(later.seq) from outbox later
                where later.conversation = outbox.conversation and later.question = outbox.question
                and later.slot = outbox.slot and (later.kind = 'send' or later.state in ('open', 'delivered'))
            )
            order by slot
            """,
            conversation=conversation,
            question=question,
        )
        return [Sent(row["id"], row["slot"]) for row in rows if row["kind"] != "delete"]

    def shown(self, conversation: str, message: str) -> list[Sent]:
        """The call that last made a message what it is, by the channel's id of it; none where that was no page, or
        where we did not send it."""
        rows = self._connection.rows(
            """
            select id, slot, page from outbox
            where conversation = :conversation and message = :message and kind != 'delete'
            order by seq desc limit 1
            """,
            conversation=conversation,
            message=message,
        )
        return [Sent(row["id"], row["slot"]) for row in rows if row["page"]]

    def said(self, conversation: str, n: int, since: datetime) -> bool:
        """Whether a call with the number `n` was made in a conversation after `since`."""
        return bool(
            self._connection.rows(
                """
                select 1 from outbox where conversation = :conversation and id = inbox || :n and created > :since
                limit 1
                """,
                conversation=conversation,
                n=f"#{n}",
                since=iso(since),
            )
        )

    def message(self, id: str) -> str:
        """The channel's id of what a call delivered, "" where nothing was."""
        rows = self._connection.rows("select message from outbox where id = :id", id=id)
        return str(rows[0]["message"]) if rows else ""

    def settle(self, id: str, end: End, now: datetime, message: str = "", reason: str = "") -> None:
        """End a call; its text is erased."""
        self._connection.run(
            """
            update outbox set state = :end, payload = null, message = :message, reason = :reason, settled = :now
            where id = :id and state = 'open'
            """,
            id=id,
            end=end,
            message=message,
            reason=reason,
            now=iso(now),
        )

    def tries(self, id: str, tries: int) -> None:
        """Note how often a call was made without anyone knowing how it ended."""
        self._connection.run("update outbox set tries = :tries where id = :id", id=id, tries=tries)

    def withdraw_unasked(self, conversation: str, now: datetime, reason: str) -> None:
        """End what nobody asked for and was not yet delivered."""
        self._connection.run(
            """
            update outbox set state = 'never', payload = null, reason = :reason, settled = :now
            where conversation = :conversation and state = 'open' and unasked = 1
            """,
            conversation=conversation,
            reason=reason,
            now=iso(now),
        )

    def forget(self, delivered_before: datetime, given_up_before: datetime) -> int:
        """Drop ended rows that are older than these; how many."""
        return self._connection.run(
            """
            delete from outbox where (state = 'delivered' and settled < :delivered)
            or (state in ('never', 'unknown') and settled < :given_up)
            """,
            delivered=iso(delivered_before),
            given_up=iso(given_up_before),
        )


def _waiting(row: Mapping[str, Any]) -> Waiting:
    values = {**row, "unasked": bool(row["unasked"]), "created": read(row["created"])}
    return Waiting(**{name: value for name, value in values.items() if name != "channel"})
