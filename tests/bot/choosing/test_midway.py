"""What the office does while somebody chooses: each is told plainly at the next step, and what was recorded stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ballots.roll import Unit
from ballots.standing import By, Choice
from bot.channels import unasked
from bot.office import ballots as acts
from bot.office import invitations, paper, rolls
from bot.office.correcting import correct
from bot.store.rolls import Rolls
from tests.bot.choosing.kit import CLOSES, ELEVATOR, PARKING, SOON, Office, Voter, Voting, said
from tests.bot.rounds.kit import owners

FOR = {ELEVATOR: Choice.FOR}


def enter(voting: Voting, key: str = "s1") -> None:
    voting.office.must(lambda a: paper.enter(a, voting.id, key, FOR, {}, "社区小刘"), now=SOON)


def confirm(voting: Voting, key: str = "s1") -> None:
    voting.office.must(lambda a: paper.confirm(a, voting.id, key), voting.office.bob, now=SOON)


def count_paper(voting: Voting) -> None:
    enter(voting)
    confirm(voting)


def decide(voting: Voting, by: By) -> None:
    voting.office.must(lambda a: paper.decide(a, voting.id, "s1", by, "本人来说的"), now=SOON)


def release(voting: Voting) -> None:
    office = voting.office
    seat = office.do(lambda tx: Rolls(tx.connection).ids(office.compound, owners().kind)["s1"])
    office.must(lambda a: invitations.release(a, seat, "手机丢了", unasked.calls), now=SOON)


def change_roll(voting: Voting, *seats: object) -> None:
    office, roll = voting.office, owners()
    after = replace(roll, seats=(*seats, *roll.seats[1:]))  # type: ignore[arg-type]
    office.must(lambda a: rolls.import_roll(a, office.compound, after, {}), now=SOON)


def sell(voting: Voting) -> None:
    change_roll(voting, replace(owners().seats[0], holders=("买家",)))


def close(voting: Voting) -> None:
    voting.office.must(lambda a: acts.close(a, voting.id, "都选完了"), now=SOON)


def certify(voting: Voting) -> None:
    close(voting)
    voting.office.must(lambda a: acts.certify(a, voting.id), now=SOON)


def void(voting: Voting) -> None:
    voting.office.must(lambda a: acts.void(a, voting.id, "事项写错了"), now=SOON)


ENDS: list[tuple[Callable[[Voting], None], str]] = [
    (release, said("choosing.not_yours")),
    (lambda voting: change_roll(voting), said("choosing.not_yours")),
    (sell, said("choosing.not_yours")),
    (close, said("choosing.over.closed")),
    (certify, said("choosing.over.certified")),
    (void, said("choosing.over.void", because="事项写错了")),
    (enter, said("reason.paper-first")),
    (count_paper, said("reason.paper-first")),
]


@pytest.mark.parametrize(
    "step", ["同意", "提交", "开始选", "上一步", "重来", "tap", "old tap", "resume", "question", "/choose"]
)
@pytest.mark.parametrize(("happens", "told"), ENDS)
def test_whatever_ends_it_is_told_at_the_next_step_and_nothing_is_recorded(
    voting: Voting, happens: Callable[[Voting], None], told: str, step: str
) -> None:
    voter = voting.voter()
    voter.chooses("同意")
    walk = voter.session.walk
    assert walk
    taps = {
        "tap": f"walk:choosing:{walk.run}:{PARKING}:for",
        "old tap": f"walk:choosing:{walk.run}:{ELEVATOR}:against",
        "resume": f"resume:{walk.run}",
    }
    happens(voting)
    head = voting.head()
    text = voter.tap(taps[step]) if step in taps else voter("谁出钱" if step == "question" else step)
    if step in ("question", "开始选"):
        assert len(text.split("\n")) > 3 and told in text.split("\n")[-2:]
    elif step != "/choose":
        assert text.removesuffix(f"\n{said('choosing.still_counts')}") == told
    for other in ("walk.not_asked", "walk.first", "walk.put_again"):
        assert said(other) not in text
    assert voting.head() == head
    after = voter.session.walk
    assert step == "/choose" or (after and after.over and after.answers == {})
    assert voter("同意") and voting.head() == head  # nothing waits for an answer any more


def test_what_was_recorded_before_still_counts_and_is_said_to(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    voter("/choose")
    voter("改第1项")
    close(voting)
    assert voter("不同意") == f"{said('choosing.over.closed')}\n{said('choosing.still_counts')}"
    assert voting.choices() == {ELEVATOR: "for", PARKING: "abstain"}
    assert "设施：同意" in voter("/receipt")


def test_of_a_void_ballot_nothing_is_said_to_count(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    voter("/choose")
    void(voting)
    assert voter("提交") == said("choosing.over.void", because="事项写错了")
    assert "已作废，理由：事项写错了" in voter.taps("看这次征询")


def test_closed_by_the_clock_it_is_closed_although_the_closing_is_yet_to_be_written(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    voter("/choose")
    voter("改第1项")
    voter.time = CLOSES
    assert voter("不同意") == f"{said('choosing.over.open')}\n{said('choosing.still_counts')}"
    assert "正在截止" in voter.taps("看这次征询") and "改选" not in voter.labels
    assert said("result.due") in voter("/results")
    voting.closes()
    assert "已截止，等街道办事处核定" in voter("/choose")


def test_a_corrected_item_is_asked_again_is_said_to_be_and_the_other_answers_stay(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("反对", "挡光", "弃权")
    old = voter.data("提交")
    office = voting.office
    office.must(lambda a: correct(a, voting.id, ELEVATOR, "说明写错了", zh="加装电梯，按新的说明。"), now=SOON)
    text = voter.tap(old)
    assert text.startswith(
        f"{said('walk.not_asked')}\n（1/2）楼本体 · 加装电梯，按新的说明。\n{said('choosing.corrected')}"
    )
    assert voting.lines()[-1]["kind"] == "corrected"
    assert "为什么反对" in voter("反对")  # the earlier reason was about the earlier wording
    text = voter("还是挡光")
    assert "反对（还是挡光）" in text and "2 补建停车位及电动汽车充电设施：弃权" in text
    voter("提交")
    assert voting.choices() == {ELEVATOR: "object", PARKING: "abstain"}
    assert said("choosing.corrected") not in voter("/choose")


def test_an_item_corrected_after_it_was_chosen_is_asked_again_at_the_next_time(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    office = voting.office
    for zh in ("一版。", "二版。"):
        office.must(lambda a, zh=zh: correct(a, voting.id, ELEVATOR, "写错", zh=zh), now=SOON)  # type: ignore[misc]
        assert voting.choices() == {PARKING: "abstain"}
        assert said("choosing.corrected") in voter("/choose") and zh in voter.last.text
        voter("不同意")
        voter("提交")
        assert voting.choices() == {ELEVATOR: "against", PARKING: "abstain"}
    assert [line["kind"] for line in voting.lines()] == ["cast", *["corrected", "changed"] * 2]


def test_a_roll_corrected_midway_asks_only_what_concerns_the_seat_then(office: Office) -> None:
    voting = Voting(office, office.opened())
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    old = voter.data("提交")
    change_roll(voting, replace(owners().seats[0], units=(Unit("1号楼", "3单元", "101", 5000),)))
    text = voter.tap(old)
    assert text.startswith(said("choosing.outdated")) and "电梯" not in text
    assert "1 补建停车位及电动汽车充电设施：弃权" in text
    voter("提交")
    assert voting.choices() == {PARKING: "abstain"}


def test_a_flat_moved_into_another_stairwell_is_counted_there(voting: Voting) -> None:
    voter = voting.voter()
    assert "您的是1号楼 1单元" in voter.begins()
    change_roll(voting, replace(owners().seats[0], units=(Unit("1号楼", "2单元", "901", 5000),)))
    assert "您的是1号楼 2单元" in voter("/choose")


def test_paper_and_online_never_both_count_and_the_office_decides(voting: Voting) -> None:
    voter = voting.voter()
    enter(voting)
    assert said("reason.paper-first") in voter("/choose") and "您这一席还没有选" in voter.last.text
    confirm(voting)
    assert "交的是纸质选单，已经计入" in voter("/choose") and "开始选" not in voter.labels
    assert voting.standing().by is By.PAPER
    decide(voting, By.ONLINE)
    voter("/choose")  # what the paper says is not taken for what is typed here
    assert "征询：一共2项" in voter.last.text
    for line in ("开始选", "不同意", "弃权"):
        voter(line)
    assert voter("提交").startswith("改好了")
    assert voting.choices() == {ELEVATOR: "against", PARKING: "abstain"} and voting.standing().by is By.ONLINE


def test_decided_for_paper_midway_nothing_is_taken_online(voting: Voting) -> None:
    voter = voting.voter()
    enter(voting)
    decide(voting, By.ONLINE)
    voter.chooses("同意", "弃权")
    decide(voting, By.PAPER)
    assert voter("提交") == said("reason.decided-paper") and voting.standing().by is By.NOBODY


def test_a_seat_let_go_and_joined_anew_goes_on_from_what_counts(voting: Voting) -> None:
    old = voting.voter()
    old.submits("同意", "弃权")
    old("/choose")
    release(voting)
    new = voting.voter("s1", 8)
    assert old("提交") == said("choosing.not_yours") and old("/receipt") == said("mine.no_seat")
    assert new("/choose").startswith(said("choosing.review_again"))
    new("改第1项")
    new("不同意")
    assert new("提交").startswith("改好了")
    assert voting.choices()[ELEVATOR] == "against" and Voter(voting.office, 9)("/choose") == said("mine.no_seat")


def test_a_seat_that_was_sold_begins_anew_and_sees_nothing_of_before(voting: Voting) -> None:
    old = voting.voter()
    old.submits("反对", "挡光", "弃权")
    sell(voting)
    new = voting.voter("s1", 8)
    text = new("/choose")
    assert "征询：一共2项" in text and "挡光" not in text and voting.choices() == {}
    new("先不选了")
    assert "还没有选" in new.tap(f"own:page:{voting.id}:{voting.number()}") and "我的回执" not in new.labels
    assert old("/receipt") == said("mine.no_seat")
