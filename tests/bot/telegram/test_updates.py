"""Updates: what comes in → a row of the inbox, whatever it is; and that row → what the person did."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.updates import KINDS, arrival, event, language, read
from bot.channels.translator import Presence
from dialogs.events import Command, Event, Other, Tap, Text
from tests.bot.telegram.kit import BOT, Json, member, message, tapped, update

GROUP = -1_000_000_000_123
HOME = "telegram/123456"


def happened(raw: Json, username: str | None = "jiugai_bot") -> Event | Presence | None:
    came = arrival(raw, BOT)
    assert not came.fault, came.fault
    return event(came.payload, username)


# ---- arrivals -----------------------------------------------------------------------------------------------------

TOPIC = {"message_thread_id": 31, "is_topic_message": True}


@pytest.mark.parametrize(
    ("raw", "conversation", "number"),
    [
        (update(message=message()), "7/7/0", "11"),
        (update(edited_message=message()), "7/7/0", "11"),
        (update(message=message(chat=GROUP)), f"{GROUP}/7/0", "11"),
        (update(message=message(chat=GROUP, **TOPIC)), f"{GROUP}/7/31", "11"),
        (update(message=message(chat=GROUP, message_thread_id=31)), f"{GROUP}/7/0", "11"),  # a chain of replies
        (update(edited_message=message(chat=GROUP, user=8)), f"{GROUP}/8/0", "11"),
        (update(message=message(chat=GROUP, user=None)), f"{GROUP}/0/0", "11"),
        (tapped(), "7/7/0", ""),
        (tapped(under=message(chat=GROUP, user=int(BOT), **TOPIC), user=8), f"{GROUP}/8/31", ""),
        (tapped(under={"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}), "7/7/0", ""),
        (member("kicked"), "7/7/0", ""),
        (member("member", chat=-5), "-5/7/0", ""),
    ],
)
def test_a_row_has_the_updates_own_id_its_conversation_and_the_persons_message(
    raw: Json, conversation: str, number: str
) -> None:
    came = arrival(raw, BOT)
    assert (came.id, came.channel, came.fault) == (f"{HOME}/5", "telegram", "")
    assert (came.conversation, came.message) == (f"{HOME}/{conversation}", number)
    assert json.loads(came.payload) == raw


@pytest.mark.parametrize(
    "raw",
    [
        update(channel_post=message(chat=GROUP, kind="channel", user=None)),
        update(poll={"id": "1"}),
        update(inline_query={"id": "1", "query": "谁出钱"}),
        update(message_reaction={}),
        {"update_id": 5},
        update(callback_query={"id": "1", "from": {"id": 7}, "inline_message_id": "x", "data": "ask:menu"}),
    ],
)
def test_what_belongs_to_no_chat_with_us_is_kept_and_means_nothing(raw: Json) -> None:
    came = arrival(raw, BOT)
    assert (came.id, came.conversation, came.message, came.fault) == (f"{HOME}/5", HOME, "", "")
    assert event(came.payload, None) is None


@pytest.mark.parametrize(
    ("raw", "id"),
    [
        (update(message={"chat": 3}), "5"),
        (update(message=message(message_id="eleven")), "5"),
        (update(message=message(text=["谁出钱"])), "5"),
        (update(message=[message()]), "5"),
        (update(callback_query={"id": 7, "from": {"id": 7}}), "5"),
        (update(my_chat_member={"chat": {"id": 7}, "from": {"id": 7}, "new_chat_member": {"status": None}}), "5"),
        ({"update_id": 5.5, "message": message()}, None),
        ({"update_id": None, "message": message()}, None),
        ({"message": message()}, None),
        ([update()], None),
        ("谁出钱", None),
        (None, None),
        (3, None),
    ],
)
def test_what_cannot_be_understood_is_kept_with_a_fault_that_quotes_nothing(raw: object, id: str | None) -> None:
    came = arrival(raw, BOT)
    assert came.fault.startswith("not understood") and "谁出钱" not in came.fault and "eleven" not in came.fault
    assert came.conversation == HOME and json.loads(came.payload) == raw
    assert came.id == f"{HOME}/{id}" if id else came.id.startswith(f"{HOME}/")
    assert came == arrival(raw, BOT)


def test_two_that_have_no_number_are_kept_apart() -> None:
    assert arrival({"message": 1}, BOT).id != arrival({"message": 2}, BOT).id


@pytest.mark.parametrize("number", [2**31, 2**53 + 1, 2**63, 10**40])
def test_numbers_of_any_size_are_kept_as_they_are(number: int) -> None:
    came = arrival(update(message=message(chat=number, user=number)), BOT)
    assert came.conversation == f"{HOME}/{number}/{number}/0"
    assert arrival(update(number), BOT).id == f"{HOME}/{number}"


@pytest.mark.parametrize("depth", [50, 500, 900])
def test_however_deep_it_goes_it_is_kept(depth: int) -> None:
    deep: Any = json.loads("[" * depth + "]" * depth)
    came = arrival(update(message=message(reply_to_message=deep)), BOT)
    assert came.id == f"{HOME}/5"
    if not came.fault:
        assert event(came.payload, None) == Text("谁出钱")


@pytest.mark.parametrize("text", ["半个\ud83d", "\udc00", "a\ud83d\ud83d\ude00b", "\ud83d\nb"])
def test_half_characters_become_signs_that_can_be_written(text: str) -> None:
    raw = json.loads(json.dumps(update(message=message(text))))
    came = arrival(raw, BOT)
    came.payload.encode()
    heard = event(came.payload, None)
    assert isinstance(heard, Text) and "\ufffd" in heard.text
    assert [sign for sign in heard.text if sign.isascii()] == [sign for sign in text if sign.isascii()]


def test_null_characters_pass_through() -> None:
    assert happened(update(message=message("a\0b"))) == Text("a\0b")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
CHAT = st.fixed_dictionaries({"id": st.integers() | JSON}, optional={"type": st.sampled_from(["private", "group"])})
PERSON = st.fixed_dictionaries({"id": st.integers()}, optional={"language_code": st.text() | JSON})
MESSAGE = JSON | st.fixed_dictionaries(
    {"message_id": st.integers(), "chat": CHAT},
    optional={
        name: JSON | st.text(st.characters(exclude_categories=()))
        for name in ("text", "caption", "photo", "sticker", "media_group_id", "message_thread_id")
    }
    | {"from": PERSON | JSON},
)
TAP = st.fixed_dictionaries({"id": st.text(), "from": PERSON}, optional={"message": MESSAGE, "data": st.text() | JSON})
MEMBER = st.fixed_dictionaries({"chat": CHAT, "from": PERSON, "new_chat_member": st.just({"status": "kicked"}) | JSON})
UPDATE = st.fixed_dictionaries(
    {},
    optional={
        "update_id": st.integers() | JSON,
        "message": MESSAGE,
        "edited_message": MESSAGE,
        "callback_query": TAP | JSON,
        "my_chat_member": MEMBER | JSON,
    },
)


@given(UPDATE | JSON)
@example(update(message=message("\ud83d")))
@example({"update_id": True})
@example({"update_id": 5, "edited_message": {"message_id": 1, "chat": {"id": 1}, "caption": "", "photo": None}})
def test_whatever_comes_in_becomes_a_row_that_can_be_written_and_read_again(raw: object) -> None:
    came = arrival(raw, BOT)
    for text in (came.id, came.conversation, came.payload, came.message, came.fault):
        text.encode()
    assert came.id.startswith(f"{HOME}/") and came.channel == "telegram"
    if not came.fault:
        for username in ("jiugai_bot", None):
            event(came.payload, username)
        language(read(came.payload))


# ---- events -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("谁出钱", Text("谁出钱")),
        ("/help", Command("help")),
        ("/help@jiugai_bot", Command("help")),
        ("/HELP@Jiugai_Bot", Command("help")),
        ("/help@other_bot", None),
        ("/ask@jiugai_bot 谁出钱", Command("ask", "谁出钱")),
        ("/ask@other_bot 谁出钱", None),
        ("帮助", Command("help")),
        ("/ask 谁出钱@other_bot", Command("ask", "谁出钱@other_bot")),
    ],
)
def test_what_is_written_in_a_private_chat(text: str, meant: Event | None) -> None:
    assert happened(update(message=message(text))) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("谁出钱", None),
        ("帮助", None),
        ("/help", Command("help")),
        ("/help@jiugai_bot", Command("help")),
        ("/help@other_bot", None),
    ],
)
def test_in_groups_only_commands_are_for_the_bot(text: str, meant: Event | None) -> None:
    for kind in ("group", "supergroup"):
        assert happened(update(message=message(text, chat=GROUP, kind=kind))) == meant


@pytest.mark.parametrize("text", ["/吃饭了吗", "//", "/ 哈哈", "/weather", "/weather@jiugai_bot", "帮助", "/"])
def test_what_people_of_a_group_say_to_others_is_left_alone(text: str) -> None:
    assert happened(update(message=message(text, chat=GROUP))) is None


def test_a_command_under_a_picture_is_a_command() -> None:
    photo = message(text=None, photo=[{}], caption="/clause 二（二）")
    assert happened(update(message=photo)) == Command("clause", "二(二)")


def test_while_its_own_name_is_unknown_every_command_is_for_the_bot() -> None:
    assert happened(update(message=message("/help@any_bot", chat=GROUP)), None) == Command("help")


def test_an_edited_text_says_so_and_an_edited_command_is_a_command() -> None:
    assert happened(update(edited_message=message("谁出钱"))) == Text("谁出钱", edited=True)
    command = happened(update(edited_message=message("/help")))
    assert isinstance(command, Command) and command.name == "help"
    assert happened(update(edited_message=message("谁出钱", chat=GROUP))) is None


@pytest.mark.parametrize(
    "kind",
    "photo voice audio video video_note sticker location contact document poll dice story game paid_media".split(),
)
def test_what_is_no_text_is_told_by_its_kind(kind: str) -> None:
    assert happened(update(message=message(None, **{kind: {}}))) == Other(kind)
    assert happened(update(message=message(None, chat=GROUP, **{kind: {}}))) is None


def test_what_is_sent_as_two_things_is_the_one_that_people_see() -> None:
    assert happened(update(message=message(None, animation={}, document={}))) == Other("animation")
    assert happened(update(message=message(None, location={}, venue={}))) == Other("venue")


def test_captions_are_texts_beside_their_thing() -> None:
    photo = {"photo": [{}], "caption": "防盗窗拆吗", "media_group_id": "31"}
    assert happened(update(message=message(None, **photo))) == Text("防盗窗拆吗", beside="photo", album="31")
    edited = Text("防盗窗拆吗", edited=True, beside="photo", album="31")
    assert happened(update(edited_message=message(None, **photo))) == edited
    assert happened(update(message=message(None, chat=GROUP, **photo))) is None


def test_an_album_is_told_with_each_of_its_things() -> None:
    assert happened(update(message=message(None, photo=[{}], media_group_id="31"))) == Other("photo", "31")


def test_a_place_shared_live_is_heard_once() -> None:
    live = {"location": {"latitude": 39.9, "longitude": 116.3, "live_period": 900}}
    assert happened(update(message=message(None, **live))) == Other("location")
    assert happened(update(edited_message=message(None, **live))) is None


@pytest.mark.parametrize("about", ["new_chat_title", "pinned_message", "new_chat_members", "left_chat_member"])
def test_messages_about_the_chat_itself_are_nobodys_words(about: str) -> None:
    for chat in (7, GROUP):
        assert happened(update(message=message(None, chat=chat, **{about: {}}))) is None


def test_taps_bring_back_what_the_button_said() -> None:
    assert happened(tapped("ask:menu")) == Tap("ask:menu")
    assert happened(tapped("ask:menu", under=message("问", chat=GROUP))) == Tap("ask:menu")
    assert happened(tapped(None)) == Tap("")


@pytest.mark.parametrize(
    ("status", "reachable"), [("member", True), ("administrator", True), ("kicked", False), ("left", False)]
)
def test_only_a_person_lets_the_bot_write_or_blocks_it(status: str, reachable: bool) -> None:
    assert happened(member(status)) == Presence(reachable)
    assert happened(member(status, chat=-5)) is None


@pytest.mark.parametrize(
    ("code", "spoken"), [("zh-hans", "zh"), ("zh", "zh"), ("zh-hant", "zh"), ("", "zh"), ("en", "en"), ("de", "en")]
)
def test_the_language_of_the_app_is_the_one_to_begin_in(code: str, spoken: str) -> None:
    for raw in (update(message=message()), tapped(), member("member")):
        body = next(raw[kind] for kind in KINDS if kind in raw)
        body["from"]["language_code"] = code
        assert language(read(arrival(raw, BOT).payload)) == spoken


def test_who_is_not_told_is_spoken_to_in_chinese() -> None:
    assert language(read(json.dumps(update(message=message(chat=GROUP, user=None))))) == "zh"
    assert language(read(json.dumps({"update_id": 5}))) == "zh"
