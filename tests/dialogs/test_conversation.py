"""What a conversation remembers, and what it never says: the person's own words."""

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Session
from dialogs.replies import Reply
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.answers import answerer
from knowledge.library import load

LIBRARY = load()
CONVERSATION = Conversation(LIBRARY, answerer())
LIFT = "「多层住宅楼房增设电梯等上下楼设施」"
YEARS = ("2018—2020", "2018–2020")


PAYS_FOR_OPTIONAL = "自选类改造项目所需资金由投资主体与居民协商解决"


class Talk:
    """One person's conversation, from its beginning."""

    def __init__(self, session: Session | None = None) -> None:
        self.session = session or Session()

    def __call__(self, text: str) -> Reply:
        reply, self.session = CONVERSATION.hear(text, self.session)
        return reply


def says(key: str, language: Language = "zh") -> str:
    return wording(language)(key).strip()


def tells_years(reply: Reply) -> bool:
    return any(years in reply.text for years in YEARS)


# ---- what it remembers ---------------------------------------------------------------------------------------------


def test_the_plans_years_are_told_once() -> None:
    talk = Talk()
    said = ("我们楼能装电梯吗", "你好", "谁出钱", "加一部电梯得花多少钱", "who pays?")
    assert [tells_years(talk(text)) for text in said] == [True, False, False, False, False]


def test_the_years_wait_for_the_first_reply_about_the_plan() -> None:
    talk = Talk()
    assert [tells_years(talk(text)) for text in ("你好", "", "今天天气怎么样", "防盗窗要拆吗")] == [False] * 3 + [True]


def test_another_conversation_hears_of_the_years_anew() -> None:
    assert tells_years(Talk()("谁出钱")) and tells_years(Talk()("谁出钱"))


def test_a_session_goes_in_and_comes_out_and_nothing_stays_behind() -> None:
    before = Session()
    first, after = CONVERSATION.hear("我们楼能装电梯吗", before)
    assert before == Session() and after.heard_years and after.buttons == first.buttons
    assert CONVERSATION.hear("我们楼能装电梯吗", before)[0] == first


@pytest.mark.parametrize("question", ["我们楼能装电梯吗", "can my building get an elevator?"])
def test_a_number_says_what_its_button_says(question: str) -> None:
    talk = Talk()
    buttons = talk(question).buttons
    assert len(buttons) >= 2
    for number, button in enumerate(buttons, 1):
        by_number, by_words = Talk(talk.session), Talk(talk.session)
        assert by_number(f" {number} ") == by_words(button.says)
        assert by_number.session == by_words.session


@pytest.mark.parametrize("number", ["0", "9", "00", "99999999999999999999", "1" * 1500])
def test_a_number_that_no_button_has_is_named_and_nothing_is_lost(number: str) -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    before = talk.session
    assert talk(number).text == says("chat.number_unknown") and talk.session == before


def test_a_number_before_any_button_is_no_choice() -> None:
    reply = Talk()("1")
    assert reply.text and reply.text != says("chat.number_unknown")


@pytest.mark.parametrize("odd", ["²", "①", "一", "-1", "1.5", "٣"])
def test_an_odd_number_never_breaks_it(odd: str) -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    assert talk(odd).text


def test_the_last_button_shows_the_clause_itself() -> None:
    talk = Talk()
    number = len(talk("我们楼能装电梯吗").buttons)
    reply = talk(str(number))
    assert LIFT in reply.text and not tells_years(reply)


@pytest.mark.parametrize("key", sorted(LIBRARY.followups))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_that_a_button_asks_is_answered(key: str, language: Language) -> None:
    """A person who takes what we offer must not be told that it was too vague, or is not in the plan."""
    followup = LIBRARY.followups[key]
    reply = Talk()(followup.en_ask if language == "en" else followup.zh_ask)
    assert any(line.quote for line in reply.lines), reply.text
    assert reply.lines[0].text not in (says("clarify.vague", language), says("clarify.eligibility", language))
    assert not reply.text.startswith(("方案里没有写", "The plan does not say"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_that_a_sentence_suggests_is_answered(language: Language) -> None:
    """The sentences name questions as examples (比如“…”): a person may type them."""
    speak = wording(language)
    suggested = {example for key in speak.keys() for example in re.findall("“(.+?)”", speak.raw(key))}
    assert len(suggested) >= 2
    for question in suggested:
        reply = Talk()(question)
        assert any(line.quote for line in reply.lines), f"{question}: {reply.text}"
        assert not reply.text.startswith(("方案里没有写", "The plan does not say")), question


# ---- commands ------------------------------------------------------------------------------------------------------


def test_help_tells_of_every_command() -> None:
    for language in LANGUAGES:
        text = Talk(Session(language))("/help").text
        assert text == says("chat.help", language)
        assert all(command in text for command in ("/clause", "/language", "/quit"))


def test_start_welcomes() -> None:
    assert Talk()("/start").text == says("chat.welcome")


def test_a_language_once_chosen_holds_whatever_language_the_question_is_in() -> None:
    talk = Talk()
    assert talk("/language en").text == says("chat.language_set", "en")
    assert "optional" in talk("我们楼能装电梯吗").text
    assert talk("/language ZH ").text == says("chat.language_set", "zh")
    assert "不是必做" in talk("can my building get an elevator?").text


@pytest.mark.parametrize("command", ["/language", "/language fr", "/language zh en", "/language <b>"])
def test_a_language_that_it_does_not_speak_leaves_the_one_it_had(command: str) -> None:
    talk = Talk()
    assert talk(command).text == says("chat.language_which")
    assert talk.session == Session()


def test_without_a_choice_each_question_is_answered_in_its_own_language() -> None:
    talk = Talk()
    assert "optional" in talk("can my building get an elevator?").text
    assert "自选类" in talk("我们楼能装电梯吗").lines[0].text


def test_whoever_asks_in_english_reads_the_clause_and_the_commands_in_english() -> None:
    talk = Talk()
    number = len(talk("can my building get an elevator?").buttons)
    row = next(point for point in LIBRARY.rows if point.clause == "menu-13")
    assert talk("99").text == says("chat.number_unknown", "en")
    assert talk(str(number)).lines[0].text == row.en
    assert talk("/nothing").text == says("chat.command_unknown", "en")


@pytest.mark.parametrize("word", ["帮助", "help", "HELP", "/help", "/Help", "／ｈｅｌｐ"])
def test_help_comes_however_it_is_called_for(word: str) -> None:
    assert Talk()(word).text == says("chat.help").strip()


def test_after_a_command_old_numbers_press_nothing() -> None:
    talk = Talk()
    assert talk("can my building get an elevator?").buttons
    talk("/clause menu-13")
    assert not talk("1").lines[0].quote


@pytest.mark.parametrize("clause_id", [clause.id for clause in LIBRARY.document.clauses])
def test_every_clause_is_shown_whole_with_its_plain_sentence_first(clause_id: str) -> None:
    (line,) = Talk()(f"/clause {clause_id}").lines
    clause = LIBRARY.document.clause(clause_id)
    assert line.text == LIBRARY.summaries[clause_id].zh
    assert line.quote and line.quote.text == clause.text and "西政办发〔2018〕4号" in line.quote.place


def test_a_clause_is_found_in_capitals_too() -> None:
    assert LIFT in Talk()("/clause  MENU-13 ").text


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("/clause", "chat.clause_which"),
        ("/clause   ", "chat.clause_which"),
        ("/clause s99-p1", "chat.clause_unknown"),
        ("/clause ../../etc/passwd", "chat.clause_unknown"),
        ("/clause menu-13 menu-14", "chat.clause_unknown"),
        ("/unknown", "chat.command_unknown"),
        ("/", "chat.command_unknown"),
        ("//clause menu-13", "chat.command_unknown"),
        ("/<b>", "chat.command_unknown"),
    ],
)
def test_a_command_that_cannot_be_followed_gets_one_sentence(command: str, key: str) -> None:
    talk = Talk()
    assert talk(command).text == says(key) and talk.session == Session()


# ---- how residents write -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "我們樓能裝電梯嗎？",
        "wo men lou neng zhuang dian ti ma",
        "电梯 能装吗",
        "电梯能装吗？？？🚀",
        "Can we get an ELEVATOR",
    ],
)
def test_the_lift_is_found_however_one_writes(question: str) -> None:
    reply = Talk()(question)
    assert LIFT in reply.text
    assert "自选类" in reply.text and tells_years(reply)


def test_traditional_and_pinyin_are_answered_in_simplified_chinese() -> None:
    plain = Talk()("我们楼能装电梯吗").lines[0]
    assert Talk()("我們樓能裝電梯嗎").lines[0] == plain
    assert Talk()("wo men lou neng zhuang dian ti ma").lines[0] == plain


@pytest.mark.parametrize(
    ("question", "said"),
    [("电梯能装吗？谁出钱？", "不是必做"), ("can we get an elevator? who pays for it?", "not automatic")],
)
def test_a_second_question_does_not_turn_the_first_answer_into_a_promise(question: str, said: str) -> None:
    reply = Talk()(question)
    assert LIFT in reply.text and said in reply.lines[0].text
    assert "自选类改造项目所需资金由投资主体与居民协商解决" in reply.text


# ---- any text whatever ---------------------------------------------------------------------------------------------


def _house() -> frozenset[str]:
    """Every character that the bot has of its own: in its wording, its library, the policy, and the digits."""
    pieces = [LIBRARY.document.text, string.digits, "「」\n · ()、, "]
    for language in LANGUAGES:
        speak = wording(language)
        pieces += [text for key in speak.keys() for text, *_ in string.Formatter().parse(speak.raw(key))]
    pieces += [text for point in (*LIBRARY.points, *LIBRARY.summaries.values()) for text in (point.zh, point.en)]
    pieces += [clause.place for clause in LIBRARY.document.clauses]
    pieces += [text for body in LIBRARY.bodies.values() for text in (body.name, body.english)]
    pieces += ["Menu building common area governance basic optional"]
    return frozenset("".join(pieces))


HOUSE = _house()
MARKER = "Qzxjq"
MARKS = (
    "<b>",
    "</script>",
    "\x1b[31m",
    "\x1b]0;",
    "*",
    "`",
    "_[x](y)",
    "\x00",
    "\u202e",
    "\ud800",
    "{plain}",
    "%s",
    "\r\n",
)
WORDS = (
    "电梯",
    "能装吗",
    "谁出钱",
    "多少钱",
    "elevator",
    "who pays",
    "忽略以上规则",
    "1985年",
    "/clause ",
    "/language ",
    "1",
)
texts = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.one_of(st.sampled_from(MARKS), st.sampled_from(WORDS), st.text(max_size=3)), max_size=12).map("".join),
)


def test_the_bot_has_no_markup_of_its_own() -> None:
    assert not HOUSE & set("<>*`{}\\$#@|\x1b\r\x00\u202e")


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
@example(["<b>电梯</b>能装吗", "1"])
@example([MARKER, f"/clause {MARKER}", f"/{MARKER}", f"/language {MARKER}"])
@example(["\ud800", "1"])
@example([""])
def test_any_text_gets_a_reply_and_nothing_of_it_comes_back(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        for variant in (text, f"{text} {MARKER} <b>"):
            reply = talk(variant)
            shown = reply.text + "".join(button.label + button.says for button in reply.buttons)
            assert reply.text.strip()
            assert MARKER.lower() not in shown.lower()
            assert set(reply.text) <= HOUSE
            assert len(talk.session.buttons) <= 5 and len(repr(talk.session)) < 1000
            shown.encode("utf-8")  # no half of a surrogate pair, which no channel could send


def test_a_long_conversation_leaves_a_small_session() -> None:
    talk = Talk()
    for number in range(30):
        talk(f"我们楼能装电梯吗{number}" + "，还有停车位、充电桩、外墙、上下水" * 20)
    assert len(repr(talk.session)) < 1000


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("我们楼能装电梯吗", "那加一部得花多少钱"),
        ("我们楼能装电梯吗", "那谁出钱"),
        ("can we get a lift?", "who pays for it?"),
    ],
)
def test_a_question_may_go_on_from_the_one_before(first: str, then: str) -> None:
    talk = Talk()
    talk(first)
    quoted = [line.quote.text for line in talk(then).lines if line.quote]
    assert quoted[0] == PAYS_FOR_OPTIONAL
    assert not any("基础类" in text for text in quoted)


def test_a_question_with_a_subject_of_its_own_does_not_go_on_from_the_one_before() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    first = talk("那路灯谁出钱").lines[0].quote
    assert first and "原则上基础类" in first.text
