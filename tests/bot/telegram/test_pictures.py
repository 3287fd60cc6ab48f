"""Pictures in Telegram: ids in the outbox, drawn when they are delivered; and where there is none to send, no harm."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram import pictures, unasked
from bot.channels.telegram.client import Client
from bot.channels.telegram.delivery import Delivery, outcome_of
from bot.channels.telegram.translator import TelegramTranslator
from bot.channels.telegram.updates import CHANNEL
from bot.config import settings
from bot.sender import Delivered, Limits, Never, Outcome, Sender
from bot.store import Arrival, Call, Sent, Store, Waiting
from bot.times import utc
from dialogs.pictures import Picture
from dialogs.replies import Button, Line, Reply
from tests.bot.sender.kit import NOW
from tests.bot.telegram.kit import BOT, Json, message, received, tapped, update
from tests.bot.telegram.service import opened, states
from tests.botapi import TOKEN, BotApi, Upload
from tests.botapi.uploads import png

GROUP = -1_000_000_000_123
SHOWN = Reply((Line("结果出来了。"),), (Button("看全部", "clause:s2-2-p1"),), picture=Picture("1a2b3c4d", "zh"))
PLAIN = replace(SHOWN, picture=None)
IDS = {"ballot": "1a2b3c4d", "language": "zh"}
DRAWN = png(800, 600)
SLOT = pictures.SLOT
NO_PHOTO = BadRequest("Bad Request: PHOTO_INVALID_DIMENSIONS")

pytestmark = pytest.mark.usefixtures("quick")


def params(call: Call) -> Json:
    found = json.loads(call.payload)
    assert isinstance(found, dict)
    return found


def calls(raw: Json, reply: Reply | None, *standing: Sent) -> list[Call]:
    return TelegramTranslator(BOT).calls(received(raw), reply, standing)


# ---- in the outbox ------------------------------------------------------------------------------------------------


def test_a_picture_is_a_call_of_its_own_below_the_text_and_holds_ids_alone() -> None:
    text, picture = calls(update(), SHOWN)
    assert [text] == calls(update(), PLAIN) and params(text)["reply_markup"]
    assert params(picture) == {"chat_id": 7, "picture": IDS}
    assert (picture.lane, picture.kind, picture.question, picture.slot) == (text.lane, "send", "11", SLOT)


def test_the_buttons_stay_under_the_last_text_of_a_long_reply() -> None:
    long = replace(SHOWN, lines=(Line("一" * 4000), Line("二" * 3000)))
    made = calls(update(), long)
    assert ["reply_markup" in params(call) for call in made] == [False, True, False]
    assert [call.slot for call in made] == [0, 1, SLOT]


def test_a_picture_goes_into_the_topic_of_its_text() -> None:
    for raw in (
        update(message=message(chat=GROUP, message_thread_id=31, is_topic_message=True)),
        tapped(under=message(chat=GROUP, message_thread_id=31, is_topic_message=True)),
    ):
        assert params(calls(raw, SHOWN)[-1]) == {"chat_id": GROUP, "picture": IDS, "message_thread_id": 31}


def test_an_edited_question_loses_the_picture_of_its_earlier_answer_and_gets_its_own() -> None:
    raw = update(edited_message=message())
    standing = (Sent("t#0", 0), Sent("t#1", SLOT))
    gone = ("delete", SLOT, "t#1")
    assert [(one.kind, one.slot, one.replaces) for one in calls(raw, PLAIN, *standing)] == [("edit", 0, "t#0"), gone]
    anew = [("edit", 0, "t#0"), gone, ("send", SLOT, "")]
    assert [(one.kind, one.slot, one.replaces) for one in calls(raw, SHOWN, *standing)] == anew


def test_no_text_is_ever_put_in_place_of_a_picture() -> None:
    longer = Reply((Line("一" * 4000), Line("二" * 3000)))
    made = calls(update(edited_message=message()), longer, Sent("t#0", 0), Sent("t#1", SLOT))
    assert [(one.kind, one.slot) for one in made] == [("edit", 0), ("send", 1), ("delete", SLOT)]


def test_a_page_is_turned_where_it_stands_and_its_picture_follows() -> None:
    _, text, picture = calls(tapped(), replace(SHOWN, page=True), Sent("t#0", 0))
    assert (text.kind, text.page, picture.kind, picture.page) == ("edit", True, "send", False)


def test_what_nobody_asked_for_has_its_picture_unasked_too() -> None:
    text, picture = unasked.calls(f"{CHANNEL}/{BOT}/{GROUP}/7/31", SHOWN)
    assert text.unasked and picture.unasked and text.lane == picture.lane
    assert params(picture) == {"chat_id": GROUP, "picture": IDS, "message_thread_id": 31}
    assert len(unasked.calls(f"{CHANNEL}/{BOT}/7/7/0", PLAIN)) == 1


def test_a_notice_may_have_a_picture() -> None:
    text, picture = TelegramTranslator(BOT).notice(received(update()), SHOWN)
    assert params(picture)["picture"] == IDS and text.question == picture.question == ""


# ---- delivery -----------------------------------------------------------------------------------------------------


class Scripted:
    """A client that answers by script, and remembers what was uploaded."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.called: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, **given: Any) -> Any:
        files = {name: value.input_file_content for name, value in given.items() if isinstance(value, InputFile)}
        self.called.append((method, {**given, **files}))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def sent(drawn: bytes | None, *answers: Any) -> tuple[Outcome, list[tuple[str, dict[str, Any]]]]:
    """What a picture's call comes to, and the calls of the Bot API that were made for it."""
    asked: list[Picture] = []

    async def draw(picture: Picture) -> bytes | None:
        asked.append(picture)
        return drawn

    client: Any = Scripted(*answers)
    row = Waiting("t#1", "c", "a", pictures.payload(Picture("1a2b3c4d", "en"), 7, 31), "send", "", False, 0, NOW)
    outcome = await Delivery(client, draw)(row, "")
    assert asked == [Picture("1a2b3c4d", "en")] and not client.answers
    return outcome, client.called


async def test_a_picture_is_drawn_when_it_is_delivered_and_sent_as_a_photo() -> None:
    outcome, called = await sent(DRAWN, {"message_id": 41})
    assert outcome == Delivered("41")
    assert called == [("sendPhoto", {"chat_id": 7, "message_thread_id": 31, "photo": DRAWN})]


async def test_where_there_is_nothing_to_show_nothing_is_sent() -> None:
    assert await sent(None) == (Delivered(), [])


async def test_what_has_no_measures_of_a_photo_is_sent_as_a_document() -> None:
    outcome, called = await sent(DRAWN, NO_PHOTO, {"message_id": 42})
    assert outcome == Delivered("42") and [method for method, _ in called] == ["sendPhoto", "sendDocument"]
    assert called[1][1] == {"chat_id": 7, "message_thread_id": 31, "document": DRAWN}
    outcome, _ = await sent(DRAWN, NO_PHOTO, Forbidden("x"))
    assert isinstance(outcome, Never)


async def test_what_is_too_large_for_a_photo_is_not_even_tried_as_one() -> None:
    outcome, called = await sent(bytes(10_000_001), {"message_id": 42})
    assert outcome == Delivered("42") and [method for method, _ in called] == ["sendDocument"]


@pytest.mark.parametrize("error", [RetryAfter(3), TimedOut(), NetworkError("x"), Forbidden("x"), BadRequest("x")])
async def test_a_photo_that_was_not_sent_ends_as_its_error_says(error: TelegramError) -> None:
    outcome, called = await sent(DRAWN, error)
    assert outcome == outcome_of(error) and len(called) == 1


async def test_a_group_that_has_moved_gets_the_picture_where_it_is_now() -> None:
    outcome, called = await sent(DRAWN, ChatMigrated(-1_000_000_000_001), {"message_id": 3})
    assert outcome == Delivered("3") and [given["chat_id"] for _, given in called] == [7, -1_000_000_000_001]
    assert all(given["photo"] == DRAWN for _, given in called)


# ---- over a socket ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def talking(api: BotApi) -> AsyncIterator[Client]:
    client = Client(settings({"JIUGAI_TELEGRAM_TOKEN": TOKEN, "JIUGAI_TELEGRAM_API": api.root}))
    api.say(7, "/start")
    try:
        yield client
    finally:
        await client.close()


@pytest.mark.parametrize("size", [0, 3_000_000])
async def test_a_file_arrives_as_it_was_and_so_does_what_stands_beside_it(api: BotApi, size: int) -> None:
    drawn, caption = png(800, 600, size), '结果 "a&b=c" 😀\n第二行'
    async with talking(api) as client:
        for method, kind, name in (("sendPhoto", "photo", "jiugai.png"), ("sendDocument", "document", "结果.png")):
            given = {"chat_id": 7, "caption": caption, kind: InputFile(drawn, name)}
            result = await client.call(method, **given, reply_markup={"inline_keyboard": []})
            assert result["caption"] == caption and result[kind]
            assert api.files(7)[-1] == Upload(name, "image/png", drawn)
    assert api.rejected() == [] and [call.method for call in api.calls] == ["sendPhoto", "sendDocument"]


async def test_calls_without_files_stay_forms_between_those_with_files(api: BotApi) -> None:
    async with talking(api) as client:
        await asyncio.gather(
            *(client.call("sendMessage", chat_id=7, text=f"{n} 谁出钱？") for n in range(12)),
            *(client.call("sendPhoto", chat_id=7, photo=InputFile(png(n, n), "a.png")) for n in range(1, 13)),
        )
    assert sorted(api.heard(7)) == sorted(f"{n} 谁出钱？" for n in range(12))
    assert sorted(one.content for one in api.files(7)) == sorted(png(n, n) for n in range(1, 13))


# ---- with the outbox ----------------------------------------------------------------------------------------------


class Drawer:
    """Draws by ballot: bytes, nothing, or an error."""

    def __init__(self, **drawn: bytes | Exception | None) -> None:
        self.drawn = drawn
        self.asked: list[str] = []

    async def __call__(self, picture: Picture) -> bytes | None:
        self.asked.append(picture.ballot)
        found = self.drawn[picture.ballot]
        if isinstance(found, Exception):
            raise found
        return found


@asynccontextmanager
async def sending(api: BotApi, path: Path, draw: pictures.Draw) -> AsyncIterator[Store]:
    """The sender of the channel over a database; 7 has written to the bot."""
    with opened(path) as store:
        async with talking(api) as client:
            sender = Sender(store, CHANNEL, Delivery(client, draw), Limits(), utc)
            running = asyncio.create_task(sender.run())
            try:
                yield store
                await sender.reload()
                await api.wait(lambda: "open" not in states(store, "outbox"))
            finally:
                sender.stop()
                await running


def tell(store: Store, *replies: Reply) -> None:
    def put(tx: Any) -> None:
        for n, reply in enumerate(replies):
            row, conversation = f"told/{n}", f"{CHANNEL}/{BOT}/7/7/0"
            tx.inbox.add([Arrival(row, CHANNEL, conversation, "")], utc())
            tx.inbox.done(row, utc())
            tx.outbox.add(row, CHANNEL, conversation, unasked.calls(conversation, reply), utc())

    store.write(put).result()


def of(ballot: str) -> Reply:
    return Reply((Line(ballot),), picture=Picture(ballot, "zh"))


async def test_no_bytes_of_a_picture_ever_stand_in_the_database(api: BotApi, path: Path) -> None:
    async with sending(api, path, Drawer(a=DRAWN)) as store:
        tell(store, of("a"))
        sql = "select payload from outbox order by seq"
        rows = store.write(lambda tx: tx.connection.rows(sql)).result()
        assert json.loads(rows[1]["payload"]) == {"chat_id": 7, "picture": {"ballot": "a", "language": "zh"}}
    assert [one.content for one in api.files(7)] == [DRAWN]
    assert not [file for file in path.parent.iterdir() if b"IHDR" in file.read_bytes()]


async def test_whatever_becomes_of_a_picture_what_comes_behind_it_is_said(api: BotApi, path: Path) -> None:
    async with sending(api, path, Drawer(withheld=None, broken=ValueError("x"), strip=png(2000, 50), a=DRAWN)) as store:
        tell(store, of("withheld"), of("broken"), of("strip"), of("a"))
    assert api.heard(7) == ["withheld", "broken", "strip", "a"]
    assert [call.method for call in api.calls] == [
        *("sendMessage", "sendMessage", "sendMessage", "sendPhoto", "sendDocument", "sendMessage", "sendPhoto"),
    ]
    with opened(path) as store:
        assert states(store, "outbox") == {"delivered": 7, "never": 1}


async def test_a_photo_that_came_too_soon_is_put_off_and_comes_before_what_is_behind_it(
    api: BotApi, path: Path
) -> None:
    api.faults.retry_after = 0
    api.fail_next("sendPhoto", "429")
    async with sending(api, path, Drawer(a=DRAWN, b=DRAWN)) as store:
        tell(store, of("a"), of("b"))
    done = [call.method for call in api.calls if call.effect]
    assert done == ["sendMessage", "sendPhoto"] * 2 and len(api.calls) == 5


async def test_a_photo_of_unknown_end_that_nobody_asked_for_is_not_sent_again(api: BotApi, path: Path) -> None:
    api.fail_next("sendPhoto", "cut_after")
    async with sending(api, path, Drawer(a=DRAWN)) as store:
        tell(store, of("a"))
    assert len(api.files(7)) == 1
    with opened(path) as store:
        assert states(store, "outbox") == {"delivered": 1, "unknown": 1}
