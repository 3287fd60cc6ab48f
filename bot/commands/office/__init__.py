"""jiugai office: the street office's desk: what people asked, answers to them, and what the office lays down itself."""

import argparse
from typing import Any

from bot.commands.office import (
    answer,
    audit,
    ballot,
    compound,
    contact,
    demo,
    export,
    inbox,
    init,
    invite,
    objections,
    paper,
    proxy,
    roll,
    seat,
    silence,
    staff,
    street,
    summary,
    tally,
    teach,
    turnout,
    unanswered,
)


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "office",
        help="街道办事处的工作台 · the street office's desk",
        description="街道办事处用：小区、名册、邀请码、意愿征询；看没答好的问题，答复居民，留联系方式；机器人不用停。\n"
        "For the street office: compounds, rolls, codes and ballots; questions not answered well, answers to people,\n"
        "the office's contacts; the bot may be running. Step by step: docs/office.md.",
        epilog="""例 / examples:
  jiugai office init 王建国           建立办事处 · set the office up
  jiugai office demo                  在示范小区上试一遍 · try it all on a made-up compound
  jiugai office compound show 白云里小区
  jiugai office summary               各小区汇总 · all compounds at a glance
  jiugai office unanswered
  jiugai office inbox
  jiugai office answer 1a2b3c4d '下周三上午在居委会公示，请来看。'
  jiugai office teach '下水道堵了谁修' s4-1-p5
  jiugai office silence s4-2-p1 '政策有新口径，等核实'
  jiugai office contact --address '白云路1号' --phone '010-00000000'""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND")
    for module in (
        init,
        street,
        compound,
        roll,
        staff,
        invite,
        seat,
        ballot,
        turnout,
        paper,
        proxy,
        tally,
        objections,
        export,
        summary,
        demo,
        audit,
        unanswered,
        inbox,
        answer,
        teach,
        silence,
        contact,
    ):
        module.add(commands)
    parser.set_defaults(run=lambda args: parser.print_help())
