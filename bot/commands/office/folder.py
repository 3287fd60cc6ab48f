"""A folder that is there as a whole or not at all: written beside its place first, then moved there."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.errors import UserError


class Folder:
    """A new folder. UserError where something stands there already, or where nothing can be written."""

    def __init__(self, name: str) -> None:
        self._target = Path(name)
        self._path: Path | None = None

    def __enter__(self) -> "Folder":
        target = self._target
        if target.exists() or target.is_symlink():
            raise UserError(f"{target} 已经有了，请另起一个名字。 {target} is there already; give another name.")
        try:
            # Readable by this user alone, as what is in it may be.
            name = tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from error
        self._path = Path(name)
        return self

    def fill(self, files: Mapping[str, Callable[[], bytes]]) -> list[str]:
        """Write the files and put the folder in its place; their paths."""
        path = self._path
        assert path is not None, "a folder is filled within its `with`"
        try:
            for name, made in files.items():
                with open(path / name, "wb") as file:
                    file.write(made())
                    file.flush()
                    os.fsync(file.fileno())
            if self._target.exists():
                raise FileExistsError(self._target)
            os.rename(path, self._target)
        except OSError as error:
            raise self._unwritable(error) from error
        self._path = None
        return [str(self._target / name) for name in files]

    def __exit__(self, *exc: object) -> None:
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)

    def _unwritable(self, error: Exception) -> UserError:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "?"
        return UserError(
            f"写不了 {self._target}：{why}；请检查文件夹和权限。 "
            f"{self._target} cannot be written: {why}; check the folder and its rights."
        )
