"""The doctor's look at the set-up: Python, packages, terminal, library."""

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.commands.doctor.lines import tell


def checks() -> Iterator[bool]:
    """Make each check, print what it found, and give whether it went well."""
    yield _python()
    yield from _packages()
    yield _terminal()
    yield _library()


def _python() -> bool:
    good = sys.version_info >= (3, 11)
    return tell(good, f"Python {platform.python_version()}", "需要 3.11 或更新 · 3.11 or newer is needed: python.org")


def _packages() -> Iterator[bool]:
    """Each package that Jiugai needs at run time, from its own metadata or, in a checkout, from pyproject.toml."""
    from importlib.metadata import PackageNotFoundError, version

    for name in _needed():
        try:
            yield tell(True, f"{name} {version(name)}")
        except PackageNotFoundError:
            yield tell(False, name, "没有装；重新运行 ./run · not installed; start ./run again")


def _needed() -> list[str]:
    import re
    import tomllib
    from importlib.metadata import requires

    project = Path(bot.__file__).resolve().parent.parent / "pyproject.toml"
    if project.is_file():
        lines = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
    else:
        lines = [line for line in requires("jiugai") or [] if "extra ==" not in line]
    return [re.split(r"[^A-Za-z0-9_.-]", line, maxsplit=1)[0] for line in lines]


def _terminal() -> bool:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    mend = "设置 PYTHONUTF8=1 再运行 · set PYTHONUTF8=1"
    return tell(encoding == "utf8", f"终端编码 · terminal encoding: {sys.stdout.encoding}", mend)


def _library() -> bool:
    try:
        # Only this check needs pydantic and what reads Chinese; where they are missing, the lines above say so.
        from knowledge.library.validating import shipped_faults

        faults = shipped_faults()
    except ImportError as missing:
        return tell(False, f"方案 · policy: {missing}", "先把上面缺的装好 · install what is missing above first")
    for fault in faults:
        tell(False, str(fault), "改好这一行再运行 · mend this line")
    if not faults:
        from knowledge.library import load

        read = load().document
        tell(
            True, f"方案 · policy: {read.number}, 条款 · clauses: {len(read.clauses)}, 事项 · items: {len(read.items)}"
        )
    return not faults
