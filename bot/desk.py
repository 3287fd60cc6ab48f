"""The desk over the store: what a conversation asks of the office's side, within the transaction of its turn."""

from collections.abc import Container
from datetime import datetime

from bot.store import Transaction
from bot.store.erasing import erase
from bot.store.office import Office
from bot.store.questions import Questions
from dialogs import likeness, office
from dialogs.desk import NOBODY
from dialogs.masking import mask
from dialogs.steps import Do
from dialogs.wording import Language


class StoreDesk:
    """The desk of one conversation at one time; see dialogs.desk.Desk. `clauses` are the ids that exist."""

    def __init__(
        self, tx: Transaction, channel: str, conversation: str, now: datetime, clauses: Container[str]
    ) -> None:
        self._tx = tx
        self._questions = Questions(tx.connection)
        self._office = Office(tx.connection)
        self._channel = channel
        self._conversation = conversation
        self._now = now
        self._clauses = clauses

    def do(self, step: Do) -> str:
        """No dialog wants anything done yet that the office has a hand in."""
        return NOBODY.do(step)

    def asked(self, question_masked: str, ended: str, clause: str, language: Language) -> str:
        """Keep a question; its id."""
        # Masked here too: whatever a caller forgets, no text is kept that was not.
        text = mask(question_masked)
        return self._questions.keep(self._channel, self._conversation, text, language, ended, clause, self._now)

    def judge(self, id: str, good: bool) -> bool:
        """Note what the person thinks of an answer."""
        return self._questions.judge(id, self._conversation, good)

    def consult(self, id: str) -> bool:
        """Let a kept question wait for the street office."""
        return self._questions.consult(id, self._conversation, self._now)

    def contact(self, language: Language) -> str:
        """The office's own contacts as they are shown, in the other language where it has left none in this one."""
        kept = self._office.contact(language) or self._office.contact("en" if language == "zh" else "zh")
        return office.contact(kept, language)

    def silenced(self) -> frozenset[str]:
        """The clauses whose plain sentence is out of service."""
        return frozenset(silenced.clause for silenced in self._office.silenced() if silenced.clause in self._clauses)

    def taught(self, question_folded: str) -> str | None:
        """The clause that the office has bound to a like question."""
        bound = {key: clause for key, clause in self._office.clauses_by_key().items() if clause in self._clauses}
        # Compared masked, as what was taught was kept.
        return likeness.most_like(mask(question_folded), bound) if bound else None

    def forget(self) -> None:
        """Erase what is kept of this conversation."""
        erase(self._tx.connection, self._conversation, self._now)
