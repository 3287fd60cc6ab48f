"""jiugai office turnout: how many have taken part in a ballot, by building and stairwell; never what they chose."""

import argparse
from typing import Any

from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.ballot.page import place
from bot.commands.office.opened import print_json
from bot.office import reports


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "turnout",
        help="参加了多少 · how many have taken part",
        description="一次征询里全小区、各楼、各单元参加了多少席，随时能看；选了什么看不到。\n"
        "How many seats have taken part, in the compound, its buildings and stairwells; at any time, and nothing else.",
        epilog="例 / examples:\n  jiugai office turnout 1a2b3c4d",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Show it."""
    found = acted(args, lambda acting: reports.turned_out(acting, args.ballot))
    if args.json:
        parts = [{"area": part.area, "seats": part.seats, "taken_part": part.taken_part} for part in found.parts]
        print_json({"ballot": found.ballot.id, "parts": parts})
        return
    print(shown(found.ballot.title))
    for sentence in found.says:
        print(f"{sentence.zh} {sentence.en}")
    rows = [
        (place(part.area), part.taken_part, part.seats, _percent(part.taken_part, part.seats)) for part in found.parts
    ]
    print(table(rows, ("哪里 area", "已参加 taken part", "席位 seats", "比例 share")))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "-"
