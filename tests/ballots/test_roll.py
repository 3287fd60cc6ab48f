from dataclasses import replace

import pytest

from ballots.roll import LONGEST, Fault, Kind, Roll, Seat, Unit
from tests.ballots.kit import owners

FLAT = Unit("3号楼", "2单元", "101", 5025)


def roll(*seats: Seat, kind: Kind = Kind.OWNERS) -> Roll:
    return Roll(kind, seats)


def seat(*units: Unit, id: str = "s1", holders: tuple[str, ...] = ("张三",)) -> Seat:
    return Seat(id, holders, units or (FLAT,))


def faults(*seats: Seat, kind: Kind = Kind.OWNERS) -> list[Fault]:
    return roll(*seats, kind=kind).faults()


def test_a_flat_belongs_to_its_compound_its_building_and_its_stairwell() -> None:
    assert seat().areas() == {"/": 5025, "/3号楼": 5025, "/3号楼/2单元": 5025}


def test_one_owner_of_several_flats_has_their_areas_summed_place_by_place() -> None:
    flats = (
        FLAT,
        Unit("3号楼", "2单元", "102", 100),
        Unit("3号楼", "1单元", "101", 20),
        Unit("5号楼", "2单元", "101", 3),
    )
    assert seat(*flats).areas() == {
        "/": 5148,
        "/3号楼": 5145,
        "/3号楼/2单元": 5125,
        "/3号楼/1单元": 20,
        "/5号楼": 3,
        "/5号楼/2单元": 3,
    }


def test_the_same_stairwell_of_another_building_is_another_place() -> None:
    areas = roll(seat(), seat(Unit("5号楼", "2单元", "101"), id="s2")).areas
    assert areas == {"/", "/3号楼", "/3号楼/2单元", "/5号楼", "/5号楼/2单元"}


def test_a_member_of_a_committee_needs_no_flat() -> None:
    member = Seat("m1", ("李四",))
    assert faults(member, kind=Kind.COMMITTEE) == []
    assert member.areas() == {"/": 0}


@pytest.mark.parametrize("kind", Kind)
def test_a_sound_roll_has_no_fault(kind: Kind) -> None:
    co_owners = seat(holders=("张三", "李四"))
    company = replace(seat(replace(FLAT, unit="102"), id="s2", holders=("某某公司",)), organisation=True)
    store = seat(Unit("3号楼", "2单元", "底商", 0), id="s3")
    assert faults(co_owners, company, store, kind=kind) == []


def test_a_roll_without_seats_is_none() -> None:
    assert faults() == [Fault("", "no-seat")]


def test_an_id_stands_for_one_seat() -> None:
    assert faults(seat(), seat(replace(FLAT, unit="102"))) == [Fault("s1", "doubled-seat")]


def test_a_seat_has_a_holder() -> None:
    assert faults(seat(holders=())) == [Fault("s1", "no-holder")]


@pytest.mark.parametrize("kind", [Kind.OWNERS, Kind.HOUSEHOLDS])
def test_owners_and_households_have_a_flat(kind: Kind) -> None:
    assert faults(Seat("s1", ("张三",)), kind=kind) == [Fault("s1", "no-unit")]


BAD = ["", " ", " 张三", "张三 ", "张\n三", "张\x00三", "张\u200b三", "长" * (LONGEST + 1)]


@pytest.mark.parametrize("name", BAD)
def test_a_name_is_one_short_line_that_can_be_read(name: str) -> None:
    assert faults(seat(holders=("李四", name))) == [Fault("s1", "bad-name", name)]


@pytest.mark.parametrize("label", [*BAD, "3/2", "/"])
@pytest.mark.parametrize("place", ["building", "stairwell", "unit"])
def test_a_label_is_a_name_without_a_slash(label: str, place: str) -> None:
    # A slash would make a place of another depth out of it; a space at its end, another building.
    labels = {"building": "3号楼", "stairwell": "2单元", "unit": "101", place: label}
    assert faults(seat(Unit(labels["building"], labels["stairwell"], labels["unit"]))) == [
        Fault("s1", "bad-label", label)
    ]


def test_a_label_of_the_longest_length_is_none_too_long() -> None:
    assert faults(seat(replace(FLAT, unit="长" * LONGEST), holders=("长" * LONGEST,))) == []


def test_an_area_is_not_negative_and_may_be_nothing() -> None:
    assert faults(seat(replace(FLAT, area=-1))) == [Fault("s1", "negative-area", "-1")]
    assert faults(seat(replace(FLAT, area=0))) == []


@pytest.mark.parametrize("kind", [Kind.OWNERS, Kind.HOUSEHOLDS])
def test_one_flat_has_one_voice(kind: Kind) -> None:
    found = faults(seat(), seat(replace(FLAT, area=1), id="s2"), kind=kind)
    assert found == [Fault("s1", "doubled-unit", "3号楼 2单元 101"), Fault("s2", "doubled-unit", "3号楼 2单元 101")]


def test_a_flat_is_not_counted_twice_within_a_seat() -> None:
    assert Fault("s1", "doubled-unit", "3号楼 2单元 101") in faults(seat(FLAT, FLAT))


def test_two_members_of_a_committee_may_live_together() -> None:
    assert faults(seat(), seat(id="s2"), kind=Kind.COMMITTEE) == []


def test_every_fault_is_told_at_once() -> None:
    bad = Seat("s1", ("",), (Unit("", "2/3", "101", -5),))
    assert [fault.what for fault in faults(bad, Seat("s1", ()))] == [
        "doubled-seat",
        "bad-name",
        "bad-label",
        "bad-label",
        "negative-area",
        "no-holder",
        "no-unit",
    ]


def test_the_rolls_of_the_kit_are_sound() -> None:
    assert owners(90).faults() == []
