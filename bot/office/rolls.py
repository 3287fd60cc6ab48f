"""Rolls: the office's acts on them. A roll that changes while a ballot over it is open is corrected there too, in the
same transaction; whoever no longer speaks for a seat is let go, and whom it concerns is told."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from ballots.ballot import State
from ballots.correcting import correct_roll
from ballots.outcomes import Reason, Refused
from ballots.roll import Kind, Roll, Seat
from bot.channels.unasked import calls
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.office.telling import tell
from bot.rolls.table import UNNUMBERED
from bot.store.ballots import Ballots, Record
from bot.store.book import Compound
from bot.store.invitations import Invitations, Member
from bot.store.ledgers import Ledgers
from bot.store.rolls import Place, Rolls
from dialogs import names
from dialogs.names import Seated
from dialogs.replies import Line, Reply
from dialogs.wording import Language, wording

Posts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does to a roll: the seats that come, go, change and stay (by the roll's ids), and those among the
    changed that belong to someone else from then on, `anew`. `joined` of the seats that go or belong to someone else
    are an account's now, which is let go. `ballots` are the open ones that are corrected. `mark` stands for the roll as
    it was when this was worked out."""

    compound: Compound
    kind: Kind
    added: tuple[Seat, ...]
    removed: tuple[Seat, ...]
    changed: tuple[tuple[Seat, Seat], ...]
    anew: tuple[str, ...]
    posts: int
    same: int
    joined: int
    ballots: tuple[Record, ...]
    mark: str

    @property
    def changes(self) -> bool:
        """Whether it changes anything."""
        return bool(self.added or self.removed or self.changed or self.posts)


@act("roll.check", find=finding.compound)
def check_roll(acting: Acting, compound: Compound, roll: Roll, posts: Posts) -> Plan:
    """What importing a roll would do; nothing is changed."""
    return _planned(acting, compound, *_numbered(acting, compound, roll, posts))


@act("roll.import", find=finding.compound)
def import_roll(
    acting: Acting,
    compound: Compound,
    roll: Roll,
    posts: Posts,
    mark: str = "",
    step: Callable[[int], None] = lambda seats: None,
) -> Plan:
    """Make a roll a compound's, in place of the one of its kind. `mark` is that of the plan that was agreed to: where
    the roll has changed since, the import is refused; "" agrees to any. `step` hears how many seats were written."""
    roll, posts = _numbered(acting, compound, roll, posts)
    plan = _planned(acting, compound, roll, posts)
    if mark and mark != plan.mark:
        raise Refusal("roll_moved")
    rolls = Rolls(acting.tx.connection)
    before, ids = rolls.roll(compound.id, roll.kind), rolls.ids(compound.id, roll.kind)
    rolls.replace(compound.id, before, roll, acting.now, posts, step)
    titles: dict[str, list[str]] = defaultdict(list)
    for record in plan.ballots:
        title, seats = _corrected(acting, record, roll)
        for seat in seats:
            titles[seat].append(title)
    _let_go(acting, plan, ids, titles)
    return plan


@act("roll.show", find=finding.compound)
def show_roll(acting: Acting, compound: Compound, kind: Kind) -> list[tuple[Place, bool]]:
    """The seats of a roll, each with whether an account has joined it."""
    members = Invitations(acting.tx.connection).members(compound.id, kind)
    places = Rolls(acting.tx.connection).places(compound.id, kind)
    return [(place, place.id in members) for place in places]


@act("roll.export", find=finding.compound)
def export_roll(acting: Acting, compound: Compound, kind: Kind) -> list[Place]:
    """The seats of a roll, to be written to a file."""
    places = Rolls(acting.tx.connection).places(compound.id, kind)
    if not places:
        raise Refusal("roll_empty")
    return places


# ----------------------------------------------------------------------------------------------------------------------


def _planned(acting: Acting, compound: Compound, roll: Roll, posts: Posts) -> Plan:
    if roll.faults():
        raise Refusal("roll_faulty")
    rolls = Rolls(acting.tx.connection)
    old = {seat.id: seat for seat in rolls.roll(compound.id, roll.kind).seats}
    new = {seat.id: seat for seat in roll.seats}
    changed = tuple((old[id], seat) for id, seat in new.items() if id in old and old[id] != seat)
    removed = tuple(seat for id, seat in old.items() if id not in new)
    # The same people in another order are the same; the ledgers see it so as well.
    anew = tuple(after.id for before, after in changed if set(before.holders) != set(after.holders))
    before_posts = rolls.posts(compound.id, roll.kind)
    moved = sum(before_posts.get(id, "") != posts.get(id, "") for id in new if id in old)
    members, ids = _members(acting, compound, roll.kind)
    left = [ids[id] for id in (*(seat.id for seat in removed), *anew)]
    added = tuple(seat for id, seat in new.items() if id not in old)
    changes = bool(added or removed or changed)
    return Plan(
        compound,
        roll.kind,
        added,
        removed,
        changed,
        anew,
        moved,
        len(new) - len(added) - len(changed),
        sum(seat in members for seat in left),
        tuple(_open_ballots(acting, compound, roll.kind)) if changes else (),
        _mark(old, before_posts),
    )


def _members(acting: Acting, compound: Compound, kind: Kind) -> tuple[dict[str, Member], dict[str, str]]:
    connection = acting.tx.connection
    return Invitations(connection).members(compound.id, kind), Rolls(connection).ids(compound.id, kind)


def _open_ballots(acting: Acting, compound: Compound, kind: Kind) -> Iterator[Record]:
    for record in Ballots(acting.tx.connection).records(compound.id):
        # One whose time is over only waits for the clock: nothing lands in it any more.
        if record.kind is kind and record.state is State.OPEN and acting.now < record.closes:
            yield record


def _numbered(acting: Acting, compound: Compound, roll: Roll, posts: Posts) -> tuple[Roll, Posts]:
    """A committee's roll with a number for each member who has none: whoever is on the roll already keeps theirs."""
    if roll.kind is not Kind.COMMITTEE:
        return roll, posts
    before = Rolls(acting.tx.connection).roll(compound.id, roll.kind).seats
    taken = {seat.id for seat in roll.seats}
    namesakes = Counter(seat.holders for seat in before)
    kept = {seat.holders: seat.id for seat in before if namesakes[seat.holders] == 1 and seat.id not in taken}
    free = (str(n) for n in count(1) if str(n) not in taken | {seat.id for seat in before})
    numbers = {
        seat.id: kept.get(seat.holders) or next(free) if seat.id.startswith(UNNUMBERED) else seat.id
        for seat in roll.seats
    }
    seats = tuple(replace(seat, id=numbers[seat.id]) for seat in roll.seats)
    return Roll(roll.kind, seats), {numbers[id]: post for id, post in posts.items() if id in numbers}


def _mark(seats: Mapping[str, Seat], posts: Posts) -> str:
    return hashlib.sha256(repr((sorted(seats.items()), sorted(posts.items()))).encode()).hexdigest()


def _corrected(acting: Acting, record: Record, roll: Roll) -> tuple[str, list[str]]:
    """Correct a ballot's roll; the ballot's title, and the ids of the seats to tell."""
    ballots, ledgers = Ballots(acting.tx.connection), Ledgers(acting.tx.connection)
    ballots.hold(record.id, State.OPEN)
    box = ledgers.box(record.id)
    # The ballot's own memory of the roll: what a seat was when it last heard of it.
    seats = {n: seat for n, seat in ballots.seats(record.id).items() if not box.standings[n].gone}
    numbers = {seat.id: number for number, seat in seats.items()}
    before = Roll(roll.kind, tuple(seats.values()))
    outcome = correct_roll(box.ballot, box.standings, numbers, before, roll, acting.now, acting.random(32))
    if isinstance(outcome, Refused):
        if outcome.reason is Reason.SAME:
            return box.ballot.title, []
        raise Refusal("roll_not_corrected")
    ledgers.append(record.id, outcome.entries)
    own = ballots.seat_ids(record.id)
    known, touched = {**numbers, **outcome.numbers}, set(outcome.tell)
    ids = Rolls(acting.tx.connection).ids(record.compound, roll.kind)
    after = {known[seat.id]: (ids[seat.id], seat) for seat in roll.seats if known[seat.id] in touched}
    ballots.seat_numbers(record.id, after)
    return box.ballot.title, [own[number] for number in outcome.tell if number in own]


def _let_go(acting: Acting, plan: Plan, ids: Mapping[str, str], titles: Mapping[str, list[str]]) -> None:
    """Take seats from accounts that no longer speak for them, end their codes, and tell all whom it concerns."""
    invitations = Invitations(acting.tx.connection)
    members = invitations.members(plan.compound.id, plan.kind)
    lost = [("roll_removed", seat) for seat in plan.removed]
    lost += [("roll_anew", before) for before, after in plan.changed if after.id in plan.anew]
    # Who keeps a seat is told where the change touches an open ballot.
    kept = [("roll_changed", after) for _, after in plan.changed if after.id not in plan.anew]
    for key, seat in (*lost, *kept):
        member, of = members.get(ids[seat.id]), titles.get(ids[seat.id], [])
        if member and (of or key != "roll_changed"):
            tell(acting.tx, [member], _says(key, Seated(plan.compound.name, plan.kind, seat), of), calls, acting.now)
    for _, seat in lost:
        invitations.leave(ids[seat.id])
        invitations.revoke(ids[seat.id], acting.now)


def _says(key: str, seated: Seated, titles: list[str]) -> Callable[[Language], Reply]:
    def says(language: Language) -> Reply:
        speak = wording(language)
        first = speak(f"told.{key}", seat=names.place(seated, speak))
        return Reply((Line(first), *(Line(speak(f"told.{key}_ballot", title=title)) for title in titles)))

    return says
