"""Facts that a person gives along with a question: that it is about the own home, and when that was built."""

import re

# Words by which a person says that it is about the own home.
_OWN = re.compile(
    r"我们|我家|我住|我这|咱|俺|本小区|本院|我小区|我楼|自家|这楼|这院|(?:women|wo men|zan)\b"
    r"|\b(?:my|our|ours|we|us|mine|i)\b"
)
_YEAR = re.compile(
    r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d|\s*(?:平|块|元|万|户|yuan))|(?<![\d.])([3-9]\d|0\d)\s*(?=年(?!以|代以|前|后|期))"
)
_HAN_YEAR = re.compile(r"([三四五六七八九零〇])([零〇一二三四五六七八九])年(?!以|前|后)")
_DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_YEAR_CONTEXT = re.compile(
    r"建|盖|造|修的|的楼|的房|的小区|的塔|的院|的老|built|from|dates|年的|年|house|block|building"
)


def is_own(folded: str) -> bool:
    """Whether a folded message speaks of the person's own home ("我们楼", "my building")."""
    return bool(_OWN.search(folded))


def year_built(folded: str) -> int | None:
    """The year that a home was built in, where the message gives one ("85年", "1985", "八五年", "04年的")."""
    if not _YEAR_CONTEXT.search(folded):
        return None
    for match in _YEAR.finditer(folded):
        year = int(match[1] or match[2])
        if match[2]:
            year += 1900 if year >= 30 else 2000
        if 1930 <= year <= 2010:
            return year
    if spelled := _HAN_YEAR.search(folded):
        year = _DIGITS[spelled[1]] * 10 + _DIGITS[spelled[2]]
        return year + (1900 if year >= 30 else 2000)
    return None
