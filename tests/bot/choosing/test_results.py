"""Afterwards: /results when it may be seen, /receipt, and whether one's own was counted, held against verify.py."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ballots import verify
from ballots.roll import Kind
from bot.office import ballots as acts
from bot.office import boxes, reports
from bot.office.boxes import box
from bot.office.correcting import correct
from bot.store.ballots import Ballots
from tests.bot.choosing.kit import CLOSES, ELEVATOR, PARKING, Office, Voter, Voting, said
from tests.bot.rounds.kit import owners


def receipt(voter: Voter) -> str:
    (found,) = re.findall(r"[0-9A-Z]{3}(?:-[0-9A-Z]{3}){3}", voter.last.text)
    return str(found)


def closed(voting: Voting, *voters: Voter, certify: bool = False) -> None:
    voting.closes()
    if certify:
        voting.office.must(lambda a: acts.certify(a, voting.id), now=CLOSES)
    for voter in voters:
        voter.time = CLOSES


def public(voting: Voting, folder: Path) -> Path:
    """The exported public list."""
    listed = voting.office.must(lambda a: reports.public_list(a, voting.id), now=CLOSES)
    file = folder / "public.jsonl"
    file.write_bytes(b"".join(listed.lines))
    return file


# ---- results ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["同意", "不同意", "以后再选"])
def test_before_the_close_of_a_sealed_ballot_it_says_when_and_holds_no_count(voting: Voting, choice: str) -> None:
    voter, other = voting.voter(), voting.voter("s2", 8)
    other.submits(choice, "弃权")
    text = voter("/results")
    assert text == "征询还没有截止，现在没有结果可看。\n3月16日09:00截止，到时发 /results 来看。"
    page = voter.taps("看这次征询")
    assert "已参加1席，共6席" in page and voter.labels == ["开始选"]
    assert voter.tap(f"own:check:{voting.id}:{voting.number()}") == page  # there is nothing to check yet


def test_a_live_ballot_shows_its_counts_and_says_that_they_are_not_final(office: Office) -> None:
    voting = Voting(office, office.opened(live=True, by_name=True))
    voter, other = voting.voter(), voting.voter("s2", 8)
    other.submits("同意", "不同意")
    text = voter("/results")
    assert said("result.state.live") in text
    assert "应征询3，参加1：同意1，不同意0，弃权0，反对0。" in text
    assert "看结果" in (voter.taps("看这次征询") and voter.labels)


def test_after_the_close_the_own_stairwell_is_told_in_full_and_of_all_how_many_reached(voting: Voting) -> None:
    voters = [voting.voter(f"s{n}", 10 + n) for n in range(1, 7)]
    for voter, (lift, parking) in zip(
        voters, [("同意", "同意")] * 3 + [("同意", "同意"), ("不同意", "弃权"), ("不同意", "同意")], strict=True
    ):
        voter.submits(lift, parking)
    closed(voting, *voters)
    first, second = voters[0]("/results"), voters[5]("/results")
    assert "结果：征询" in first and said("result.state.closed") in first
    assert "按单元统计：2处里1处达到。" in first and "按单元统计：2处里1处达到。" in second
    assert "1号楼 1单元 达到。应征询3，参加3：同意3，不同意0，弃权0，反对0。" in first and "2单元" not in first
    assert "1号楼 2单元 未达到。应征询3，参加3：同意1，不同意2，弃权0，反对0。" in second and "1单元" not in second
    assert "应征询6，参加6：同意5，不同意0，弃权1，反对0。" in first
    assert "意愿征询" in first and "通过" not in first  # a survey of wishes reaches a line, it passes nothing
    voting.office.must(lambda a: acts.certify(a, voting.id), now=CLOSES)
    assert "已核定，核定人：安科。" in voters[0]("看结果")
    voters[0]("/language en")
    assert (
        "Certified by 安科." in voters[0]("/results")
        and "1号楼 1单元 Reached. 3 asked, 3 took part" in voters[0].last.text
    )


def test_what_is_missing_is_said_in_heads_and_square_metres(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("反对", "挡光", "同意")
    closed(voting, voter)
    text = voter("/results")
    assert ("还差：" in text and "㎡" in text) or "平方米" in text
    assert re.search(r"还差：参加\d+人", text)


def test_of_a_void_ballot_there_is_no_result(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "同意")
    voting.office.must(lambda a: acts.void(a, voting.id, "写错"), now=CLOSES)
    assert voter("/results") == "本次征询已作废，不计结果。"
    assert (
        voter.taps("看这次征询").split("\n")[1] == "征询：已作废，理由：写错" and "查我的算进去没有" not in voter.labels
    )


def test_of_a_compound_of_a_committee_everybody_sees_the_one_count(office: Office) -> None:
    voting = Voting(office, office.opened(Kind.COMMITTEE, items=(PARKING,)))
    voter = voting.voter("1", kind=Kind.COMMITTEE)
    voter.submits("同意")
    closed(voting, voter)
    assert "应征询3，参加1：同意1" in voter("/results")


# ---- receipts and checks ---------------------------------------------------------------------------------------------


def test_without_a_selection_there_is_no_receipt(voting: Voting) -> None:
    voter = voting.voter()
    assert voter("/receipt") == said("mine.no_receipt", title="征询")
    voter.submits("同意", "弃权")
    first = receipt(voter)
    assert first in voter("/receipt") and "1 多层住宅楼房增设电梯等上下楼设施：同意" in voter.last.text
    closed(voting, voter)
    assert first in voter("我的回执")


def test_the_check_agrees_with_verify_over_the_exported_list(
    voting: Voting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voter, other = voting.voter(), voting.voter("s2", 8)
    voter.submits("同意", "同意")
    other.submits("不同意", "不同意")
    voter("/choose")
    for line in ("改第1项", "反对", "挡光"):
        voter(line)
    voter("提交")
    typed = receipt(voter)
    closed(voting, voter, certify=True)
    text = voter("查我的算进去没有")
    file = public(voting, tmp_path)
    head = voting.head()[1]
    assert verify.main([str(file), "--head", head, "--receipt", typed, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    ((found,),) = told["receipts"].values()
    assert f"{told['lines']}行，前后相接" in text
    assert f"第{found['line']}行（席位编号{found['seat']}）" in text
    assert found["seat"] == voting.number() and found["choices"] == {ELEVATOR: "object", PARKING: "for"}
    assert "1 多层住宅楼房增设电梯等上下楼设施：反对\n2 补建停车位及电动汽车充电设施：同意" in text
    assert told["head"] in text.replace(" ", "") and "挡光" not in text
    # As it stands on the button, too, and in English.
    voter("/choose")
    assert voter.taps("查我的算进去没有") == text
    voter("/language en")
    assert f"line {found['line']} (seat number {found['seat']})" in voter("counted")


def test_whoever_has_not_chosen_is_told_that_nothing_of_theirs_counts(voting: Voting) -> None:
    voter = voting.voter()
    voting.voter("s2", 8).submits("同意", "弃权")
    closed(voting, voter)
    text = voter("查我的算进去没有")
    assert said("check.nothing") in text and "算进去了" not in text


def test_of_a_selection_that_a_correction_has_emptied_nothing_counts(office: Office) -> None:
    voting = Voting(office, office.opened(items=(PARKING,)))
    voter = voting.voter()
    voter.submits("同意")
    office.must(lambda a: correct(a, voting.id, PARKING, "写错", zh="新的。"), now=voter.time)
    closed(voting, voter)
    assert said("check.nothing") in voter("查我的算进去没有")


# ---- a ledger that was tampered with ---------------------------------------------------------------------------------


def tamper(path: Path, *statements: str) -> None:
    """Somebody with the file in their hands, past the program and past its triggers."""
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            raw.execute(f"drop trigger {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount > 0, statement
        raw.commit()


SEAT = "kind = 'cast' and line like '%\"menu-13\":\"for\"%'"


@pytest.mark.parametrize(
    "statement",
    [
        f'update ledger set line = replace(line, \'"menu-13":"for"\', \'"menu-13":"against"\') where {SEAT}',
        'update ledger set line = replace(line, \'"menu-13":"against"\', \'"menu-13":"for"\') where kind = \'cast\'',
        "update ledger set line = 'no line' where kind = 'seat' and n = 3",
        "delete from ledger where n = (select max(n) from ledger)",
        "delete from ledger where kind = 'cast' and n = (select max(n) from ledger where kind = 'cast')",
        "update ballot set hash = '" + "0" * 64 + "'",
        "update ledger set secret = '" + "ab" * 32 + f"' where {SEAT}",
        "insert into ledger (ballot, n, kind, seat, line, secret, private) "
        "select ballot, n + 1, kind, seat, line, secret, private from ledger where n = (select max(n) from ledger)",
    ],
)
def test_a_ledger_that_was_tampered_with_is_never_called_sound(voting: Voting, statement: str) -> None:
    voter, other = voting.voter(), voting.voter("s2", 8)
    voter.submits("同意", "弃权")
    other.submits("不同意", "不同意")
    closed(voting, voter, other)
    sound = voter("查我的算进去没有")
    assert "没有改动" in sound and "没有改动" in other("查我的算进去没有")
    tamper(voting.office.path, statement)
    found = [voter("查我的算进去没有"), other("查我的算进去没有")]
    assert said("check.damaged") in found
    assert found[0] == said("check.damaged")
    for text in found:
        # Where only the secret of somebody's line was changed the list itself is as it was.
        assert "没有改动" not in text or "secret" in statement


@pytest.mark.parametrize("what", ["cast", "certified"])
def test_a_result_that_was_not_counted_before_the_tampering_is_not_told(voting: Voting, what: str) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    closed(voting, voter, certify=True)
    boxes._counted.clear()  # as in another process
    tamper(voting.office.path, f"delete from ledger where kind = '{what}'")
    assert voter.tap(f"own:result:{voting.id}:{voting.number()}") == said("check.damaged")
    text = voter("/choose")  # what cannot be counted is left out
    assert ("已截止" in text or "已核定" in text) and "已参加" not in text


def test_a_choice_and_the_whole_chain_after_it_made_anew_is_seen_by_the_posted_head(voting: Voting) -> None:
    """What no program can see from the file alone is why the head is posted: it is told, to be compared."""
    voter = voting.voter()
    voter.submits("同意", "弃权")
    closed(voting, voter)
    assert voting.head()[1] in voter("查我的算进去没有").replace(" ", "")
    assert said("check.head", head="").rstrip() in voter.last.text


def test_the_count_that_is_kept_is_that_of_the_ledger(voting: Voting) -> None:
    for n, key in enumerate(seat.id for seat in owners().seats):
        voting.voter(key, 20 + n).submits("同意", "弃权")

    def both(tx: object) -> tuple[object, object]:
        ballots = Ballots(tx.connection)  # type: ignore[attr-defined]
        record = ballots.record(voting.id)
        assert record
        return box(ballots, record), ballots.box(voting.id)

    one, other = voting.office.do(both)
    assert one == other
