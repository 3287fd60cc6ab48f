"""For the tests of the bot: a database, the loopback Bot API, and waiting that ends soon."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pauses import Pauses
from tests.botapi import BotApi


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jiugai.db"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API without Telegram's limits."""
    async with BotApi(flood=False) as api:
        yield api


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that grow as always, but end soon."""
    monkeypatch.setattr(Pauses.__init__, "__defaults__", (0.02, 0.1))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A running bot looks at once for what others have put into its database."""
    monkeypatch.setattr("bot.serving._LOOK_SECONDS", 0.02)
