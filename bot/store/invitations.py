"""Invitations: codes by which a seat is joined, as keyed hashes; whose account a seat is; and wrong codes."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.store.dialect import Connection
from bot.times import iso, read


@dataclass(frozen=True, slots=True)
class Member:
    """Whose account a seat is: the person's key, and the channel and conversation where they can be told something."""

    seat: str
    person: str
    channel: str
    conversation: str
    since: datetime

    @property
    def id(self) -> str:
        """By what this member is told apart from others who are told something: the seat."""
        return self.seat


class Invitations:
    """Invitations and members inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ---- codes -----------------------------------------------------------------------------------------------------

    def issue(self, seat: str, hash: str, now: datetime) -> None:
        """Give a seat a code (its keyed hash) in place of the one that is open."""
        self.revoke(seat, now)
        self._connection.run(
            "insert into invitation (id, seat, hash, state, made) values (:id, :seat, :hash, 'open', :now)",
            id=secrets.token_hex(8),
            seat=seat,
            hash=hash,
            now=iso(now),
        )

    def revoke(self, seat: str, now: datetime) -> bool:
        """Take a seat's open code back; False where none is open."""
        sql = "update invitation set state = 'revoked', settled = :now where seat = :seat and state = 'open'"
        return bool(self._connection.run(sql, seat=seat, now=iso(now)))

    def use(self, seat: str, now: datetime) -> None:
        """End a seat's open code: it was used."""
        sql = "update invitation set state = 'used', settled = :now where seat = :seat and state = 'open'"
        self._connection.run(sql, seat=seat, now=iso(now))

    def find(self, hash: str) -> tuple[str, str] | None:
        """The seat that a code belongs to, and its state ("open", "used", "revoked"); None for no code of ours."""
        rows = self._connection.rows("select seat, state from invitation where hash = :hash", hash=hash)
        return (rows[0]["seat"], rows[0]["state"]) if rows else None

    def states(self, compound: str, kind: str) -> dict[str, str]:
        """The state of the newest code of each seat of a roll that was given one, by the seat's id."""
        rows = self._connection.rows(
            """
            select invitation.seat, invitation.state from invitation join seat on seat.id = invitation.seat
            where compound = :compound and kind = :kind order by made
            """,
            compound=compound,
            kind=kind,
        )
        return {row["seat"]: row["state"] for row in rows}

    # ---- members ---------------------------------------------------------------------------------------------------

    def join(self, member: Member) -> None:
        """Make a seat somebody's, in place of whoever it was."""
        self._connection.run(
            """
            insert into member (seat, person, channel, conversation, since)
            values (:seat, :person, :channel, :conversation, :since)
            on conflict (seat) do update
            set person = :person, channel = :channel, conversation = :conversation, since = :since
            """,
            seat=member.seat,
            person=member.person,
            channel=member.channel,
            conversation=member.conversation,
            since=iso(member.since),
        )

    def leave(self, seat: str) -> bool:
        """Make a seat nobody's; False where it was nobody's."""
        return bool(self._connection.run("delete from member where seat = :seat", seat=seat))

    def member(self, seat: str) -> Member | None:
        """Whose account a seat is, None where nobody has joined it."""
        found = self._members("where seat = :it", it=seat)
        return found[0] if found else None

    def seats(self, person: str) -> list[Member]:
        """The seats of a person, in the order in which they were joined."""
        return self._members("where person = :it order by since, seat", it=person)

    def members(self, compound: str, kind: str) -> dict[str, Member]:
        """Whose accounts the seats of a roll are, by the seat's id."""
        where = "join seat on seat.id = member.seat where compound = :compound and kind = :kind"
        return {member.seat: member for member in self._members(where, compound=compound, kind=kind)}

    def _members(self, where: str, **values: str) -> list[Member]:
        columns = "member.seat, person, channel, conversation, member.since"
        rows = self._connection.rows(f"select {columns} from member {where}", **values)
        return [Member(**{**row, "since": read(row["since"])}) for row in rows]

    # ---- wrong codes -----------------------------------------------------------------------------------------------

    def wrong(self, person: str, now: datetime) -> None:
        """Note that somebody typed a wrong code."""
        self._connection.run("insert into wrong_code (person, at) values (:person, :now)", person=person, now=iso(now))

    def wrongs(self, since: datetime, person: str = "") -> list[datetime]:
        """When wrong codes were typed since a time, by anybody or by one person, the oldest first."""
        rows = self._connection.rows(
            f"select at from wrong_code where at > :since {'and person = :person' if person else ''} order by at",
            since=iso(since),
            **({"person": person} if person else {}),
        )
        return [read(row["at"]) for row in rows]

    def forget_wrongs(self, before: datetime) -> int:
        """Drop what was noted of wrong codes before a time; how many lines."""
        return self._connection.run("delete from wrong_code where at < :before", before=iso(before))
