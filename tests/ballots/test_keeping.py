import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ballots.ballot import Ballot, State, Works
from ballots.casting import cast
from ballots.keeping import certify, close, extend, record_works, void
from ballots.outcomes import Done, Reason, Refused
from ballots.standing import Choice
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, Book, opened, secret, select

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LATER = CLOSES + DAY


@pytest.fixture
def book() -> Book:
    return opened()


def extending(book: Book, closes: datetime = LATER, because: str = "停电", at: datetime = DURING) -> Done | Refused:
    return extend(book.ballot, closes, because, at, secret("extended", len(book.lines)))


def closing(book: Book, because: str = "", at: datetime = CLOSES) -> Done | Refused:
    return close(book.ballot, at, secret("closed", len(book.lines)), because)


def certifying(book: Book, by: str = "王科") -> Done | Refused:
    return certify(book.ballot, by, LATER, secret("certified"))


def voiding(book: Book, because: str = "名册有误") -> Done | Refused:
    return void(book.ballot, because, LATER, secret("void"))


def working(book: Book, works: Works = Works.DONE, said: str = "监理") -> Done | Refused:
    return record_works(book.ballot, works, said, LATER, secret("works", len(book.lines)))


def last(book: Book) -> dict[str, object]:
    line: dict[str, object] = json.loads(book.lines[-1])
    return {key: value for key, value in line.items() if key not in ("n", "prev", "at")}


# ---- extended --------------------------------------------------------------------------------------------------------


def test_an_extended_ballot_takes_selections_until_the_later_close(book: Book) -> None:
    late = (book.seat("s1"), select((ELEVATOR, Choice.FOR)), CLOSES, secret("late"))
    assert cast(book.ballot, *late) == Refused(Reason.CLOSED)
    book.write(extending(book, because=" 停电 "))
    assert last(book) == {"kind": "extended", "closes": "2026-03-16T01:00:00Z", "because": "停电"}
    assert book.ballot.closes == LATER
    assert not isinstance(cast(book.ballot, *late), Refused)
    assert closing(book) == Refused(Reason.STILL_OPEN)
    assert isinstance(closing(book, at=LATER), Done)


@pytest.mark.parametrize("closes", [CLOSES, CLOSES - DAY, CLOSES + timedelta(microseconds=999_999)])
def test_an_extension_ends_later_also_in_whole_seconds(book: Book, closes: datetime) -> None:
    assert extending(book, closes) == Refused(Reason.NOT_LATER)
    assert isinstance(extending(book, CLOSES + SECOND), Done)


def test_an_extension_has_a_reason(book: Book) -> None:
    assert extending(book, because=" ") == Refused(Reason.TEXT_MISSING)


def test_what_has_closed_is_not_extended(book: Book) -> None:
    assert isinstance(extending(book, at=CLOSES - SECOND), Done)
    assert extending(book, at=CLOSES) == Refused(Reason.CLOSED)
    book.write(closing(book, "提前", DURING))
    assert extending(book) == Refused(Reason.CLOSED)


# ---- closed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [CLOSES, CLOSES + DAY])
def test_it_closes_by_the_clock_without_a_reason(book: Book, at: datetime) -> None:
    book.write(closing(book, at=at))
    assert (last(book), book.ballot.state) == ({"kind": "closed"}, State.CLOSED)


def test_it_closes_early_with_a_reason_only_and_the_list_shows_it(book: Book) -> None:
    for because in ("", " \n"):
        assert closing(book, because, CLOSES - SECOND) == Refused(Reason.STILL_OPEN)
    book.write(closing(book, " 全部选完 ", CLOSES - SECOND))
    assert last(book) == {"kind": "closed", "because": "全部选完"}


def test_it_closes_once(book: Book) -> None:
    book.write(closing(book))
    assert closing(book) == closing(book, "再次") == Refused(Reason.CLOSED)


# ---- certified, void -------------------------------------------------------------------------------------------------


def test_a_closed_ballot_is_certified_by_name(book: Book) -> None:
    assert certifying(book) == Refused(Reason.STILL_OPEN)
    book.write(closing(book))
    assert certifying(book, " ") == Refused(Reason.TEXT_MISSING)
    book.write(certifying(book, " 王科 "))
    assert last(book) == {"kind": "certified", "by": "王科"}
    assert (book.ballot.state, book.ballot.certified_by) == (State.CERTIFIED, "王科")


def test_a_ballot_is_void_with_a_reason_while_it_is_open_or_closed(book: Book) -> None:
    assert voiding(book, " ") == Refused(Reason.TEXT_MISSING)
    for ready in (book, opened().write(closing(opened()))):
        ready.write(voiding(ready))
        assert last(ready) == {"kind": "void", "because": "名册有误"}
        assert (ready.ballot.state, ready.ballot.void_because) == (State.VOID, "名册有误")


@pytest.mark.parametrize("end", [certifying, voiding])
@pytest.mark.parametrize("act", [certifying, voiding, working, closing, extending])
def test_certified_and_void_are_final(
    book: Book, end: Callable[[Book], Done | Refused], act: Callable[[Book], Done | Refused]
) -> None:
    book.write(closing(book)).write(end(book))
    assert act(book) == Refused(Reason.CLOSED)


# ---- the basic works -------------------------------------------------------------------------------------------------


def test_the_works_go_on_while_it_is_open_and_after_the_close(book: Book) -> None:
    book.write(working(book, Works.UNDER_WAY, " 街道办 "))
    assert last(book) == {"kind": "works", "works": "under-way", "said": "街道办"}
    book.write(closing(book)).write(working(book))
    assert (book.ballot.works, book.ballot.works_said, book.ballot.state) == (Works.DONE, "监理", State.CLOSED)


def test_somebody_says_how_far_the_works_are_and_something_new(book: Book) -> None:
    assert working(book, said="") == Refused(Reason.TEXT_MISSING)
    assert working(book, Works.PLANNED) == Refused(Reason.SAME)


def test_a_draft_has_nothing_to_close_or_certify(book: Book) -> None:
    values = {name: getattr(book.ballot, name) for name in Ballot.__dataclass_fields__}
    draft = Ballot(**{**values, "state": State.DRAFT})
    refused = Refused(Reason.CLOSED)
    assert close(draft, CLOSES, secret(1)) == certify(draft, "王科", CLOSES, secret(1)) == refused
    assert void(draft, "错", CLOSES, secret(1)) == record_works(draft, Works.DONE, "监理", CLOSES, secret(1)) == refused
