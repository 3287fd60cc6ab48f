"""What is left of somebody who wants to be forgotten: ids, for as long as they keep a message from being met twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Call, Transaction
from bot.store.erasing import erase
from bot.store.questions import Questions
from tests.bot.store.kit import arrival, at, transaction


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    """Ann and Ben have both asked, been answered, failed once, and have an answer that waits."""
    with transaction(path) as opened:
        for who in ("ann", "ben"):
            rows = [arrival(f"{who}{n}", who) for n in range(3)]
            opened.inbox.add(rows, at(0))
            opened.inbox.done(f"{who}0", at(1))
            opened.inbox.aside(f"{who}1", "TypeError")
            opened.outbox.add(f"{who}0", "post", who, [Call(who, "reply"), Call(who, "news", unasked=True)], at(1))
            opened.outbox.settle(f"{who}0#0", "delivered", at(2), message="900")
            opened.sessions.save(who, {"language": "en"}, at(1))
            Questions(opened.connection).keep("post", who, "谁出钱", "zh", "not_covered", "", at(1))
        yield opened


def left(tx: Transaction, who: str) -> dict[str, list[object]]:
    def rows(sql: str) -> list[object]:
        return [tuple(row.values()) for row in tx.connection.rows(sql, it=who)]

    return {
        "inbox": rows("select id, state, payload from inbox where conversation = :it order by seq"),
        "outbox": rows("select id, state, payload, message from outbox where conversation = :it order by seq"),
        "session": rows("select data from session where conversation = :it"),
        "question": rows("select text from question where conversation = :it"),
    }


def test_everything_with_words_in_it_is_gone_and_the_ids_stay(tx: Transaction) -> None:
    erase(tx.connection, "ann", at(9))
    assert left(tx, "ann") == {
        # The last row is the one that asks for it, or came after.
        "inbox": [("ann0", "done", None), ("ann1", "aside", None), ("ann2", "open", "what ann2 says")],
        "outbox": [("ann0#0", "delivered", None, "900"), ("ann0#1", "never", None, "")],
        "session": [],
        "question": [],
    }
    assert [call.id for call in tx.outbox.waiting("post")] == ["ben0#1"]


def test_nobody_else_is_touched(tx: Transaction) -> None:
    before = left(tx, "ben")
    erase(tx.connection, "ann", at(9))
    assert left(tx, "ben") == before and before["question"] and before["session"]


def test_who_left_nothing_can_be_forgotten_twice(tx: Transaction) -> None:
    for _ in range(2):
        erase(tx.connection, "cat", at(9))
        erase(tx.connection, "ann", at(9))
    assert left(tx, "ann")["question"] == []
