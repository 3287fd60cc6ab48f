from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Transaction
from tests.bot.store.kit import at, transaction


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    with transaction(path) as opened:
        yield opened


def reachable(tx: Transaction) -> dict[str, int]:
    return {row["conversation"]: row["reachable"] for row in tx.connection.rows("select * from session")}


def test_what_was_saved_is_loaded_and_conversations_do_not_mix(tx: Transaction) -> None:
    assert tx.sessions.load("ann") is None
    tx.sessions.save("ann", {"language": "en", "buttons": ["一"]}, at(0))
    tx.sessions.save("ben", {"language": "zh"}, at(0))
    tx.sessions.save("ann", {"language": "zh"}, at(1))
    assert tx.sessions.load("ann") == {"language": "zh"}
    assert tx.sessions.load("ben") == {"language": "zh"}


def test_whoever_blocks_the_bot_is_remembered_with_everything_else_as_it_was(tx: Transaction) -> None:
    tx.sessions.save("ann", {"language": "en"}, at(0))
    tx.sessions.reachable("ann", False, at(1))
    assert reachable(tx) == {"ann": 0}
    assert tx.sessions.load("ann") == {"language": "en"}
    tx.sessions.reachable("ann", True, at(2))
    assert reachable(tx) == {"ann": 1}


def test_whoever_writes_can_be_reached(tx: Transaction) -> None:
    tx.sessions.reachable("ann", False, at(0))
    tx.sessions.save("ann", {"language": "en"}, at(1))
    assert reachable(tx) == {"ann": 1}


def test_somebody_who_has_not_written_yet_has_no_session(tx: Transaction) -> None:
    """Else a conversation that began with letting the bot in would never be in the person's own language."""
    tx.sessions.reachable("ann", True, at(0))
    assert tx.sessions.load("ann") is None
    assert reachable(tx) == {"ann": 1}
