"""For every test: no setting of whoever runs the tests, and a database of the test's own."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("JIUGAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JIUGAI_DATABASE", str(tmp_path / "jiugai.db"))
