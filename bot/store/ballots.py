"""Ballots: the ballots of the book, drafts among them, and the seats of those that were opened; with their ledgers."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ballots.ballot import State
from ballots.ledger import Head
from ballots.roll import Kind, Seat, Unit
from bot.store.ledgers import Ledgers
from bot.times import iso, read


@dataclass(frozen=True, slots=True)
class Record:
    """A ballot in the book: where it belongs, and how far it is. `draft` is its draft as JSON, `scheduled` that the
    clock is to open it, `head` the end of its ledger: withheld until the close."""

    id: str
    compound: str
    street: str
    kind: Kind
    state: State
    draft: str
    opens: datetime
    closes: datetime
    head: Head
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the clock has to do with a ballot, and when. `mark` tells apart what was laid down for the same time more
    than once."""

    ballot: str
    what: Literal["open", "close"]
    at: datetime
    mark: str = ""


class Ballots(Ledgers):
    """Ballots inside a transaction."""

    # ---- drafts ----------------------------------------------------------------------------------------------------

    def add(self, compound: str, kind: Kind, draft: str, opens: datetime, closes: datetime, now: datetime) -> str:
        """Add a draft; its id."""
        id = secrets.token_hex(4)
        self._connection.run(
            """
            insert into ballot (id, compound, kind, state, draft, opens, closes, hash, since)
            values (:id, :compound, :kind, 'draft', :draft, :opens, :closes, :hash, :now)
            """,
            id=id,
            compound=compound,
            kind=kind.value,
            draft=draft,
            opens=iso(opens),
            closes=iso(closes),
            hash=Head().hash,
            now=iso(now),
        )
        return id

    def redraft(self, id: str, draft: str, opens: datetime, closes: datetime) -> bool:
        """Change a draft, which is then no longer scheduled; False where it is none any more."""
        sql = (
            "update ballot set draft = :draft, opens = :opens, closes = :closes, scheduled = '' "
            "where id = :id and state = 'draft'"
        )
        return bool(self._connection.run(sql, id=id, draft=draft, opens=iso(opens), closes=iso(closes)))

    def schedule(self, id: str, now: datetime | None) -> bool:
        """Let the clock open a draft at its opening, as was laid down `now`; None: no longer. False where it is no
        draft any more."""
        sql = "update ballot set scheduled = :scheduled where id = :id and state = 'draft'"
        return bool(self._connection.run(sql, id=id, scheduled=iso(now) if now else ""))

    def drop(self, id: str) -> bool:
        """Drop a draft; False where it is none any more."""
        return bool(self._connection.run("delete from ballot where id = :id and state = 'draft'", id=id))

    # ---- the ballots of the book -----------------------------------------------------------------------------------

    def hold(self, id: str, *states: State) -> bool:
        """Hold a ballot so that nobody else changes it before this transaction ends; False where it is in none of these
        states. Every change of a state begins here."""
        wanted = ", ".join(f"'{state.value}'" for state in states)
        sql = f"update ballot set state = state where id = :id and state in ({wanted})"
        return bool(self._connection.run(sql, id=id))

    def record(self, id: str) -> Record | None:
        """A ballot by its id."""
        found = self._records("where ballot.id = :it", it=id)
        return found[0] if found else None

    def records(self, compound: str = "") -> list[Record]:
        """Every ballot, or those of a compound, in the order in which they came."""
        return self._records("where ballot.compound = :it", it=compound) if compound else self._records("")

    def appointments(self) -> list[Appointment]:
        """What the clock has to do, the earliest first: scheduled drafts open, and open ballots close."""
        rows = self._connection.rows(
            """
            select id as ballot, case state when 'draft' then 'open' else 'close' end as what,
                   case state when 'draft' then opens else closes end as at, scheduled as mark
            from ballot where state in ('draft', 'open') and (state = 'open' or scheduled != '') order by at, seq
            """
        )
        return [
            Appointment(row["ballot"], row["what"], read(row["at"]), row["mark"] if row["what"] == "open" else "")
            for row in rows
        ]

    def of_seat(self, seat: str) -> list[tuple[Record, int]]:
        """The ballots that a seat (its own id) is on the roll of, with its number in each, the newest first."""
        rows = self._connection.rows(
            """
            select ballot_seat.ballot, number from ballot_seat join ballot on ballot.id = ballot_seat.ballot
            where ballot_seat.seat = :seat order by ballot.seq desc, number desc
            """,
            seat=seat,
        )
        found = [(self.record(row["ballot"]), row["number"]) for row in rows]
        return [(record, number) for record, number in found if record]

    # ---- the seats -------------------------------------------------------------------------------------------------

    def seat_numbers(self, id: str, seats: Mapping[int, tuple[str, Seat]]) -> None:
        """Keep the seats of a ballot by number: their own ids, and what the roll says of them now."""
        for number, (seat, data) in seats.items():
            self._connection.run(
                """
                insert into ballot_seat (ballot, number, seat, data) values (:ballot, :number, :seat, :data)
                on conflict (ballot, number) do update set data = :data
                """,
                ballot=id,
                number=number,
                seat=seat,
                data=_dumped(data),
            )

    def seats(self, id: str) -> dict[int, Seat]:
        """The seats of a ballot by number, as they stood on the roll."""
        sql = "select number, data from ballot_seat where ballot = :id order by number"
        return {row["number"]: _loaded(row["data"]) for row in self._connection.rows(sql, id=id)}

    def seat(self, id: str, number: int) -> tuple[str, Seat] | None:
        """A seat of a ballot by its number: its own id, and what the roll says of it now."""
        sql = "select seat, data from ballot_seat where ballot = :id and number = :number"
        rows = self._connection.rows(sql, id=id, number=number)
        return (rows[0]["seat"], _loaded(rows[0]["data"])) if rows else None

    def seat_ids(self, id: str) -> dict[int, str]:
        """The seats' own ids by number."""
        sql = "select number, seat from ballot_seat where ballot = :id order by number"
        return {row["number"]: row["seat"] for row in self._connection.rows(sql, id=id)}

    # ----------------------------------------------------------------------------------------------------------------

    def _records(self, where: str, **values: str) -> list[Record]:
        columns = "ballot.id, compound, street, kind, state, draft, opens, closes, lines, hash, scheduled"
        rows = self._connection.rows(
            f"select {columns} from ballot join compound on compound.id = compound {where} order by ballot.seq",
            **values,
        )
        return [
            Record(
                row["id"],
                row["compound"],
                row["street"],
                Kind(row["kind"]),
                State(row["state"]),
                row["draft"],
                read(row["opens"]),
                read(row["closes"]),
                Head(row["lines"], row["hash"]),
                bool(row["scheduled"]),
            )
            for row in rows
        ]


def _dumped(seat: Seat) -> str:
    units = [[unit.building, unit.stairwell, unit.unit, unit.area] for unit in seat.units]
    data = {"id": seat.id, "holders": seat.holders, "units": units, "organisation": seat.organisation}
    return json.dumps(data, ensure_ascii=False)


def _loaded(data: str) -> Seat:
    seat = json.loads(data)
    return Seat(seat["id"], tuple(seat["holders"]), tuple(Unit(*unit) for unit in seat["units"]), seat["organisation"])
