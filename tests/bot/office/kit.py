"""What the tests of the office's commands share: a database in which people have asked, and the commands over it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.desk import StoreDesk
from bot.store import Store, Transaction
from bot.times import utc
from knowledge.library import load
from tests.kit import Outcome, jiugai

T = TypeVar("T")
ANN = "telegram/123456/7/7/0"


def office(*words: str, stdin: str = "") -> str:
    """What a command says that goes well."""
    said = run(*words, stdin=stdin)
    assert (said.code, said.err) == (0, ""), said.err
    return said.out


def run(*words: str, stdin: str = "") -> Outcome:
    return jiugai("office", *words, stdin=stdin)


def data(*words: str) -> Any:
    return json.loads(office(*words, "--json"))


def refused(*words: str, stdin: str = "") -> str:
    """The one sentence of a command that does nothing, in both languages."""
    said = run(*words, stdin=stdin)
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1 and "Traceback" not in said.err
    assert any("\u4e00" <= char <= "\u9fff" for char in said.err) and ". " in f"{said.err.strip()} ", said.err
    return said.err


def done(path: Path, job: Callable[[Transaction], T]) -> T:
    store = Store(path)
    try:
        return store.write(job).result()
    finally:
        store.close()


def ask(path: Path, text: str = "加一部电梯多少钱", ended: str = "not_covered", who: str = ANN, **then: bool) -> str:
    """Somebody asks; `judged` (good or bad) and `consulted` say what they do then. The question's id."""

    def job(tx: Transaction) -> str:
        desk = StoreDesk(tx, who.partition("/")[0], who, utc(), load().summaries)
        id = desk.asked(text, ended, "s4-2-p1", "zh")
        if "judged" in then:
            assert desk.judge(id, then["judged"])
        if then.get("consulted"):
            assert desk.consult(id)
        return id

    return done(path, job)
