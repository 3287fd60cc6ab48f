"""jiugai chat: the terminal conversation."""

import argparse
import sys
from typing import Any

from bot.channels import console
from dialogs.conversation import Conversation, Session
from dialogs.wording import LANGUAGES
from knowledge.answers import answerer
from knowledge.library import load


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
    plain = args.plain or not (sys.stdin.isatty() and sys.stdout.isatty())
    console.chat(
        Conversation(load(), answerer()), Session(args.lang or "zh", chosen=args.lang is not None), plain, sys.stdout
    )
