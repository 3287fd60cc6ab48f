"""From the opening to the recount, over the loopback Telegram, the terminal and the command line: a committee and the
owners of two compounds vote by buttons and words, a third change their minds, some fill in paper, and the clock closes.
"""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.sender import Limits
from bot.serving import serve
from bot.store import Store
from bot.times import utc
from dialogs.wording import wording
from tests import hall, recount
from tests.bot.office.kit import data
from tests.bot.telegram.service import configured, plain
from tests.botapi import BotApi
from tests.hall import Hall, Voter
from tests.kit import jiugai
from tests.lengths import long_form
from tests.voters import BECAUSE, RECEIPT, WORDS, Crowd, wish

MEMBERS, IN_TERMINAL = 9, 2


class Clock:
    """The time, and as much later as was asked for."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc() + self.ahead


@dataclass
class Round:
    """One of the two ballots: who votes in Telegram, and what the others have said, with all receipts."""

    hall: Hall
    crowd: Crowd
    others: dict[Voter, dict[str, str]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return all(len(self.crowd.receipts[user]) >= most for user, most in self.crowd.most.items())

    def act(self, api: BotApi) -> None:
        messages = [api.chat(user).last() if api.heard(user) else None for user in self.crowd.people]
        for verb, given in self.crowd.next(messages, time.monotonic()):
            getattr(api, verb)(**given)

    def told(self, api: BotApi) -> bool:
        """Whether everybody in Telegram has heard the result."""
        title = data("ballot", "show", self.hall.ballot, "--as", self.hall.staff[0])["title"]
        result = wording("zh")("result.title", title=title)
        return all(any(result in plain(text) for text in api.heard(user)) for user in self.crowd.people)

    def counts(self, changed: int, paper: int) -> None:
        """The list alone recounts to what everybody said last, and so does the office's result."""
        said = {voting.voter: voting.submitted[-1] for voting in self.crowd.votings} | self.others
        assert said.keys() == set(self.hall.voters)
        shown = [receipt for receipts in self.crowd.receipts.values() for receipt in receipts]
        assert recount.disagreements(self.hall, said, *self.receipts, *shown) == []
        kinds = [line["kind"] for line in recount.ledger(self.hall)]
        online = len(said) - paper
        assert [kinds.count(kind) for kind in ("cast", "changed", "entered", "confirmed")] == [
            *(online, changed, paper, paper)
        ]
        assert kinds[-1] == "closed"
        ways = recount.sheet(self.hall)["ways"]
        assert (ways["online"], ways["paper"]) == (online, paper)


def in_terminal(voting: Hall, voter: Voter, wants: Mapping[str, str]) -> str:
    """Somebody joins by a code and votes in a terminal; the receipt."""
    issued = data("invite", "issue", voting.compound, "committee", "--seat", voter.key, "--as", voting.staff[0])
    said = [line for choice in wants.values() for line in (WORDS[choice], *[BECAUSE] * (choice == "object"))]
    lines = (issued["codes"][0]["code"], "是我", "/choose", "1", *said, "提交", "/quit")
    heard = jiugai("chat", "--plain", stdin="\n".join(lines))
    assert (heard.code, heard.err) == (0, ""), heard.err
    (receipt,) = RECEIPT.findall(heard.out)
    return str(receipt)


def on_paper(voting: Hall, voter: Voter, wants: Mapping[str, str]) -> str:
    """One member of staff types a form in, the other confirms it; the receipt."""
    words = [f"{item}={choice}" + f":{BECAUSE}" * (choice == "object") for item, choice in wants.items()]
    first, second = voting.staff
    data("paper", "enter", voting.ballot, voter.key, *words, "--collector", "张三", "--as", first)
    return str(data("paper", "confirm", voting.ballot, voter.key, "--as", second)["receipt"])


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as store:
        yield store


@pytest.mark.usefixtures("quick", "soon")
@pytest.mark.parametrize(
    ("owners", "papers", "items"),
    [
        pytest.param(24, 4, (hall.ELEVATOR, hall.PARKING), id="short"),
        pytest.param(120, 10, hall.ITEMS, id="long", marks=long_form),
    ],
)
async def test_the_list_alone_recounts_to_what_everybody_said_last(
    owners: int, papers: int, items: tuple[str, ...], api: BotApi, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIUGAI_DATABASE", str(store.path))
    monkeypatch.setattr("bot.channels.clock._LOOK_SECONDS", 0.05)
    chance, clock, stop = random.Random(owners), Clock(), asyncio.Event()
    staff = hall.begun(store)
    opened = (
        hall.opened(store, staff, hall.committee(MEMBERS), items, name="春风小区", absent=IN_TERMINAL),
        hall.opened(store, staff, hall.owners(owners), items, first=2001, absent=papers),
    )
    absent = (IN_TERMINAL, papers)
    rounds = [
        Round(each, Crowd(each.voters[:-gone], items, chance, most=1))
        for each, gone in zip(opened, absent, strict=True)
    ]
    changes = [round.crowd.people[::3] for round in rounds]
    for round, people in zip(rounds, changes, strict=True):
        round.crowd.most |= dict.fromkeys(people, 2)

    def at_the_desk() -> None:
        for round, gone, takes in zip(rounds, absent, (in_terminal, on_paper), strict=True):
            for voter in round.hall.voters[-gone:]:
                round.others[voter] = wish(items, random.Random(voter.user))
                round.receipts.append(takes(round.hall, voter, round.others[voter]))

    def all_have_voted() -> bool:
        for round in rounds:
            round.act(api)
        return desk.done() and all(round.done for round in rounds)

    made = bootstrap.telegram(configured(api, store.path), store, clock, Limits())
    service = asyncio.create_task(serve(made, stop))
    desk = asyncio.create_task(asyncio.to_thread(at_the_desk))
    try:
        await api.wait(all_have_voted, 120)
        await desk
        clock.ahead = max(each.closes for each in opened) - utc() - timedelta(seconds=0.1)
        await api.wait(lambda: all(round.told(api) for round in rounds), 30)
    finally:
        stop.set()
        await service
    for round, people, paper in zip(rounds, changes, (0, papers), strict=True):
        round.counts(len(people), paper)
    assert api.rejected() == []
