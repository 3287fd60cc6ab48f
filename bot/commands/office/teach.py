"""jiugai office teach: bind a question to a clause, so that like questions are shown that clause."""

import argparse
import re
from typing import Any

from bot.commands.office.opened import clause_id, done, print_json, text
from bot.errors import UserError
from bot.store import Transaction
from bot.store.office import Office
from bot.store.questions import LONGEST, Questions
from bot.times import beijing, iso, utc
from dialogs import likeness
from dialogs.masking import mask

_ID = re.compile("[0-9a-f]{8}")
_SHORTEST = 4  # fewer characters than this are like too much


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "teach",
        help="把问题绑到条款 · bind a question to a clause",
        description="把一个问题绑到一条原文：以后问得差不多的，会给出这一条。只是指出条款，不会多说条款里没有的话。\n"
        "Bind a question to a clause: whoever asks much the same is shown that clause. It points at the clause, and\n"
        "says nothing that the clause does not. Without arguments, what is bound by now.",
        epilog="""例 / examples:
  jiugai office teach '下水道堵了谁修' s4-1-p5
  jiugai office teach 1a2b3c4d s4-1-p5      unanswered 里的编号 · an id of unanswered
  jiugai office teach --drop 5e6f7a8b
  jiugai office teach --json""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="问题，或它的编号 · the question, or its id")
    parser.add_argument("clause", metavar="CLAUSE", nargs="?", help="条款编号 · the clause's id")
    parser.add_argument("--drop", metavar="ID", help="取消一个绑定 · undo one")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Bind, undo, or list."""
    if args.drop is not None:
        _drop(args.drop.strip().lower(), bool(args.question))
    elif args.question is None:
        _list(args.json)
    elif args.clause is None:
        raise UserError(
            "请在问题后面写上条款编号，如 s4-2-p1；用 jiugai clauses 看所有编号。 "
            "Add the clause's id after the question, like s4-2-p1; jiugai clauses lists them."
        )
    else:
        _teach(args.question, clause_id(args.clause))


def _teach(given: str, clause: str) -> None:
    told = text(given, LONGEST, "问题", "question")

    def bind(tx: Transaction) -> str:
        words = _kept(tx, told) if _ID.fullmatch(told.lower()) else mask(told)
        key = likeness.key(words)
        if len(key) < _SHORTEST:
            raise UserError("问题太短，会和太多问题像；请写完整。 The question is too short: write it whole.")
        Office(tx.connection).teach(words, key, clause, utc())
        return words

    print(f"绑好了 · bound: {done(bind)} → {clause}")


def _kept(tx: Transaction, id: str) -> str:
    question = Questions(tx.connection).find(id.lower())
    if question is None:
        raise UserError(
            f"没有编号是 {id} 的问题；用 jiugai office unanswered 看现有的。 "
            f"There is no question {id}; jiugai office unanswered lists those there are."
        )
    return question.text


def _drop(id: str, more: bool) -> None:
    if more:
        raise UserError("--drop 后面只写一个编号。 After --drop there is one id and nothing else.")
    if not done(lambda tx: Office(tx.connection).unteach(id)):
        raise UserError(
            f"没有编号是 {id} 的绑定；用 jiugai office teach 看现有的。 "
            f"Nothing is bound under {id}; jiugai office teach lists what is."
        )
    print(f"取消了 · undone: {id}")


def _list(as_json: bool) -> None:
    taught = done(lambda tx: Office(tx.connection).taught())
    if as_json:
        print_json([{"id": t.id, "question": t.question, "clause": t.clause, "since": iso(t.since)} for t in taught])
        return
    print(f"共{len(taught)}个绑定 · {len(taught)} bound")
    for each in taught:
        print(f"{each.id}  {beijing(each.since)}  [{each.clause}]  {' '.join(each.question.split())}")
