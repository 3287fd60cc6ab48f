"""Paper forms and proxies by the office's acts: two persons for a form, the seat told, nothing counted twice."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ballots.correcting import correct_roll
from ballots.ledger import receipt
from ballots.outcomes import Done
from ballots.roll import Kind, Roll
from ballots.standing import By, Choice
from bot.office import ballots as acts
from bot.office import paper, proxies, reports
from bot.office.ballots import Opened
from bot.office.rolls import import_roll
from bot.store.ballots import Ballots
from bot.store.rolls import Rolls
from tests.bot.rounds.kit import CLOSES, ELEVATOR, NOW, PARKING, Office, owners

FOR = {ELEVATOR: Choice.FOR}


def enter(office: Office, id: str, seat: str, who: str = "", **more: Any) -> paper.Entered:
    given = {"choices": FOR, "reasons": {}, "collector": "社区小刘", **more}
    return office.must(lambda a: paper.enter(a, id, seat, **given), who)


def standing(office: Office, id: str, key: str) -> Any:
    number = office.numbers(id)[key]
    return office.do(lambda tx: Ballots(tx.connection).standing(id, number))


def test_a_form_counts_once_a_second_person_has_confirmed_it(office: Office) -> None:
    id = office.opened()
    entered = enter(office, id, "s1")
    assert standing(office, id, "s1").by is By.NOBODY
    assert office.refused(lambda a: paper.confirm(a, id, "s1")) == "reason.same-person"
    done = office.must(lambda a: paper.confirm(a, id, "s1"), office.bob)
    assert (standing(office, id, "s1").by, done.receipt) == (By.PAPER, entered.receipt)
    found = office.must(lambda a: reports.turned_out(a, id))
    assert found.parts[0].taken_part == 1


def test_its_receipt_is_that_of_its_line(office: Office) -> None:
    id = office.opened()
    entered = enter(office, id, "s1")
    secret = office.do(lambda tx: Ballots(tx.connection).secret(id, standing_line(tx, id)))
    assert entered.receipt == receipt(secret)


def standing_line(tx: Any, id: str) -> int:
    (row,) = tx.connection.rows("select n from ledger where ballot = :id and kind = 'entered'", id=id)
    return int(row["n"])


@pytest.mark.parametrize("typed", [" 鲍科 ", "鲍 科", "鲍\u3000科"])
def test_whoever_brought_it_cannot_confirm_it(office: Office, typed: str) -> None:
    id = office.opened()
    enter(office, id, "s1", collector=typed)
    assert office.refused(lambda a: paper.confirm(a, id, "s1"), office.bob) == "reason.same-person"


def test_a_seat_is_named_by_its_key_or_by_its_number(office: Office) -> None:
    id = office.opened()
    number = office.numbers(id)["s2"]
    assert enter(office, id, f"#{number}").number == number == enter_again(office, id)
    for typed in ("#99", "#0", "#", "#x", str(number), "s9", ""):
        assert office.refused(lambda a: paper.confirm(a, id, typed)) == "no_seat_in_ballot"  # noqa: B023


def test_a_seat_is_named_by_where_it_is_too_and_by_its_own_id(office: Office) -> None:
    id = office.opened()
    own = office.do(lambda tx: Ballots(tx.connection).seat_ids(id))
    for key, typed in (("s1", "1号楼/1单元/101"), ("s5", "1号楼 2单元 201"), ("s6", own[office.numbers(id)["s6"]])):
        assert enter(office, id, typed).number == office.numbers(id)[key]
    office.must(lambda a: proxies.appoint(a, id, "1号楼1单元201", "李四"))
    office.must(lambda a: proxies.revoke(a, id, "白云里小区业主 1号楼 1单元 201"))


def test_a_number_that_is_another_seats_key_is_no_name_for_either(office: Office) -> None:
    """Else a form would be entered for somebody else."""
    roll = Roll(Kind.OWNERS, tuple(replace(seat, id=f"#{n}") for n, seat in enumerate(owners().seats, 1)))
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), roll, NOW))
    id = office.opened()
    numbers = office.numbers(id)
    for seat in roll.seats:  # by its unit each is found
        (unit,) = seat.units
        assert enter(office, id, f"{unit.building}/{unit.stairwell}/{unit.unit}").number == numbers[seat.id]
    for key, number in numbers.items():
        if key == f"#{number}":  # by chance
            assert office.must(lambda a: paper.decline(a, id, key, "录错了")).number == number  # noqa: B023
        else:
            assert office.refused(lambda a: paper.decline(a, id, key, "录错了")) == "seat_ambiguous"  # noqa: B023


def test_a_seat_that_left_the_roll_gives_way_to_whose_its_unit_is_now(office: Office) -> None:
    id = office.opened()
    gone = office.numbers(id)["s2"]
    first, second, *others = owners().seats
    both = replace(first, units=(*first.units, *second.units))
    office.must(lambda a: import_roll(a, office.compound, Roll(Kind.OWNERS, (both, *others)), {}))
    assert enter(office, id, "1号楼/1单元/201").number == office.numbers(id)["s1"]
    assert office.refused(lambda a: paper.decline(a, id, f"#{gone}", "录错了")) == "reason.no-seat"


def enter_again(office: Office, id: str) -> int:
    (waiting,) = office.must(lambda a: paper.waiting(a, id))
    assert (waiting.collector, waiting.staff, waiting.selection.choices) == ("社区小刘", "安科", FOR)
    assert waiting.seated.seat.id == "s2"
    return waiting.number


def test_a_form_that_was_declined_is_set_aside_with_the_reason(office: Office) -> None:
    id = office.opened()
    enter(office, id, "s1")
    assert office.refused(lambda a: paper.decline(a, id, "s1", " ")) == "reason.text-missing"
    office.must(lambda a: paper.decline(a, id, "s1", "录错了"))
    assert standing(office, id, "s1").paper is None and office.must(lambda a: paper.waiting(a, id)) == []
    assert office.refused(lambda a: paper.confirm(a, id, "s1"), office.bob) == "reason.no-paper"


def test_paper_and_online_never_both_count_and_the_office_decides(office: Office) -> None:
    id = office.opened()
    office.vote(id, "s1", menu_13="against")
    entering = {"choices": FOR, "reasons": {}, "collector": "小刘"}
    assert office.refused(lambda a: paper.enter(a, id, "s1", **entering)) == "reason.online-first"
    assert office.refused(lambda a: paper.decide(a, id, "s2", By.PAPER, "来电")) == "reason.nothing-to-decide"
    office.must(lambda a: paper.decide(a, id, "s1", By.PAPER, "来电确认"))
    assert standing(office, id, "s1").selection.choices == {ELEVATOR: Choice.AGAINST}  # until the form counts
    assert office.vote(id, "s1", menu_13="for").reason == "decided-paper"
    enter(office, id, "s1")
    office.must(lambda a: paper.confirm(a, id, "s1"), office.bob)
    assert (standing(office, id, "s1").by, standing(office, id, "s1").selection.choices) == (By.PAPER, FOR)


def test_the_seat_is_told_of_every_step_and_of_its_receipt(office: Office) -> None:
    office.join("s1")
    office.join("s2")
    id = office.opened()
    before = len(office.told())
    entered = enter(office, id, "s1")
    assert (
        entered.told and entered.receipt in office.told()[-1] and "白云里小区业主 1号楼 1单元 101" in office.told()[-1]
    )
    office.must(lambda a: paper.confirm(a, id, "s1"), office.bob)
    assert "已经计入" in office.told()[-1]
    office.must(lambda a: paper.decide(a, id, "s1", By.ONLINE, "本人要改"))
    assert "在线上选" in office.told()[-1] and "本人要改" in office.told()[-1]
    enter(office, id, "s2")
    office.must(lambda a: paper.decline(a, id, "s2", "录错了"))
    assert "录错了" in office.told()[-1]
    assert len(office.told()) == before + 5
    assert not enter(office, id, "s3").told and len(office.told()) == before + 5


@pytest.mark.parametrize(
    ("choices", "reasons", "collector", "key"),
    [
        ({}, {}, "小刘", "reason.empty"),
        ({"menu-14": Choice.FOR}, {}, "小刘", "reason.unknown-item"),
        ({ELEVATOR: Choice.OBJECT}, {}, "小刘", "reason.reason-missing"),
        ({ELEVATOR: Choice.OBJECT}, {ELEVATOR: "长" * 1001}, "小刘", "reason.reason-too-long"),
        (FOR, {}, " ", "reason.text-missing"),
        (FOR, {}, "刘" * 501, "words"),
    ],
)
def test_a_form_that_cannot_be_is_refused(office: Office, choices: Any, reasons: Any, collector: str, key: str) -> None:
    id = office.opened()
    assert office.refused(lambda a: paper.enter(a, id, "s1", choices, reasons, collector)) == key


def test_nothing_is_entered_in_a_draft_or_after_the_close(office: Office) -> None:
    draft, id = office.draft(), office.opened()
    enter(office, id, "s1")
    jobs: list[Callable[[Any, str], Any]] = [
        lambda a, it: paper.enter(a, it, "s2", FOR, {}, "小刘"),
        lambda a, it: paper.confirm(a, it, "s1"),
        lambda a, it: paper.decline(a, it, "s1", "录错了"),
        lambda a, it: paper.decide(a, it, "s1", By.PAPER, "来电"),
        lambda a, it: proxies.appoint(a, it, "s2", "李四"),
        lambda a, it: proxies.revoke(a, it, "s2"),
    ]
    for job in jobs:
        assert office.refused(lambda a: job(a, draft)) == "reason.not-open"  # noqa: B023
        assert office.refused(lambda a: job(a, id), office.bob, CLOSES) == "reason.closed"  # noqa: B023
        assert office.refused(lambda a: job(a, id), office.eve) == "street"  # noqa: B023
    assert office.refused(lambda a: paper.waiting(a, draft)) == "reason.not-open"


# ---- proxies ---------------------------------------------------------------------------------------------------------


def test_a_proxy_votes_until_it_is_taken_back_and_ones_own_vote_wins(office: Office) -> None:
    office.join("s1")
    id = office.opened()
    assert office.vote(id, "s1", by=By.PROXY, menu_13="for").reason == "no-proxy"
    assert office.must(lambda a: proxies.appoint(a, id, "s1", "李四")).told
    assert "受托人" in office.told()[-1]
    office.vote(id, "s1", by=By.PROXY, menu_13="for")
    office.must(lambda a: proxies.revoke(a, id, "s1"))
    assert standing(office, id, "s1").by is By.NOBODY and "委托撤回了" in office.told()[-1]
    assert office.refused(lambda a: proxies.revoke(a, id, "s1")) == "reason.no-proxy"


def test_one_person_holds_only_so_many_however_the_name_is_typed(office: Office) -> None:
    id = office.opened(proxies=2)
    office.must(lambda a: proxies.appoint(a, id, "s1", "李四"))
    office.must(lambda a: proxies.appoint(a, id, "s2", " 李 四 "))
    assert office.refused(lambda a: proxies.appoint(a, id, "s3", "李四")) == "reason.too-many-proxies"
    office.must(lambda a: proxies.appoint(a, id, "s3", "张三"))
    assert office.refused(lambda a: proxies.appoint(a, id, "s3", "王五")) == "reason.has-proxy"
    office.must(lambda a: proxies.revoke(a, id, "s1"))
    office.must(lambda a: proxies.appoint(a, id, "s4", "李四"))


def test_a_proxy_of_a_seat_that_was_removed_or_given_to_another_is_held_no_longer(office: Office) -> None:
    id = office.opened(proxies=2)
    for seat in ("s1", "s2"):
        office.must(lambda a: proxies.appoint(a, id, seat, "李四"))  # noqa: B023
    numbers = office.numbers(id)

    def corrected(tx: Any) -> None:
        ballots = Ballots(tx.connection)
        box = ballots.box(id)
        _, second, *others = owners().seats
        after = Roll(Kind.OWNERS, (replace(second, holders=("新业主",)), *others))
        done = correct_roll(box.ballot, box.standings, numbers, owners(), after, NOW, secrets.token_bytes(32))
        assert isinstance(done, Done)
        ballots.append(id, done.entries)

    assert office.do(lambda tx: list(Ballots(tx.connection).proxies(id).values())) == ["李四", "李四"]
    office.do(corrected)
    assert office.do(lambda tx: Ballots(tx.connection).proxies(id)) == {}
    office.must(lambda a: proxies.appoint(a, id, "s3", "李四"))


# ---- what may be seen ------------------------------------------------------------------------------------------------


def test_before_the_close_nobody_sees_counts_objections_or_the_list_and_turnout_tells_nothing_else(
    office: Office,
) -> None:
    id = office.opened()
    seen = []
    for choice in ("for", "object"):
        office.vote(id, "s1", menu_13=choice)
        for job in (reports.tallied, reports.objected, reports.public_list):
            assert office.refused(lambda a: job(a, id)) == "withheld"  # noqa: B023
        shown = office.must(lambda a: acts.show(a, id))
        assert isinstance(shown, Opened)
        seen.append((office.must(lambda a: reports.turned_out(a, id)), shown.turnout))
    assert seen[0] == seen[1]


def test_a_live_ballot_shows_counts_but_neither_objections_nor_the_list(office: Office) -> None:
    id = office.opened(live=True)
    office.vote(id, "s1", menu_13="object")
    sheet = office.must(lambda a: reports.tallied(a, id))
    assert not sheet.final and sum(count.object.heads for count in sheet.counts) == 1
    for job in (reports.objected, reports.public_list):
        assert office.refused(lambda a: job(a, id)) == "withheld"  # noqa: B023


def test_after_the_close_result_objections_and_list_are_there(office: Office) -> None:
    id = office.opened()
    office.vote(id, "s1", menu_13="object", menu_31="for")
    office.must(lambda a: acts.close(a, id), now=CLOSES)
    sheet = office.must(lambda a: reports.tallied(a, id))
    assert sheet.final and sheet.ways[By.ONLINE] == 1
    (objection,) = office.must(lambda a: reports.objected(a, id)).objections
    assert (objection.item, objection.seat.id, objection.reason) == (ELEVATOR, "s1", "怕挡光")
    listed = office.must(lambda a: reports.public_list(a, id))
    assert len(listed.lines) == listed.head.lines + 1 and "怕挡光" not in str(listed.lines)
    assert PARKING in listed.lines[0].decode()


def test_a_void_ballot_has_no_result_and_a_list_only_if_it_was_closed_first(office: Office) -> None:
    before, after = office.opened(), office.opened()
    office.must(lambda a: acts.close(a, after), now=CLOSES)
    for id in (before, after):
        office.must(lambda a: acts.void(a, id, "问错了"))  # noqa: B023
        for job in (reports.tallied, reports.objected):
            assert office.refused(lambda a: job(a, id)) == "withheld_void"  # noqa: B023
    assert office.refused(lambda a: reports.public_list(a, before)) == "withheld_void"
    assert office.must(lambda a: reports.public_list(a, after)).lines


def test_a_draft_has_nothing_to_be_seen(office: Office) -> None:
    id = office.draft()
    for job in (reports.tallied, reports.objected, reports.public_list, reports.turned_out):
        assert office.refused(lambda a: job(a, id)) == "reason.not-open"  # noqa: B023
        assert office.refused(lambda a: job(a, id), office.eve) == "street"  # noqa: B023
