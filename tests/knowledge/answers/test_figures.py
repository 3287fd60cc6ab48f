"""Figures: sums of money and areas are read back however they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers.findings import figures
from knowledge.words import fold
from tests.lengths import examples

NUMERALS = "零一二三四五六七八九"


def han(number: int) -> str:
    """A number below a hundred million as it is written out in Chinese: 三百零五, 十二万."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        nought = "零" if 0 < low < 1000 else ""
        return f"{han(high)}万{nought}{han(low) if low else ''}"
    said, begun, gap = "", False, False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            said += ("零" if gap else "") + NUMERALS[digit] + name
            begun, gap = True, False
        else:
            gap = begun
    return said


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(st.integers(1, 99_999_999))
def test_a_sum_of_money_is_read_back_however_it_is_written(yuan: int) -> None:
    written = [f"{yuan}元", f"{yuan:,}元", f"{yuan}块钱", f"{yuan} yuan", f"{yuan:,} RMB", f"￥{yuan}", f"¥{yuan:,}"]
    for text in written:
        assert figures(fold(f"投资{text}的工程")) == {"yuan": yuan}, text
    for scale, worth in (("万元", 10_000), ("百万元", 1_000_000), ("万", 10_000), ("千元", 1000), ("k yuan", 1000)):
        assert figures(fold(f"工程{yuan}{scale}")) == {"yuan": yuan * worth}, scale
    for scale, worth in (("thousand", 1000), ("million", 1_000_000)):
        assert figures(fold(f"a project of {yuan:,} {scale} yuan")) == {"yuan": yuan * worth}, scale


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(st.integers(1, 9_999_999))
def test_an_area_is_read_back_in_every_unit(area: int) -> None:
    for unit in ("平方米", "平米", "平方", "平", "㎡", "m²", "m2", " sqm", " sq m", " square metres", " square meters"):
        assert figures(fold(f"面积{area}{unit}")) == {"square-metres": area}, unit
        assert figures(fold(f"area {area:,}{unit}")) == {"square-metres": area}, unit


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(st.integers(1, 99_999_999).filter(lambda number: "零" not in han(number)))
def test_a_number_in_chinese_numerals_is_read_back(number: int) -> None:
    assert figures(f"投资{han(number)}元") == {"yuan": number}
    assert figures(f"面积{han(number)}平方米") == {"square-metres": number}


@pytest.mark.parametrize("number", [305, 2008, 100_500, 3_000_050])
def test_a_numeral_with_a_nought_in_it_is_read_whole(number: int) -> None:
    assert figures(f"面积{han(number)}平方米") == {"square-metres": number}


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("￥30万", 300_000), ("2千万元", 20_000_000), ("三十万的工程", 300_000), ("RMB 300,000", 300_000)],
)
def test_scales_and_signs_of_money_go_together(text: str, yuan: int) -> None:
    assert figures(fold(text)) == {"yuan": yuan}


@pytest.mark.parametrize("text", ["１２万元", "12万元", "12 万元", "十二万元", "12万元，就是120000元"])
def test_a_sum_is_read_in_any_width_and_twice_the_same_is_one(text: str) -> None:
    assert figures(fold(text)) == {"yuan": 120_000}


@pytest.mark.parametrize("text", ["", "1985年的楼", "六层", "70岁", "2栋楼3个单元", "50%", "12345"])
def test_a_number_of_something_else_is_no_figure(text: str) -> None:
    assert figures(fold(text)) == {}


def test_of_several_sums_none_counts() -> None:
    assert figures(fold("两个工程，一个50万400平，一个10万100平")) == {}
    assert figures(fold("一个50万，一个10万，都是300平米")) == {"square-metres": 300}


@pytest.mark.parametrize(
    "text", ["不到300平", "300平以下", "300平方米以内", "近300平米", "under 300 sqm", "less than 300 square metres"]
)
def test_a_figure_that_is_said_to_be_less_is_below_itself(text: str) -> None:
    (area,) = figures(fold(text)).values()
    assert 299 < area < 300
