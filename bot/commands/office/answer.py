"""jiugai office answer: the street office's answer, sent into the conversation that asked."""

import argparse
import sys
from functools import partial
from typing import Any

from bot.commands.office.opened import done, text
from bot.errors import UserError

LONGEST = 2000  # characters; more than this nobody reads in a chat


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "answer",
        help="答复居民 · answer a person",
        description="答复居民转来的问题，送回原来的对话，注明是街道办事处说的；机器人开着一两秒内发，没开的下次启动时发。\n"
        "Answer a question that was sent to the office: it goes into the conversation that asked, marked as the\n"
        "office's word; within seconds where the bot is running, else at its next start.",
        epilog="""例 / examples:
  jiugai office answer 1a2b3c4d '下周三上午在居委会公示，请来看。'
  jiugai office answer 1a2b3c4d < answer.txt
  jiugai office answer 1a2b3c4d '时间改到周四。' --again""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", metavar="ID", help="inbox 里的编号 · the id in the inbox")
    parser.add_argument("text", metavar="TEXT", nargs="?", help="答复；不写时从标准输入读 · or from standard input")
    parser.add_argument("--again", action="store_true", help="再答一次，补充或更正 · once more, to add or correct")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Put the answer into the outbox, and say when it goes out."""
    from bot.answering import answer
    from bot.channels import unasked
    from bot.config import settings
    from bot.sender.sender import GIVEN_UP_AFTER
    from bot.store.lock import is_serving
    from bot.times import utc

    if args.text is None and sys.stdin.isatty():
        raise UserError("请写上答复。 Please add the answer.")
    given = args.text if args.text is not None else sys.stdin.buffer.read(1_000_000).decode("utf-8", "replace")
    told = text(given, LONGEST, "答复", "answer")
    id = args.id.strip().lower()
    question = done(partial(answer, id=id, text=told, again=args.again, now=utc(), calls=unasked.calls))
    if question.channel != "console" and not is_serving(settings().database):
        hours = f"{GIVEN_UP_AFTER.total_seconds() / 3600:.0f}"
        print(
            f"{id} 的答复已放进发件箱；机器人没有运行，{hours}小时内启动才会发出。 "
            f"The answer to {id} waits in the outbox; the bot is not running: start it within {hours} hours."
        )
        return
    print(f"{id} 的答复已放进发件箱，这就发出。 The answer to {id} is in the outbox and goes out now.")
