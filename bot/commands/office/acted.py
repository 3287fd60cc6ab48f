"""Acted: an act of the office from the command line, by the member of staff who sits there.

Whoever may open the database file may do everything to it, so `--as` is no lock: it says who acts, for the audit, and
keeps a street's staff to their street.
"""

import argparse
import os
import secrets
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from bot.commands.columns import shown
from bot.commands.office.opened import done
from bot.errors import UserError
from bot.office.acting import Acting, Refusal
from bot.office.roles import Actor, Role
from bot.store import Transaction
from bot.store.staff import Staff, StaffList
from bot.times import utc

T = TypeVar("T")


def add_as(parser: Any) -> None:
    """Add the option that says who acts."""
    parser.add_argument(
        "--as",
        dest="staff",
        metavar="ID",
        default=os.environ.get("JIUGAI_STAFF", ""),
        help="以哪位工作人员的身份（编号）· who acts, by the staff id; or JIUGAI_STAFF",
    )


def acted(args: argparse.Namespace, job: Callable[[Acting], "T | Refusal"]) -> T:
    """The result of an act, in one transaction of its own; UserError with its sentence where it is refused."""
    result = done(lambda tx: job(acting(args, tx)))
    if isinstance(result, Refusal):
        refused(result)
    return result


def acting(args: argparse.Namespace, tx: Transaction) -> Acting:
    """Acting for whoever sits at the command line; UserError as `actor` raises it."""
    return Acting(tx, actor(tx, args.staff.strip()), utc(), secrets.token_bytes)


def actor(tx: Transaction, id: str) -> Actor:
    """The member of staff of an id; without one, the only one there is. UserError where that is nobody who may act."""
    active = [staff for staff in StaffList(tx.connection).all() if staff.state == "active"]
    if id:
        found = [staff for staff in active if staff.id == id.lower()]
        if not found:
            raise UserError(
                f"没有编号是 {id} 的在岗人员；用 jiugai office staff 看有哪些。 "
                f"Nobody on duty has the id {id}; jiugai office staff lists who has."
            )
        return _as_actor(found[0])
    if not active:
        raise UserError(
            "还没有工作人员；请先运行 jiugai office init 姓名。 "
            "There is no staff yet; begin with jiugai office init NAME."
        )
    if len(active) > 1:
        raise UserError(
            "有几位工作人员，请用 --as 编号 或环境变量 JIUGAI_STAFF=编号 说明是谁（jiugai office staff 看编号）。 "
            "There are several members of staff: say who acts by --as ID or by the environment variable "
            "JIUGAI_STAFF=ID (jiugai office staff lists the ids)."
        )
    return _as_actor(active[0])


def refused(refusal: Refusal) -> NoReturn:
    """Raise the refusal as the command line tells it, in both languages."""
    from dialogs.wording import LANGUAGES, wording

    values = {name: shown(value) for name, value in refusal.values.items()}
    raise UserError(" ".join(wording(language)(refusal.sentence, **values) for language in LANGUAGES))


def _as_actor(staff: Staff) -> Actor:
    return Actor(staff.id, Role(staff.role), staff.street)
