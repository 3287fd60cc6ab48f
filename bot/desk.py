"""The desk over the store: what a conversation asks of the office's side, within the transaction of its turn."""

import secrets
from collections.abc import Callable, Container
from datetime import datetime

from ballots.report import ResultSheet, Withheld
from bot.office import invitations, persons, staff
from bot.office.benching import Benching
from bot.office.choosing import Choosing
from bot.office.joining import Joining
from bot.store import Transaction
from bot.store.erasing import erase
from bot.store.invitations import Invitations
from bot.store.office import Office
from bot.store.questions import Questions
from bot.store.staff import StaffList
from dialogs import likeness, office
from dialogs.bench import Form, Round, Yard
from dialogs.booth import Booth, Checked, Damaged
from dialogs.desk import NOBODY, Invited
from dialogs.masking import mask
from dialogs.steps import Do
from dialogs.wording import Language


def _no_key() -> bytes:
    raise LookupError("no code can be read without the key of this installation")


class StoreDesk:
    """The desk of one conversation at one time; see dialogs.desk.Desk. `clauses` are the ids that exist; `key` gives
    the key of this installation."""

    def __init__(
        self,
        tx: Transaction,
        channel: str,
        conversation: str,
        now: datetime,
        clauses: Container[str],
        key: Callable[[], bytes] = _no_key,
    ) -> None:
        self._tx = tx
        self._questions = Questions(tx.connection)
        self._office = Office(tx.connection)
        self._channel = channel
        self._conversation = conversation
        self._now = now
        self._clauses = clauses
        self._joining = Joining(tx, channel, conversation, now, key)
        self._benching = Benching(tx, channel, conversation, now)
        self._choosing = Choosing(tx, channel, conversation, now)

    def do(self, step: Do) -> str:
        """Carry out what a dialog wants done: joining, casting a selection, or an act of the office's staff."""
        if step.what == "join":
            return self._joining.join(step.data["code"])
        if step.what == "cast":
            return self._choosing.cast(step)
        if self._benching.does(step.what):
            return self._benching.do(step)
        return NOBODY.do(step)

    # ---- questions ---------------------------------------------------------------------------------------------------

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

    # ---- what the office has laid down -------------------------------------------------------------------------------

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

    # ---- seats and staff ---------------------------------------------------------------------------------------------

    def invited(self, typed: str) -> Invited | None:
        """What a code that was typed opens."""
        return self._joining.invited(typed)

    def behind(self, code: str) -> Invited | None:
        """What stands behind a code that was found to open something."""
        return self._joining.behind(code)

    def bench(self) -> tuple[Yard, ...] | None:
        """The compounds that the member of staff works on whose account this is."""
        return self._benching.bench()

    def round(self, ballot: str) -> Round | None:
        """A ballot as that member may see it."""
        return self._benching.round(ballot)

    def forms(self, ballot: str) -> tuple[Form, ...]:
        """The paper forms of a ballot that wait for their second confirmers."""
        return self._benching.forms(ballot)

    def turnout(self, ballot: str) -> tuple[int, int] | None:
        """How many seats of a ballot have taken part, and of how many: for its seats, and for staff."""
        return self._choosing.turnout(ballot) or self._benching.turnout(ballot)

    def booths(self) -> tuple[Booth, ...] | Damaged | None:
        """The ballots that were opened over this account's seats; None where others read along."""
        return self._choosing.booths()

    def booth(self, ballot: str, number: int) -> Booth | None:
        """A seat in a ballot, for whoever may choose for it."""
        return self._choosing.booth(ballot, number)

    def result(self, ballot: str, number: int) -> ResultSheet | Withheld | Damaged | None:
        """The result of a ballot, as one of its seats may see it."""
        return self._choosing.result(ballot, number)

    def checked(self, ballot: str, number: int) -> Checked | Damaged | None:
        """What a recount of a closed ballot finds of a seat."""
        return self._choosing.checked(ballot, number)

    def joined(self) -> int:
        """What this account has joined; among many people nobody is told."""
        if not persons.is_private(self._channel, self._conversation):
            return 0
        colleague = StaffList(self._tx.connection).by_person(self._person)
        return len(Invitations(self._tx.connection).seats(self._person)) + (colleague is not None)

    def forget(self, joined: bool = False) -> None:
        """Erase what is kept of this conversation; and if asked for let go of the account's seats and place among the
        staff, which is noted. Wrong codes that were typed stay a day: forgetting must be no way around waiting."""
        erase(self._tx.connection, self._conversation, self._now)
        if not joined or not persons.is_private(self._channel, self._conversation):
            return
        for member in Invitations(self._tx.connection).seats(self._person):
            invitations.left(self._tx, member, self._now, secrets.token_bytes)
        if found := StaffList(self._tx.connection).by_person(self._person):
            staff.left(self._tx, found, self._now)

    @property
    def _person(self) -> str:
        return persons.person(self._channel, self._conversation)
