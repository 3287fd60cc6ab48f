"""Facts that a person gives along with a question: that it is about the own home, and when that was built."""

import re

# Words by which a person says that it is about the own home.
_OWN = re.compile(
    r"我们|我家|我住|我这|我那|咱|俺|本小区|本院|我小区|我楼|自家|自己[家住]|这楼|这院|这栋|这片|(?:women|wo men|zan)\b"
    r"|我(?:爸|妈|爹|娘|爷|奶|姥|公公|婆婆|岳|儿子|闺女|女儿|姑|姨|舅|叔|大爷|大妈|父|母|老家儿)"
    r"|\b(?:my|our|ours|we|us|mine|i)\b"
)
_YEAR = re.compile(
    r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d|\s*(?:平|块|元|万|户|yuan))|(?<![\d.])([3-9]\d|0\d)\s*(?=年(?!以|代以|前(?!后)|后|期))"
)
_HAN_YEAR = re.compile(r"([三四五六七八九零〇])([零〇一二三四五六七八九])年(?!以|前|后)")
_DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_REFERS = re.compile(r"^那|它|这个|这一项|这项|这种|这事|\b(?:it|that|this|them|those|what about|how about|then)\b")
_EXCEPT = re.compile(r"(?:除了|除开|除去|(?<!算)不算|except(?: for)?|apart from|besides|other than)[\s\w]{0,4}$")
# What makes a year the year of a building: a verb of building or 的 behind it, or an English phrase around it.
_BUILT = re.compile(
    r"\s*年?(?:底|初|前后|左右|那会儿?)?(?:就|才)?(?:的|建|盖|造|修|落成|竣工|入住|交房|交付|完工|住进|搬进|拿钥匙|拿的钥匙|起的|单位分|分的|房改)"
)
_BUILT_ENGLISH = re.compile(
    r"\b(?:built|build|dat(?:es?|ing)|from|constructed|erected|completed|building|house|block|went up)\b"
)
_SHORT_ENGLISH_YEAR = re.compile(r"\b(?:in|from|of) '?([3-9]\d)\b(?!\d|%)")

# A year in which something was done to the building before: by that the second paragraph on scope is meant.
_REDONE = re.compile(
    r"(?<!\d)(?:20(0[6-9]|1[0-8])年?|(0[6-9]|1[0-8])年)(?:底|初|前后|左右|那会儿?|那阵子?|那年)?[^,。!?;]{0,8}?(?:过(?!年)|过一|已经|都做了|改造的|加固的)"
)
_REDONE_ENGLISH = re.compile(
    r"\b(?:(?:retrofit|insulat|reinforc|strengthen|renovat|upgrad|refurbish)\w*|redone|treatment|done up|works?)"
    r"\b[^.!?]{0,24}?\b20(0[6-9]|1[0-8])\b"
)

# The years in which a home may have been built: those after the plan too, they are after 1990 as well.
_EARLIEST, _LATEST = 1930, 2039


def is_own(folded: str) -> bool:
    """Whether a folded message speaks of the person's own home ("我们楼", "my building")."""
    return bool(_OWN.search(folded))


def refers_back(folded: str) -> bool:
    """Whether a message goes on from the one before ("那多少钱", "这个谁定", "who pays for it")."""
    return bool(_REFERS.search(folded))


def is_excepted(folded: str, place: int) -> bool:
    """Whether the word at `place` is named as what the question is not about ("除了加固…", "apart from the lift")."""
    return bool(_EXCEPT.search(folded[max(0, place - 16) : place]))


def years_built(folded: str, about_scope: bool) -> tuple[int, ...]:
    """The years that homes were built in, as far as a message gives them ("85年", "1985", "八五年的", "in '98").

    Where the message asks whether a compound is in scope (`about_scope`), a bare year is taken for that as well.
    """
    english = bool(_BUILT_ENGLISH.search(folded))
    found: dict[int, int] = {}
    for match in _YEAR.finditer(folded):
        told = english or _BUILT.match(folded, match.end()) or folded[: match.start()].endswith("建于")
        year = int(match[1]) if match[1] else _full(int(match[2]))
        # From 2011 on a bare year is rather that of an earlier renovation (十二五).
        if told or (about_scope and year <= 2010):
            found[match.start()] = year
    for spelled in _HAN_YEAR.finditer(folded):
        if _BUILT.match(folded, spelled.end() - 1) or about_scope:
            found[spelled.start()] = _full(_DIGITS[spelled[1]] * 10 + _DIGITS[spelled[2]])
    if english:
        found |= {match.start(): _full(int(match[1])) for match in _SHORT_ENGLISH_YEAR.finditer(folded)}
    return tuple(year for _, year in sorted(found.items()) if _EARLIEST <= year <= _LATEST)


def years_redone(folded: str) -> tuple[int, ...]:
    """The years in which something was done to the building before, as far as a message tells ("13年贴过保温")."""
    found = [*_REDONE.finditer(folded), *_REDONE_ENGLISH.finditer(folded)]
    return tuple(sorted({_full(int(next(filter(None, match.groups())))) for match in found}))


def _full(year: int) -> int:
    return year + (1900 if year >= 30 else 2000)
