"""The desk: what a conversation needs from the office's side; it is implemented inside the turn's transaction.

A conversation sees no table: it hands in what was asked, masked, and gets short ids back, and of the office's book only
what the person in front of it may see.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from ballots.report import ResultSheet, Withheld
from dialogs.bench import Form, Round, Yard
from dialogs.booth import Booth, Checked, Damaged
from dialogs.names import Seated
from dialogs.wording import Language

if TYPE_CHECKING:
    from dialogs.steps import Do  # a step's facts hold the desk

DONE = "done"  # what comes of an act of the office that was carried out


class Opening(StrEnum):
    """What a code opens, or why it opens nothing."""

    OPEN = "open"
    MINE = "mine"  # it was used for what is this person's already
    USED = "used"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    TYPO = "typo"  # no code at all, but much like one
    WAIT = "wait"  # too many wrong ones: it was not even looked at
    PUBLIC = "public"  # others read along
    OTHER = "other"  # this account is another member of staff already


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff who is invited: the name, and the street's, "" for the district."""

    name: str
    street: str


@dataclass(frozen=True, slots=True)
class Invited:
    """What a code opens: a seat, or a place among the staff. `code` is what is kept of it; `minutes` to wait."""

    opening: Opening
    code: str = ""
    seated: Seated | None = None
    colleague: Colleague | None = None
    minutes: int = 0


class Desk(Protocol):
    """The office's side of one conversation, as it stands at one event."""

    def do(self, step: "Do") -> str:
        """Carry out what a dialog wants done, once; what came of it. LookupError where nobody is there to do it."""

    def asked(self, question_masked: str, ended: str, clause: str, language: Language) -> str:
        """Keep a question so that its answer can be judged: how it ended (a kind of knowledge.kinds), and the clause
        that was shown first ("" if none).

        Its id, short and ASCII; "" where nothing is kept, and nothing can be judged. Kept for 7 days, or for 90 if the
        text does not cover it or the answer is judged bad.
        """

    def judge(self, id: str, good: bool) -> bool:
        """Note what the person thinks of an answer, the last word counting; False where this conversation has no such
        question (any more)."""

    def consult(self, id: str) -> bool:
        """Send a kept question to the street office, which the person has agreed to; False where this conversation has
        no such question (any more). Sent twice it waits once."""

    def contact(self, language: Language) -> str:
        """The office's own contacts as they are shown, marked as its own; "" where it has left none."""

    def silenced(self) -> frozenset[str]:
        """The ids of clauses whose plain sentence the office has taken out of service; their quotes stay."""

    def taught(self, question_folded: str) -> str | None:
        """The clause to which the office has bound a question like this one (see likeness.py); always one that exists.

        It points at a clause, and carries no claim of its own.
        """

    def invited(self, typed: str) -> Invited | None:
        """What a code that was typed opens, None where it is none. A wrong one is held against whoever typed it."""

    def behind(self, code: str) -> Invited | None:
        """What stands behind a code that this desk has found to open something; None for anything else."""

    def bench(self) -> tuple[Yard, ...] | None:
        """The compounds that the member of staff in front of the desk works on; None for whoever is no such member."""

    def round(self, ballot: str) -> Round | None:
        """A ballot as the staff in front of the desk may see it; None where there is none, or not for them."""

    def forms(self, ballot: str) -> tuple[Form, ...]:
        """The paper forms of a ballot that wait for their second confirmers; none where that cannot be seen."""

    def turnout(self, ballot: str) -> tuple[int, int] | None:
        """How many seats of a ballot have taken part, and of how many; None where that cannot be seen."""

    def booths(self) -> tuple[Booth, ...] | Damaged | None:
        """The ballots that were opened over the seats of whoever is in front of the desk, the newest first; None where
        others read along, Damaged where there is none but such as cannot be read."""

    def booth(self, ballot: str, number: int) -> Booth | None:
        """A seat in a ballot, None for whoever may not choose for it."""

    def result(self, ballot: str, number: int) -> ResultSheet | Withheld | Damaged | None:
        """The result of a ballot for one of its seats, or that it may not be shown yet; None where there is no such
        booth."""

    def checked(self, ballot: str, number: int) -> Checked | Damaged | None:
        """What a recount of a closed ballot finds of a seat; None where there is no such booth, or before the close."""

    def joined(self) -> int:
        """What this account has joined: how many seats, and a place among the staff as one more."""

    def forget(self, joined: bool = False) -> None:
        """Erase what is kept of this conversation: its session, its questions, and what it wrote or was to be told;
        and if asked for let go of what the account has joined."""


class Nobody:
    """No office: nothing is kept, nobody can be asked."""

    def do(self, step: "Do") -> str:
        raise LookupError(f"nobody is there to do {step.what}")

    def asked(self, question_masked: str, ended: str, clause: str, language: Language) -> str:
        return ""

    def judge(self, id: str, good: bool) -> bool:
        return False

    def consult(self, id: str) -> bool:
        return False

    def contact(self, language: Language) -> str:
        return ""

    def silenced(self) -> frozenset[str]:
        return frozenset()

    def taught(self, question_folded: str) -> str | None:
        return None

    def invited(self, typed: str) -> Invited | None:
        return None

    def behind(self, code: str) -> Invited | None:
        return None

    def bench(self) -> tuple[Yard, ...] | None:
        return None

    def round(self, ballot: str) -> Round | None:
        return None

    def forms(self, ballot: str) -> tuple[Form, ...]:
        return ()

    def turnout(self, ballot: str) -> tuple[int, int] | None:
        return None

    def booths(self) -> tuple[Booth, ...] | Damaged | None:
        return ()

    def booth(self, ballot: str, number: int) -> Booth | None:
        return None

    def result(self, ballot: str, number: int) -> ResultSheet | Withheld | Damaged | None:
        return None

    def checked(self, ballot: str, number: int) -> Checked | Damaged | None:
        return None

    def joined(self) -> int:
        return 0

    def forget(self, joined: bool = False) -> None:
        return None


NOBODY: Desk = Nobody()
