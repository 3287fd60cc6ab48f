"""jiugai backup and jiugai restore: copies of the database, also while the bot is running; each ends with a look at
every ledger."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.store.soundness import Soundness


def add(parsers: Any) -> None:
    """Add the commands' parsers."""
    backup = parsers.add_parser(
        "backup",
        help="备份数据库 · back the database up",
        description="把数据库完整备份成一个文件，机器人不用停。 Copy the database to one file; the bot may be running.",
        epilog="例 / examples:\n  jiugai backup jiugai-2018-06-11.db",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="备份文件 · the copy")
    backup.set_defaults(run=back_up)
    restore = parsers.add_parser(
        "restore",
        help="从备份恢复 · restore a backup",
        description="把数据库恢复成备份时的样子，机器人不用停；恢复前的样子另存一份。备份以后收到和发出的消息不会重来。\n"
        "Bring the database back to a backup; the bot may be running. What was there is kept in a file beside it.\n"
        "Messages received and sent since the backup are not answered again.",
        epilog="例 / examples:\n  jiugai restore jiugai-2018-06-11.db",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件 · the copy")
    restore.add_argument(
        "--damaged", action="store_true", help="流水有损坏也恢复 · also where ledgers in it are damaged"
    )
    restore.set_defaults(run=take_back)


def back_up(args: argparse.Namespace) -> None:
    """Make a backup and say how large it is."""
    from bot.config import settings
    from bot.store import copies

    made = copies.back_up(settings().database, args.file)
    print(f"备份好了 · backed up: {args.file} ({made.size / 1024:,.0f} KB)")
    _say(made.ledgers)


def take_back(args: argparse.Namespace) -> None:
    """Restore a backup and say where the state before it is kept."""
    from bot.config import settings
    from bot.store import copies
    from bot.times import utc

    made = copies.restore(settings().database, args.file, utc(), args.damaged)
    print(f"恢复好了 · restored: {args.file}")
    if made.before:
        print(f"恢复前的样子存在 · what was there before is kept in: {made.before}")
    _say(made.ledgers)


def _say(ledgers: Soundness) -> None:
    """Say how many ledgers were verified; UserError that names those that are damaged."""
    if ledgers.damaged:
        for each in ledgers.damaged:
            print(f"✗ {each.ballot}: {each.why}")
        ids = ", ".join(each.ballot for each in ledgers.damaged)
        raise UserError(
            f"核对了{ledgers.ledgers}份流水，征询 {ids} 的损坏了；请留好这个文件，查明原因。 "
            f"Of {ledgers.ledgers} ledgers those of {ids} are damaged; keep this file, and look into it."
        )
    print(f"核对了{ledgers.ledgers}份流水，都完好 · ledgers verified, all sound: {ledgers.ledgers}")
