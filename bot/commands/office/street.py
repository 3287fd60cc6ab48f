"""jiugai office street: the streets of the district."""

import argparse
from typing import Any

from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.office import book as acts
from bot.store.book import Street


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "street",
        help="街道 · the streets",
        description="街道：开始时就有西城区的15个街道，区里的工作人员可以增、改、删。\n"
        "The streets: the 15 of Xicheng are there from the start; the district's staff add, rename and remove them.",
        epilog="""例 / examples:
  jiugai office street list
  jiugai office street add 金中都街道
  jiugai office street rename 德胜 德胜门街道
  jiugai office street remove 1a2b3c4d --yes""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for name, help, run in (
        ("list", "列出 · list them", _list),
        ("add", "增加 · add one", _add),
        ("rename", "改名 · rename one", _rename),
        ("remove", "删掉没有小区和人员的 · remove one without compounds and staff", _remove),
    ):
        command = commands.add_parser(name, help=help)
        if name in ("rename", "remove"):
            command.add_argument("street", metavar="STREET", help="编号或名称 · by its id or name")
        if name in ("add", "rename"):
            command.add_argument("name", metavar="NAME", help="名称 · the name")
        if name == "remove":
            add_yes(command)
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run)


def _list(args: argparse.Namespace) -> None:
    streets = acted(args, acts.list_streets)
    if args.json:
        print_json([{**_data(street), "compounds": compounds} for street, compounds in streets])
        return
    print(f"共{len(streets)}个街道 · {len(streets)} in all")
    if streets:
        rows = [(street.id, street.name, compounds) for street, compounds in streets]
        print(table(rows, ("编号 id", "街道 street", "小区 compounds")))


def _add(args: argparse.Namespace) -> None:
    _said(args, "增加了 · added", acted(args, lambda acting: acts.add_street(acting, args.name)))


def _rename(args: argparse.Namespace) -> None:
    street = acted(args, lambda acting: acts.rename_street(acting, acts.street_id(acting, args.street), args.name))
    _said(args, "改名了 · renamed", street)


def _remove(args: argparse.Namespace) -> None:
    sure(args, f"要删掉街道 {args.street}", f"The street {args.street} would be removed")
    _said(
        args,
        "删掉了 · removed",
        acted(args, lambda acting: acts.remove_street(acting, acts.street_id(acting, args.street))),
    )


def _said(args: argparse.Namespace, what: str, street: Street) -> None:
    if args.json:
        print_json(_data(street))
    else:
        print(f"{what}: {street.id}  {street.name}")


def _data(street: Street) -> dict[str, Any]:
    return {"id": street.id, "name": street.name}
