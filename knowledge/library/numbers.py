"""Numbers in sentences, in digits or in words, so that a plain sentence can be held against its clause."""

import re

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|thousand|million)?")
_SCALE = {"": 1, "万": 10_000, "thousand": 1_000, "million": 1_000_000}
_HAN = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
# A Chinese numeral counts only before a measure word; 一 alone is grammar ("一起", "一份").
_COUNTED = re.compile(
    r"([一二两三四五六七八九十百千万]{2,}|[二两三四五六七八九十百千])(?=[项个家年次类种条户级层倍成月天平元])"
)
_ANY_HAN = re.compile(r"[一二两三四五六七八九十百千][一二两三四五六七八九十百千万]*")
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH = {word: value for value, word in enumerate(_UNITS, 1)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_ENGLISH_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
# Words for a number that stand by themselves.
_OTHERS = {
    "dozen": 12.0,
    "half": 0.5,
    "twice": 2.0,
    "third": 3.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "twelfth": 12.0,
}


def _in_digits(text: str) -> set[float]:
    return {float(m[1].replace(",", "").rstrip(".")) * _SCALE[m[2] or ""] for m in _DIGITS.finditer(text)}


def han_value(numeral: str) -> float:
    """The value of a run of Chinese numerals ("三十", "两百五十万")."""
    total, section, last = 0, 0, 0
    for char in numeral:
        if char == "万":
            total, section, last = (total + section + last or 1) * 10_000, 0, 0
        elif char in _HAN_TENS:
            section += (last or 1) * _HAN_TENS[char]
            last = 0
        else:
            last = _HAN[char]
    return float(total + section + last)


def numbers_zh(sentence: str) -> set[float]:
    """The numbers of a Chinese sentence: in digits, and in characters before a measure word."""
    return _in_digits(sentence) | {han_value(m[1]) for m in _COUNTED.finditer(sentence)}


def numbers_en(sentence: str) -> set[float]:
    """The numbers of an English sentence: in digits and in words ("thirty-four", "three hundred"); "one" is grammar."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"[\u3400-\u9fff]+", " . ", sentence.lower()))
    found = {_OTHERS[word] for word in words if word in _OTHERS}
    at = 0
    while at < len(words):
        value, length = _spelled(words[at:])
        if length and not (length == 1 and words[at] == "one"):
            found.add(value)
        at += max(1, length)
    return _in_digits(sentence) | found


def _spelled(words: list[str]) -> tuple[float, int]:
    """The number that a list of words begins with, and how many of the words it takes; 0 if it begins with none."""
    value = length = 0
    for word in words:
        if word in _ENGLISH_SCALE and length:
            value *= _ENGLISH_SCALE[word]
        elif word in _ENGLISH and (not length or (value % 10 == 0 and _ENGLISH[word] < 10) or value % 100 == 0):
            value += _ENGLISH[word]
        else:
            break
        length += 1
    return float(value), length


def numbers_in_clause(text: str) -> set[float]:
    """Every number that a clause can be said to hold: digits, with 万 too, and any run of Chinese numerals."""
    runs = {han_value(m[0]) for m in _ANY_HAN.finditer(text)}
    return _in_digits(text) | runs
