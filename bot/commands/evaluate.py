"""jiugai eval: a file of questions with the passages that answer them → how many are answered right, and which not."""

import argparse
import json
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import UserError

if TYPE_CHECKING:
    from knowledge.evaluation import Figures, Judged, Row

_LABELS = {
    "right": "答对",
    "answered": "该回答的，答了并引对",
    "offered": "该进对话的，给了对话并引对",
    "withheld": "不该回答的，没有回答",
    "false answer": "不该回答的，却回答了",
    "first": "第一条引文就对",
    "quoted": "每个回答的引文字数，中位数",
    "foreign": "不是方案原文的引文",
    "questions": "题数",
    "ms p50": "毫秒，中位数",
    "ms p99": "毫秒，99%不超过",
    "ms max": "毫秒，最长",
}
_STYLE = "right · "
_LABEL_WIDTH = 42
_SHORT = 40


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "eval",
        help="用带答案的题目打分 · score questions whose passages are known",
        description="逐题回答文件里的问题，和应引的原文比对，算出各项比例，列出答错的题。\n"
        "Answer every question of a file, compare with the passages that should be quoted, and list what went wrong.\n"
        '\n一行一题 · one a line: {"id", "question", "lang", "style", "expect", "gold"[, "either"]}\n'
        "expect: answer 该回答 · dialog 该进对话 · abstain 不该回答；\n"
        "gold: [[…], …]，每组里有一条原文被引到就算 · of each group any one passage must be quoted",
        epilog="例 / examples:\n  jiugai eval tests/questions/tuning.jsonl\n"
        "  jiugai eval tests/questions/tuning.jsonl --no-misses\n  jiugai eval questions.jsonl --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="题目，JSON Lines · the questions")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.add_argument(
        "--misses",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="列出答错的题（默认列出）· list what went wrong (the default)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Score the file and print the table, and the misses unless they are not wanted."""
    from knowledge.evaluation import figures

    judged, times = _judged(_rows(args.file))
    found, misses = figures(judged, times), [one for one in judged if not one.right]
    if args.json:
        told = {"misses": [_as_json(one) for one in misses]} if args.misses else {}
        print(json.dumps(found.flat() | told, ensure_ascii=False))
        return
    for line in _table(found):
        print(line)
    if args.misses and misses:
        print(f"\n没答对的{len(misses)}题 · these {len(misses)} went wrong:")
        for one in misses:
            print("\n" + "\n".join(line.rstrip() for line in _miss(one)))
    for one in judged:
        for quote in one.foreign:
            print(f"不是方案原文 · not in the policy: {one.row.id} · 「{_short(quote)}」")


def _rows(file: Path) -> "list[Row]":
    from knowledge.evaluation import BadRow, read

    try:
        rows = read(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError(f"没有这个文件：{file}。请检查路径。 There is no file {file}. Check the path.") from error
    except OSError as error:
        raise UserError(
            f"读不了 {file}，请检查它是不是文件、能不能读。 {file} cannot be read; is it a file, and yours to read?"
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file} 不是 UTF-8 编码，请另存为 UTF-8。 {file} is not UTF-8; save it as UTF-8.") from error
    except BadRow as fault:
        raise UserError(f"{file} {fault}") from fault
    if not rows:
        raise UserError(f"{file} 里没有题目。 There is no question in {file}.")
    return rows


def _judged(rows: "Sequence[Row]") -> "tuple[list[Judged], list[float]]":
    """Every row answered and judged, and the milliseconds of each: what `ask` counts, its words included."""
    from dialogs import asking
    from knowledge.answers import answerer
    from knowledge.evaluation import judge
    from knowledge.library import load

    library, mind = load(), answerer()
    mind.warm()
    judged, times = [], []
    for row in rows:
        started = time.perf_counter()
        question, answer = mind.understand(row.question)
        asking.reply(answer, library, question.language)
        times.append(round(1000 * (time.perf_counter() - started), 3))
        judged.append(judge(row, answer, library.document.text))
    return judged, times


def _table(found: "Figures") -> Iterator[str]:
    """A line for each figure: Chinese, its name, its value, and how many of how many."""
    for name, share in found.shares.items():
        yield f"{_label(name)} {share.percent:>7.1f} %   {share.held}/{share.of}"
    for name, value in found.others.items():
        yield f"{_label(name)} {value:>{'7.1f' if name.startswith('ms') else '7g'}}"


def _miss(one: "Judged") -> Iterator[str]:
    """What was asked, expected and answered."""
    dialog = f" ({one.told.dialog})" if one.told.dialog else ""
    groups = "; ".join(" | ".join(map(_short, group)) for group in one.row.gold)
    yield f"{one.row.id} · {one.row.style} · {' '.join(one.row.question.split())}"
    yield f"  应为 · expected  {one.row.expect}{' (either)' if one.row.either else ''}  {groups}"
    yield f"  得到 · got       {one.told.kind}{dialog}  {''.join(f'「{_short(quote)}」' for quote in one.told.quotes)}"


def _label(name: str) -> str:
    text = f"  {name}" if name.startswith(_STYLE) else f"{_LABELS[name]} · {name}"
    # A Chinese character is as wide as two others.
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return text + " " * (_LABEL_WIDTH - len(text) - wide)


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"


def _as_json(one: "Judged") -> dict[str, Any]:
    return {
        "id": one.row.id,
        "style": one.row.style,
        "question": one.row.question,
        "expect": one.row.expect,
        "either": one.row.either,
        "gold": one.row.gold,
        "kind": one.told.kind,
        "dialog": one.told.dialog,
        "quotes": one.told.quotes,
    }
