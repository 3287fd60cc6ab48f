"""For every test: no setting of whoever runs the tests, and a database of the test's own."""

import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tests.lengths import examples

NUMBERS = count()
settings.register_profile("length", max_examples=examples(100))
settings.load_profile("length")


@pytest.fixture(autouse=True)
def own_settings(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in [name for name in os.environ if name.startswith("JIUGAI_")]:
        monkeypatch.delenv(name)
    # Most tests write nothing: they get the name of a folder, which whoever opens a database in it makes.
    asked = "tmp_path" in request.fixturenames
    folder: Path = request.getfixturevalue("tmp_path") if asked else tmp_path_factory.getbasetemp() / f"{next(NUMBERS)}"
    monkeypatch.setenv("JIUGAI_DATABASE", str(folder / "jiugai.db"))
