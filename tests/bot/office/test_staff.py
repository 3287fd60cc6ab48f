"""jiugai office init and staff: the first member, and who may let others in or out."""

from pathlib import Path

import pytest

from bot.office import codes
from bot.store.key import key_of
from bot.store.office import Office
from bot.store.staff import StaffList
from bot.times import utc
from tests.bot.office.kit import data, done, office, refused
from tests.bot.office.town import DISTRICT, FAR, Town
from tests.bot.store.kit import seen


def test_the_office_begins_with_one_of_the_district_and_the_fifteen_streets(path: Path) -> None:
    said = office("init", " 王建国 ")
    ((id, name, role, state, kept),) = seen(path, "select id, name, role, state, hash from staff")
    assert (name, role, state) == ("王建国", "district", "active") and id in said
    (code,) = [word for word in said.split() if codes.read(word)]
    assert kept == codes.keyed(codes.read(code) or "", key_of(path)) and said.count(code) == 1
    assert seen(path, "select count(*) from street") == [(15,)]
    assert seen(path, "select who, act, about, outcome from audit") == [(id, "staff.begin", id, "done")]
    assert office("staff").count("王建国") == 1


def test_it_begins_once(path: Path) -> None:
    office("init", "王建国")
    assert "staff invite" in refused("init", "李芳")
    assert seen(path, "select count(*) from staff") == [(1,)]


@pytest.mark.parametrize("name", ["", "  ", "长" * 61, "铃\a声"])
def test_a_name_that_cannot_be_shown_is_one_sentence(path: Path, name: str) -> None:
    refused("init", name)
    assert not path.exists() or seen(path, "select count(*) from staff") == [(0,)]


def test_where_the_bots_name_is_known_a_link_stands_beside_the_code(path: Path) -> None:
    done(path, lambda tx: Office(tx.connection).set_bot("jiugai_bot", utc()))
    made = data("init", "王建国")
    assert made["link"] == f"https://t.me/jiugai_bot?start=s_{made['code'].replace('-', '')}"


def test_without_staff_nothing_can_be_done(path: Path) -> None:
    assert "office init" in refused("staff", "invite", "李芳", "--district")
    assert data("staff") == []


def test_staff_are_invited_for_a_street_by_its_id_or_name_or_for_the_district(town: Town) -> None:
    for words, role, street in (
        (("--street", "德胜街道"), "street", town.street),
        (("--street", "什刹海"), "street", town.other_street),
        (("--street", town.street), "street", town.street),
        (("--district",), "district", ""),
    ):
        made = data("staff", "invite", f"孙{words[-1]}", *words, "--as", town.district)
        assert (made["role"], made["street"], made["state"]) == (role, street, "invited")
        assert codes.read(made["code"])


def test_a_street_that_is_not_there_is_no_district(town: Town) -> None:
    refused("staff", "invite", "孙", "--street", "没有街道", "--as", town.district)
    refused("staff", "invite", "孙", "--street", " ", "--as", town.district)
    assert seen(town.path, "select count(*) from staff where name = '孙'") == [(0,)]


def test_the_last_of_the_district_stays(town: Town) -> None:
    for what in (("suspend",), ("remove", "--yes")):
        refused("staff", *what, town.district, "--as", town.district)
        assert last_reason(town) == "last_district"
    made = data("staff", "invite", "孙新来", "--district", "--as", town.district)
    refused("staff", "suspend", town.district, "--as", town.district)  # who is only invited does not count
    done(
        town.path, lambda tx: StaffList(tx.connection).join(made["id"], "telegram/1/2", "telegram", "telegram/1/2/2/0")
    )
    assert data("staff", "suspend", town.district, "--as", town.district)["state"] == "suspended"
    assert data("staff", "resume", town.district, "--as", made["id"])["state"] == "active"


def last_reason(town: Town) -> str:
    return str(seen(town.path, "select reason from audit order by seq desc limit 1")[0][0])


def test_who_is_suspended_or_removed_acts_no_more(town: Town) -> None:
    office("staff", "suspend", town.near, "--as", town.district)
    assert town.near in refused("audit", "--as", town.near)
    refused("staff", "suspend", town.near, "--as", town.district)
    office("staff", "resume", town.near, "--as", town.district)
    office("audit", "--as", town.near)
    office("staff", "remove", town.near, "--yes", "--as", town.district)
    refused("audit", "--as", town.near)
    for what in (("resume",), ("suspend",), ("code",), ("remove", "--yes")):
        refused("staff", *what, town.near, "--as", town.district)
    assert town.near not in office("staff") and town.near in office("staff", "--all")


def test_removing_asks_first(town: Town) -> None:
    assert "--yes" in refused("staff", "remove", town.near, "--as", town.district)
    assert seen(town.path, "select state from staff where id = ?", town.near) == [("active",)]


def test_a_new_code_takes_the_place_of_the_old_one(town: Town) -> None:
    first = data("staff", "code", town.near, "--as", town.district)["code"]
    second = data("staff", "code", town.near, "--as", town.district)["code"]
    (kept,) = seen(town.path, "select hash from staff where id = ?", town.near)[0]
    assert kept == codes.keyed(codes.read(second) or "", key_of(town.path)) and first != second


def test_staff_of_a_street_let_nobody_in_or_out(town: Town) -> None:
    for words in (
        ("invite", "孙", "--district"),
        ("suspend", town.far),
        ("resume", town.far),
        ("remove", town.far, "--yes"),
        ("code", town.far),
    ):
        refused("staff", *words, "--as", town.near)
        assert last_reason(town) == "role"


def test_who_acts_has_to_be_said_where_there_are_several(town: Town) -> None:
    said = refused("audit")
    zh, en = said.split("。 ")
    assert all("--as" in one and "JIUGAI_STAFF" in one for one in (zh, en))
    refused("audit", "--as", "000000")


def test_the_list_aligns_and_names_everybody(town: Town) -> None:
    said = office("staff")
    assert all(name in said for name in (DISTRICT, FAR)) and "什刹海街道" in said
    assert {one["id"] for one in data("staff")} == {town.district, town.near, town.far}


def test_nobody_is_invited_by_a_name_that_is_another_members(town: Town) -> None:
    """A form's second confirmer is told from the first by the name."""
    invite = ("staff", "invite")
    made = data(*invite, "孙新来", "--district", "--as", town.district)
    for name in ("孙新来", " 孙 新来", DISTRICT, FAR):
        assert "同名" in refused(*invite, name, "--district", "--as", town.district)
    office("staff", "suspend", town.far, "--as", town.district)
    refused(*invite, FAR, "--district", "--as", town.district)  # who is suspended may come back
    office("staff", "remove", made["id"], "--yes", "--as", town.district)
    office(*invite, "孙新来", "--street", "什刹海", "--as", town.district)
