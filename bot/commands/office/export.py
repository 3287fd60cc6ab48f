"""jiugai office export: a ballot's public list, to be posted after the close with the hash of its last line; and its
result as files: table, workbook, notice, picture."""

import argparse
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Any

from ballots.ballot import State
from ballots.ledger import Head
from bot.commands.office.acted import acted, add_as
from bot.commands.office.files import Files
from bot.commands.office.folder import Folder
from bot.commands.office.opened import print_json
from bot.errors import UserError
from bot.office import reports
from bot.results.filing import FILES

_ENDS = " ".join(f".{end}" for end in FILES)


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "export",
        help="公开清单、结果文件 · the public list, files of the result",
        description="截止以后把公开清单写成文件，连同 head（最后一行的摘要）一起公示；谁都能用 jiugai verify 核对。\n"
        "--folder 写出全部文件：公开清单、计票表、工作簿、公示、图；只要其中一种，就按后缀起文件名：\n"
        f"{_ENDS}。\n"
        "Write the public list of a closed ballot to a file, and post it with its head, the hash of its last line:\n"
        "anyone can check and recount it by jiugai verify. --folder writes all files: the list, the tally, the\n"
        "workbook, the notice, the picture; one of them alone is chosen by how the file's name ends.",
        epilog="例 / examples:\n  jiugai office export 1a2b3c4d 白云里.jsonl\n  jiugai verify 白云里.jsonl --head …\n"
        "  jiugai office export 1a2b3c4d --folder 白云里结果\n  jiugai office export 1a2b3c4d 白云里.png",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("file", metavar="FILE", nargs="?", help="写到哪个文件 · the file that is written")
    place.add_argument("--folder", metavar="DIR", help="全部文件写到哪个新文件夹 · a new folder for all files")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Write it, and print what is to be posted beside it."""
    if args.folder is not None:
        _all(args)
    elif Path(args.file).suffix.lower() in (f".{end}" for end in FILES if end != "jsonl"):
        _one(args)
    else:
        _list(args)


def _list(args: argparse.Namespace) -> None:
    if Path(args.file).exists():
        raise UserError(f"{args.file} 已经有了，请另起一个名字。 {args.file} is there already; give another name.")
    with Files([(args.file, tuple(FILES))]) as files:
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
    _say_head(written, found.head, found.final)


def _say_head(written: str, head: Head, final: bool) -> None:
    print(f"请把它和清单一起公示 · post this beside the list:\nhead {head.hash}")
    print(f"谁都能核对 · anyone can check it: jiugai verify {quote(written)} --head {head.hash}")
    if not final:
        print(
            "还没有核定：核定以后 head 会变，到时请重新导出、公示 · not certified yet: that will change the head; "
            "export and post it anew then"
        )


def _one(args: argparse.Namespace) -> None:
    with Files([(args.file, tuple(FILES))]) as files:
        found = acted(args, lambda acting: reports.exported(acting, args.ballot))
        files.write(files.parts[0], lambda part: part.path.write_bytes(FILES[part.kind].made(found)))
        filed = FILES[files.parts[0].kind] if files.parts[0] else None
        (written,) = files.put_in_place()
    if args.json:
        print_json({"ballot": args.ballot, "file": written})
    elif filed:
        print(f"写好了 · written: {written}\n{filed.what}")


def _all(args: argparse.Namespace) -> None:
    with Folder(args.folder) as folder:
        found = acted(args, lambda acting: reports.exported(acting, args.ballot))
        written = folder.fill({filed.name: partial(filed.made, found) for filed in FILES.values()})
    head, final = found.notice.head, found.notice.result.ballot.state is State.CERTIFIED
    if args.json:
        files = dict(zip(FILES, written, strict=True))
        told = {"lines": head.lines, "head": head.hash, "head_will_change": not final}
        print_json({"ballot": args.ballot, "files": files, **told})
        return
    for path, filed in zip(written, FILES.values(), strict=True):
        print(f"{path}\n  {filed.what}")
    _say_head(written[0], head, final)
