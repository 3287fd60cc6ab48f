"""jiugai backup and jiugai restore: copies of the database, also while the bot is running."""

import argparse
from pathlib import Path
from typing import Any


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
    restore.set_defaults(run=take_back)


def back_up(args: argparse.Namespace) -> None:
    """Make a backup and say how large it is."""
    from bot.config import settings
    from bot.store import copies

    size = copies.back_up(settings().database, args.file)
    print(f"备份好了 · backed up: {args.file} ({size / 1024:,.0f} KB)")


def take_back(args: argparse.Namespace) -> None:
    """Restore a backup and say where the state before it is kept."""
    from bot.config import settings
    from bot.store import copies
    from bot.times import utc

    kept = copies.restore(settings().database, args.file, utc())
    print(f"恢复好了 · restored: {args.file}")
    if kept:
        print(f"恢复前的样子存在 · what was there before is kept in: {kept}")
