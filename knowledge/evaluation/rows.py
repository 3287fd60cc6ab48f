"""Rows: the text of a questions file, JSON Lines → its rows, or the first line that cannot be meant so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Expect = Literal["answer", "dialog", "abstain"]

_FIELDS = ("id", "question", "lang", "style", "expect", "gold")
_WORDS = ("question", "lang", "style")
_EXPECTS: tuple[Expect, ...] = get_args(Expect)


class BadRow(ValueError):
    """A line that is no row: its number (from 1), and what is wrong in Chinese and in English."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(f"第{line}行{zh}。 Line {line} {en}.")
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what is expected of the answer: `gold` is empty where it should be withheld."""

    id: str | int
    question: str
    expect: Expect
    gold: tuple[tuple[str, ...], ...] = ()
    either: bool = False
    style: str = "plain"
    lang: str = "zh"


def read(text: str) -> list[Row]:
    """The rows of a questions file in order, empty lines passed over; BadRow for the first line that is none."""
    rows: list[Row] = []
    lines: dict[str | int, int] = {}
    # Not splitlines: JSON may hold other line separators inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row = _row(number, line)
        if row.id in lines:
            raise BadRow(number, f"的 id 与第{lines[row.id]}行重复", f"repeats the id of line {lines[row.id]}")
        lines[row.id] = number
        rows.append(row)
    return rows


def _row(number: int, line: str) -> Row:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise BadRow(number, "不是有效的 JSON", "is not JSON") from None
    if not isinstance(raw, dict):
        raise BadRow(number, "不是一个对象", "is not an object")
    if missing := [field for field in _FIELDS if field not in raw]:
        raise BadRow(number, f"缺 {'、'.join(missing)}", f"lacks {', '.join(missing)}")
    if wrong := [field for field, good in _types(raw).items() if not good]:
        raise BadRow(number, f"的 {'、'.join(wrong)} 写法不对", f"has no usable {', '.join(wrong)}")
    expect, gold, either = raw["expect"], raw["gold"], raw.get("either", False)
    if expect not in _EXPECTS:
        raise BadRow(number, f"的 expect 不是 {'、'.join(_EXPECTS)} 中的一个", f"expects none of {', '.join(_EXPECTS)}")
    if expect == "abstain" and (gold or either):
        raise BadRow(number, "自相矛盾：不该回答，却有 gold 或 either", "expects abstain, but has gold or either")
    if expect != "abstain" and not gold:
        raise BadRow(number, f"自相矛盾：应当是 {expect}，却没有 gold", f"expects {expect}, but has no gold")
    return Row(
        raw["id"], raw["question"], expect, tuple(tuple(group) for group in gold), either, raw["style"], raw["lang"]
    )


def _types(raw: Mapping[str, Any]) -> dict[str, bool]:
    """Whether each field is of its type. A group of no substring, or of an empty one, would never or always hold."""
    gold, key = raw["gold"], raw["id"]
    return {
        "id": isinstance(key, str | int) and not isinstance(key, bool),
        **{field: isinstance(raw[field], str) for field in _WORDS},
        "expect": isinstance(raw["expect"], str),
        "gold": isinstance(gold, list)
        and all(isinstance(group, list) and group and all(map(_is_substring, group)) for group in gold),
        "either": isinstance(raw.get("either", False), bool),
    }


def _is_substring(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
