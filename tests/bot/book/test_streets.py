"""The streets: those of Xicheng are there from the start, and the district edits them."""

import pytest

from bot.office import book as acts
from bot.office.acting import Acting
from bot.office.book import STREETS, begin, street_id
from bot.store.book import Book
from bot.store.staff import StaffList
from tests.bot.book.kit import DISTRICT, NOW, Desk


def names(desk: Desk) -> list[str]:
    return [street.name for street in desk.do(lambda tx: Book(tx.connection).streets())]


def test_the_fifteen_streets_of_xicheng_are_there_from_the_start(desk: Desk) -> None:
    assert names(desk) == list(STREETS) and len(set(STREETS)) == 15
    assert all(name.endswith("街道") for name in STREETS)


def test_beginning_again_brings_back_nothing_that_was_edited(desk: Desk) -> None:
    desk.act(acts.rename_street, desk.street("德胜街道"), "德胜门街道")
    desk.do(lambda tx: begin(tx, NOW))
    assert len(names(desk)) == 15 and "德胜街道" not in names(desk)


def test_a_street_is_added_renamed_and_removed(desk: Desk) -> None:
    street = desk.act(acts.add_street, "  金中都  街道 ")
    assert street.name == "金中都 街道"
    assert desk.act(acts.rename_street, street.id, "金中都街道").name == names(desk)[-1] == "金中都街道"
    desk.act(acts.rename_street, street.id, "金中都街道")
    desk.act(acts.remove_street, street.id)
    assert names(desk) == list(STREETS)
    assert [line[0] for line in desk.audit()] == ["street.add", "street.rename", "street.rename", "street.remove"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 61, "德\u200b胜", "德\x1b[2J"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    assert desk.refused(acts.add_street, name) == "name"
    assert desk.refused(acts.rename_street, desk.street("德胜街道"), name) == "name"
    assert names(desk) == list(STREETS)


def test_a_name_is_a_streets_only_once(desk: Desk) -> None:
    assert desk.refused(acts.add_street, "德胜街道 ") == "street_known"
    assert desk.refused(acts.rename_street, desk.street("月坛街道"), "德胜街道") == "street_known"


def test_a_street_with_compounds_or_staff_is_not_removed(desk: Desk) -> None:
    compound = desk.compound()
    assert desk.refused(acts.remove_street, desk.street("广安门外街道")) == "street_used"
    desk.act(acts.remove_compound, compound)
    street = desk.street("广安门外街道")
    desk.do(lambda tx: StaffList(tx.connection).add("李芳", "street", street, "active", "hash", NOW))
    assert desk.refused(acts.remove_street, street) == "street_used"


def test_only_the_district_edits_streets_and_staff_of_a_street_see_their_own(desk: Desk) -> None:
    mine, other = desk.street("月坛街道"), desk.street("德胜街道")
    staff = desk.staff_of("月坛街道")
    assert desk.refused(acts.add_street, "新街道", by=staff) == "role"
    for street in (mine, other):
        assert desk.refused(acts.rename_street, street, "新街道", by=staff) == "role"
        assert desk.refused(acts.remove_street, street, by=staff) == "role"
    assert [street.id for street, _ in desk.act(acts.list_streets, by=staff)] == [mine]
    assert len(desk.act(acts.list_streets)) == 15


@pytest.mark.parametrize("typed", ["德胜街道", "德胜", " 德胜 ", "ID"])
def test_a_street_is_found_by_its_id_or_its_name(desk: Desk, typed: str) -> None:
    id = desk.street("德胜街道")
    word = id.upper() if typed == "ID" else typed
    assert desk.do(lambda tx: street_id(Acting(tx, DISTRICT, NOW, bytes), word)) == id
    assert desk.do(lambda tx: street_id(Acting(tx, DISTRICT, NOW, bytes), "没有这个街道")) == ""


def test_what_is_not_there_is_refused_and_no_typed_word_comes_into_the_audit(desk: Desk) -> None:
    assert desk.refused(acts.remove_street, "") == "no_such"
    assert desk.audit() == [("street.remove", "", "no_such")]
