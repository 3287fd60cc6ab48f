"""Walks within a conversation: taps, typed answers, back, changes, cancelling, digressions, restarts."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import taps
from dialogs.conversation import Conversation
from dialogs.events import Event, Tap, Text, typed
from dialogs.replies import Line, Reply
from dialogs.sessions import Session
from dialogs.steps import Ask, Dialog, Facts, Option, Walk
from dialogs.walks import Progress, Walks
from dialogs.wording import Wording, wording
from knowledge.answers import answerer
from knowledge.words import fold
from tests.dialogs import test_walks
from tests.dialogs.kit import LIBRARY, LIFT, says
from tests.lengths import examples

LIMIT = 8 * 1024  # bytes of a session


def read_floors(text: str) -> str | None:
    text = fold(text)
    return text if text.isdigit() and len(text) <= 2 else None


def walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    zh = speak.language == "zh"
    kind = yield Ask(
        "kind",
        (Line("什么楼？" if zh else "Which kind?"),),
        (Option("tower", "塔楼" if zh else "Tower"), Option("slab", "板楼" if zh else "Slab")),
    )
    if kind == "slab":
        floors = yield Ask("floors", (Line("几层？" if zh else "How many floors?"),), reads=read_floors, samples=("6",))
    else:
        floors = "20"
    lift = yield Ask(
        "lift",
        (Line("有电梯吗？" if zh else "Is there a lift?"),),
        (Option("yes", "有" if zh else "Yes"), Option("no", "没有" if zh else "No")),
    )
    return Reply((Line(f"{kind} {floors} {lift} {inputs.get('who', '')}".strip()),))


FORM = Dialog("form", 1, walk)
CONVERSATION = Conversation(LIBRARY, answerer(), {"form": FORM})


class Talk:
    """One person's conversation; the process starts anew between any two events."""

    def __init__(self, language: str = "zh", conversation: Conversation = CONVERSATION) -> None:
        self.session = Session(language="en" if language == "en" else "zh", chosen=True)
        self.conversation = conversation
        self.last = Reply(())

    def __call__(self, line: str) -> Reply:
        return self.does(typed(line))

    def taps(self, label: str) -> Reply:
        (tap,) = (button.tap for button in self.last.buttons if button.label == label)
        return self.tap(tap)

    def tap(self, data: str) -> Reply:
        return self.does(Tap(data))

    def does(self, event: Event) -> Reply:
        kept = json.dumps(self.session.dump(), ensure_ascii=False)
        assert len(kept.encode()) < LIMIT
        reply, self.session = self.conversation.hear(event, Session.load(json.loads(kept)))
        assert reply is not None
        self.last = reply
        return reply

    @property
    def walk(self) -> Progress:
        assert self.session.walk is not None
        return self.session.walk


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def begun(language: str = "zh") -> Talk:
    talk = Talk(language)
    talk.tap("begin:form:who=me")
    return talk


def said(key: str, **values: str) -> str:
    return wording("zh")(key, **values)


# ---- the straight way ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["板楼", "6", "没有"]),
        ("zh", ["第二个", "6", "2"]),
        ("zh", ["板樓", "６", "第二个"]),
        ("en", ["slab", "6", "no"]),
        ("en", ["the second one", "6", "2"]),
    ],
)
def test_typed_answers_are_as_good_as_taps(language: str, lines: list[str]) -> None:
    tapping, typing = begun(language), begun(language)
    tapping.tap("walk:form:1:kind:slab")
    tapping("6")
    end = tapping.tap("walk:form:1:lift:no")
    assert [typing(line) for line in lines][-1] == end
    assert typing.session.walk == tapping.session.walk and end.lines[-1].text == "slab 6 no me"


def test_every_answer_is_repeated_and_the_next_question_put() -> None:
    talk = begun()
    assert [line.text for line in talk.last.lines] == ["什么楼？"]
    assert labels(talk.last) == ["塔楼", "板楼", said("walk.cancel")]
    reply = talk.taps("塔楼")
    assert [line.text for line in reply.lines] == [said("walk.noted", answer="塔楼"), "有电梯吗？"]
    assert labels(reply) == ["有", "没有", said("walk.back"), said("walk.cancel")]


def test_each_question_and_the_end_is_a_page_and_an_answer_with_a_question_under_it_is_none() -> None:
    talk = Talk()
    assert talk.tap("begin:form").page and talk.taps("板楼").page
    assert not talk("装电梯谁出钱").page
    assert talk("6").page and talk.taps("有").page and talk.last.lines[-1].text.startswith("slab")
    assert not Talk()("我们小区能整治吗").page


# ---- back, change, cancel -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["上一步", "返回", "back"])
def test_back_drops_the_last_answer(line: str) -> None:
    talk = begun()
    talk("板楼"), talk("6")
    assert talk(line).lines[0].text == "几层？" and talk.walk.answers == {"kind": "slab"}
    assert talk(line).lines[0].text == "什么楼？"
    assert [shown.text for shown in talk(line).lines] == [said("walk.first"), "什么楼？"]


def test_an_old_button_changes_its_answer_and_only_what_hangs_on_it_is_asked_again() -> None:
    talk = begun()
    talk.taps("塔楼")
    reply = talk.tap("walk:form:1:kind:slab")
    assert [line.text for line in reply.lines] == [said("walk.changed", answer="板楼"), "几层？"]
    talk("6"), talk("有")
    assert talk.last.lines[-1].text == "slab 6 yes me"


def test_a_question_not_yet_asked_takes_no_answer() -> None:
    talk = begun()
    reply = talk.tap("walk:form:1:lift:yes")
    assert [line.text for line in reply.lines] == [said("walk.not_asked"), "什么楼？"] and talk.walk.answers == {}
    assert talk.tap("walk:form:1:kind:tent").lines[0].text == said("walk.not_taken")
    assert talk.tap("walk:form:1:kind:tower").lines[-1].text == "有电梯吗？"


def test_a_tap_that_comes_twice_changes_nothing() -> None:
    talk = begun()
    once = talk.tap("walk:form:1:kind:slab")
    before = talk.session
    again = talk.tap("walk:form:1:kind:slab")
    assert talk.session == before and again.lines[-1] == once.lines[-1] and again.buttons == once.buttons


def test_a_walk_that_is_over_offers_to_be_changed() -> None:
    talk = begun()
    talk("塔楼"), talk("有")
    reply = talk.tap("walk:form:1:kind:slab")
    assert reply.text == said("walk.over") and labels(reply) == [said("walk.change")] and talk.walk.over
    assert talk.taps(said("walk.change")).lines[-1].text == "什么楼？" and talk.walk.run == 2
    talk("板楼"), talk("6")
    assert talk.last.lines[-1].text == "slab 6 yes me"  # the answer that still counts is not asked for again


@pytest.mark.parametrize("line", ["取消", "不弄了", "算了", "cancel", "stop"])
def test_cancel_ends_it_and_its_buttons_offer_nothing_more(line: str) -> None:
    talk = begun()
    talk("板楼")
    assert talk(line).text == said("walk.cancelled") and talk.session.walk is None
    for data in ("walk:form:1:kind:slab", "back:1", "cancel:1", "change:1:kind"):
        assert talk.tap(data).text == said("walk.closed") and talk.session.walk is None


def test_starting_over_asks_from_the_beginning() -> None:
    talk = begun()
    talk("板楼")
    assert talk("重新来").lines[-1].text == "什么楼？" and talk.walk == Progress("form", 1, 2, {"who": "me"})


def test_a_dialog_begun_again_while_it_is_open_goes_on() -> None:
    talk = begun()
    talk("板楼")
    assert talk.tap("begin:form:who=me").lines[-1].text == "几层？" and talk.walk.run == 1
    assert talk.tap("begin:form:who=you").lines[-1].text == "什么楼？" and talk.walk.run == 2


def test_a_dialog_that_nobody_knows_is_no_button() -> None:
    assert Talk().tap("begin:nothing").text == says("chat.button_unknown")


def test_where_the_questions_have_changed_it_begins_anew() -> None:
    talk = begun()
    talk("板楼")
    talk.conversation = Conversation(LIBRARY, answerer(), {"form": Dialog("form", 2, walk)})
    reply = talk.tap("walk:form:1:kind:slab")
    assert [line.text for line in reply.lines] == [said("walk.renewed"), "什么楼？"]
    assert talk.walk == Progress("form", 2, 2, {"who": "me"})


# ---- digressions, languages ---------------------------------------------------------------------------------------


def test_a_question_of_its_own_is_answered_and_the_open_one_put_again() -> None:
    talk = begun()
    talk("板楼")
    reply = talk("我们楼能装电梯吗")
    assert LIFT in reply.text and [line.text for line in reply.lines[-2:]] == [said("walk.put_again"), "几层？"]
    assert labels(reply)[:2] == [said("walk.back"), said("walk.cancel")] and talk.walk.answers == {"kind": "slab"}
    assert talk("6").lines[-1].text == "有电梯吗？"


def test_commands_and_pictures_leave_the_walk_where_it_is() -> None:
    talk = begun()
    talk("板楼")
    for line in ("/help", "/privacy", "/menu", "/clause 二（二）"):
        talk(line)
        assert talk.walk.answers == {"kind": "slab"}
    assert talk("6").lines[-1].text == "有电梯吗？"


def test_another_language_puts_the_open_question_in_it() -> None:
    talk = begun()
    talk("板楼")
    assert talk("/language en").lines[-1].text == "How many floors?"
    assert talk("6").lines[-1].text == "Is there a lift?"


def test_an_edited_message_answers_no_open_question() -> None:
    talk = begun()
    talk.does(Text("板楼", edited=True))
    assert talk.walk.answers == {}


# ---- anything -----------------------------------------------------------------------------------------------------

TAPS = st.sampled_from(
    [
        *(taps.answer("form", run, key, value) for run in (1, 2, 3) for key, value in (
            ("kind", "slab"), ("kind", "tower"), ("floors", "6"), ("lift", "yes"), ("lift", "no"), ("roof", "x"))),
        *(form(run) for run in (1, 2) for form in (taps.back, taps.cancel)),
        *(taps.change(run, key) for run in (1, 2) for key in ("kind", "lift", "roof")),
        *("begin:form", "begin:form:who=me", "begin:eligibility", "page:menu", "page:nothing", "language:en", "junk"),
    ]
)  # fmt: skip
LINES = st.sampled_from(
    [
        "板楼",
        "6",
        "99999999999",
        "有",
        "上一步",
        "取消",
        "重新来",
        "装电梯谁出钱",
        "/menu",
        "/help",
        "/language zh",
        "1",
        "🙂",
    ]
)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.one_of(TAPS.map(Tap), LINES.map(typed)), max_size=25))
def test_whatever_comes_nothing_raises_and_the_walk_stands_where_its_dialog_leads(events: list[Event]) -> None:
    talk, walks = Talk(), Walks({"form": FORM}, Facts(LIBRARY))
    for event in events:
        assert talk.does(event).text
        kept = talk.session.walk
        assert kept is None or walks.place(kept, wording("zh")).progress == kept
        assert kept is None or kept.run == talk.session.runs


# ---- against the rules played out by hand -------------------------------------------------------------------------

ANSWERS = st.tuples(
    st.sampled_from([item.key for item in test_walks.FORM]),
    st.sampled_from("house flat unknown low high yes no partly heat 1985 1995".split()),
)
WORDS = st.sampled_from(["back", "cancel", "begin", "again", "装电梯谁出钱", "/help", "repeat"])
DONE = st.one_of(st.integers(0, 2), st.integers(0, 2), ANSWERS, WORDS)


@settings(max_examples=examples(120), deadline=None)
@given(st.lists(DONE, max_size=30))
def test_a_conversation_ends_where_the_rules_say(events: list[tuple[str, str] | str | int]) -> None:
    """Answers, backs, changes, cancels, digressions, restarts and repetitions; `None` where no walk is open."""
    talk = Talk(conversation=Conversation(LIBRARY, answerer(), {"form": Dialog("form", 1, test_walks.walk)}))
    model: test_walks.Model | None = None
    run = 0
    last: Event = Tap("begin:form")
    for event in events:
        over = model is not None and model._settle() is None
        doing: Event = last
        match event:
            case int(number):
                walks = Walks({"form": Dialog("form", 1, test_walks.walk)}, Facts(LIBRARY))
                open_walk = talk.session.walk
                asking = walks.place(open_walk, wording("zh")).asking if open_walk else None
                doing = Tap(taps.answer("form", run, *test_walks.valid(asking, number))) if run else last
            case (key, value):
                doing = Tap(taps.answer("form", run, key, value)) if run else Tap("junk")
            case "back" | "cancel":
                doing = Tap(f"{event}:{run}")
            case "begin":
                doing = Tap("begin:form")
            case str(line) if line != "repeat":
                doing = typed("重新来" if line == "again" else line)
        match doing:
            case Tap(data="begin:form") if model is None or over:
                model, run = test_walks.Model(), run + 1
            case Text(text="重新来") if model is not None and not over:
                model, run = test_walks.Model(), run + 1
            case Tap() if model is None or over:
                pass
            case Tap(data) if data == f"cancel:{run}":
                model = None
            case Tap(data) if model and data == f"back:{run}":
                model.back()
            case Tap(data) if model and data.startswith(f"walk:form:{run}:"):
                model.answer(*data.split(":")[3:])
        talk.does(doing)
        last = doing
        assert (talk.session.walk is None) == (model is None)
        if model is not None:
            open_key = model._settle()
            assert talk.walk.run == run and talk.walk.answers == dict(model.given)
            assert talk.walk.over == (open_key is None)
