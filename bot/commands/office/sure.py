"""Sure: before what cannot be undone the command line asks, and where nobody can answer `--yes` says it beforehand."""

import argparse
import sys
from typing import Any

from bot.errors import UserError


def add_yes(parser: Any) -> None:
    """Add the option that answers beforehand."""
    parser.add_argument("--yes", action="store_true", help="不再问，直接办 · do not ask")


def sure(args: argparse.Namespace, zh: str, en: str) -> None:
    """Go on only where the person is sure; UserError otherwise. `zh` and `en` say what would be done."""
    if args.yes:
        return
    if not sys.stdin.isatty():
        raise UserError(f"{zh}，不能撤回；确定的话请加 --yes。 {en}; it cannot be undone: add --yes if you are sure.")
    try:
        answer = input(f"{zh}，不能撤回。确定吗？ {en}; it cannot be undone. Sure? [y/N，是/否] ")
    except EOFError:  # Ctrl-D: the person has gone
        print()
        answer = ""
    if answer.strip().lower() not in ("y", "yes", "是", "确定"):
        raise UserError("没有办。 Nothing was done.")
