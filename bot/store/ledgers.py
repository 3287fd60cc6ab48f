"""Ledgers: the lines of each ballot, which are only ever added to. What stands is read from the lines, never kept
beside them: the ballot from the lines about itself, a seat from the lines about it, the tally from all."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ballots.ballot import Ballot
from ballots.box import Box, recount
from ballots.ledger import Broken, Entry, Head
from ballots.standing import Standing
from bot.store.dialect import Connection
from bot.times import iso

_PAGE = 1000  # lines that are read at once
_BALLOTS, _SEATS = 16, 4096  # so many are kept as they stand

# Seats as they stood after a line, by their number and that line. A line holds the hash of all lines before it, so what
# was made of them can never be out of date, whatever was undone or brought back since.
_seats: OrderedDict[tuple[int, str], Standing] = OrderedDict()


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

    def proxies(self, id: str) -> dict[int, str]:
        """Who votes for others by proxy now: the name on the paper, by the number of the seat that they vote for."""
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
        return held

    def gone(self, id: str) -> set[int]:
        """The numbers of the seats that were taken off the roll."""
        sql = "select seat from ledger where ballot = :id and kind = 'removed'"
        return {row["seat"] for row in self._connection.rows(sql, id=id)}

    def corrections(self, id: str) -> dict[str, int]:
        """How often items were corrected since the opening, by the item's id."""
        sql = "select line from ledger where ballot = :id and seat is null and kind = 'corrected'"
        found: dict[str, int] = {}
        for row in self._connection.rows(sql, id=id):
            item = json.loads(row["line"])["item"]["id"]
            found[item] = found.get(item, 0) + 1
        return found

    def some(self, id: str, *numbers: int) -> list[Mapping[str, Any]]:
        """Some lines by their numbers, as values."""
        sql = "select line from ledger where ballot = :id and n = :n"
        return [json.loads(row["line"]) for n in numbers for row in self._connection.rows(sql, id=id, n=n)]

    def ballot(self, id: str) -> Ballot:
        """A ballot that was opened, as the lines about itself have it."""
        rows = self._connection.rows("select line from ledger where ballot = :id and seat is null order by n", id=id)
        return _ballot(tuple(row["line"] for row in rows))

    def standing(self, id: str, number: int) -> Standing | None:
        """Where a seat stands, as the lines about it and about the items have it; None for no seat of the ballot."""
        # Whoever changes their mind a thousand times should not make each change slower than the one before.
        rows = self._about(id, number, last=2)
        standing, known = None, 0
        for at in range(len(rows), 0, -1):
            if standing := _seats.get((number, rows[at - 1]["line"])):
                known = at
                break
        else:
            rows = self._about(id, number)
        for row in rows[known:]:
            standing = _after(standing, row)
        if standing is not None:
            key = number, rows[-1]["line"]
            _seats[key] = standing
            _seats.move_to_end(key)
            if len(_seats) > _SEATS:
                _seats.popitem(last=False)
        return standing

    def box(self, id: str) -> Box:
        """A ballot and all of its seats, recounted from the first line on. Raises Broken where a line is not as it was
        written, or where lines were cut off."""
        words = {
            row["n"]: json.loads(row["private"]) for row in self._pages(id, "private", "and private like '%reason%'")
        }
        (head,) = self._connection.rows("select lines, hash from ballot where id = :id", id=id)
        count, last = 0, b""

        def lines() -> Iterator[bytes]:
            nonlocal count, last
            for last in self.lines(id):
                count += 1
                yield last

        found = recount(lines(), lambda number: words.get(number, {}))
        if (count, hashlib.sha256(last).hexdigest()) != (head["lines"], head["hash"]):
            raise Broken(count, "it is not the line that the ledger ended with")
        return found

    def _about(self, id: str, number: int, last: int = 0) -> list[Mapping[str, Any]]:
        """The lines about a seat and the corrections of items, in their order; or those from the seat's own `last` so
        many lines on."""
        own = self._connection.rows(
            f"""
            select n, line, private from ledger where ballot = :id and seat = :number
            order by n desc {f"limit {last}" if last else ""}
            """,
            id=id,
            number=number,
        )
        items = self._connection.rows(
            """
            select n, line, private from ledger
            where ballot = :id and seat is null and kind = 'corrected' and n > :first
            """,
            id=id,
            first=own[-1]["n"] if own else 0,
        )
        return sorted([*own, *items], key=lambda row: row["n"]) if own else []

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


@lru_cache(_BALLOTS)
def _ballot(texts: tuple[str, ...]) -> Ballot:
    """A ballot by the lines about itself."""
    opened, *lines = map(json.loads, texts)
    ballot = Ballot.read(opened)
    for line in lines:
        ballot = ballot.after(line)
    return ballot


def _after(standing: Standing | None, row: Mapping[str, Any]) -> Standing:
    """Where a seat stands after a line about it, the first of which puts it onto the roll, or about an item."""
    line = json.loads(row["line"])
    if standing is None:
        return Standing.read(line)
    return (
        standing.without_item(line["item"]["id"])
        if "item" in line
        else standing.after(line, json.loads(row["private"]))
    )
