"""Answers of the office: their rows in inbox and outbox, and what became of them.

Every call belongs to a row of the inbox; an answer's own is one that the office has put there, done at once.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from bot.store.dialect import Connection
from bot.store.inbox import Arrival, Inbox
from bot.store.outbox import Call, Outbox
from bot.store.questions import Question, Questions
from bot.times import iso


class Answers:
    """The office's answers inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, question: Question, calls: Sequence[Call], now: datetime) -> None:
        """Put an answer into the outbox of the conversation that asked, and note that the question is answered."""
        row = next(row for row in map(f"office/{question.id}/{{}}".format, count(1)) if not self._is_there(row))
        inbox = Inbox(self._connection)
        inbox.add([Arrival(row, question.channel, question.conversation, "")], now)
        inbox.done(row, now)
        Outbox(self._connection).add(row, question.channel, question.conversation, calls, now)
        Questions(self._connection).answered(question.id, now)

    def state(self, question: Question) -> str:
        """What became of the last answer since the question was sent: "open", "delivered", "never" or "unknown", as in
        the outbox, or "" where there is none. Of several messages the one that tells most."""
        # By the rows and not by `answered`: a restore takes that back, but not what was sent.
        rows = self._connection.rows(
            """
            select outbox.inbox, outbox.state from outbox join inbox on inbox.id = outbox.inbox
            where outbox.conversation = :conversation and substr(outbox.inbox, 1, :length) = :prefix
            and inbox.received >= :since order by outbox.seq desc
            """,
            conversation=question.conversation,
            length=len(f"office/{question.id}/"),
            prefix=f"office/{question.id}/",
            since=iso(question.consulted or question.asked),
        )
        last = {row["state"] for row in rows if row["inbox"] == rows[0]["inbox"]}
        return next((state for state in ("never", "unknown", "open", "delivered") if state in last), "")

    def reachable(self, conversation: str) -> bool:
        """Whether the person lets the bot write."""
        rows = self._connection.rows("select reachable from session where conversation = :it", it=conversation)
        return not rows or bool(rows[0]["reachable"])

    def _is_there(self, row: str) -> bool:
        return bool(self._connection.rows("select 1 from inbox where id = :row", row=row))
