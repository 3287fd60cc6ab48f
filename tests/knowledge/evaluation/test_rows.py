"""Reading a questions file: what is a row, and which line is none and why."""

import json
from typing import Any

import pytest

from knowledge.evaluation import BadRow, Row, read

GOOD: dict[str, Any] = {
    "id": "A1",
    "question": "谁出钱",
    "lang": "zh",
    "style": "plain",
    "expect": "answer",
    "gold": [["由财政负担", "财政"], ["协商"]],
}


def line(**changes: Any) -> str:
    """A good line with some fields changed; one changed to ... is left out."""
    fields = {key: value for key, value in (GOOD | changes).items() if value is not ...}
    return json.dumps(fields, ensure_ascii=False)


def test_a_row_is_read_whole_and_other_fields_are_passed_over() -> None:
    (row,) = read(line(style="typo", lang="en", expect="dialog", either=True, persona="resident"))
    assert row == Row("A1", "谁出钱", "dialog", (("由财政负担", "财政"), ("协商",)), True, "typo", "en")


def test_either_is_no_where_it_is_not_written() -> None:
    assert [row.either for row in read(line())] == [False]


def test_rows_stand_in_order_and_empty_lines_are_passed_over() -> None:
    text = "\n" + line(id="b") + "\r\n  \n" + line(id=1) + "\n" + line(id="1") + "\n\n"
    assert [row.id for row in read(text)] == ["b", 1, "1"]
    assert read("") == read(" \n\n") == []


def test_only_line_feeds_end_a_line() -> None:
    """U+2028 and the like may stand in a JSON string as they are."""
    assert [row.question for row in read(line(question="谁\u2028出\x85钱"))] == ["谁\u2028出\x85钱"]


@pytest.mark.parametrize(
    ("faulty", "zh", "en"),
    [
        ("{", "不是有效的 JSON", "is not JSON"),
        ("谁出钱", "不是有效的 JSON", "is not JSON"),
        ("[" * 100_000, "不是有效的 JSON", "is not JSON"),
        (line() + line(), "不是有效的 JSON", "is not JSON"),
        ("[]", "不是一个对象", "is not an object"),
        *((line(**{field: ...}), f"缺 {field}", f"lacks {field}") for field in GOOD),
        (line(lang=..., gold=...), "缺 lang、gold", "lacks lang, gold"),
        (line(id=None), "的 id 写法不对", "has no usable id"),
        (line(id=True), "的 id 写法不对", "has no usable id"),
        (line(question=3), "的 question 写法不对", "has no usable question"),
        (line(style=None), "的 style 写法不对", "has no usable style"),
        (line(expect=["answer"]), "的 expect 写法不对", "has no usable expect"),
        (line(either="yes"), "的 either 写法不对", "has no usable either"),
        (line(gold="财政"), "的 gold 写法不对", "has no usable gold"),
        (line(gold=["财政"]), "的 gold 写法不对", "has no usable gold"),
        (line(gold=[["财政", 3]]), "的 gold 写法不对", "has no usable gold"),
        (line(gold=[["财政"], []]), "的 gold 写法不对", "has no usable gold"),
        (line(gold=[["财政", " "]]), "的 gold 写法不对", "has no usable gold"),
        (line(expect="reply"), "的 expect 不是", "expects none of answer, dialog, abstain"),
        (line(expect="abstain"), "自相矛盾", "expects abstain, but has gold"),
        (line(expect="abstain", gold=[], either=True), "自相矛盾", "expects abstain, but has gold or either"),
        (line(expect="answer", gold=[]), "自相矛盾", "expects answer, but has no gold"),
        (line(expect="dialog", gold=[]), "自相矛盾", "expects dialog, but has no gold"),
        (line(id="first"), "的 id 与第1行重复", "repeats the id of line 1"),
    ],
)
def test_a_line_that_is_no_row_is_named_with_what_is_wrong(faulty: str, zh: str, en: str) -> None:
    with pytest.raises(BadRow) as raised:
        read(f"{line(id='first')}\n\n{faulty}\n{line(id='last')}\n{{")
    said = str(raised.value)
    assert raised.value.line == 3 and "\n" not in said
    assert f"第3行{zh}" in said and f"Line 3 {en}" in said
