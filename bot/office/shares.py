"""Shares as the office types them: ">1/2" is more than a half, "2/3" (or ">=2/3") two thirds and more."""

import re
import unicodedata

from ballots.rules import Share

_TYPED = re.compile(r"(>=|≥|>)?\s*(\d{1,4})\s*/\s*(\d{1,4})")


def read(typed: str) -> Share | None:
    """The share that was typed; None for what is none."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    sign, part, whole = found.groups()
    try:
        return Share(int(part), int(whole), inclusive=sign != ">")
    except ValueError:
        return None


def shown(share: Share) -> str:
    """A share as it can be typed again."""
    return f"{'≥' if share.inclusive else '>'}{share.numerator}/{share.denominator}"
