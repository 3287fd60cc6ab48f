"""jiugai office seat: a seat's account, where its phone is lost."""

import argparse
from typing import Any

from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import print_json, text
from bot.commands.office.sure import add_yes, sure
from bot.office import invitations

LONGEST_REASON = 200


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "seat",
        help="席位的账号 · a seat's account",
        description="手机丢了，把席位和原来的账号解开，再发新码。选过的还算数；正在征询的，流水里记一笔。\n"
        "A seat whose phone is lost: its account is let go, and a new code can be issued. What it chose still counts;\n"
        "in an open ballot the ledger has a line of it; the earlier account is told.",
        epilog="例 / examples:\n  jiugai office seat release 0123456789abcdef --because 手机丢了",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=lambda args: parser.print_help())
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND")
    release = commands.add_parser("release", help="解开账号 · let the account go")
    release.add_argument("seat", metavar="SEAT", help="席位编号，见 invite list · the seat's id, see invite list")
    release.add_argument("--because", metavar="WHY", required=True, help="原因 · the reason")
    release.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_yes(release)
    add_as(release)
    release.set_defaults(run=_release)


def _release(args: argparse.Namespace) -> None:
    from bot.channels.unasked import calls

    because = text(args.because, LONGEST_REASON, "原因", "reason")
    sure(args, f"解开 {args.seat} 的账号", f"The account of {args.seat} will be let go")
    noted = acted(args, lambda acting: invitations.release(acting, args.seat, because, calls))
    if args.json:
        print_json({"released": args.seat.strip().lower(), "ledgers": noted})
        return
    ledgers = f"，记进了{noted}个征询的流水 · let go; ledgers it is noted in: {noted}" if noted else " · let go"
    print(f"解开了{ledgers}")
    print("现在可以发新码：jiugai office invite issue … --seat KEY。 Now a new code can be issued.")
