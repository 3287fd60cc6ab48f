"""jiugai office ballot: ballots from their draft to their end."""

import argparse
from typing import Any

from bot.commands.office.ballot import drafting, keeping, showing


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "ballot",
        help="征询：起草、开始、延期、截止、核定、作废 · ballots",
        description="意愿征询：就自选类事项征询委员会、业主或住户。先起草，看过再开始；开始以后事项、规则和名册都不再变。\n"
        "时间都是北京时间。这是意愿征询，不是业主大会的法定表决。\n"
        "Ballots: surveys of wishes on optional items, among a committee, owners or households. Draft one, look at\n"
        "it, open it: from then on items, rules and roll are frozen. All times are Beijing's.",
        epilog="""例 / examples:
  jiugai office ballot items
  jiugai office ballot draft 白云里小区 owners --item menu-13 --item menu-31 --closes '2026-12-01 18:00'
  jiugai office ballot show 1a2b3c4d
  jiugai office ballot open 1a2b3c4d --yes
  jiugai office ballot open 1a2b3c4d --at-opening
  jiugai office ballot extend 1a2b3c4d '12月8日18:00' --because '有几家出差'
  jiugai office ballot correct 1a2b3c4d menu-31 --class shared-parts --because '类别定错了' --yes
  jiugai office ballot close 1a2b3c4d --because '都投完了' --yes
  jiugai office ballot certify 1a2b3c4d --yes""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for module in (showing, drafting, keeping):
        module.add(commands)
