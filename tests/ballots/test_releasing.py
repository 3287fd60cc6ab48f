"""Releasing: that a seat's account was let go stands in the ledger, and changes nothing of the count."""

import pytest

from ballots.casting import Recorded, cast
from ballots.keeping import close
from ballots.outcomes import Done, Reason, Refused
from ballots.releasing import leave, release
from ballots.standing import By, Choice
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, Book, opened, secret, select


@pytest.fixture
def book() -> Book:
    return opened()


def releasing(book: Book, staff: str = "王科", because: str = "手机丢了") -> Done | Refused:
    return release(book.ballot, book.seat("s1"), staff, because, DURING, secret("released", len(book.lines)))


def test_it_stands_in_the_ledger_without_who_and_why_and_the_seat_is_told(book: Book) -> None:
    outcome = releasing(book, " 王科 ", " 手机丢了 ")
    assert isinstance(outcome, Done) and outcome.tell == (book.numbers["s1"],)
    book.write(outcome)
    assert book.entries[-1].private == {"staff": "王科", "because": "手机丢了"}
    assert "王科" not in book.lines[-1].decode() and "手机" not in book.lines[-1].decode()


def test_what_counts_and_what_waits_stays(book: Book) -> None:
    voted = cast(book.ballot, book.seat("s1"), select((ELEVATOR, Choice.FOR)), DURING, secret("cast", 1), By.ONLINE)
    assert isinstance(voted, Recorded)
    before = book.write(voted).seat("s1")
    outcome = releasing(book)
    assert isinstance(outcome, Done)
    assert book.write(outcome).seat("s1") == before


def test_it_names_who_and_why(book: Book) -> None:
    for outcome in (releasing(book, staff=" "), releasing(book, because="")):
        assert outcome == Refused(Reason.TEXT_MISSING)


def test_who_leaves_by_themselves_is_noted_without_staff(book: Book) -> None:
    outcome = leave(book.ballot, book.seat("s1"), " 本人 ", DURING, secret("released", 1))
    assert isinstance(outcome, Done)
    before = book.seat("s1")
    assert book.write(outcome).seat("s1") == before
    assert (book.entries[-1].kind, book.entries[-1].private) == ("released", {"because": "本人"})
    assert leave(book.ballot, before, " ", DURING, secret("released", 2)) == Refused(Reason.TEXT_MISSING)


def test_after_the_close_nothing_is_noted(book: Book) -> None:
    ended = close(book.ballot, CLOSES, secret("closed", 1))
    assert isinstance(ended, Done)
    book.write(ended)
    assert releasing(book) == Refused(Reason.CLOSED)
    assert leave(book.ballot, book.seat("s1"), "本人", CLOSES, secret("released", 1)) == Refused(Reason.CLOSED)
