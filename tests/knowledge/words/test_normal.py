"""Folding: one way of writing for whatever is typed, and the language that it is put in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.words import fold, language

ANY = st.text(st.characters())  # lone surrogates too


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("我們樓能裝電梯嗎？", "我们楼能装电梯吗?"),
        ("加裝電梯要經過業主委員會同意嗎", "加装电梯要经过业主委员会同意吗"),
        ("後面的車庫髒亂，裡面沒有燈", "后面的车库脏乱,里面没有灯"),
        ("頭髮和發展", "头发和发展"),
        ("这楼是１９８５年建的", "这楼是1985年建的"),
        ("Ｗｉｆｉ　太慢！", "wifi 太慢!"),
        ("Can MY Building Get An ELEVATOR?", "can my building get an elevator?"),
        ("the owners’ committee", "the owners' committee"),
        ("①楼 50㎡", "1楼 50m2"),
        ("ﬁre ﬁghters", "fire fighters"),
    ],
)
def test_width_traditional_characters_and_case_are_folded_away(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("typed", ["我们楼能装电梯吗", "“十二五”期间改造过的小区", "什么叫六治七补三规范、准物业管理"])
def test_plain_simplified_text_stays_as_it_is(typed: str) -> None:
    assert fold(typed) == typed


@pytest.mark.parametrize(
    "space", [" ", "  ", "\t", "\n", "\r\n", "\u3000", "\u00a0", "\u2028", "\u2029", "\x85", "\x0b", "\x1f", " \u200b "]
)
def test_white_space_of_any_kind_becomes_one_space(space: str) -> None:
    assert fold(f"{space}电梯{space}停车{space}") == "电梯 停车"


@pytest.mark.parametrize(
    "nothing",
    [
        *("\x00", "\x07", "\x1b", "\x7f", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u00ad"),
        *("\ud83d", "\udc00", "\ue000", "\ufdd0", "\U000e0041", "\U0010ffff"),
    ],
)
def test_what_cannot_be_read_vanishes(nothing: str) -> None:
    assert fold(f"{nothing}加装{nothing}电{nothing}梯{nothing}") == "加装电梯"
    assert fold(nothing) == ""


def test_bytes_that_broke_on_the_way_leave_the_rest_readable() -> None:
    broken = "能装电梯吗".encode()[:-1] + b"\xff"
    assert fold(broken.decode(errors="surrogateescape")) == "能装电梯"
    assert fold(broken.decode(errors="replace")).startswith("能装电梯")
    assert fold(broken.decode("latin-1"))  # nonsense, but no error


@given(ANY)
@example("\ud800\udfff")
@example("\u0301" * 50)
@example("\ufdfa" * 20)  # one character that NFKC writes as eighteen
def test_any_text_is_folded_to_readable_characters_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    folded.encode()  # raises if a surrogate is left
    assert not any(char.isspace() and char != " " for char in folded)
    assert folded == folded.lower()


@given(st.text("加裝电梯業主垃圾車後裡Ａa１ \t\n\u3000\u200b\ud83dé’ﬁ①㎡İ？，"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cafe\u200b\u0301", id="a zero-width character stood between a letter and its accent"),
        pytest.param("薴", id="a Traditional character whose simplified form is Traditional for another"),
    ],
)
def test_folding_twice_is_folding_once_in_odd_corners(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("加装电梯 dianti2018", max_size=20), st.integers(2, 5))
def test_the_parts_of_a_text_are_folded_like_the_whole(text: str, times: int) -> None:
    """Nothing depends on what stands far away, so work cannot grow faster than the text."""
    assert fold("\n; ".join([text] * times)).split() == " ; ".join([fold(text)] * times).split()


@pytest.mark.parametrize(
    "question",
    [
        "我们楼能装电梯吗？",
        "電梯",
        "wo men lou neng zhuang dianti ma",
        "dianti",
        "Dianti neng zhuang ma?",
        "fangdaochuang yao chai ma",
        "women xiaoqu you yeweihui",
        "lvhua shui guan",
        "我们楼 dianti 能装吗",
        "elevator 能装吗",
        "我家的 wifi 太慢",
    ],
)
def test_han_and_pinyin_are_chinese(question: str) -> None:
    assert language(fold(question)) == "zh"


@pytest.mark.parametrize(
    "question",
    [
        "can my building get an elevator?",
        "Who pays?",
        "elevator",
        "is it free",
        "What can be done about the GARBAGE in our yard",
        "do we have a say in it",
        "who can change the fan",
        "dianti please",
        "where is Xicheng",
    ],
)
def test_english_is_english_though_pinyin_stands_in_it(question: str) -> None:
    assert language(fold(question)) == "en"


@pytest.mark.parametrize("question", ["", "12345", "2018-2020", "😀", "？？！", "50%", "👍🏽 1", "＊"])
def test_digits_signs_and_emoji_alone_are_taken_for_chinese(question: str) -> None:
    assert language(fold(question)) == "zh"


@given(ANY)
def test_any_text_has_one_of_two_languages(text: str) -> None:
    assert language(fold(text)) in ("zh", "en")
