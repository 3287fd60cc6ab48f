"""Ledgers: the lines of each ballot, which are only ever added to. What stands is read from the lines, never kept
beside them: the ballot from the lines about itself, a seat from the lines about it, the tally from all."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ballots.ballot import Ballot
from ballots.box import Box, recount
from ballots.ledger import Entry, Head
from ballots.standing import Standing
from bot.store.dialect import Connection
from bot.times import iso

_PAGE = 1000  # lines that are read at once


class Ledgers:
    """Ledgers inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, id: str, entries: Iterable[Entry]) -> int:
        """Add entries to a ballot's ledger, and bring its state and times up to date; the number of the last line."""
        (row,) = self._connection.rows("select lines, hash from ballot where id = :id", id=id)
        head, about_itself = Head(row["lines"], row["hash"]), False
        for entry in entries:
            line, head = head.append(entry)
            seat = entry.public.get("seat")
            about_itself |= seat is None
            self._connection.run(
                """
                insert into ledger (ballot, n, kind, seat, line, secret, private)
                values (:ballot, :n, :kind, :seat, :line, :secret, :private)
                """,
                ballot=id,
                n=head.lines,
                kind=entry.kind,
                seat=seat,
                line=line.decode(),
                secret=entry.secret.hex(),
                private=json.dumps(dict(entry.private), ensure_ascii=False),
            )
        sql = "update ballot set lines = :lines, hash = :hash where id = :id"
        self._connection.run(sql, id=id, lines=head.lines, hash=head.hash)
        if about_itself:
            stands = self.ballot(id)
            sql = "update ballot set state = :state, opens = :opens, closes = :closes where id = :id"
            self._connection.run(
                sql, id=id, state=stands.state.value, opens=iso(stands.opens), closes=iso(stands.closes)
            )
        return head.lines

    def lines(self, id: str) -> Iterator[bytes]:
        """A ledger's lines, without line feeds."""
        return (row["line"].encode() for row in self._pages(id, "line"))

    def rows(self, id: str) -> Iterator[Mapping[str, Any]]:
        """A ledger's lines as they are kept, with their columns `n`, `kind`, `seat`, `line`, `secret`, `private`."""
        return self._pages(id, "kind, seat, line, secret, private")

    def strays(self) -> list[str]:
        """The ids of ballots that should have no ledger and have one: drafts, and such as are not there at all."""
        rows = self._connection.rows(
            """
            select distinct ballot from ledger
            where not exists (select 1 from ballot where ballot.id = ledger.ballot and state != 'draft')
            """
        )
        return [row["ballot"] for row in rows]

    def secret(self, id: str, line: int) -> bytes:
        """The secret of a line, from which its receipt follows."""
        sql = "select secret from ledger where ballot = :id and n = :n"
        return bytes.fromhex(self._connection.rows(sql, id=id, n=line)[0]["secret"])

    def private(self, id: str, line: int) -> Mapping[str, str]:
        """The words behind a line's commitments."""
        sql = "select private from ledger where ballot = :id and n = :n"
        words: dict[str, str] = json.loads(self._connection.rows(sql, id=id, n=line)[0]["private"])
        return words

    def was_closed(self, id: str) -> bool:
        """Whether a ballot was closed before whatever came then."""
        sql = "select 1 from ledger where ballot = :id and seat is null and kind = 'closed' limit 1"
        return bool(self._connection.rows(sql, id=id))

    def holders(self, id: str) -> list[str]:
        """Who votes for others by proxy now: the name on the paper, once for each proxy that was not taken back."""
        rows = self._connection.rows(
            "select seat, kind, line, private from ledger "
            "where ballot = :id and kind in ('proxy', 'revoked', 'removed', 'corrected') order by n",
            id=id,
        )
        held: dict[int, str] = {}
        for row in rows:
            if row["kind"] == "proxy":
                held[row["seat"]] = json.loads(row["private"])["holder"]
            elif row["kind"] != "corrected" or json.loads(row["line"]).get("anew"):
                held.pop(row["seat"], None)
        return list(held.values())

    def ballot(self, id: str) -> Ballot:
        """A ballot that was opened, as the lines about itself have it."""
        rows = self._connection.rows("select line from ledger where ballot = :id and seat is null order by n", id=id)
        lines = [json.loads(row["line"]) for row in rows]
        ballot = Ballot.read(lines[0])
        for line in lines[1:]:
            ballot = ballot.after(line)
        return ballot

    def standing(self, id: str, number: int) -> Standing | None:
        """Where a seat stands, as the lines about it and about the items have it; None for no seat of the ballot."""
        rows = self._connection.rows(
            """
            select line, private from ledger
            where ballot = :id and (seat = :number or (seat is null and kind = 'corrected')) order by n
            """,
            id=id,
            number=number,
        )
        standing = None
        for row in rows:
            line = json.loads(row["line"])
            if line["kind"] == "seat":
                standing = Standing.read(line)
            elif standing is not None and "item" in line:
                standing = standing.without_item(line["item"]["id"])
            elif standing is not None:
                standing = standing.after(line, json.loads(row["private"]))
        return standing

    def box(self, id: str) -> Box:
        """A ballot and all of its seats, recounted from the first line on."""
        words = {
            row["n"]: json.loads(row["private"]) for row in self._pages(id, "private", "and private like '%reason%'")
        }
        return recount(self.lines(id), lambda number: words.get(number, {}))

    def _pages(self, id: str, columns: str, where: str = "") -> Iterator[Mapping[str, Any]]:
        after = 0
        while True:
            rows = self._connection.rows(
                f"select n, {columns} from ledger where ballot = :id and n > :after {where} order by n limit {_PAGE}",
                id=id,
                after=after,
            )
            yield from rows
            if len(rows) < _PAGE:
                return
            after = rows[-1]["n"]
