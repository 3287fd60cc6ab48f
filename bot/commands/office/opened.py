"""What the office's commands share: a job over the database, done at once also while a bot is running; and checks."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from bot.errors import UserError
from bot.store import Store, Transaction

T = TypeVar("T")

# For the eyes of the office: how a question ended, and what became of an answer.
ENDS = {
    "answer": "答了 · answered",
    "clarify": "要看情况 · it depends",
    "not_covered": "没写 · not covered",
    "out_of_scope": "不相干 · out of scope",
}
STATES = {
    "": "等答复 · waits",
    "open": "待发 · to be sent",
    "delivered": "已送到 · delivered",
    "never": "没送到 · not delivered",
    "unknown": "不知送到没有 · may not have arrived",
}


def done(job: Callable[[Transaction], T]) -> T:
    """The result of a job in one transaction of its own; StoreFault where the database cannot be used."""
    from bot.config import settings

    store = Store(settings().database)
    try:
        return store.write(job).result()
    finally:
        store.close()


def clause_id(given: str) -> str:
    """The id of a clause that exists; UserError for any other."""
    from knowledge.library import load

    id = given.strip().lower()
    if id not in load().summaries:
        raise UserError(
            "没有这个编号的条款；用 jiugai clauses 看所有编号。 No clause has this id; jiugai clauses lists them."
        )
    return id


def text(given: str, longest: int, zh: str, en: str) -> str:
    """What was given, without blanks around it; UserError where nothing is left, where it is too long, or where it
    holds signs that no message can carry. `zh` and `en` name it."""
    told = given.strip()
    if not told:
        raise UserError(f"{zh}是空的，请写上。 The {en} is empty; write it.")
    if len(told) > longest:
        raise UserError(
            f"{zh}太长（{len(told)}个字），最多{longest}个字。 "
            f"The {en} is too long ({len(told)} characters); {longest} are the most."
        )
    if not all(char.isprintable() or char in "\n\t" for char in told):
        raise UserError(f"{zh}里有不能显示的字符，请去掉。 The {en} holds signs that cannot be shown; take them out.")
    return told


def print_json(value: Any) -> None:
    """A value as JSON for machines."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
