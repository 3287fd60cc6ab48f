"""Something else in the middle of choosing: it is answered, the way back stands below, and nothing is lost by it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.events import Other, Text
from tests.bot.choosing.kit import ELEVATOR, PARKING, Voter, Voting, said
from tests.dialogs.kit import LIFT
from tests.lengths import examples

VOTES = ["同意", "不同意", "弃权", "反对并说明理由"]


def answers(voter: Voter) -> dict[str, str]:
    assert voter.session.walk
    return dict(voter.session.walk.answers)


@pytest.mark.parametrize(
    "question", ["三楼以上才用得着，一楼也要出钱吗", "谁出钱", "我们楼能装电梯吗", "停车位怎么办", "今天天气怎么样"]
)
def test_a_question_is_answered_and_the_item_put_again_with_its_buttons(voting: Voting, question: str) -> None:
    voter = voting.voter()
    voter.begins()
    voter("同意")
    before = answers(voter)
    text = voter(question)
    assert f"{said('walk.put_again')}\n（2/2）" in text and answers(voter) == before
    assert voter.labels[:4] == VOTES and "先不选了" in voter.labels
    assert len(set(voter.labels)) == len(voter.labels)  # nobody could tell two of one name apart
    assert voter.taps("弃权").startswith(f"记下了：弃权。\n{said('choosing.review')}")


@pytest.mark.parametrize(
    "text",
    [
        "同意吧？",
        "我不太同意但是…",
        "同意吗",
        "不，同意",
        "同意，但是一楼不出钱",
        "同意❌",
        "不反对",
        "好",
        "都行",
        "没意见",
        "agree?",
    ],
)
def test_what_only_resembles_a_vote_is_none_and_the_item_stands_open(voting: Voting, text: str) -> None:
    voter = voting.voter()
    voter.begins()
    before = answers(voter)
    voter("/language zh")
    assert voter(text).endswith("（1/2）楼本体 · 给多层住宅楼加装电梯等上下楼设施。")
    assert answers(voter) == before and voter.labels[:4] == VOTES


def test_the_original_words_and_the_way_back(voting: Voting) -> None:
    voter = voting.voter()
    item = voter.begins()
    assert LIFT.strip("「」") in voter.taps("看原文全文") and voter.labels[-1] == "回到刚才的问题"
    assert voter.taps("回到刚才的问题") == item
    voter.taps("看原文全文")
    assert voter("不同意").startswith("记下了：不同意。\n（2/2）")  # the question was never gone


def test_asking_about_the_item_and_the_way_back(voting: Voting) -> None:
    voter = voting.voter()
    item = voter.begins()
    assert "想问什么" in voter.taps("问问这一项") or "电梯" in voter.last.text
    labels = voter.labels
    assert labels[-1] == "回到刚才的问题" and len(labels) > 1
    assert "（1/2）" in voter.tap(voter.last.buttons[0].tap) and voter.labels[:4] == VOTES
    voter.taps("问问这一项")
    assert "（1/2）" in voter("谁出钱")  # about that item, then the question again
    voter.taps("问问这一项")
    assert voter.taps("回到刚才的问题") == item


def test_a_page_and_other_commands_in_between_lose_nothing(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    voter("弃权")
    before = answers(voter)
    for line in ("/menu", "/help", "/results", "/receipt", "帮助", "/clause 二（二）", "/privacy", "/unknown"):
        voter(line)
        assert answers(voter) == before, line
    assert "（2/2）" in voter("/choose") and answers(voter) == before
    assert voter("弃权").startswith(f"记下了：弃权。\n{said('choosing.review')}")


def test_pictures_voices_and_corrected_messages_are_no_votes(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    before = answers(voter)
    for event in (Other("voice"), Text("同意", beside="photo"), Text("同意", edited=True), Text("", beside="photo")):
        assert voter._does(event) and answers(voter) == before
    assert "（2/2）" in voter("同意")


def test_a_digression_at_the_look_at_all_shows_it_again(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    assert "1 多层住宅楼房增设电梯等上下楼设施：同意" in voter("验收谁管") and "提交" in voter.labels
    assert voter("不提交") and voting.lines() == []
    assert voter("提交吗") and voting.lines() == []
    assert voter.taps("提交").startswith("收到了")


def test_another_dialog_over_it_says_that_nothing_was_submitted(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    voter("同意")
    assert voter("/check").startswith(said("choosing.left")) and voting.lines() == []
    assert voter.tap("begin:choosing:ballot=none,number=1") == said("choosing.not_yours")
    voter.submits("同意", "同意")
    voter("/choose")  # nothing of it is new
    assert said("choosing.left") not in voter("/check")


def test_stopping_says_what_counts_and_beginning_anew_begins_at_the_card(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意")
    assert voter("先不选了") == said("choosing.cancelled") and voter.session.walk is None
    assert "征询：一共2项" in voter("/choose") and voting.lines() == []
    assert voter.taps("先不选了") == said("choosing.cancelled")


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["谁出钱", "/menu", "上一步", "原文", "?", "同意吗", "1楼", "改第1项", "重来", "/choose"]),
        max_size=6,
    )
)
def test_whatever_comes_between_only_closed_words_ever_vote(voting: Voting, lines: list[str]) -> None:
    voter = voting.voter()
    if voter.session.walk:
        voter("取消")
    voter.begins()
    for line in lines:
        voter(line)
    walk = voter.session.walk
    assert walk and not {ELEVATOR, PARKING} & set(walk.answers) and voting.lines() == []
