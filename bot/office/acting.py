"""Acting: an act of the office is checked, carried out and noted in the audit; a refusal leaves nothing but its line.

An act is a function `(acting, subject, …)` marked by `@act`. What it is about (a street, a compound, a ballot …) comes
in as an id, is looked up, and decides whether the actor may do it: staff of another street learn no more than that
there is no such thing in theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.office.roles import STAFF, Actor, Role
from bot.store import Transaction
from bot.store.audit import Audit

T = TypeVar("T")


class Refusal(Exception):
    """An act is refused: `key` names the sentence (wording `refused.<key>`), `values` fill it. No name goes into the
    audit: only the key does."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    @property
    def sentence(self) -> str:
        """The key of its sentence in the wording. One with a dot is that of another table: "reason.closed"."""
        return self.key if "." in self.key else f"refused.{self.key}"


class Subject(Protocol):
    """What an act is about: it has an id, and stands in a street."""

    @property
    def id(self) -> str: ...

    @property
    def street(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, when, within which transaction; `random` gives so many random bytes."""

    tx: Transaction
    actor: Actor
    now: datetime
    random: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Act:
    """An act: its name as it stands in the audit, who may do it, and how its subject is found (None: it has none)."""

    name: str
    roles: frozenset[Role]
    find: Callable[[Transaction, str], Subject] | None
    body: Callable[..., Any]


ACTS: dict[str, Act] = {}


def act(
    name: str, find: Callable[[Transaction, str], Subject] | None = None, roles: frozenset[Role] = STAFF
) -> Callable[[Callable[..., T]], Callable[..., T | Refusal]]:
    """Mark a function as an act. Called with an id in place of its subject, it gives its result or the Refusal.

    `find` looks the subject up and raises Refusal where there is none.
    """

    def marked(body: Callable[..., T]) -> Callable[..., T | Refusal]:
        assert name not in ACTS, f"two acts are called {name}"
        ACTS[name] = Act(name, roles, find, body)

        def carried_out(acting: Acting, *args: Any, **more: Any) -> T | Refusal:
            # The subject's own id, never what was typed: that may be a name.
            about = ""
            audit = Audit(acting.tx.connection)
            try:
                with acting.tx.connection.savepoint():
                    if not acting.actor.may(roles, None):
                        raise Refusal("role")
                    if find is not None:
                        subject = find(acting.tx, str(args[0]))
                        about = subject.id
                        if not acting.actor.may(roles, subject.street):
                            raise Refusal("street")
                        args = (subject, *args[1:])
                    result = body(acting, *args, **more)
            except Refusal as refusal:
                audit.note(acting.now, acting.actor.id, name, about, "refused", refusal.key)
                return refusal
            # What makes something is about what it made.
            audit.note(acting.now, acting.actor.id, name, about or str(getattr(result, "id", "")), "done")
            return result

        carried_out.__name__ = body.__name__
        carried_out.__doc__ = body.__doc__
        return carried_out

    return marked
