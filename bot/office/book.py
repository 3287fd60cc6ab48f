"""The office's book: its acts on streets and compounds, and what a compound's page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ballots.ballot import State, Works
from ballots.draft import BEIJING
from ballots.keeping import record_works
from ballots.outcomes import Done
from ballots.roll import LONGEST, Kind
from bot.office import finding
from bot.office.acting import Acting, Refusal, act
from bot.office.roles import DISTRICT_ONLY, STAFF, Actor, Role
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.book import Book, Compound, Street
from bot.store.invitations import Invitations
from bot.store.ledgers import Ledgers
from bot.store.rolls import Counts, Rolls

LONGEST_SAID = 100  # characters of who said how far the works are

# The streets of Xicheng, as the district lists them; they can all be renamed and removed.
STREETS = (
    "德胜街道",
    "什刹海街道",
    "西长安街街道",
    "大栅栏街道",
    "天桥街道",
    "新街口街道",
    "金融街街道",
    "椿树街道",
    "陶然亭街道",
    "展览路街道",
    "月坛街道",
    "广安门内街道",
    "牛街街道",
    "白纸坊街道",
    "广安门外街道",
)


def begin(tx: Transaction, now: datetime) -> None:
    """Put the streets of Xicheng into a book that has none."""
    book = Book(tx.connection)
    if not book.streets():
        for name in STREETS:
            book.add_street(name, now)


# ---- finding by what people type -------------------------------------------------------------------------------------


def street_id(acting: Acting, typed: str) -> str:
    """The id of a street by its id or its name, with 街道 or without; "" where there is none."""
    book, word = Book(acting.tx.connection), _tidy(typed)
    found = book.street(word.lower()) or book.street(word) or book.street(f"{word}街道")
    return found.id if found else ""


def compound_id(acting: Acting, typed: str) -> str | Refusal:
    """The id of a compound by its id, or by its name among those that the actor may see; "" where there is none, which
    the act then refuses; a Refusal that lists the ids where several are called so."""
    book, word = Book(acting.tx.connection), _tidy(typed)
    if found := book.compound(word.lower()):
        return found.id
    called = [compound for compound in book.compounds_called(word) if acting.actor.may(STAFF, compound.street)]
    if len(called) > 1:
        streets = {street.id: street.name for street in book.streets()}
        ids = "、".join(f"{compound.id}（{streets[compound.street]}）" for compound in called)
        return Refusal("compound_ambiguous", ids=ids)
    return called[0].id if called else ""


# ---- streets ---------------------------------------------------------------------------------------------------------


@act("street.add", roles=DISTRICT_ONLY)
def add_street(acting: Acting, name: str) -> Street:
    """Add a street by a new name."""
    book = Book(acting.tx.connection)
    return book.add_street(_new_street(book, name), acting.now)


@act("street.rename", find=finding.street, roles=DISTRICT_ONLY)
def rename_street(acting: Acting, street: Street, name: str) -> Street:
    """Give a street another name, a new one."""
    book = Book(acting.tx.connection)
    if _tidy(name) != street.name:
        book.rename_street(street.id, _new_street(book, name))
    return Street(street.id, _tidy(name))


@act("street.remove", find=finding.street, roles=DISTRICT_ONLY)
def remove_street(acting: Acting, street: Street) -> Street:
    """Remove a street that has neither compounds nor staff."""
    book = Book(acting.tx.connection)
    if book.is_used(street.id):
        raise Refusal("street_used")
    book.remove_street(street.id)
    return street


@act("street.list")
def list_streets(acting: Acting) -> list[tuple[Street, int]]:
    """The streets that the actor may see, with how many compounds each has."""
    book = Book(acting.tx.connection)
    counts = book.compound_counts()
    return [(street, counts.get(street.id, 0)) for street in book.streets() if _sees(acting.actor, street.id)]


# ---- compounds -------------------------------------------------------------------------------------------------------


@act("compound.add", find=finding.street)
def add_compound(acting: Acting, street: Street, name: str) -> Compound:
    """Add a compound to a street, by a name that is new there."""
    book = Book(acting.tx.connection)
    return book.add_compound(street.id, _new_compound(book, street.id, name), acting.now)


@act("compound.rename", find=finding.compound)
def rename_compound(acting: Acting, compound: Compound, name: str) -> Compound:
    """Give a compound another name, new in its street. Ballots that were opened keep their titles."""
    book = Book(acting.tx.connection)
    if _tidy(name) != compound.name:
        book.rename_compound(compound.id, _new_compound(book, compound.street, name))
    return _again(book, compound)


@act("compound.remove", find=finding.compound)
def remove_compound(acting: Acting, compound: Compound) -> Compound:
    """Remove a compound that never had a roll or a ballot."""
    book = Book(acting.tx.connection)
    if book.is_compound_used(compound.id):
        raise Refusal("compound_used")
    book.remove_compound(compound.id)
    return compound


@act("compound.works", find=finding.compound)
def record_basic_works(acting: Acting, compound: Compound, works: Works, said: str, on: date) -> Compound:
    """Record how far a compound's basic works are, who said so, and on which day. The ledgers of its ballots that are
    open or closed are told of it in the same transaction."""
    who = _tidy(said)
    if not who or len(who) > LONGEST_SAID or not who.isprintable():
        raise Refusal("works_said", longest=str(LONGEST_SAID))
    if on > acting.now.astimezone(BEIJING).date():
        raise Refusal("works_in_future")
    book, ledgers = Book(acting.tx.connection), Ledgers(acting.tx.connection)
    book.set_works(compound.id, works, who, on)
    ballots = Ballots(acting.tx.connection)
    for record in ballots.records(compound.id):
        if ballots.hold(record.id, State.OPEN, State.CLOSED):
            outcome = record_works(ledgers.ballot(record.id), works, who, acting.now, acting.random(32))
            if isinstance(outcome, Done):  # else its ledger knows already
                ledgers.append(record.id, outcome.entries)
    return _again(book, compound)


@act("compound.list")
def list_compounds(acting: Acting, street: str = "") -> list[tuple[Compound, str]]:
    """The compounds that the actor may see, or those of a street (its id) among them, with their streets' names."""
    book = Book(acting.tx.connection)
    names = {each.id: each.name for each in book.streets()}
    compounds = book.compounds(street)
    return [(compound, names[compound.street]) for compound in compounds if _sees(acting.actor, compound.street)]


@dataclass(frozen=True, slots=True)
class RollPage:
    """What a compound's page shows of a roll: what it holds, for how many of its seats a code is out, and how many
    were joined."""

    counts: Counts
    invited: int
    joined: int


@dataclass(frozen=True, slots=True)
class Page:
    """A compound's page: where it is, how far its basic works are, its rolls by kind, and its ballots. Buildings,
    stairwells and units are counted over all of its rolls."""

    compound: Compound
    street: Street
    buildings: int
    stairwells: int
    units: int
    rolls: Mapping[Kind, RollPage]
    ballots: tuple[Record, ...]


@act("compound.show", find=finding.compound)
def show_compound(acting: Acting, compound: Compound) -> Page:
    """A compound's page."""
    connection = acting.tx.connection
    rolls, invitations = Rolls(connection), Invitations(connection)
    pages = {}
    for kind in Kind:
        counts = rolls.counts(compound.id, kind)
        if counts.seats:
            ids = set(rolls.ids(compound.id, kind).values())
            states = invitations.states(compound.id, kind)
            invited = sum(state == "open" for seat, state in states.items() if seat in ids)
            joined = len(ids & invitations.members(compound.id, kind).keys())
            pages[kind] = RollPage(counts, invited, joined)
    street = Book(connection).street(compound.street)
    assert street is not None, "a compound stands in a street"
    whole = rolls.counts(compound.id)
    records = tuple(Ballots(connection).records(compound.id))
    return Page(compound, street, whole.buildings, whole.stairwells, whole.units, pages, records)


# ----------------------------------------------------------------------------------------------------------------------


def _sees(actor: Actor, street: str) -> bool:
    return actor.role is Role.DISTRICT or actor.may(STAFF, street)


def _again(book: Book, compound: Compound) -> Compound:
    found = book.compound(compound.id)
    assert found is not None, "it was found before"
    return found


def _new_street(book: Book, name: str) -> str:
    word = _name(name)
    if book.street(word):
        raise Refusal("street_known")
    return word


def _new_compound(book: Book, street: str, name: str) -> str:
    word = _name(name)
    if any(compound.street == street for compound in book.compounds_called(word)):
        raise Refusal("compound_known")
    return word


def _name(name: str) -> str:
    word = _tidy(name)
    if not word or len(word) > LONGEST or not word.isprintable():
        raise Refusal("name", longest=str(LONGEST))
    return word


def _tidy(word: str) -> str:
    return " ".join(word.split())
