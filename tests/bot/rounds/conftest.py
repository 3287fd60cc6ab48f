from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.made import copied
from tests.bot.rounds.kit import Office, set_up


@pytest.fixture
def office(path: Path) -> Office:
    return replace(copied(set_up, path), path=path)
