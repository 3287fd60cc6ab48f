import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ballots.ballot import Ballot, BallotItem
from ballots.casting import Changed, Recorded, Repeated, asked, cast
from ballots.correcting import correct_item, correct_roll
from ballots.draft import DraftItem
from ballots.keeping import close
from ballots.menu import Counted, Item
from ballots.outcomes import Done, Reason, Refused
from ballots.paper import confirm, decide, enter
from ballots.proxies import appoint
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter, by_law
from ballots.standing import By, Choice
from ballots.tally import Amount, tally
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, PARKING, Book, draft, opened, secret, select

FOR, AGAINST, OBJECT = Choice.FOR, Choice.AGAINST, Choice.OBJECT
SECOND = timedelta(seconds=1)


def flat(building: str, unit: str, area: int = 5000) -> Unit:
    return Unit(f"{building}号楼", "1单元", unit, area)


ROLL = Roll(
    Kind.OWNERS,
    (
        Seat("s1", ("张三",), (flat("1", "101室"),)),
        Seat("s2", ("李四", "李五"), (flat("1", "102室"), flat("2", "101室"))),
        Seat("s3", ("王五",), (flat("2", "102室"),)),
        Seat("s4", ("赵六",), (flat("2", "103室"),)),
    ),
)


@pytest.fixture
def book() -> Book:
    """The elevator is asked about in building 1 alone, parking in all of the compound."""
    elevator = DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.BUILDING, ("/1号楼",))
    parking = DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND)
    return opened(ROLL, draft(elevator, parking))


def reworded(ballot: Ballot, id: str = ELEVATOR.id) -> BallotItem:
    before = ballot.items[id]
    return replace(before, item=replace(before.item, zh="给一号楼加装两部电梯。"))


def votes(book: Book, id: str, *choices: tuple[Item, Choice], by: By = By.ONLINE) -> object:
    selection = select(*choices)
    return cast(book.ballot, book.seat(id), selection, DURING, secret("cast", len(book.lines)), by)


def on_paper(book: Book, id: str, *choices: tuple[Item, Choice], confirmed: bool = False) -> Book:
    form = select(*choices)
    book.write(enter(book.ballot, book.seat(id), form, "赵科", "王科", DURING, secret("paper", len(book.lines))))
    if confirmed:
        book.write(confirm(book.ballot, book.seat(id), ("赵科", "王科"), "李科", DURING, secret(len(book.lines))))
    return book


def correcting_item(book: Book, item: BallotItem | None = None, because: str = "写错了") -> Done | Refused:
    standings = book.box.standings.values()
    return correct_item(book.ballot, standings, item or reworded(book.ballot), because, DURING, secret("item"))


def correcting_roll(book: Book, after: Roll, before: Roll = ROLL, n: int = 0) -> Done | Refused:
    return correct_roll(book.ballot, book.box.standings, book.numbers, before, after, DURING, secret("roll", n))


def with_seat(seat: Seat, roll: Roll = ROLL) -> Roll:
    seats = tuple(seat if old.id == seat.id else old for old in roll.seats)
    return Roll(roll.kind, seats if seat in seats else (*seats, seat))


def numbers(book: Book, *ids: str) -> set[int]:
    return {book.numbers[id] for id in ids}


# ---- items -----------------------------------------------------------------------------------------------------------


def test_a_corrected_item_reads_so_from_now_on_and_its_choices_are_void(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR), (PARKING, FOR)))
    item = replace(reworded(book.ballot), matter=Matter.OTHER, set_by="李科", rule=by_law(Matter.OTHER, DURING.date()))
    outcome = correcting_item(book, item)
    line = json.loads(book.write(outcome).lines[-1])
    assert (line["kind"], line["because"], "private" in line) == ("corrected", "写错了", False)
    assert book.ballot.items[ELEVATOR.id] == item
    assert [*book.ballot.items] == [ELEVATOR.id, PARKING.id]
    assert book.seat("s1").selection == select((PARKING, FOR))
    elevator, parking = tally(book.ballot, book.box.standings.values())
    assert (elevator.participants.heads, parking.participants.heads) == (0, 1)
    assert elevator.rule.id == "civil-code-ordinary"


def test_everyone_who_took_part_and_is_asked_about_it_is_told_whatever_they_chose(book: Book) -> None:
    book.write(votes(book, "s1", (PARKING, FOR)))  # nothing on the elevator: being told must not tell
    on_paper(book, "s2", (PARKING, AGAINST))
    book.write(votes(book, "s3", (PARKING, FOR)))  # is not asked about it
    outcome = correcting_item(book)
    assert isinstance(outcome, Done)
    assert {*outcome.tell} == numbers(book, "s1", "s2") and len(outcome.tell) == 2
    # of the item that all are asked about, all who took part
    outcome = correcting_item(book, reworded(book.ballot, PARKING.id))
    assert isinstance(outcome, Done) and {*outcome.tell} == numbers(book, "s1", "s2", "s3")


def test_who_is_off_the_roll_is_not_told(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR)))
    book.write(correcting_roll(book, Roll(ROLL.kind, ROLL.seats[1:])))
    outcome = correcting_item(book)
    assert isinstance(outcome, Done) and outcome.tell == ()


def test_forms_that_wait_lose_their_choice_too(book: Book) -> None:
    on_paper(book, "s2", (ELEVATOR, OBJECT), (PARKING, FOR))
    book.write(correcting_item(book))
    assert book.seat("s2").paper == select((PARKING, FOR))


def test_turnout_does_not_tell_who_had_chosen_only_that_item(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR)))
    before = book.seat("s1")
    book.write(correcting_item(book))
    assert (book.seat("s1").by, book.seat("s1").line) == (before.by, before.line)
    assert dict(book.seat("s1").selection.choices) == {}
    # The next selection changes what came in before, and paper still finds an online vote there.
    assert isinstance(votes(book, "s1", (ELEVATOR, FOR)), Changed)
    assert enter(book.ballot, book.seat("s1"), select((ELEVATOR, FOR)), "赵科", "王科", DURING, secret(1)) == Refused(
        Reason.ONLINE_FIRST
    )


def test_what_is_left_after_a_correction_can_be_repeated(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR), (PARKING, FOR)))
    line = len(book.lines)
    book.write(correcting_item(book))
    assert votes(book, "s1", (PARKING, FOR)) == Repeated(line)


@pytest.mark.parametrize(
    ("change", "reason", "word"),
    [
        ({}, Reason.SAME, ""),
        ({"areas": ("/1号楼", "/2号楼")}, Reason.AREAS_FIXED, ELEVATOR.id),
        ({"counted": Counted.STAIRWELL}, Reason.AREAS_FIXED, ELEVATOR.id),
        ({"item": replace(ELEVATOR, id="menu-99")}, Reason.UNKNOWN_ITEM, "menu-99"),
        ({"matter": Matter.OTHER, "set_by": " "}, Reason.TEXT_MISSING, ""),
    ],
)
def test_what_cannot_be_corrected_about_an_item(
    book: Book, change: dict[str, object], reason: Reason, word: str
) -> None:
    item = replace(book.ballot.items[ELEVATOR.id], **change)  # type: ignore[arg-type]
    assert correcting_item(book, item) == Refused(reason, word)


def test_a_correction_has_a_reason(book: Book) -> None:
    assert correcting_item(book, because=" ") == Refused(Reason.TEXT_MISSING)


def test_nothing_is_corrected_after_the_close(book: Book) -> None:
    item, after = reworded(book.ballot), Roll(ROLL.kind, ROLL.seats[1:])
    standings = book.box.standings
    assert isinstance(correct_item(book.ballot, standings.values(), item, "错", CLOSES - SECOND, secret(1)), Done)
    assert correct_item(book.ballot, standings.values(), item, "错", CLOSES, secret(1)) == Refused(Reason.CLOSED)
    refused = correct_roll(book.ballot, standings, book.numbers, ROLL, after, CLOSES, secret(1))
    assert refused == Refused(Reason.CLOSED)
    book.write(close(book.ballot, DURING, secret(2), "提前"))
    assert correcting_item(book, item) == Refused(Reason.CLOSED)
    assert correcting_roll(book, after) == Refused(Reason.CLOSED)


# ---- the roll --------------------------------------------------------------------------------------------------------


def test_a_seat_that_is_added_is_numbered_on_and_may_vote(book: Book) -> None:
    outcome = correcting_roll(book, with_seat(Seat("s5", ("新来",), (flat("1", "501室", 7),))))
    assert isinstance(outcome, Done)
    assert (outcome.numbers, outcome.tell) == ({"s5": 5}, (5,))
    book.write(outcome)
    assert book.seat("s5").areas == {"/": 7, "/1号楼": 7}
    assert isinstance(votes(book, "s5", (ELEVATOR, FOR)), Recorded)
    assert tally(book.ballot, book.box.standings.values())[1].all == Amount(5, 25007)
    assert "新来" not in book.lines[-1].decode() and "501室" not in book.lines[-1].decode()


def test_a_seat_that_is_removed_counts_nowhere_and_its_number_is_not_given_again(book: Book) -> None:
    book.write(votes(book, "s4", (PARKING, FOR)))
    number = book.numbers["s4"]
    without = Roll(ROLL.kind, ROLL.seats[:3])
    outcome = correcting_roll(book, without)
    assert isinstance(outcome, Done) and (outcome.tell, outcome.numbers) == ((number,), {})
    book.write(outcome)
    assert book.seat("s4").gone
    assert votes(book, "s4", (PARKING, FOR)) == Refused(Reason.NO_SEAT)
    parking = tally(book.ballot, book.box.standings.values())[1]
    assert (parking.all, parking.participants) == (Amount(3, 20000), Amount())
    # back on the roll it begins anew, under another number
    back = correcting_roll(book, ROLL, without, n=1)
    assert isinstance(back, Done) and back.numbers == {"s4": 5}
    assert book.write(back).seat("s4").by is By.NOBODY and not book.seat("s4").gone
    assert tally(book.ballot, book.box.standings.values())[1].all == Amount(4, 25000)


def test_what_a_removed_seat_had_waiting_or_had_given_is_gone_with_it(book: Book) -> None:
    book.write(appoint(book.ballot, book.seat("s4"), "王五", 0, "王科", DURING, secret(1)))
    on_paper(book, "s4", (PARKING, FOR)).write(correcting_roll(book, Roll(ROLL.kind, ROLL.seats[:3])))
    assert (book.seat("s4").paper, book.seat("s4").proxy, book.seat("s4").by) == (None, False, By.NOBODY)


def test_another_area_counts_from_now_on_and_the_choices_stay(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR)))
    outcome = correcting_roll(book, with_seat(replace(ROLL.seats[0], units=(flat("1", "101室", 4321),))))
    assert isinstance(outcome, Done) and {*outcome.tell} == numbers(book, "s1")
    line = json.loads(book.write(outcome).lines[-1])
    assert (line["anew"], line["dropped"], line["heads"]) == (False, [], 1)
    assert book.seat("s1").selection == select((ELEVATOR, FOR))
    assert tally(book.ballot, book.box.standings.values())[0].agree == Amount(1, 4321)


def test_where_a_seat_is_no_longer_asked_its_choice_is_void(book: Book) -> None:
    book.write(votes(book, "s2", (ELEVATOR, OBJECT), (PARKING, FOR)))
    moved = replace(ROLL.seats[1], units=(flat("2", "101室"),))
    assert asked(book.ballot, book.seat("s2")) == [ELEVATOR.id, PARKING.id]
    outcome = correcting_roll(book, with_seat(moved))
    assert json.loads(book.write(outcome).lines[-1])["dropped"] == [ELEVATOR.id]
    assert book.seat("s2").selection == select((PARKING, FOR))
    assert asked(book.ballot, book.seat("s2")) == [PARKING.id]
    elevator, parking = tally(book.ballot, book.box.standings.values())
    assert (elevator.all, elevator.object) == (Amount(1, 5000), Amount())
    assert (parking.all, parking.agree) == (Amount(4, 20000), Amount(1, 5000))
    # and comes not back with the flat
    book.write(correcting_roll(book, ROLL, with_seat(moved), n=1))
    assert book.seat("s2").selection == select((PARKING, FOR))


def test_a_form_that_waits_loses_what_is_no_longer_asked(book: Book) -> None:
    on_paper(book, "s2", (ELEVATOR, FOR), (PARKING, FOR))
    book.write(correcting_roll(book, with_seat(replace(ROLL.seats[1], units=(flat("2", "101室"),)))))
    assert book.seat("s2").paper == select((PARKING, FOR))


@pytest.mark.parametrize("holders", [("买家",), ("李四",), ("李四", "李五", "李六")])
def test_a_seat_of_other_holders_begins_anew(book: Book, holders: tuple[str, ...]) -> None:
    on_paper(book, "s2", (ELEVATOR, FOR), confirmed=True)
    book.write(appoint(book.ballot, book.seat("s2"), "王五", 0, "王科", DURING, secret(1)))
    book.write(decide(book.ballot, book.seat("s2"), By.PAPER, "本人", "王科", DURING, secret(2)))
    on_paper(book, "s2", (ELEVATOR, AGAINST))
    outcome = correcting_roll(book, with_seat(replace(ROLL.seats[1], holders=holders)))
    assert isinstance(outcome, Done) and {*outcome.tell} == numbers(book, "s2")
    assert json.loads(book.write(outcome).lines[-1])["anew"] is True
    seat = book.seat("s2")
    assert (seat.by, seat.line, seat.paper, seat.decided, seat.proxy) == (By.NOBODY, 0, None, By.NOBODY, False)
    assert seat.areas == {"/": 10000, "/1号楼": 5000}
    assert isinstance(votes(book, "s2", (ELEVATOR, FOR)), Recorded)


def test_a_ballot_by_name_shows_the_new_name_and_another_one_none() -> None:
    after = with_seat(replace(ROLL.seats[0], holders=("买家",)))
    for by_name in (True, False):
        book = opened(ROLL, draft(by_name=by_name))
        line = json.loads(book.write(correcting_roll(book, after)).lines[-1])
        assert line.get("name") == ("买家" if by_name else None)
        assert ("买家" in book.lines[-1].decode()) is by_name
        assert "101室" not in book.lines[-1].decode()


def test_one_correction_holds_all_that_changed_and_nothing_else(book: Book) -> None:
    after = Roll(
        ROLL.kind,
        (
            ROLL.seats[0],
            replace(ROLL.seats[1], holders=("买家",)),
            replace(ROLL.seats[2], units=(flat("2", "102室", 1),)),
            Seat("s5", ("新来",), (flat("2", "103室"),)),
        ),
    )
    outcome = correcting_roll(book, after)
    assert isinstance(outcome, Done)
    assert [entry.kind for entry in outcome.entries] == ["removed", "corrected", "corrected", "seat"]
    assert [*outcome.tell] == [book.numbers["s4"], book.numbers["s2"], book.numbers["s3"], 5]
    assert len({entry.secret for entry in outcome.entries}) == 4


def test_a_roll_that_is_the_same_or_faulty_is_refused(book: Book) -> None:
    assert correcting_roll(book, Roll(ROLL.kind, ROLL.seats)) == Refused(Reason.SAME)
    backwards = Roll(ROLL.kind, ROLL.seats[::-1])
    assert correcting_roll(book, backwards) == Refused(Reason.SAME)
    for bad in (
        Roll(ROLL.kind, ()),
        with_seat(replace(ROLL.seats[0], units=ROLL.seats[2].units)),
    ):
        refused = correcting_roll(book, bad)
        assert isinstance(refused, Refused) and refused.reason is Reason.FAULTY and refused.word
    with pytest.raises(ValueError, match="kind"):
        correcting_roll(book, Roll(Kind.HOUSEHOLDS, ROLL.seats))


def test_an_organisation_that_was_taken_for_a_person_keeps_its_vote(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR)))
    book.write(correcting_roll(book, with_seat(replace(ROLL.seats[0], organisation=True))))
    assert book.seat("s1").selection == select((ELEVATOR, FOR))


def test_where_all_of_an_area_is_gone_its_result_stays_and_nothing_passes(book: Book) -> None:
    book.write(votes(book, "s1", (ELEVATOR, FOR)))
    book.write(correcting_roll(book, Roll(ROLL.kind, ROLL.seats[2:])))
    elevator = tally(book.ballot, book.box.standings.values())[0]
    assert (elevator.area, elevator.all, elevator.passed) == ("/1号楼", Amount(), False)
