"""An answer beside a question in one message: the question is answered, and the walk goes on."""

from collections.abc import Mapping

import pytest

from dialogs import reading
from dialogs.conversation import Conversation
from dialogs.events import Tap, Text
from dialogs.reading import spans
from dialogs.replies import Line, Reply
from dialogs.sessions import Session
from dialogs.steps import Ask, Dialog, Facts, Walk
from dialogs.wording import LANGUAGES, Language, Wording, wording
from knowledge.answers import answerer
from tests.dialogs.kit import LIBRARY, Talk, says

PAYS = "自选类改造项目所需资金由投资主体与居民协商解决"


def yes(piece: str) -> str | None:
    return piece.strip() if piece.strip() in ("yes", "no") else None


def checking(language: Language, *lines: str) -> Talk:
    talk = Talk(Session(language, chosen=True))
    for line in ("/check", *lines):
        talk(line)
    return talk


def answers(talk: Talk) -> Mapping[str, str]:
    assert talk.session.walk
    return talk.session.walk.answers


# ---- one message in pieces ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", ["，", "。", "；", "！", ", ", ". ", "; ", "! ", "…", "\n", "。。"])
def test_a_piece_between_stops_is_an_answer_and_the_rest_is_left(stop: str) -> None:
    assert reading.beside(f"yes{stop}who pays?", yes) == ("yes", "who pays?")
    found = reading.beside(f"who pays{stop}yes", yes)
    assert found and found[0] == "yes" and found[1].startswith("who pays")


@pytest.mark.parametrize(
    "text",
    ["", "yes", "yes.", "yes，。", "yes who pays", "yes? who pays?", "who pays", "yes, no, who pays", "yes,1 who pays"],
)
def test_no_answer_is_found_in_one_piece_in_a_question_or_where_two_differ(text: str) -> None:
    assert reading.beside(text, yes) is None


def test_an_answer_that_is_said_twice_is_one() -> None:
    assert reading.beside("yes, who pays, yes", yes) == ("yes", "who pays,")


@pytest.mark.parametrize(
    ("piece", "value"),
    [
        ("85年的", "1985"),
        ("built in the eighties", "1980s"),
        ("90年以前", "before"),
        ("2017年", "2017"),
        ("2018年", None),
        ("二〇二五年", None),
        ("2020年以后", None),
        ("after 2020", None),
        ("85年的能装吗", None),
        ("我们家", None),
    ],
)
def test_years_of_the_plan_and_later_are_rather_asked_about(piece: str, value: str | None) -> None:
    assert spans.past(spans.built)(piece) == value


# ---- in a walk ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "noted"),
    [
        ("zh", "85年的，谁掏钱啊", "1985年建成"),
        ("zh", "谁掏钱啊？85年的。", "1985年建成"),
        ("zh", "谁掏钱啊？我们是85年的。", "1985年建成"),
        ("zh", "八几年，大概；改造的钱谁出", "1980年代建成"),
        ("en", "1985, who pays?", "built in 1985"),
        ("en", "Built in the eighties. Who pays?", "built in the 1980s"),
    ],
)
def test_the_question_is_answered_and_the_year_noted(language: Language, said: str, noted: str) -> None:
    talk, plain = checking(language), checking(language)
    reply = talk(said)
    speak = wording(language)
    texts = [line.text for line in reply.lines]
    assert PAYS in reply.text and not reply.page
    assert texts[-2:] == [speak("walk.noted", answer=noted), speak("eligibility.ask.redone")]
    assert speak("walk.put_again") not in texts
    asked = plain(noted.removesuffix("建成"))
    assert [b.tap for b in reply.buttons][: len(asked.buttons)] == [b.tap for b in asked.buttons]
    assert talk.session.buttons == tuple(button.tap for button in reply.buttons)
    assert answers(talk) == answers(plain)


@pytest.mark.parametrize(("language", "back"), [("zh", "上一步"), ("en", "back")])
def test_what_was_noted_can_be_taken_back(language: Language, back: str) -> None:
    talk = checking(language, "85年的，谁掏钱啊")
    assert talk(back).lines[-1].text == wording(language)("eligibility.ask.built") and answers(talk) == {}


@pytest.mark.parametrize(
    "said",
    [
        "85年的能装吗",
        "85年的？谁掏钱",
        "1，谁掏钱",
        "1. 谁掏钱 2. 谁负责",
        "2025年，还能装电梯吗",
        "好，谁掏钱",
        "不知道，谁掏钱",
    ],
)
def test_what_may_be_a_question_itself_is_not_swallowed(said: str) -> None:
    talk = checking("zh")
    reply = talk(said)
    assert answers(talk) == {}
    assert [line.text for line in reply.lines[-2:]] == [says("walk.put_again"), says("eligibility.ask.built")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_years_of_works_are_noted_too_and_no_yes_or_no(language: Language) -> None:
    lines = {"zh": ("85年", "做过", "抗震、节能都做了"), "en": ("1985", "done", "both")}[language]
    asks = {"zh": "谁掏钱", "en": "who pays?"}[language]
    talk = checking(language, lines[0])
    talk(f"{lines[1]}, {asks}")
    assert "redone" not in answers(talk)
    for line in lines[1:]:
        talk(line)
    talk(f"2013, {asks}")
    assert answers(talk)["when"] == "2013"


def test_an_edited_message_and_a_caption_note_nothing() -> None:
    talk = checking("zh")
    for event in (Text("85年的，谁掏钱", edited=True), Text("85年的，谁掏钱", beside="photo")):
        talk.does(event)
        assert answers(talk) == {}


def test_an_answer_that_ends_the_walk_stands_with_its_end_under_the_reply() -> None:
    def one(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
        value = yield Ask("sure", (Line("确定吗？"),), reads=yes, beside=yes)
        return Reply((Line(f"答的是{value}"),))

    conversation = Conversation(LIBRARY, answerer(), {"one": Dialog("one", 1, one)})
    _, begun = conversation.hear(Tap("begin:one"), Session())
    reply, after = conversation.hear(Text("yes，装电梯谁出钱"), begun)
    assert reply and PAYS in reply.text and reply.lines[-1].text == "答的是yes"
    assert after.walk and after.walk.over
