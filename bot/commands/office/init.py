"""jiugai office init: the first member of staff, and the book's streets."""

import argparse
import secrets
from typing import Any

from bot.commands.office.acted import refused
from bot.commands.office.opened import done, print_json, text
from bot.commands.office.staff import LONGEST_NAME, invited_data, say_invited
from bot.office.acting import Refusal
from bot.store.office import Office
from bot.times import utc


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "init",
        help="从这里开始：第一位工作人员 · begin here: the first member of staff",
        description="建立办事处：记下第一位工作人员（区里的，当场可以在命令行办事）和西城区的街道，给出一次性的身份码。\n"
        "Set the office up: its first member of staff, of the district, who may act at this command line at once; the\n"
        "streets of Xicheng; and a code, shown once, to join with in chat.",
        epilog="例 / examples:\n  jiugai office init 王建国",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="姓名 · the name")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Set it up."""
    from bot.config import settings
    from bot.office.staff import begin
    from bot.store.key import key_of

    name, key = text(args.name, LONGEST_NAME, "姓名", "name"), key_of(settings().database)
    first, bot = done(lambda tx: (begin(tx, name, utc(), secrets.token_bytes, key), Office(tx.connection).bot()))
    if isinstance(first, Refusal):
        refused(first)
    if args.json:
        print_json(invited_data(first, bot))
        return
    say_invited(first, bot)
    print("接下来加小区 · next, a compound: jiugai office compound add 小区 --street 街道")
    print("想先试一试 · or try things on a made-up one: jiugai office demo")
