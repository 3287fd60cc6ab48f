"""The command line `jiugai`: its parser, and how every command ends.

The answer goes to stdout; what went wrong is one line on stderr and exit code 1 (2 for wrong options).
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from bot.errors import UserError

VERSION = "0.1.0"


# Command → its module, in the order in which the help lists them.
_MODULES = {
    "ask": "ask",
    "chat": "chat",
    "serve": "serve",
    "clauses": "look",
    "menu": "look",
    "duties": "look",
    "dialogs": "dialogs",
    "office": "office",
    "verify": "verify",
    "eval": "evaluate",
    "backup": "copies",
    "restore": "copies",
    "doctor": "doctor",
}


def parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of all commands, or of one: each module costs its imports."""
    top = argparse.ArgumentParser(
        prog="jiugai",
        description="旧改助手：老旧小区综合整治的政策问答，引原文，有出处。\n"
        "Answers about the renovation of old residential compounds in Xicheng, with the clause quoted.",
        epilog="""例 / examples:
  jiugai ask '我们楼能装电梯吗？'     回答一个问题 · answer one question
  jiugai chat                         在终端里对话 · talk in the terminal
  jiugai serve                        在 Telegram 里运行 · run the bot in Telegram
  jiugai menu                         看整治菜单 · the menu
  jiugai duties 住建委                看谁负责什么 · who does what
不带命令时打开对话。 Without a command the chat opens.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"jiugai {VERSION}")
    commands = top.add_subparsers(title="命令 / commands", metavar="COMMAND")
    for module in dict.fromkeys([_MODULES[command]] if command in _MODULES else _MODULES.values()):
        import_module(f"bot.commands.{module}").add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it went well, 1 after one clear sentence, 130 when it was interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character shows its code; saying nothing at all would be worse.
            stream.reconfigure(errors="backslashreplace")
    words = (sys.argv[1:] if argv is None else argv) or ["chat"]
    args = parser(words[0]).parse_args(words)
    if not hasattr(args, "run"):
        parser().print_help()
        return 0
    try:
        args.run(args)
        sys.stdout.flush()  # here, and not at exit, a reader that has gone can still be told from a fault
    except UserError as error:
        print(f"jiugai: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone (`jiugai menu | head`): that is no error, but the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from bot.logs import where

        # A fault of ours. Its message may hold what a person wrote, so only its kind and place are told.
        print(
            f"jiugai: 程序出错了，请把这一行发给维护的人：{where(error)} "
            f"A fault of the program; please send this line to whoever maintains it: {where(error)}",
            file=sys.stderr,
        )
        return 1
    return 0
