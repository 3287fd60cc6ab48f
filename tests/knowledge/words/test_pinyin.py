"""Sounds: what is pinyin and what is English, where one syllable ends, and how a word may be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import fold
from knowledge.words.pinyin import is_pinyin, sounds, spellings, split, syllables


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("dianti", "dian ti"),
        ("fangdaochuang", "fang dao chuang"),
        ("yezhuweiyuanhui", "ye zhu wei yuan hui"),
        ("laojiuxiaoqu", "lao jiu xiao qu"),
        ("tingchewei", "ting che wei"),
        ("jiazhuang", "jia zhuang"),
        ("lvhua", "lv hua"),
        ("ertong", "er tong"),
        ("zhuang", "zhuang"),
    ],
)
def test_typed_pinyin_is_split_into_its_syllables(word: str, parts: str) -> None:
    assert split(word) == tuple(parts.split())


def test_letters_that_can_be_cut_in_two_ways_are_cut_into_the_fewest_syllables() -> None:
    assert split("xian") == ("xian",)
    assert split("jie") == ("jie",)
    assert split("tiananmen") == ("tian", "an", "men")  # not ti-a-nan-men


@pytest.mark.parametrize("word", ["elevator", "lift", "diantix", "zh", "ng", "q", "vvv"])
def test_letters_that_are_no_pinyin_are_not_split(word: str) -> None:
    assert split(word) is None


@given(
    st.lists(st.sampled_from("dian ti fang dao chuang che wei lou er xian zhuang lv".split()), min_size=1, max_size=8)
)
def test_whatever_is_typed_in_syllables_splits_into_no_more_than_those(parts: list[str]) -> None:
    word = "".join(parts)
    found = split(word)
    assert found is not None
    assert "".join(found) == word
    assert len(found) <= len(parts)


@pytest.mark.parametrize(
    "text",
    [
        "dianti",
        "wo men lou neng zhuang dianti ma",
        "dianti zenme zhuang?",
        "tian'anmen",
        "shi bu shi yao chai",
        "ni hao",
    ],
)
def test_text_whose_every_word_is_pinyin_is_pinyin(text: str) -> None:
    assert is_pinyin(text)


@pytest.mark.parametrize(
    "text",
    [
        "can my building get an elevator",
        "who pays",
        "do we pay",
        "the men can change the fan",  # each word but "the" is letters that pinyin has too
        "we can do it",
        "is the dance hall on the list",
        "can you name a bank",
        "my bike",
        "women are nice",
        "lou ding elevator",
        "xian",  # one syllable says nothing
        "a",
        "hi",
        "12345",
        "",
        "?!",
    ],
)
def test_plain_english_is_no_pinyin_whatever_its_words_look_like(text: str) -> None:
    assert not is_pinyin(text)


def test_a_word_without_end_is_no_pinyin() -> None:
    assert not is_pinyin("dianti" * 1000)
    assert syllables("dianti" * 1000) == []


def test_syllables_of_han_characters_stand_where_the_characters_stand() -> None:
    assert syllables("装 电梯") == [("zhuang", 0, 1), ("dian", 2, 3), ("ti", 3, 4)]


def test_syllables_of_a_pinyin_word_share_the_words_place() -> None:
    assert syllables("装dianti吗") == [("zhuang", 0, 1), ("dian", 1, 7), ("ti", 1, 7), ("ma", 7, 8)]
    assert syllables("dian ti") == [("dian", 0, 4), ("ti", 5, 7)]


def test_english_words_and_digits_have_no_syllables() -> None:
    assert syllables("lift 2018 elevator!") == []


@given(st.text(st.characters()) | st.text("dianti xi'an电梯重 1,"))
def test_the_syllables_of_any_text_stand_in_it_in_order(text: str) -> None:
    folded = fold(text)
    places = [(start, end) for _, start, end in syllables(folded)]
    assert all(0 <= start < end <= len(folded) for start, end in places)
    assert places == sorted(places)


@pytest.mark.parametrize(("text", "parts"), [("fang'an", ["fang", "an"]), ("xi'an", ["xi", "an"])])
def test_an_apostrophe_begins_a_syllable(text: str, parts: list[str]) -> None:
    assert [part for part, _, _ in syllables(text)] == parts


def test_a_character_has_its_readings_without_tones() -> None:
    assert sounds("梯") == ("ti",)
    assert sounds("女")[0] == "nv"
    assert {"zhong", "chong"} <= set(sounds("重"))
    assert sounds("a") == sounds("，") == ()


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("电梯", "dian ti"),
        ("重建", "zhong jian"),
        ("重建", "chong jian"),
        ("绿化", "lv hua"),
        ("长椅", "chang yi"),
        ("车位", "che wei"),
        ("扩建", "kuo jian"),
    ],
)
def test_a_word_is_spelled_with_the_second_readings_of_its_characters_too(word: str, spelling: str) -> None:
    assert tuple(spelling.split()) in spellings(word)


def test_a_word_with_many_readings_has_few_spellings() -> None:
    assert len(spellings("重长行乐" * 3)) == 4
    assert len(spellings("重长行乐", limit=2)) == 2
    assert all(len(way) == 4 for way in spellings("重长行乐"))


def test_a_word_with_a_sign_in_it_has_no_spelling() -> None:
    assert spellings("A座") == ()
    assert spellings("委、办、局") == ()
