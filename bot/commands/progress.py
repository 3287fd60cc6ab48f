"""Progress: a bar on the terminal for what takes more than a second; nothing where nobody looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tqdm import tqdm

_AFTER = 1.0  # seconds
_FORM = "{desc} {percentage:3.0f}%|{bar:30}| {n_fmt}/{total_fmt} {remaining}"
_FORM_OPEN = "{desc} {n_fmt} {elapsed}"  # where nobody knows how many there are


@contextmanager
def progress(zh: str, en: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar for as long as the block runs; what it gives is told how many of `total` are done."""
    from tqdm import tqdm  # costs its import

    form = _FORM if total is not None else _FORM_OPEN
    with tqdm(
        desc=f"{zh} · {en}",
        total=total,
        delay=_AFTER,
        disable=None,  # unless standard error is a terminal
        file=sys.stderr,
        leave=False,
        bar_format=form,
    ) as bar:
        yield lambda done: _to(bar, done)


def _to(bar: "tqdm[NoReturn]", done: int) -> None:
    bar.update(done - bar.n)
