"""For the tests of the office: one that is set up."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.made import copied
from tests.bot.office.town import Town, founded


@pytest.fixture
def town(path: Path) -> Town:
    return replace(copied(founded, path), path=path)
