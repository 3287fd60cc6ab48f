"""The first selection, changes until the close, repetitions: the last counts, all stand in the ledger."""

import re
from datetime import timedelta

from bot.office import ballots as acts
from tests.bot.choosing.kit import ALL, CLOSES, ELEVATOR, PARKING, SOON, Office, Voter, Voting, said


def receipt(voter: Voter) -> str:
    (found,) = re.findall(r"[0-9A-Z]{3}(?:-[0-9A-Z]{3}){3}", voter.last.text)
    return str(found)


def test_the_first_is_recorded_the_later_change_it_and_the_last_counts(voting: Voting) -> None:
    voter = voting.voter()
    assert voter.submits("同意", "弃权").startswith("收到了。回执 ")
    assert "3月16日09:00以前可以改" in voter.last.text and said("choosing.keep_receipt") in voter.last.text
    receipts = [receipt(voter)]
    for word in ("不同意", "弃权", "同意"):
        voter("/choose")
        voter("改第2项")
        voter(word)
        assert voter("提交").startswith("改好了，以这一次为准。新回执 ")
        receipts.append(receipt(voter))
    assert len(set(receipts)) == 4
    assert [line["kind"] for line in voting.lines()] == ["cast", *["changed"] * 3]
    assert [line["choices"][PARKING] for line in voting.lines()] == ["abstain", "against", "abstain", "for"]
    assert voting.choices() == {ELEVATOR: "for", PARKING: "for"}
    assert receipts[-1] in voter("/receipt") and receipts[0] not in voter.last.text


def test_the_same_once_more_keeps_the_receipt_and_adds_no_line(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("反对", "挡光", "弃权")
    first, head = receipt(voter), voting.head()
    voter("/choose")
    assert voter("提交").startswith("和上次选的一样，没有变。") and receipt(voter) == first
    assert voting.head() == head


def test_whoever_comes_back_begins_with_what_counts_now(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("反对", "挡光", "以后再选")
    voter.time = SOON.replace(day=14)
    text = voter("/choose")
    assert text.split("\n") == [
        said("choosing.review_again"),
        "1 多层住宅楼房增设电梯等上下楼设施：反对（挡光）",
        "2 补建停车位及电动汽车充电设施：还没选",
    ]
    voter("改第2项")
    assert "反对（挡光）" in voter("同意")
    voter("提交")
    assert voting.choices() == {ELEVATOR: "object", PARKING: "for"}


def test_items_left_out_are_no_participation_and_said_to_be_none(office: Office) -> None:
    voting = Voting(office, office.opened(items=ALL))
    voter = voting.voter()
    text = voter.chooses(*["跳过"] * 7, "同意")
    assert text.split("\n")[1] == said("choosing.review_part")
    voter("提交")
    assert voting.choices() == {ALL[7]: "for"}
    # One that was chosen can be taken back.
    voter("/choose")
    voter("改第8项")
    voter("以后再选")
    assert said("choosing.none") in voter.last.text
    voter("改第1项")
    voter("弃权")
    voter("提交")
    assert voting.choices() == {ALL[0]: "abstain"}


def test_a_change_that_is_not_submitted_changes_nothing(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    voter("/choose")
    voter("改第1项")
    voter("不同意")
    voter("先不选了")
    assert voting.choices()[ELEVATOR] == "for"
    assert "设施：同意" in voter("/choose").split("\n")[1]


def test_the_close_that_was_moved_is_the_one_that_is_told(voting: Voting) -> None:
    voter = voting.voter()
    voter("/choose")
    later = CLOSES.replace(day=20)
    voting.office.must(lambda acting: acts.extend(acting, voting.id, later, "停电"), now=SOON)
    voter("开始选")
    voter("同意")
    voter("同意")
    voter.time = CLOSES.replace(day=19)
    assert "3月20日09:00以前可以改" in voter("提交")


def test_until_the_last_second_and_not_in_that_of_the_close(voting: Voting) -> None:
    voter, late = voting.voter(), voting.voter("s2", 8)
    for one in (voter, late):
        one.chooses("同意", "弃权")
    voter.time, late.time = CLOSES - timedelta(seconds=1), CLOSES
    assert voter("提交").startswith("收到了")
    assert late("提交") == said("choosing.over.open")
    assert voting.choices("s2") == {} and [line["kind"] for line in voting.lines()] == ["cast"]
