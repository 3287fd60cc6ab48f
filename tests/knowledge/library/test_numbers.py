"""Numbers in sentences: what counts as one, in digits and in words, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library.numbers import numbers_en, numbers_in_clause, numbers_zh


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("一共二十六项基础类", {26}),
        ("六治七补三规范，十二项必做", {12}),
        ("分两类，八项自选", {2, 8}),
        ("经第46次区政府常务会议同意", {46}),
        ("投资额30万元以上、300平方米以上", {300_000, 300}),
        ("2.5万户", {25_000}),
        ("1,500户，12,000人", {1500, 12_000}),
        ("2018年6月11日，文号4号", {2018, 6, 11, 4}),
        ("没达到民用建筑节能标准50%的", {50}),
        ("开三百二十个车位", {320}),
        ("２０１８年", {2018}),
        ("市区两级财政负担", {2}),
        ("一百二十户", {120}),
        ("一共十一项", {11}),
        ("二十一个街道", {21}),
        ("三十万元以上", {300_000}),
    ],
)
def test_numbers_of_a_chinese_sentence(sentence: str, numbers: set[float]) -> None:
    assert numbers_zh(sentence) == numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "大家一起商量",
        "写一份方案",
        "“十二五”以来",
        "一定要统一规整",
        "六治七补三规范",
        "万一没有业委会",
        "",
    ],
)
def test_grammar_and_names_are_no_numbers(sentence: str) -> None:
    assert numbers_zh(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("The plan has two classes and twelve basic items.", {2, 12}),
        ("approved by the 46th executive meeting", {46}),
        ("projects of 300,000 yuan and 300 square metres", {300_000, 300}),
        ("300 thousand yuan", {300_000}),
        ("0.5 million", {500_000}),
        ("the Twelfth Five-Year Plan, 2011–2015", {12, 5, 2011, 2015}),
        ("below 50% of the civil standard, built after 1990", {50, 1990}),
        ("half of the owners, a dozen of them, twice", {0.5, 12, 2}),
        ("Dated 11 June 2018 (2018年6月11日, 十二五).", {11, 2018, 6}),
        ("thirty-four items", {34}),
        ("twenty items", {20}),
        ("three hundred square metres", {300}),
    ],
)
def test_numbers_of_an_english_sentence(sentence: str, numbers: set[float]) -> None:
    assert numbers_en(sentence) == numbers


@pytest.mark.parametrize(
    "sentence", ["One of the owners is none the wiser.", "often, tent, network, weight, sixpack", ""]
)
def test_letters_inside_other_words_are_no_numbers(sentence: str) -> None:
    assert numbers_en(sentence) == set()


def test_a_clause_lends_every_number_that_can_be_read_in_it() -> None:
    assert numbers_in_clause("工程投资额在30万元以上且建筑面积在300平方米以上") == {300_000, 300}
    assert numbers_in_clause("主要实施“六治七补三规范”") == {6, 7, 3}
    assert numbers_in_clause("由市区两级财政投入") == {2}
    assert numbers_in_clause("拆除违法建设") == set()


HAN = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number from 2 to 999 in characters, as it is said."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{HAN[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else HAN[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (HAN[ones] if ones else "")


@given(st.integers(2, 999).filter(lambda number: not {"一", "零"} & set(spelled(number))))
def test_a_number_is_the_same_in_digits_and_in_characters(number: int) -> None:
    assert numbers_zh(f"一共{spelled(number)}项") == numbers_zh(f"一共{number}项") == {number}
    assert numbers_in_clause(f"共{spelled(number)}项") == {number}


@given(st.integers(0, 10**9))
def test_commas_in_digits_make_no_difference(number: int) -> None:
    assert numbers_zh(f"{number:,}元") == numbers_en(f"{number:,} yuan") == numbers_in_clause(f"{number}元") == {number}


@given(st.text(st.characters()) | st.text("零一二两十百千万项年0123456789,.点 "))
def test_any_text_has_numbers_or_none_but_raises_nothing(text: str) -> None:
    for numbers in (numbers_zh(text), numbers_en(text), numbers_in_clause(text)):
        assert all(number >= 0 for number in numbers)
