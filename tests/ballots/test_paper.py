import json
from datetime import datetime, timedelta

import pytest

from ballots.casting import Changed, Recorded, cast
from ballots.correcting import correct_item
from ballots.draft import DraftItem
from ballots.ledger import commitment
from ballots.menu import Counted
from ballots.outcomes import Done, Reason, Refused
from ballots.paper import confirm, decide, decline, enter
from ballots.proxies import appoint, revoke
from ballots.rules import Matter
from ballots.standing import By, Choice, Selection
from ballots.tally import tally
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, OPENS, PARKING, Book, draft, opened, owners, secret, select
from tests.ballots.test_correcting import reworded

FOR, AGAINST, OBJECT = Choice.FOR, Choice.AGAINST, Choice.OBJECT
SECOND = timedelta(seconds=1)
PEOPLE = ("赵科", "王科")  # who collected the form, and who typed it in


@pytest.fixture
def book() -> Book:
    items = (
        DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL),
        DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND),
    )
    return opened(owners(2), draft(*items))


FORM = select((ELEVATOR, FOR))


def entering(
    book: Book, form: Selection = FORM, people: tuple[str, str] = PEOPLE, at: datetime = DURING
) -> Done | Refused:
    return enter(book.ballot, book.seat("s1"), form, *people, at, secret("paper", len(book.lines)))


def confirming(book: Book, staff: str = "李科", at: datetime = DURING) -> Done | Refused:
    return confirm(book.ballot, book.seat("s1"), PEOPLE, staff, at, secret("second", len(book.lines)))


def declining(book: Book, because: str = "输错了", staff: str = "李科", at: datetime = DURING) -> Done | Refused:
    return decline(book.ballot, book.seat("s1"), because, staff, at, secret("declined", len(book.lines)))


def deciding(
    book: Book, by: By, because: str = "本人来电", staff: str = "王科", at: datetime = DURING
) -> Done | Refused:
    return decide(book.ballot, book.seat("s1"), by, because, staff, at, secret("decided", len(book.lines)))


def online(book: Book, form: Selection = FORM, by: By = By.ONLINE) -> object:
    return cast(book.ballot, book.seat("s1"), form, DURING, secret("cast", len(book.lines)), by)


def counted(book: Book) -> list[int]:
    """How many agree, are against and object to the elevator."""
    elevator = tally(book.ballot, book.box.standings.values())[0]
    return [amount.heads for amount in (elevator.agree, elevator.against, elevator.object)]


# ---- entered, confirmed, declined ------------------------------------------------------------------------------------


def test_a_form_waits_for_a_second_person_and_only_then_counts(book: Book) -> None:
    entered = entering(book)
    assert isinstance(entered, Done) and entered.tell == (book.numbers["s1"],)
    book.write(entered)
    assert (book.seat("s1").by, book.seat("s1").paper, counted(book)) == (By.NOBODY, FORM, [0, 0, 0])
    waits = len(book.lines)
    confirmed = confirming(book)
    assert isinstance(confirmed, Done) and confirmed.tell == (book.numbers["s1"],)
    seat = book.write(confirmed).seat("s1")
    assert (seat.by, seat.selection, seat.paper, seat.line) == (By.PAPER, FORM, None, waits)
    assert counted(book) == [1, 0, 0]


def test_who_brought_it_and_who_typed_it_in_is_committed_to_and_not_shown(book: Book) -> None:
    book.write(entering(book, select((ELEVATOR, OBJECT), because="一楼采光"), (" 赵科", "王科 ")))
    entry, line = book.entries[-1], json.loads(book.lines[-1])
    assert entry.private == {f"reason {ELEVATOR.id}": "一楼采光", "collector": "赵科", "staff": "王科"}
    assert line["private"] == {name: commitment(entry.secret, name, word) for name, word in entry.private.items()}
    assert (line["by"], line["choices"]) == ("paper", {ELEVATOR.id: "object"})
    book.write(confirming(book))
    book.write(deciding(book, By.ONLINE, because="楼下王大爷说的"))
    shown = b"\n".join(book.lines[3:]).decode()
    for word in (*PEOPLE, "李科", "一楼采光", "王大爷"):
        assert word not in shown


def test_a_form_keeps_the_reasons_of_its_objections_when_it_is_confirmed(book: Book) -> None:
    book.write(entering(book, select((ELEVATOR, OBJECT), because="一楼采光"))).write(confirming(book))
    assert book.seat("s1").selection.reasons == {ELEVATOR.id: "一楼采光"}
    assert counted(book) == [0, 0, 1]


@pytest.mark.parametrize("people", [("", "王科"), ("赵科", " "), ("", "")])
def test_a_form_has_a_collector_and_somebody_who_types_it_in(book: Book, people: tuple[str, str]) -> None:
    assert entering(book, people=people) == Refused(Reason.TEXT_MISSING)


def test_one_person_may_collect_and_type_it_in_but_not_confirm_it(book: Book) -> None:
    book.write(entering(book, people=("王科", "王科")))
    seat = book.seat("s1")
    assert confirm(book.ballot, seat, ("王科", "王科"), "王科", DURING, secret(1)) == Refused(Reason.SAME_PERSON)


@pytest.mark.parametrize("staff", [*PEOPLE, " 赵科 ", "王科\n"])
def test_the_second_confirmer_is_a_second_person(book: Book, staff: str) -> None:
    book.write(entering(book))
    assert confirming(book, staff) == Refused(Reason.SAME_PERSON)


def test_somebody_confirms_a_form_that_waits(book: Book) -> None:
    assert confirming(book) == Refused(Reason.NO_PAPER)
    book.write(entering(book))
    assert confirming(book, " ") == Refused(Reason.TEXT_MISSING)
    book.write(confirming(book))
    assert confirming(book) == Refused(Reason.NO_PAPER)


def test_a_form_that_is_declined_is_as_if_it_had_never_been(book: Book) -> None:
    before = book.seat("s1")
    assert declining(book) == Refused(Reason.NO_PAPER)
    book.write(entering(book))
    assert declining(book, because=" ") == Refused(Reason.TEXT_MISSING)
    assert declining(book, staff="") == Refused(Reason.TEXT_MISSING)
    declined = declining(book)
    assert isinstance(declined, Done) and declined.tell == (book.numbers["s1"],)
    assert book.write(declined).seat("s1") == before
    assert isinstance(online(book), Recorded)


def test_whoever_entered_a_form_may_take_it_away_again(book: Book) -> None:
    assert isinstance(declining(book.write(entering(book)), staff="王科"), Done)


def test_a_second_form_waits_for_the_first_to_be_settled_and_then_takes_its_place(book: Book) -> None:
    book.write(entering(book))
    assert entering(book, select((ELEVATOR, AGAINST))) == Refused(Reason.PAPER_WAITS)
    book.write(confirming(book))
    book.write(entering(book, select((ELEVATOR, AGAINST))))
    assert counted(book) == [1, 0, 0]
    assert counted(book.write(confirming(book))) == [0, 1, 0]


def test_a_form_holds_a_selection_as_any_other(book: Book) -> None:
    assert entering(book, Selection({})) == Refused(Reason.EMPTY)
    assert entering(book, Selection({"menu-99": FOR})) == Refused(Reason.UNKNOWN_ITEM, "menu-99")
    assert entering(book, Selection({ELEVATOR.id: OBJECT})) == Refused(Reason.REASON_MISSING, ELEVATOR.id)


@pytest.mark.parametrize(
    ("at", "reason"), [(OPENS - SECOND, Reason.NOT_OPEN), (CLOSES, Reason.CLOSED), (CLOSES + SECOND, Reason.CLOSED)]
)
def test_paper_too_comes_in_between_the_opening_and_the_close(book: Book, at: datetime, reason: Reason) -> None:
    assert entering(book, at=at) == Refused(reason)
    book.write(entering(book))
    assert confirming(book, at=at) == Refused(reason)
    assert declining(book, at=at) == Refused(reason)
    assert deciding(book, By.PAPER, at=at) == Refused(reason)


def test_what_a_correction_has_left_nothing_of_cannot_be_confirmed(book: Book) -> None:
    book.write(entering(book))
    outcome = correct_item(
        book.ballot, book.box.standings.values(), reworded(book.ballot), "写错了", DURING, secret("corrected")
    )
    assert isinstance(outcome, Done) and outcome.tell == (book.numbers["s1"],)
    book.write(outcome)
    assert confirming(book) == Refused(Reason.EMPTY)
    assert isinstance(declining(book), Done)


# ---- paper and online ------------------------------------------------------------------------------------------------


def test_paper_does_not_come_in_beside_an_online_vote_until_the_office_decides(book: Book) -> None:
    book.write(online(book))
    assert entering(book, select((ELEVATOR, AGAINST))) == Refused(Reason.ONLINE_FIRST)
    book.write(deciding(book, By.PAPER))
    assert counted(book) == [1, 0, 0]
    book.write(entering(book, select((ELEVATOR, AGAINST))))
    assert counted(book) == [1, 0, 0]  # the online vote counts until the form is confirmed
    book.write(confirming(book))
    assert (counted(book), book.seat("s1").by) == ([0, 1, 0], By.PAPER)


def test_decided_online_no_form_comes_in_any_more(book: Book) -> None:
    book.write(online(book)).write(deciding(book, By.ONLINE))
    assert entering(book) == Refused(Reason.DECIDED_ONLINE)


def test_decided_online_the_form_that_waits_is_set_aside(book: Book) -> None:
    book.write(entering(book)).write(deciding(book, By.ONLINE))
    assert (book.seat("s1").paper, book.seat("s1").by) == (None, By.NOBODY)
    assert confirming(book) == Refused(Reason.NO_PAPER)
    assert isinstance(online(book), Recorded)


def test_decided_on_paper_the_form_that_waits_goes_on_waiting(book: Book) -> None:
    book.write(entering(book)).write(deciding(book, By.PAPER))
    assert book.seat("s1").paper == FORM
    assert counted(book.write(confirming(book))) == [1, 0, 0]


def test_a_decision_tells_the_seat_and_is_recorded_with_its_way_in_the_open(book: Book) -> None:
    outcome = deciding(book.write(entering(book)), By.PAPER)
    assert isinstance(outcome, Done) and outcome.tell == (book.numbers["s1"],)
    line = json.loads(book.write(outcome).lines[-1])
    assert (line["kind"], line["by"], {*line["private"]}) == ("decided", "paper", {"staff", "because"})


def test_there_is_something_to_decide_where_the_seat_has_voted_or_was_decided_about(book: Book) -> None:
    for by in (By.PAPER, By.ONLINE):
        assert deciding(book, by) == Refused(Reason.NOTHING_TO_DECIDE)
    book.write(online(book)).write(deciding(book, By.PAPER))
    assert deciding(book, By.PAPER) == Refused(Reason.NOTHING_TO_DECIDE)
    assert isinstance(deciding(book, By.ONLINE), Done)


def test_a_decision_has_a_reason_and_a_name(book: Book) -> None:
    book.write(online(book))
    assert deciding(book, By.PAPER, because="") == Refused(Reason.TEXT_MISSING)
    assert deciding(book, By.PAPER, staff=" ") == Refused(Reason.TEXT_MISSING)


@pytest.mark.parametrize("by", [By.NOBODY, By.PROXY])
def test_a_seat_votes_on_paper_or_online_and_nothing_else_is_decided(book: Book, by: By) -> None:
    with pytest.raises(ValueError, match="on paper or online"):
        deciding(book, by)


def test_a_seat_that_was_decided_about_is_never_locked_out(book: Book) -> None:
    """A form entered for the wrong seat, decided for and then taken away: the seat can be let vote online again."""
    book.write(entering(book)).write(deciding(book, By.PAPER)).write(declining(book))
    assert online(book) == Refused(Reason.DECIDED_PAPER)
    book.write(deciding(book, By.ONLINE))
    assert isinstance(online(book), Recorded)


def test_a_decision_can_be_turned_after_a_proxys_vote_was_taken_back(book: Book) -> None:
    book.write(appoint(book.ballot, book.seat("s1"), "王五", 0, "王科", DURING, secret(1)))
    book.write(online(book, by=By.PROXY)).write(deciding(book, By.PAPER))
    book.write(revoke(book.ballot, book.seat("s1"), "王科", DURING, secret(2)))
    assert isinstance(deciding(book, By.ONLINE), Done)


# ---- paper and proxies -----------------------------------------------------------------------------------------------


def test_the_seats_own_form_takes_the_place_of_its_proxys_vote(book: Book) -> None:
    book.write(appoint(book.ballot, book.seat("s1"), "王五", 0, "王科", DURING, secret(1)))
    book.write(online(book, by=By.PROXY)).write(entering(book, select((ELEVATOR, AGAINST))))
    assert counted(book) == [1, 0, 0]
    book.write(confirming(book))
    assert counted(book) == [0, 1, 0]
    # and stays when the proxy is taken back
    book.write(revoke(book.ballot, book.seat("s1"), "王科", DURING, secret(2)))
    assert counted(book) == [0, 1, 0]


def test_a_form_that_waits_stays_when_the_proxy_is_taken_back(book: Book) -> None:
    book.write(appoint(book.ballot, book.seat("s1"), "王五", 0, "王科", DURING, secret(1)))
    book.write(online(book, by=By.PROXY)).write(entering(book, select((ELEVATOR, AGAINST))))
    book.write(revoke(book.ballot, book.seat("s1"), "王科", DURING, secret(2)))
    assert counted(book) == [0, 0, 0]
    assert counted(book.write(confirming(book))) == [0, 1, 0]


def test_after_the_form_was_set_aside_the_own_vote_replaces_the_proxys(book: Book) -> None:
    book.write(appoint(book.ballot, book.seat("s1"), "王五", 0, "王科", DURING, secret(1)))
    book.write(online(book, by=By.PROXY)).write(entering(book)).write(deciding(book, By.ONLINE))
    assert isinstance(online(book, select((ELEVATOR, AGAINST))), Changed)
