import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bot
from bot.config import Settings
from knowledge.library import load, validating
from knowledge.library.validating import Fault
from tests.kit import PROGRAM, ROOT, environment, jiugai
from tests.lengths import first


def needed() -> list[str]:
    lines = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return [re.split(r"[>=<\[]", line)[0] for line in lines]


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package had never been installed: neither its record nor its modules."""
    real = importlib.metadata.version

    def version(asked: str) -> str:
        if asked == name:
            raise importlib.metadata.PackageNotFoundError(asked)
        return real(asked)

    monkeypatch.setattr(importlib.metadata, "version", version)


def test_all_is_well_and_says_what_it_found() -> None:
    said = jiugai("doctor")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert all(line.startswith("✓ ") for line in lines)
    assert lines[0] == f"✓ Python {sys.version.split()[0]}"
    terminal = 1 + len(needed())
    assert [line.split()[1] for line in lines[1:terminal]] == needed() and len(needed()) > 4
    assert "utf-8" in lines[terminal]
    document = load().document
    assert document.number in lines[terminal + 1]
    assert re.findall(r": (\d+)", lines[terminal + 1]) == [str(len(document.clauses)), "34"]
    settings = [line.split()[1].rstrip(":") for line in lines[terminal + 2 : -2]]
    assert settings == [f"JIUGAI_{field.upper()}" for field in Settings.model_fields]
    assert "第一次用时会建" in lines[-2] and "密钥" in lines[-1]


def test_a_missing_package_is_named_with_its_mend_and_the_rest_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    without("rapidfuzz", monkeypatch)
    said = jiugai("doctor")
    assert said.code == 1
    lines = said.out.splitlines()
    at = lines.index("✗ rapidfuzz")
    assert lines[at + 1].startswith("  → ") and "./run" in lines[at + 1]
    assert [line for line in lines if line.startswith("✗")] == ["✗ rapidfuzz"]
    assert any(line.startswith("✓ 方案") for line in lines)
    assert len(said.err.splitlines()) == 1 and said.err.startswith("jiugai: ") and "✗" in said.err


@pytest.mark.parametrize("module", first(["pydantic", "rapidfuzz", "rtoml", "opencc", "pypinyin", "prompt_toolkit"], 2))
def test_it_runs_to_its_end_though_a_package_cannot_be_imported(module: str) -> None:
    """Whoever calls the doctor may have exactly that trouble."""
    name = "OpenCC" if module == "opencc" else module
    program = f"""
import importlib.metadata, sys
sys.modules[{module!r}] = None
real = importlib.metadata.version
def version(name):
    if name == {name!r}:
        raise importlib.metadata.PackageNotFoundError(name)
    return real(name)
importlib.metadata.version = version
from bot.cli import main
sys.exit(main(["doctor"]))
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, encoding="utf-8", env=environment(), timeout=30
    )
    assert f"✗ {name}\n  → " in done.stdout
    assert done.returncode == 1 and "Traceback" not in done.stderr


def test_a_python_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    said = jiugai("doctor")
    assert said.code == 1 and said.out.startswith("✗ Python ") and "3.11" in said.out.splitlines()[1]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_a_terminal_that_knows_no_utf8_is_told_how_to_mend_it(encoding: str) -> None:
    """There, of all places, the doctor must not fail on its own check marks."""
    done = subprocess.run(
        [*PROGRAM, "doctor"],
        capture_output=True,
        env=environment(PYTHONUTF8="0", PYTHONIOENCODING=encoding),
        timeout=30,
    )
    said = done.stdout.decode(encoding)
    assert done.returncode == 1 and "PYTHONUTF8=1" in said
    assert b"Traceback" not in done.stderr


def test_a_fault_of_the_library_is_shown_with_its_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Fault("clauses.toml", 42, "引文和原文不一样 · the quote is not in the clause"),
        Fault("words.toml", 7, "没有词"),
    ]
    monkeypatch.setattr(validating, "shipped_faults", lambda: found)
    said = jiugai("doctor")
    assert said.code == 1
    lines = said.out.splitlines()
    assert "✗ clauses.toml:42: 引文和原文不一样 · the quote is not in the clause" in lines
    assert lines[lines.index("✗ words.toml:7: 没有词") + 1].startswith("  → ")
    assert not any("✓ 方案" in line for line in lines)


def test_an_installed_wheel_asks_its_own_record_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bot, "__file__", str(tmp_path / "site-packages" / "bot" / "__init__.py"))
    lines = ["rapidfuzz>=3.9", "OpenCC>=1.2", 'telegram>=1; extra == "telegram"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: lines if name == "jiugai" else None)
    said = jiugai("doctor")
    assert said.code == 0
    assert [line.split()[1] for line in said.out.splitlines()[1:3]] == ["rapidfuzz", "OpenCC"]
    assert said.out.splitlines()[3].startswith("✓ 终端编码")
