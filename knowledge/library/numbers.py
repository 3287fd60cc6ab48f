"""Numbers in sentences, in digits or in words, so that a plain sentence can be held against its clause."""

import re

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|thousand|million)?")
_SCALE = {"": 1, "万": 10_000, "thousand": 1_000, "million": 1_000_000}
_HAN = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
# A Chinese numeral counts only before a measure word; 一 alone is grammar ("一起", "一份").
_COUNTED = re.compile(r"([二两三四五六七八九十百千]+)(?=[项个家年次类种条户级层倍成月天平元])")
_ANY_HAN = re.compile(r"[一二两三四五六七八九十百千]+")
_ENGLISH = {
    word: value
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve thirteen".split(), 2)
} | {"dozen": 12, "half": 0.5, "twice": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "twelfth": 12}


def _in_digits(text: str) -> set[float]:
    return {float(m[1].replace(",", "").rstrip(".")) * _SCALE[m[2] or ""] for m in _DIGITS.finditer(text)}


def _han_value(numeral: str) -> float:
    total, last = 0, 0
    for char in numeral:
        if char in _HAN_TENS:
            total += (last or 1) * _HAN_TENS[char]
            last = 0
        else:
            last = _HAN[char]
    return float(total + last)


def numbers_zh(sentence: str) -> set[float]:
    """The numbers of a Chinese sentence: in digits, and in characters before a measure word."""
    return _in_digits(sentence) | {_han_value(m[1]) for m in _COUNTED.finditer(sentence)}


def numbers_en(sentence: str) -> set[float]:
    """The numbers of an English sentence: in digits and in words from two on."""
    words = re.findall(r"[a-z]+", re.sub(r"[\u3400-\u9fff]+", " ", sentence).lower())
    return _in_digits(sentence) | {float(_ENGLISH[word]) for word in words if word in _ENGLISH}


def numbers_in_clause(text: str) -> set[float]:
    """Every number that a clause can be said to hold: digits, with 万 too, and any run of Chinese numerals."""
    runs = {_han_value(m[0]) for m in _ANY_HAN.finditer(text)}
    return _in_digits(text) | runs
