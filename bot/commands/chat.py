"""jiugai chat: the terminal conversation."""

import argparse
import sys
from typing import Any
from uuid import uuid4

from dialogs.wording import LANGUAGES


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "chat",
        help="在终端里对话 · talk in the terminal",
        description="在终端里对话：可以编辑，上下键翻之前的话。 A conversation with editing and history.",
        epilog="例 / examples:\n  jiugai chat\n  printf '能改哪些\\n谁出钱\\n' | jiugai chat --plain",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--plain", action="store_true", help="逐行读标准输入，供管道使用 · line by line, for pipes")
    parser.add_argument("--lang", choices=LANGUAGES, help="界面和回答的语言 · language")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Talk until the person leaves; pipes and files are read plainly without being asked to."""
    from bot import bootstrap
    from bot.channels import console
    from bot.config import settings
    from bot.store import Store
    from bot.times import utc

    plain = args.plain or not (sys.stdin.isatty() and sys.stdout.isatty())
    # Who sits at the terminal goes on where they stopped; each pipe is someone of its own.
    conversation = f"{console.CHANNEL}/{uuid4().hex}" if plain else console.LOCAL
    store = Store(settings().database)
    try:
        store.write(lambda tx: tx.forget(utc()))
        console.chat(bootstrap.console(store, conversation), args.lang, plain, sys.stdout)
    finally:
        if plain:
            store.write(lambda tx: tx.sessions.drop(conversation))  # nobody comes back to it
        store.close()
