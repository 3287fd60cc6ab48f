"""jiugai serve as a process of its own: how it starts, how it ends, and what it writes about people (nothing)."""

import asyncio
import json
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram.polling import WRONG_TOKEN
from tests.bot.telegram.service import said
from tests.botapi import BotApi
from tests.kit import PROGRAM, environment, jiugai
from tests.lengths import first

TOKEN = "123456:AAHf_secret-Token0123456789abcdefgh"
# A subprocess gets SIGTERM only where there are signals.
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is ended by other means there")


class Served:
    """A process that serves; after its end `code` and what it wrote."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode())

    @property
    def err(self) -> str:
        return "".join(self.lines)

    async def end(self) -> int:
        """Its exit code, when it has ended."""
        await self._reading
        return await self.process.wait()


@asynccontextmanager
async def serving(api: BotApi, path: Path, **extra: str) -> AsyncIterator[Served]:
    given = {"JIUGAI_TELEGRAM_TOKEN": api.token, "JIUGAI_TELEGRAM_API": api.root, "JIUGAI_DATABASE": str(path)}
    env = environment(**{**given, **extra})
    process = await asyncio.create_subprocess_exec(*PROGRAM, "serve", env=env, stderr=subprocess.PIPE)
    served = Served(process)
    try:
        yield served
    finally:
        if process.returncode is None:
            process.kill()
        await served.end()
        # The transport of a process goes with the loop's next turn.
        await asyncio.sleep(0)


def test_without_a_channel_it_says_what_to_do() -> None:
    outcome = jiugai("serve")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("jiugai: ") and outcome.err.count("\n") == 1
    assert "JIUGAI_TELEGRAM_TOKEN" in outcome.err and "jiugai chat" in outcome.err


async def test_a_wrong_token_ends_it_with_one_sentence(path: Path) -> None:
    async with BotApi("123456:RIGHT") as api, serving(api, path, JIUGAI_TELEGRAM_TOKEN=TOKEN) as served:
        assert await served.end() == 1
    assert served.lines[-1] == f"jiugai: {WRONG_TOKEN}\n"
    assert [line for line in served.lines if not line.startswith("20")] == [served.lines[-1]]  # the others are the log
    assert TOKEN not in served.err and "secret" not in served.err and "Traceback" not in served.err


@pytest.mark.parametrize("number", first([signal.SIGTERM, signal.SIGINT], 1))
async def test_a_signal_ends_it_in_good_order_and_all_that_came_in_is_answered_once(
    path: Path, number: signal.Signals
) -> None:
    words, wanted = ["/help", "/privacy"], [said("chat.help"), said("chat.privacy")]
    async with BotApi(flood=False) as api:
        async with serving(api, path) as served:
            for text in words:
                for user in range(1, 5):
                    api.say(user, text)
            await api.wait(lambda: any(api.heard(user) for user in range(1, 5)), within=20)
            served.process.send_signal(number)
            assert await served.end() == 0
        assert "Traceback" not in served.err and "stopped" in served.lines[-1]
        async with serving(api, path) as served:
            await api.wait(lambda: all(len(api.heard(user)) > 1 for user in range(1, 5)), within=20)
            served.process.send_signal(number)
            assert await served.end() == 0
        for user in range(1, 5):
            assert api.heard(user) == wanted
        assert api.rejected() == []


async def test_a_second_one_over_the_same_database_is_refused(path: Path) -> None:
    async with BotApi() as api, serving(api, path) as first:
        await api.wait(lambda: any(call.method == "setMyCommands" for call in api.calls), within=20)
        async with serving(api, path) as second:
            assert await second.end() == 1
        assert len(second.lines) == 1 and second.err.startswith("jiugai: ") and str(path) in second.err
        api.say(7, "/help")
        await api.wait(lambda: api.heard(7))
        first.process.terminate()
        assert await first.end() == 0


async def test_the_log_says_nothing_of_what_people_write_nor_of_the_token(path: Path) -> None:
    async with BotApi(TOKEN, flood=False) as api:
        api.person(7, name="王小明", username="wang_xiaoming")
        async with serving(api, path, JIUGAI_LOG="json") as served:
            api.say(7, "我家楼里的秘密SECRETWORD能装电梯吗")
            api.raw({"message": {"message_id": "秘密SECRETWORD", "text": "SECRETWORD"}})
            api.fail_next("sendMessage", "502")
            api.fail_next("getUpdates", "502")
            api.send(8, "photo", caption="SECRETWORD 谁出钱")
            api.send(9, "contact", fields={"phone_number": "13800138000", "first_name": "SECRETWORD"})
            api.say(10, "/ask SECRETWORD")
            api.block(10)
            await api.wait(lambda: all(api.heard(user) for user in (7, 8, 9)), within=20)
            await api.away()
            await asyncio.sleep(0.1)
            served.process.terminate()
            assert await served.end() == 0
    for word in ("SECRETWORD", "秘密", "13800138000", "wang", "王", TOKEN, TOKEN.partition(":")[2], "电梯", "\\u"):
        assert word not in served.err, word
    records = [json.loads(line) for line in served.lines]
    assert all({"time", "level", "logger", "message"} <= record.keys() for record in records)
    assert len(served.lines) > 8
