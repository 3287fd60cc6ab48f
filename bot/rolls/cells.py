"""Cells: what one holds → a label, names, an area, a yes or no; or what is wrong with it."""

import re
import unicodedata
from functools import lru_cache

from ballots.roll import LONGEST
from bot.rolls.faults import Bad

MOST_NAMES = 30  # co-owners of one unit; more of them are a quotation mark that was left open
_SEPARATORS = re.compile(r"[、，,;；\n]|(?<!<)/(?!>)")  # not the slash of </b>
_BLANK = re.compile(r"\s+")
_STRANGE_BLANK = re.compile(r"[^\S ]")  # one that is no space
# Wide letters and digits are a slip of the input method, and would make two buildings of one.
_NARROW = {
    wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D)
}
_AREA = re.compile(r"([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_SQUARE_METRES = re.compile(r"(?:m2|平方米|平米|平方|平|sqm)$")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_YES = frozenset("是 有 对 y yes true 1 单位 组织 √ ✓ organisation organization".split())
_NO = frozenset("否 不是 无 n no false 0 个人 自然人 × person".split())


@lru_cache(maxsize=1 << 14)
def label(cell: str) -> str | Bad:
    """A label as it is posted: "3号楼", "101"."""
    word = _BLANK.sub(" ", cell).strip().translate(_NARROW)
    if not word:
        return Bad("empty")
    if "/" in word:
        return Bad("slash", word)
    return _fit(word)


def names(cell: str, organisation: bool) -> tuple[str, ...] | Bad:
    """Whose it is, each name once and as it is written. An organisation's name is one, whatever signs are in it."""
    found = []
    for part in [cell] if organisation else _SEPARATORS.split(cell):
        word = _STRANGE_BLANK.sub(" ", part).strip()
        if word and word not in found:
            if isinstance(bad := _fit(word), Bad):
                return bad
            found.append(word)
    return tuple(found) if len(found) <= MOST_NAMES else Bad("too-many-names", str(len(found)))


@lru_cache(maxsize=1 << 14)
def area(cell: str) -> int | Bad:
    """An area in 0.01 m², from m² with up to two decimals. An area of nothing is none."""
    word = _BLANK.sub("", unicodedata.normalize("NFKC", cell)).lower()
    if not word:
        return Bad("empty")
    digits = _SQUARE_METRES.sub("", word)
    if digits.startswith("-") and _AREA.fullmatch(digits[1:]):
        return Bad("negative-area", cell.strip())
    found = _AREA.fullmatch(digits)
    if found is None:
        return Bad("no-area", cell.strip())
    decimals = (found[2] or "").rstrip("0")
    if len(decimals) > 2:
        return Bad("fine-area", cell.strip())
    return int(found[1].replace(",", "")) * 100 + int(decimals.ljust(2, "0"))


def yes(cell: str) -> bool | Bad:
    """Whether a cell says yes; an empty one says no."""
    word = unicodedata.normalize("NFKC", cell).strip().lower()
    if not word or word in _NO:
        return False
    return True if word in _YES else Bad("no-answer", cell.strip())


def identity(cell: str) -> str | Bad:
    """An owner's id; "" for none. One that a spreadsheet has rounded is nobody's."""
    word = _BLANK.sub(" ", cell).strip().translate(_NARROW)
    if _SCIENTIFIC.fullmatch(word):
        return Bad("long-number", word)
    if "/" in word:
        return Bad("slash", word)
    return _fit(word) if word else ""


def _fit(word: str) -> str | Bad:
    if len(word) > LONGEST:
        return Bad("too-long", word)
    return word if word.isprintable() else Bad("unprintable", word)
