"""Years: when a home was built, as it is typed in answer to just that: a year, or a decade where no more is known.

facts.years_built finds years in whole questions; here the message must be hardly more than the year. A number of years
("30年了", "12 years") is an age, and no year.
"""

import re

from dialogs.reading.forms import bare, folded
from knowledge.library.numbers import han_value

_EARLIEST, _LATEST = 1900, 2039
# Two digits before this are as likely an age as a year; from the other on a number alone is hardly an age.
_YEAR_FROM, _SURE_FROM = 49, 70
_HAN_DIGITS = {sign: str(digit) for digit, sign in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○o", "0")
_HAN_RUN = re.compile(
    "[零〇○一二三四五六七八九](?:[零〇○o一二三四五六七八九]){1,3}(?![十百千万〇零])|(?<![十百千])[零〇○](?=几)"
)
_NAMED = {
    "解放那年": 1949,
    "建国那年": 1949,
    "唐山地震那年": 1976,
    "唐山大地震那年": 1976,
    "香港回归那年": 1997,
    "千禧年": 2000,
}
_PINYIN_WORDS = dict(zip("ling yi er san si wu liu qi ba jiu".split(), "零一二三四五六七八九", strict=True)) | {
    "shi": "十",
    "ji": "几",
    "nian": "年",
    "dai": "代",
    "de": "的",
    "jian": "建",
    "gai": "盖",
    "jiande": "建的",
    "gaide": "盖的",
}

# ---- Chinese: what may stand around a year ---------------------------------------------------------------------------

_HOME = (
    r"(?:我们?|咱们?|俺们?|这|那|本)?(?:家|这儿|这里|这)?(?:个|栋|幢|座|片)?老?(?:小区|楼房?|院子?|大院|房子?|社区|家)"
)
_WE = "(?:我们|咱们?|俺们?)(?:这儿|这里|这|家)?"  # not 我: whoever says that tells when they were born
_ROUGHLY = "大概|大约|大致|大体|差不多|应该|好像|可能|估计|约莫?|我?记得|听说|据说|说|我?觉得|我?想|我?猜"
_LEAD = (
    rf"(?:嗯|哦|啊|呃|额|那个|{_ROUGHLY}|也就|就|是|在|于|始|公元|解放前|新?建成?|盖成?|建造|落成|竣工|"
    rf"建成?(?:年份|时间|年代|于)|年份|年代|{_HOME}(?:里|的|呢)?|{_WE}|上个?世纪|20世纪){{0,4}}"
)
_BUILD = (
    "(?:新?建成?|盖成?|盖好|修建?|造|建造|建设|兴建|落成|竣工|完工|交工|交付|交房|入住|住进来|搬进来|搬来|分|单位分|"
    "房改)"
)
_SEASON = (
    "左右|前后|上下|的?样子|那会儿?|那阵子?|那年|的?那?时候|时|年?初期?|年?底|年?末期?|年?中期?|中后期|前期|早期|晚期|后期|"
    r"春天?|夏天?|秋天?|冬天?|上半年|下半年|\d{1,2}月份?(?:\d{1,2}[日号])?"
)
_TAIL = (
    rf"(?:{_SEASON}|{_BUILD}(?:好|成|起来|完)?了?|的|吧|啊|呀|哦|哈|老?楼房?|老?房子?|老?小区|"
    "我?记得|我猜|我想|应该|大概|可能|好像|差不多){0,5}"
)
_FOUR = r"(?P<four>(?:19|20)\d\d)"
_TWO = r"(?P<two>\d\d)"
_CHINESE = re.compile(rf"(?P<lead>{_LEAD})(?:{_FOUR}年?|{_TWO}(?P<year>年)?)(?P<tail>{_TAIL})")
_EVENT = re.compile(rf"{_LEAD}({'|'.join(_NAMED)}){_TAIL}")
_DECADE = re.compile(
    rf"{_LEAD}(?:(?P<century>19|20)?(?P<tens>\d)(?:0年代|0?几年?代?|十几年)|"
    rf"(?P<han>[二三四五六七八九])十(?:年代|几年)|(?P<ones>[一二三四五六七八九])几年?代?){_TAIL}"
)
_REPUBLIC = re.compile(rf"{_LEAD}民国(?:(\d{{1,2}})|([一二三四五六七八九十]{{1,3}}))年{_TAIL}")
_DATED = re.compile(
    rf"{_LEAD}((?:19|20)\d\d)年? ?(?:0?[1-9]|1[0-2])(?:(?: |月 ?)(?:0?[1-9]|[12]\d|3[01])[日号]?|月)?{_TAIL}"
)
_EITHER = re.compile(
    rf"{_LEAD}((?:19|20)?\d\d)年?(?: |或者?|到|至|还是| (?:or|to|and) )(\d{{4}}|\d\d|\d(?=年))年?{_TAIL}"
)

# ---- English ---------------------------------------------------------------------------------------------------------

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_LOW = {word: n for n, word in enumerate(_UNITS, 1)} | {word: n for n, word in enumerate(_TEENS, 10)}
_WORDS = re.compile(
    rf"\b(?:(?P<nineteen>nineteen )(?=(?:{'|'.join(_TENS)}|oh|o|hundred)\b))?"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?: (?P<unit>{'|'.join(_UNITS)}))?|"
    rf"(?P<oh>oh|o) (?P<low>{'|'.join(_UNITS)})|(?P<hundred>hundred))\b"
)
_THOUSAND = re.compile(
    rf"\b(?:two|2) thousand(?: and)?(?: (?P<low>{'|'.join(_LOW)}))?\b|\btwenty (?P<teen>{'|'.join(_TEENS)})\b"
)
# Not the twenties: of which century?
_PLURALS = {"noughties": 2000, "two thousands": 2000} | {
    f"{word[:-1]}ies": 1900 + 10 * n for n, word in enumerate(_TENS[1:], 3)
}
_BEFORE = frozenset(
    "well um uh oh hmm i think believe guess suppose maybe probably perhaps about around roughly approximately approx "
    "circa ca c some time sometime in from of back built was it its is they were we our ours my the this that "
    "building house block compound home flat flats apartment apartments estate complex place dates dating dated date "
    "to constructed completed finished erected put up went made year a an early mid late during must be have been "
    "should ok yes sure remember if correctly".split()
)
_AFTER = frozenset(
    "or so i think believe guess suppose ish thereabouts about maybe probably building house block construction built "
    "please thanks was it is".split()
)
_INVERTED = re.compile(r"(?:is|was|were|must|should) (?:it|its|they|we|our|my|the|this|that)\b")
# Signs of another kind of number, or of before and after; and a question that does not end with the year.
_NO_YEAR = re.compile(r"[?%‰$¥£€°㎡²<>≤≥=+*#&@]")
_ENGLISH = re.compile(r"(.*?)\b((?:19|20)?\d\d)(s)?(?:ish)?(?: (.*))?")


def year(text: str) -> str | None:
    """The year that a message is hardly more than ("1985", a decade as "1980s"), or None where it is none or more."""
    written = folded(text).rstrip("? ")
    if _NO_YEAR.search(written):
        return None
    said = bare(_digits(written))
    return _named(said) or _single(said) or _decade(said) or _either(said) or _english(bare(written))


def _digits(said: str) -> str:
    """A folded text with the Chinese and pinyin numerals that are said digit by digit in digits."""
    if said.isascii():
        words = bare(said).split()
        if not ({"nian", "dai"} & set(words) and all(word in _PINYIN_WORDS for word in words)):
            return said
        said = "".join(_PINYIN_WORDS[word] for word in words)
    said = re.sub("[两二]千(零|〇)?(?=[一二三四五六七八九几](?!千|百))", "200", said)
    said = re.sub("[两二]千(?=年)|[两二]千$", "2000", said)
    said = re.sub("(?<=200)[一二三四五六七八九]", lambda one: _HAN_DIGITS[one[0]], said)
    said = re.sub("二十世纪", "20世纪", said)
    return _HAN_RUN.sub(lambda run: "".join(_HAN_DIGITS[sign] for sign in run[0]), said)


def _named(said: str) -> str | None:
    if found := _REPUBLIC.fullmatch(said):
        return _valid(1911 + int(found[1] or han_value(found[2])))
    event = _EVENT.fullmatch(said)
    return str(_NAMED[event[1]]) if event else None


def _single(said: str) -> str | None:
    if dated := _DATED.fullmatch(said):
        return _valid(int(dated[1]))
    found = _CHINESE.fullmatch(said)
    if not found:
        return None
    if found["four"]:
        return _valid(int(found["four"]))
    return _short(int(found["two"]), found)


def _short(two: int, found: re.Match[str]) -> str | None:
    """A year of two digits; an age is said with two digits too."""
    built = bool(re.search(_BUILD, found["tail"]))
    if found["year"]:
        fits = two >= _YEAR_FROM or two < 10 or built
    elif found["lead"] or found["tail"]:
        fits = two >= _SURE_FROM or two < 10 or built
    else:
        fits = two >= _YEAR_FROM or two < 10
    return _valid(_full(two)) if fits else None


def _decade(said: str) -> str | None:
    found = _DECADE.fullmatch(said)
    if not found:
        return None
    tens = int(found["tens"] or _HAN_DIGITS[found["han"] or found["ones"]])
    if found["century"]:
        return _valid_decade(int(found["century"]) * 100 + tens * 10)
    if tens == 2 or (tens == 1 and not found["ones"]):
        return None  # the twenties of which century; and 十几年, 10几年 are ages
    return _valid_decade((1900 if tens >= 3 else 2000) + tens * 10)


def _either(said: str) -> str | None:
    """Two years of one decade: that decade."""
    found = _EITHER.fullmatch(said)
    if not found:
        return None
    first, second = found[1], found[2]
    if len(second) == 1:
        second = first[:-1] + second
    years = [int(y) if len(y) == 4 else _full(int(y)) for y in (first, second)]
    if years[0] // 10 != years[1] // 10 or min(int(y) if len(y) == 2 else 99 for y in (first, second)) in range(10, 49):
        return None
    return _valid_decade(years[0] // 10 * 10)


def _english(said: str) -> str | None:
    if not said.isascii() or _INVERTED.match(said):
        return None
    for word, decade in _PLURALS.items():
        said = re.sub(rf"\b(?:nineteen )?{word}\b", f"{decade}s", said)
    said = _WORDS.sub(_spelled, _THOUSAND.sub(_thousand, said))
    found = _ENGLISH.fullmatch(said)
    if not found:
        return None
    before, number, plural, after = (found[1] or "").split(), found[2], found[3], (found[4] or "").split()
    if not (set(before) <= _BEFORE and set(after) <= _AFTER):
        return None
    value = int(number) if len(number) == 4 else _full(int(number))
    if plural:
        return _valid_decade(value) if value % 10 == 0 and not (len(number) == 2 and 10 <= int(number) < 30) else None
    near = {"in", "from", "of", "built"} & set(before[-2:])
    if len(number) == 2 and not (int(number) >= (_YEAR_FROM if near or not before else _SURE_FROM) or number[0] == "0"):
        return None
    return _valid(value)


def _spelled(found: re.Match[str]) -> str:
    if found["hundred"]:
        return "1900" if found["nineteen"] else found[0]
    low = _LOW[found["unit"] or found["low"]] if found["unit"] or found["low"] else 0
    tens = 0 if found["oh"] else 10 * (_TENS.index(found["tens"]) + 2)
    return f"{19 if found['nineteen'] else ''}{tens + low:02}"


def _thousand(found: re.Match[str]) -> str:
    word = found["low"] or found["teen"]
    return str(2000 + (_LOW[word] if word else 0))


def _full(two: int) -> int:
    return two + (1900 if two >= 30 else 2000)


def _valid(value: int) -> str | None:
    return str(value) if _EARLIEST <= value <= _LATEST else None


def _valid_decade(value: int) -> str | None:
    return f"{value}s" if _EARLIEST <= value <= _LATEST else None
