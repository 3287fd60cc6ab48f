"""jiugai dialogs: what each dialog asks, and where each answer leads."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bot.errors import UserError
from dialogs.catalogue import DIALOGS
from dialogs.steps import Facts
from dialogs.ways import END, Way, ways
from dialogs.wording import LANGUAGES, wording
from knowledge.library import load


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "dialogs",
        help="每个对话问什么、怎么走 · what each dialog asks and where answers lead",
        description="每个对话问什么、每个回答走到哪 · what each dialog asks, and where each answer leads",
        epilog="例 / examples:\n  jiugai dialogs\n  jiugai dialogs eligibility --lang en\n"
        "  jiugai dialogs eligibility --input item=menu-1 --mermaid",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("which", nargs="?", metavar="DIALOG", help="不写就全列 · all of them if left out")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="语言 · language")
    parser.add_argument("--input", action="append", default=[], metavar="KEY=VALUE", help="已知的事实 · a known fact")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    shown.add_argument("--mermaid", action="store_true", help="流程图 · as a Mermaid flowchart")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print the ways of one dialog, or of all."""
    if args.which is not None and args.which not in DIALOGS:
        raise UserError(
            f"没有这个对话，有的是：{'、'.join(DIALOGS)}。 There is no such dialog; there are: {', '.join(DIALOGS)}."
        )
    if wrong := [given for given in args.input if "=" not in given]:
        raise UserError(f"--input 要写成 名=值，不是 {wrong[0]}。 --input is KEY=VALUE, not {wrong[0]}.")
    inputs = dict(given.split("=", 1) for given in args.input)
    speak, facts = wording(args.lang), Facts(load())
    for name in [args.which] if args.which else DIALOGS:
        found = ways(DIALOGS[name], inputs, facts, speak)
        if args.json:
            print(json.dumps({"dialog": name, "ways": [asdict(way) for way in found]}, ensure_ascii=False))
        else:
            print("\n".join(mermaid(found) if args.mermaid else _table(name, found)))


def mermaid(found: Sequence[Way]) -> Iterator[str]:
    """The lines of a Mermaid flowchart of a dialog's ways; the labels of answers that lead to one place stand on one
    arrow."""
    yield "flowchart TD"
    questions = {way.key: way.question for way in found}
    for key, question in questions.items():
        yield f'    {key}["{_quoted(question)}"]'
    ends = list(dict.fromkeys(way.says for way in found if way.to == END))
    for number, says in enumerate(ends, 1):
        yield f'    end{number}(["{_quoted(says)}"])'
    arrows: dict[tuple[str, str], list[str]] = {}
    for way in found:
        to = way.to or f"end{ends.index(way.says) + 1}"
        arrows.setdefault((way.key, to), []).append(way.label)
    for (key, to), labels in arrows.items():
        yield f'    {key} -- "{_quoted(" · ".join(dict.fromkeys(labels)))}" --> {to}'


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;")


def _table(name: str, found: Sequence[Way]) -> Iterator[str]:
    yield name
    last = None
    for way in found:
        if way.key != last:
            last = way.key
            yield f"\n  {way.key}: {way.question}"
        yield f"    {way.label} → {way.to or way.says}"
    yield ""
