"""The audit: what the office did and what it was refused, line by line; ids only, never a name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.store.dialect import Connection
from bot.times import iso, read

Outcome = Literal["done", "refused"]


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what about what, when; `reason` is the key of a refusal."""

    at: datetime
    who: str
    act: str
    about: str
    outcome: Outcome
    reason: str


class Audit:
    """The audit inside a transaction. Lines are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, at: datetime, who: str, act: str, about: str, outcome: Outcome, reason: str = "") -> None:
        """Add a line."""
        self._connection.run(
            """
            insert into audit (at, who, act, about, outcome, reason)
            values (:at, :who, :act, :about, :outcome, :reason)
            """,
            at=iso(at),
            who=who,
            act=act,
            about=about,
            outcome=outcome,
            reason=reason,
        )

    def last(self, count: int, about: str = "", who: str = "", but: str = "") -> list[Line]:
        """The last so many lines, the newest first; about one subject only, and of one person's acts, if named; without
        those of the reason `but`."""
        asked = {name: it for name, it in (("about", about), ("who", who), ("but", but)) if it}
        wheres = ["reason <> :but" if name == "but" else f"{name} = :{name}" for name in asked]
        rows = self._connection.rows(
            f"""
            select at, who, act, about, outcome, reason from audit
            {"where " + " and ".join(wheres) if wheres else ""}
            order by seq desc limit :count
            """,
            count=count,
            **asked,
        )
        return [_line(row) for row in rows]

    def unanswered(self, who: str, answers: Collection[str]) -> dict[str, Line]:
        """What somebody was refused last about each subject that none of the acts `answers` was done about since."""
        names = {f"act{n}": act for n, act in enumerate(answers)}
        rows = self._connection.rows(
            f"""
            select at, who, act, about, outcome, reason from audit
            where who = :who and outcome = 'refused' and not exists (
                select 1 from audit as later where later.about = audit.about and later.seq > audit.seq
                and later.outcome = 'done' and later.act in ({", ".join(f":{name}" for name in names)})
            )
            order by seq
            """,
            who=who,
            **names,
        )
        return {row["about"]: _line(row) for row in rows}


def _line(row: Mapping[str, Any]) -> Line:
    return Line(**{**row, "at": read(row["at"])})
