"""Telegram's translator: a reply → calls of the outbox, each of which the Bot API takes."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram import delivery
from bot.channels.telegram.client import Client
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.translator import TelegramTranslator, commands
from bot.channels.telegram.updates import COMMANDS
from bot.config import settings
from bot.sender import Delivered, Limit
from bot.store import Call, Sent, Waiting
from dialogs.events import _CALLED
from dialogs.replies import Button, Line, Quote, Reply
from dialogs.wording import LANGUAGES
from tests.bot.sender.kit import NOW
from tests.bot.telegram.kit import BOT, Json, message, received, tapped, update
from tests.botapi import TOKEN, BotApi

GROUP = -1_000_000_000_123
QUOTE = Quote("s2-2-p1", "楼本体 & <小区>", "二（二）第1段")
SHORT = Reply(
    (Line("好的"), Line("原文：", QUOTE)), (Button("看原文", "clause:s2-2-p1"), Button("谁出钱", "ask:who-pays"))
)
# Two and three messages: nothing says where a line may be broken but its length.
TWO = Reply((Line("一" * 4000), Line("二" * 3000)), SHORT.buttons)
THREE = Reply((*TWO.lines, Line("三" * 4000)), SHORT.buttons)


def calls(raw: Json, reply: Reply | None, *standing: Sent) -> list[Call]:
    return TelegramTranslator(BOT).calls(received(raw), reply, standing)


def params(call: Call) -> dict[str, Any]:
    found = json.loads(call.payload)
    assert isinstance(found, dict)
    return found


def test_a_reply_is_a_message_with_its_buttons_under_it() -> None:
    (call,) = calls(update(), SHORT)
    assert (call.lane, call.kind, call.question, call.slot, call.replaces) == ("telegram/123456/7", "send", "11", 0, "")
    assert not call.unasked
    assert params(call) == {
        "chat_id": 7,
        "text": "好的\n原文：\n<blockquote>「楼本体 &amp; &lt;小区&gt;」\n<i>二（二）第1段</i></blockquote>",
        "parse_mode": "HTML",
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "看原文", "callback_data": "clause:s2-2-p1"},
                    {"text": "谁出钱", "callback_data": "ask:who-pays"},
                ]
            ]
        },
    }


def test_a_long_reply_is_several_messages_in_their_slots() -> None:
    found = calls(update(), THREE)
    assert [(call.kind, call.slot, call.replaces) for call in found] == [("send", slot, "") for slot in range(3)]
    assert ["reply_markup" in params(call) for call in found] == [False, False, True]


def test_nothing_to_say_is_no_call() -> None:
    assert calls(update(), None) == []
    assert calls(update(), Reply(())) == []


def test_a_tap_is_answered_beside_the_order_of_the_chat_and_then_replied_to() -> None:
    answer, reply = calls(tapped(), SHORT)
    assert (answer.kind, params(answer), answer.question) == ("other", {"callback_query_id": "777"}, "")
    assert answer.lane == "telegram/123456/tap/5" and reply.lane == "telegram/123456/7"
    assert (reply.kind, reply.question) == ("send", "")


def test_a_tap_is_answered_though_there_is_nothing_to_say() -> None:
    assert [call.kind for call in calls(tapped(), None)] == ["other"]


def test_a_tap_on_a_message_that_nobody_can_see_any_more_is_replied_to() -> None:
    raw = tapped(under={"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0})
    assert params(calls(raw, SHORT)[1])["chat_id"] == 7


def test_a_tap_on_a_message_that_was_sent_elsewhere_is_answered_only() -> None:
    raw = update(callback_query={"id": "777", "from": {"id": 7}, "inline_message_id": "x"})
    (call,) = calls(raw, None)
    assert params(call) == {"callback_query_id": "777"}


def test_an_edited_question_puts_its_answer_in_place_of_the_one_before() -> None:
    (call,) = calls(update(edited_message=message()), SHORT, Sent("t#0", 0))
    assert (call.kind, call.question, call.slot, call.replaces) == ("edit", "11", 0, "t#0")
    assert params(call)["chat_id"] == 7


def test_an_answer_that_grows_is_edited_and_goes_on_in_new_messages() -> None:
    found = calls(update(edited_message=message()), THREE, Sent("t#0", 0))
    assert [(call.kind, call.slot, call.replaces) for call in found] == [
        ("edit", 0, "t#0"),
        ("send", 1, ""),
        ("send", 2, ""),
    ]
    assert all(call.question == "11" for call in found)


def test_an_answer_that_shrinks_is_edited_and_its_rest_is_taken_away() -> None:
    standing = [Sent(f"t#{slot}", slot) for slot in range(3)]
    found = calls(update(edited_message=message()), SHORT, *standing)
    assert [(call.kind, call.slot, call.replaces) for call in found] == [
        ("edit", 0, "t#0"),
        ("delete", 1, "t#1"),
        ("delete", 2, "t#2"),
    ]
    assert params(found[1]) == {"chat_id": 7} and found[1].question == "11"


def test_a_topic_is_replied_to_in_the_topic() -> None:
    for raw in (
        update(message=message(message_thread_id=31, is_topic_message=True)),
        tapped(under=message(message_thread_id=31, is_topic_message=True)),
    ):
        call = calls(raw, SHORT)[-1]
        assert params(call)["message_thread_id"] == 31


def test_in_a_group_a_reply_shows_whom_it_answers() -> None:
    (call,) = calls(update(message=message("/help", chat=GROUP)), SHORT)
    assert call.lane == f"telegram/123456/{GROUP}"
    assert params(call)["reply_parameters"] == {"message_id": 11, "allow_sending_without_reply": True}
    assert "reply_parameters" not in params(calls(update(), SHORT)[0])


def test_a_notice_answers_no_message_so_that_no_edit_takes_its_place() -> None:
    (call,) = TelegramTranslator(BOT).notice(received(update()), SHORT)
    assert (call.kind, call.question, call.lane) == ("send", "", "telegram/123456/7")


@pytest.mark.parametrize(
    ("raw", "limits"),
    [
        (update(), (Limit(1, 1.0),)),
        (update(message=message(chat=GROUP)), (Limit(1, 1.0), Limit(20, 60.0))),
        (update(message=message(chat=-5, kind="group")), (Limit(1, 1.0), Limit(20, 60.0))),
    ],
)
def test_each_chat_is_written_to_as_fast_as_telegram_allows_and_a_tap_is_answered_at_once(
    raw: Json, limits: tuple[Limit, ...]
) -> None:
    (call,) = calls(raw, SHORT)
    assert delivery.lane_limits(call.lane) == limits
    assert delivery.lane_limits(calls(tapped(), None)[0].lane) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_commands_holds_commands_that_there_are(language: Any) -> None:
    assert [one["command"] for one in commands(language)] == [name for name in COMMANDS if name != "start"]
    assert all(_CALLED[name].name == name for name in COMMANDS)


@asynccontextmanager
async def connected(api: BotApi) -> AsyncIterator[Client]:
    client = Client(settings({"JIUGAI_TELEGRAM_TOKEN": TOKEN, "JIUGAI_TELEGRAM_API": api.root}))
    try:
        yield client
    finally:
        await client.close()


async def test_the_bot_api_takes_every_call() -> None:
    async with BotApi(flood=False) as api, connected(api) as client:
        made = Delivery(client)
        sent: dict[str, str] = {}

        async def deliver(found: list[Call]) -> list[Sent]:
            for call in found:
                id = f"t#{len(sent)}"
                waiting = Waiting(id, "c", call.lane, call.payload, call.kind, call.replaces, False, 0, NOW)
                outcome = await made(waiting, sent.get(call.replaces, ""))
                assert isinstance(outcome, Delivered), outcome
                sent[id] = outcome.message
            count = len(sent)
            return [Sent(f"t#{count - len(found) + at}", call.slot) for at, call in enumerate(found)]

        api.group(GROUP, by=7)
        api.say(7, "谁出钱")
        api.say(7, "/help", chat=GROUP)
        standing: list[Sent] = []
        for reply in (SHORT, THREE, TWO, replace(SHORT, buttons=()), THREE):
            found = calls(update(edited_message=message(message_id=1)), reply, *standing)
            standing = [one for one, call in zip(await deliver(found), found, strict=True) if call.kind != "delete"]
            assert len(api.heard(7)) == len(standing)
        await deliver(calls(update(message=message("/help", chat=GROUP, message_id=1)), SHORT))
        assert api.chat(GROUP).last().reply_to == 1
        query = api.tap(7, api.chat(7).last().message_id, "看原文")
        await deliver(calls(tapped(under=message(message_id=2), id=query), SHORT))
        assert api.unanswered_queries() == []
        # A part that the edit leaves as it was is refused, which delivery takes for what it is.
        assert all("message is not modified" in call.description for call in api.rejected())
        for language in LANGUAGES:
            await client.call("setMyCommands", commands=commands(language))
