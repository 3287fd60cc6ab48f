"""Several seats of one account, people of one name, and written proxies."""

from dataclasses import replace

import pytest

from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import proxies, rolls
from bot.store.rolls import Rolls
from tests.bot.choosing.kit import CLOSES, ELEVATOR, NOW, PARKING, SOON, Office, Voter, Voting, said
from tests.bot.rounds.kit import owners


def appoint(voting: Voting, holder: str, key: str = "s2") -> None:
    voting.office.must(lambda a: proxies.appoint(a, voting.id, key, holder), now=SOON)


def revoke(voting: Voting, key: str = "s2") -> None:
    voting.office.must(lambda a: proxies.revoke(a, voting.id, key), now=SOON)


@pytest.fixture
def trusting(office: Office) -> Voting:
    """A ballot in which one person may hold two proxies."""
    return Voting(office, office.opened(proxies=2))


# ---- two seats -------------------------------------------------------------------------------------------------------


def test_whoever_has_two_seats_is_asked_which_and_each_has_its_own_receipt(voting: Voting) -> None:
    voter = voting.voter("s1")
    voting.joins(voter, "s4")
    assert voter("/choose") == said("mine.which.begin")
    assert [label.partition(" · ")[0] for label in voter.labels] == [
        "白云里小区业主 1号楼 1单元 101 王**",
        "白云里小区业主 1号楼 2单元 101 刘**",
    ]
    receipts = []
    for key, word in (("1单元 101", "同意"), ("2单元 101", "不同意")):
        voter("/choose")
        if said("mine.which.begin") in voter.last.text:
            voter.taps(key)
        assert key in voter.last.text
        for line in ("开始选", word, "弃权", "提交"):
            voter(line)
        receipts.append(voter.last.text.split("回执 ")[1][:15])
        voter.taps("看这次征询")
        assert key in voter.last.text
    assert (voting.choices("s1")[ELEVATOR], voting.choices("s4")[ELEVATOR]) == ("for", "against")
    assert len(set(receipts)) == 2
    for command, which in (("/receipt", "receipt"), ("/results", "result"), ("查我的算进去没有", "check")):
        assert voter(command) == said(f"mine.which.{which}") and len(voter.labels) == 2
    voter("/receipt")
    assert receipts[1] in voter.taps("2单元 101") and receipts[0] not in voter.last.text


def test_the_other_seat_begun_midway_says_that_the_first_is_not_submitted(voting: Voting) -> None:
    voter = voting.voter("s1")
    voting.joins(voter, "s4")
    voter("/choose")
    voter.taps("1单元 101")
    voter("开始选")
    voter("同意")
    voter("/choose")
    text = voter.taps("2单元 101")
    assert text.startswith(said("choosing.left")) and "2单元 101" in text and voting.lines() == []


def test_two_ballots_of_one_seat_are_told_apart_by_their_titles(office: Office) -> None:
    first, second = Voting(office, office.opened()), Voting(office, office.opened(items=(PARKING,)))
    voter = first.voter()
    voter("/choose")
    assert len(voter.labels) == 2
    voter.tap(f"begin:choosing:ballot={second.id},number={second.number()}")
    for line in ("开始选", "弃权", "提交"):
        voter(line)
    assert second.choices() == {PARKING: "abstain"} and first.choices() == {}


# ---- proxies ---------------------------------------------------------------------------------------------------------


def test_whoever_holds_a_written_proxy_chooses_for_the_other_seat_and_is_told_so(trusting: Voting) -> None:
    voter, other = trusting.voter("s1"), trusting.voter("s2", 8)
    appoint(trusting, " 王 建国")
    voter("/choose")
    assert [("受委托" in label) for label in voter.labels] == [False, True]
    assert "（您受委托代选）" in voter.taps("受委托") and "李**" in voter.last.text
    for line in ("开始选", "同意", "弃权"):
        voter(line)
    assert voter("提交").startswith("收到了")
    assert trusting.choices("s2") == {ELEVATOR: "for", PARKING: "abstain"} and trusting.choices("s1") == {}
    assert trusting.lines()[-1]["by"] == "proxy"
    assert "您替这一席选过了" in voter.taps("看这次征询") and "我的回执" in voter.labels
    assert "由受托人选过了" in other("/choose") or "征询：一共2项" in other.last.text


def test_ones_own_vote_wins_and_the_proxy_never_sees_what_it_is(trusting: Voting) -> None:
    voter, other = trusting.voter("s1"), trusting.voter("s2", 8)
    appoint(trusting, "王建国")
    voter("/choose")
    voter.taps("受委托")
    for line in ("开始选", "同意", "同意"):
        voter(line)
    mine = f"own:{{}}:{trusting.id}:{trusting.number('s2')}"
    other.submits("反对", "我自己来说", "不同意")
    assert other.last.text.startswith("收到了")
    assert voter("提交") == said("reason.own-vote")
    shown = [voter.tap(mine.format(what)) for what in ("page", "receipt", "result", "check")]
    shown += [voter(line) for line in ("/choose", "/receipt", "/results")]
    receipt = other.last.text.split("回执 ")[1][:15]
    for text in shown:
        assert (
            "我自己来说" not in text and receipt not in text and "设施：反对" not in text and "设施：不同意" not in text
        )
    assert "本人选过了" in shown[0] and said("reason.own-vote") in shown[0]
    assert trusting.choices("s2") == {ELEVATOR: "object", PARKING: "against"}


def test_the_seat_itself_sees_that_a_proxy_chose_and_may_choose_over_it(trusting: Voting) -> None:
    voter, other = trusting.voter("s1"), trusting.voter("s2", 8)
    appoint(trusting, "王建国")
    voter("/choose")
    voter.taps("受委托")
    for line in ("开始选", "同意", "同意", "提交"):
        voter(line)
    assert "由受托人选过了" in other.tap(f"own:page:{trusting.id}:{trusting.number('s2')}")
    assert "征询：一共2项" in other("/choose")  # what somebody else chose is not put into one's own mouth
    for line in ("开始选", "不同意", "弃权"):
        other(line)
    assert other("提交").startswith("改好了")
    assert trusting.lines()[-1]["by"] == "online" and trusting.choices("s2")[ELEVATOR] == "against"


def test_a_proxy_that_is_revoked_stops_at_once_and_what_it_chose_no_longer_counts(trusting: Voting) -> None:
    voter = trusting.voter("s1")
    appoint(trusting, "王建国")
    voter("/choose")
    voter.taps("受委托")
    for line in ("开始选", "同意", "同意", "提交"):
        voter(line)
    page = voter.data("看这次征询")
    voter.tap(f"begin:choosing:ballot={trusting.id},number={trusting.number('s2')}")
    revoke(trusting)
    assert voter("提交") == said("choosing.not_yours") and trusting.choices("s2") == {}
    assert voter.tap(page) == said("chat.button_unknown")
    assert "受委托" not in voter("/choose") + "".join(voter.labels)


def test_a_name_that_nobody_of_the_roll_has_gives_nobody_the_right(trusting: Voting) -> None:
    voter = trusting.voter("s1")
    appoint(trusting, "王建")
    assert "征询：一共2项" in voter("/choose") and "受委托" not in voter.last.text


def test_of_two_people_of_one_name_neither_may_choose_by_proxy(office: Office) -> None:
    seats = [
        Seat(f"s{n}", (name,), (Unit("1号楼", "1单元", f"{n}01", 5000),))
        for n, name in enumerate(("王建国", "李秀英", "王建国"), 1)
    ]
    roll = Roll(Kind.OWNERS, tuple(seats))
    before = office.do(lambda tx: Rolls(tx.connection).roll(office.compound, Kind.OWNERS))
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, before, roll, NOW))
    voting = Voting(office, office.opened(proxies=2))
    one, two = voting.voter("s1"), voting.voter("s3", 8)
    appoint(voting, "王建国")
    for voter in (one, two):
        assert "征询：一共2项" in voter("/choose") and "受委托" not in voter.last.text
        assert voter.tap(f"begin:choosing:ballot={voting.id},number={voting.number('s2')}").endswith(
            said("choosing.not_yours")
        )
    # Each still speaks for their own seat alone.
    one("/choose")
    for line in ("开始选", "同意", "同意", "提交"):
        one(line)
    assert voting.choices("s1") and not voting.choices("s2") and not voting.choices("s3")


def test_one_who_has_left_the_roll_makes_a_name_no_longer_ambiguous(trusting: Voting) -> None:
    """A seat that was taken off and put on again is one seat, held in one name."""
    office, roll = trusting.office, owners()
    for after in (replace(roll, seats=roll.seats[1:]), roll):
        office.must(lambda a, after=after: rolls.import_roll(a, office.compound, after, {}), now=SOON)  # type: ignore[misc]
    voter = trusting.voter("s1")
    appoint(trusting, "王建国")
    voter("/choose")
    assert any("受委托" in label for label in voter.labels)


def test_after_the_close_a_proxy_sees_nothing_of_the_seat(trusting: Voting) -> None:
    voter = trusting.voter("s1")
    appoint(trusting, "王建国")
    voter("/choose")
    voter.taps("受委托")
    for line in ("开始选", "同意", "同意", "提交"):
        voter(line)
    page = voter.data("看这次征询")
    trusting.closes()
    voter.time = CLOSES
    for what in ("page", "receipt", "result", "check"):
        assert voter.tap(page.replace("page", what)) == said("chat.button_unknown")


# ---- where others read along -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["/choose", "/results", "/receipt", "选菜单", "看结果", "回执", "查我的算进去没有"])
def test_in_a_group_nothing_of_seats_is_said(voting: Voting, line: str) -> None:
    voter = voting.voter()
    voter.submits("反对", "挡光", "弃权")
    crowd = Voter(voting.office, 7, group=True)
    assert crowd(line) == said("mine.public") and crowd.labels == []


def test_in_a_group_no_button_of_a_seat_does_anything(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    submit = voter.data("提交")
    crowd = Voter(voting.office, 7, group=True)
    for what in ("page", "receipt", "result", "check"):
        assert crowd.tap(f"own:{what}:{voting.id}:{voting.number()}") == said("chat.button_unknown")
    assert crowd.tap(submit) == said("walk.closed")
    assert crowd.tap(f"begin:choosing:ballot={voting.id},number={voting.number()}") == said("choosing.not_yours")
    assert voting.lines() == [] and voter("提交").startswith("收到了")


def test_somebody_elses_seat_in_anybodys_chat_is_not_shown(voting: Voting) -> None:
    voting.voter().submits("同意", "弃权")
    stranger = Voter(voting.office, 9)
    for what in ("page", "receipt", "result", "check"):
        assert stranger.tap(f"own:{what}:{voting.id}:{voting.number()}") == said("chat.button_unknown")
