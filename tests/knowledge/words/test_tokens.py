"""Tokens: what search counts in a text."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import fold, tokens


def test_han_characters_are_counted_alone_and_in_pairs() -> None:
    assert sorted(tokens("加装电梯")) == sorted(["加", "装", "电", "梯", "加装", "装电", "电梯"])
    assert tokens("楼") == ["楼"]


def test_pairs_do_not_reach_over_what_stands_between() -> None:
    assert "楼装" not in tokens("我们楼，装电梯")
    assert "楼装" not in tokens("我们楼2018装电梯")


def test_repeated_characters_are_repeated_tokens() -> None:
    assert tokens("楼楼楼") == ["楼", "楼", "楼", "楼楼", "楼楼"]


def test_english_is_counted_by_stems_and_numbers_as_they_are() -> None:
    assert tokens("the lifts were inspected in 2018") == tokens("the lift were inspect in 2018")
    assert "2018" in tokens("西政办发〔2018〕4号") and "4" in tokens("西政办发〔2018〕4号")
    assert tokens("owners' committee's") == tokens("owner committee")


def test_signs_alone_are_nothing() -> None:
    assert tokens("，。？！ 😀 --") == []


@given(st.text(st.characters()))
def test_any_text_gives_fewer_tokens_than_twice_its_length(text: str) -> None:
    folded = fold(text)
    found = tokens(folded)
    assert all(found)
    assert len(found) <= 2 * len(folded)
