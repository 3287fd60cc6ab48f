"""The compounds: added, renamed, removed; how far their basic works are; and the page of each."""

from collections.abc import Callable
from datetime import date

import pytest

from ballots.ballot import Ballot, State, Works
from ballots.keeping import certify, close
from ballots.outcomes import Done
from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import book as acts
from bot.office import rolls
from bot.office.acting import Acting, Refusal
from bot.office.book import compound_id
from bot.office.roles import Actor
from bot.store import Transaction
from bot.store.book import Book
from bot.store.invitations import Invitations
from bot.store.ledgers import Ledgers
from tests.ballots.kit import secret
from tests.bot.book.kit import CLOSES, DISTRICT, NOW, Desk, flat, owners

TODAY = date(2026, 3, 2)


def found(desk: Desk, typed: str, by: Actor = DISTRICT) -> str | Refusal:
    return desk.do(lambda tx: compound_id(Acting(tx, by, NOW, bytes), typed))


def test_a_compound_is_added_renamed_and_removed(desk: Desk) -> None:
    compound = desk.act(acts.add_compound, desk.street("月坛街道"), " 白云里 ")
    assert (compound.name, compound.works) == ("白云里", None)
    assert desk.act(acts.rename_compound, compound.id, "白云里小区").name == "白云里小区"
    assert [each.name for each, _ in desk.act(acts.list_compounds)] == ["白云里小区"]
    desk.act(acts.remove_compound, compound.id)
    assert desk.act(acts.list_compounds) == []


def test_a_name_is_a_compounds_only_once_in_its_street(desk: Desk) -> None:
    first, other = desk.street("月坛街道"), desk.street("德胜街道")
    desk.act(acts.add_compound, first, "白云里")
    assert desk.refused(acts.add_compound, first, "白云里") == "compound_known"
    second = desk.act(acts.add_compound, other, "白云里")
    third = desk.act(acts.add_compound, other, "红云里")
    assert desk.refused(acts.rename_compound, third.id, "白云里") == "compound_known"
    assert desk.act(acts.rename_compound, second.id, "白云里").name == "白云里"
    assert desk.refused(acts.add_compound, first, "\x07") == "name"


def test_a_compound_is_found_by_its_id_or_by_its_name_among_those_that_one_may_see(desk: Desk) -> None:
    mine = desk.compound("白云里", "月坛街道")
    assert found(desk, "白云里") == found(desk, f" {mine.upper()} ") == mine
    other = desk.compound("白云里", "德胜街道")
    several = found(desk, "白云里")
    assert isinstance(several, Refusal) and several.key == "compound_ambiguous"
    assert mine in several.values["ids"] and other in several.values["ids"]
    assert found(desk, "白云里", by=desk.staff_of("月坛街道")) == mine
    assert found(desk, "白云里", by=desk.staff_of("牛街街道")) == found(desk, "没有") == ""


def test_staff_of_a_street_act_in_their_own_street_only(desk: Desk) -> None:
    mine, other = desk.compound("甲", "月坛街道"), desk.compound("乙", "德胜街道")
    staff = desk.staff_of("月坛街道")
    assert [each.id for each, _ in desk.act(acts.list_compounds, by=staff)] == [mine]
    assert desk.act(acts.list_compounds, desk.street("德胜街道"), by=staff) == []
    desk.act(acts.rename_compound, mine, "丙", by=staff)
    desk.act(acts.add_compound, desk.street("月坛街道"), "丁", by=staff)
    assert desk.refused(acts.add_compound, desk.street("德胜街道"), "丁", by=staff) == "street"
    for act, more in (
        (acts.rename_compound, ("丙",)),
        (acts.remove_compound, ()),
        (acts.show_compound, ()),
        (acts.record_basic_works, (Works.DONE, "某人", TODAY)),
        (rolls.show_roll, (Kind.OWNERS,)),
        (rolls.export_roll, (Kind.OWNERS,)),
        (rolls.check_roll, (owners(flat(1, 101, "张三")), {})),
        (rolls.import_roll, (owners(flat(1, 101, "张三")), {})),
    ):
        assert desk.refused(act, other, *more, by=staff) == "street"
    assert desk.roll(other).seats == ()


def test_a_compound_that_ever_had_a_roll_or_a_ballot_is_kept(desk: Desk) -> None:
    with_roll, with_ballot = desk.compound("甲"), desk.compound("乙")
    desk.act(rolls.import_roll, with_roll, owners(flat(1, 101, "张三")), {})
    desk.ballot(with_ballot, opens=False)
    for compound in (with_roll, with_ballot):
        assert desk.refused(acts.remove_compound, compound) == "compound_used"


# ---- basic works -----------------------------------------------------------------------------------------------------


def test_works_are_recorded_with_the_day_and_who_said_so(desk: Desk) -> None:
    compound = desk.act(acts.record_basic_works, desk.compound(), Works.PLANNED, " 区住建委 ", date(2026, 2, 1))
    assert (compound.works, compound.works_said, compound.works_on) == (Works.PLANNED, "区住建委", date(2026, 2, 1))
    again = desk.act(acts.record_basic_works, compound.id, Works.DONE, "街道办", TODAY)
    assert desk.do(lambda tx: Book(tx.connection).compound(compound.id)) == again


@pytest.mark.parametrize("said", ["", " ", "长" * 101, "某\x00人"])
def test_works_on_nobodys_word_are_refused(desk: Desk, said: str) -> None:
    id = desk.compound()
    assert desk.refused(acts.record_basic_works, id, Works.DONE, said, TODAY) == "works_said"
    assert desk.refused(acts.record_basic_works, id, Works.DONE, "某人", date(2026, 3, 3)) == "works_in_future"
    assert desk.act(acts.show_compound, id).compound.works is None


def test_the_ledgers_of_open_and_closed_ballots_are_told_of_the_works_and_no_others(desk: Desk) -> None:
    id = desk.compound()
    desk.act(rolls.import_roll, id, owners(flat(1, 101, "张三"), flat(2, 101, "李四")), {})
    still_draft = desk.ballot(id, opens=False)
    is_open, closed, certified = (desk.ballot(id) for _ in range(3))

    def ends(ballot: str, *steps: Callable[[Ballot], object]) -> None:
        def job(tx: Transaction) -> None:
            ledgers = Ledgers(tx.connection)
            for step in steps:
                outcome = step(ledgers.ballot(ballot))
                assert isinstance(outcome, Done)
                ledgers.append(ballot, outcome.entries)

        desk.do(job)

    def closes(ballot: Ballot) -> object:
        return close(ballot, CLOSES, secret(1))

    ends(closed, closes)
    ends(certified, closes, lambda ballot: certify(ballot, "王科", CLOSES, secret(2)))
    desk.act(acts.record_basic_works, id, Works.UNDER_WAY, "区住建委", TODAY)
    desk.act(acts.record_basic_works, id, Works.UNDER_WAY, "别人", TODAY)  # the ledgers know already
    assert desk.kinds(is_open) == ["works"]
    assert desk.kinds(closed) == ["closed", "works"]
    assert desk.kinds(certified) == ["closed", "certified"]
    assert desk.do(lambda tx: Ledgers(tx.connection).ballot(is_open)).works_said == "区住建委"
    states = {record.id: record.state for record in desk.act(acts.show_compound, id).ballots}
    assert states == {still_draft: State.DRAFT, is_open: State.OPEN, closed: State.CLOSED, certified: State.CERTIFIED}


# ---- the page --------------------------------------------------------------------------------------------------------


def test_a_compounds_page_shows_all_of_it(desk: Desk) -> None:
    id = desk.compound()
    two = Seat("#7", ("李四",), (Unit("1号楼", "2单元", "101", 4000), Unit("2号楼", "1单元", "101", 3000)))
    desk.act(rolls.import_roll, id, owners(flat(1, 101, "张三", 5678), two, flat(1, 102, "王五")), {})
    homes = Roll(Kind.HOUSEHOLDS, (flat(1, 101, "张三", 0), flat(9, 101, "赵六", 0)))
    desk.act(rolls.import_roll, id, homes, {})
    desk.join(desk.seat_id(id, "#7"), "console/a")
    for key in ("#7", "1号楼/1单元/101", "1号楼/1单元/102"):
        desk.issue(desk.seat_id(id, key))
    seat = desk.seat_id(id, "#7")
    desk.do(lambda tx: Invitations(tx.connection).use(seat, NOW))
    ballot = desk.ballot(id)
    page = desk.act(acts.show_compound, id)
    assert (page.street.name, page.buildings, page.stairwells, page.units) == ("广安门外街道", 3, 4, 5)
    mine = page.rolls[Kind.OWNERS]
    assert (mine.counts.seats, mine.counts.buildings, mine.counts.stairwells, mine.counts.units) == (3, 2, 3, 4)
    assert (mine.counts.area, mine.invited, mine.joined) == (17678, 2, 1)
    assert page.rolls[Kind.HOUSEHOLDS].counts.seats == 2 and Kind.COMMITTEE not in page.rolls
    assert [record.id for record in page.ballots] == [ballot]


def test_what_left_a_roll_is_not_counted(desk: Desk) -> None:
    id = desk.compound()
    desk.act(rolls.import_roll, id, owners(flat(1, 101, "张三"), flat(2, 101, "李四")), {})
    desk.act(rolls.import_roll, id, owners(flat(1, 101, "张三")), {})
    page = desk.act(acts.show_compound, id)
    assert (page.buildings, page.units, page.rolls[Kind.OWNERS].counts.seats) == (1, 1, 1)
