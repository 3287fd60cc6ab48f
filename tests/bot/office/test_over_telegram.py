"""Joining from end to end: the office at its command line, and people on the phone, over the loopback Telegram."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.store.office import Office
from dialogs.wording import wording
from tests.bot.office.kit import data, office
from tests.bot.telegram.service import plain, service
from tests.botapi import BotApi, Message

pytestmark = pytest.mark.usefixtures("quick", "soon")

ROLL = "楼号,单元,房号,业主,建筑面积\n1号楼,1单元,101,张伟,60.50\n1号楼,1单元,102,李娜,55\n"
ANN, BEN, SUE = 7, 8, 9


def speak(key: str, **values: str) -> str:
    return wording("zh")(key, **values)


async def says(api: BotApi, user: int, text: str) -> Message:
    """What the bot answers to what somebody writes."""
    before = len(api.heard(user))
    api.say(user, text)
    await api.wait(lambda: len(api.heard(user)) > before)
    return api.chat(user).last()


async def taps(api: BotApi, user: int, label: str) -> Message:
    """What stands there after a tap on the button of this label: the answer takes the place of the question."""
    asked = api.chat(user).last()
    before = asked.edited
    api.tap(user, asked.message_id, label)
    await api.wait(lambda: asked.edited > before)
    return asked


def starts(link: str) -> str:
    """What Telegram writes for somebody who has opened a link into a bot and pressed Start."""
    return f"/start {link.partition('?start=')[2]}"


async def test_codes_from_the_command_line_open_a_seat_and_the_bench_on_the_phone(
    api: BotApi, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "业主.csv").write_text(ROLL, "utf-8")
    office("init", "安科")
    office("compound", "add", "白云里小区", "--street", "月坛街道")
    office("roll", "import", "白云里小区", "owners", str(tmp_path / "业主.csv"), "--yes")
    (first,) = (one["id"] for one in data("staff"))

    async def at_the_desk(*words: str) -> Any:
        """A command of the office while the bot runs."""
        return await asyncio.to_thread(data, *words, "--as", first)

    async with service(api, path) as store:
        # From then on the bot's name is known, and links lead to it.
        await api.wait(lambda: store.write(lambda tx: Office(tx.connection).bot()).result())
        issue = ("invite", "issue", "白云里小区", "owners", "--seat")
        links = [(await at_the_desk(*issue, f"1号楼/1单元/{door}"))["codes"][0]["link"] for door in (101, 102)]
        colleague = (await at_the_desk("staff", "invite", "孙新来", "--street", "月坛街道"))["link"]
        assert all("?start=j_" in link for link in links) and "?start=s_" in colleague

        asked = await says(api, ANN, starts(links[0]))
        assert plain(asked.text) == speak("joining.ask.seat", seat="白云里小区业主 1号楼 1单元 101", name="张**")
        assert asked.labels()[:2] == [speak("joining.label.yes"), speak("joining.label.no")]
        assert "绑定好了" in (await taps(api, ANN, speak("joining.label.yes"))).text

        # Who has found the sheet comes too late, and learns of nobody; the other seat's code is good.
        assert plain((await says(api, BEN, starts(links[0]))).text) == speak("joining.used")
        assert "李**" in (await says(api, BEN, starts(links[1]))).text
        assert plain((await taps(api, BEN, speak("joining.label.no"))).text) == speak("joining.not_me")

        assert plain((await says(api, SUE, "/office")).text) == speak("chat.command_unknown")
        assert "孙**" in (await says(api, SUE, starts(colleague))).text
        assert "/office" in (await taps(api, SUE, speak("joining.label.yes"))).text
        bench = await says(api, SUE, "/office")
        assert speak("staffing.bench", count="1") in plain(bench.text) and "白云里小区" in bench.text
        assert plain((await says(api, ANN, "/office")).text) == speak("chat.command_unknown")

        # While the bot runs the office sees who has joined.
        listed = await at_the_desk("invite", "list", "白云里小区", "owners")
        assert [(seat["seat"], seat["state"]) for seat in listed["seats"]] == [
            ("1号楼/1单元/101", "joined"),
            ("1号楼/1单元/102", "given"),
        ]
        states = {one["name"]: one["state"] for one in await asyncio.to_thread(data, "staff")}
        assert states["孙新来"] == "active"
    assert api.rejected() == []
    told = json.dumps([api.heard(user) for user in (ANN, BEN, SUE)], ensure_ascii=False)
    assert not any(name in told for name in ("张伟", "李娜", "孙新来"))
