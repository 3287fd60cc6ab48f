"""jiugai office proxy: who may vote for a seat, by its written word."""

import argparse
from typing import Any

from bot.commands.office.acted import acted, add_as
from bot.commands.office.named import SEAT_OF_BALLOT
from bot.commands.office.opened import print_json
from bot.office import proxies as acts
from bot.office.acting import Acting, Refusal


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "proxy",
        help="委托 · proxies",
        description="登记或撤回一席的受托人：看过书面委托再登记。本人选了就以本人的为准；撤回后代选的不再计入。\n"
        "Record who may vote for a seat, by its written word, or take that back. One's own vote wins over a proxy's.",
        epilog="""例 / examples:
  jiugai office proxy appoint 1a2b3c4d 12 --holder 李四
  jiugai office proxy revoke 1a2b3c4d 12""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for name, help in (("appoint", "登记 · record one"), ("revoke", "撤回 · take one back")):
        command = commands.add_parser(name, help=help)
        command.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
        command.add_argument("seat", metavar="SEAT", help=SEAT_OF_BALLOT)
        if name == "appoint":
            command.add_argument("--holder", metavar="NAME", required=True, help="受托人 · who may vote for it")
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run, name=name)


def run(args: argparse.Namespace) -> None:
    """Record it or take it back."""

    def job(acting: Acting) -> acts.Set | Refusal:
        if args.name == "appoint":
            return acts.appoint(acting, args.ballot, args.seat, args.holder)
        return acts.revoke(acting, args.ballot, args.seat)

    found = acted(args, job)
    if args.json:
        print_json({"seat": found.number, "key": found.seated.seat.id, "told": found.told})
        return
    what = "登记了受托人 · recorded" if args.name == "appoint" else "撤回了委托 · taken back"
    told = "，已在对话里通知 · told in chat" if found.told else ""
    print(f"{what}: #{found.number} ({found.seated.seat.id}){told}")
