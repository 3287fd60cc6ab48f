"""Choices: which of a question's options a message means: by its label, its number, or the beginning of its label."""

import re
from collections.abc import Sequence

from dialogs.reading.forms import asks, bare, folded
from dialogs.steps import Option
from knowledge.library.numbers import han_value

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_HAN = "一二三四五六七八九"
_HAN_NUMBER = rf"十[一二]?|[{_HAN}两]"
_NUMBER = rf"\d{{1,2}}|{_HAN_NUMBER}"
_PICK = r"(?:我?(?:就|要|想要)?选(?:择)?(?:的是)?|我要|要|就|点)?"
_OF = r"(?:个|项|条|种|号|样|款|选项|个选项)"
_ASKED = r"(?:吧|啊|呀|哦|的)?"
_LAST = rf"最后(?:面)?[一那]?{_OF}?|末尾那?{_OF}?|最下面那?一?{_OF}?"
_TOP = rf"头一?{_OF}|最上面那?一?{_OF}?|最前面那?一?{_OF}?|开头那?{_OF}?"
_FORMER, _LATTER = rf"前者|前一{_OF}|前面那?一?{_OF}?", rf"后者|后一{_OF}|后面那?一?{_OF}?"
_CHINESE = re.compile(
    rf"{_PICK}(?:(?P<back>倒数)?第?(?P<number>{_NUMBER}){_OF}?|(?P<last>{_LAST})|(?P<top>{_TOP})|"
    rf"(?P<former>{_FORMER})|(?P<latter>{_LATTER})){_ASKED}"
)
_ENGLISH = re.compile(
    r"(?:(?:i|ill|id|take|choose|pick|want|go|like|for|with|would|will|please|its) )*(?:the )?"
    rf"(?:(?P<number>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))|(?P<last>(?:very )?last|bottom)|(?P<top>top)|"
    r"(?P<former>former)|(?P<latter>latter))(?: (?:one|option|choice|answer|item|button))?(?: please)?"
)
_NUMBERED = re.compile(
    rf"(?:(?:number|no|option|choice|answer|nr) )?(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})(?: please)?"
)
_SPOKEN = {"yi": 1, "er": 2, "san": 3, "si": 4, "wu": 5, "liu": 6, "qi": 7, "ba": 8}
_PINYIN = re.compile(
    rf"(?:xuan ?)?di ?(?P<number>{'|'.join(_SPOKEN)})(?: ?ge| ?xiang)?|(?P<last>zui ?hou ?yi ?(?:ge|xiang))"
)
_PARTICLES = re.compile("[吧啊呀哦的了]+$")
_SHORT_YEAR = re.compile(r"(?<!\d)([3-9]\d)(?=年)")
_HAN_COUNT = re.compile(rf"^[{_HAN}两十百]+")
_HAN_YEAR = re.compile("([三四五六七八九])([零〇一二三四五六七八九])(?=年)")


def choice(text: str, options: Sequence[Option]) -> str | None:
    """The value of the option that a message means, or None where it means none, or might mean several."""
    written = folded(text)
    said = bare(written)
    if not said:
        return None
    labels = [(option.value, bare(folded(option.label))) for option in options]
    # A label may be a question itself; nothing else is taken from one.
    if meant := _only([value for value, label in labels if label == said]):
        return meant
    if asks(written):
        return None
    if meant := _only([value for value, label in labels if _key(label) == _key(said)]):
        return meant
    begun = {value for value, label in labels if _begins(_key(label), _key(said))}
    place, explicit = _place(said, len(options))
    if place is None:
        return _only(list(begun))
    value = options[place].value
    # A bare number may also be how a label begins.
    return value if explicit or begun <= {value} else None


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def _key(said: str) -> str:
    """What a label has in common with the ways of typing it: 90年之前 is 1990年以前, 十户 is 10户."""
    said = _HAN_YEAR.sub(lambda found: f"{_digit(found[1])}{_digit(found[2])}", said)
    said = _HAN_COUNT.sub(lambda found: str(int(han_value(found[0]))), said)
    said = _SHORT_YEAR.sub(r"19\1", said).replace("之前", "以前").replace("之后", "以后")
    return _PARTICLES.sub("", said) or said


def _digit(sign: str) -> int:
    return _HAN.find(sign) + 1  # 〇 and 零 are not found


def _begins(label: str, said: str) -> bool:
    """Whether a label begins so, up to the end of a word or number, and by more than one character or by a number."""
    if not label.startswith(said) or not (len(said) > 1 or said.isdigit()):
        return False
    ends = said[-1].isascii() and label[len(said) : len(said) + 1].isascii() and label[len(said) :][:1].isalnum()
    return not ends


def _place(said: str, count: int) -> tuple[int | None, bool]:
    """The place in the list that a message names, and whether it can mean nothing but a place."""
    forms = (_CHINESE, _ENGLISH, _NUMBERED, _PINYIN)
    found = next((found for form in forms if (found := form.fullmatch(said))), None)
    if found is None:
        return None, False
    named = found.groupdict()
    if number := named.get("number"):
        place = count + 1 - _number(number) if named.get("back") else _number(number)
    elif named.get("last"):
        place = count
    elif named.get("top"):
        place = 1
    else:
        # "前者" is one of two.
        place = (1 if named.get("former") else 2) if count == 2 else 0
    return (place - 1, said != number) if 1 <= place <= count else (None, False)


def _number(word: str) -> int:
    if digits := re.match(r"\d+", word):
        return int(digits[0])
    if word in _SPOKEN:
        return _SPOKEN[word]
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    if word[0] == "十":
        return 10 + (_digit(word[1]) if len(word) > 1 else 0)
    return 2 if word == "两" else _digit(word)
