"""jiugai office summary: all compounds of a street for its annual plan; counts after the close, and not before."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ballots.ballot import Works
from ballots.frame import BASICS_FIRST, LIVE, NOT_YET, SURVEY
from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import ballots as acts
from bot.office import book, rolls, summary
from bot.office.acting import Refusal
from bot.office.summary import BallotLine, Shown
from tests.bot.office.kit import data, refused
from tests.bot.office.kit import office as command
from tests.bot.rounds.kit import DAY, ELEVATOR, NOW, PARKING, Office, at
from tests.bot.rounds.test_soundness import damage


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with at(monkeypatch, NOW + DAY):
        yield


@pytest.fixture
def ann(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, with whoever of the district sits at the command line."""
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    return office


def line(office: Office, ballot: str) -> BallotLine:
    found = office.do(lambda tx: summary.counted(tx, ballot))
    assert found is not None
    return found


def voted(office: Office, **more: Any) -> str:
    """Six owners in two stairwells: the elevator reaches its line in the first, parking in the compound."""
    id = office.opened(**more)
    for key in ("s1", "s2", "s3"):
        office.vote(id, key, menu_13="for", menu_31="for")
    office.vote(id, "s4", menu_13="object", menu_31="for")
    office.vote(id, "s5", menu_13="against", menu_31="for")
    return id


def closed(office: Office, **more: Any) -> str:
    id = voted(office, **more)
    office.must(lambda acting: acts.close(acting, id, "都投完了"))
    return id


def reached(found: BallotLine) -> dict[str, tuple[int | None, int, int | None]]:
    return {each.item.id: (each.reached, len(each.item.areas), each.objections) for each in found.items}


# ---- what came of a ballot -------------------------------------------------------------------------------------------


def test_after_the_close_it_tells_turnout_what_reached_its_line_where_and_how_many_object(office: Office) -> None:
    found = line(office, closed(office))
    assert (found.shown, found.taken_part, found.seats, found.objections) == (Shown.FINAL, 5, 6, 1)
    assert reached(found) == {ELEVATOR: (1, 2, 1), PARKING: (1, 1, 0)}
    assert SURVEY in found.says and BASICS_FIRST in found.says


def test_who_owns_in_two_areas_objects_once(office: Office) -> None:
    both = Seat("s1", ("王建国",), (Unit("1号楼", "1单元", "101", 5000), Unit("1号楼", "2单元", "101", 5000)))
    office.must(lambda acting: rolls.import_roll(acting, office.compound, Roll(Kind.OWNERS, (both,)), {}))
    id = office.opened()
    office.vote(id, "s1", menu_13="object")
    office.must(lambda acting: acts.close(acting, id, "都投完了"))
    assert reached(line(office, id))[ELEVATOR] == (0, 2, 1)


def test_nothing_before_the_close_differs_by_how_people_voted(office: Office) -> None:
    told = []
    for choice in ("for", "against", "abstain", "object"):
        id = office.opened()
        for key in ("s1", "s2", "s3", "s4", "s5", "s6"):
            office.vote(id, key, menu_13=choice, menu_31=choice)
        found = line(office, id)
        assert (found.shown, found.taken_part, found.seats) == (Shown.WITHHELD, 6, 6)
        assert reached(found) == {ELEVATOR: (None, 2, None), PARKING: (None, 1, None)} and found.objections is None
        told.append(replace(found, record=None))  # type: ignore[arg-type]
    assert len(set(map(repr, told))) == 1 and told[0].says == (NOT_YET,)


def test_a_live_ballot_tells_how_it_stands_and_that_it_may_change(office: Office) -> None:
    found = line(office, voted(office, by_name=True, live=True))
    assert found.shown is Shown.RUNNING
    assert reached(found) == {ELEVATOR: (1, 2, None), PARKING: (1, 1, None)}  # objections are for after the close


def test_drafts_and_void_ballots_are_told_as_such(office: Office) -> None:
    draft, void = office.draft(), voted(office)
    office.must(lambda acting: acts.void(acting, void, "发错了"))
    assert line(office, draft).shown is Shown.NOT_OPENED and line(office, draft).seats is None
    assert line(office, void).shown is Shown.VOID and reached(line(office, void))[PARKING] == (None, 1, None)


def test_a_damaged_ledger_does_not_take_the_others_down(ann: Office) -> None:
    damaged, sound = closed(ann), closed(ann)
    damage(ann.path, f"update ledger set line = replace(line, '\"for\"', '\"against\"') where ballot = '{damaged}'")
    assert line(ann, damaged).shown is Shown.DAMAGED
    assert "流水损坏" in command("summary") and f"{PARKING} 1/1" in command("summary")
    assert [one["result"] for one in data("summary")["compounds"][0]["ballots"]] == ["damaged", "final"]
    assert line(ann, sound).shown is Shown.FINAL


# ---- whose compounds -------------------------------------------------------------------------------------------------


def test_the_district_sees_all_streets_and_a_streets_staff_its_own(office: Office) -> None:
    closed(office)
    both = office.must(summary.summarised)
    assert [(one.compound.name, one.street, len(one.ballots)) for one in both] == [
        ("白云里小区", "月坛街道", 1),
        ("春风小区", "牛街街道", 0),
    ]
    for street in ("", office.street, "月坛街道"):
        assert office.must(partial(summary.summarised, street=street), office.bob) == both[:1]
    assert office.must(lambda acting: summary.summarised(acting, "牛街街道"), office.eve) == both[1:]
    assert office.must(summary.summarised, office.eve) == both[1:]
    for street in (office.street, "月坛街道"):
        told = office.act(partial(summary.summarised, street=street), office.eve)
        assert isinstance(told, Refusal) and told.key == "street"


def test_a_streets_compounds_stand_together_however_late_they_came(office: Office) -> None:
    office.must(lambda acting: book.add_compound(acting, office.street, "晚来小区"))
    names = [one.compound.name for one in office.must(summary.summarised)]
    assert names == ["白云里小区", "晚来小区", "春风小区"]


# ---- the command -----------------------------------------------------------------------------------------------------


def test_the_table_tells_works_state_turnout_and_lines_of_each_compound(ann: Office) -> None:
    done, running, draft = closed(ann), voted(ann), ann.draft()
    lines = command("summary").splitlines()
    assert lines[0].startswith("共2个小区，3次征询")
    (first,) = (one for one in lines if done in one)
    for word in ("白云里小区", "月坛街道", "已列入计划 · planned，街道办，2026-03-01", "已截止 · closed", "5/6（83%）"):
        assert word in first
    assert "menu-13 1/2，menu-31 1/1" in first and first.endswith(" 1")
    (second,) = (one for one in lines if running in one)
    assert "5/6（83%）" in second and "截止后才有 · after the close" in second and second.endswith(" -")
    assert ELEVATOR not in second
    assert "还没开始 · not opened yet" in next(one for one in lines if draft in one)
    assert any(one.startswith("牛街街道") and "春风小区" in one and "没有记" in one for one in lines)
    assert any(one.startswith(f"{ELEVATOR} ") for one in lines)
    assert [one for one in lines if SURVEY.zh in one and SURVEY.source in one]
    own = command("summary", "牛街").splitlines()
    assert own[0].startswith("共1个小区") and own[1].startswith("小区 compound") and "白云里" not in "".join(own)


def test_for_machines_what_may_not_be_shown_is_null(ann: Office) -> None:
    done, running = closed(ann), voted(ann)
    found = data("summary", "月坛")
    (compound,) = found["compounds"]
    assert (compound["name"], compound["street_name"], compound["works"], compound["works_on"]) == (
        *("白云里小区", "月坛街道", "planned", "2026-03-01"),
    )
    first, second = compound["ballots"]
    assert (first["id"], first["result"], first["taken_part"], first["seats"]) == (done, "final", 5, 6)
    assert first["items"][0] == {
        **{"id": ELEVATOR, "words": "多层住宅楼房增设电梯等上下楼设施", "counted": "stairwell"},
        **{"areas": 2, "reached": 1, "objections": 1},
    }
    assert (second["id"], second["result"], second["objections"]) == (running, "withheld", None)
    assert [item["reached"] for item in second["items"]] == [None, None]
    assert found["says"][0]["zh"] == SURVEY.zh


def test_the_workbook_has_a_row_for_each_item_and_numbers_are_numbers(ann: Office, tmp_path: Path) -> None:
    done, running, draft = closed(ann), voted(ann), ann.draft()
    ann.must(lambda acting: book.rename_compound(acting, ann.other, "=1+1"))
    file = tmp_path / "年度计划.xlsx"
    assert "共2个小区" in command("summary", "--xlsx", str(file))
    plan, notes = load_workbook(file)
    heads, *rows = plan.iter_rows(values_only=True)
    found = [dict(zip([str(head).partition(" · ")[0] for head in heads], row, strict=True)) for row in rows]
    assert [(row["征询编号"], row["事项"]) for row in found] == [
        (done, ELEVATOR),
        (done, PARKING),
        (running, ELEVATOR),
        (running, PARKING),
        (draft, None),
        (None, None),
    ]
    assert [(row["席位"], row["已参加"], row["计几处"], row["达到几处"], row["反对几席"]) for row in found] == [
        (6, 5, 2, 1, 1),
        (6, 5, 1, 1, 0),
        (6, 5, 2, None, None),
        (6, 5, 1, None, None),
        (None,) * 5,
        (None,) * 5,
    ]
    assert [row["请看"] for row in found][1:4] == [None, *["截止后才有 · after the close"] * 2]
    assert found[5]["小区"] == "=1+1" and plan["B7"].data_type == "s"
    assert found[0]["基础类"] == "已列入计划 · planned" and found[0]["哪天说的"] == "2026-03-01"
    said = [row[0] for row in notes.iter_rows(values_only=True)]
    assert SURVEY.zh in said and BASICS_FIRST.zh in said and NOT_YET.zh in said and LIVE.zh not in said
    assert "已经有了" in refused("summary", "--xlsx", str(file))


def test_a_street_that_is_not_there_and_one_that_is_anothers_are_refused_in_the_same_words(
    ann: Office, tmp_path: Path
) -> None:
    file = tmp_path / "计划.xlsx"
    told = {
        refused("summary", street, "--as", ann.eve, "--xlsx", str(file))
        for street in ("没有这个街道", "月坛", ann.street)
    }
    assert len(told) == 1 and not [*tmp_path.glob("*计划*")]


def test_a_ballot_that_goes_meanwhile_is_left_out(ann: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = closed(ann), ann.draft()
    assert ann.do(lambda tx: summary.counted(tx, "00000000")) is None
    count = summary.counted
    monkeypatch.setattr(summary, "counted", lambda tx, ballot: None if ballot == gone else count(tx, ballot))
    assert [one["id"] for one in data("summary")["compounds"][0]["ballots"]] == [kept]
    assert "1次征询" in command("summary")


def test_it_stands_in_the_audit_that_somebody_looked(ann: Office) -> None:
    command("summary")
    refused("summary", "月坛", "--as", ann.eve)
    lines = [(one.who, one.act, one.outcome, one.reason) for one in ann.audit() if one.act == "summary"]
    assert lines == [(ann.eve, "summary", "refused", "street"), (ann.ann, "summary", "done", "")]


def test_works_that_go_on_are_told_as_they_are_now(ann: Office) -> None:
    day = (NOW + DAY).date()
    ann.must(
        lambda acting: book.record_basic_works(acting, ann.compound, Works.DONE, "区住建委", day), now=NOW + 2 * DAY
    )
    assert f"已完成 · done，区住建委，{day}" in command("summary", "月坛")
