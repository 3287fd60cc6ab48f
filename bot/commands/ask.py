"""jiugai ask: one question, or JSON Lines of them on standard input."""

import argparse
import sys
import time
from typing import Any, BinaryIO

from bot.errors import UserError
from dialogs import asking, reasoning
from dialogs.wording import LANGUAGES, Language
from knowledge.answers import Clarify, answerer
from knowledge.kinds import cited, kind
from knowledge.library import Library, Point, load


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "ask",
        help="回答一个问题 · answer one question",
        description="回答一个问题，引用方案原文。 Answer one question with the policy's own words.",
        epilog="""例 / examples:
  jiugai ask '我们楼能装电梯吗？'
  jiugai ask 'can my building get an elevator?'
  jiugai ask --json < questions.jsonl     一行一个 {"id", "question", "lang"}""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", nargs="?", help="问题；不写时从标准输入读 · the question, or standard input")
    parser.add_argument("--lang", choices=LANGUAGES, help="用哪种语言回答 · language of the answer")
    parser.add_argument("--json", action="store_true", help="JSON 输出；没写问题时，逐行读 JSON · JSON, or JSON Lines")
    parser.add_argument("--why", action="store_true", help="连同依据：听到了什么、为什么这样答 · with the evidence")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Answer as asked: a question in words or as JSON, or every line of standard input."""
    if args.json and args.question is None:
        from bot.commands.question_lines import reply_to  # pydantic: only lines need it

        def answered(text: str, lang: Language | None) -> dict[str, Any]:
            return _answered(text, args.lang or lang, args.why)

        lines = (line for line in sys.stdin.buffer if line.strip())
        for number, line in enumerate(lines):
            if number == 1:
                answerer().warm()  # from here on none waits for what it is the first to need
            print(_dumped(reply_to(line, answered)), flush=True)
        return
    if args.question is None and sys.stdin.isatty():
        raise UserError("请写上问题，比如 jiugai ask '谁出钱'。 Please add a question: jiugai ask 'who pays'.")
    text = args.question if args.question is not None else _stdin_text(sys.stdin.buffer)
    if args.json:
        print(_dumped(_answered(text, args.lang, args.why)))
        return
    question, answer = answerer().understand(text)
    reply = asking.reply(answer, load(), args.lang or question.language)
    print(reply.text)
    if isinstance(answer, Clarify) and not answer.points:
        # The sentence says "you could ask one of these"; there are no buttons here to show them.
        for button in reply.buttons:
            print(f"· {button.says}")
    if args.why:
        print("\n" + reasoning.why(answer, load(), args.lang or question.language))


def _dumped(reply: dict[str, Any]) -> str:
    import json

    line = json.dumps(reply, ensure_ascii=False)
    # Half a surrogate pair in an id is JSON, but no text that can be written as it is.
    return line if _encodable(line) else json.dumps(reply)


def _encodable(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _stdin_text(stream: BinaryIO) -> str:
    return stream.read(1_000_000).decode("utf-8", "replace")


def _answered(text: str, language: Language | None, why: bool) -> dict[str, Any]:
    library, mind = load(), answerer()
    started = time.perf_counter()
    question, answer = mind.understand(text)
    reply = asking.reply(answer, library, language or question.language)
    taken = time.perf_counter() - started
    return {
        "kind": kind(answer),
        "dialog": answer.dialog,
        "text": reply.text,
        "citations": [_citation(point, library) for point in cited(answer)],
        "ms": round(taken * 1000, 3),
        **({"why": reasoning.as_data(answer)} if why else {}),
    }


def _citation(point: Point, library: Library) -> dict[str, str]:
    section = asking.place(library.clause(point), library, "zh", with_number=True)
    return {"clause": point.clause, "section": section, "quote": point.quote}
