"""Commands: each says what it does, in both languages, and nothing of the channel that it came by."""

import re

import pytest

from dialogs.events import Command, Text
from dialogs.sessions import Session
from dialogs.wording import LANGUAGES, Language, wording
from tests.dialogs.kit import CONVERSATION, LIBRARY, LIFT, Talk, quoted, says, tells_years

COMMANDS = (
    *("start", "help", "ask", "check", "menu", "duties", "process", "clause", "language", "privacy", "forget"),
    "choose",
    "results",
    "receipt",
)


def test_start_welcomes_and_offers_what_one_can_ask() -> None:
    talk = Talk()
    reply = talk("/start")
    assert reply.text == says("chat.welcome")
    assert [button.tap for button in reply.buttons] == [
        "ask:menu",
        "ask:scope-check",
        "ask:who-pays",
        "ask:responsible",
    ]
    assert "菜单" in talk.taps("能改哪些").text


def test_an_argument_of_start_is_passed_over() -> None:
    assert Talk()("/start j_7K2M") == Talk()("/start")


def test_whoever_starts_anew_is_told_of_the_years_anew() -> None:
    talk = Talk()
    said = ("谁出钱", "谁负责", "/start", "谁出钱", "谁负责")
    assert [tells_years(talk(line)) for line in said] == [True, False, False, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_tells_of_every_command_and_of_nothing_that_belongs_to_one_channel(language: Language) -> None:
    text = Talk(Session(language))("/help").text
    assert text == says("chat.help", language)
    assert all(f"/{command}" in text for command in COMMANDS if command != "start")
    for command in COMMANDS:
        said = Talk(Session(language))(f"/{command}").text
        assert "quit" not in said and "jiugai " not in said
        # Whose servers the words pass through must be said wherever one asks.
        assert command == "privacy" or "Telegram" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_a_sentence_names_is_there(language: Language) -> None:
    texts = [Talk(Session(language))(f"/{command}").text for command in (*COMMANDS, "nothing", "clause nothing")]
    named = {name for text in texts for name in re.findall(r"/([a-z]+)", text)}
    assert named and named <= set(COMMANDS)


@pytest.mark.parametrize("word", ["帮助", "help", "HELP", "/help", "/Help", "／ｈｅｌｐ"])
def test_help_comes_however_it_is_called_for(word: str) -> None:
    assert Talk()(word).text == says("chat.help")


def test_an_unknown_command_is_told_of_and_points_to_help() -> None:
    for line in ("/unknown", "/", "//clause menu-13", "/<b>", "/quit"):
        talk = Talk()
        assert talk(line).text == says("chat.command_unknown") and talk.session == Session()
    assert "/help" in says("chat.command_unknown") and "/help" in says("chat.command_unknown", "en")


# ---- ask -----------------------------------------------------------------------------------------------------------


def test_ask_answers_as_the_question_alone_would_be_answered() -> None:
    for question in ("我们楼能装电梯吗", "who pays?", "今天天气怎么样", "帮助", "/help", "1"):
        asked, alone = Talk(), Talk()
        assert asked(f"/ask {question}") == alone.does(Text(question))
        assert asked.session == alone.session


def test_a_number_after_ask_presses_nothing() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    assert not quoted(talk("/ask 1"))


@pytest.mark.parametrize("line", ["/ask", "/ask   ", "提问"])
def test_ask_without_a_question_says_how(line: str) -> None:
    talk = Talk()
    assert talk(line).text == says("chat.ask_what") and talk.session == Session()


def test_ask_that_was_edited_tells_the_years_again_as_the_first_answer_did() -> None:
    talk = Talk()
    talk("/ask 谁出钱")
    assert tells_years(talk.does(Command("ask", "验收找谁", edited=True))) and talk.session.buttons == ()


# ---- clause --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clause_id", [clause.id for clause in LIBRARY.document.clauses])
def test_every_clause_is_shown_whole_with_its_plain_sentence_first(clause_id: str) -> None:
    (line,) = Talk()(f"/clause {clause_id}").lines
    clause = LIBRARY.document.clause(clause_id)
    assert line.text == LIBRARY.summaries[clause_id].zh
    assert line.quote and line.quote.text == clause.text and "西政办发〔2018〕4号" in line.quote.place


@pytest.mark.parametrize("words", ["menu-13", " MENU-13 ", "菜单第13项"])
def test_a_clause_is_found_in_capitals_and_by_its_place_too(words: str) -> None:
    assert LIFT in Talk()(f"/clause {words}").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["三（一）", "三（五）", "三", "菜单", "二（一）", "菜单楼本体自选类"])
def test_several_clauses_under_a_place_are_listed_and_the_first_have_buttons(words: str, language: Language) -> None:
    talk = Talk(Session(language))
    reply = talk(f"/clause {words}")
    listed = [line.text for line in reply.lines[1:] if " · " in line.text]
    assert 1 < len(listed) <= 12 and 1 < len(reply.buttons) <= 6 and len(reply.text) < 2000
    for entry, button in zip(listed, reply.buttons, strict=False):
        assert button.tap.removeprefix("clause:") in entry.split(" · ")
    for button in reply.buttons:
        assert quoted(Talk(talk.session)(str(reply.buttons.index(button) + 1))) == [button.tap.removeprefix("clause:")]


def test_a_list_says_how_many_there_are_and_how_many_it_leaves_out() -> None:
    lines = [line.text for line in Talk()("/clause 菜单").lines]
    assert "34条" in lines[0] and "22条" in lines[-1] and len(lines) == 14
    lines = [line.text for line in Talk()("/clause 三（五）").lines]
    assert "3条" in lines[0] and lines[1] == "三（五）第1段 · s3-5-p1" and len(lines) == 4


def test_the_rows_of_a_list_are_told_apart_by_what_they_are_about() -> None:
    assert "电梯" in Talk()("/clause 菜单楼本体自选类").lines[1].text
    assert "elevator" in Talk(Session("en"))("/clause 菜单楼本体自选类").lines[1].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_clause_without_a_place_says_how_and_gives_an_example_to_tap(language: Language) -> None:
    talk = Talk(Session(language))
    reply = talk("/clause  ")
    assert len(reply.lines) == 1 and [button.label for button in reply.buttons] == ["二（二）", "四（二）"]
    for words in ("二（二）", "s2-2-p1"):
        assert f"/clause {words}" in reply.text and quoted(Talk()(f"/clause {words}")) == ["s2-2-p1"]
    assert quoted(talk.taps("四（二）")) == ["s4-2-p1"]


@pytest.mark.parametrize("words", ["s99-p1", "../../etc/passwd", "menu-13 menu-14", "电梯", "三（九）", "x" * 10_000])
def test_a_clause_that_is_not_there_gets_one_sentence_that_says_what_to_do(words: str) -> None:
    talk = Talk()
    reply = talk(f"/clause {words}")
    assert reply.text == wording("zh")("clause.unknown", place="二（二）")
    assert len(reply.lines) == 1 and not quoted(reply) and talk.session == Session()


# ---- language ------------------------------------------------------------------------------------------------------


def test_a_language_once_chosen_holds_whatever_language_the_question_is_in() -> None:
    talk = Talk()
    assert talk("/language en").text == says("chat.language_set", "en")
    assert "optional" in talk("我们楼能装电梯吗").text
    assert talk("/language ZH ").text == says("chat.language_set", "zh")
    assert "不是必做" in talk("can my building get an elevator?").text


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("/language 中文", "zh"),
        ("/language Chinese", "zh"),
        ("/language ＺＨ", "zh"),
        ("/language English", "en"),
        ("/language 英文", "en"),
        ("/语言 英語", "en"),
        ("English", "en"),
        ("中文", "zh"),
    ],
)
def test_a_language_may_be_called_by_its_name(line: str, language: Language) -> None:
    talk = Talk(Session("zh" if language == "en" else "en"))
    assert talk(line).text == says("chat.language_set", language)
    assert (talk.session.language, talk.session.chosen) == (language, True)


@pytest.mark.parametrize("line", ["/language", "/language fr", "/language zh en", "/language <b>", "语言"])
@pytest.mark.parametrize("before", LANGUAGES)
def test_without_a_language_that_it_speaks_it_asks_which_and_keeps_the_one_it_had(line: str, before: Language) -> None:
    talk = Talk(Session(before))
    reply = talk(line)
    assert reply.text == says("chat.language_which", before)
    assert [button.label for button in reply.buttons] == ["中文", "English"]
    assert (talk.session.language, talk.session.chosen) == (before, False)
    assert talk.taps("English").text == says("chat.language_set", "en") and talk.session.chosen
    assert talk.session.buttons == ()


# ---- privacy, notices ----------------------------------------------------------------------------------------------


def test_privacy_says_what_is_kept_how_long_and_that_nothing_here_is_official() -> None:
    text = Talk()("/privacy").text
    assert text == says("chat.privacy")
    parts = "回答完就删 送到就删 7天 90天 编号 不记姓名 电话 境外 /forget 正式决定 街道办事处".split()
    assert [part for part in parts if part not in text] == []
    text = Talk(Session("en"))("隐私").text
    parts = ["erased once it is answered", "delivered", "7 days", "90 days", "by id", "No name is kept", "abroad"]
    assert [part for part in (*parts, "/forget", "street office") if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_are_one_line_each_in_the_language_of_the_conversation(language: Language) -> None:
    for key in ("slow", "failed"):
        reply = CONVERSATION.notice(key, Session(language))
        assert reply.text == says(f"chat.{key}", language) and "\n" not in reply.text and not reply.buttons
