"""Drawing: the pictures that replies mean, from a real database: once for many, and never what is withheld."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ballots.report import ResultSheet
from bot import bootstrap, drawing
from bot.channels.telegram import unasked
from bot.channels.telegram.updates import CHANNEL
from bot.drawing import Drawing, NotPainted
from bot.office import ballots as acts
from bot.office import book
from bot.office.telling import tell
from bot.store import Store
from bot.store.invitations import Member
from bot.times import utc
from dialogs.pictures import Picture
from dialogs.replies import Line, Reply
from dialogs.wording import LANGUAGES, Language
from tests.bot.made import copied
from tests.bot.rounds.kit import NOW, Office, set_up
from tests.bot.telegram.kit import BOT
from tests.bot.telegram.service import service, states
from tests.botapi import BotApi, Upload
from tests.botapi.uploads import png, uploaded


class Brush:
    """Paints in words; what it was told to paint is remembered."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.painted: list[tuple[str, Language, int]] = []

    def __call__(self, sheet: ResultSheet, compound: str, language: Language) -> bytes:
        self.painted.append((compound, language, sum(count.agree.heads for count in sheet.counts)))
        if self.faults:
            raise self.faults.pop()
        return f"{compound} {language} {sheet.ballot.state}".encode()


@pytest.fixture
def office(path: Path) -> Office:
    return replace(copied(set_up, path), path=path)


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    with closing(Store(office.path)) as opened:
        yield opened


def closed(office: Office) -> str:
    id = office.opened()
    office.vote(id, "s1", menu_13="for", menu_31="for")
    office.must(lambda acting: acts.close(acting, id, "都投完了"))
    return id


async def test_a_closed_ballot_is_painted_from_its_count_under_its_compounds_name(office: Office, store: Store) -> None:
    brush = Brush()
    draw = Drawing(store, brush)
    id = closed(office)
    assert await draw(Picture(id, "zh")) == "白云里小区 zh closed".encode()
    assert await draw(Picture(id, "en")) == "白云里小区 en closed".encode()
    # 1 of the parking, 1 of the elevator in the own stairwell.
    assert brush.painted == [("白云里小区", "zh", 2), ("白云里小区", "en", 2)]


async def test_it_is_painted_once_for_all_who_are_told_at_the_same_time(office: Office, store: Store) -> None:
    brush = Brush()
    draw = Drawing(store, brush)
    id = closed(office)
    drawn = await asyncio.gather(*(draw(Picture(id, language)) for _ in range(30) for language in ("zh", "en")))
    assert len(set(drawn)) == 2 and len(brush.painted) == 2


async def test_what_may_not_be_shown_is_not_painted(office: Office, store: Store) -> None:
    brush = Brush()
    draw = Drawing(store, brush)
    draft, sealed, void = office.draft(), office.opened(), office.opened()
    office.must(lambda acting: acts.void(acting, void, "发错了"))
    for id in (draft, sealed, void, "00000000"):
        assert await draw(Picture(id, "zh")) is None, id
    assert brush.painted == []


async def test_what_is_void_since_is_not_shown_from_memory(office: Office, store: Store) -> None:
    draw, id = Drawing(store, Brush()), closed(office)
    assert await draw(Picture(id, "zh"))
    office.must(lambda acting: acts.void(acting, id, "发错了"))
    assert await draw(Picture(id, "zh")) is None


async def test_it_is_painted_anew_when_the_ledger_or_the_name_has_changed(office: Office, store: Store) -> None:
    draw = Drawing(store, Brush())
    id = office.opened(by_name=True, live=True)
    shown = [await draw(Picture(id, "zh"))]
    office.must(lambda acting: acts.close(acting, id, "完了"))
    shown.append(await draw(Picture(id, "zh")))
    office.must(lambda acting: book.rename_compound(acting, office.compound, "白云南里"))
    shown.append(await draw(Picture(id, "zh")))
    assert shown == [text.encode() for text in ("白云里小区 zh open", "白云里小区 zh closed", "白云南里 zh closed")]


async def test_only_the_last_few_are_kept(office: Office, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_KEPT", 2)
    brush = Brush()
    draw, ids = Drawing(store, brush), [closed(office) for _ in range(3)]
    for id in (ids[0], ids[1], ids[0], ids[2], ids[0], ids[1]):
        await draw(Picture(id, "zh"))
    assert len(brush.painted) == 4  # the third pushed out the one that was used longest ago


async def test_what_could_not_be_painted_is_not_tried_for_each_who_waits(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    brush = Brush(ZeroDivisionError())
    draw, id = Drawing(store, brush), closed(office)
    with pytest.raises(ZeroDivisionError):
        await draw(Picture(id, "zh"))
    for _ in range(3):
        with pytest.raises(NotPainted):
            await draw(Picture(id, "zh"))
    assert await draw(Picture(id, "en")) and len(brush.painted) == 2
    later = asyncio.get_running_loop().time() + drawing._AGAIN + 1
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: later)
    assert await draw(Picture(id, "zh"))


async def test_what_takes_too_long_is_given_up(office: Office, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_SECONDS", 0.0)
    with pytest.raises(TimeoutError):
        await Drawing(store, Brush())(Picture(closed(office), "zh"))


async def test_the_running_bots_own_painter_makes_a_photo(office: Office, store: Store) -> None:
    id = closed(office)
    for language in LANGUAGES:
        drawn = await Drawing(store, bootstrap._painted)(Picture(id, language))
        extra, _ = uploaded("photo", 1, Upload("a.png", "image/png", drawn or b""))
        assert extra["photo"]


@pytest.mark.usefixtures("quick", "soon")
async def test_all_members_get_the_same_picture_from_the_running_bot_and_nobody_one_that_is_withheld(
    api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def paint(sheet: ResultSheet, compound: str, language: Language) -> bytes:
        painted.append(sheet.ballot.id)
        return png(len(painted), 1)

    monkeypatch.setattr(bootstrap, "_painted", paint)
    # Not before its time: the running bot would close it.
    over, sealed = closed(office), office.opened(now=utc(), closes=utc() + timedelta(days=7))
    people = range(7, 13)
    for person in people:
        api.say(person, "/start")
    api.world.updates.clear()

    def told(ballot: str) -> None:
        reply = Reply((Line(f"结果 {ballot}"),), picture=Picture(ballot, "zh"))
        members = [Member(f"{ballot}{n}", f"{n}", CHANNEL, f"{CHANNEL}/{BOT}/{n}/{n}/0", NOW) for n in people]
        now = utc()
        office.do(lambda tx: tell(tx, members, lambda _: reply, lambda _, *said: unasked.calls(*said), now))

    async with service(api, office.path) as store:
        told(over)
        told(sealed)
        await api.wait(lambda: states(store, "outbox") == {"delivered": 4 * len(people)})
    assert painted == [over] and api.rejected() == []
    for person in people:
        assert api.heard(person) == [f"结果 {over}", f"结果 {sealed}"]
        assert [file.content for file in api.files(person)] == [png(1, 1)]
