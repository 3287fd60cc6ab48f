"""Two stores with the same randomness that differ only in how other seats chose: before the close everybody but those
voters is shown the same, to the byte.

What ballots/ shows is compared in tests/ballots/test_secrecy.py; here it is the pages, notices, lists and counts of the
bot, for a seat, a member of the committee, and staff.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ballots.roll import Kind
from ballots.standing import By, Choice
from bot.office import ballots as acts
from bot.office import paper, proxies, reports
from bot.office.correcting import correct
from bot.store.staff import StaffList
from tests.bot.choosing.kit import ELEVATOR, PARKING, SOON, Office, Voter, Voting
from tests.bot.made import copied
from tests.bot.rounds.kit import set_up
from tests.lengths import first

WORDS = ("同意", "不同意", "弃权", "反对")


@contextmanager
def drawn(seed: int) -> Iterator[None]:
    """All that is drawn at random, always the same."""
    with pytest.MonkeyPatch.context() as patch:
        count = 0

        def token_bytes(size: int | None = None) -> bytes:
            nonlocal count
            count += 1
            return sha256(f"{seed} {count}".encode()).digest()[: size or 32].ljust(size or 32, b"\0")

        patch.setattr("secrets.token_bytes", token_bytes)
        yield


@dataclass
class World:
    """One way of voting, and all that those who did not vote in it are shown of it."""

    path: Path
    kind: Kind
    shown: list[Any] = field(default_factory=list)

    def begin(self, **more: Any) -> None:
        self.office: Office = replace(copied(set_up, self.path), path=self.path)
        self.voting = Voting(self.office, self.office.opened(self.kind, **more))
        keys = ("s1", "s2", "s3", "s4") if self.kind is Kind.OWNERS else ("1", "2", "3")
        self.watcher = self.voting.voter(keys[0], 7, self.kind)
        self.others = [self.voting.voter(key, 8 + n, self.kind) for n, key in enumerate(keys[1:])]
        self.staff = [Voter(self.office, user) for user in (30, 31)]
        for person, id in zip(self.staff, (self.office.ann, self.office.bob), strict=True):
            key, conversation = person.key, person.conversation
            self.office.do(lambda tx, i=id, k=key, c=conversation: StaffList(tx.connection).join(i, k, "telegram", c))  # type: ignore[misc]
        self.stranger = Voter(self.office, 40)

    def votes(self, voter: Voter, word: str, reason: str) -> None:
        """Choose; how many messages that takes is the voter's own."""
        voter("/choose")
        voter("开始选") if "开始选" in voter.labels else voter("改第1项")
        voter(word)
        if "为什么反对" in voter.last.text:
            voter(reason)
        if "提交" not in voter.labels:
            voter("同意" if word != "同意" else "弃权")
        voter("提交")
        assert "回执" in voter.last.text

    def look(self) -> None:
        """Everything that anybody else can be shown now."""
        id, number = self.voting.id, self.voting.number("s1" if self.kind is Kind.OWNERS else "1")
        for person in (self.watcher, *self.staff, self.stranger):
            for line in ("/choose", "/results", "/receipt", "查我的算进去没有", "/office", "/privacy"):
                self.shown.append((line, person(line), list(person.last.buttons)))
            for tap in (
                f"ballot:{id}",
                "bench:1",
                *(f"own:{what}:{id}:{number}" for what in ("page", "receipt", "result", "check")),
            ):
                self.shown.append((tap, person.tap(tap), list(person.last.buttons), person.last.picture))
        office = self.office
        for act in (
            reports.turned_out,
            acts.show,
            reports.tallied,
            reports.objected,
            reports.public_list,
            reports.exported,
        ):
            came = office.act(lambda a, act=act: act(a, id), now=SOON)  # type: ignore[misc]
            self.shown.append((act.__name__, repr(replace_record(came))))
        told = office.do(lambda tx: tx.connection.rows("select conversation, payload, kind from outbox order by seq"))
        # What a voter is told in their own chat is theirs.
        theirs = {voter.conversation for voter in self.others}
        self.shown.append([dict(row) for row in told if row["conversation"] not in theirs])
        self.shown.append([(row["conversation"]) for row in told])


def replace_record(came: Any) -> Any:
    """What an act gives, without the record inside: its head differs by vote, and no command shows it."""
    return replace(came, record=None) if hasattr(came, "record") else came


def play(seed: int, votes: int, kind: Kind, folder: Path, own: bool) -> list[Any]:
    world, how = World(folder / f"{votes}.db", kind), Random(votes)
    with drawn(seed):
        world.begin(proxies=2)
        world.look()
        if own:
            world.votes(world.watcher, "反对", "我自己的理由")
        for voter in world.others:
            world.votes(voter, how.choice(WORDS), f"理由{votes}")
            world.look()
        # They change their minds; the office corrects, enters paper, records a proxy.
        world.votes(world.others[0], how.choice([word for word in WORDS if word != "同意"]), "又一个")
        world.look()
        office, id = world.office, world.voting.id
        office.must(lambda a: correct(a, id, PARKING, "写错", zh="新的说明。"), now=SOON)
        world.look()
        if kind is Kind.OWNERS:
            choices = {ELEVATOR: how.choice([Choice.FOR, Choice.AGAINST])}
            office.must(lambda a: paper.enter(a, id, "s5", choices, {}, "社区小刘"), now=SOON)
            office.must(lambda a: paper.confirm(a, id, "s5"), office.bob, now=SOON)
            office.must(lambda a: paper.decide(a, id, "s5", By.ONLINE, "本人"), now=SOON)
            office.must(lambda a: proxies.appoint(a, id, "s6", "李秀英"), now=SOON)
            world.look()
    return world.shown


@pytest.fixture
def folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="jiugai-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    yield place
    shutil.rmtree(place)


@pytest.mark.parametrize("own", first([True, False], 1))
@pytest.mark.parametrize("kind", [Kind.OWNERS, Kind.COMMITTEE])
def test_before_the_close_nothing_that_is_shown_differs_by_how_others_chose(
    folder: Path, kind: Kind, own: bool
) -> None:
    first, *rest = (play(1, votes, kind, folder, own) for votes in (1, 2))
    for other in rest:
        assert len(first) == len(other)
        for one, two in zip(first, other, strict=True):
            assert one == two


def test_what_is_compared_does_differ_where_it_may(folder: Path) -> None:
    """The comparison sees something: with a live ballot the same plays differ."""
    seen = []
    for votes in (1, 2):
        world, how = World(folder / f"{votes}.db", Kind.OWNERS), Random(votes)
        with drawn(1):
            world.begin(live=True, by_name=True)
            world.votes(world.others[0], how.choice(WORDS[:1] if votes == 1 else WORDS[1:2]), "")
            world.look()
        seen.append(world.shown)
    assert seen[0] != seen[1]
