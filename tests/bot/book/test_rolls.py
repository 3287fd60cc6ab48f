"""Rolls in the book: what an import changes, whom it lets go and tells, and what it does to ballots that are open."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ballots.correcting import correct_roll
from ballots.outcomes import Reason, Refused
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import By, Choice
from bot.office import rolls as acts
from bot.rolls.table import UNNUMBERED
from bot.store.ballots import Ballots
from bot.store.ledgers import Ledgers
from bot.store.rolls import Rolls
from tests.ballots.kit import ELEVATOR, PARKING
from tests.bot.book.kit import CLOSES, Desk, flat, owners

ZHANG, LI, WANG = flat(1, 101, "张三"), flat(1, 102, "李四"), flat(2, 101, "王五")
BEFORE = owners(ZHANG, LI, WANG)
BOTH = {ELEVATOR.id: Choice.FOR, PARKING.id: Choice.AGAINST}


@pytest.fixture
def compound(desk: Desk) -> str:
    id = desk.compound()
    desk.act(acts.import_roll, id, BEFORE, {})
    return id


def keys(seats: tuple[Seat, ...]) -> list[str]:
    return [seat.id for seat in seats]


def is_open(desk: Desk, seat: str) -> bool:
    sql = "select 1 from invitation where seat = :seat and state = 'open'"
    return bool(desk.do(lambda tx: tx.connection.rows(sql, seat=seat)))


# ---- without a ballot ------------------------------------------------------------------------------------------------


def test_what_is_imported_is_the_roll(desk: Desk, compound: str) -> None:
    assert desk.roll(compound) == BEFORE
    assert desk.roll(compound, Kind.HOUSEHOLDS).seats == ()
    homes = Roll(Kind.HOUSEHOLDS, (flat(1, 101, "张三", 0),))
    desk.act(acts.import_roll, compound, homes, {})
    assert desk.roll(compound) == BEFORE and desk.roll(compound, Kind.HOUSEHOLDS) == homes


def test_a_check_tells_what_an_import_would_do_and_changes_nothing(desk: Desk, compound: str) -> None:
    new = flat(3, 101, "赵六")
    after = owners(replace(ZHANG, holders=("张小三",)), replace(LI, units=flat(1, 102, "李四", 6000).units), new)
    plan = desk.act(acts.check_roll, compound, after, {})
    assert (keys(plan.added), keys(plan.removed), plan.same, plan.joined) == ([new.id], [WANG.id], 0, 0)
    assert [after.id for _, after in plan.changed] == [ZHANG.id, LI.id] and plan.anew == (ZHANG.id,)
    assert desk.roll(compound) == BEFORE
    assert desk.act(acts.import_roll, compound, after, {}, plan.mark) == plan
    assert set(desk.roll(compound).seats) == set(after.seats)
    again = desk.act(acts.check_roll, compound, after, {})
    assert not again.changes and again.same == 3


def test_a_seat_that_changes_keeps_its_id_and_one_that_comes_back_gets_another(desk: Desk, compound: str) -> None:
    zhang, wang = (desk.seat_id(compound, seat.id) for seat in (ZHANG, WANG))
    desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("新",)), LI), {})
    desk.act(acts.import_roll, compound, BEFORE, {})
    assert desk.seat_id(compound, ZHANG.id) == zhang and desk.seat_id(compound, WANG.id) != wang


def test_an_import_of_what_was_agreed_to_is_refused_where_the_roll_has_moved_since(desk: Desk, compound: str) -> None:
    plan = desk.act(acts.check_roll, compound, owners(ZHANG), {})
    desk.act(acts.import_roll, compound, owners(ZHANG, LI), {})
    assert desk.refused(acts.import_roll, compound, owners(ZHANG), {}, plan.mark) == "roll_moved"
    assert desk.roll(compound) == owners(ZHANG, LI)
    assert desk.audit()[-1] == ("roll.import", compound, "roll_moved")


def test_a_roll_with_faults_is_refused_whoever_made_it(desk: Desk, compound: str) -> None:
    for roll in (owners(), owners(ZHANG, ZHANG), owners(flat(1, 101, " 张三"))):
        assert desk.refused(acts.import_roll, compound, roll, {}) == "roll_faulty"
    assert desk.roll(compound) == BEFORE


def test_who_leaves_the_roll_is_let_go_their_codes_end_and_they_are_told(desk: Desk, compound: str) -> None:
    ids = {seat.id: desk.seat_id(compound, seat.id) for seat in BEFORE.seats}
    for seat, person in ((ZHANG, "console/z"), (LI, "console/l")):
        desk.join(ids[seat.id], person)
    for id in ids.values():
        desk.issue(id)
    larger = replace(LI, units=flat(1, 102, "", 6000).units)
    plan = desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("新",)), larger), {})
    assert plan.joined == 1
    assert [desk.member(ids[seat.id]) for seat in BEFORE.seats] == ["", "console/l", ""]
    assert [is_open(desk, ids[seat.id]) for seat in BEFORE.seats] == [False, True, False]
    (said,) = desk.told("console/z")
    assert "别人名下" in said and "1号楼 1单元 101" in said and "张三" not in said and "新" not in said
    assert desk.told("console/l") == [], "its area alone concerns no ballot"
    desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("新",))), {})
    (said,) = desk.told("console/l")
    assert "不在名册上" in said and desk.member(ids[LI.id]) == ""


def test_names_of_every_kind_come_back_as_they_are(desk: Desk, compound: str) -> None:
    names = ("=1+1", "<b>'\"", "𠮷㛃😀", "'; drop table seat; --", "Ünal ٣")
    roll = owners(*(flat(1, 200 + n, name) for n, name in enumerate(names)))
    desk.act(acts.import_roll, compound, roll, {})
    assert desk.roll(compound) == roll
    assert [place.seat for place in desk.act(acts.export_roll, compound, Kind.OWNERS)] == list(roll.seats)


def test_an_empty_roll_is_shown_and_not_exported(desk: Desk) -> None:
    id = desk.compound("空")
    assert desk.act(acts.show_roll, id, Kind.OWNERS) == []
    assert desk.refused(acts.export_roll, id, Kind.OWNERS) == "roll_empty"


def test_a_roll_is_shown_with_who_has_joined(desk: Desk, compound: str) -> None:
    desk.join(desk.seat_id(compound, LI.id), "console/l")
    shown = desk.act(acts.show_roll, compound, Kind.OWNERS)
    assert [(place.seat, joined) for place, joined in shown] == [(ZHANG, False), (LI, True), (WANG, False)]


def test_the_progress_of_writing_is_told(desk: Desk, compound: str) -> None:
    heard: list[int] = []
    roll = owners(*(flat(1, n, f"名{n}") for n in range(2500)))
    desk.act(acts.import_roll, compound, roll, {}, "", heard.append)
    assert heard == sorted(heard) and heard[-1] == 2498 and len(heard) > 2  # two of them were there already


# ---- a committee -----------------------------------------------------------------------------------------------------


def committee(*names: str) -> Roll:
    return Roll(Kind.COMMITTEE, tuple(Seat(f"{UNNUMBERED}{name}", (name,)) for name in names))


def members(desk: Desk, compound: str) -> dict[str, tuple[str, str]]:
    places = desk.do(lambda tx: Rolls(tx.connection).places(compound, Kind.COMMITTEE))
    return {place.seat.id: (place.seat.holders[0], place.post) for place in places}


def test_members_get_numbers_and_keep_them_and_a_number_is_nobodys_twice(desk: Desk, compound: str) -> None:
    posts = {f"{UNNUMBERED}甲": "主任"}
    desk.act(acts.import_roll, compound, committee("甲", "乙", "丙"), posts)
    assert members(desk, compound) == {"1": ("甲", "主任"), "2": ("乙", ""), "3": ("丙", "")}
    desk.act(acts.import_roll, compound, committee("丁", "丙", "甲"), {})
    assert members(desk, compound) == {"1": ("甲", ""), "3": ("丙", ""), "4": ("丁", "")}


def test_posts_alone_are_a_change_and_ids_of_the_file_stand(desk: Desk, compound: str) -> None:
    roll = Roll(Kind.COMMITTEE, (Seat("A", ("甲",)), Seat(f"{UNNUMBERED}乙", ("乙",)), Seat("1", ("丙",))))
    desk.act(acts.import_roll, compound, roll, {})
    assert [*members(desk, compound)] == ["A", "2", "1"]
    plan = desk.act(acts.check_roll, compound, roll, {"A": "主任"})
    assert plan.changes and plan.posts == 1 and not plan.changed
    desk.act(acts.import_roll, compound, roll, {"A": "主任"})
    assert members(desk, compound)["A"] == ("甲", "主任")


def test_namesakes_are_not_taken_for_one_another(desk: Desk, compound: str) -> None:
    roll = Roll(Kind.COMMITTEE, (Seat("1", ("甲",)), Seat("2", ("甲",))))
    desk.act(acts.import_roll, compound, roll, {})
    desk.act(acts.import_roll, compound, committee("甲"), {})
    assert [*members(desk, compound)] == ["3"]


# ---- with a ballot that is open --------------------------------------------------------------------------------------


def seats_of(desk: Desk, ballot: str) -> dict[int, Seat]:
    return desk.do(lambda tx: Ballots(tx.connection).seats(ballot))


def test_a_roll_that_changes_corrects_every_open_ballot_of_its_kind_in_the_same_transaction(
    desk: Desk, compound: str
) -> None:
    first, second = desk.ballot(compound), desk.ballot(compound)
    draft = desk.ballot(compound, opens=False)
    number = desk.votes(first, ZHANG.id, BOTH)
    gone = desk.votes(first, WANG.id, {PARKING.id: Choice.FOR})
    kept = desk.votes(first, LI.id, BOTH)
    new = flat(2, 201, "赵六")
    plan = desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("新",)), LI, new), {})
    assert {ballot.id for ballot in plan.ballots} == {first, second}
    assert desk.kinds(first)[3:] == ["removed", "corrected", "seat"] and desk.kinds(second) == desk.kinds(first)[3:]
    box = desk.do(lambda tx: Ledgers(tx.connection).box(first))
    assert box.standings[number].by is By.NOBODY and box.standings[gone].gone
    assert box.standings[kept].selection.choices == BOTH
    assert seats_of(desk, first)[number].holders == ("新",) and seats_of(desk, first)[4] == new
    own = desk.do(lambda tx: Ballots(tx.connection).seat_ids(first))
    assert own[4] == desk.seat_id(compound, new.id) and len(own) == 4
    assert seats_of(desk, draft) == {}


def test_what_a_seat_is_no_longer_asked_about_is_void_and_the_rest_stands(desk: Desk, compound: str) -> None:
    ballot = desk.ballot(compound)
    number = desk.votes(ballot, ZHANG.id, BOTH)
    desk.join(desk.seat_id(compound, ZHANG.id), "console/z")
    moved = replace(ZHANG, units=(Unit("2号楼", "1单元", "901", 5000),))
    desk.act(acts.import_roll, compound, owners(moved, LI, WANG), {})
    standing = desk.do(lambda tx: Ledgers(tx.connection).standing(ballot, number))
    assert standing is not None and standing.selection.choices == {PARKING.id: Choice.AGAINST}
    assert desk.member(desk.seat_id(compound, ZHANG.id)) == "console/z"
    (said,) = desk.told("console/z")
    assert "2号楼 1单元 901" in said and "选单征询" in said


def test_the_same_holders_in_another_order_keep_their_account_and_what_they_chose(desk: Desk, compound: str) -> None:
    desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("张三", "赵六")), LI, WANG), {})
    ballot = desk.ballot(compound)
    number = desk.votes(ballot, ZHANG.id, BOTH)
    desk.join(desk.seat_id(compound, ZHANG.id), "console/z")
    plan = desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("赵六", "张三")), LI, WANG), {})
    standing = desk.do(lambda tx: Ledgers(tx.connection).standing(ballot, number))
    assert standing is not None and standing.selection.choices == BOTH
    assert (plan.anew, plan.joined) == ((), 0) and desk.member(desk.seat_id(compound, ZHANG.id)) == "console/z"


def test_who_is_let_go_is_told_of_each_ballot(desk: Desk, compound: str) -> None:
    desk.ballot(compound)
    desk.ballot(compound)
    for seat, person in ((ZHANG, "console/z"), (WANG, "console/w"), (LI, "console/l")):
        desk.join(desk.seat_id(compound, seat.id), person)
    desk.act(acts.import_roll, compound, owners(replace(ZHANG, holders=("新",)), LI), {})
    for person in ("console/z", "console/w"):
        (said,) = desk.told(person)
        assert said.count("选单征询") == 2
    assert desk.told("console/l") == []


def test_a_seat_that_left_and_came_back_is_another_number(desk: Desk, compound: str) -> None:
    ballot = desk.ballot(compound)
    desk.votes(ballot, WANG.id, {PARKING.id: Choice.FOR})
    desk.act(acts.import_roll, compound, owners(ZHANG, LI), {})
    desk.act(acts.import_roll, compound, BEFORE, {})
    seats = seats_of(desk, ballot)
    assert sorted(seats) == [1, 2, 3, 4] and seats[4] == WANG
    desk.act(acts.import_roll, compound, owners(ZHANG, LI, replace(WANG, holders=("王小五",))), {})
    assert seats_of(desk, ballot)[4].holders == ("王小五",)
    desk.votes(ballot, WANG.id, {PARKING.id: Choice.FOR})
    box = desk.do(lambda tx: Ledgers(tx.connection).box(ballot))
    assert sum(not seat.gone for seat in box.standings.values()) == 3


def test_ballots_of_another_kind_compound_or_past_time_are_left_alone(desk: Desk, compound: str) -> None:
    ballot = desk.ballot(compound)
    other = desk.compound("别处")
    desk.act(acts.import_roll, other, BEFORE, {})
    elsewhere = desk.ballot(other)
    desk.act(acts.import_roll, compound, Roll(Kind.HOUSEHOLDS, (ZHANG,)), {})
    plan = desk.act(acts.import_roll, compound, owners(ZHANG), {}, now=CLOSES)
    assert plan.ballots == () and desk.kinds(ballot) == desk.kinds(elsewhere) == []
    assert desk.roll(compound) == owners(ZHANG)


def test_an_import_that_changes_nothing_leaves_no_line(desk: Desk, compound: str) -> None:
    ballot = desk.ballot(compound)
    desk.act(acts.import_roll, compound, BEFORE, {})
    assert desk.kinds(ballot) == []


def test_where_one_ballot_cannot_be_corrected_nothing_at_all_is_changed(
    desk: Desk, compound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballots = [desk.ballot(compound), desk.ballot(compound)]
    desk.join(desk.seat_id(compound, WANG.id), "console/w")
    monkeypatch.setattr(acts, "correct_roll", _failing_the_second_time(correct_roll))
    assert desk.refused(acts.import_roll, compound, owners(ZHANG, LI), {}) == "roll_not_corrected"
    assert desk.roll(compound) == BEFORE and desk.member(desk.seat_id(compound, WANG.id)) == "console/w"
    assert [desk.kinds(ballot) for ballot in ballots] == [[], []] and desk.told("console/w") == []
    assert desk.audit()[-1] == ("roll.import", compound, "roll_not_corrected")


def _failing_the_second_time(act: Callable[..., object]) -> Callable[..., object]:
    calls = list[object]()

    def failing(*args: object) -> object:
        calls.append(args)
        return act(*args) if len(calls) == 1 else Refused(Reason.CLOSED)

    return failing
