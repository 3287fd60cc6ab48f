"""python -m tests.crashes.cradle: brings bots into the world, one after another, each as `jiugai serve` runs it.

A bot that dies two hundred times would spend most of its lives on importing. So this process imports, once, all that a
bot needs, opens nothing and starts no thread; for each line `start` it forks, and the fork serves, hurried as the
options of victim.py say, its standard error going where ours goes. It says the number of the process, and when that has
ended with what. `--ahead FILE`: seconds by which the bot's clock is ahead of the time, as stands in a file.
"""

import argparse
import os
import sys
import traceback
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from bot import bootstrap, cli, turn
from bot.channels import clock as _clock  # noqa: F401
from bot.commands import serve as _serve  # noqa: F401
from bot.results import image as _image  # noqa: F401
from bot.results import picture as _picture  # noqa: F401
from bot.times import utc
from dialogs.conversation import Conversation
from dialogs.events import Text
from dialogs.sessions import Session
from knowledge.answers import answerer
from knowledge.library import load
from tests.crashes.victim import hurry, options


def ahead(file: Path) -> datetime:
    """The time, and so much later as the file says."""
    return utc() + timedelta(seconds=float(file.read_text()))


def live(given: argparse.Namespace, file: Path) -> int:
    """Serve; how it ended."""
    hurry(given)
    patch.object(turn, "FAST_ROWS", 10**9).start()  # few people do here what many do elsewhere
    patch.object(bootstrap.telegram, "__defaults__", (partial(ahead, file), None)).start()
    return cli.main(["serve"])


def main(words: list[str]) -> None:
    at = words.index("--ahead")
    file, given = Path(words[at + 1]), options(words[:at] + words[at + 2 :])
    answerer().warm()
    Conversation(load(), answerer()).hear(Text("楼"), Session())
    for _ in sys.stdin:
        if (child := os.fork()) == 0:
            code = 70
            try:
                code = live(given, file)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
