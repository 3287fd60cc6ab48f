"""Reports: who may be shown what, and when; each says what it is and is not."""

from datetime import timedelta

import pytest

from ballots import frame, keeping, paper, report
from ballots.ballot import State, Works
from ballots.casting import cast
from ballots.draft import DraftItem
from ballots.menu import Counted
from ballots.proxies import appoint
from ballots.report import MediationList, Notice, Objection, ResultSheet, Withheld
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import By, Choice, Selection
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, PARKING, Book, draft, opened, owners, secret

ROLL = Roll(
    Kind.OWNERS,
    (
        Seat("a", ("王一",), (Unit("2号楼", "1单元", "101", 5000), Unit("10号楼", "1单元", "101", 3000))),
        Seat("b", ("李二", "李三"), (Unit("10号楼", "1单元", "102", 6000),)),
        Seat("c", ("某公司",), (Unit("10号楼", "2单元", "101", 7000),), organisation=True),
    ),
)
SELECTED = Selection({"menu-13": Choice.FOR})


def by_number(book: Book, roll: Roll) -> dict[int, Seat]:
    return {book.numbers[seat.id]: seat for seat in roll.seats}


def voted(book: Book, id: str, selection: Selection, by: By = By.ONLINE) -> None:
    book.write(cast(book.ballot, book.seat(id), selection, DURING, secret("vote", len(book.lines)), by))


def closed(book: Book) -> Book:
    return book.write(keeping.close(book.ballot, CLOSES, secret("close")))


def test_turnout_counts_seats_by_area_in_the_order_of_their_labels() -> None:
    book = opened(ROLL)
    voted(book, "a", SELECTED)
    parts = [(part.area, part.taken_part, part.seats) for part in report.turnout(book.box, by_number(book, ROLL)).parts]
    assert parts == [
        ("/", 1, 3),
        ("/2号楼", 1, 1),
        ("/2号楼/1单元", 1, 1),
        ("/10号楼", 1, 3),
        ("/10号楼/1单元", 1, 2),
        ("/10号楼/2单元", 0, 1),
    ]


def test_a_sealed_ballot_shows_nothing_before_its_close_to_anyone() -> None:
    book = opened(ROLL)
    voted(book, "a", Selection({"menu-13": Choice.OBJECT}, {"menu-13": "挡光"}))
    withheld = Withheld(State.OPEN, (frame.NOT_YET,))
    assert report.result(book.box) == withheld
    assert report.mediation(book.box, by_number(book, ROLL)) == withheld
    assert report.notice(book.box, book.head, CLOSES) == withheld


def test_a_live_ballot_shows_counts_but_neither_objectors_nor_a_notice() -> None:
    book = opened(ROLL, draft(live=True))
    voted(book, "a", SELECTED)
    sheet = report.result(book.box)
    assert isinstance(sheet, ResultSheet)
    assert not sheet.final
    assert sum(count.agree.heads for count in sheet.counts) == 2  # one head in each of its two stairwells
    assert isinstance(report.mediation(book.box, by_number(book, ROLL)), Withheld)
    assert isinstance(report.notice(book.box, book.head, CLOSES), Withheld)


def test_the_result_tells_how_selections_came_in_and_which_forms_nobody_confirmed() -> None:
    book = opened(ROLL)
    voted(book, "a", SELECTED)
    book.write(appoint(book.ballot, book.seat("b"), "王一", 0, "刘科", DURING, secret("proxy")))
    voted(book, "b", SELECTED, By.PROXY)
    book.write(paper.enter(book.ballot, book.seat("c"), SELECTED, "赵", "刘科", DURING, secret("form")))
    closed(book)
    sheet = report.result(book.box)
    assert isinstance(sheet, ResultSheet)
    assert sheet.final
    assert sheet.ways == {By.ONLINE: 1, By.PROXY: 1, By.PAPER: 0}
    assert sheet.unconfirmed == 1
    assert [(count.area, count.agree.heads, count.agree.area) for count in sheet.counts] == [
        ("/2号楼/1单元", 1, 5000),
        ("/10号楼/1单元", 2, 9000),
        ("/10号楼/2单元", 0, 0),
    ]


def test_the_mediation_list_names_who_objects_and_why_after_the_close() -> None:
    book = opened(ROLL)
    voted(book, "b", Selection({"menu-13": Choice.OBJECT}, {"menu-13": " 挡光 "}))
    voted(book, "c", Selection({"menu-13": Choice.AGAINST}))
    closed(book)
    listed = report.mediation(book.box, by_number(book, ROLL))
    assert isinstance(listed, MediationList)
    assert listed.objections == (Objection("menu-13", book.numbers["b"], ROLL.seats[1], "挡光"),)
    assert frame.SURVEY in listed.says


def test_an_objection_that_was_taken_back_is_not_listed() -> None:
    book = opened(ROLL)
    voted(book, "b", Selection({"menu-13": Choice.OBJECT}, {"menu-13": "挡光"}))
    voted(book, "b", SELECTED)
    closed(book)
    listed = report.mediation(book.box, by_number(book, ROLL))
    assert isinstance(listed, MediationList)
    assert listed.objections == ()


def test_a_void_ballot_has_no_result_even_after_its_close() -> None:
    book = closed(opened(ROLL))
    book.write(keeping.void(book.ballot, "名册有误", CLOSES, secret("void")))
    withheld = Withheld(State.VOID, (frame.VOID,))
    assert report.result(book.box) == withheld
    assert report.mediation(book.box, by_number(book, ROLL)) == withheld
    assert report.notice(book.box, book.head, CLOSES) == withheld


def test_the_notice_holds_the_head_that_the_public_list_ends_with() -> None:
    book = closed(opened(ROLL))
    book.write(keeping.certify(book.ballot, "王科", CLOSES, secret("certify")))
    posted = CLOSES + timedelta(days=1)
    notice = report.notice(book.box, book.head, posted)
    assert isinstance(notice, Notice)
    assert (notice.head, notice.posted) == (book.head, posted)
    assert notice.result.ballot.certified_by == "王科"


@pytest.mark.parametrize("works", list(Works))
def test_card_and_result_quote_the_clause_until_the_basic_works_are_done(works: Works) -> None:
    book = opened(ROLL)
    if works is not Works.PLANNED:
        book.write(keeping.record_works(book.ballot, works, "街道办", DURING, secret("works")))
    closed(book)
    sheet = report.result(book.box)
    assert isinstance(sheet, ResultSheet)
    quoted = works is not Works.DONE
    assert (frame.BASICS_FIRST in sheet.says) == quoted
    assert (frame.BASICS_FIRST in report.opening_card(book.ballot).says) == quoted


@pytest.mark.parametrize("kind", list(Kind))
def test_every_report_says_that_it_is_a_survey_and_whence_its_shares_come(kind: Kind) -> None:
    item = DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND)
    roll = Roll(kind, owners(3).seats)
    book = opened(roll, draft(item))
    card, turnout = report.opening_card(book.ballot), report.turnout(book.box, by_number(book, roll))
    box = closed(book).box
    sheet, listed = report.result(box), report.mediation(box, by_number(book, roll))
    assert isinstance(sheet, ResultSheet)
    for says in (card.says, turnout.says, sheet.says, listed.says):
        assert says[0] == frame.SURVEY
    own = frame.OWN_RULE if kind is not Kind.OWNERS else frame.THRESHOLDS
    assert own in card.says
    assert own in sheet.says
    assert (frame.COMMITTEE in sheet.says) == (kind is Kind.COMMITTEE)
    assert (frame.HOUSEHOLDS in sheet.says) == (kind is Kind.HOUSEHOLDS)


@pytest.mark.parametrize(("live", "by_name"), [(False, False), (False, True), (True, True)])
def test_the_card_tells_who_sees_what(live: bool, by_name: bool) -> None:
    item = DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL)
    says = report.opening_card(opened(ROLL, draft(item, live=live, by_name=by_name)).ballot).says
    assert (frame.LIVE in says, frame.SEALED in says) == (live, not live)
    assert (frame.BY_NAME in says) == by_name
    assert frame.NOT_SECRET in says
    assert frame.LAST_COUNTS in says


def test_the_clause_on_basic_works_is_the_policys_own_words() -> None:
    from knowledge.library import load

    assert frame.BASICS_FIRST.zh in load().document.text
