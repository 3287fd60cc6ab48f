"""The office's commands beside a bot that is running: its answers reach people, and nobody else hears of it."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.desk import StoreDesk
from bot.times import utc
from tests.bot.office.kit import ANN, ask, data, done, office, refused
from tests.bot.store.kit import seen
from tests.bot.telegram.service import service
from tests.botapi import BotApi

pytestmark = pytest.mark.usefixtures("soon")
TEXT = "下周三上午在居委会公示，请来看。"


async def test_an_answer_reaches_whoever_asked_while_the_bot_is_running(
    api: BotApi, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with service(api, path):
        for user in (7, 8):
            api.say(user, "/help")
        await api.wait(lambda: api.heard(7) and api.heard(8))
        id = await asyncio.to_thread(ask, path, consulted=True)
        await asyncio.to_thread(office, "answer", id, TEXT)
        await api.wait(lambda: len(api.heard(7)) == 2)
        assert TEXT in api.heard(7)[-1] and "街道办事处说" in api.heard(7)[-1]
        state = f"select state from outbox where inbox = 'office/{id}/1'"
        await api.wait(lambda: seen(path, state) == [("delivered",)])
        assert [held["state"] for held in await asyncio.to_thread(data, "inbox", "--all")] == ["delivered"]
        await asyncio.to_thread(refused, "answer", id, TEXT)
        assert len(api.heard(8)) == 1 and api.rejected() == []
    assert "公示" not in caplog.text and "电梯" not in caplog.text


async def test_an_answer_that_was_given_while_the_bot_stood_still_goes_out_at_its_start(
    api: BotApi, path: Path
) -> None:
    async with service(api, path):
        api.say(7, "/help")
        await api.wait(lambda: len(api.heard(7)) == 1)
    id = ask(path, consulted=True)
    assert "not running" in office("answer", id, TEXT)
    async with service(api, path):
        await api.wait(lambda: len(api.heard(7)) == 2)
    assert TEXT in api.heard(7)[-1]
    async with service(api, path) as store:
        assert store.write(lambda tx: tx.outbox.waiting("telegram")).result() == []
    assert len(api.heard(7)) == 2 and api.rejected() == []


async def test_what_was_erased_before_it_went_out_is_not_said(api: BotApi, path: Path) -> None:
    async with service(api, path):
        api.say(7, "/help")
        await api.wait(lambda: len(api.heard(7)) == 1)
    id = ask(path, consulted=True)
    office("answer", id, TEXT)
    done(path, lambda tx: StoreDesk(tx, "telegram", ANN, utc(), ()).forget())
    async with service(api, path):
        api.say(7, "/privacy")
        await api.wait(lambda: len(api.heard(7)) == 2)
    assert TEXT not in "".join(api.heard(7))
