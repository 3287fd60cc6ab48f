"""jiugai office inbox: what people have sent to the street office, and what became of its answers."""

import argparse
from typing import Any

from bot.commands.office.opened import STATES, done, print_json
from bot.times import beijing, iso


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "inbox",
        help="居民转来的问题 · questions sent to the office",
        description="居民同意转给街道办事处的问题，等得最久的在前；等答复的最多留90天，答复过的留7天。\n"
        "Questions that people agreed to send to the street office, the longest waiting first; those that wait are\n"
        "kept for 90 days at most, those that were answered for 7.",
        epilog="例 / examples:\n  jiugai office inbox\n  jiugai office inbox --all --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--all", action="store_true", help="连答复过的一起列 · those that were answered too")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """List them."""
    from bot.answering import inbox

    # An answer that did not arrive leaves its question open in the eyes of whoever asked.
    found = [(question, state) for question, state in done(inbox) if args.all or state in ("", "never")]
    if args.json:
        print_json(
            [
                {
                    "id": question.id,
                    "sent": iso(question.consulted) if question.consulted else None,
                    "question": question.text,
                    "lang": question.language,
                    "kind": question.ended,
                    "clause": question.clause,
                    "state": state or "waits",
                }
                for question, state in found
            ]
        )
        return
    print(f"共{len(found)}条，等得最久的在前 · {len(found)}, the longest waiting first")
    for question, state in found:
        when = beijing(question.consulted) if question.consulted else ""
        shown = f" [{question.clause}]" if question.clause else ""
        print(f"{question.id}  {when}  {STATES[state]}{shown}  {' '.join(question.text.split())}")
