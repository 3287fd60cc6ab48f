"""Questions: what was asked, masked, for as long as its answer may be judged or the street office has to answer it.

A question belongs to its conversation, so that nobody else can judge it or send it on, and /forget finds it; the office
is never shown whose it is.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.dialect import Connection
from bot.times import iso, read

KEPT = timedelta(days=7)  # for judging; and after the office's answer, so that it sees whether that arrived
OPEN_KEPT = timedelta(days=90)  # what the text does not cover, what was judged bad, what waits for the office

LONGEST = 500  # characters; who writes more than this says in them what it is about

_OPEN = "(ended = 'not_covered' or judged = 'bad')"


@dataclass(frozen=True, slots=True)
class Question:
    """A kept question: `ended` is a kind of knowledge.kinds, `clause` what was shown first ("" if none), `judged` is
    "good", "bad" or "". `consulted` is when it was sent to the street office, `answered` when that last answered."""

    id: str
    channel: str
    conversation: str
    text: str
    language: str
    ended: str
    clause: str
    judged: str
    asked: datetime
    consulted: datetime | None
    answered: datetime | None


class Questions:
    """The kept questions inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self, channel: str, conversation: str, text: str, language: str, ended: str, clause: str, now: datetime
    ) -> str:
        """Keep a question that was masked; its id."""
        while True:
            id = secrets.token_hex(4)  # short enough to be typed
            kept = self._connection.run(
                """
                insert into question (id, channel, conversation, text, language, ended, clause, asked, kept_until)
                values (:id, :channel, :conversation, :text, :language, :ended, :clause, :now, :until)
                on conflict (id) do nothing
                """,
                id=id,
                channel=channel,
                conversation=conversation,
                text=text[:LONGEST],
                language=language,
                ended=ended,
                clause=clause,
                now=iso(now),
                until=iso(now + (OPEN_KEPT if ended == "not_covered" else KEPT)),
            )
            if kept:
                return id

    def find(self, id: str) -> Question | None:
        """A question by its id."""
        rows = self._connection.rows("select * from question where id = :id", id=id)
        return _question(rows[0]) if rows else None

    def judge(self, id: str, conversation: str, good: bool) -> bool:
        """Note what a conversation thinks of the answer to a question of its own; False where it has none such."""
        question = self.find(id)
        if question is None or question.conversation != conversation:
            return False
        judged = "good" if good else "bad"
        until = question.asked + (OPEN_KEPT if question.ended == "not_covered" or not good else KEPT)
        # What waits for the office, or was answered by it, is kept for that.
        keeps = question.consulted is None
        self._connection.run(
            f"update question set judged = :judged {', kept_until = :until' if keeps else ''} where id = :id",
            id=id,
            judged=judged,
            **({"until": iso(until)} if keeps else {}),
        )
        return True

    def consult(self, id: str, conversation: str, now: datetime) -> bool:
        """Let a conversation's own question wait for the street office; False where it has none such. While it waits,
        once is enough; after an answer it waits anew."""
        question = self.find(id)
        if question is None or question.conversation != conversation:
            return False
        self._connection.run(
            """
            update question set consulted = :now, answered = null, kept_until = :until
            where id = :id and (consulted is null or answered is not null)
            """,
            id=id,
            now=iso(now),
            until=iso(now + OPEN_KEPT),
        )
        return True

    def answered(self, id: str, now: datetime) -> None:
        """Note that the office has answered."""
        self._connection.run(
            "update question set answered = :now, kept_until = :until where id = :id",
            id=id,
            now=iso(now),
            until=iso(now + KEPT),
        )

    def unanswered(self) -> list[Question]:
        """What the text does not cover and what was answered badly, the newest first; not what the office answered."""
        return self._where(f"{_OPEN} and answered is null order by seq desc")

    def inbox(self) -> list[Question]:
        """What was sent to the street office, the longest waiting first."""
        return self._where("consulted is not null order by consulted, seq")

    def drop(self, conversation: str) -> int:
        """Erase a conversation's questions; how many there were."""
        return self._connection.run("delete from question where conversation = :it", it=conversation)

    def forget(self, now: datetime) -> int:
        """Drop what has been kept for long enough; how many rows."""
        return self._connection.run("delete from question where kept_until < :now", now=iso(now))

    def _where(self, which: str) -> list[Question]:
        return [_question(row) for row in self._connection.rows(f"select * from question where {which}")]


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        row["id"],
        row["channel"],
        row["conversation"],
        row["text"],
        row["language"],
        row["ended"],
        row["clause"],
        row["judged"],
        read(row["asked"]),
        read(row["consulted"]) if row["consulted"] else None,
        read(row["answered"]) if row["answered"] else None,
    )
