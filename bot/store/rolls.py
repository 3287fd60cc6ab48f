"""Rolls: the seats of a compound by kind, with their units, as they stand now."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ballots.roll import Kind, Roll, Seat, Unit
from bot.store.dialect import Connection
from bot.times import iso

_BATCH = 1000  # seats that are written between two words about the progress
_NO_POSTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in the book: its own id, its compound's and street's, the kind of its roll, and what the roll says.
    `post` is what a committee's member is there."""

    id: str
    compound: str
    street: str
    kind: Kind
    seat: Seat
    post: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a roll holds; `area` in 0.01 m²."""

    seats: int
    buildings: int
    stairwells: int
    units: int
    area: int


class Rolls:
    """The rolls inside a transaction. A seat that leaves a roll is kept, as gone: ledgers point at it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def roll(self, compound: str, kind: Kind) -> Roll:
        """A compound's roll of a kind, in the order in which its seats came; without seats where there is none."""
        return Roll(kind, tuple(place.seat for place in self.places(compound, kind)))

    def places(self, compound: str, kind: Kind) -> list[Place]:
        """The seats of a roll."""
        where = "seat.compound = :compound and seat.kind = :kind and seat.gone is null"
        return self._places(where, compound=compound, kind=kind.value)

    def place(self, id: str) -> Place | None:
        """A seat by its id, also one that is gone."""
        found = self._places("seat.id = :id", id=id)
        return found[0] if found else None

    def stands(self, id: str) -> bool:
        """Whether a seat, by its id, is on its roll."""
        return bool(self._connection.rows("select 1 from seat where id = :id and gone is null", id=id))

    def counts(self, compound: str, kind: Kind | None = None) -> Counts:
        """What a roll holds; without a kind, what all of a compound's rolls hold together, each unit once. A unit of
        several rolls has the largest of its areas."""
        of_kind = "and kind = :kind" if kind else ""
        values = {"compound": compound, **({"kind": kind.value} if kind else {})}
        seats = self._connection.rows(
            f"select count(*) as n from seat where compound = :compound and gone is null {of_kind}", **values
        )
        units = self._connection.rows(
            f"""
            select count(distinct building) as buildings, count(distinct building || '/' || stairwell) as stairwells,
            count(*) as units, coalesce(sum(area), 0) as area from (
                select building, stairwell, unit, max(area) as area from unit join seat on seat.id = unit.seat
                where compound = :compound and gone is null {of_kind} group by building, stairwell, unit
            ) as whole
            """,
            **values,
        )
        return Counts(seats[0]["n"], **units[0])

    def replace(
        self,
        compound: str,
        before: Roll,
        after: Roll,
        now: datetime,
        posts: Mapping[str, str] = _NO_POSTS,
        step: Callable[[int], None] = lambda seats: None,
    ) -> None:
        """Make a roll another one: seats that are not on it any more are gone, new ones come, others change. `before`
        is the roll as it stands. `posts` are those of a committee's members by the roll's ids; `step` hears how many
        seats were written."""
        old = {seat.id: seat for seat in before.seats}
        new = {seat.id: seat for seat in after.seats}
        ids = self.ids(compound, before.kind)
        left = [{"id": ids[key], "now": iso(now)} for key in old if key not in new]
        self._connection.run_many("update seat set gone = :now where id = :id", left)
        changed = [seat for key, seat in new.items() if key in old and old[key] != seat]
        self._change([(ids[seat.id], seat) for seat in changed])
        added = [(secrets.token_hex(8), seat) for key, seat in new.items() if key not in old]
        for start in range(0, len(added), _BATCH):
            self._add(compound, after.kind, added[start : start + _BATCH], now)
            step(min(start + _BATCH, len(added)))
        if after.kind is Kind.COMMITTEE:
            self._set_posts(self.ids(compound, after.kind), posts)

    def posts(self, compound: str, kind: Kind) -> dict[str, str]:
        """The posts of a committee's members who have one, by the roll's ids."""
        rows = self._connection.rows(
            "select key, post from seat where compound = :compound and kind = :kind and gone is null and post <> ''",
            compound=compound,
            kind=kind.value,
        )
        return {row["key"]: row["post"] for row in rows}

    def ids(self, compound: str, kind: Kind) -> dict[str, str]:
        """The seats' own ids by the roll's keys."""
        rows = self._connection.rows(
            "select id, key from seat where compound = :compound and kind = :kind and gone is null",
            compound=compound,
            kind=kind.value,
        )
        return {row["key"]: row["id"] for row in rows}

    def _add(self, compound: str, kind: Kind, seats: list[tuple[str, Seat]], now: datetime) -> None:
        fixed = {"compound": compound, "kind": kind.value, "now": iso(now)}
        self._connection.run_many(
            """
            insert into seat (id, compound, kind, key, holders, organisation, since)
            values (:id, :compound, :kind, :key, :holders, :organisation, :now)
            """,
            ({**fixed, "key": seat.id, **_columns(id, seat)} for id, seat in seats),
        )
        self._add_units(seats)

    def _change(self, seats: list[tuple[str, Seat]]) -> None:
        self._connection.run_many(
            "update seat set holders = :holders, organisation = :organisation where id = :id",
            (_columns(id, seat) for id, seat in seats),
        )
        self._connection.run_many("delete from unit where seat = :id", ({"id": id} for id, _ in seats))
        self._add_units(seats)

    def _add_units(self, seats: Iterable[tuple[str, Seat]]) -> None:
        self._connection.run_many(
            """
            insert into unit (seat, building, stairwell, unit, area)
            values (:seat, :building, :stairwell, :unit, :area)
            """,
            (
                {
                    "seat": id,
                    "building": unit.building,
                    "stairwell": unit.stairwell,
                    "unit": unit.unit,
                    "area": unit.area,
                }
                for id, seat in seats
                for unit in seat.units
            ),
        )

    def _set_posts(self, ids: Mapping[str, str], posts: Mapping[str, str]) -> None:
        rows = [{"id": id, "post": posts.get(key, "")} for key, id in ids.items()]
        self._connection.run_many("update seat set post = :post where id = :id", rows)

    def _places(self, where: str, **values: str) -> list[Place]:
        units: dict[str, list[Unit]] = defaultdict(list)
        for row in self._connection.rows(
            f"""
            select unit.seat, building, stairwell, unit, area from unit join seat on seat.id = unit.seat
            where {where} order by unit.seq
            """,
            **values,
        ):
            units[row["seat"]].append(Unit(row["building"], row["stairwell"], row["unit"], row["area"]))
        rows = self._connection.rows(
            f"""
            select seat.id, compound, street, kind, key, holders, organisation, post
            from seat join compound on compound.id = seat.compound where {where} order by seat.seq
            """,
            **values,
        )
        return [
            Place(
                row["id"],
                row["compound"],
                row["street"],
                Kind(row["kind"]),
                Seat(row["key"], tuple(row["holders"].split("\n")), tuple(units[row["id"]]), bool(row["organisation"])),
                row["post"],
            )
            for row in rows
        ]


def _columns(id: str, seat: Seat) -> dict[str, Any]:
    return {"id": id, "holders": "\n".join(seat.holders), "organisation": int(seat.organisation)}
