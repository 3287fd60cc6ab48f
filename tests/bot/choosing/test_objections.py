"""Objections: their reasons are asked for, said back, kept in the ledger's private words, and told plainly if unfit."""

import pytest

from ballots.casting import LONGEST_REASON
from bot.office import reports
from bot.store.ballots import Ballots
from tests.bot.choosing.kit import ALL, CLOSES, ELEVATOR, Office, Voter, Voting, said


def objects(voting: Voting) -> Voter:
    """Somebody who is asked why they object to the elevator."""
    voter = voting.voter()
    voter.begins()
    assert "为什么反对“多层住宅楼房增设电梯等上下楼设施”" in voter.taps("反对并说明理由")
    return voter


def reasons(voting: Voting) -> list[str]:
    """The reasons in the ledger's private words."""
    numbers = [line["n"] for line in voting.lines() if line["kind"] in ("cast", "changed")]
    kept = voting.office.do(lambda tx: [Ballots(tx.connection).private(voting.id, n) for n in numbers])
    return [words.get(f"reason {ELEVATOR}", "") for words in kept]


def test_the_reason_is_asked_shown_kept_and_on_the_list_to_be_talked_over(voting: Voting) -> None:
    voter = objects(voting)
    assert voter.labels == ["上一步", "先不选了"]
    assert voter("一楼挡光，而且吵").startswith("记下了：一楼挡光，而且吵。\n（2/2）")
    assert "1 多层住宅楼房增设电梯等上下楼设施：反对（一楼挡光，而且吵）" in voter("同意")
    voter("提交")
    assert voting.choices() == {ELEVATOR: "object", "menu-31": "for"} and reasons(voting) == ["一楼挡光，而且吵"]
    assert "挡光" not in str(voting.lines())
    assert "挡光" not in voter("/receipt")
    voting.closes()
    listed = voting.office.must(lambda acting: reports.objected(acting, voting.id), now=CLOSES)
    (objection,) = listed.objections
    assert (objection.item, objection.number, objection.reason) == (ELEVATOR, voting.number(), "一楼挡光，而且吵")


@pytest.mark.parametrize("text", ["", "   ", "\n\u3000\n", "\u200b\u2060", "。。。", "？！", "\x00\x07", "\ufe0f"])
def test_an_empty_reason_is_told_and_asked_for_again(voting: Voting, text: str) -> None:
    voter = objects(voting)
    assert voter(text).startswith(f"{said('choosing.why_empty')}\n为什么反对")
    assert voter("挡光").startswith("记下了：挡光。")


@pytest.mark.parametrize("count", [LONGEST_REASON + 1, 10_000, 100_000])
def test_a_reason_that_is_too_long_is_told_with_the_limit(voting: Voting, count: int) -> None:
    voter = objects(voting)
    first, second = voter("长" * count).split("\n")
    assert first == said("choosing.why_long", count=count, longest=LONGEST_REASON) and second.startswith("为什么反对")
    assert "长" * 20 not in voter.kept and voting.lines() == []
    assert voter("挡光").startswith("记下了：挡光。")


def test_the_longest_reason_is_kept_whole_and_said_back_short(voting: Voting) -> None:
    voter = objects(voting)
    reason = "理" * (LONGEST_REASON - 1) + "由"
    voter(reason)
    text = voter("弃权")
    assert "理" * 100 + "…" in text and len(text) < 400
    voter("提交")
    assert reasons(voting) == [reason]


def test_eight_long_reasons_fit_one_message(office: Office) -> None:
    voting = Voting(office, office.opened(items=ALL))
    voter = voting.voter()
    voter.begins()
    for _ in ALL:
        voter("反对")
        voter("理由。" * 300)
    assert len(voter.last.text) < 4096 and voter("提交").startswith("收到了")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>挡光</b> & \"吵\" '旧'", "<b>挡光</b> & \"吵\" '旧'"),
        ("😡🏚️", "😡🏚️"),
        ("半个\ud83d字", "半个?字"),
        ("\ud83d", None),
        ("  一\n二\t三  ", "一\n二\t三"),
        ("'; drop table ledger; --", "'; drop table ledger; --"),
        ("{item} {0} %s", "{item} {0} %s"),
        ("=1+1", "=1+1"),
        ("同意", "同意"),
        ("不出钱行吗？", "不出钱行吗？"),
        ("reason\u202egnol", "reason\u202egnol"),
    ],
)
def test_whatever_is_typed_as_a_reason_is_kept_as_it_is(voting: Voting, text: str, kept: str | None) -> None:
    voter = objects(voting)
    if kept is None:
        assert voter(text).startswith(said("choosing.why_empty"))
        return
    assert voter(text).startswith("记下了：")
    row = voter("同意").split("\n")[2]
    assert row == f"1 多层住宅楼房增设电梯等上下楼设施：反对（{' '.join(kept.split())}）"
    voter("提交")
    assert reasons(voting) == [kept]
    assert voter("/choose").split("\n")[1] == row  # as it is known later


def test_a_number_presses_a_button_and_is_no_reason(voting: Voting) -> None:
    voter = objects(voting)
    assert "（1/2）" in voter("1")
    voter("反对")
    assert voter("99") == said("chat.number_unknown") and voter.session.walk
    assert voter("２") == said("choosing.cancelled")


def test_back_from_the_reason_asks_the_item_again(voting: Voting) -> None:
    voter = objects(voting)
    assert "（1/2）" in voter("上一步")
    assert "（2/2）" in voter("同意") and voter("同意") and "（" not in voter.last.text.split("\n")[2]


def test_the_reason_can_be_changed_from_the_look_at_all(voting: Voting) -> None:
    voter = objects(voting)
    voter("挡光")
    voter("同意")
    assert "（1/2）" in voter.taps("改第1项")
    assert "为什么反对" in voter("反对")
    assert "反对（太吵）" in voter("太吵")
    voter("提交")
    assert reasons(voting) == ["太吵"]
    # Once more, when it is known from the ledger.
    voter("/choose")
    voter.taps("改第1项")
    voter("反对")
    assert "反对（怕漏水）" in voter("怕漏水") and voter("提交").startswith("改好了")
    assert reasons(voting) == ["太吵", "怕漏水"]


def test_whoever_no_longer_objects_leaves_no_reason(voting: Voting) -> None:
    voter = objects(voting)
    voter("挡光")
    voter("同意")
    voter.taps("改第1项")
    voter("同意")
    assert "挡光" not in voter.last.text and "挡光" not in voter.kept
    voter("提交")
    assert reasons(voting) == [""]


def test_a_reason_that_looks_like_a_code_or_a_command_is_taken_for_what_it_looks_like(voting: Voting) -> None:
    voter = objects(voting)
    voter("/help")
    assert voter.session.walk and f"{ELEVATOR}.why" not in voter.session.walk.answers
    assert voter("挡光").startswith("记下了：挡光。")
