"""Sessions: what each conversation remembers, by its id."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.store.dialect import Connection
from bot.times import iso, read


class Sessions:
    """The sessions inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, conversation: str) -> Any:
        """What a conversation remembers, as it was saved; None for a new one."""
        dated = self.dated(conversation)
        return dated[0] if dated else None

    def dated(self, conversation: str) -> tuple[Any, datetime] | None:
        """What a conversation remembers, and when it last took a turn; None for a new one."""
        # Empty where nothing is known but that the person can be reached, or cannot: that is no session yet.
        rows = self._connection.rows(
            "select data, updated from session where conversation = :id and data != '{}'", id=conversation
        )
        return (json.loads(rows[0]["data"]), read(rows[0]["updated"])) if rows else None

    def save(self, conversation: str, data: Mapping[str, Any], now: datetime) -> None:
        """Keep what a conversation remembers. Whoever writes can be reached."""
        self._connection.run(
            """
            insert into session (conversation, data, updated) values (:id, :data, :now)
            on conflict (conversation) do update set data = :data, updated = :now, reachable = 1
            """,
            id=conversation,
            data=json.dumps(data),
            now=iso(now),
        )

    def end_walks(self, before: datetime) -> int:
        """Forget how far conversations were in a dialog that nobody went on with since; how many. In a walk stands what
        a person wrote, such as why they object."""
        rows = self._connection.rows(
            "select conversation, data from session where updated < :before and data like '%\"walk\": {%'",
            before=iso(before),
        )
        for row in rows:
            data = json.dumps({**json.loads(row["data"]), "walk": None})
            sql = "update session set data = :data where conversation = :id"
            self._connection.run(sql, id=row["conversation"], data=data)
        return len(rows)

    def drop(self, conversation: str) -> None:
        """Forget a conversation that is over for good."""
        self._connection.run("delete from session where conversation = :id", id=conversation)

    def reachable(self, conversation: str, reachable: bool, now: datetime) -> None:
        """Note that the person has blocked the bot, or lets it write again."""
        self._connection.run(
            """
            insert into session (conversation, data, reachable, updated) values (:id, '{}', :reachable, :now)
            on conflict (conversation) do update set reachable = :reachable, updated = :now
            """,
            id=conversation,
            reachable=int(reachable),
            now=iso(now),
        )
