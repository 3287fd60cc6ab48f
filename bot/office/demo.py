"""A made-up compound to try everything on: a committee and owners, codes for their seats, and two open ballots in which
some have voted already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from ballots import paper
from ballots.ballot import Works
from ballots.casting import Changed, Recorded, asked, cast
from ballots.draft import BEIJING
from ballots.outcomes import Done
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import Choice, Selection
from bot.office import ballots as acts
from bot.office import drafting, finding, invitations, menu
from bot.office.acting import Acting, Refusal, act
from bot.office.book import record_basic_works
from bot.office.drafting import Wish
from bot.office.invitations import Issued
from bot.office.recording import secret
from bot.office.roles import STAFF
from bot.store.ballots import Ballots
from bot.store.book import Book, Compound, Street
from bot.store.demos import Demos
from bot.store.rolls import Rolls
from dialogs.wording import wording

T = TypeVar("T")

OPEN_FOR = timedelta(days=7)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
_GIVEN = ("建国", "秀英", "志强", "桂兰", "文", "淑珍", "海燕", "永红", "国庆", "晓梅", "春生")
_STAIRWELLS = tuple((f"{building}号楼", f"{stairwell}单元") for building in (1, 2) for stairwell in (1, 2, 3))
_FLATS = 7
_VOTED = {Kind.COMMITTEE: 5, Kind.OWNERS: 24}
_SHOWN_CODES = 3
# What people say, in turn: mostly for it, some otherwise.
_SAID = (*(Choice.FOR,) * 4, Choice.AGAINST, Choice.FOR, Choice.ABSTAIN, Choice.FOR, Choice.OBJECT)


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the compound, a ballot's id by kind, codes of seats that have not voted, and the number of the
    seat whose paper form waits among the owners."""

    compound: Compound
    ballots: Mapping[Kind, str]
    codes: Mapping[Kind, tuple[Issued, ...]]
    waits: int


@act("demo.make", find=finding.street)
def make(acting: Acting, street: Street, key: bytes) -> Demo:
    """Make it in a street, one at a time there: what others try on is not to be seen. `key` is the key of this
    installation."""
    book, demos = Book(acting.tx.connection), Demos(acting.tx.connection)
    speak = wording("zh")
    if street.id in demos.all().values():
        raise Refusal("demo_there")
    if any(each.street == street.id for each in book.compounds_called(speak("sample.compound"))):
        raise Refusal("demo_name")
    id = demos.add(street.id, speak("sample.compound"), acting.now)
    rolls = {Kind.COMMITTEE: _committee(), Kind.OWNERS: _owners()}
    for kind, roll in rolls.items():
        Rolls(acting.tx.connection).replace(id, Roll(kind, ()), roll, acting.now)
    today = acting.now.astimezone(BEIJING).date()
    _must(record_basic_works(acting, id, Works.PLANNED, speak("sample.said"), today))
    issued = {kind: _must(invitations.issue(acting, id, kind, key)) for kind in rolls}
    ballots = {kind: _opened(acting, id, kind) for kind in rolls}
    voted = {kind: _vote(acting, ballots[kind], _VOTED[kind]) for kind in rolls}
    codes = {
        kind: tuple(one for one in issued[kind] if one.place.seat.id not in voted[kind])[:_SHOWN_CODES]
        for kind in rolls
    }
    waits = _paper(acting, ballots[Kind.OWNERS], voted[Kind.OWNERS])
    return Demo(finding.compound(acting.tx, id), ballots, codes, waits)


@act("demo.remove", find=finding.compound)
def remove(acting: Acting, compound: Compound) -> Compound:
    """Take it away as a whole, with all that was done in it."""
    demos = Demos(acting.tx.connection)
    if compound.id not in demos.all():
        raise Refusal("no_demo")
    demos.remove(compound.id)
    return compound


def there(acting: Acting, street: str = "") -> dict[str, str]:
    """The made-up compounds that the actor may take away, of one street (its id) if named: the street's name by the
    id of each."""
    names = {one.id: one.name for one in Book(acting.tx.connection).streets()}
    return {
        id: names[of]
        for id, of in Demos(acting.tx.connection).all().items()
        if street in ("", of) and acting.actor.may(STAFF, of)
    }


# ---- the rolls -------------------------------------------------------------------------------------------------------


def _names() -> Iterator[str]:
    for n in range(len(_SURNAMES) * len(_GIVEN)):
        yield _SURNAMES[n % len(_SURNAMES)] + _GIVEN[n % len(_GIVEN)]


def _committee() -> Roll:
    names = _names()
    return Roll(Kind.COMMITTEE, tuple(Seat(str(n), (next(names),)) for n in range(1, 10)))


def _owners() -> Roll:
    """Owners of two buildings: among them two who own a flat together, one with two flats, and an organisation."""
    names, seats = _names(), []
    for at, (building, stairwell) in enumerate(_STAIRWELLS):
        for flat in range(1, _FLATS + 1):
            door = f"{(flat + 1) // 2}0{2 - flat % 2}"
            unit = Unit(building, stairwell, door, 4520 + 613 * ((at * _FLATS + flat) % 7))
            seats.append(Seat(f"{at + 1}-{door}", (next(names),), (unit,)))
    first, second, third, *others = seats
    several = [
        Seat(first.id, (*first.holders, next(names)), first.units),
        Seat(second.id, second.holders, (*second.units, *others[-1].units)),
        Seat(third.id, (wording("zh")("sample.organisation"),), third.units, organisation=True),
    ]
    return Roll(Kind.OWNERS, (*several, *others[:-1]))


# ---- the ballots -----------------------------------------------------------------------------------------------------


def _opened(acting: Acting, compound: str, kind: Kind) -> str:
    optional = [item.id for item in menu.items().values() if not item.basic]
    committee = kind is Kind.COMMITTEE
    items = [Wish(id) for id in (optional if committee else (optional[0], optional[-2]))]
    closes = acting.now.replace(microsecond=0) + OPEN_FOR
    title = wording("zh")(f"sample.{kind.value}")
    drafted = _must(
        drafting.draft(acting, compound, kind, items, None, closes, title, by_name=committee, live=committee)
    )
    _must(acts.open_ballot(acting, drafted.record.id))
    return drafted.record.id


def _vote(acting: Acting, id: str, count: int) -> set[str]:
    """Let the last seats of the roll vote, so that the codes of the first can be tried; their keys."""
    ballots = Ballots(acting.tx.connection)
    ballot, seats = ballots.ballot(id), ballots.seats(id)
    last = sorted(seats, key=lambda number: _order(seats[number]))[-count:]
    for at, number in enumerate(last):
        standing = ballots.standing(id, number)
        assert standing is not None, "it was dealt its number just now"
        selection = _selection(asked(ballot, standing), at)
        outcome = cast(ballot, standing, selection, acting.now.replace(microsecond=0), secret(acting))
        assert isinstance(outcome, Recorded | Changed), outcome
        ballots.append(id, [outcome.entry])
    return {seats[number].id for number in last}


def _paper(acting: Acting, id: str, voted: set[str]) -> int:
    """Enter a form that somebody of the office can confirm, for the last seat that has not voted; its number."""
    ballots, speak = Ballots(acting.tx.connection), wording("zh")
    ballot, seats = ballots.ballot(id), ballots.seats(id)
    number = max((n for n, seat in seats.items() if seat.id not in voted), key=lambda n: _order(seats[n]))
    standing = ballots.standing(id, number)
    assert standing is not None, "it was dealt its number just now"
    selection = _selection(asked(ballot, standing), 0)
    people = speak("sample.collector"), speak("sample.staff")
    outcome = paper.enter(ballot, standing, selection, *people, acting.now.replace(microsecond=0), secret(acting))
    assert isinstance(outcome, Done), outcome
    ballots.append(id, outcome.entries)
    return number


def _selection(items: list[str], at: int) -> Selection:
    choices = {item: _SAID[(at + 2 * n) % len(_SAID)] for n, item in enumerate(items)}
    reason = wording("zh")("sample.reason")
    return Selection(choices, {item: reason for item, choice in choices.items() if choice is Choice.OBJECT})


def _order(seat: Seat) -> tuple[int, ...]:
    return tuple(int(part) for part in seat.id.split("-"))


def _must(result: T | Refusal) -> T:
    """What an act within this one gave; its refusal refuses all of it."""
    if isinstance(result, Refusal):
        raise result
    return result
