"""Votes in words: whole messages of closed forms. What only resembles one is no vote."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ballots.standing import Choice
from dialogs import reading
from dialogs.reading.controls import control
from dialogs.reading.forms import bare, folded
from dialogs.steps import Option
from dialogs.wording import LANGUAGES, wording

FORMS = {
    Choice.FOR: (
        *(
            "同意",
            "赞成",
            "支持",
            "我同意",
            "我们家同意。",
            "同意了",
            "同意！",
            "（同意）",
            "同意同意",
            "贊成",
            "赞 成",
        ),
        *("tongyi", "Tong Yi", "tóng yì", "zancheng", "agree", "I agree.", "For", "in favour", "I'm for", "ＡＧＲＥＥ"),
    ),
    Choice.AGAINST: (
        *("不同意", "我不同意", "俺不同意啊", "不赞成", "不贊成", "不支持", "不 同意", "不同意不同意", "butongyi"),
        *("bù tóng yì", "Against!", "disagree", "I do not agree", "I don't agree", "I'm against"),
    ),
    Choice.ABSTAIN: ("弃权", "棄權", "我弃权", "弃权吧", "qiquan", "qì quán", "abstain", "I abstain", "Abstention"),
    Choice.OBJECT: (
        *("反对", "反對", "我反对", "坚决反对", "反对并说明理由", "反對並說明理由"),
        *("fandui", "fǎn duì", "I object", "objection"),
    ),
}
ALL = [form for forms in FORMS.values() for form in forms]
QUESTIONS = (
    "同意吧？",
    "同意吗",
    "同意吗？",
    "不同意会怎么样",
    "agree?",
    "反对?",
    "同意还是不同意",
    "谁同意",
    "要不要同意",
)
MORE = (
    *(
        "我不太同意但是…",
        "同意，但是一楼不出钱",
        "不，同意",
        "同意。不，反对",
        "同意、不同意",
        "同意/反对",
        "不是不同意",
        "不反对",
    ),
    *(
        "没意见",
        "无所谓",
        "都行",
        "好",
        "是",
        "可以",
        "行",
        "不",
        "要",
        "我觉得应该同意",
        "大家都同意",
        "老伴同意",
        "同意书在哪领",
    ),
    *(
        "同意❌",
        "❌同意",
        "同意👎",
        "×同意",
        "同意×",
        "同意 www.a.cn",
        "同意 https://a.cn/",
        "同意装电梯",
        "反对票",
        "一半同意",
    ),
    *(
        "yes",
        "no",
        "I would agree if it were free",
        "agree to disagree",
        "not for me",
        "for example",
        "against what",
        "1",
        "A",
    ),
    *("", " ", "。", "？", "\u200b", "同" * 5000, "同意" * 5000, "同意吧同意吧要不", "1同意", "同意2", "同意\n反对"),
)


@pytest.mark.parametrize(("choice", "form"), [(choice, form) for choice, forms in FORMS.items() for form in forms])
def test_a_choice_in_words_is_read_however_it_is_written(choice: Choice, form: str) -> None:
    for written in (form, f" {form} ", f"{form}。", f"“{form}”", f"{form}…", f"\n{form}\n", f"\u200b{form}"):
        assert reading.vote(written) is choice, written


@pytest.mark.parametrize("text", [*QUESTIONS, *MORE])
def test_a_question_and_whatever_says_more_is_no_vote(text: str) -> None:
    assert reading.vote(text) is None


WORDS = st.text(st.characters(categories=("L", "N", "S")), min_size=1, max_size=12)


@given(st.sampled_from(ALL), WORDS, st.sampled_from(["", " ", "，", ",", "。", "\n"]))
@example("同意", "不", "")
@example("同意", "不", "，")
@example("同意", "没", "")
@example("agree", "dis", "")
@example("agree", "dis", "-")
def test_a_word_before_a_form_never_makes_it_agree_and_a_no_never_leaves_it_so(
    form: str, word: str, between: str
) -> None:
    read = reading.vote(f"{word}{between}{form}")
    assert read in (None, reading.vote(form), Choice.AGAINST)
    if folded(word).strip() in ("不", "没", "dis", "bu"):
        assert read is not Choice.FOR


@given(st.sampled_from(ALL), WORDS, st.sampled_from(["", " ", "，", "。", "\n"]))
@example("同意", "吗", "")
@example("同意", "？", "")
@example("同意", "才怪", "")
def test_a_word_after_a_form_makes_it_no_vote_but_for_a_particle(form: str, word: str, between: str) -> None:
    read = reading.vote(f"{form}{between}{word}")
    after = bare(folded(word).strip("~ "))  # what cannot be seen, and accents alone, are nothing
    again = bare(folded(form))
    assert read is None or (read is reading.vote(form) and after in ("", "吧", "啊", "呀", "的", "了", "哦", again))
    assert read is None or not any(
        unicodedata.category(char) in ("So", "Sc") for char in unicodedata.normalize("NFKC", word)
    )


@given(st.sampled_from(ALL), st.sampled_from("?？"))
def test_nothing_that_is_asked_is_a_vote(form: str, mark: str) -> None:
    for text in (form + mark, mark + form, f"{form}{mark}{mark}", f"{form}{mark}。"):
        assert reading.vote(text) is None and not reading.skips(text) and not reading.submits(text)


@given(st.text(max_size=80))
def test_no_text_makes_it_fail_and_none_with_不_agrees(text: str) -> None:
    rows = (Option("a", "改第1项"), Option("b", "改第2项"))
    assert reading.vote(text) in (*Choice, None) and reading.row(text, rows) in ("a", "b", None)
    assert isinstance(reading.skips(text), bool) and isinstance(reading.submits(text), bool)
    if "不" in text:
        assert reading.vote(text) is not Choice.FOR


def test_broken_characters_are_read_over() -> None:
    assert reading.vote("\ud83d同意") is Choice.FOR and reading.vote("\ud83d") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_may_be_typed_and_means_itself_alone(language: str) -> None:
    speak = wording("zh" if language == "zh" else "en")
    for choice in Choice:
        assert reading.vote(speak(f"choosing.label.{choice.value}")) is choice
    later, submit, stop = (speak(f"choosing.label.{name}") for name in ("later", "submit", "stop"))
    assert reading.skips(later) and reading.vote(later) is None and not reading.submits(later)
    assert reading.submits(submit) and not reading.skips(submit) and reading.vote(submit) is None
    assert control(stop) == "cancel" and not reading.skips(stop)
    assert control(speak("walk.back")) == "back"


@pytest.mark.parametrize("text", ["以后再说", "跳过", "下一项", "先不选吧", "later", "skip it", "Leave it for now"])
def test_an_item_is_left_out_in_words(text: str) -> None:
    assert reading.skips(text) and reading.vote(text) is None


@pytest.mark.parametrize(
    "text", ["提交", "提交吧", "我要提交", "确认", "没问题", "好的", "是的", "submit", "Yes", "tijiao"]
)
def test_what_was_shown_is_submitted_in_words(text: str) -> None:
    assert reading.submits(text)


@pytest.mark.parametrize(
    "text", ["不提交", "提交吗", "先别提交", "1", "第一项", "提交，不对", "怎么提交", "不是", "同意", "no"]
)
def test_what_is_no_such_word_submits_nothing(text: str) -> None:
    assert not reading.submits(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(("改第3项", 3), ("第三项", 3), ("改第三项", 3), ("我要改第2个", 2), ("3", 3), ("改3", 3), ("最后一项", 8)),
        *(("change 3", 3), ("Change item 4", 4), ("改一下第5项吧", 5), ("换第六项", 6)),
    ],
)
def test_a_row_is_named_in_words(text: str, at: int) -> None:
    rows = [Option(f"row{number}", f"改第{number}项") for number in range(1, 9)]
    if "ange" in text:
        rows = [Option(f"row{number}", f"Change {number}") for number in range(1, 9)]
    assert reading.row(text, rows) == f"row{at}"


@pytest.mark.parametrize("text", ["改第9项", "第3项要多少钱", "改", "改第3项吗？", "第3项和第4项", "0", "提交"])
def test_what_names_no_row_changes_none(text: str) -> None:
    rows = [Option(f"row{number}", f"改第{number}项") for number in range(1, 9)]
    assert reading.row(text, rows) is None and reading.row(text, ()) is None
