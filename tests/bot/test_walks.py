"""Walks over the real channels and a real store: the same script over the terminal and over the loopback Telegram."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.store import Store
from bot.store.store import KEEP_WALKS
from bot.times import utc
from dialogs.catalogue import DIALOGS
from dialogs.eligibility import ELIGIBILITY
from dialogs.steps import Dialog, Facts
from dialogs.walks import Progress, Walks
from dialogs.ways import END, ways
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.library import load
from tests.bot.telegram.service import service
from tests.botapi import BotApi, Message
from tests.lengths import first

pytestmark = pytest.mark.usefixtures("quick")
ZH = wording("zh")
# What a person types, or taps by its label (#).
SCRIPTS = {
    "zh": ["/check", "85年", "#没做过", "装电梯谁出钱", "都不是", "#上一步", "#都不是", "都没有"],
    "zh, not knowing": ["我们小区能整治吗", "#不清楚", "不知道", "不清楚", "#不问了"],
    "zh, a year told": ["我们楼1985年的，能改吗", "#没做过", "取消"],
    "en": ["/language en", "/check", "nineteen eighty-five", "no", "who pays for the lift?", "#Back", "no", "stop"],
    "browsing": ["/menu", "#楼本体", "/process", "/duties"],
    "deep links": ["/start menu-13", "/start s2-2-p1", "/start duties"],
    "privacy": ["我们楼能装电梯吗", "/forget", "/privacy"],
}


class Telegram:
    """A person with the app."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def does(self, line: str, under: Message | None = None) -> Message:
        """Type a line, or tap a label under the last message or another; what stands last then."""
        before = self.heard()
        if line.startswith("#"):
            self._api.tap(7, (under or self._api.chat(7).last()).message_id, line[1:])
        else:
            self._api.say(7, line)
        await self._api.wait(lambda: self.heard() != before)
        return self.heard()[-1]

    def heard(self) -> list[Message]:
        """What the bot's messages are now: the API's own change where they stand."""
        return [replace(one) for one in self._api.chat(7).messages if one.from_bot]


class Terminal:
    """A person at a terminal, who types numbers for buttons."""

    def __init__(self, store: Store, conversation: str = "console/test") -> None:
        self._console = bootstrap.console(store, conversation)
        self._labels: list[str] = []

    def does(self, line: str) -> str:
        said = self._console.say(str(self._labels.index(line[1:]) + 1) if line.startswith("#") else line)
        self._console.told()
        text, _, buttons = said.partition("\n[1 ")
        self._labels = [label.split(" ", 1)[1] for label in f"1 {buttons}".rstrip("]").split("]  [")] if buttons else []
        return text


def words(text: str) -> str:
    """What is said, whatever a channel does to set a quote apart."""
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize("script", list(SCRIPTS))
async def test_a_script_gives_the_same_words_in_the_terminal_and_in_telegram(
    api: BotApi, tmp_path: Path, script: str
) -> None:
    store = Store(tmp_path / "terminal.db")
    try:
        terminal = Terminal(store)
        there = [terminal.does(line) for line in SCRIPTS[script]]
    finally:
        store.close()
    async with service(api, tmp_path / "telegram.db"):
        person = Telegram(api)
        here = [(await person.does(line)).text for line in SCRIPTS[script]]
    assert [words(text) for text in here] == [words(text) for text in there]
    assert api.rejected() == []


async def test_a_walk_turns_in_its_own_message_and_leaves_answers_where_they_are(api: BotApi, tmp_path: Path) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        person = Telegram(api)
        answer = await person.does("我们楼能装电梯吗")
        first = await person.does(f"#{ZH('begin.eligibility')}")
        assert first.message_id != answer.message_id and api.chat(7).find(answer.message_id) == answer
        label = next(label for label in first.labels() if label not in (ZH("walk.back"), ZH("walk.cancel")))
        second = await person.does(f"#{label}")
        assert second.message_id == first.message_id and second.text != first.text
        back = await person.does(f"#{ZH('walk.back')}")
        assert back.message_id == first.message_id and back.labels() == first.labels()
    assert api.rejected() == []


async def test_an_old_button_under_an_answer_leaves_it_and_the_question_comes_below(
    api: BotApi, tmp_path: Path
) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        person = Telegram(api)
        await person.does("/check")
        answer = await person.does("装电梯谁出钱")
        assert ZH("eligibility.ask.built") in answer.text
        below = await person.does(f"#{ZH('eligibility.label.built.before')}", under=answer)
        assert below.message_id != answer.message_id and ZH("eligibility.ask.redone") in below.text
        assert answer in person.heard()
        turned = await person.does("#没做过", under=below)
        assert turned.message_id == below.message_id and answer in person.heard()
    assert api.rejected() == []


async def test_a_button_that_begins_a_walk_leaves_its_answer_whatever_page_was_shown_since(
    api: BotApi, tmp_path: Path
) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        person = Telegram(api)
        answer = await person.does("我们楼能装电梯吗")
        page = await person.does("/menu")
        first = await person.does(f"#{ZH('begin.eligibility')}", under=answer)
        assert first.message_id not in (answer.message_id, page.message_id)
        assert ZH("eligibility.ask.built") in first.text and person.heard()[:2] == [answer, page]
    assert api.rejected() == []


async def test_a_page_of_browsing_turns_where_it_stands_whatever_was_said_since(api: BotApi, tmp_path: Path) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        person = Telegram(api)
        page = await person.does("/menu")
        answer = await person.does("我们楼能装电梯吗")
        assert await person.does("#楼本体", under=page) == answer
        turned, *rest = person.heard()
        assert turned.message_id == page.message_id and turned.text != page.text and rest == [answer]
    assert api.rejected() == []


async def test_an_answer_beside_a_question_is_noted_under_what_is_answered(api: BotApi, tmp_path: Path) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        person = Telegram(api)
        await person.does("/check")
        answer = await person.does("85年的，谁掏钱啊")
        assert "居民协商" in answer.text and ZH("walk.noted", answer="1985年建成") in answer.text
        await person.does("#没做过")
        assert answer in person.heard()
    assert api.rejected() == []


async def test_a_year_that_the_question_told_is_not_asked_for(api: BotApi, tmp_path: Path) -> None:
    async with service(api, tmp_path / "jiugai.db"):
        assert ZH("eligibility.ask.built") in (await Telegram(api).does("我们小区能整治吗")).text
        await Telegram(api).does("取消")
        told = await Telegram(api).does("我们楼1985年的，能改吗")
        assert ZH("eligibility.ask.built") not in told.text and ZH("eligibility.ask.redone") in told.text


async def test_a_walk_goes_on_after_a_restart(api: BotApi, tmp_path: Path) -> None:
    path = tmp_path / "jiugai.db"
    async with service(api, path):
        first = await Telegram(api).does("/check")
    async with service(api, path):
        assert ZH("walk.noted", answer="1985年建成") in (await Telegram(api).does("85年")).text
        assert (await Telegram(api).does("取消")).text == ZH("walk.cancelled")
    assert first.text != ""


def test_a_walk_that_nobody_goes_on_with_ends_after_a_week(tmp_path: Path) -> None:
    now = utc()
    store = Store(tmp_path / "jiugai.db")
    try:
        console = bootstrap.console(store, "console/test", lambda: now)
        console.say("/check")
        console.told()
        now += KEEP_WALKS - timedelta(minutes=1)
        assert ZH("walk.noted", answer="1985年建成") in console.say("85年")
        console.told()
        now += KEEP_WALKS + timedelta(minutes=1)
        assert ZH("walk.noted", answer="1985年建成") not in console.say("没做过")
    finally:
        store.close()


# ---- every way of every dialog --------------------------------------------------------------------------------------


def paths(dialog: Dialog, inputs: Mapping[str, str], language: Language) -> list[list[tuple[str, str]]]:
    """Walks to the end, as (question, answer), so that every way of the dialog is on one of them."""
    walks, speak = Walks({dialog.name: dialog}, Facts(load())), wording(language)
    left = {(way.key, way.value, way.to, way.says) for way in ways(dialog, inputs, Facts(load()), speak)}
    found: list[list[tuple[str, str]]] = []
    unwalked = [walks.place(walks.begun(dialog.name, 1, inputs), speak)]
    seen: set[object] = set()
    while unwalked and left:
        place = unwalked.pop(0)
        if place.asking is None:
            steps, covered = list(place.progress.answers.items()), set()
            for number, (key, value) in enumerate(steps):
                short = replace(place.progress, answers=dict(steps[: number + 1]), over=False)
                after = walks.place(short, speak)
                says = after.end.lines[0].text if after.end else ""
                covered.add((key, value, after.asking.key if after.asking else END, says))
            if covered & left:
                found.append(steps)
                left -= covered
            continue
        asking = place.asking
        for value in [*(option.value for option in asking.options), *asking.samples]:
            after = walks.place(replace(place.progress, answers={**place.progress.answers, asking.key: value}), speak)
            recent = (after.asking.key if after.asking else "", *list(after.progress.answers.items())[-5:])
            if recent not in seen:
                seen.add(recent)
                unwalked.append(after)
    assert not left
    return found


@pytest.mark.parametrize("language", first(LANGUAGES, 1))
def test_every_way_of_the_eligibility_check_is_walked_over_the_store(language: Language, tmp_path: Path) -> None:
    speak, walks = wording(language), Walks(DIALOGS, Facts(load()))
    walked = paths(ELIGIBILITY, {}, language)
    assert len(walked) > 10
    store = Store(tmp_path / "jiugai.db")
    try:
        for number, path in enumerate(walked):
            terminal = Terminal(store, f"console/{number}")
            terminal.does(f"/language {language}")
            terminal.does("/check")
            said = ""
            for place, (_, value) in enumerate(path):
                progress = Progress(ELIGIBILITY.name, ELIGIBILITY.version, 1, {}, dict(path[:place]))
                asking = walks.place(progress, speak).asking
                assert asking is not None
                label = next((option.label for option in asking.options if option.value == value), "")
                said = terminal.does(f"#{label}" if label else value)
            end = walks.place(Progress(ELIGIBILITY.name, ELIGIBILITY.version, 1, {}, dict(path)), speak).end
            assert end is not None and words(said).endswith(words(end.text))
    finally:
        store.close()
