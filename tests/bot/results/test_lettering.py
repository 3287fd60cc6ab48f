"""Lettering: lines fit into their room, break where one may break them, and lose nothing but what a … stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.results.lettering import cut, width, wrapped

SIGNS = "参加者，同意（《民法典》第278条）。abc 12.34/ W…“”\u0301"


@given(st.text(SIGNS, max_size=80), st.integers(60, 600))
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = wrapped(text, 20, room)
    assert all(width(line, 20) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(SIGNS, max_size=80), st.integers(60, 300), st.integers(1, 3))
def test_no_more_lines_than_there_is_room_for_and_a_sign_for_what_is_left_out(text: str, room: int, most: int) -> None:
    whole, lines = wrapped(text, 20, room), wrapped(text, 20, room, most)
    assert len(lines) <= most and all(width(line, 20) <= room for line in lines)
    if len(whole) > most:
        assert lines[: most - 1] == whole[: most - 1] and lines[-1].endswith("…")
    else:
        assert lines == whole


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五，六", ["一二三四", "五，六"]),
        ("一二三四（五六）", ["一二三四", "（五六）"]),
        ("three words here", ["three", "words", "here"]),
        ("一二 12.34㎡", ["一二", "12.34㎡"]),
    ],
)
def test_lines_break_where_one_may_break_them(text: str, lines: list[str]) -> None:
    assert wrapped(text, 20, 90) == lines


def test_pieces_are_kept_whole_where_they_can_be() -> None:
    assert wrapped(["同意5，", "不同意4，", "弃权1"], 20, 120) == ["同意5，", "不同意4，", "弃权1"]
    assert wrapped(["一二三四五六"], 20, 90) == ["一二三四", "五六"]


def test_what_is_too_long_for_a_line_ends_in_a_sign() -> None:
    assert cut("一二三四五六", 20, 90) == "一二三…"
    assert cut("一二", 20, 90) == "一二"
    assert cut("W" * 50, 20, 5) == "W…"  # never nothing at all
