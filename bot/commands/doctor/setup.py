"""jiugai doctor: what is configured, what is missing, and how to mend it."""

import argparse
import platform
import sys
from pathlib import Path
from typing import Any

import bot
from bot.errors import UserError

_OK, _BAD = "✓", "✗"


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "doctor",
        help="检查环境和资料 · check set-up and data",
        description="检查运行环境和方案资料，缺什么、怎么补。 What is configured, what is missing, how to mend it.",
        epilog="例 / examples:\n  jiugai doctor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print each check; raises UserError at the end if any of them failed."""
    failed = [not good for good in (_python(), *_packages(), _terminal(), _library())]
    if any(failed):
        raise UserError("有问题要处理，见上面带 ✗ 的行。 Something needs mending, see the lines with ✗.")


def _tell(good: bool, line: str, mend: str = "") -> bool:
    print(f"{_OK if good else _BAD} {line}" + (f"\n  → {mend}" if mend and not good else ""))
    return good


def _python() -> bool:
    good = sys.version_info >= (3, 11)
    return _tell(good, f"Python {platform.python_version()}", "需要 3.11 或更新 · 3.11 or newer is needed: python.org")


def _packages() -> list[bool]:
    """Each package that Jiugai needs at run time, from its own metadata or, in a checkout, from pyproject.toml."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in _needed():
        try:
            found.append(_tell(True, f"{name} {version(name)}"))
        except PackageNotFoundError:
            found.append(_tell(False, name, "没有装；重新运行 ./run · not installed; start ./run again"))
    return found


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
    return _tell(encoding == "utf8", f"终端编码 · terminal encoding: {sys.stdout.encoding}", mend)


def _library() -> bool:
    try:
        # Only this check needs pydantic and what reads Chinese; where they are missing, the lines above say so.
        from knowledge.library.validating import shipped_faults

        faults = shipped_faults()
    except ImportError as missing:
        return _tell(False, f"方案 · policy: {missing}", "先把上面缺的装好 · install what is missing above first")
    for fault in faults:
        _tell(False, str(fault), "改好这一行再运行 · mend this line")
    if not faults:
        from knowledge.library import load

        read = load().document
        _tell(
            True, f"方案 · policy: {read.number}, 条款 · clauses: {len(read.clauses)}, 事项 · items: {len(read.items)}"
        )
    return not faults
