"""The office's book: streets, and their compounds with the state of the basic works."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from ballots.ballot import Works
from bot.store.dialect import Connection
from bot.times import iso


@dataclass(frozen=True, slots=True)
class Street:
    """A street office (街道办事处) and its street."""

    id: str
    name: str

    @property
    def street(self) -> str:
        """The street that it stands in: itself."""
        return self.id


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound of a street (its id). `works` is how far its basic works are, None where nobody has said; `works_said`
    who said so, `works_on` on which day."""

    id: str
    street: str
    name: str
    works: Works | None
    works_said: str
    works_on: date | None


class Book:
    """Streets and compounds inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ---- streets ---------------------------------------------------------------------------------------------------

    def add_street(self, name: str, now: datetime) -> Street:
        """Add a street; its name must be new."""
        street = Street(secrets.token_hex(4), name)
        sql = "insert into street (id, name, since) values (:id, :name, :now)"
        self._connection.run(sql, id=street.id, name=name, now=iso(now))
        return street

    def rename_street(self, id: str, name: str) -> None:
        """Give a street another name, a new one."""
        self._connection.run("update street set name = :name where id = :id", id=id, name=name)

    def remove_street(self, id: str) -> None:
        """Remove a street that has neither compounds nor staff."""
        self._connection.run("delete from street where id = :id", id=id)

    def street(self, id_or_name: str) -> Street | None:
        """A street by its id or its name."""
        rows = self._connection.rows("select id, name from street where id = :it or name = :it", it=id_or_name)
        return Street(**rows[0]) if rows else None

    def streets(self) -> list[Street]:
        """Every street, in the order in which they came."""
        return [Street(**row) for row in self._connection.rows("select id, name from street order by seq")]

    def is_used(self, street: str) -> bool:
        """Whether a street has compounds or staff."""
        sql = "select 1 from compound where street = :id union all select 1 from staff where street = :id limit 1"
        return bool(self._connection.rows(sql, id=street))

    # ---- compounds -------------------------------------------------------------------------------------------------

    def add_compound(self, street: str, name: str, now: datetime) -> Compound:
        """Add a compound to a street (its id); its name must be new there."""
        compound = Compound(secrets.token_hex(4), street, name, None, "", None)
        sql = "insert into compound (id, street, name, since) values (:id, :street, :name, :now)"
        self._connection.run(sql, id=compound.id, street=street, name=name, now=iso(now))
        return compound

    def rename_compound(self, id: str, name: str) -> None:
        """Give a compound another name, new in its street."""
        self._connection.run("update compound set name = :name where id = :id", id=id, name=name)

    def set_works(self, id: str, works: Works, said: str, on: date) -> None:
        """Record how far a compound's basic works are, who said so, and on which day."""
        self._connection.run(
            "update compound set works = :works, works_said = :said, works_on = :on where id = :id",
            id=id,
            works=works.value,
            said=said,
            on=on.isoformat(),
        )

    def remove_compound(self, id: str) -> None:
        """Remove a compound that never had a seat or a ballot."""
        self._connection.run("delete from compound where id = :id", id=id)

    def is_compound_used(self, id: str) -> bool:
        """Whether a compound has, or ever had, seats or ballots."""
        sql = "select 1 from seat where compound = :id union all select 1 from ballot where compound = :id limit 1"
        return bool(self._connection.rows(sql, id=id))

    def compound_counts(self) -> dict[str, int]:
        """How many compounds each street has that has any, by its id."""
        rows = self._connection.rows("select street, count(*) as compounds from compound group by street")
        return {row["street"]: row["compounds"] for row in rows}

    def compound(self, id: str) -> Compound | None:
        """A compound by its id."""
        found = self._compounds("where id = :it", it=id)
        return found[0] if found else None

    def compounds_called(self, name: str) -> list[Compound]:
        """The compounds of a name, in any street."""
        return self._compounds("where name = :it", it=name)

    def compounds(self, street: str = "") -> list[Compound]:
        """Every compound, or those of a street (its id), in the order in which they came."""
        return self._compounds("where street = :it", it=street) if street else self._compounds("")

    def _compounds(self, where: str, **values: str) -> list[Compound]:
        columns = "id, street, name, works, works_said, works_on"
        rows = self._connection.rows(f"select {columns} from compound {where} order by seq", **values)
        return [
            Compound(
                row["id"],
                row["street"],
                row["name"],
                Works(row["works"]) if row["works"] else None,
                row["works_said"],
                date.fromisoformat(row["works_on"]) if row["works_on"] else None,
            )
            for row in rows
        ]
