"""Spotting: a vocabulary's words are found however they are typed, and nothing is found that nobody meant."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.words import Spot, Vocabulary, fold
from knowledge.words.english import stem
from knowledge.words.spot import EXACT, SLIP, SOUND

CHINESE = {
    "elevator": ["电梯", "加装电梯", "上下楼设施"],
    "window-bars": ["防盗窗", "护栏", "防盗护栏"],
    "renovation": ["改造", "整治", "综合整治"],
    "redone": ["二次改造", "以前改过"],
    "garbage": ["垃圾", "垃圾分类"],
    "waste-station": ["垃圾清洁站"],
    "station": ["清洁站"],
    "rebuild": ["重建", "拆除重建"],
    "solar": ["太阳能热水器"],
    "seismic": ["抗震加固"],
    "old-building": ["旧楼改造"],
    "committee": ["业主委员会", "业委会"],
    "carry-out": ["实施"],
    "street": ["街道办事处", "街道"],
    "office": ["街道办事处"],
    "wifi": ["wifi", "无线网"],
    "phone": ["12345"],
}
ENGLISH = {
    "elevator": ["elevator", "lift"],
    "window-bars": ["window bars", "bars"],
    "redone": ["redone before"],
    "garbage": ["garbage", "waste sorting"],
    "abandoned-bicycle": ["abandoned bicycle", "bike"],
    "heating": ["heating"],
    "committee": ["owners' committee"],
    "air": ["a/c", "air-con"],
    "planning": ["planning commission"],
    "facility": ["facility"],
    "house": ["houses"],
    "water": ["water pipe"],
    "permit": ["building permit"],
    "storm": ["storm drain"],
    "phone": ["12345"],
}
WORDS = Vocabulary(CHINESE, ENGLISH)


def spots(text: str, known: Sequence[tuple[int, int]] = ()) -> list[Spot]:
    return WORDS.spot(fold(text), known)


def keys(text: str) -> set[str]:
    return {spot.key for spot in spots(text)}


def found(text: str, key: str) -> tuple[str, float]:
    """Where and how surely `key` was found: the stretch of the text, and the strength."""
    best = max((spot for spot in spots(text) if spot.key == key), key=lambda spot: spot.strength)
    return fold(text)[best.start : best.end], best.strength


# ---- as written


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("我们楼能装电梯吗？", "elevator", "电梯"),
        ("電梯甚麼時候裝", "elevator", "电梯"),
        ("防盗窗要拆吗", "window-bars", "防盗窗"),
        ("家里的ＷｉＦｉ太慢", "wifi", "wifi"),
        ("能打12345吗", "phone", "12345"),
        ("没有业委会怎么办", "committee", "业委会"),
    ],
)
def test_a_word_is_found_where_it_stands(text: str, key: str, stretch: str) -> None:
    assert found(text, key) == (stretch, EXACT)


def test_every_place_of_a_word_is_found() -> None:
    assert [(s.key, s.start, s.end) for s in spots("电梯坏了修电梯")] == [("elevator", 0, 2), ("elevator", 5, 7)]


def test_a_word_of_two_keys_is_found_for_both() -> None:
    assert {"street", "office"} == keys("街道办事处管吗")


@pytest.mark.parametrize(
    ("text", "wanted", "stretch"),
    [
        ("垃圾清洁站在哪", "waste-station", "垃圾清洁站"),
        ("垃圾分类怎么做", "garbage", "垃圾分类"),
        ("我们要加装电梯", "elevator", "加装电梯"),
        ("能不能二次改造", "redone", "二次改造"),
        ("拆除重建要谁批", "rebuild", "拆除重建"),
    ],
)
def test_the_longest_word_wins_over_those_inside_it(text: str, wanted: str, stretch: str) -> None:
    assert [(s.key, fold(text)[s.start : s.end], s.strength) for s in spots(text)] == [(wanted, stretch, EXACT)]


def test_a_text_without_any_word_gives_nothing() -> None:
    assert spots("今天天气真好，我想吃饺子") == []
    assert spots("thank you very much, goodbye") == []
    assert spots("") == spots("😀👍🏽") == []


# ---- by sound


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("防道窗能不能拆", "window-bars", "防道窗"),
        ("谢谢业位会", "committee", "业位会"),
        ("防到闯", "window-bars", "防到闯"),  # the sound is enough
        ("街道般是处", "street", "街道般是处"),
        ("街到办是处管吗", "street", "街到办是处"),
    ],
)
def test_a_homophone_is_heard(text: str, key: str, stretch: str) -> None:
    assert found(text, key) == (stretch, SOUND)


@pytest.mark.parametrize("text", ["店题在哪里", "事实上不行", "接到通知了吗", "拉极了", "中间有人"])
def test_two_characters_that_only_sound_alike_are_another_word(text: str) -> None:
    assert spots(text) == []


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("dianti", "elevator", "dianti"),
        ("women lou neng zhuang dianti ma", "elevator", "dianti"),
        ("neng zhuang dian ti ma?", "elevator", "dian ti"),
        ("fangdaochuang yao chai ma", "window-bars", "fangdaochuang"),
        ("yezhu weiyuanhui shui ding", "committee", "yezhu weiyuanhui"),
        ("lou yao chongjian ma", "rebuild", "chongjian"),
        ("DIANTI neng zhuang ma", "elevator", "dianti"),
        ("我家fangdaochuang能拆吗", "window-bars", "fangdaochuang"),
        ("我们楼 dianti 坏了", "elevator", "dianti"),
        ("装 dian ti 要多久", "elevator", "dian ti"),
        ("防盗chuang要拆吗", "window-bars", "防盗chuang"),
    ],
)
def test_pinyin_is_heard_in_whole_questions_and_inside_chinese(text: str, key: str, stretch: str) -> None:
    assert found(text, key) == (stretch, SOUND)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我家dianti坏了", ["elevator"]),
        ("事实上没有dianti", ["elevator"]),
        ("电梯和dianti", ["elevator", "elevator"]),
        ("我家fangdaochuang能拆吗", ["window-bars"]),
    ],
)
def test_pinyin_in_a_chinese_text_is_found_once_and_bends_nothing_else(text: str, wanted: list[str]) -> None:
    assert [spot.key for spot in spots(text)] == wanted


# ---- with a slip


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("我要加装电棒", "elevator", "加装电棒"),  # the last one wrong
        ("楼要抗震架固", "seismic", "抗震架固"),
        ("抗振加固要谁批", "seismic", "抗振加固"),  # one inside wrong
        ("垃坂分类谁负责", "garbage", "垃坂分类"),
        ("街道办处在哪", "street", "街道办处"),  # one missing
        ("垃圾清清洁站", "waste-station", "垃圾清清洁站"),  # one too many
        ("防盗护拦能装吗", "window-bars", "防盗护拦"),
    ],
)
def test_one_wrong_missing_or_extra_character_in_a_long_word_is_forgiven(text: str, key: str, stretch: str) -> None:
    assert found(text, key)[0] == stretch
    assert SLIP <= found(text, key)[1] < EXACT


@pytest.mark.parametrize("text", ["抗倒加牢", "垃桶分累", "街通办公处"])
def test_two_slips_are_too_many(text: str) -> None:
    assert spots(text) == []


@pytest.mark.parametrize(("text", "key"), [("装太阳能热水机", "solar"), ("业主委负会", "committee")])
def test_a_word_may_hold_characters_that_are_grammar_elsewhere(text: str, key: str) -> None:
    assert key in keys(text)


def test_a_slip_is_no_more_than_a_slip() -> None:
    assert found("加装电棒", "elevator") == ("加装电棒", SLIP)


@pytest.mark.parametrize("text", ["防窃窗要拆吗", "装电话", "护理", "重来"])
def test_words_of_two_or_three_characters_have_no_slips(text: str) -> None:
    assert spots(text) == []


@pytest.mark.parametrize("text", ["这次改造谁出钱", "每次改造都问", "再次改造", "这楼改造", "我楼改造"])
def test_where_a_grammar_word_differs_another_word_was_meant(text: str) -> None:
    assert [(s.key, s.word) for s in spots(text)] == [("renovation", "改造")]


def test_a_word_with_a_slip_hides_the_short_words_that_happen_to_stand_inside() -> None:
    assert keys("垃圾轻洁站在哪") == {"waste-station"}


def test_beside_a_word_that_stands_as_it_is_no_other_word_is_guessed() -> None:
    """What is left of the longer word is a character or two: too little to tell it from others."""
    assert keys("老楼改造") == {"renovation"}


def test_no_slip_is_suspected_in_what_is_understood_already() -> None:
    text = "加装电棒的事"
    assert {spot.key for spot in spots(text)} == {"elevator"}
    assert spots(text, known=[(0, 4)]) == []
    assert {spot.key for spot in spots(text, known=[(4, 6)])} == {"elevator"}
    assert spots("装防到闯吗", known=[(1, 4)]) == []


def test_what_is_written_right_is_found_also_in_what_is_understood_already() -> None:
    assert {spot.key for spot in spots("装电梯吗", known=[(0, 4)])} == {"elevator"}


def test_the_surer_the_reading_the_stronger_the_spot() -> None:
    strengths = [found(text, "elevator")[1] for text in ("加装电梯", "加装店梯", "加装电棒")]
    assert strengths == sorted(strengths, reverse=True)
    assert 1 == EXACT > SOUND > SLIP > 0
    assert found("elevator", "elevator")[1] == EXACT > found("elevater", "elevator")[1] == SLIP


# ---- English


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("Can my building get an elevator?", "elevator", "elevator"),
        ("who mends the lifts", "elevator", "lifts"),
        ("must the WINDOW  BARS go", "window-bars", "window bars"),
        ("our window bar is rusty", "window-bars", "window bar"),
        ("abandoned bicycles everywhere", "abandoned-bicycle", "abandoned bicycles"),
        ("the owners' committee's vote", "committee", "owners' committee's"),
        ("the owners’ committee", "committee", "owners' committee"),
        ("which facilities are there", "facility", "facilities"),
        ("our house is old.", "house", "house"),
        ("does it cover the A/C?", "air", "a/c"),
        ("is the air-con tidied", "air", "air-con"),
        ("was it redone before", "redone", "redone before"),
        ("can I call 12345", "phone", "12345"),
        ("我们楼能装 lift 吗", "elevator", "lift"),
        ("is there heating", "heating", "heating"),
    ],
)
def test_an_english_word_or_phrase_is_found_with_any_ending(text: str, key: str, stretch: str) -> None:
    assert found(text, key) == (stretch, EXACT)


def test_of_english_phrases_the_longest_wins_too() -> None:
    assert [(s.start, s.end) for s in spots("are window bars allowed")] == [(4, 15)]


def test_a_phrase_needs_all_its_words_in_order() -> None:
    assert spots("sorting of the waste") == []
    assert "redone" not in keys("before it is redone")


@pytest.mark.parametrize(
    ("text", "key", "stretch"),
    [
        ("can we get an elevater", "elevator", "elevater"),
        ("an elevtor please", "elevator", "elevtor"),
        ("who takes the garbge", "garbage", "garbge"),
        ("the planning comision says", "planning", "planning comision"),
        ("abandonned bicylce", "abandoned-bicycle", "abandonned bicylce"),
        ("the owners' comittee", "committee", "owners' comittee"),
    ],
)
def test_a_misspelled_english_word_is_found_less_surely(text: str, key: str, stretch: str) -> None:
    assert found(text, key) == (stretch, SLIP)


@pytest.mark.parametrize(
    "text",
    [
        "where is the house",  # "where" and "house" stay what they are
        "where were those",
        "when the matter starts",
        "the horse is under the store",
        "he is after the story",
        "nobody may waste a state",
    ],
)
def test_everyday_english_is_never_corrected_into_a_word_of_the_policy(text: str) -> None:
    assert keys(text) <= {"house"}
    assert all(spot.strength == EXACT for spot in spots("where is the house"))


@pytest.mark.parametrize(
    ("everyday", "near"),
    [
        ("water", "wafer"),
        ("story", "storm"),
        ("count", "court"),
        ("today", "toddy"),
        ("major", "manor"),
        ("quiet", "quilt"),
        ("sleep", "steep"),
        ("under", "udder"),
        ("matter", "mutter"),
        ("person", "parson"),
        ("change", "charge"),
        ("chance", "change"),
        ("please", "pleads"),
    ],
)
def test_an_everyday_word_is_no_misspelling_of_the_one_beside_it(everyday: str, near: str) -> None:
    vocabulary = Vocabulary({}, {"near": [near]})
    assert vocabulary.spot(f"our {near}")
    assert vocabulary.spot(f"our {everyday}") == []


@pytest.mark.parametrize(
    ("text", "far"), [("bats", "bars"), ("lyft", "lift"), ("relevator", "elevator"), ("girbege", "garbage")]
)
def test_short_words_first_letters_and_two_slips_are_not_guessed(text: str, far: str) -> None:
    assert Vocabulary({}, {"word": [far]}).spot(text) == []


@pytest.mark.parametrize(
    ("text", "key"), [("heating", "heating"), ("bike", "abandoned-bicycle"), ("more heating?", "heating")]
)
def test_english_words_that_pinyin_could_spell_are_found_when_they_stand_alone(text: str, key: str) -> None:
    assert key in keys(text)


def test_a_word_of_digits_is_found_when_it_stands_alone() -> None:
    assert keys("12345") == {"phone"}


def test_a_phrase_of_any_length_is_found() -> None:
    phrase = "where is the office of the joint meeting"
    assert Vocabulary({}, {"seat": [phrase]}).spot(phrase)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lifts", "lift"),
        ("facilities", "facility"),
        ("benches", "bench"),
        ("owner's", "owner"),
        ("owners'", "owner"),
        ("charging", "charge"),
        ("inspected", "inspect"),
        ("houses", "house"),
    ],
)
def test_endings_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["gas", "glass", "access", "red", "need", "ring", "bus", "is"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word) == word


# ---- whatever comes in

PIECES = st.sampled_from(
    [
        *("电梯", "加装电", "防盗窗", "店", "梯", "这次改造", "垃圾", "清洁站", "业主委员会", "重", "建", "太阳能热水"),
        *(
            "dianti",
            "fangdao",
            "chuang",
            "xi'an",
            " ",
            "，",
            "？",
            "12345",
            "1",
            "lift",
            "elevater",
            "window bars",
            "'s",
        ),
        *("wifi", "a/c", "😀", "\u3405", "\U00020001", "薴", "-", "."),
    ]
)
TEXTS = st.text(st.characters()) | st.lists(PIECES, max_size=25).map("".join)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))), max_size=3
)
MOST_KEYS = 2  # of one word of the vocabulary above


@given(TEXTS, STRETCHES)
def test_spots_in_any_text_lie_inside_it_in_order_and_are_few(text: str, stretches: list[tuple[int, int]]) -> None:
    folded = fold(text)
    known = [(start, end) for start, end in stretches if end <= len(folded)]
    result = WORDS.spot(folded, known)
    assert all(0 <= spot.start < spot.end <= len(folded) for spot in result)
    assert all(0 < spot.strength <= 1 for spot in result)
    assert {spot.key for spot in result} <= {*CHINESE, *ENGLISH}
    assert [spot.start for spot in result] == sorted(spot.start for spot in result)
    # Exact, slip and sound each find at most one word (of two keys) to a place, and typed pinyin or English one more.
    assert len(result) <= 4 * MOST_KEYS * len(folded)


@given(st.text(st.characters()))
def test_spots_in_a_text_that_nobody_folded_raise_nothing(text: str) -> None:
    assert all(0 <= spot.start < spot.end <= len(text) for spot in WORDS.spot(text))


@given(st.lists(PIECES, max_size=10).map("".join))
def test_the_same_text_gives_the_same_spots_from_any_vocabulary_of_these_words(text: str) -> None:
    folded = fold(text)
    assert Vocabulary(CHINESE, {}).spot(folded) == Vocabulary(CHINESE, {}).spot(folded)


@given(TEXTS)
@example("电梯")
def test_an_empty_vocabulary_finds_nothing(text: str) -> None:
    assert Vocabulary({}, {}).spot(fold(text)) == []
