"""jiugai office staff: who acts for the office."""

import argparse
from typing import Any

from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import done, print_json, text
from bot.commands.office.sure import add_yes, sure
from bot.errors import UserError
from bot.office import staff as acts
from bot.office.book import street_id
from bot.office.sheets import link
from bot.office.staff import Invited
from bot.store import Transaction
from bot.store.book import Book
from bot.store.office import Office
from bot.store.staff import Staff, StaffList
from bot.times import beijing, iso

LONGEST_NAME = 60
_STATES = {
    "invited": "等加入 · invited",
    "active": "在岗 · active",
    "suspended": "停用 · suspended",
    "removed": "移除 · removed",
}


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "staff",
        help="工作人员 · the staff",
        description="工作人员：不带命令时列出。邀请、停用、恢复、移除、补发身份码，都由区里的工作人员办。\n"
        "The staff: without a command they are listed. The district invites, suspends, resumes and removes, and gives\n"
        "out new codes. A code is shown once and joins an account in chat; a new one lets the earlier account go.",
        epilog="""例 / examples:
  jiugai office staff
  jiugai office staff invite 李芳 --street 广安门外街道
  jiugai office staff invite 赵强 --district --as 1a2b3c
  jiugai office staff suspend 4d5e6f
  jiugai office staff code 4d5e6f""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--all", action="store_true", help="连移除的一起列 · those removed, too")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=_list)
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND")
    invite = commands.add_parser("invite", help="邀请 · invite")
    invite.add_argument("name", metavar="NAME", help="姓名 · the name")
    where = invite.add_mutually_exclusive_group(required=True)
    where.add_argument("--street", metavar="STREET", help="街道（编号或名称）的 · of a street, by its id or name")
    where.add_argument("--district", action="store_true", help="区里的 · of the district")
    invite.set_defaults(run=_invite)
    for name, help, run in (
        ("suspend", "停用 · suspend", _suspend),
        ("resume", "恢复 · take back", _resume),
        ("remove", "移除 · remove for good", _remove),
        ("code", "补发身份码，放开原来的账号 · a new code; the account is let go", _code),
    ):
        command = commands.add_parser(name, help=help)
        command.add_argument("id", metavar="ID", help="编号 · the id")
        command.set_defaults(run=run)
        if name == "remove":
            add_yes(command)
        invites = (invite, command) if name == "suspend" else (command,)
        for one in invites:
            one.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
            add_as(one)


def _list(args: argparse.Namespace) -> None:
    def job(tx: Transaction) -> tuple[list[Staff], dict[str, str]]:
        streets = {street.id: street.name for street in Book(tx.connection).streets()}
        return StaffList(tx.connection).all(), streets

    everybody, streets = done(job)
    found = [staff for staff in everybody if args.all or staff.state != "removed"]
    if args.json:
        print_json([_data(staff) for staff in found])
        return
    print(f"共{len(found)}人 · {len(found)} in all")
    if found:
        rows = [
            (
                staff.id,
                staff.name,
                streets.get(staff.street, "区 · district"),
                _STATES[staff.state],
                "已绑定 · joined" if staff.person else "—",
                beijing(staff.since),
            )
            for staff in found
        ]
        print(table(rows, ("编号 id", "姓名 name", "哪里的 of", "状态 state", "聊天 chat", "加入 since")))


def _invite(args: argparse.Namespace) -> None:
    from bot.config import settings
    from bot.store.key import key_of

    name, key = text(args.name, LONGEST_NAME, "姓名", "name"), key_of(settings().database)
    if args.street is not None and not args.street.strip():
        raise UserError("请写上街道。 Name the street.")
    street = args.street or ""
    invited = acted(
        args, lambda acting: acts.invite(acting, name, street and (street_id(acting, street) or street), key)
    )
    _tell(args, invited)


def _code(args: argparse.Namespace) -> None:
    from bot.config import settings
    from bot.store.key import key_of

    key = key_of(settings().database)
    _tell(args, acted(args, lambda acting: acts.new_code(acting, args.id, key)))


def _tell(args: argparse.Namespace, invited: Invited) -> None:
    bot = done(lambda tx: Office(tx.connection).bot())
    if args.json:
        print_json(invited_data(invited, bot))
    else:
        say_invited(invited, bot)


def _suspend(args: argparse.Namespace) -> None:
    _said(args, acted(args, lambda acting: acts.suspend(acting, args.id)))


def _resume(args: argparse.Namespace) -> None:
    _said(args, acted(args, lambda acting: acts.resume(acting, args.id)))


def _remove(args: argparse.Namespace) -> None:
    sure(args, f"移除 {args.id}", f"{args.id} will be removed")
    _said(args, acted(args, lambda acting: acts.remove(acting, args.id)))


def _said(args: argparse.Namespace, staff: Staff) -> None:
    if args.json:
        print_json(_data(staff))
    else:
        print(f"{staff.id}  {staff.name}  {_STATES[staff.state]}")


def say_invited(invited: Invited, bot: str) -> None:
    """Tell a member of staff's code, this once."""
    print(f"{invited.staff.id}  {invited.staff.name}  {_STATES[invited.staff.state]}")
    print(f"身份码，只显示这一次 · code, shown this once: {invited.code}")
    if way := link(invited.code, bot, staff=True):
        print(way)
    print(
        "在 Telegram 里私下发给机器人，就能用 /office。 Send it to the bot alone in Telegram, then /office works there."
    )


def invited_data(invited: Invited, bot: str) -> dict[str, Any]:
    """The same for machines."""
    return {**_data(invited.staff), "code": invited.code, "link": link(invited.code, bot, staff=True)}


def _data(staff: Staff) -> dict[str, Any]:
    return {
        "id": staff.id,
        "name": staff.name,
        "role": staff.role,
        "street": staff.street,
        "state": staff.state,
        "joined": bool(staff.person),
        "since": iso(staff.since),
    }
