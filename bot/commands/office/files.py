"""Files that must not be lost half-way: written beside their places first, then put there when what they tell of is
committed. Where anything fails before that, nothing is left of them."""

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from bot.errors import UserError


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the making: where it is to stand, where it is written, and its kind (its name's end)."""

    target: Path
    path: Path
    kind: str


class Files:
    """Files to be written, each by its name (None: it is not wanted) and the ends that the name may have.

    UserError where a name has another end, where something stands there already, or where nothing can be written.
    """

    def __init__(self, wanted: Sequence[tuple[str | None, tuple[str, ...]]]) -> None:
        self._wanted = wanted
        self._placed = False
        self.parts: list[Part | None] = []

    def __enter__(self) -> "Files":
        try:
            for name, ends in self._wanted:
                self.parts.append(None if name is None else _part(Path(name), ends))
        except BaseException:
            self._drop()
            raise
        return self

    def write(self, part: Part | None, job: Callable[[Part], object]) -> None:
        """Write a file, if it is wanted, and have it on the disk; UserError where that fails."""
        if part is None:
            return
        try:
            job(part)
            with open(part.path, "rb+") as file:
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(part.target, error) from error

    def put_in_place(self) -> list[str]:
        """Put the files where they belong; their names. UserError where that fails: then they stay where they were
        written, and the sentence says where."""
        self._placed = True
        for part in self._real():
            try:
                if part.target.exists():
                    raise FileExistsError(part.target)
                os.replace(part.path, part.target)
            except OSError as error:
                left = "、".join(str(one.path) for one in self._real() if one.path.exists())
                raise UserError(
                    f"事情办好了，但文件没能放到 {part.target}；内容在 {left}，请收好。 "
                    f"It is done, but the file could not be put at {part.target}; what it tells is in {left}: keep it."
                ) from error
        return [str(part.target) for part in self._real()]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self._placed:
            self._drop()

    def _real(self) -> list[Part]:
        return [part for part in self.parts if part is not None]

    def _drop(self) -> None:
        for part in self._real():
            with suppress(OSError):
                part.path.unlink(missing_ok=True)


def _part(target: Path, ends: tuple[str, ...]) -> Part:
    end = target.suffix.lower().removeprefix(".")
    if end not in ends:
        told = "、".join(f".{one}" for one in ends), " or ".join(f".{one}" for one in ends)
        raise UserError(f"{target} 要以 {told[0]} 结尾。 {target} must end in {told[1]}.")
    try:
        if target.exists():
            raise UserError(
                f"{target} 已经有了，里面也许有还能用的码；请另起名字。 "
                f"{target} is there already and may hold what is still needed; give another name."
            )
        # Readable by this user alone: codes stand in it.
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
    except (OSError, ValueError) as error:
        raise _unwritable(target, error) from error
    return Part(target, Path(name), "html" if end == "htm" else end)


def _unwritable(target: Path, error: Exception) -> UserError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "?"
    return UserError(
        f"写不了 {target}：{why}；请检查文件夹和权限。 "
        f"{target} cannot be written: {why}; check the folder and its rights."
    )
