"""Demos: made-up compounds to try things on. They can be taken away as a whole, their ledgers with them, and nothing
else can."""

import secrets
from datetime import datetime

from bot.store.dialect import Connection
from bot.times import iso

# What belongs to a compound, from the leaves to the root.
_OWN = (
    "delete from ledger where ballot in (select id from ballot where compound = :id)",
    "delete from ballot_seat where ballot in (select id from ballot where compound = :id)",
    "delete from ballot where compound = :id",
    "delete from member where seat in (select id from seat where compound = :id)",
    "delete from invitation where seat in (select id from seat where compound = :id)",
    "delete from unit where seat in (select id from seat where compound = :id)",
    "delete from seat where compound = :id",
    "delete from compound where id = :id and demo = 1",
)
_AUDIT = """
    delete from audit where about = :id or about in (select id from ballot where compound = :id)
    or about in (select id from seat where compound = :id)
"""


class Demos:
    """Made-up compounds inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, street: str, name: str, now: datetime) -> str:
        """Add a made-up compound to a street (its id); its id."""
        id = secrets.token_hex(4)
        sql = "insert into compound (id, street, name, demo, since) values (:id, :street, :name, 1, :now)"
        self._connection.run(sql, id=id, street=street, name=name, now=iso(now))
        return id

    def all(self) -> dict[str, str]:
        """The made-up compounds: the street of each (its id), by its own id."""
        rows = self._connection.rows("select id, street from compound where demo = 1 order by seq")
        return {row["id"]: row["street"] for row in rows}

    def remove(self, id: str) -> None:
        """Take a made-up compound away with all that belongs to it, the audit's lines about it among that."""
        self._connection.run(_AUDIT, id=id)
        for sql in _OWN:
            self._connection.run(sql, id=id)
