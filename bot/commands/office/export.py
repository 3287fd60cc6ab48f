"""jiugai office export: a ballot's public list, to be posted after the close with the hash of its last line."""

import argparse
from pathlib import Path
from shlex import quote
from typing import Any

from bot.commands.office.acted import acted, add_as
from bot.commands.office.files import Files
from bot.commands.office.opened import print_json
from bot.errors import UserError
from bot.office import reports


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "export",
        help="公开清单 · the public list",
        description="截止以后把公开清单写成文件，连同 head（最后一行的摘要）一起公示；谁都能用 jiugai verify 核对。\n"
        "Write the public list of a closed ballot to a file, and post it with its head, the hash of its last line:\n"
        "anyone can check and recount it by jiugai verify.",
        epilog="例 / examples:\n  jiugai office export 1a2b3c4d 白云里.jsonl\n  jiugai verify 白云里.jsonl --head …",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
    parser.add_argument("file", metavar="FILE.jsonl", help="写到哪里 · where it is written")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Write it, and print what is to be posted beside it."""
    if Path(args.file).exists():
        raise UserError(f"{args.file} 已经有了，请另起一个名字。 {args.file} is there already; give another name.")
    with Files([(args.file, ("jsonl",))]) as files:
        found = acted(args, lambda acting: reports.public_list(acting, args.ballot))
        files.write(files.parts[0], lambda part: part.path.write_bytes(b"".join(found.lines)))
        (written,) = files.put_in_place()
    if args.json:
        print_json(
            {
                "ballot": args.ballot,
                "file": written,
                "lines": found.head.lines,
                "head": found.head.hash,
                "head_will_change": not found.final,
            }
        )
        return
    print(f"写好了，共{found.head.lines}行 · written, lines: {found.head.lines}: {written}")
    print(f"请把它和清单一起公示 · post this beside the list:\nhead {found.head.hash}")
    print(f"谁都能核对 · anyone can check it: jiugai verify {quote(written)} --head {found.head.hash}")
    if not found.final:
        print(
            "还没有核定：核定以后 head 会变，到时请重新导出、公示 · not certified yet: that will change the head; "
            "export and post it anew then"
        )
