"""The Bot API server that tests and benchmarks talk to: it refuses, delivers, fails and records as it says."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Self

import httpx
import pytest
from telegram import Update

from tests.botapi import TOKEN, BotApi, Call, Fault, Faults, Remote, Upload
from tests.botapi.markup import parse
from tests.botapi.refusals import Refused
from tests.botapi.uploads import png

ANNA, BORIS, GROUP = 7, 8, -1001234567890
LONG = 30.0  # seconds for what comes at once, on a machine that is busy with other things


class Bot:
    """The least of bots: calls methods as python-telegram-bot does, in forms with JSON in their values."""

    def __init__(self, root: str, token: str = TOKEN) -> None:
        self.root = f"{root}/bot{token}"
        self.http = httpx.AsyncClient(timeout=LONG, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.http.aclose()

    async def ask(self, method: str, **params: object) -> httpx.Response:
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return await self.http.post(f"{self.root}/{method}", data=form)

    async def ok(self, method: str, **params: object) -> Any:
        answer = await self.ask(method, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def refused(self, method: str, **params: object) -> str:
        answer = await self.ask(method, **params)
        body = answer.json()
        assert not body["ok"] and body["error_code"] == answer.status_code
        return f"{answer.status_code} {body['description']}"

    async def updates(self, offset: int = 0, **params: object) -> list[Any]:
        return list(await self.ok("getUpdates", offset=offset, **params))


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(flood=False) as api:
        api.say(ANNA, "/start")
        yield api


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(api.root) as bot:
        yield bot


def keys(*buttons: dict[str, object], row: int = 1) -> dict[str, object]:
    return {"inline_keyboard": [list(buttons[at : at + row]) for at in range(0, len(buttons), row)]}


YES: dict[str, object] = {"text": "是", "callback_data": "yes"}


# The text of a message


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("a", "a", []),
        ("<b>甲</b>乙", "甲乙", [("bold", 0, 1)]),
        ("😀<strong><em>x</em></strong>", "😀x", [("bold", 2, 1), ("italic", 2, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", at, 1) for at in range(3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ('<a href="https://x.cn/?a=1&amp;b">a</a>', "a", [("text_link", 0, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote><b></b>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable><b>a</b>b</blockquote>", "ab", [("expandable_blockquote", 0, 2), ("bold", 0, 1)]),
        ("&lt;&gt;&amp;&quot;&#65;&#x1F600;", '<>&"A😀', []),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, kinds: list[tuple[str, int, int]]) -> None:
    plain, entities = parse(html)
    assert plain == text
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == kinds


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("字<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("<i>&#xD800;</i>", "Text contains invalid Unicode characters after decoding HTML entities"),
        # Stricter than the real server, which would be silent.
        ("a&nbsp;b", "Unsupported character reference at byte offset 1"),
        ("R&D", "Unsupported character reference at byte offset 1"),
        ("2 > 1", 'Character ">" must be escaped at byte offset 2'),
        ("<a>a</a>", 'Tag "a" must have a valid "href" at byte offset 0'),
        ("<b style=x>a</b>", 'Unsupported attribute "style" in the tag "b" at byte offset 0'),
        ("<blockquote><blockquote>a</blockquote></blockquote>", 'Tag "blockquote" can\'t be nested here'),
        ("<b><code>a</code></b>", 'Tag "code" can\'t be nested here at byte offset 3'),
        ("<code><b>a</b></code>", 'Tag "b" can\'t be nested here at byte offset 6'),
    ],
)
def test_html_that_is_wrong_is_refused(html: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(html)
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {why}")


def test_a_lenient_reading_is_as_the_real_server_reads() -> None:
    assert parse("R&D &nbsp; 2 > 1 &lt", strict=False) == ("R&D &nbsp; 2 > 1 <", [])


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n\u200b"}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "<b>a</b> " * 101, "parse_mode": "HTML"}, "too many entities"),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity beginning at UTF-16"),
        ({"text": "a", "entities": [{"type": "fat", "offset": 0, "length": 1}]}, "can't parse MessageEntity"),
        ({"text": "a", "txt": "b"}, 'unknown parameter "txt" of the method sendMessage'),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "chat_id": BORIS}, "chat not found"),
        ({"text": "a", "chat_id": "@anna"}, "chat not found"),
    ],
)
async def test_a_text_that_is_wrong_is_refused(api: BotApi, bot: Bot, params: dict[str, object], why: str) -> None:
    assert (await bot.refused("sendMessage", **{"chat_id": ANNA, **params})).startswith(f"400 Bad Request: {why}")
    assert [call.effect for call in api.rejected()] == [False]
    assert api.heard(ANNA) == []


async def test_the_longest_text_is_taken_and_marks_do_not_count(api: BotApi, bot: Bot) -> None:
    await bot.ok("sendMessage", chat_id=ANNA, text=f"<b>{'字' * 4096}</b>", parse_mode="HTML")
    await bot.ok("sendMessage", chat_id=ANNA, text="😀" * 2048)
    assert [len(text) for text in api.heard(ANNA)] == [4096, 2048]


async def test_a_message_is_stored_as_people_read_it(api: BotApi, bot: Bot) -> None:
    html = "\n <b>电梯</b> &amp; 管线\n"
    sent = await bot.ok("sendMessage", chat_id=ANNA, text=html, parse_mode="HTML", reply_markup=keys(YES))
    message = api.chat(ANNA).last()
    assert (sent["message_id"], message.message_id, message.text, message.html) == (2, 2, "电梯 & 管线", html)
    assert message.entities == ({"type": "bold", "offset": 0, "length": 2},)
    assert message.labels() == ["是"] and message.shown_for(ANNA)
    assert sent["reply_markup"] == keys(YES) and sent["from"]["is_bot"] and sent["chat"]["type"] == "private"


@pytest.mark.parametrize(
    "content", [b'{"chat_id": 7, "text": "\\ud800"}', b"chat_id=7&text=%ed%a0%80", b"chat_id=7&text=%ff"]
)
async def test_broken_characters_are_refused(bot: Bot, content: bytes) -> None:
    kind = "application/json" if content.startswith(b"{") else "application/x-www-form-urlencoded"
    answer = await bot.http.post(f"{bot.root}/sendMessage", content=content, headers={"Content-Type": kind})
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_parameters_come_by_query_and_json_too(api: BotApi, bot: Bot) -> None:
    await bot.http.get(f"{bot.root}/sendmessage", params={"chat_id": ANNA, "text": "一"})
    await bot.http.post(f"{bot.root}/sendMessage", json={"chat_id": ANNA, "text": "二", "reply_markup": keys(YES)})
    assert api.heard(ANNA) == ["一", "二"]
    assert api.calls[1].params == {"chat_id": ANNA, "text": "二", "reply_markup": keys(YES)}


# Keyboards, edits, taps


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (keys({"text": "a", "callback_data": "字" * 22}), "BUTTON_DATA_INVALID"),
        (keys({"text": "a", "callback_data": ""}), "can't parse inline keyboard button: Text buttons are unallowed"),
        (keys({"text": " ", "callback_data": "a"}), "inline keyboard button text must be non-empty"),
        (keys({"callback_data": "a"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (keys({"text": "a", "callback_data": "a", "url": "https://x.cn"}), "can't parse inline keyboard button: ex"),
        (keys({"text": "a", "url": "ftp://x.cn"}), "inline keyboard button URL 'ftp://x.cn' is invalid: Unsupported"),
        (keys({"text": "a", "url": "nowhere"}), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (keys({"text": "a", "data": "a"}), 'unknown field "data"'),
        (keys(*[YES] * 9, row=9), "inline keyboard row is too long"),
        (keys(*[YES] * 101, row=8), "REPLY_MARKUP_TOO_LONG"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_that_is_wrong_is_refused(bot: Bot, markup: object, why: str) -> None:
    refused = await bot.refused("sendMessage", chat_id=ANNA, text="a", reply_markup=markup)
    assert refused.startswith(f"400 Bad Request: {why}")


async def test_the_largest_keyboard_is_taken(bot: Bot) -> None:
    await bot.ok("sendMessage", chat_id=ANNA, text="a", reply_markup=keys(*[YES] * 96, row=8))
    longest: dict[str, object] = {"text": "a", "callback_data": "字" * 21 + "a"}
    await bot.ok("sendMessage", chat_id=ANNA, text="a", reply_markup=keys(longest))


async def test_edits(api: BotApi, bot: Bot) -> None:
    await bot.ok("sendMessage", chat_id=ANNA, text="一", reply_markup=keys(YES))
    here: dict[str, object] = {"chat_id": ANNA, "message_id": 2}
    assert "message is not modified" in await bot.refused("editMessageText", **here, text="一", reply_markup=keys(YES))
    assert "message is not modified" in await bot.refused("editMessageReplyMarkup", **here, reply_markup=keys(YES))
    await bot.ok("editMessageText", **here, text="<b>一</b>", parse_mode="HTML")
    message = api.chat(ANNA).last()
    assert (message.edited, message.keyboard, len(message.entities)) == (1, None, 1)
    await bot.ok("editMessageReplyMarkup", **here, reply_markup=keys(YES))
    assert message.labels() == ["是"] and message.text == "一"
    edit = "editMessageText"
    assert await bot.refused(edit, chat_id=ANNA, message_id=1, text="a") == "400 Bad Request: message can't be edited"
    assert await bot.refused(edit, chat_id=ANNA, message_id=9, text="a") == "400 Bad Request: message to edit not found"
    assert await bot.refused(edit, chat_id=ANNA, text="a") == "400 Bad Request: message identifier is not specified"
    assert "inline keyboard expected" in await bot.refused(edit, **here, text="b", reply_markup={"force_reply": True})
    assert await bot.ok("deleteMessage", **here) is True
    assert message.deleted and not message.shown_for(ANNA) and api.heard(ANNA) == []
    assert await bot.refused(edit, **here, text="a") == "400 Bad Request: message to edit not found"
    assert await bot.refused("deleteMessage", **here) == "400 Bad Request: message to delete not found"


async def test_people_erase_messages(api: BotApi, bot: Bot) -> None:
    for text in "甲乙丙":
        await bot.ok("sendMessage", chat_id=ANNA, text=text)
    api.erase(ANNA, 2)
    api.erase(ANNA, 3, for_all=False)
    assert api.heard(ANNA) == ["丙"]
    assert "not found" in await bot.refused("editMessageText", chat_id=ANNA, message_id=2, text="a")
    await bot.ok("editMessageText", chat_id=ANNA, message_id=3, text="a")


async def test_taps_are_answered_once_and_in_time() -> None:
    time = [100.0]
    async with BotApi(flood=False, clock=lambda: time[0]) as api, Bot(api.root) as bot:
        api.say(ANNA, "/start")
        await bot.ok(
            "sendMessage", chat_id=ANNA, text="?", reply_markup=keys(YES, {"text": "去", "url": "https://x.cn"})
        )
        for wrong in ("否", "去"):
            with pytest.raises(AssertionError):
                api.tap(ANNA, 2, wrong)
        first, second = api.tap(ANNA, 2, "是"), api.tap(ANNA, 2, "yes")
        query = (await bot.updates())[-1]["callback_query"]
        assert (query["id"], query["data"], query["message"]["text"]) == (second, "yes", "?")
        await bot.ok("answerCallbackQuery", callback_query_id=first, text="好", show_alert=True)
        assert api.unanswered_queries() == [second]
        assert [(notice.text, notice.alert) for notice in api.notices(ANNA)] == [("好", True)]
        too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
        assert "MESSAGE_TOO_LONG" in await bot.refused("answerCallbackQuery", callback_query_id=second, text="a" * 201)
        assert await bot.refused("answerCallbackQuery", callback_query_id=first) == too_old
        assert await bot.refused("answerCallbackQuery", callback_query_id="1") == too_old
        time[0] += 61
        assert await bot.refused("answerCallbackQuery", callback_query_id=second) == too_old


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([{"command": "Help", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "a" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "a"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands(bot: Bot, commands: list[dict[str, str]], why: str) -> None:
    assert await bot.refused("setMyCommands", commands=commands) == f"400 Bad Request: {why}"
    good = [{"command": "help", "description": "怎么用"}]
    await bot.ok("setMyCommands", commands=good, language_code="zh")
    assert await bot.ok("getMyCommands", language_code="zh") == good
    assert await bot.ok("getMyCommands") == []


async def test_who_may_be_written_to(api: BotApi, bot: Bot) -> None:
    assert (await bot.ok("getMe"))["id"] == 123456
    assert await bot.ok("sendChatAction", chat_id=ANNA, action="typing")
    assert (await bot.ok("getChat", chat_id=ANNA))["type"] == "private"
    api.block(ANNA)
    with pytest.raises(AssertionError):
        api.say(ANNA, "?")
    blocked = "403 Forbidden: bot was blocked by the user"
    assert await bot.refused("sendMessage", chat_id=ANNA, text="a") == blocked
    api.unblock(ANNA)
    await bot.ok("sendMessage", chat_id=ANNA, text="a")
    api.group(GROUP)
    await bot.ok("sendMessage", chat_id=GROUP, text="a")
    api.kick(GROUP)
    kicked = "403 Forbidden: bot was kicked from the supergroup chat"
    assert await bot.refused("sendMessage", chat_id=GROUP, text="a") == kicked
    changes = [one["my_chat_member"] for one in await bot.updates() if "my_chat_member" in one]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member", "member", "kicked"]


async def test_what_is_no_method_or_no_token(api: BotApi, bot: Bot) -> None:
    assert await bot.refused("sendMesage", chat_id=ANNA, text="a") == "404 Not Found"
    for token, answer in (("123456:WRONG", "401 Unauthorized"), ("token", "404 Not Found")):
        async with Bot(api.root, token) as stranger:
            assert await stranger.refused("getMe") == answer
    assert [call.status for call in api.rejected()] == [404, 401, 404]


# Updates


async def test_updates_stay_until_they_are_confirmed(api: BotApi, bot: Bot) -> None:
    for number in range(4):
        api.say(ANNA, f"{number}")
    texts = [one["message"]["text"] for one in await bot.updates()]
    assert texts == ["/start", "0", "1", "2", "3"]
    assert [one["update_id"] for one in await bot.updates(limit=2)] == [1, 2]
    assert [one["update_id"] for one in await bot.updates(3)] == [3, 4, 5]
    assert [one["update_id"] for one in await bot.updates(-1)] == [5]
    assert await bot.updates(6) == []


async def test_what_people_do_becomes_updates(api: BotApi, bot: Bot) -> None:
    api.person(ANNA, "安娜", language="en", username="anna")
    first = api.say(ANNA, "看 /help@jiugai_test_bot", reply_to=1)
    api.edit(ANNA, first, "/clause 1.2")
    kinds = "photo voice audio video video_note animation sticker location contact document poll dice".split()
    for kind in kinds:
        api.send(ANNA, kind)
    api.send(ANNA, "photo", caption="/help", media_group_id="1")
    place = api.send(ANNA, "location", fields={"live_period": 900})
    api.move(ANNA, place, 39.9, 116.4)
    api.block(ANNA)
    got = await bot.updates()
    for one in got:
        user = Update.de_json(one, None).effective_user  # the bot's library reads them all
        assert user is not None and user.id == ANNA
    _, said, edited, *others, album, _, moved, _ = got
    assert said["message"]["entities"] == [{"type": "bot_command", "offset": 2, "length": 21}]
    assert said["message"]["from"]["username"] == "anna" and said["message"]["reply_to_message"]["text"] == "/start"
    assert edited["edited_message"]["text"] == "/clause 1.2" and "edit_date" in edited["edited_message"]
    assert [kind for kind, one in zip(kinds, others, strict=True) if kind in one["message"]] == kinds
    assert album["message"]["caption"] == "/help" and album["message"]["media_group_id"] == "1"
    assert moved["edited_message"]["location"]["latitude"] == 39.9


async def test_anything_whatever_can_come_as_an_update(api: BotApi, bot: Bot) -> None:
    api.raw({})
    api.raw({"message": {"text": "\ud800", "chat": None}})
    assert (await bot.updates(2)) == [{"update_id": 2}, {"update_id": 3, "message": {"text": "\ud800", "chat": None}}]


async def test_a_poll_waits_for_an_update(api: BotApi, bot: Bot) -> None:
    poll = asyncio.create_task(bot.updates(2, timeout=30))
    await api.wait(lambda: len(api.world.updates) == 0, LONG)
    api.say(ANNA, "谁出钱")
    async with asyncio.timeout(LONG):
        assert [one["message"]["text"] for one in await poll] == ["谁出钱"]
    assert await bot.updates(3, timeout=0) == []


async def test_a_second_poller_ends_the_first(api: BotApi, bot: Bot) -> None:
    first = asyncio.create_task(bot.refused("getUpdates", offset=2, timeout=30))
    await api.wait(lambda: len(api.world.updates) == 0, LONG)
    second = asyncio.create_task(bot.updates(2, timeout=30))
    async with asyncio.timeout(LONG):
        assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
    api.say(ANNA, "还在")
    async with asyncio.timeout(LONG):
        assert len(await second) == 1


async def test_a_webhook_forbids_polling(bot: Bot) -> None:
    assert "HTTPS" in await bot.refused("setWebhook", url="http://x.cn")
    await bot.ok("setWebhook", url="https://x.cn/hook")
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 1
    assert (await bot.refused("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook is")
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_only_wanted_updates_come(api: BotApi, bot: Bot) -> None:
    await bot.updates(2, allowed_updates=["edited_message"])
    number = api.say(ANNA, "谁出前")
    api.edit(ANNA, number, "谁出钱")
    assert [set(one) - {"update_id"} for one in await bot.updates(2)] == [{"edited_message"}]
    await bot.updates(9, allowed_updates=[])
    api.say(ANNA, "谁出钱")
    assert len(await bot.updates()) == 1


async def test_twice_and_shuffled_keep_the_order_of_each_person() -> None:
    async with BotApi(flood=False, twice=True, shuffle=True, seed=3) as api, Bot(api.root) as bot:
        people = range(1, 9)
        for turn in range(10):
            for user in people:
                api.say(user, f"{turn}")
        got: list[tuple[int, int, str]] = []
        offset = 0
        while batch := await bot.updates(offset, limit=7):
            ids = [one["update_id"] for one in batch]
            assert ids == sorted(ids)
            got += [(one["update_id"], one["message"]["from"]["id"], one["message"]["text"]) for one in batch]
            offset = max(ids) + 1
        first = list(dict.fromkeys(got))
        assert len(first) == 80 and sorted(got) == sorted(first * 2)
        assert [user for _, user, _ in first] != list(people) * 10  # people did overtake one another
        for user in people:
            assert [text for _, one, text in first if one == user] == [f"{turn}" for turn in range(10)]


# Floods and faults


async def test_floods() -> None:
    time = [0.0]
    async with BotApi(clock=lambda: time[0]) as api, Bot(api.root) as bot:
        for user in range(1, 33):
            api.say(user, "/start")
        api.group(GROUP)
        await bot.ok("sendMessage", chat_id=1, text="a", reply_markup=keys(YES))
        query = api.tap(1, 2, "是")
        answer = await bot.ask("editMessageText", chat_id=1, message_id=2, text="b")
        assert answer.status_code == 429
        assert answer.json()["description"] == "Too Many Requests: retry after 1"
        assert answer.json()["parameters"] == {"retry_after": 1}
        await bot.ok("answerCallbackQuery", callback_query_id=query)
        await bot.ok("deleteMessage", chat_id=1, message_id=2)
        time[0] = 1.0
        await bot.ok("sendMessage", chat_id=1, text="b")
        for user in range(2, 31):
            await bot.ok("sendMessage", chat_id=user, text="a")
        assert "retry after 1" in await bot.refused("sendMessage", chat_id=31, text="a")
        for second in range(20):
            time[0] = 10.0 + second
            await bot.ok("sendMessage", chat_id=GROUP, text="a")
        assert "retry after 41" in await bot.refused("sendMessage", chat_id=GROUP, text="a")
        time[0] = 70.0
        await bot.ok("sendMessage", chat_id=GROUP, text="a")
        assert [call.status for call in api.rejected()] == [429] * 3


@pytest.mark.parametrize("fault", [Fault.FLOOD, Fault.ERROR_500, Fault.ERROR_502, Fault.ERROR_504])
async def test_a_fault_with_an_answer_has_no_effect(api: BotApi, bot: Bot, fault: Fault) -> None:
    api.fail_next("sendMessage", fault)
    answer = await bot.ask("sendMessage", chat_id=ANNA, text="a")
    assert f"{answer.status_code}" == fault.value
    assert answer.text.startswith("<html>") == (fault is Fault.ERROR_502)
    last = api.calls[-1]
    assert (last.fault, last.effect, last.params) == (fault.value, False, {"chat_id": ANNA, "text": "a"})
    assert api.heard(ANNA) == [] and api.rejected() == []
    await bot.ok("sendMessage", chat_id=ANNA, text="a")


@pytest.mark.parametrize(("fault", "effect"), [(Fault.CUT_BEFORE, False), (Fault.CUT_AFTER, True)])
async def test_a_cut_connection(api: BotApi, bot: Bot, fault: Fault, effect: bool) -> None:
    api.fail_next("sendMessage", fault, times=2)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            await bot.ask("sendMessage", chat_id=ANNA, text="a")
    assert [(call.status, call.fault, call.effect) for call in api.calls] == [(0, fault.value, effect)] * 2
    assert api.heard(ANNA) == ["a", "a"] * effect
    await bot.ok("sendMessage", chat_id=ANNA, text="b")


async def test_a_time_out_after_the_effect_and_a_slow_answer(api: BotApi, bot: Bot) -> None:
    api.fail_next("*", "timeout", chat=ANNA)
    with pytest.raises(httpx.ReadTimeout):
        await bot.http.post(f"{bot.root}/sendMessage", data={"chat_id": "7", "text": "a"}, timeout=0.1)
    assert api.heard(ANNA) == ["a"] and api.calls[-1].effect
    api.faults.slow = 0.01
    api.fail_next("sendMessage", "slow")
    await bot.ok("sendMessage", chat_id=ANNA, text="b")
    assert (api.calls[-1].fault, api.calls[-1].status) == ("slow", 200)
    api.fail_next("sendMessage", "cut_after")
    assert "empty" in await bot.refused("sendMessage", chat_id=ANNA, text="")  # the rules come before what comes after


async def test_chance_faults_follow_their_seed() -> None:
    async def struck(seed: int) -> list[str | None]:
        kinds = ("429", "500")
        faults = Faults(0.3, kinds, ("sendMessage",), seed)
        async with BotApi(flood=False, faults=faults) as api, Bot(api.root) as bot:
            api.say(ANNA, "/start")
            for _ in range(40):
                await bot.ask("sendMessage", chat_id=ANNA, text="a")
                await bot.ok("getMe")
            assert len(api.heard(ANNA)) == sum(call.effect for call in api.calls if call.method == "sendMessage") < 40
            return [call.fault for call in api.calls]

    once, again, other = [await struck(seed) for seed in (1, 1, 2)]
    assert once == again != other and {"429", "500", None} == set(once)


async def test_polls_fail_too(api: BotApi, bot: Bot) -> None:
    api.fail_next("getUpdates", "502")
    assert (await bot.ask("getUpdates")).status_code == 502
    api.fail_next("getUpdates", "cut_after")
    with pytest.raises(httpx.TransportError):
        await bot.updates()
    assert len(await bot.updates()) == 1


async def test_away_and_back_on_the_same_port(api: BotApi, bot: Bot) -> None:
    poll = asyncio.create_task(bot.updates(2, timeout=30))
    await api.wait(lambda: len(api.world.updates) == 0, LONG)
    root = api.root
    await api.away()
    with pytest.raises(httpx.TransportError):
        await poll
    with pytest.raises(httpx.ConnectError):
        await bot.ok("getMe")
    api.say(ANNA, "谁出钱")
    await api.away(False)
    assert api.root == root and len(await bot.updates()) == 1


async def test_waiting_for_what_does_not_come(api: BotApi) -> None:
    with pytest.raises(AssertionError, match="not so within"):
        await api.wait(lambda: False, 0.01)


# Files


async def posted(bot: Bot, kind: str, content: bytes, **form: object) -> httpx.Response:
    data = {name: str(value) for name, value in form.items()}
    return await bot.http.post(
        f"{bot.root}/send{kind.title()}", data=data, files={kind: ("图.png", content, "image/png")}
    )


async def test_a_file_is_kept_as_it_came_with_its_caption(api: BotApi, bot: Bot) -> None:
    for kind in ("photo", "document"):
        sent = (await posted(bot, kind, png(90, 60), chat_id=ANNA, caption="<b>甲</b>乙", parse_mode="HTML")).json()
        assert sent["result"]["caption"] == "甲乙" and sent["result"][kind], sent
        message = api.chat(ANNA).last()
        assert message.upload == Upload("图.png", "image/png", png(90, 60))
        assert message.extra["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert api.heard(ANNA) == [] and [file.content for file in api.files(ANNA)] == [png(90, 60)] * 2
    assert api.calls[-1].params["document"] == message.upload
    await bot.ok("deleteMessage", chat_id=ANNA, message_id=message.message_id)
    assert len(api.files(ANNA)) == 1
    assert "no text in the message" in await bot.refused("editMessageText", chat_id=ANNA, message_id=2, text="a")


@pytest.mark.parametrize(
    ("kind", "content", "status", "why"),
    [
        ("photo", png(5000, 5001), 400, "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2100, 100), 400, "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2000, 100), 200, ""),
        ("document", png(2100, 100), 200, ""),
        ("photo", b"GIF89a", 400, "IMAGE_PROCESS_FAILED"),
        ("photo", b"", 400, "file must be non-empty"),
        ("photo", png(9, 9, 10 << 20), 400, "too big for a photo"),
        ("document", png(9, 9, 10 << 20), 200, ""),
    ],
    ids=["sides", "strip", "just", "a document", "no picture", "empty", "large", "a large document"],
)
async def test_a_photo_has_its_measures(bot: Bot, kind: str, content: bytes, status: int, why: str) -> None:
    answer = await posted(bot, kind, content, chat_id=ANNA)
    assert answer.status_code == status and why in answer.text


async def test_files_are_refused_as_messages_are(api: BotApi, bot: Bot) -> None:
    assert "there is no photo" in await bot.refused("sendPhoto", chat_id=ANNA)
    assert "chat not found" in (await posted(bot, "photo", png(1, 1), chat_id=BORIS)).text
    assert "caption is too long" in (await posted(bot, "photo", png(1, 1), chat_id=ANNA, caption="好" * 1025)).text
    api.floods.on = True
    assert (await posted(bot, "photo", png(1, 1), chat_id=ANNA)).status_code == 200
    assert (await posted(bot, "photo", png(1, 1), chat_id=ANNA)).status_code == 429


# A process of its own


def test_a_server_in_a_process_of_its_own() -> None:
    with Remote.start("--no-flood", "--twice") as api, httpx.Client(base_url=f"{api.root}/bot{TOKEN}") as http:
        api.person(ANNA, "安娜")
        assert api.many([("say", {"user": user, "text": "/start"}) for user in (ANNA, BORIS)]) == [1, 1]
        form = {"chat_id": f"{ANNA}", "text": "<b>?</b>", "parse_mode": "HTML", "reply_markup": json.dumps(keys(YES))}
        assert http.post("/sendMessage", data=form).status_code == 200
        file = {"document": ("a.png", png(1, 1), "image/png")}
        assert http.post("/sendDocument", data={"chat_id": f"{BORIS}"}, files=file).status_code == 200
        assert api.files(BORIS) == [Upload("a.png", "image/png", png(1, 1))] == [api.chat(BORIS).last().upload]
        query = api.tap(ANNA, 2, "是")
        with pytest.raises(AssertionError, match="no button '否'"):
            api.tap(ANNA, 2, "否")
        api.raw({"message": {"text": "\ud800"}})
        assert len(http.get("/getUpdates").json()["result"]) == api.pending() == 4
        assert api.heard(ANNA) == ["?"] and api.unanswered_queries() == [query] and api.notices(ANNA) == []
        assert api.chat(ANNA).last().entities == ({"type": "bold", "offset": 0, "length": 1},)
        api.fail_next("getMe", "504")
        assert http.get("/getMe").status_code == 504
        assert http.get("/sendMessage").status_code == 400
        assert [call.description for call in api.rejected()] == ["Bad Request: message text is empty"]
        assert isinstance(api.calls()[0], Call) and [call.method for call in api.calls(3)] == ["getMe", "sendMessage"]
        api.away()
        with pytest.raises(httpx.ConnectError):
            http.get("/getMe")
        api.away(False)
        assert http.get("/getMe").status_code == 200
        api.wait(lambda: len(api.calls(method="getMe")) == 2)


async def test_a_process_can_be_driven_from_a_coroutine() -> None:
    with await asyncio.to_thread(Remote.start, "--fault-rate", "1", "--fault-kinds", "500") as api:
        assert await api.later.say(ANNA, "/start") == 1
        async with Bot(api.root) as bot:
            assert (await bot.ask("sendMessage", chat_id=ANNA, text="a")).status_code == 500
            await api.later.faults(0.0)
            await bot.ok("sendMessage", chat_id=ANNA, text="a")
            assert "retry after 1" in await bot.refused("sendMessage", chat_id=ANNA, text="a")
            await api.later.flood(False)
            await bot.ok("sendMessage", chat_id=ANNA, text="a")
