"""The office's own record: questions bound to clauses, clauses out of service, its contacts; nobody's personal data."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.dialect import Connection
from bot.times import iso, read


@dataclass(frozen=True, slots=True)
class Taught:
    """A question that the office has bound to a clause; `key` is the question as it is compared."""

    id: str
    question: str
    key: str
    clause: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Silenced:
    """A clause whose plain sentence is out of service, and why."""

    clause: str
    reason: str
    since: datetime


class Office:
    """The office's record inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ---- taught questions ------------------------------------------------------------------------------------------

    def teach(self, question: str, key: str, clause: str, now: datetime) -> None:
        """Bind a question to a clause, in place of what was bound by the same words."""
        self._connection.run(
            """
            insert into taught (id, question, key, clause, since) values (:id, :question, :key, :clause, :now)
            on conflict (key) do update set question = :question, clause = :clause, since = :now
            """,
            id=secrets.token_hex(4),
            question=question,
            key=key,
            clause=clause,
            now=iso(now),
        )

    def unteach(self, id: str) -> bool:
        """Undo a binding; False where there is none of this id."""
        return bool(self._connection.run("delete from taught where id = :id", id=id))

    def taught(self) -> list[Taught]:
        """Every question that was bound, in the order of time."""
        rows = self._connection.rows("select id, question, key, clause, since from taught order by since, id")
        return [Taught(**{**row, "since": read(row["since"])}) for row in rows]

    def clauses_by_key(self) -> Mapping[str, str]:
        """The clauses by the questions that are bound to them, as these are compared."""
        return {row["key"]: row["clause"] for row in self._connection.rows("select key, clause from taught")}

    # ---- silenced clauses ------------------------------------------------------------------------------------------

    def silence(self, clause: str, reason: str, now: datetime) -> None:
        """Take a clause's plain sentence out of service, or change why."""
        self._connection.run(
            """
            insert into silence (clause, reason, since) values (:clause, :reason, :now)
            on conflict (clause) do update set reason = :reason, since = :now
            """,
            clause=clause,
            reason=reason,
            now=iso(now),
        )

    def lift(self, clause: str) -> bool:
        """Put a clause's plain sentence back into service; False where it was not out."""
        return bool(self._connection.run("delete from silence where clause = :clause", clause=clause))

    def silenced(self) -> list[Silenced]:
        """Every clause out of service, in the order of time."""
        rows = self._connection.rows("select clause, reason, since from silence order by since, clause")
        return [Silenced(row["clause"], row["reason"], read(row["since"])) for row in rows]

    # ---- the bot ---------------------------------------------------------------------------------------------------

    def set_bot(self, username: str, now: datetime) -> None:
        """Remember the bot's own name, as Telegram tells it: for links into it."""
        # A contact in no language: it is shown to nobody as the office's.
        self.set_contact("", "telegram", username, now)

    def bot(self) -> str:
        """The bot's own name; "" while it is not known."""
        return self.contact("").get("telegram", "")

    # ---- contacts --------------------------------------------------------------------------------------------------

    def set_contact(self, language: str, field: str, value: str, now: datetime) -> None:
        """Set one line of the contacts in a language; "" takes it away."""
        if not value:
            sql = "delete from contact where language = :language and field = :field"
            self._connection.run(sql, language=language, field=field)
            return
        self._connection.run(
            """
            insert into contact (language, field, value, since) values (:language, :field, :value, :now)
            on conflict (language, field) do update set value = :value, since = :now
            """,
            language=language,
            field=field,
            value=value,
            now=iso(now),
        )

    def contact(self, language: str) -> Mapping[str, str]:
        """The contacts in a language, line by line; {} where there are none in it."""
        sql = "select field, value from contact where language = :language"
        return {row["field"]: row["value"] for row in self._connection.rows(sql, language=language)}
