"""The lines of a text with their offsets, and what counts as white space in a Chinese paper."""

import re
from typing import NamedTuple

# What may stand around a line without being part of it; str.strip() alone would keep the marks of width zero.
BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200E))
)
_SPACES = re.compile(f"[{BLANKS}]+")
_HASHES = re.compile(r"#{1,6}[ \t\u3000]+")


class Line(NamedTuple):
    """A line that is not blank: `text` stands stripped at start:end, `raw` as written at `origin`.

    A line of tabs only is kept, with no text: it is an empty cell. `after_blank` says that a blank line precedes.
    """

    start: int
    end: int
    text: str
    origin: int
    raw: str
    after_blank: bool

    def part(self, start: int, end: int) -> "Line":
        """Return the line of which only text[start:end] is left, stripped."""
        place, stop = strip(self.text, start, end)
        return self._replace(start=self.start + place, end=self.start + stop, text=self.text[place:stop])


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span start:end without the white space around it."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(BLANKS))
    return start + left, start + left + len(inner[left:].rstrip(BLANKS))


def squeeze(text: str) -> str:
    """Return the text without its white space; one space is left between two Latin words."""

    def space(found: re.Match[str]) -> str:
        around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
        return " " if len(around) == 2 and around.isascii() and around.isalnum() else ""

    return _SPACES.sub(space, text)


def split(text: str) -> list[Line]:
    """Return the lines of a text that are not blank; the hashes of a Markdown heading are left out of a line."""
    lines, origin, after_blank = [], 0, False
    for whole in text.splitlines(keepends=True):
        raw = whole.rstrip("\r\n")
        start, end = strip(whole, 0, len(whole))
        if hashes := _HASHES.match(whole, start, end):
            start = hashes.end()
        if start < end or "\t" in raw:
            lines.append(Line(origin + start, origin + end, whole[start:end], origin, raw, after_blank))
            after_blank = False
        else:
            after_blank = True
        origin += len(whole)
    return lines
