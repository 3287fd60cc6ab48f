"""jiugai office seat: a seat's account, where its phone is lost."""

import argparse
from shlex import quote
from typing import Any

from bot.commands.columns import shown
from bot.commands.office.acted import acted, add_as
from bot.commands.office.compound import of_compound
from bot.commands.office.named import KINDS, SEAT, add_roll
from bot.commands.office.opened import print_json, text
from bot.commands.office.sure import add_yes, sure
from bot.office import invitations
from bot.office.acting import Acting, Refusal
from bot.store.rolls import Place
from dialogs import names
from dialogs.names import Seated
from dialogs.wording import wording

LONGEST_REASON = 200


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "seat",
        help="席位的账号 · a seat's account",
        description="手机丢了，把席位和原来的账号解开，再发新码。选过的还算数；正在征询的，流水里记一笔。\n"
        "A seat whose phone is lost: its account is let go, and a new code can be issued. What it chose still counts;\n"
        "in an open ballot the ledger has a line of it; the earlier account is told.",
        epilog="例 / examples:\n  jiugai office seat release 白云里小区 owners 1号楼/1单元/102 --because 手机丢了",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=lambda args: parser.print_help())
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND")
    release = commands.add_parser("release", help="解开账号 · let the account go")
    add_roll(release)
    release.add_argument("seat", metavar="SEAT", help=SEAT)
    release.add_argument("--because", metavar="WHY", required=True, help="原因 · the reason")
    release.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_yes(release)
    add_as(release)
    release.set_defaults(run=_release)


def _release(args: argparse.Namespace) -> None:
    from bot.channels.unasked import calls

    because, kind = text(args.because, LONGEST_REASON, "原因", "reason"), KINDS[args.kind]

    def job(acting: Acting) -> tuple[Place, Seated] | Refusal:
        found = of_compound(acting, args.compound, lambda id: invitations.joined_seat(acting, id, kind, args.seat))
        return found if isinstance(found, Refusal) else (found, invitations.seated_at(acting, found))

    place, seated = acted(args, job)
    which = shown(f"{names.place(seated, wording('zh'))}（{'、'.join(place.seat.holders)}）")
    sure(args, f"解开 {which} 的账号", f"The account of {which} will be let go")
    noted = acted(args, lambda acting: invitations.release(acting, place.id, because, calls))
    if args.json:
        print_json({"released": place.id, "ledgers": noted})
        return
    ledgers = f"，记进了{noted}个征询的流水 · let go; ledgers it is noted in: {noted}" if noted else " · let go"
    print(f"解开了{ledgers}")
    code = f"jiugai office invite issue {quote(seated.compound)} {kind.value} --seat {quote(place.seat.id)}"
    print(f"现在可以发新码 · now a new code: {code}")
