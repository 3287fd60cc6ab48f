"""Canvas: an SVG in the making, from the top down: texts, boxes and lines at places, every word escaped."""

from collections.abc import Sequence
from html import escape

from bot.results.lettering import cut, width, wrapped

WIDTH = 1080  # a phone held upright; in print some 18 cm
MARGIN = 48
ROOM = WIDTH - 2 * MARGIN

INK, GREY, RULE, PAPER = "#111111", "#4a4a4a", "#b5b5b5", "#ffffff"
_FONTS = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_LEADING = 1.36  # of the size, from line to line
_BASE = 1.06  # of the size, from the top of a line to its base line
_MISSING = "□"  # stands for what no XML can hold


class Canvas:
    """What was drawn so far; `y` is how far down."""

    def __init__(self) -> None:
        self.y = float(MARGIN)
        self._drawn: list[str] = []

    def text(self, words: str | Sequence[str], size: int, color: str = INK, most: int = 100) -> None:
        """A paragraph below what there is, wrapped, in `most` lines at most."""
        for line in wrapped(words, size, ROOM, most):
            self.word(MARGIN, self.y + size * _BASE, line, size, color)
            self.y += size * _LEADING

    def word(self, x: float, base: float, words: str, size: int, color: str = INK, anchor: str = "start") -> None:
        """A text in one line whose base line is at a height."""
        told = "".join(char if _fits_xml(char) else _MISSING for char in words)
        placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.add(f'<text x="{x:g}" y="{base:.1f}" font-size="{size}" fill="{color}"{placed}>{escape(told)}</text>')

    def badge(self, words: str, size: int, is_full: bool) -> float:
        """Words in a box at the right of the line that begins here, full or empty; how much room they take."""
        wide, high = width(words, size) + size, size * 1.5
        left = WIDTH - MARGIN - wide
        fill, ink = (INK, PAPER) if is_full else (PAPER, INK)
        self.rect(left, self.y, wide, high, fill, INK)
        self.word(left + wide / 2, self.y + size * 1.1, words, size, ink, "middle")
        return wide

    def line_with_badge(self, words: str, badge: str, size: int, is_full: bool) -> None:
        """A line with a badge at its right."""
        taken = self.badge(badge, size, is_full)
        self.word(MARGIN, self.y + size * 1.1, cut(words, size, ROOM - taken - size), size)
        self.y += size * 1.5

    def rect(self, x: float, y: float, wide: float, high: float, fill: str, edge: str = "none") -> None:
        """A box."""
        drawn = f' stroke="{edge}" stroke-width="2"' if edge != "none" else ""
        self.add(f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"{drawn}/>')

    def path(self, way: str, fill: str, edge: str = "none", more: str = "") -> None:
        """A shape."""
        self.add(f'<path d="{way}" fill="{fill}" stroke="{edge}"{more}/>')

    def rule(self) -> None:
        """A line from side to side."""
        self.rect(MARGIN, self.y, ROOM, 2, RULE)
        self.y += 2

    def add(self, element: str) -> None:
        """An element as it is."""
        self._drawn.append(element)

    def svg(self, title: str, patterns: str) -> str:
        """All that was drawn, as an SVG; `title` is what is read aloud of it."""
        high = round(self.y + MARGIN)
        told = escape("".join(char if _fits_xml(char) else _MISSING for char in title))
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}"'
        return "\n".join(
            (
                f'{head} font-family="{_FONTS}" role="img">',
                f"<title>{told}</title>",
                f"<defs>{patterns}</defs>",
                f'<rect width="{WIDTH}" height="{high}" fill="{PAPER}"/>',
                *self._drawn,
                "</svg>\n",
            )
        )


def _fits_xml(char: str) -> bool:
    return char.isprintable() or char == " "
