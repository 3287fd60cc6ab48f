"""A picture as PNG, drawn with the shipped font alone, so that it looks the same on every machine."""

from functools import cache
from pathlib import Path

import resvg_py

_FONT = Path(__file__).parent / "font"
_FILE = _FONT / "NotoSansCJKsc-Regular.otf"
_FAMILY = "Noto Sans CJK SC"
_MISSING = "□"


def png(svg: str) -> bytes:
    """An SVG of ours as PNG. A sign that the font lacks becomes □, so that nothing vanishes without a trace.

    Raises ValueError for what is no SVG.
    """
    return resvg_py.svg_to_bytes(
        svg_string=shown(svg),
        skip_system_fonts=True,
        font_files=[str(_FILE)],
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )


def shown(text: str) -> str:
    """A text as the shipped font can show it: each sign that it lacks is □."""
    missing = set(text) - covered()
    return text.translate({ord(char): _MISSING for char in missing}) if missing else text


@cache
def covered() -> frozenset[str]:
    """Every sign that the shipped font has, and the line feed."""
    return frozenset((_FONT / "characters.txt").read_text("utf-8"))
