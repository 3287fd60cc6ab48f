"""Masking: what would tell who someone is or where they live is taken out of a question before it is kept.

Masked, each as ***: phone numbers, identity cards, bank cards and the like (7 digits or more, however they are written
or spaced), numbers of buildings, stairwells, doors and rooms, plates, e-mail addresses, names in WeChat, QQ and
Telegram, and people's names where they are plainly given. Left alone: years and dates, the papers' numbers, amounts and
areas, numbers of floors, items and clauses. Where it cannot be told, the number is masked.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_MASK = "***"
_PASSES = 10  # what is masked may uncover more; nobody's address is as long as this
_MASKED = "\ue000"  # stands in the shadow where something was masked already, so that later rules see it

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─ー", "-"))
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九幺", "0001234567891")

# ---- long numbers

_D = "[0-9零〇○一二三四五六七八九幺]"
_SEP = "[ \t\\-.·_()\u200b-\u200f\u2060\ufeff]{0,2}"
_LONG = re.compile(rf"\+?{_D}(?:{_SEP}{_D}){{6,}}(?:{_SEP}[Xx](?![A-Za-z]))?")
_GROUP = re.compile(rf"(?:{_D}+[Xx]?)")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_DAY = re.compile("0?[1-9]|[12][0-9]|3[01]")
# What follows a number that counts or measures something, or is a year.
_UNITS = "年月日岁元块万亿千百平米㎡层户人个家项条款天周部辆间台件次倍度吨份名位口多来余成折%"
_UNIT_WORDS = (
    "years?|yrs?|months?|days?|weeks?|yuan|rmb|cny|sq|square|m2|metres?|meters?|stor(?:e?y|eys|ies)|floors?|levels?|"
    "percent|households?|famil(?:y|ies)|people|persons?|residents|owners|items?|units|flats|homes"
)
_COUNTS = rf"(?:\s*[{_UNITS}]|号线|[ \t-]*(?:{_UNIT_WORDS})\b)"
_COUNTING = re.compile(_COUNTS, re.IGNORECASE)

# ---- places

_HAN_NUMBER = "[一二三四五六七八九十百零〇○两]"
_N = rf"[甲乙丙丁]?(?:[0-9]{{1,4}}[A-Za-z]?|{_HAN_NUMBER}{{1,5}})"
_ROOM = rf"(?:(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{2,4}}[A-Za-z]?(?![0-9])|{_HAN_NUMBER}{{2,5}})(?!{_COUNTS}|楼)"
_PLACES = tuple(
    re.compile(rule)
    for rule in (
        # 3-2-501, 2-501, 3#501
        r"(?<![\w.#〔\[-])([0-9]{1,2}[A-Za-z]?(?:[-#][0-9]{1,2}){0,2}[-#](?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,4})"
        rf"(?!{_COUNTS})(?![A-Za-z0-9%-])",
        # 3号楼, 甲5号院, 12号房, 3#楼
        rf"({_N})\s*(?:号\s*(?:居民|住宅|平|塔|公寓)?(?:楼|院|门|房|室|栋|幢|单元)|#)",
        # 白云路12号; no paper's number stands behind a street.
        rf"(?<=[街路巷里条弄村同坊园庄])\s*({_N})\s*号(?![文线令])",
        rf"(?:我|家|人)?(?:住在?|家在|家是)\s*({_N})\s*号(?![文线令])",
        # 2单元, 三单元; not 同一单元
        rf"(?<![每这那哪同整另某几])({_N}|[A-Za-z])\s*单元",
        # 5栋, A座, 三栋二单元; not 有12栋, 三栋楼: Chinese numerals before 栋 mostly count
        r"(?<![每这那哪同整另某几有共A-Za-z0-9])([A-Za-z]|[0-9]{1,3}[A-Za-z]?)\s*[栋幢](?!楼)",
        rf"(?<!有)({_HAN_NUMBER}{{1,3}})\s*[栋幢](?=\s*(?:{_N}|{_MASKED}+)\s*(?:单元|门|号|室))",
        r"(?<![A-Za-z0-9])([A-Za-z]|[0-9]{1,3}[A-Za-z]?)\s*座(?!楼)",
        # 501室, 五零一室; not 两室一厅, 98房改
        rf"((?:[0-9]{{2,4}}[A-Za-z]?|[一二三四五六七八九零〇○]{{3,4}}))\s*(?:室(?!\s*{_HAN_NUMBER}厅|\s*[0-9]厅)|"
        "房(?![改价管屋产东子租贷顶间型]))",
        # 我家501
        rf"(?:住在?|家在|家是|我家|我们家|房号|门牌号?)[是为:\s]*({_ROOM})",
        # Behind a building or a stairwell that was masked: 楼2门, 单元501
        rf"{_MASKED}\s*(?:号?楼|栋|幢|号院|院)[\s,.-]*({_N})\s*(?:门|号)",
        rf"{_MASKED}\s*(?:号?楼|栋|幢|座|单元|门|号院|院|号|#)[\s,.-]*({_ROOM})",
    )
)
_NOT_A_YEAR = r"(?!(?:19|20)[0-9]{2}\b)"
_ENGLISH = tuple(
    re.compile(rule)
    for rule in (
        r"(?i:\b(?:flat|apt|apartment|room|rm|suite|door)s?\.?(?:\s+is)?\s*(?:no\.?|number|#)?\s*[:#]?\s*)"
        rf"([0-9]{{1,4}}[A-Za-z]?)\b(?!(?i:{_COUNTS}))",
        r"(?i:\b(?:unit|building|bldg|block|house|gate|entrance|stairwell|staircase)\.?\s*(?:no\.?|number|#)?\s*[:#]?\s*)"
        rf"{_NOT_A_YEAR}([0-9]{{1,4}}[A-Za-z]?)\b(?!(?i:{_COUNTS}))",
        rf"(?i:{_MASKED}\s*(?:and|or|&)\s*)([0-9]{{1,4}}[A-Za-z]?(?:\s*(?:and|or|&|,)\s*[0-9]{{1,4}})*)\b(?!(?i:{_COUNTS}))",
        # 12 Baiyun Road, No. 5 baiyun hutong
        r"(?:\b(?i:no\.?|number)\s*)?\b([0-9]{1,4}[A-Za-z]?),?\s+(?:[A-Z][A-Za-z'’]*\s+){1,4}"
        r"(?i:road|rd|street|st|lane|avenue|ave|alley|hutong|jie|dajie|lu|li|xiang)\b",
        r"\b(?i:no\.?|number)\s*([0-9]{1,4}[A-Za-z]?),?\s+(?:[A-Za-z'’]+\s+){1,3}"
        r"(?i:road|rd|street|lane|avenue|ave|alley|hutong|jie|dajie|lu|xiang)\b",
    )
)

# ---- addresses of other kinds, and names

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_WECHAT = r"(?i:微信|薇信|威信|v信|wechat|weixin|\bwx|\bvx|加我|\bqq)"
# The most common surnames, without those that are as common as another word before a title (于, 和, 时 …).
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLES = "先生|女士|小姐|阿姨|大爷|大妈|大姐|大哥|大叔|叔叔|奶奶|爷爷|师傅|老师|主任|书记|经理|科长|所长"
_OTHERS = tuple(
    re.compile(rule)
    for rule in (
        r"((?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
        r"(?i:t\.me/)([A-Za-z]\w{3,31})",
        r"(?<![\w.])@([A-Za-z]\w{3,31})",
        rf"([{_PROVINCES}][A-Za-z][ ·.-]?(?=[A-Za-z]*[0-9])[A-Za-z0-9]{{5,6}})(?![A-Za-z0-9])",
        rf"{_WECHAT}\s*(?:号码?|id)?\s*(?:是|为|:|is\b|=)?\s*((?=[A-Za-z_-]*[0-9_-])[A-Za-z0-9][\w-]{{4,19}})",
        rf"{_WECHAT}\s*(?:(?:号码?|id)\s*(?:是|为|:|is\b|=)?|(?:是|为|:|is\b|=))\s*([A-Za-z][\w-]{{4,19}})",
        # 我叫王建国, 联系人李芳
        rf"(?:我叫|我的?名字(?:是|叫)|姓名|名叫|联系人|本人叫?)\s*[是为:]?\s*([{_SURNAMES}][\u3400-\u9fff]{{1,2}})"
        r"(?=$|[^\u3400-\u9fff]|[住在是的家想问有今和因])",
        rf"(?:我姓|免贵姓)\s*([{_SURNAMES}])",
        rf"([{_SURNAMES}])(?:{_TITLES})",
        r"\b(?i:my name is|i am called|this is (?:mr|mrs|ms|miss)\.?)\s+([A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})",
        r"\b(?i:mr|mrs|ms|miss|dr)\.?\s+([A-Z][a-z'’-]+)",
        rf"{_MASKED}\s*(?:转|(?i:ext\.?|extension))\s*([0-9]{{1,6}})",
    )
)


def mask(text: str) -> str:
    """A text with everything personal that can be recognised as ***; what is masked already stays as it is."""
    for _ in range(_PASSES):
        if (masked := _masked(text)) == text:
            break
        text = masked
    return text


def _masked(text: str) -> str:
    """The text with what the rules find in one pass."""
    shadow = _struck(_shadow(text), _long_numbers(_shadow(text)))
    # Places twice: what stands behind a number may be told only when that one is known.
    for rule in (*_OTHERS, *_PLACES, *_PLACES, *_ENGLISH):
        shadow = _struck(shadow, (found.span(1) for found in rule.finditer(shadow)))
    return "".join(_shown(text, shadow))


def _shadow(text: str) -> str:
    """The text as the rules read it, character by character: plain digits, letters and dashes in place of full-width
    and other ones."""
    return "".join(map(_plain, text)).translate(_DASHES)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char == _MASKED:
        return " "
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else " " if char == "\u3000" else char


def _long_numbers(shadow: str) -> Iterator[tuple[int, int]]:
    """Where 7 digits or more stand together that are no years, no date and no amount."""
    for found in _LONG.finditer(shadow):
        groups = [(found.start() + group.start(), found.start() + group.end()) for group in _GROUP.finditer(found[0])]
        if _COUNTING.match(shadow, groups[-1][1]):
            groups.pop()  # "138… 30万元", "138… 1985年"
        numbers = [shadow[start:end].translate(_HAN_DIGITS) for start, end in groups]
        if sum(map(len, numbers)) >= 7 and not _is_time(numbers):
            yield found.start(), groups[-1][1]


def _is_time(numbers: list[str]) -> bool:
    """Whether groups of digits are years, a span of years, or a date with or without its hour."""
    if len(numbers) == 1:
        return _DATE.fullmatch(numbers[0]) is not None
    return (
        _YEAR.fullmatch(numbers[0]) is not None
        and len(numbers) <= 6
        and all(_YEAR.fullmatch(number) or _DAY.fullmatch(number) for number in numbers)
    )


def _struck(shadow: str, places: Iterable[tuple[int, int]]) -> str:
    """The shadow with these places as masked."""
    pieces, at = [], 0
    for start, end in places:
        pieces += [shadow[at:start], _MASKED * (end - start)]
        at = end
    return "".join((*pieces, shadow[at:]))


def _shown(text: str, shadow: str) -> Iterator[str]:
    before = ""
    for char, seen in zip(text, shadow, strict=True):
        if seen != _MASKED:
            yield char
        elif before != _MASKED:
            yield _MASK
        before = seen
