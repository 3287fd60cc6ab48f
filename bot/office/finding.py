"""Finding what an act is about by its id: a street, a compound, a seat, a ballot, a member of staff.

There is one refusal for whatever is not there, in the very words of the one for whatever stands in another street:
staff of a street learn nothing of the others.
"""

from typing import TypeVar

from bot.office.acting import Refusal
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.book import Book, Compound, Street
from bot.store.rolls import Place, Rolls
from bot.store.staff import Staff, StaffList

T = TypeVar("T")

NO_SUCH = "no_such"


def street(tx: Transaction, id_or_name: str) -> Street:
    """A street by its id or name."""
    return _found(Book(tx.connection).street(id_or_name.strip()))


def compound(tx: Transaction, id_or_name: str) -> Compound:
    """A compound by its id, or by its name where only one has it."""
    book, given = Book(tx.connection), id_or_name.strip()
    if found := book.compound(given.lower()):
        return found
    called = book.compounds_called(given)
    return _found(called[0] if len(called) == 1 else None)


def seat(tx: Transaction, id: str) -> Place:
    """A seat of a roll by its own id."""
    given = id.strip().lower()
    rolls = Rolls(tx.connection)
    return _found(rolls.place(given) if rolls.stands(given) else None)


def ballot(tx: Transaction, id: str) -> Record:
    """A ballot by its id."""
    return _found(Ballots(tx.connection).record(id.strip().lower()))


def member(tx: Transaction, id: str) -> Staff:
    """A member of staff by the id, also one who was removed."""
    return _found(StaffList(tx.connection).find(id.strip().lower()))


def _found(thing: T | None) -> T:
    if thing is None:
        raise Refusal(NO_SUCH)
    return thing
