"""Filing: an export as files, each by the end of its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.results import delimited, words, workbook
from bot.results.export import Export
from bot.results.notice import html


@dataclass(frozen=True, slots=True)
class Filed:
    """A kind of file: what it is called in a folder, what it is, in both languages, and how it is made."""

    stem: str
    end: str
    what: str
    made: Callable[[Export], bytes]

    @property
    def name(self) -> str:
        """Its name in a folder."""
        return f"{self.stem}.{self.end}"


def _svg(export: Export) -> str:
    from bot.results.picture import svg

    return svg(export.notice.result, export.compound, "zh")


def _png(export: Export) -> bytes:
    from bot.results.image import png  # a library that draws

    return png(_svg(export))


_ALL = (
    Filed(
        "public", "jsonl", "公开清单，谁都能核对 · the public list, for anyone to check", lambda it: b"".join(it.lines)
    ),
    Filed("result", "csv", "计票 · the tally", lambda it: delimited.tally(it.notice.result)),
    Filed(
        "result",
        "xlsx",
        "工作簿，只供街道办：有反对者的姓名和理由 · the workbook, for the office alone: it names who objects and why",
        workbook.xlsx,
    ),
    Filed(
        "notice",
        "html",
        "公示，打印张贴 · the notice, to print and post",
        lambda it: html(it.notice, it.compound, words.office(it.street)).encode(),
    ),
    Filed("result", "svg", "图，印多大都清楚 · the picture, sharp at any size", lambda it: _svg(it).encode()),
    Filed("result", "png", "图，发群里用 · the picture, to send", _png),
)
FILES: Mapping[str, Filed] = {filed.end: filed for filed in _ALL}
