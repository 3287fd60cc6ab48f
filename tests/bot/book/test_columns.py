"""Tables in the terminal: columns stand below each other, whatever stands in them."""

import pytest
from prompt_toolkit.utils import get_cwidth

from bot.commands.columns import shown, table, width


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("abc", 3),
        ("街道", 4),
        ("𠮷㛃", 4),
        ("😀", 2),
        ("，。", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("葛\U000e0100", 2),
        ("", 0),
    ],
)
def test_a_chinese_character_takes_two_places(text: str, places: int) -> None:
    assert width(text) == places
    if "\U000e0100" not in text:  # which the other table does not know
        assert get_cwidth(text) == places


def test_columns_are_aligned_and_numbers_stand_to_the_right() -> None:
    said = table([("白云里小区", 7, "a"), ("红", 1200, "")], ("小区", "席位", "x"))
    assert said.splitlines() == ["小区        席位  x", "白云里小区     7  a", "红          1200"]


def test_a_table_without_rows_is_its_heads() -> None:
    assert table([], ("编号 id", "谁 who")) == "编号 id  谁 who"


def test_nothing_in_a_cell_is_obeyed_by_the_terminal() -> None:
    said = table([("张\x1b[2J\n三\u202e",)], ("谁",))
    assert said.isprintable() is False and said.splitlines()[1] == "张<U+001B>[2J<U+000A>三<U+202E>"
    assert shown("张三 <b>") == "张三 <b>"
