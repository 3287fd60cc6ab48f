"""The desk: what a conversation needs from the office's side; it is implemented inside the turn's transaction.

A conversation never sees a name, a time or a table: it hands in what was asked, masked, and gets short ids back.
"""

from typing import Protocol

from dialogs.steps import Do
from dialogs.wording import Language


class Desk(Protocol):
    """The office's side of one conversation, as it stands at one event."""

    def do(self, step: Do) -> str:
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

    def forget(self) -> None:
        """Erase what is kept of this conversation: its session, its questions, and what it wrote or was to be told."""


class Nobody:
    """No office: nothing is kept, nobody can be asked."""

    def do(self, step: Do) -> str:
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

    def forget(self) -> None:
        return None


NOBODY: Desk = Nobody()
