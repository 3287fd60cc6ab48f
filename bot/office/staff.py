"""The staff: who acts for the office. The district invites, suspends and removes; somebody of the district stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.office import codes, finding
from bot.office.acting import Acting, Refusal, act
from bot.office.book import begin as begin_book
from bot.office.recording import plain
from bot.office.roles import DISTRICT_ONLY, Role
from bot.store import Transaction
from bot.store.audit import Audit
from bot.store.staff import Staff, StaffList

RANDOM_BYTES = 16  # what codes.made needs


@dataclass(frozen=True, slots=True)
class Invited:
    """A member of staff and the code to join with in chat, which is shown this once."""

    staff: Staff
    code: str

    @property
    def id(self) -> str:
        """Whom the audit is told of."""
        return self.staff.id


def begin(tx: Transaction, name: str, now: datetime, random: Callable[[int], bytes], key: bytes) -> Invited | Refusal:
    """The office's beginning: its first member, of the district, who is active at once; and the book's streets.

    Refused where there is staff already. `key` is the key of this installation.
    """
    staff = StaffList(tx.connection)
    if staff.all():
        return Refusal("begun")
    code = codes.made(random(RANDOM_BYTES))
    first = staff.add(name, Role.DISTRICT, "", "active", _hash(code, key), now)
    begin_book(tx, now)
    Audit(tx.connection).note(now, first.id, "staff.begin", first.id, "done")
    return Invited(first, code)


@act("staff.invite", roles=DISTRICT_ONLY)
def invite(acting: Acting, name: str, street: str, key: bytes) -> Invited:
    """Invite a member of staff: of a street (its id or name), or with "" of the district. They are active as soon as
    they have joined in chat with their code."""
    of = finding.street(acting.tx, street).id if street else ""
    # By their names the ledgers tell apart who entered a form and who confirmed it. Who is suspended may come back.
    if any(plain(one.name) == plain(name) for one in StaffList(acting.tx.connection).all() if one.state != "removed"):
        raise Refusal("staff_known")
    role = Role.STREET if of else Role.DISTRICT
    code = codes.made(acting.random(RANDOM_BYTES))
    added = StaffList(acting.tx.connection).add(name, role, of, "invited", _hash(code, key), acting.now)
    return Invited(added, code)


@act("staff.code", find=finding.member, roles=DISTRICT_ONLY)
def new_code(acting: Acting, staff: Staff, key: bytes) -> Invited:
    """Give a member of staff a new code; their account in chat is let go at once: its phone may be lost."""
    if staff.state not in ("invited", "active"):
        raise Refusal("staff_state")
    code = codes.made(acting.random(RANDOM_BYTES))
    kept = StaffList(acting.tx.connection)
    kept.leave(staff.id)
    kept.set_code(staff.id, _hash(code, key))
    return Invited(_again(kept, staff), code)


@act("staff.suspend", find=finding.member, roles=DISTRICT_ONLY)
def suspend(acting: Acting, staff: Staff) -> Staff:
    """Let an active member of staff do nothing until they are taken back; a code that was not used waits, too."""
    if staff.state != "active":
        raise Refusal("staff_state")
    return _set(acting, staff, "suspended")


@act("staff.resume", find=finding.member, roles=DISTRICT_ONLY)
def resume(acting: Acting, staff: Staff) -> Staff:
    """Take a suspended member of staff back."""
    if staff.state != "suspended":
        raise Refusal("staff_state")
    kept = StaffList(acting.tx.connection)
    kept.set_state(staff.id, "active")
    return _again(kept, staff)


@act("staff.remove", find=finding.member, roles=DISTRICT_ONLY)
def remove(acting: Acting, staff: Staff) -> Staff:
    """Remove a member of staff for good: neither code nor account is theirs any more. The audit keeps their id."""
    if staff.state == "removed":
        raise Refusal("staff_state")
    return _set(acting, staff, "removed")


def left(tx: Transaction, staff: Staff, now: datetime) -> None:
    """A member of staff lets their account in chat go, as they may at any time; the audit has a line of it."""
    StaffList(tx.connection).leave(staff.id)
    Audit(tx.connection).note(now, staff.id, "staff.leave", staff.id, "done")


def _set(acting: Acting, staff: Staff, state: str) -> Staff:
    kept = StaffList(acting.tx.connection)
    others = (one for one in kept.all() if one.id != staff.id)
    if staff.state == "active" and not any(one.role == Role.DISTRICT and one.state == "active" for one in others):
        raise Refusal("last_district")  # nobody could let anybody in again
    kept.set_state(staff.id, "removed" if state == "removed" else "suspended")
    return _again(kept, staff)


def _again(kept: StaffList, staff: Staff) -> Staff:
    found = kept.find(staff.id)
    assert found is not None, "nobody is deleted"
    return found


def _hash(code: str, key: bytes) -> str:
    letters = codes.read(code)
    assert letters is not None, "it was made just now"
    return codes.keyed(letters, key)
