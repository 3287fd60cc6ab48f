"""What a conversation remembers, and what it never says: the person's own words."""

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.events import Event, Other, Tap, Text, typed
from dialogs.sessions import Session
from dialogs.wording import LANGUAGES, Language, wording
from tests.dialogs.kit import CONVERSATION, LIBRARY, LIFT, PAYS_FOR_OPTIONAL, Talk, quoted, says, tells_years
from tests.lengths import examples

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
    first, after = CONVERSATION.hear(Text("我们楼能装电梯吗"), before)
    assert first and before == Session() and after.heard_years
    assert after.buttons == tuple(button.tap for button in first.buttons)
    assert CONVERSATION.hear(Text("我们楼能装电梯吗"), before)[0] == first
    for said in ("", "你好", "谁出钱"):
        hash(CONVERSATION.hear(Text(said), after)[1])  # a value, whatever was asked


@pytest.mark.parametrize("question", ["我们楼能装电梯吗", "can my building get an elevator?", "/start", "/language"])
def test_a_number_presses_its_button(question: str) -> None:
    talk = Talk()
    buttons = talk(question).buttons
    assert len(buttons) >= 2
    for number, button in enumerate(buttons, 1):
        by_number, by_tap = Talk(talk.session), Talk(talk.session)
        assert by_number(f" {number} ") == by_tap.does(Tap(button.tap))
        assert by_number.session == by_tap.session


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(LIBRARY.followups))
def test_a_tap_is_answered_under_the_question_that_it_asks(key: str, language: Language) -> None:
    followup = LIBRARY.followups[key]
    question = followup.en_ask if language == "en" else followup.zh_ask
    tapped, asked = Talk(Session(language)), Talk(Session(language))
    reply = tapped.does(Tap(f"ask:{key}"))
    assert reply.lines[0].text == wording(language)("chat.asked", question=question)
    assert reply.lines[1:] == asked(question).lines and reply.buttons == asked.last.buttons  # type: ignore[union-attr]


@pytest.mark.parametrize(("line", "label"), [("你好", "谁负责"), ("hello", "Who is responsible")])
def test_a_label_typed_where_its_button_stands_presses_it(line: str, label: str) -> None:
    talk = Talk()
    assert label in [button.label for button in talk(line).buttons]
    typed_, tapped = Talk(talk.session), Talk(talk.session)
    assert typed_(f" {label.upper()} ") == tapped.does(Tap("ask:responsible")) and quoted(typed_("1"))
    # An edited message presses nothing: it is a question of its own.
    assert talk.does(Text(label, edited=True)) != tapped.last


def test_an_old_button_works_as_long_as_the_chat_shows_it() -> None:
    talk = Talk()
    old = talk("我们楼能装电梯吗").buttons[0]
    for line in ("你好", "/help", "防盗窗要拆吗"):
        talk(line)
    assert old.label == "谁出钱" and "资金" in talk.does(Tap(old.tap)).text


def test_a_button_of_another_language_is_answered_in_the_one_that_is_spoken_now() -> None:
    talk = Talk()
    old = talk("我们楼能装电梯吗").buttons
    talk("English")
    assert talk.does(Tap(old[0].tap)).lines[0].text.startswith("You asked: Who pays")
    assert talk.does(Tap(old[-1].tap)).lines[0].text == LIBRARY.summaries["menu-13"].en


@pytest.mark.parametrize("number", ["0", "9", "00", "99999999999999999999", "1" * 5000])
def test_a_number_that_no_button_has_is_named_and_nothing_is_lost(number: str) -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    before = talk.session
    assert talk(number).text == says("chat.number_unknown") and talk.session == before
    assert quoted(talk("1"))


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
    # What a dialog names as examples are answers to its own questions; the office's sentences name buttons and words.
    own = ("eligibility.", "joining.", "staffing.", "sheet.", "refused.", "reading.")
    keys = [key for key in speak.keys() if not key.startswith(own)]
    suggested = {example for key in keys for example in re.findall("“([^{]+?)”", speak.raw(key))}
    assert len(suggested) >= 2
    for question in suggested:
        reply = Talk()(question)
        assert any(line.quote for line in reply.lines), f"{question}: {reply.text}"
        assert not reply.text.startswith(("方案里没有写", "The plan does not say")), question


# ---- languages and buttons -----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("line", ["/clause menu-13", "3", "/help", "/privacy", "/nothing", "/language en", "/ask"])
def test_after_a_reply_without_buttons_old_numbers_press_nothing(line: str) -> None:
    talk = Talk()
    assert talk("can my building get an elevator?").buttons
    assert not talk(line).buttons and talk.session.buttons == ()
    assert not quoted(talk("1"))


@pytest.mark.parametrize("question", ["我们楼能装电梯吗", "can my building get an elevator?"])
def test_where_the_check_can_be_begun_no_other_button_leads_there(question: str) -> None:
    taps = [button.tap for button in Talk()(question).buttons]
    assert any(tap.startswith("begin:eligibility") for tap in taps) and "ask:scope-check" not in taps
    assert "ask:scope-check" in [button.tap for button in Talk()("你好").buttons]


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
    pieces += [text for f in LIBRARY.followups.values() for text in (f.zh_ask, f.en_ask)]
    pieces += [clause.id for clause in LIBRARY.document.clauses]
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


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
@example(["<b>电梯</b>能装吗", "1"])
@example([MARKER, f"/clause {MARKER}", f"/{MARKER}", f"/language {MARKER}", f"/ask {MARKER}", f"/start {MARKER}"])
@example(["\ud800", "1"])
@example([""])
def test_any_text_gets_a_reply_and_nothing_of_it_comes_back(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        for variant in (text, f"{text} {MARKER} <b>"):
            reply = talk(variant)
            shown = reply.text + "".join(button.label + button.tap for button in reply.buttons)
            assert reply.text.strip()
            assert MARKER.lower() not in shown.lower()
            assert set(reply.text) <= HOUSE
            assert len(talk.session.buttons) <= 6 and len(repr(talk.session)) < 1000
            assert MARKER.lower() not in repr(talk.session).lower()
            shown.encode("utf-8")  # no half of a surrogate pair, which no channel could send


TAPS = st.one_of(st.text(), st.sampled_from(["ask:who-pays", "ask:menu", "clause:menu-13", "clause:", "language:en"]))
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Text, texts, st.booleans(), st.sampled_from(["", "photo", "story"]), st.sampled_from(["", "7"])),
    st.builds(Tap, TAPS),
    texts.map(lambda text: typed(f"/{text}")),
    st.builds(Other, st.sampled_from(["photo", "voice", "story"]), st.sampled_from(["", "7"])),
)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(events, max_size=6))
def test_whatever_people_do_numbers_press_what_stands_under_the_last_reply_or_nothing(done: list[Event]) -> None:
    talk = Talk()
    for event in done:
        before = talk.session
        reply = talk.hears(event)
        if reply is None:
            assert isinstance(event, Other) and talk.session == before
        elif reply.text == says("chat.number_unknown", before.language):
            assert talk.session == before
        else:
            edited = isinstance(event, Text) and event.edited
            assert talk.session.buttons == (() if edited else tuple(button.tap for button in reply.buttons))
        assert Session.load(talk.session.dump()) == talk.session


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
    texts = [line.quote.text for line in talk(then).lines if line.quote]
    assert texts[0] == PAYS_FOR_OPTIONAL
    assert not any("基础类" in text for text in texts)


def test_a_question_with_a_subject_of_its_own_does_not_go_on_from_the_one_before() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    first = talk("那路灯谁出钱").lines[0].quote
    assert first and "原则上基础类" in first.text
