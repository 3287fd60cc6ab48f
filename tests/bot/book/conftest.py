"""An office over a file of its own, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.book.kit import Desk


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    desk = Desk(path)
    yield desk
    desk.store.close()
