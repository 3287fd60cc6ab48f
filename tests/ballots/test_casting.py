import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ballots.ballot import Ballot
from ballots.casting import LONGEST_REASON, Changed, Recorded, Repeated, asked, cast
from ballots.draft import DraftItem
from ballots.keeping import close, void
from ballots.ledger import commitment, receipt, receipt_mark
from ballots.menu import Counted
from ballots.outcomes import Done, Reason, Refused
from ballots.paper import confirm, decide, enter
from ballots.proxies import appoint
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import By, Choice, Selection, Standing
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, OPENS, PARKING, Book, draft, opened, secret, select

FOR, AGAINST, ABSTAIN, OBJECT = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.OBJECT
SECOND = timedelta(seconds=1)
TWO_HOUSES = Roll(
    Kind.OWNERS,
    (
        Seat("s1", ("张三",), (Unit("1号楼", "1单元", "101", 5000),)),
        Seat("s2", ("李四",), (Unit("2号楼", "1单元", "101", 5000),)),
    ),
)


@pytest.fixture
def book() -> Book:
    """The elevator is asked about in building 1 alone, parking in all of the compound."""
    elevator = DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL, ("/1号楼/1单元",))
    parking = DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND)
    return opened(TWO_HOUSES, draft(elevator, parking))


def votes(
    book: Book, selection: Selection, id: str = "s1", at: datetime = DURING, by: By = By.ONLINE, n: int = 0
) -> Recorded | Changed | Repeated | Refused:
    return cast(book.ballot, book.seat(id), selection, at, secret("cast", n or len(book.lines)), by)


def why(outcome: object) -> tuple[Reason, str]:
    assert isinstance(outcome, Refused), outcome
    return outcome.reason, outcome.word


# ---- recorded, changed, repeated -------------------------------------------------------------------------------------


def test_the_first_selection_is_recorded_and_counts(book: Book) -> None:
    outcome = votes(book, select((ELEVATOR, FOR), (PARKING, ABSTAIN)))
    assert isinstance(outcome, Recorded) and outcome.entry.kind == "cast"
    line = json.loads(book.write(outcome).lines[-1])
    assert line["seat"] == book.numbers["s1"] and line["by"] == "online"
    assert line["choices"] == {ELEVATOR.id: "for", PARKING.id: "abstain"}
    assert "private" not in line
    seat = book.seat("s1")
    assert (seat.selection, seat.by, seat.line) == (select((ELEVATOR, FOR), (PARKING, ABSTAIN)), By.ONLINE, line["n"])


def test_the_last_selection_counts_instead_of_all_of_the_earlier_one(book: Book) -> None:
    book.write(votes(book, select((ELEVATOR, FOR), (PARKING, FOR))))
    outcome = votes(book, select((PARKING, AGAINST)))
    assert isinstance(outcome, Changed) and outcome.entry.kind == "changed"
    book.write(outcome)
    assert book.seat("s1").selection == select((PARKING, AGAINST))
    assert book.seat("s1").line == len(book.lines)


def test_the_same_selection_again_adds_nothing(book: Book) -> None:
    book.write(votes(book, select((ELEVATOR, OBJECT), (PARKING, FOR))))
    again = Selection({PARKING.id: FOR, ELEVATOR.id: OBJECT}, {ELEVATOR.id: " 遮光\n", PARKING.id: " "})
    assert votes(book, again) == Repeated(len(book.lines))


def test_a_reason_for_an_item_that_nothing_is_chosen_on_is_left_out_and_changes_nothing(book: Book) -> None:
    stray = Selection({ELEVATOR.id: FOR}, {PARKING.id: "没想好", "menu-99": "?"})
    book.write(votes(book, stray))
    assert book.entries[-1].private == {}
    assert votes(book, stray) == Repeated(len(book.lines))


def test_another_reason_is_a_change(book: Book) -> None:
    book.write(votes(book, select((ELEVATOR, OBJECT))))
    outcome = votes(book, select((ELEVATOR, OBJECT), because="太吵"))
    assert isinstance(outcome, Changed)
    assert book.write(outcome).seat("s1").selection.reasons == {ELEVATOR.id: "太吵"}


def test_back_and_forth_is_kept_line_by_line(book: Book) -> None:
    for choice in (FOR, AGAINST, FOR):
        book.write(votes(book, select((PARKING, choice))))
    cast_lines = [json.loads(line) for line in book.lines[3:]]
    assert [line["kind"] for line in cast_lines] == ["cast", "changed", "changed"]
    assert [line["choices"][PARKING.id] for line in cast_lines] == ["for", "against", "for"]


def test_one_seat_does_not_touch_another(book: Book) -> None:
    before = book.seat("s2")
    book.write(votes(book, select((PARKING, FOR))))
    assert book.seat("s2") == before


def test_a_receipt_is_for_the_seat_and_its_mark_stands_in_the_line(book: Book) -> None:
    outcome = votes(book, select((PARKING, FOR)), n=77)
    assert isinstance(outcome, Recorded)
    assert outcome.receipt == receipt(secret("cast", 77))
    line = json.loads(book.write(outcome).lines[-1])
    assert line["receipt"] == receipt_mark(outcome.receipt)
    assert outcome.receipt not in book.lines[-1].decode() and outcome.receipt.replace("-", "") not in str(line)
    changed = votes(book, select((PARKING, AGAINST)), n=78)
    assert isinstance(changed, Changed) and changed.receipt != outcome.receipt


def test_the_reason_of_an_objection_stands_in_the_list_as_a_commitment_only(book: Book) -> None:
    outcome = votes(book, select((ELEVATOR, OBJECT), (PARKING, OBJECT), because="一楼采光"), n=5)
    line = json.loads(book.write(outcome).lines[-1])
    assert "采光" not in book.lines[-1].decode()
    field = f"reason {ELEVATOR.id}"
    assert line["private"][field] == commitment(secret("cast", 5), field, "一楼采光")
    # The same words to two items do not show that they are the same.
    assert line["private"][field] != line["private"][f"reason {PARKING.id}"]
    assert book.seat("s1").selection.reasons == {ELEVATOR.id: "一楼采光", PARKING.id: "一楼采光"}


# ---- refused ---------------------------------------------------------------------------------------------------------


def test_nothing_lands_in_the_second_of_the_close_or_later(book: Book) -> None:
    for at in (CLOSES, CLOSES + SECOND):
        assert why(votes(book, select((PARKING, FOR)), at=at)) == (Reason.CLOSED, "")
    assert isinstance(votes(book, select((PARKING, FOR)), at=CLOSES - SECOND), Recorded)


def test_nothing_lands_before_the_opening(book: Book) -> None:
    assert why(votes(book, select((PARKING, FOR)), at=OPENS - SECOND)) == (Reason.NOT_OPEN, "")
    assert isinstance(votes(book, select((PARKING, FOR)), at=OPENS), Recorded)


@pytest.mark.parametrize("at", [OPENS - SECOND, OPENS, CLOSES - SECOND, CLOSES])
def test_a_ballot_says_of_a_time_what_casting_does(book: Book, at: datetime) -> None:
    assert book.ballot.takes(at) is isinstance(votes(book, select((PARKING, FOR)), at=at), Recorded)


def test_nothing_lands_once_it_was_closed_or_void_whatever_the_time(book: Book) -> None:
    def after(outcome: Done | Refused) -> Ballot:
        return Book(draft().open(TWO_HOUSES, OPENS, secret(1))).write(outcome).ballot

    for outcome in (
        close(book.ballot, DURING, secret(2), "提前"),
        void(book.ballot, "重来", DURING, secret(3)),
    ):
        ballot = after(outcome)
        assert not ballot.takes(DURING)
        assert cast(ballot, book.seat("s1"), select((ELEVATOR, FOR)), DURING, secret(4)) == Refused(Reason.CLOSED)


def test_a_seat_off_the_roll_has_no_vote(book: Book) -> None:
    gone = replace(book.seat("s1"), gone=True)
    assert cast(book.ballot, gone, select((PARKING, FOR)), DURING, secret(1)) == Refused(Reason.NO_SEAT)


def test_a_selection_chooses_something(book: Book) -> None:
    assert why(votes(book, Selection({}))) == (Reason.EMPTY, "")
    assert why(votes(book, Selection({}, {PARKING.id: "好"}))) == (Reason.EMPTY, "")


def test_an_item_is_one_of_the_ballots_and_of_the_seats(book: Book) -> None:
    assert why(votes(book, Selection({PARKING.id: FOR, "menu-99": FOR}))) == (Reason.UNKNOWN_ITEM, "menu-99")
    assert why(votes(book, select((PARKING, FOR), (ELEVATOR, FOR)), id="s2")) == (Reason.NOT_ASKED, ELEVATOR.id)
    assert asked(book.ballot, book.seat("s1")) == [ELEVATOR.id, PARKING.id]
    assert asked(book.ballot, book.seat("s2")) == [PARKING.id]


@pytest.mark.parametrize("reasons", [{}, {ELEVATOR.id: " \n"}, {PARKING.id: "遮光"}])
def test_an_objection_states_its_reason(book: Book, reasons: dict[str, str]) -> None:
    objection = Selection({PARKING.id: FOR, ELEVATOR.id: OBJECT}, reasons)
    assert why(votes(book, objection)) == (Reason.REASON_MISSING, ELEVATOR.id)


def test_a_reason_has_an_end(book: Book) -> None:
    longest = select((ELEVATOR, OBJECT), because=" " + "长" * LONGEST_REASON + " ")
    assert isinstance(votes(book, longest), Recorded)
    too_long = select((ELEVATOR, OBJECT), because="长" * (LONGEST_REASON + 1))
    assert why(votes(book, too_long)) == (Reason.REASON_TOO_LONG, ELEVATOR.id)


def test_what_is_refused_adds_nothing(book: Book) -> None:
    book.write(votes(book, select((PARKING, FOR))))
    before = book.seat("s1")
    assert isinstance(votes(book, select((PARKING, AGAINST)), at=CLOSES), Refused)
    assert book.seat("s1") == before


@pytest.mark.parametrize("by", [By.PAPER, By.NOBODY])
def test_nothing_is_cast_on_paper(book: Book, by: By) -> None:
    with pytest.raises(ValueError, match="online or by proxy"):
        votes(book, select((PARKING, FOR)), by=by)


# ---- by proxy, and beside paper --------------------------------------------------------------------------------------


def with_proxy(book: Book) -> Book:
    return book.write(appoint(book.ballot, book.seat("s1"), "王五", 0, "王科", DURING, secret("proxy")))


def on_paper(book: Book, confirmed: bool = True) -> Book:
    form = select((PARKING, AGAINST))
    book.write(enter(book.ballot, book.seat("s1"), form, "赵科", "王科", DURING, secret("paper")))
    if confirmed:
        book.write(confirm(book.ballot, book.seat("s1"), ("赵科", "王科"), "李科", DURING, secret("second")))
    return book


def decided(book: Book, by: By) -> Book:
    return book.write(decide(book.ballot, book.seat("s1"), by, "本人来电", "王科", DURING, secret("decided", by)))


def test_a_proxy_votes_where_there_is_one(book: Book) -> None:
    assert why(votes(book, select((PARKING, FOR)), by=By.PROXY)) == (Reason.NO_PROXY, "")
    with_proxy(book)
    assert why(votes(book, select((PARKING, FOR)), by=By.PROXY, id="s2")) == (Reason.NO_PROXY, "")
    outcome = votes(book, select((PARKING, FOR)), by=By.PROXY)
    assert isinstance(outcome, Recorded)
    assert book.write(outcome).seat("s1").by is By.PROXY
    changed = votes(book, select((PARKING, AGAINST)), by=By.PROXY)
    assert isinstance(changed, Changed)


def test_ones_own_vote_wins_whoever_was_first(book: Book) -> None:
    with_proxy(book).write(votes(book, select((PARKING, FOR)), by=By.PROXY))
    own = votes(book, select((PARKING, FOR)))  # also where it says the same
    assert isinstance(own, Changed)
    assert book.write(own).seat("s1").by is By.ONLINE
    assert why(votes(book, select((PARKING, AGAINST)), by=By.PROXY)) == (Reason.OWN_VOTE, "")
    assert why(votes(book, select((PARKING, FOR)), by=By.PROXY)) == (Reason.OWN_VOTE, "")


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("by", [By.ONLINE, By.PROXY])
def test_who_has_a_paper_form_does_not_vote_beside_it_until_the_office_decides(
    book: Book, confirmed: bool, by: By
) -> None:
    on_paper(with_proxy(book), confirmed)
    assert why(votes(book, select((PARKING, FOR)), by=by)) == (Reason.PAPER_FIRST, "")
    decided(book, By.PAPER)
    assert why(votes(book, select((PARKING, FOR)), by=by)) == (Reason.DECIDED_PAPER, "")


def test_decided_online_the_seats_own_vote_takes_the_place_of_its_form(book: Book) -> None:
    decided(on_paper(book), By.ONLINE)
    assert book.seat("s1").by is By.PAPER  # the form counts until then
    assert isinstance(outcome := votes(book, select((PARKING, FOR))), Changed)
    assert book.write(outcome).seat("s1").by is By.ONLINE
    assert book.seat("s1").selection == select((PARKING, FOR))


def test_a_form_that_counts_is_ones_own_word_before_a_proxys(book: Book) -> None:
    decided(on_paper(with_proxy(book)), By.ONLINE)
    assert why(votes(book, select((PARKING, FOR)), by=By.PROXY)) == (Reason.OWN_VOTE, "")


def test_decided_for_paper_nothing_more_comes_in_online(book: Book) -> None:
    book.write(votes(book, select((PARKING, FOR))))
    decided(book, By.PAPER)
    assert why(votes(book, select((PARKING, AGAINST)))) == (Reason.DECIDED_PAPER, "")
    assert why(votes(book, select((PARKING, FOR)))) == (Reason.DECIDED_PAPER, "")
    assert book.seat("s1").selection == select((PARKING, FOR))  # what counts goes on counting


def test_a_selection_is_tidy_once_and_for_all() -> None:
    raw = Selection({"a": OBJECT, "b": FOR}, {"a": "  x ", "b": "  ", "c": "y"})
    assert raw.tidy() == Selection({"a": OBJECT, "b": FOR}, {"a": "x"}) == raw.tidy().tidy()
    assert raw.without({"a"}) == Selection({"b": FOR}, {"b": "  ", "c": "y"})


def test_a_seat_begins_with_nothing() -> None:
    fresh = Standing(1, 1, {"/": 5})
    assert (fresh.by, fresh.line, dict(fresh.selection.choices)) == (By.NOBODY, 0, {})
    assert (fresh.paper, fresh.decided, fresh.proxy, fresh.gone) == (None, By.NOBODY, False, False)


def test_nobody_casts_on_paper() -> None:
    book = opened()
    with pytest.raises(ValueError, match="paper"):
        cast(book.ballot, book.seat("s1"), Selection({ELEVATOR.id: Choice.FOR}), DURING, secret("paper"), By.PAPER)


def test_half_a_character_in_a_reason_is_written_down_as_one_that_is_missing() -> None:
    book = opened()
    said = Selection({ELEVATOR.id: Choice.OBJECT}, {ELEVATOR.id: "挡光\ud83d"})
    book.write(cast(book.ballot, book.seat("s1"), said, DURING, secret("half")))
    assert book.seat("s1").selection.reasons == {ELEVATOR.id: "挡光?"}
