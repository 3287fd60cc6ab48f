"""jiugai office unanswered: what the text does not cover, and what was answered badly."""

import argparse
from typing import Any

from bot.commands.office.opened import ENDS, done, print_json
from bot.store import Transaction
from bot.store.office import Office
from bot.store.questions import Question, Questions
from bot.times import beijing, iso
from dialogs import likeness


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "unanswered",
        help="没答好的问题 · questions not answered well",
        description="方案没写的、被点了“没帮上”的问题，新的在前；不带姓名，电话和门牌已经隐去，最多留90天。\n"
        "What the plan does not cover and what was judged bad, newest first; without names, phone and door numbers\n"
        "masked, kept for 90 days at most. What the office has answered or bound to a clause is not among them.",
        epilog="例 / examples:\n  jiugai office unanswered\n  jiugai office unanswered --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """List them."""
    questions = done(_open)
    if args.json:
        print_json([_data(question) for question in questions])
        return
    print(f"共{len(questions)}条，新的在前 · {len(questions)}, newest first")
    for question in questions:
        why = [ENDS.get(question.ended, question.ended)]
        if question.judged == "bad":
            why.append("没帮上 · judged bad")
        shown = f" [{question.clause}]" if question.clause else ""
        print(f"{question.id}  {beijing(question.asked)}  {', '.join(why)}{shown}  {' '.join(question.text.split())}")


def _open(tx: Transaction) -> list[Question]:
    bound = Office(tx.connection).clauses_by_key()
    unanswered = Questions(tx.connection).unanswered()
    return [question for question in unanswered if likeness.most_like(question.text, bound) is None]


def _data(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "asked": iso(question.asked),
        "question": question.text,
        "lang": question.language,
        "kind": question.ended,
        "clause": question.clause,
        "judged": question.judged,
        "sent_to_office": question.consulted is not None,
    }
