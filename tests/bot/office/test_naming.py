"""A seat is meant by whatever tables show of it, and by no guess."""

import pytest

from ballots.roll import Kind, Seat, Unit
from bot.office.naming import ambiguous, meant

PLACE = "白云里2"
OWNERS = {
    "i1": Seat("1号楼/1单元/101", ("甲",), (Unit("1号楼", "1单元", "101"),)),
    "i2": Seat("#7", ("乙",), (Unit("1号楼", "1单元", "102"), Unit("2号楼", "1单元", "101"), Unit("A座", "东", "-1"))),
    "i3": Seat("1/1/101", ("丙",), (Unit("1", "1", "101"),)),
    "i4": Seat("A座/东/1", ("丁",), (Unit("A座", "东", "1"),)),
}
MARKS = {**{id: id for id in OWNERS}, "#2": "i2", "#7": "i1"}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("1号楼/1单元/101", "i1"),
        (" 1号楼 1单元 101 ", "i1"),
        ("1号楼1单元101", "i1"),
        ("１号楼　１单元／101", "i1"),
        ("白云里2业主 1号楼 1单元 101", "i1"),
        ("白云里2, owner, 1号楼 1单元 101", "i1"),
        ("i1", "i1"),
        ("I1", "i1"),
        ("2号楼 1单元 101", "i2"),
        ("1号楼 1单元 102、2号楼 1单元 101", "i2"),
        ("白云里2业主 1号楼 1单元 102、2号楼 1单元 101等3处", "i2"),
        ("1号楼 1单元 102、2号楼 1单元 101、A座 东 -1…", "i2"),
        ("＃2", "i2"),
        ("# 2", "i2"),
        ("1/1/101", "i3"),
        ("1 1 101", "i3"),
        ("a座东1", "i4"),
        ("#7", "i1 i2"),  # the number of one, the roll's key of another
        ("1号楼 1单元 101、2号楼 1单元 101", ""),  # of two seats, so of neither
        ("11/1/01", ""),
        ("11101", ""),
        ("1号楼/1单元", ""),
        ("101", ""),
        ("白云里2业主", ""),
        ("第1席", ""),
        ("甲", ""),
        ("", ""),
        (" ", ""),
        ("、", ""),
        ("…", ""),
        ("/", ""),
        ("#", ""),
    ],
)
def test_a_seat_of_owners_is_called_by_its_units_its_key_or_a_mark(typed: str, ids: str) -> None:
    assert meant(typed, PLACE, Kind.OWNERS, OWNERS, MARKS) == ids.split()


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("2", [12]),
        ("第2席", [12]),
        ("白云里2业主委员会第2席", [12]),
        ("seat 2", [12]),
        ("1号楼 1单元 101", [11, 12]),
        ("第12席", []),
        ("12", []),
    ],
)
def test_a_members_seat_is_called_by_its_number_and_by_where_they_live(typed: str, numbers: list[int]) -> None:
    home = (Unit("1号楼", "1单元", "101"),)
    seats = {11: Seat("1", ("甲",), home), 12: Seat("2", ("乙",), home)}
    assert meant(typed, PLACE, Kind.COMMITTEE, seats, {}) == numbers


def test_the_refusal_tells_their_ids_and_not_all_of_many() -> None:
    refusal = ambiguous((f"id{n}", OWNERS["i2"]) for n in range(9))
    assert refusal.values["seats"].startswith("id0（1号楼 1单元 102）、id1") and refusal.values["seats"].endswith("…")
    assert "id4" in refusal.values["seats"] and "id5" not in refusal.values["seats"] and "乙" not in str(refusal.values)
