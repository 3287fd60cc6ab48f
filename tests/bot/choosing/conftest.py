import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.choosing.kit import Office, Voting
from tests.bot.made import copied
from tests.bot.rounds.kit import set_up

_MEMORY = Path("/dev/shm")


@pytest.fixture
def path() -> Iterator[Path]:
    """A database that no disk is waited for, where the machine has such a place: people here say many things."""
    folder = tempfile.mkdtemp(prefix="jiugai-", dir=_MEMORY if _MEMORY.is_dir() else None)
    yield Path(folder) / "jiugai.db"
    shutil.rmtree(folder)


@pytest.fixture
def office(path: Path) -> Office:
    return replace(copied(set_up, path), path=path)


@pytest.fixture
def voting(office: Office) -> Voting:
    """A ballot of owners over an elevator and parking."""
    return Voting(office, office.opened())
