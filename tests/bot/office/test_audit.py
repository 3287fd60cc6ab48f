"""jiugai office audit: who did what, by ids; never a name, also where a name was typed."""

from ballots.roll import Kind
from bot.office import invitations
from bot.store.audit import Audit
from bot.times import utc
from dialogs.wording import wording
from tests.bot.office.kit import data, done, office, refused
from tests.bot.office.town import COMPOUND, LABELS, Town
from tests.bot.store.kit import seen


def test_what_was_done_and_what_was_refused_stand_there_newest_first(town: Town) -> None:
    office("invite", "list", COMPOUND, "committee", "--as", town.near)
    refused("invite", "list", COMPOUND, "committee", "--as", town.far)
    lines = data("audit", "--as", town.district)
    assert [(line["who"], line["act"], line["outcome"]) for line in lines[:2]] == [
        (town.far, "invite.list", "refused"),
        (town.near, "invite.list", "done"),
    ]
    assert lines[1]["about"] == town.compound
    assert "audit" in office("audit", "--as", town.district)


def test_no_name_stands_in_it_though_names_were_typed(town: Town) -> None:
    office("invite", "list", COMPOUND, "committee", "--as", town.near)
    refused("invite", "list", "王建国的小区", "committee", "--as", town.near)
    refused("staff", "suspend", "王建国", "--as", town.district)
    office("staff", "invite", "孙新来", "--district", "--as", town.district)
    kept = repr(seen(town.path, "select * from audit"))
    assert not [name for name in (*LABELS, "王建国的小区", "孙新来") if name in kept]


def test_also_an_act_that_is_called_with_a_name_is_noted_by_the_id(town: Town) -> None:
    town.does(lambda acting: invitations.listed(acting, COMPOUND, Kind.COMMITTEE))
    lines = seen(town.path, "select act, about from audit order by seq desc limit 1")
    assert lines == [("invite.list", town.compound)]


def test_what_was_made_is_what_its_line_is_about(town: Town) -> None:
    made = data("staff", "invite", "孙新来", "--district", "--as", town.district)
    assert [line["act"] for line in data("audit", "--about", made["id"], "--as", town.district)] == ["staff.invite"]


def test_staff_of_a_street_read_what_they_did_themselves(town: Town) -> None:
    office("invite", "list", town.compound, "committee", "--as", town.near)
    office("invite", "list", town.elsewhere, "committee", "--as", town.far)
    lines = data("audit", "--as", town.near)
    assert {line["who"] for line in lines} == {town.near} and lines
    assert data("audit", "--about", town.elsewhere, "--as", town.near) == []


def test_how_many_lines_is_a_number_of_reason(town: Town) -> None:
    assert len(data("audit", "--last", "1", "--as", town.district)) == 1
    for number in ("0", "-1", "100001"):
        refused("audit", "--last", number, "--as", town.district)


def test_a_refusal_for_another_street_is_read_by_its_staff_as_one_for_what_is_not_there(town: Town) -> None:
    refused("compound", "show", town.compound, "--as", town.far)
    refused("compound", "show", "ffffffff", "--as", town.far)
    missing, foreign = (
        {name: line[name] for name in ("act", "about", "outcome", "reason")}
        for line in data("audit", "--last", "2", "--as", town.far)
    )
    assert missing == foreign
    assert data("audit", "--about", town.compound, "--as", town.far) == []
    (line,) = data("audit", "--about", town.compound, "--as", town.district)
    assert (line["who"], line["reason"]) == (town.far, "street")


def test_a_refusal_is_told_by_its_sentence_and_for_machines_by_its_key(town: Town) -> None:
    refused("seat", "release", COMPOUND, "committee", "1", "--because", "丢了", "--yes", "--as", town.near)
    line = office("audit", "--last", "1", "--as", town.near).splitlines()[-1]
    assert all(wording(language)("refused.seat_not_joined") in line for language in ("zh", "en"))
    assert data("audit", "--last", "2", "--as", town.near)[1]["reason"] == "seat_not_joined"


def test_what_a_sentence_was_filled_with_is_left_open_and_an_old_key_stands_for_itself(town: Town) -> None:
    for reason in ("compound_ambiguous", "fault.bad-name", "as_it_was_once"):
        done(town.path, lambda tx: Audit(tx.connection).note(utc(), town.near, "x", "", "refused", reason))  # noqa: B023
    said = office("audit", "--last", "3", "--as", town.near)
    assert "请用编号：…。" in said and "席位 … 的姓名“…”不能用" in said and "as_it_was_once" in said
    assert "{" not in said
