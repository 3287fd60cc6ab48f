"""The staff: who acts for the office, in which role, and by which account in chat."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.store.dialect import Connection
from bot.times import iso, read

StaffState = Literal["invited", "active", "suspended", "removed"]


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `role` is "district" or "street", `street` the id of a street's staff's street, else "".
    `person` is their account in chat, "" until they have joined there."""

    id: str
    name: str
    role: str
    street: str
    state: StaffState
    person: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OnDuty:
    """An active member of staff who has joined in chat, and where they can be told something there."""

    id: str
    channel: str
    conversation: str


class StaffList:
    """The staff inside a transaction. Nobody is deleted: the audit points at them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, role: str, street: str, state: StaffState, hash: str, now: datetime) -> Staff:
        """Add a member of staff with a code (its keyed hash)."""
        staff = Staff(secrets.token_hex(3), name, role, street, state, "", now)
        self._connection.run(
            """
            insert into staff (id, name, role, street, state, hash, since)
            values (:id, :name, :role, :street, :state, :hash, :now)
            """,
            id=staff.id,
            name=name,
            role=role,
            street=street or None,
            state=state,
            hash=hash,
            now=iso(now),
        )
        return staff

    def set_state(self, id: str, state: StaffState) -> None:
        """Suspend, take back or remove a member of staff. Who is removed has neither code nor account any more."""
        self._connection.run("update staff set state = :state where id = :id", id=id, state=state)
        if state == "removed":
            self._connection.run("update staff set hash = null, person = null where id = :id", id=id)

    def set_code(self, id: str, hash: str) -> None:
        """Give a member of staff a new code, in place of the one that was not used."""
        self._connection.run("update staff set hash = :hash where id = :id", id=id, hash=hash)

    def leave(self, id: str) -> None:
        """Let go of a member's account in chat."""
        sql = "update staff set person = null, channel = '', conversation = '' where id = :id"
        self._connection.run(sql, id=id)

    def join(self, id: str, person: str, channel: str, conversation: str) -> None:
        """Make an account that of a member of staff, who is active now; the code is used up. Not where the account is
        another member's, or the member suspended: whoever calls looks first."""
        self._connection.run(
            """
            update staff set hash = null, state = 'active', person = :person, channel = :channel,
            conversation = :conversation where id = :id
            """,
            id=id,
            person=person,
            channel=channel,
            conversation=conversation,
        )

    def find(self, id: str) -> Staff | None:
        """A member of staff by the id."""
        return self._one("id = :it", id)

    def by_code(self, hash: str) -> Staff | None:
        """Whose code this is, if it was not used."""
        return self._one("hash = :it", hash)

    def by_person(self, person: str) -> Staff | None:
        """Whose account this is."""
        return self._one("person = :it", person)

    def on_duty(self, street: str) -> list[OnDuty]:
        """The active staff of a street ("": of the district) who have joined in chat, in the order of their coming."""
        rows = self._connection.rows(
            """
            select id, channel, conversation from staff
            where state = 'active' and person is not null and coalesce(street, '') = :street order by seq
            """,
            street=street,
        )
        return [OnDuty(**row) for row in rows]

    def all(self) -> list[Staff]:
        """Everybody, also those removed, in the order in which they came."""
        return self._staff("")

    def _one(self, where: str, it: str) -> Staff | None:
        found = self._staff(f"where {where}", it=it)
        return found[0] if found else None

    def _staff(self, where: str, **values: str) -> list[Staff]:
        columns = "id, name, role, coalesce(street, '') as street, state, coalesce(person, '') as person, since"
        rows = self._connection.rows(f"select {columns} from staff {where} order by seq", **values)
        return [Staff(**{**row, "since": read(row["since"])}) for row in rows]
