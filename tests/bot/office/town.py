"""A made-up office for the tests: staff of the district and of two streets, a compound with two rolls, and people who
talk with the bot over the store."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ballots.ballot import Works
from ballots.roll import Kind, Roll, Seat, Unit
from bot.desk import StoreDesk
from bot.office import ballots, codes, drafting, staff
from bot.office.acting import Acting, Refusal
from bot.office.drafting import Wish
from bot.office.roles import Actor, Role
from bot.store import Transaction
from bot.store.book import Book
from bot.store.invitations import Invitations
from bot.store.key import key_of
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from bot.times import utc
from dialogs.events import Tap, typed
from dialogs.replies import Reply
from dialogs.sessions import Session
from tests.bot.office.kit import done
from tests.dialogs.kit import CONVERSATION, LIBRARY

T = TypeVar("T")

# Names that no audit and no log may ever hold.
DISTRICT, NEAR, FAR = "区小满", "李近街", "赵远街"
COMPOUND, ELSEWHERE = "白云里小区", "远山小区"
HOLDERS = ("王建国", "欧阳志远", '<b>"牛"</b>', "=1+1")
COMPANY = "北京长城物业管理有限公司"
LABELS = (DISTRICT, NEAR, FAR, COMPOUND, ELSEWHERE, *HOLDERS, COMPANY)
ITEM = "menu-13"


@dataclass(frozen=True)
class Town:
    """The ids of the made-up office."""

    path: Path
    street: str
    other_street: str
    compound: str
    elsewhere: str
    district: str
    near: str
    far: str

    def acting(self, tx: Transaction, who: str = "district", now: datetime | None = None) -> Acting:
        """Acting for one of the staff: "district", "near" (of the compound's street), "far" (of the other street)."""
        actors = {
            "district": Actor(self.district, Role.DISTRICT),
            "near": Actor(self.near, Role.STREET, self.street),
            "far": Actor(self.far, Role.STREET, self.other_street),
        }
        return Acting(tx, actors[who], now or utc(), secrets.token_bytes)

    def does(self, job: Callable[[Acting], T | Refusal], who: str = "district", now: datetime | None = None) -> T:
        """The result of an act that is not refused."""
        came = done(self.path, lambda tx: job(self.acting(tx, who, now)))
        assert not isinstance(came, Refusal), came.key
        return came

    def seat(self, key: str, kind: Kind = Kind.COMMITTEE) -> str:
        """The own id of a seat of the compound."""
        return done(self.path, lambda tx: Rolls(tx.connection).ids(self.compound, kind)[key])

    def code(self, key: str, kind: Kind = Kind.COMMITTEE) -> str:
        """A new code for a seat of the compound."""
        return give_code(self.path, self.seat(key, kind))

    def draft(self, kind: Kind = Kind.COMMITTEE, days: int = 7) -> str:
        """A draft over a roll of the compound; its id."""
        closes = utc() + timedelta(days=days)
        drafted = self.does(
            lambda acting: drafting.draft(acting, self.compound, kind, [Wish(ITEM)], None, closes, "选单")
        )
        return drafted.record.id

    def open(self, kind: Kind = Kind.COMMITTEE, days: int = 7) -> str:
        """A ballot over a roll of the compound that is open from now on; its id."""
        id = self.draft(kind, days)
        self.does(lambda acting: ballots.open_ballot(acting, id, at_once=True))
        return id


def founded(path: Path) -> Town:
    """The office with its staff, streets, compounds and rolls."""

    def job(tx: Transaction) -> Town:
        key, now = key_of(path), utc()
        first = staff.begin(tx, DISTRICT, now, secrets.token_bytes, key)
        assert not isinstance(first, Refusal)
        book, kept = Book(tx.connection), StaffList(tx.connection)
        near, far = book.streets()[:2]
        compound, elsewhere = book.add_compound(near.id, COMPOUND, now), book.add_compound(far.id, ELSEWHERE, now)
        for id in (compound.id, elsewhere.id):
            book.set_works(id, Works.DONE, "居委会", now.date())
            for roll in (committee(), owners()):
                Rolls(tx.connection).replace(id, Roll(roll.kind, ()), roll, now)
        members = [
            kept.add(name, "street", street.id, "active", f"no code {name}", now)
            for name, street in ((NEAR, near), (FAR, far))
        ]
        return Town(path, near.id, far.id, compound.id, elsewhere.id, first.staff.id, *(one.id for one in members))

    return done(path, job)


def committee() -> Roll:
    return Roll(Kind.COMMITTEE, tuple(Seat(str(number), (name,)) for number, name in enumerate(HOLDERS, 1)))


def owners() -> Roll:
    return Roll(
        Kind.OWNERS,
        (
            Seat("a", ("王建国", "李芳"), (Unit("3号楼", "2单元", "501", 6000),)),
            Seat("b", (COMPANY,), (Unit("3号楼", "1单元", "101", 5000),), organisation=True),
        ),
    )


def give_code(path: Path, seat: str) -> str:
    def job(tx: Transaction) -> str:
        code = codes.made(secrets.token_bytes(16))
        Invitations(tx.connection).issue(seat, codes.keyed(codes.read(code) or "", key_of(path)), utc())
        return code

    return done(path, job)


class Person:
    """Somebody in a chat with the bot, turn by turn over the store; `group` puts them among other people."""

    def __init__(self, path: Path, user: int = 7, group: bool = False, now: Callable[[], datetime] = utc) -> None:
        self.path, self.now = path, now
        self.conversation = f"telegram/123456/{-100 if group else user}/{user}/0"
        self.key = f"telegram/123456/{user}"
        self.last = Reply(())

    def __call__(self, line: str) -> str:
        """What the bot says to a line."""
        return self._does(typed(line))

    def taps(self, label: str) -> str:
        """What it says when the button of this label is tapped."""
        (tap,) = (button.tap for button in self.last.buttons if label in button.label)
        return self.tap(tap)

    def tap(self, data: str) -> str:
        return self._does(Tap(data))

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.last.buttons]

    def joins(self, code: str) -> str:
        """Type a code and say that it is oneself."""
        self(code)
        return self.taps("是我")

    def _does(self, event: object) -> str:
        def turn(tx: Transaction) -> Reply:
            session = Session.load(tx.sessions.load(self.conversation))
            now = self.now()
            desk = StoreDesk(tx, "telegram", self.conversation, now, LIBRARY.summaries, lambda: key_of(self.path))
            reply, session = CONVERSATION.hear(event, session, desk)  # type: ignore[arg-type]
            assert reply is not None
            tx.sessions.save(self.conversation, session.dump(), now)
            return reply

        self.last = done(self.path, turn)
        return self.last.text
