"""The whole service against a loopback Bot API: what people see, whatever happens in between."""

import asyncio
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot import bootstrap
from bot.channels.telegram import client, delivery
from bot.channels.telegram.polling import WRONG_TOKEN
from bot.channels.telegram.updates import arrival
from bot.errors import UserError
from bot.sender import Limits
from bot.serving import serve
from bot.store import Call
from bot.times import utc
from dialogs.wording import LANGUAGES, wording
from tests.bot.telegram.kit import BOT, message, update
from tests.bot.telegram.service import configured, opened, said, service, states
from tests.botapi import BotApi, Faults, Message
from tests.botapi.parameters import NAMES

pytestmark = pytest.mark.usefixtures("quick")
GROUP = -1_000_000_000_123


async def asked(api: BotApi, user: int, text: str) -> Message:
    """What the bot says to a text, when it has said it."""
    before = len(api.heard(user))
    api.say(user, text)
    return await next_one(api, user, before)


async def next_one(api: BotApi, user: int, before: int) -> Message:
    await api.wait(lambda: len(api.heard(user)) > before)
    return api.chat(user).last()


# ---- what people see ----------------------------------------------------------------------------------------------


async def test_each_command_has_its_reply(api: BotApi, path: Path) -> None:
    async with service(api, path):
        assert (await asked(api, 7, "/start")).text == said("chat.welcome")
        assert api.chat(7).last().labels()
        assert (await asked(api, 7, "/help")).text == said("chat.help")
        assert (await asked(api, 7, "/privacy")).text == said("chat.privacy")
        assert (await asked(api, 7, "/ask")).text == said("chat.ask_what")
        assert "原则上" in (await asked(api, 7, "/ask 谁出钱")).text
        assert "「" in (await asked(api, 7, "/clause 二（二）")).text
        assert (await asked(api, 7, "/nothing")).text == said("chat.command_unknown")
        assert (await asked(api, 7, "/language en")).text == said("chat.language_set", "en")
        assert (await asked(api, 7, "/help")).text == said("chat.help", "en")
    assert api.rejected() == []


async def test_buttons_and_typed_numbers_do_the_same(api: BotApi, path: Path) -> None:
    async with service(api, path):
        answer = await asked(api, 7, "我们楼能装电梯吗")
        labels = answer.labels()
        assert len(labels) > 1
        for number, label in enumerate(labels, 1):
            if label == wording("zh")("begin.eligibility"):
                continue  # from there on a number answers its questions
            before = len(api.heard(7))
            api.tap(7, answer.message_id, label)
            tapped = await next_one(api, 7, before)
            assert len(tapped.text) > 5
            await asked(api, 7, "我们楼能装电梯吗")
            assert (await asked(api, 7, str(number))).text == tapped.text
        await api.wait(lambda: not api.unanswered_queries())
    assert api.rejected() == []


async def test_the_apps_are_told_of_the_commands_in_each_language(api: BotApi, path: Path) -> None:
    async with service(api, path):
        await api.wait(lambda: len(api.world.commands) == len(LANGUAGES))
    texts = [command["description"] for commands in api.world.commands.values() for command in commands]
    assert len(set(map(str, texts))) == len(texts) == 26


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("fr", "en"), ("zh-hant", "zh"), ("", "zh")])
async def test_the_first_words_are_in_the_language_of_the_app(
    api: BotApi, path: Path, code: str, language: Any
) -> None:
    api.person(7, language=code)
    async with service(api, path):
        assert (await asked(api, 7, "/start")).text == said("chat.welcome", language)


async def test_an_edited_question_has_its_answer_edited(api: BotApi, path: Path) -> None:
    async with service(api, path):
        number = api.say(7, "谁出钱")
        first = await next_one(api, 7, 0)
        old = first.text
        api.edit(7, number, "我们楼能装电梯吗")
        await api.wait(lambda: first.edited == 1)
        assert first.text != old and "电梯" in first.text and len(api.heard(7)) == 1
        api.edit(7, number, "谁出钱")
        await api.wait(lambda: first.edited == 2)
        assert "原则上" in first.text and len(api.heard(7)) == 1
    assert api.rejected() == []


async def test_an_edit_that_changes_no_answer_changes_nothing(api: BotApi, path: Path) -> None:
    async with service(api, path) as store:
        number = api.say(7, "谁出钱")
        await next_one(api, 7, 0)
        for text in ("谁出钱？", "谁出钱??"):
            api.edit(7, number, text)
        await api.wait(lambda: states(store, "outbox") == {"delivered": 3})
        assert len(api.heard(7)) == 1


async def test_an_answer_to_an_edit_that_is_longer_or_shorter_than_a_message(
    api: BotApi, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No reply is as long as Telegram's messages may be; with shorter messages some are.
    monkeypatch.setattr("bot.channels.telegram.markup.MESSAGE_UNITS", 60)
    async with service(api, path) as store:
        number = api.say(7, "你好")
        await next_one(api, 7, 0)
        short = api.heard(7)
        assert len(short) == 1
        api.edit(7, number, "自选类有哪些")
        await api.wait(lambda: len(api.heard(7)) > 1)
        await api.wait(lambda: "open" not in states(store, "outbox"))
        long = api.heard(7)
        assert len(long) > 3
        api.edit(7, number, "你好")
        await api.wait(lambda: api.heard(7) == short)
        api.edit(7, number, "自选类有哪些")
        await api.wait(lambda: api.heard(7) == long)
    assert api.rejected() == []


async def test_an_edit_of_a_question_whose_answer_was_taken_away_is_answered_anew(api: BotApi, path: Path) -> None:
    async with service(api, path):
        number = api.say(7, "谁出钱")
        first = await next_one(api, 7, 0)
        api.erase(7, first.message_id)
        assert api.heard(7) == []
        api.edit(7, number, "我们楼能装电梯吗")
        assert "电梯" in (await next_one(api, 7, 0)).text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("photo", "picture"),
        ("video", "picture"),
        ("animation", "picture"),
        ("voice", "sound"),
        ("audio", "sound"),
        ("video_note", "sound"),
        ("sticker", "sticker"),
        ("dice", "sticker"),
        ("location", "place"),
        ("contact", "contact"),
        ("document", "document"),
        ("poll", "poll"),
    ],
)
async def test_what_is_no_text_gets_one_friendly_sentence(api: BotApi, path: Path, kind: str, sentence: str) -> None:
    async with service(api, path):
        api.send(7, kind)
        assert (await next_one(api, 7, 0)).text == said(f"other.{sentence}")
        await asked(api, 7, "/help")
        assert len(api.heard(7)) == 2
    assert api.rejected() == []


async def test_an_album_is_replied_to_once_and_captions_are_questions(api: BotApi, path: Path) -> None:
    async with service(api, path):
        for _ in range(4):
            api.send(7, "photo", media_group_id="31")
        await asked(api, 7, "/help")
        await api.wait(lambda: api.heard(7)[-1] == said("chat.help"))
        assert len(api.heard(7)) == 2
        api.send(7, "photo", caption="谁出钱")
        assert "原则上" in (await next_one(api, 7, 2)).text
        live = api.send(7, "location", fields={"live_period": 900})
        await next_one(api, 7, 3)
        api.move(7, live, 39.9, 116.3)
        await asked(api, 7, "/help")
        assert len(api.heard(7)) == 5


async def test_who_blocks_the_bot_hears_nothing_and_may_come_back(api: BotApi, path: Path) -> None:
    async with service(api, path) as store:
        await asked(api, 7, "/help")
        api.say(7, "谁出钱")
        api.block(7)
        await api.wait(lambda: sum(states(store, "inbox").values()) == 3 and "open" not in states(store, "outbox"))
        api.unblock(7)
        assert (await asked(api, 7, "/privacy")).text == said("chat.privacy")


async def test_in_a_group_only_commands_are_answered_to_whoever_asked(api: BotApi, path: Path) -> None:
    async with service(api, path):
        api.group(GROUP, by=7)
        api.say(7, "谁出钱", chat=GROUP)
        api.say(7, "/help@some_other_bot", chat=GROUP)
        number = api.say(8, "/ask@jiugai_test_bot 谁出钱", chat=GROUP)
        await api.wait(lambda: api.heard(GROUP))
        reply = api.chat(GROUP).last()
        assert "原则上" in reply.text and reply.reply_to == number
        api.tap(7, reply.message_id, reply.labels()[0], chat=GROUP)
        await api.wait(lambda: len(api.heard(GROUP)) == 2 and not api.unanswered_queries())
        api.kick(GROUP, by=7)
        await asked(api, 7, "/help")
    assert api.rejected() == []


async def test_people_who_write_at_once_are_each_answered_in_their_order(api: BotApi, path: Path) -> None:
    texts = ["/help", "/privacy", "/start", "/ask", "/nothing"]
    async with service(api, path):
        for text in texts:
            for user in (7, 8):
                api.say(user, text)
        await api.wait(lambda: all(len(api.heard(user)) == len(texts) for user in (7, 8)))
    keys = ["help", "privacy", "welcome", "ask_what", "command_unknown"]
    for user in (7, 8):
        assert api.heard(user) == [said(f"chat.{key}") for key in keys]


async def test_no_limit_of_telegram_is_broken(path: Path) -> None:
    async with (
        BotApi() as api,
        service(api, path, limits=Limits(delivery.OVERALL, delivery.lane_limits)),
    ):
        for user in range(1, 41):
            api.say(user, "/help")
        api.say(1, "/privacy")
        await api.wait(lambda: len(api.heard(1)) == 2 and all(api.heard(user) for user in range(1, 41)), within=15)
        assert api.rejected() == []


# ---- what comes in broken, twice, or not at all -------------------------------------------------------------------


async def test_what_cannot_be_understood_is_set_aside_and_sinks_nothing(api: BotApi, path: Path) -> None:
    api.say(7, "/help")
    api.raw({"message": {"message_id": "eleven", "chat": ["谁"]}})
    api.raw({"callback_query": 7})
    api.raw({"channel_post": {"message_id": 1}})
    api.raw({"message": {"message_id": 1, "chat": {"id": 2**70, "type": "private"}, "text": "/help"}})
    api.say(8, "/help")
    async with service(api, path) as store:
        await api.wait(lambda: api.heard(7) and api.heard(8) and len(api.world.updates) == 0)
        await api.wait(lambda: "open" not in {**states(store, "inbox"), **states(store, "outbox")})
        assert states(store, "inbox") == {"done": 4, "aside": 2}
        assert states(store, "outbox") == {"delivered": 2, "never": 1}  # nobody is at home at 2**70


async def test_what_comes_twice_is_answered_once(path: Path) -> None:
    async with BotApi(flood=False, twice=True) as api, service(api, path):
        for text in ("/help", "/privacy", "/start"):
            api.say(7, text)
        api.say(8, "/help")
        await api.wait(lambda: len(api.heard(7)) == 3 and api.heard(8))
        api.say(9, "/help")
        await api.wait(lambda: api.heard(9))
        assert (len(api.heard(7)), len(api.heard(8))) == (3, 1)


async def test_a_wrong_token_ends_it_with_a_sentence_that_does_not_show_it(path: Path) -> None:
    async with BotApi("123456:RIGHT") as api:
        with opened(path) as store:
            made = bootstrap.telegram(configured(api, path, "123456:WRONG"), store)
            with pytest.raises(UserError) as caught:
                await serve(made, asyncio.Event())
    assert str(caught.value) == WRONG_TOKEN and "123456" not in WRONG_TOKEN


async def test_a_token_that_is_taken_back_while_it_serves_ends_it_too(api: BotApi, path: Path) -> None:
    with opened(path) as store:
        running = asyncio.create_task(serve(bootstrap.telegram(configured(api, path), store), asyncio.Event()))
        await asked(api, 7, "/help")
        api.token = "123456:ANOTHER"
        api.say(7, "/privacy")
        with pytest.raises(UserError, match="@BotFather"):
            await running


async def test_a_server_without_a_menu_of_commands_or_edits_is_served_all_the_same(
    api: BotApi, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.markup.MESSAGE_UNITS", 60)
    for method in ("setmycommands", "deletemessage", "editmessagetext", "answercallbackquery"):
        monkeypatch.delitem(NAMES, method)
    async with service(api, path) as store:
        number = api.say(7, "自选类有哪些")
        await api.wait(lambda: len(api.heard(7)) > 3 and "open" not in states(store, "outbox"))
        before = len(api.heard(7))
        api.edit(7, number, "你好")
        await next_one(api, 7, before)
        api.tap(7, api.chat(7).last().message_id, api.chat(7).last().labels()[0])
        await next_one(api, 7, before + 1)
        await asked(api, 7, "/help")
        await api.wait(lambda: states(store, "outbox").keys() == {"delivered"})


def _conflicts(api: BotApi, times: int) -> bool:
    return sum(call.status == 409 for call in api.calls) == times


async def test_another_program_with_the_same_token_is_waited_for(api: BotApi, path: Path) -> None:
    other = client.Client(configured(api, path))
    async with service(api, path):
        await api.wait(lambda: api.world.updates._poll)
        # It takes the updates away again and again, and then ends.
        for times in range(1, 4):
            await other.call("getUpdates", timeout=0)
            await api.wait(partial(_conflicts, api, times))
            await api.wait(lambda: api.world.updates._poll)
        assert (await asked(api, 7, "/help")).text == said("chat.help")
    await other.close()


async def test_a_web_hook_is_taken_away(api: BotApi, path: Path) -> None:
    api.world.webhook = "https://example.org/hook"
    async with service(api, path):
        assert (await asked(api, 7, "/help")).text == said("chat.help")
    assert api.world.webhook == ""


async def test_a_network_that_is_away_at_the_start_is_waited_for(api: BotApi, path: Path) -> None:
    await api.away()
    async with service(api, path):
        await asyncio.sleep(0.1)
        await api.away(False)
        assert (await asked(api, 7, "/help")).text == said("chat.help")
    assert api.rejected() == []


async def test_a_network_that_goes_away_in_the_middle_loses_nothing_and_keeps_the_order(
    api: BotApi, path: Path
) -> None:
    async with service(api, path) as store:

        def still(rows: int) -> bool:
            inbox, outbox = states(store, "inbox"), states(store, "outbox")
            return sum(inbox.values()) == rows and "open" not in {**inbox, **outbox}

        for turn in range(3):
            for text in ("/help", "/privacy"):
                for user in (7, 8):
                    api.say(user, text)
            await next_one(api, 7, len(api.heard(7)))
            await api.away()
            for user in (7, 8):
                api.say(user, "/start")
            await asyncio.sleep(0.05)
            await api.away(False)
            await api.wait(partial(still, 6 * (turn + 1)))
    # A message whose answer was cut off may have arrived and be sent again; nothing is missing, nothing overtakes.
    wanted = [said(f"chat.{key}") for key in ("help", "privacy", "welcome")] * 3
    for user in (7, 8):
        assert [text for text, _ in groupby(api.heard(user))] == wanted
    assert api.rejected() == []


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "getUpdates", "sendMessage"])
@pytest.mark.parametrize("fault", ["500", "502", "504", "cut_before"])
async def test_a_call_that_fails_is_made_again(api: BotApi, path: Path, method: str, fault: str) -> None:
    api.fail_next(method, fault, times=2)
    async with service(api, path):
        await asked(api, 7, "/help")
        await asked(api, 7, "/privacy")
    assert api.heard(7) == [said("chat.help"), said("chat.privacy")]
    assert api.rejected() == []


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage", "answerCallbackQuery"])
@pytest.mark.parametrize("fault", ["502", "cut_before", "cut_after"])
async def test_edits_deletes_and_answers_to_taps_are_made_again(
    api: BotApi, path: Path, method: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.markup.MESSAGE_UNITS", 60)
    api.fail_next(method, fault)
    async with service(api, path) as store:
        number = api.say(7, "自选类有哪些")
        await api.wait(lambda: len(api.heard(7)) > 3)
        await api.wait(lambda: "open" not in states(store, "outbox"))
        api.edit(7, number, "你好")
        await api.wait(lambda: len(api.heard(7)) == 1)
        api.tap(7, api.chat(7).last().message_id, api.chat(7).last().labels()[0])
        await api.wait(lambda: not api.unanswered_queries())
        await api.wait(lambda: states(store, "outbox").keys() == {"delivered"})
    assert any(call.fault == fault for call in api.calls)


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_flood_limit_is_waited_out(path: Path, method: str) -> None:
    async with BotApi(flood=False, faults=Faults(retry_after=1)) as api:
        api.fail_next(method, "429")
        async with service(api, path):
            assert (await asked(api, 7, "/help")).text == said("chat.help")
        assert len(api.heard(7)) == 1


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
@pytest.mark.parametrize("fault", ["timeout", "cut_after"])
async def test_a_call_of_unknown_end_is_made_again(
    api: BotApi, path: Path, method: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.3)
    monkeypatch.setattr("bot.channels.telegram.polling.POLL_SECONDS", 0)
    api.say(7, "/help")
    api.fail_next(method, fault)
    async with service(api, path):
        await api.wait(lambda: any(call.fault == fault for call in api.calls))
        await asked(api, 7, "/privacy")
        await api.wait(lambda: api.heard(7)[-1] == said("chat.privacy"))
    # Two answers are better than none.
    assert list(dict.fromkeys(api.heard(7))) == [said("chat.help"), said("chat.privacy")]
    assert len(api.heard(7)) == (3 if method == "sendMessage" else 2)
    assert api.rejected() == []


# ---- stopping and starting ----------------------------------------------------------------------------------------


async def test_what_was_committed_before_the_end_is_answered_after_the_next_start(api: BotApi, path: Path) -> None:
    async with service(api, path) as store:
        await asked(api, 7, "/help")
        api.fail_next("sendMessage", "500", times=1000)
        for text in ("/privacy", "/start"):
            api.say(7, text)
        await api.wait(lambda: states(store, "inbox") == {"done": 3})
    assert len(api.heard(7)) == 1
    api.faults._plans.clear()
    api.say(7, "/ask")
    async with service(api, path):
        await api.wait(lambda: len(api.heard(7)) == 4)
    assert api.heard(7) == [said(f"chat.{key}") for key in ("help", "privacy", "welcome", "ask_what")]


async def test_a_fault_of_one_part_ends_the_service_with_that_fault(api: BotApi, path: Path) -> None:
    with opened(path) as store:
        made = bootstrap.telegram(configured(api, path), store)

        async def failing() -> None:
            raise ZeroDivisionError

        stop = asyncio.Event()
        object.__setattr__(made, "sources", (*made.sources, failing))
        with pytest.raises(ZeroDivisionError):
            await serve(made, stop)


@pytest.mark.usefixtures("soon")
async def test_what_another_process_commits_is_noticed(api: BotApi, path: Path) -> None:
    async with service(api, path):
        await asked(api, 7, "/help")
        with opened(path) as other:
            await asyncio.sleep(0.1)
            raw = update(999, message=message("/privacy"))
            other.write(lambda tx: tx.inbox.add([arrival(raw, BOT)], utc())).result()
            await api.wait(lambda: len(api.heard(7)) == 2)
            assert api.heard(7)[-1] == said("chat.privacy")
            notice = Call("telegram/123456/7", '{"chat_id": 7, "text": "通知"}', unasked=True)
            inbox, conversation = "telegram/123456/999", "telegram/123456/7/7/0"
            other.write(lambda tx: tx.outbox.add(inbox, "telegram", conversation, [notice], utc(), first=9)).result()
            await api.wait(lambda: api.heard(7)[-1] == "通知")
    assert len(api.heard(7)) == 3
