"""The bar on what takes more than a second: for eyes only."""

import io
import sys

import pytest

from bot.commands import progress as progress_module
from bot.commands.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, total: int | None) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("读文件", "reading", total) as step:
        for done in range(0, 1001, 100):
            step(done)
    return stream.getvalue()


@pytest.mark.parametrize("total", [1000, None])
def test_a_bar_is_drawn_on_a_terminal_once_it_has_taken_a_while(
    monkeypatch: pytest.MonkeyPatch, total: int | None
) -> None:
    assert run(monkeypatch, Terminal(), total) == ""
    monkeypatch.setattr(progress_module, "_AFTER", 0.0)
    assert "读文件 · reading" in run(monkeypatch, Terminal(), total)


def test_where_nobody_looks_on_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "_AFTER", 0.0)
    assert run(monkeypatch, io.StringIO(), 1000) == ""
