"""Joining: whoever has a code makes a seat, or a place among the staff, their account's; wrong codes slow down."""

import re
from collections.abc import Callable
from datetime import datetime

from bot.office import codes, persons, slowing
from bot.store import Transaction
from bot.store.audit import Audit
from bot.store.book import Book
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Rolls
from bot.store.staff import Staff, StaffList
from dialogs.desk import Colleague, Invited, Opening
from dialogs.names import Seated

# How a code stands in a link into the bot: of a seat, of the staff. Both are looked up alike.
SEAT_LINK, STAFF_LINK = "j_", "s_"
_LINKED = re.compile(r"(?:.*[?&]start=)?[js]_([A-Za-z0-9-]+)", re.DOTALL)
_LONGEST = 200  # a link and a code are no longer


class Joining:
    """Codes as one conversation types them, at one time. `key` gives the key of this installation."""

    def __init__(
        self, tx: Transaction, channel: str, conversation: str, now: datetime, key: Callable[[], bytes]
    ) -> None:
        self._tx, self._now, self._key = tx, now, key
        self._channel, self._conversation = channel, conversation
        self._person = persons.person(channel, conversation)
        self._invitations = Invitations(tx.connection)
        self._staff = StaffList(tx.connection)

    def invited(self, typed: str) -> Invited | None:
        """What a code opens; None where what was typed is none. A wrong one is noted, and while somebody has to wait
        no code of theirs is looked at, right or wrong."""
        if len(typed) > _LONGEST:
            return None
        linked = _LINKED.fullmatch(typed.strip())
        said = linked[1] if linked else typed
        letters = codes.read(said)
        if letters is None and not linked and not codes.resembles(said):
            return None
        if not persons.is_private(self._channel, self._conversation):
            return Invited(Opening.PUBLIC)
        if letters is None:
            return Invited(Opening.TYPO)
        if until := self._free_at():
            return Invited(Opening.WAIT, minutes=-(-int((until - self._now).total_seconds()) // 60))
        found = self.behind(codes.keyed(letters, self._key())) or Invited(Opening.UNKNOWN)
        if found.opening not in (Opening.OPEN, Opening.MINE):
            self._invitations.wrong(self._person, self._now)
        return found

    def behind(self, code: str) -> Invited | None:
        """What stands behind a code (its keyed hash); None where it is none of ours."""
        if found := self._invitations.find(code):
            return self._of_seat(code, *found)
        staff = self._staff.by_code(code)
        return self._of_staff(code, staff) if staff else None

    def join(self, code: str) -> Opening:
        """Join what a code opens: OPEN where that was done; else why nothing was."""
        invited = self.behind(code)
        if invited is None:
            return Opening.UNKNOWN
        if invited.opening is not Opening.OPEN or not persons.is_private(self._channel, self._conversation):
            return invited.opening
        if found := self._invitations.find(code):
            self._invitations.use(found[0], self._now)
            self._invitations.join(Member(found[0], self._person, self._channel, self._conversation, self._now))
        elif staff := self._staff.by_code(code):
            self._staff.join(staff.id, self._person, self._channel, self._conversation)
            Audit(self._tx.connection).note(self._now, staff.id, "staff.join", staff.id, "done")
        return Opening.OPEN

    def _free_at(self) -> datetime | None:
        own = self._invitations.wrongs(self._now - slowing.KEPT, self._person)
        everybody = self._invitations.wrongs(self._now - slowing.RUSH_SPAN) if own else []
        return slowing.free_at(own, everybody, self._now)

    def _of_seat(self, code: str, seat: str, state: str) -> Invited:
        place = Rolls(self._tx.connection).place(seat)
        assert place is not None, "a code belongs to a seat"
        compound = Book(self._tx.connection).compound(place.compound)
        assert compound is not None, "a seat belongs to a compound"
        seated = Seated(compound.name, place.kind, place.seat)
        member = self._invitations.member(seat)
        if state == "revoked" or not Rolls(self._tx.connection).stands(seat):
            return Invited(Opening.REVOKED, code, seated)
        if member and member.person == self._person:
            return Invited(Opening.MINE, code, seated)
        if state == "used" or member:
            return Invited(Opening.USED, code, seated)
        return Invited(Opening.OPEN, code, seated)

    def _of_staff(self, code: str, staff: Staff) -> Invited:
        street = Book(self._tx.connection).street(staff.street) if staff.street else None
        colleague = Colleague(staff.name, street.name if street else "")
        if staff.state not in ("invited", "active"):
            return Invited(Opening.REVOKED, code, colleague=colleague)
        account = self._staff.by_person(self._person)
        if account and account.id != staff.id:
            return Invited(Opening.OTHER, code, colleague=colleague)
        return Invited(Opening.OPEN, code, colleague=colleague)
