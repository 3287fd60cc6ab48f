import json
from datetime import datetime, timedelta

import pytest

from ballots.casting import Recorded, cast
from ballots.outcomes import Done, Reason, Refused
from ballots.proxies import appoint, revoke
from ballots.standing import By, Choice
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, OPENS, Book, draft, opened, secret, select

SECOND = timedelta(seconds=1)


@pytest.fixture
def book() -> Book:
    return opened()


def appointing(
    book: Book, holder: str = "王五", held: int = 0, staff: str = "王科", at: datetime = DURING
) -> Done | Refused:
    return appoint(book.ballot, book.seat("s1"), holder, held, staff, at, secret("proxy", len(book.lines)))


def revoking(book: Book, staff: str = "王科", at: datetime = DURING) -> Done | Refused:
    return revoke(book.ballot, book.seat("s1"), staff, at, secret("revoked", len(book.lines)))


def voting(book: Book, choice: Choice = Choice.FOR, by: By = By.PROXY) -> object:
    secret_ = secret("cast", len(book.lines))
    return cast(book.ballot, book.seat("s1"), select((ELEVATOR, choice)), DURING, secret_, by)


def test_a_proxy_is_recorded_and_the_seat_is_told(book: Book) -> None:
    outcome = appointing(book, holder=" 王五 ")
    assert isinstance(outcome, Done) and outcome.tell == (book.numbers["s1"],)
    assert book.write(outcome).seat("s1").proxy
    assert book.entries[-1].private == {"holder": "王五", "staff": "王科"}


def test_nobody_who_holds_or_saw_a_proxy_stands_in_the_list(book: Book) -> None:
    book.write(appointing(book)).write(voting(book)).write(revoking(book))
    shown = b"\n".join(book.lines[2:]).decode()
    assert "王五" not in shown and "王科" not in shown
    assert [{*json.loads(line)["private"]} for line in (book.lines[-3], book.lines[-1])] == [
        {"holder", "staff"},
        {"staff"},
    ]


@pytest.mark.parametrize(("holder", "staff"), [("", "王科"), ("王五", " ")])
def test_a_proxy_has_a_name_and_somebody_saw_the_paper(book: Book, holder: str, staff: str) -> None:
    assert appointing(book, holder=holder, staff=staff) == Refused(Reason.TEXT_MISSING)


def test_a_seat_has_one_proxy_at_a_time(book: Book) -> None:
    book.write(appointing(book))
    assert appointing(book, holder="李四") == Refused(Reason.HAS_PROXY)
    book.write(revoking(book))
    assert isinstance(appointing(book, holder="李四"), Done)


@pytest.mark.parametrize(("most", "held", "fine"), [(3, 2, True), (3, 3, False), (1, 0, True), (1, 1, False)])
def test_one_person_holds_only_so_many(most: int, held: int, fine: bool) -> None:
    outcome = appointing(opened(form=draft(proxies=most)), held=held)
    assert isinstance(outcome, Done) if fine else outcome == Refused(Reason.TOO_MANY_PROXIES, str(most))


def test_a_ballot_may_know_no_proxies() -> None:
    assert appointing(opened(form=draft(proxies=0))) == Refused(Reason.TOO_MANY_PROXIES, "0")


def test_what_the_proxy_has_cast_goes_with_it(book: Book) -> None:
    fresh = book.seat("s1")
    book.write(appointing(book)).write(voting(book))
    outcome = revoking(book)
    assert isinstance(outcome, Done) and outcome.tell == (book.numbers["s1"],)
    assert book.write(outcome).seat("s1") == fresh
    assert voting(book) == Refused(Reason.NO_PROXY)
    assert isinstance(voting(book, by=By.ONLINE), Recorded)


def test_a_new_proxys_vote_is_a_first_one_and_never_the_repetition_of_the_olds(book: Book) -> None:
    book.write(appointing(book)).write(voting(book)).write(revoking(book)).write(appointing(book, holder="李四"))
    assert isinstance(voting(book), Recorded)


def test_what_the_seat_has_cast_itself_stays(book: Book) -> None:
    book.write(appointing(book)).write(voting(book)).write(voting(book, Choice.AGAINST, By.ONLINE))
    book.write(revoking(book))
    assert book.seat("s1").selection == select((ELEVATOR, Choice.AGAINST))


def test_there_must_be_a_proxy_to_take_back_and_somebody_to_do_it(book: Book) -> None:
    assert revoking(book) == Refused(Reason.NO_PROXY)
    book.write(appointing(book))
    assert revoking(book, staff=" ") == Refused(Reason.TEXT_MISSING)
    book.write(revoking(book))
    assert revoking(book) == Refused(Reason.NO_PROXY)


@pytest.mark.parametrize(("at", "reason"), [(OPENS - SECOND, Reason.NOT_OPEN), (CLOSES, Reason.CLOSED)])
def test_proxies_come_and_go_between_the_opening_and_the_close(book: Book, at: datetime, reason: Reason) -> None:
    assert appointing(book, at=at) == Refused(reason)
    book.write(appointing(book, at=CLOSES - SECOND))
    assert revoking(book, at=at) == Refused(reason)
