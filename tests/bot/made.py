"""Databases that are made once and copied for each test: every commit of the making waits for the disk."""

import shutil
import tempfile
from atexit import register
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def copied(make: Callable[[Path], T], path: Path) -> T:
    """What `make` gave when it made its database, which is copied to `path` with what lies beside it."""
    first: Path
    came: T
    first, came = _made(make)
    path.parent.mkdir(parents=True, exist_ok=True)
    for file in first.parent.iterdir():
        shutil.copy(file, path.with_name(path.name + file.name.removeprefix(first.name)))
    return came


@cache
def _made(make: Callable[[Path], Any]) -> tuple[Path, Any]:
    folder = Path(tempfile.mkdtemp(prefix="jiugai-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    came = make(folder / "made.db")
    return folder / "made.db", came
