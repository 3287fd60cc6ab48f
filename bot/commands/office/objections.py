"""jiugai office objections: who objects and why, for the office to talk it over, after the close."""

import argparse
from typing import Any

from ballots.report import Objection
from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import print_json
from bot.office import menu, reports


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "objections",
        help="反对意见，供调解 · objections, to be talked over",
        description="截止以后看谁反对、为什么，供街道办事处上门调解。有姓名，请勿外传。谁看过，记在审计里。\n"
        "Who objects and why, after the close, for the office alone: it names people. That it was looked at stands in\n"
        "the audit.",
        epilog="例 / examples:\n  jiugai office objections 1a2b3c4d",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """List them."""
    found = acted(args, lambda acting: reports.objected(acting, args.ballot))
    if args.json:
        print_json({"ballot": found.ballot.id, "objections": [_data(each) for each in found.objections]})
        return
    print(f"共{len(found.objections)}条反对 · {len(found.objections)} in all: {shown(found.ballot.title)}")
    for sentence in found.says[:1]:
        print(f"{sentence.zh} {sentence.en}")
    rows = [
        (menu.called(each.item), f"#{each.number}", "、".join(each.seat.holders), _where(each), each.reason)
        for each in found.objections
    ]
    if rows:
        print(table(rows, ("事项 item", "席位 seat", "谁 who", "哪里 where", "理由 reason")))


def _where(objection: Objection) -> str:
    return "、".join(f"{unit.building} {unit.stairwell} {unit.unit}" for unit in objection.seat.units)


def _data(objection: Objection) -> dict[str, Any]:
    return {
        "item": objection.item,
        "seat": objection.number,
        "key": objection.seat.id,
        "holders": list(objection.seat.holders),
        "where": _where(objection),
        "reason": objection.reason,
    }
