"""Drafting: the office's acts on a ballot before it opens: draft it, change it, let the clock open it, drop it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ballots.ballot import State
from ballots.draft import PROXIES, Draft
from ballots.menu import ELEVATOR, Counted, suggested
from ballots.roll import Fault, Kind, Roll
from ballots.rules import Matter
from bot.office import finding, menu
from bot.office.acting import Acting, Refusal, act
from bot.office.drafts import Kept, KeptItem, OwnRule, as_draft, loaded
from bot.office.missed import Missed
from bot.office.recording import closed, faulty, name
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.book import Compound
from bot.store.rolls import Rolls


@dataclass(frozen=True, slots=True)
class Wish:
    """An item that the office wants asked, by its clause's id. `matter` and `counted`: as suggested, where None.
    `areas` are the paths where it is asked, () everywhere."""

    id: str
    matter: Matter | None = None
    counted: Counted | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it stands: its record, what is kept of it, what it would be, and what still hinders its opening.
    `missed`: that the clock was to open it and could not, where that was looked up."""

    record: Record
    kept: Kept
    draft: Draft
    faults: tuple[Fault, ...]
    missed: Missed | None = None


@act("ballot.draft", find=finding.compound)
def draft(
    acting: Acting,
    compound: Compound,
    kind: Kind,
    items: Sequence[Wish],
    opens: datetime | None,
    closes: datetime,
    title: str,
    by_name: bool = False,
    live: bool = False,
    proxies: int = PROXIES,
    handbook: bool = False,
    rule: OwnRule | None = None,
) -> Drafted:
    """Draft a ballot over a compound's roll; without `opens` it can be opened from now on.

    `live` implies `by_name`. `handbook` turns the elevator handbook's rule on for elevators among owners; `rule` is a
    rule of this ballot's own, not among owners.
    """
    kept = Kept(
        title=" ".join(title.split()),
        items=_with_handbook([_kept(acting, wish, kind) for wish in items], handbook),
        by_name=by_name or live,
        live=live,
        proxies=proxies,
        rule=rule,
    )
    opens = opens or acting.now.replace(microsecond=0)
    _check(acting.tx, compound, kind, kept, opens, closes)
    ballots = Ballots(acting.tx.connection)
    id = ballots.add(compound.id, kind, kept.model_dump_json(), opens, closes, acting.now)
    return drafted(acting.tx, finding.ballot(acting.tx, id))


@act("ballot.redraft", find=finding.ballot)
def redraft(
    acting: Acting,
    record: Record,
    items: Sequence[Wish] | None = None,
    opens: datetime | None = None,
    closes: datetime | None = None,
    title: str | None = None,
    by_name: bool | None = None,
    live: bool | None = None,
    proxies: int | None = None,
    handbook: bool | None = None,
    rule: OwnRule | None = None,
) -> Drafted:
    """Change a draft; what is None stays as it is. Where it was scheduled it no longer is: somebody should look at what
    the clock will open."""
    ballots = Ballots(acting.tx.connection)
    if not ballots.hold(record.id, State.DRAFT):
        raise Refusal("no_draft")
    before = loaded(record)
    changes = {
        "title": " ".join(title.split()) if title is not None else None,
        "items": tuple(_kept(acting, wish, record.kind) for wish in items) if items is not None else None,
        "by_name": live or by_name,
        "live": live,
        "proxies": proxies,
        "rule": rule,
    }
    kept = before.model_copy(update={field: value for field, value in changes.items() if value is not None})
    if handbook is not None:
        kept = kept.model_copy(update={"items": _with_handbook(kept.items, handbook)})
    opens, closes = opens or record.opens, closes or record.closes
    _check(acting.tx, finding.compound(acting.tx, record.compound), record.kind, kept, opens, closes)
    ballots.redraft(record.id, kept.model_dump_json(), opens, closes)
    return drafted(acting.tx, finding.ballot(acting.tx, record.id))


@act("ballot.schedule", find=finding.ballot)
def schedule(acting: Acting, record: Record, scheduled: bool = True) -> Drafted:
    """Let the clock open a draft when its opening comes, or no longer. It must be ready to open by then: what hinders
    it now is refused now, where somebody can mend it."""
    ballots = Ballots(acting.tx.connection)
    if not ballots.hold(record.id, State.DRAFT):
        raise Refusal("no_draft")
    found = drafted(acting.tx, record)
    if scheduled:
        if found.draft.works is None:
            raise Refusal("reason.basics-not-planned")
        if refusal := faulty(found.faults):
            raise refusal
        if acting.now >= record.closes:
            raise closed()
    ballots.schedule(record.id, acting.now if scheduled else None)
    return drafted(acting.tx, finding.ballot(acting.tx, record.id))


@act("ballot.drop", find=finding.ballot)
def drop(acting: Acting, record: Record) -> None:
    """Drop a draft: nobody has seen it, and nothing of it is left."""
    if not Ballots(acting.tx.connection).drop(record.id):
        raise Refusal("no_draft")


def drafted(tx: Transaction, record: Record) -> Drafted:
    """A draft as it stands, with everything that hinders its opening now."""
    kept, compound = loaded(record), finding.compound(tx, record.compound)
    made = as_draft(kept, record.id, record.kind, record.opens, record.closes, compound)
    return Drafted(record, kept, made, tuple(made.faults(Rolls(tx.connection).roll(compound.id, record.kind))))


def _with_handbook(items: Sequence[KeptItem], handbook: bool) -> tuple[KeptItem, ...]:
    """The items with the handbook's rule turned on for elevators, or off. Where nothing is an elevator it stands with
    all, so that the draft's own fault says what it is for."""
    lifts = [item.id for item in items if menu.items()[item.id].words == ELEVATOR] or [item.id for item in items]
    return tuple(item.model_copy(update={"handbook": handbook and item.id in lifts}) for item in items)


def _kept(acting: Acting, wish: Wish, kind: Kind) -> KeptItem:
    item = menu.items().get(wish.id)
    if item is None:
        raise Refusal("no_item", item=wish.id)
    hint = suggested(item)
    # A committee chooses as one body, wherever its members live.
    counted = wish.counted or (Counted.COMPOUND if kind is Kind.COMMITTEE else hint.counted)
    matter = wish.matter or hint.matter
    return KeptItem(id=item.id, matter=matter, set_by=name(acting), counted=counted, areas=wish.areas)


def _check(tx: Transaction, compound: Compound, kind: Kind, kept: Kept, opens: datetime, closes: datetime) -> None:
    """Raise Refusal for whatever is wrong with the draft itself; what is wrong with the roll can be mended later."""
    if kept.rule:
        if kind is Kind.OWNERS:
            raise Refusal("own_rule")
        try:
            kept.rule.rule()
        except ValueError:
            raise Refusal("no_share") from None
    if closes - opens > LONGEST_OPEN:
        raise Refusal("too_long_open")
    roll = Rolls(tx.connection).roll(compound.id, kind)
    if refusal := faulty(_own_faults(as_draft(kept, "", kind, opens, closes, compound), roll)):
        raise refusal


# Nothing lays it down; a year that was mistyped should be found before everybody is told.
LONGEST_OPEN = timedelta(days=366)


def _own_faults(made: Draft, roll: Roll) -> Iterator[Fault]:
    of_roll = set(roll.faults())
    for fault in made.faults(roll):
        missing = not roll.seats and fault.what in ("no-such-areas", "unknown-area")
        if fault not in of_roll and not missing:
            yield fault
