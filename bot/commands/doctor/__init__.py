"""jiugai doctor: what is configured, what is missing, and how to mend it."""

import argparse
from typing import Any

from bot.commands.doctor import service, setup
from bot.errors import UserError


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "doctor",
        help="检查环境、设置和数据库 · check set-up, settings and database",
        description="检查运行环境、方案资料、设置、数据库和 Telegram：缺什么、怎么补，有什么没办成。\n"
        "Checks set-up, library, settings, database and Telegram: what is missing, how to mend it, what was given up.",
        epilog="例 / examples:\n  jiugai doctor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print each check; raises UserError at the end if any of them failed."""
    if not all([*setup.checks(), *service.checks()]):
        raise UserError("有问题要处理，见上面带 ✗ 的行。 Something needs mending, see the lines with ✗.")
