"""Who may import whom: `knowledge`, `ballots` ← `dialogs` ← `bot`. The law of the house, read from the source."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.kit import ROOT

MAY_IMPORT: dict[str, set[str]] = {
    "knowledge": set(),
    "ballots": set(),
    "dialogs": {"knowledge", "ballots"},
    "bot": {"knowledge", "ballots", "dialogs"},
}
OURS = MAY_IMPORT.keys() | {"tests"}
# Clock, chance, network, stores, threads and other programs: all of them stay in `bot`.
OUTSIDE = set(
    "time calendar zoneinfo random secrets uuid socket ssl select selectors asyncio threading multiprocessing "
    "concurrent subprocess signal http urllib ftplib smtplib requests httpx aiohttp telegram sqlite3 sqlite_utils "
    "psycopg dbm shelve pickle tempfile shutil glob logging argparse getpass locale prompt_toolkit".split()
)
OUTSIDE_NAMES = {"now", "utcnow", "today", "fromtimestamp", "getenv", "urandom", "getcwd"}
OUTSIDE_CALLS = {"open", "print", "input", "eval", "exec", "__import__"}
# A program of its own: an auditor takes this one file away and runs it, so it reads its list and prints by itself.
PROGRAM = "ballots.verify"
PROGRAM_MAY = {"argparse", "open", "print"}


def imports(source: str, module: str) -> Iterator[str]:
    """The dotted names that a module's source imports, wherever in it they stand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            yield ".".join([*package, *([node.module] if node.module else [])]) or node.names[0].name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def outside(source: str, module: str) -> Iterator[str]:
    """What a module's source takes from outside the program: a clock, a store, the network, a terminal."""
    yield from (name for name in imports(source, module) if name.split(".")[0] in OUTSIDE)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in OUTSIDE_NAMES:
            yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE_CALLS:
            yield node.func.id


def modules(package: str) -> dict[str, str]:
    """Dotted name → source of every module of a package."""
    files = sorted((ROOT / package).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts): file.read_text("utf-8") for file in files}


PACKAGES = sorted(package for package in MAY_IMPORT if (ROOT / package).is_dir())


def test_every_package_of_the_project_is_known_here() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py") if not path.parent.name.startswith(".")}
    assert found == set(PACKAGES) >= {"knowledge", "dialogs", "bot"}


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_left_only(package: str) -> None:
    sources = modules(package)
    assert len(sources) > 3
    for module, source in sources.items():
        foreign = {name.split(".")[0] for name in imports(source, module)} & OURS - {package}
        assert foreign <= MAY_IMPORT[package], f"{module} imports {foreign}"


def test_only_the_console_knows_prompt_toolkit() -> None:
    users = {
        module
        for package in PACKAGES
        for module, source in modules(package).items()
        if any(name.split(".")[0] == "prompt_toolkit" for name in imports(source, module))
    }
    assert users == {"bot.channels.console"}


@pytest.mark.parametrize("package", [package for package in PACKAGES if package != "bot"])
def test_only_the_bot_touches_clock_chance_network_and_store(package: str) -> None:
    for module, source in modules(package).items():
        found = set(outside(source, module))
        assert found <= (PROGRAM_MAY if module == PROGRAM else set()), module


def test_the_verifier_needs_nothing_but_the_standard_library() -> None:
    found = {name.split(".")[0] for name in imports(modules("ballots")[PROGRAM], PROGRAM)}
    assert found <= sys.stdlib_module_names
    assert found.isdisjoint(OURS)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import bot", ["bot"]),
        ("import bot.cli as x, os", ["bot.cli", "os"]),
        ("def f():\n    from bot.cli import main", ["bot.cli"]),
        ("from .asking import place", ["dialogs.asking"]),
        ("from .. import bot", ["bot"]),
        ("import importlib\nimportlib.import_module('bot.cli')", ["importlib", "bot.cli"]),
        ("'import bot'", []),
    ],
)
def test_the_reader_of_imports_misses_none(source: str, found: list[str]) -> None:
    assert sorted(imports(source, "dialogs.conversation")) == sorted(found)


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from random import choice",
        "import sqlite3",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date\nstart = date.today",
        "open('x')",
        "import socket as s",
    ],
)
def test_the_reader_of_outside_things_misses_none(source: str) -> None:
    assert list(outside(source, "knowledge.search"))
