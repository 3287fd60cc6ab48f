"""jiugai office audit: what the office did and what it was refused."""

import argparse
from typing import Any

from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import print_json
from bot.errors import UserError
from bot.office import auditing
from bot.office.acting import Refusal
from bot.times import beijing, iso
from dialogs.wording import LANGUAGES, Language, wording

_MOST = 100_000


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "audit",
        help="谁办了什么 · who did what",
        description="谁在什么时候办了什么、什么没有办成，新的在前；只有编号，没有姓名。街道的人员只看到自己办的。\n"
        "Who did what and when, and what was refused, newest first; ids only, no names. Staff of a street see what\n"
        "they did themselves.",
        epilog="例 / examples:\n  jiugai office audit\n  jiugai office audit --about 1a2b3c4d --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--about", metavar="ID", default="", help="只看关于它的 · about this only")
    parser.add_argument("--last", metavar="N", type=int, default=50, help="最多几行 · so many lines at most")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Show the lines."""
    if not 0 < args.last <= _MOST:
        raise UserError(f"--last 要在 1 到 {_MOST} 之间。 --last takes 1 to {_MOST}.")
    lines = acted(args, lambda acting: auditing.audit(acting, args.last, args.about.strip()))
    if args.json:
        print_json(
            [
                {
                    "at": iso(line.at),
                    "who": line.who,
                    "act": line.act,
                    "about": line.about,
                    "outcome": line.outcome,
                    "reason": line.reason,
                }
                for line in lines
            ]
        )
        return
    print(f"共{len(lines)}行，新的在前 · newest first")
    if lines:
        rows = [
            (beijing(line.at), line.who, line.act, line.about, _outcome(line.outcome, line.reason)) for line in lines
        ]
        print(table(rows, ("时间 when", "谁 who", "办什么 act", "关于 about", "结果 outcome")))


def _outcome(outcome: str, reason: str) -> str:
    if outcome == "done":
        return "办了 · done"
    zh, en = (_sentence(reason, language) for language in LANGUAGES)
    return f"没办：{zh} · refused: {en}"


class _Untold(dict[str, str]):
    """What stands in the places that a sentence was filled in: the audit keeps no values, they may be names."""

    def __missing__(self, name: str) -> str:
        return "…"


def _sentence(reason: str, language: Language) -> str:
    """The sentence of a refusal; of one that is not made any more its key."""
    speak, key = wording(language), Refusal(reason).sentence
    return speak.raw(key).format_map(_Untold()) if key in speak else reason
