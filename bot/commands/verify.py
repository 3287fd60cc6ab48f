"""jiugai verify: a ballot's public list, checked and recounted."""

import argparse
import sys
from typing import Any

from ballots import verify


def add(parsers: Any) -> None:
    """Add the command's parser, with the options of ballots/verify.py."""
    parser = parsers.add_parser(
        "verify",
        help="核对公开清单，重新计票 · check a public list and recount it",
        description="核对一次征询的公开清单：有没有被改、被删、被调换，再从头计票；也能查回执。\n"
        "Check a ballot's public list, whether anything was changed, dropped or moved; recount it, and trace receipts."
        "\n\n同样的核对不用旧改助手也能做 · the same without Jiugai: python ballots/verify.py PUBLIC.jsonl",
        epilog="例 / examples:\n  jiugai verify PUBLIC.jsonl --head 4f1c…\n"
        "  jiugai verify PUBLIC.jsonl --receipt QX7-4KD-92M-7TF\n  jiugai verify PUBLIC.jsonl --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Check and print; what is wrong has been said by then, so only the exit code is left."""
    if code := verify.run(args):
        sys.exit(code)
