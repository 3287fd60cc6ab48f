"""Old, forged and doubled taps: one clear sentence each, and nothing half done."""

import pytest

from ballots.roll import Kind
from bot.office import rolls
from dialogs import taps
from tests.bot.choosing.kit import ELEVATOR, PARKING, SOON, Office, Voter, Voting, said
from tests.bot.rounds.kit import owners


def run(voter: Voter) -> int:
    assert voter.session.walk
    return voter.session.walk.run


def test_an_old_button_of_an_earlier_question_changes_that_answer_and_shows_the_open_one(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    old = voter.data("不同意")
    voter("同意")
    assert voter.tap(old).startswith("改成了：不同意。\n（2/2）")
    assert voter.tap(old).startswith("（2/2）")  # once more it says nothing new
    voter("弃权")
    assert "设施：不同意" in voter.last.text and voting.lines() == []


def test_a_submit_button_from_before_a_change_submits_nothing_and_shows_what_is_chosen_now(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    old = voter.data("提交")
    voter.taps("改第2项")
    voter("不同意")
    new = voter.data("提交")
    assert old != new
    text = voter.tap(old)
    assert text.startswith(f"{said('choosing.outdated')}\n{said('choosing.review')}")
    assert "2 补建停车位及电动汽车充电设施：不同意" in text and voting.lines() == []
    assert voter.tap(new).startswith("收到了") and voting.choices() == {ELEVATOR: "for", PARKING: "against"}


def test_a_submit_button_from_before_another_reason_submits_nothing(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("反对", "挡光", "同意")
    old = voter.data("提交")
    for line in ("改第1项", "反对", "太吵"):
        voter(line)
    assert voter.tap(old).startswith(said("choosing.outdated")) and voting.lines() == []


def test_a_doubled_tap_on_submit_records_once_and_says_that_it_is_over(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    submit, head = voter.data("提交"), voting.head()
    assert voter.tap(submit).startswith("收到了")
    kept = voting.head()
    assert kept[0] == head[0] + 1
    for _ in range(3):
        assert voter.tap(submit) == said("walk.closed")
    assert voting.head() == kept


def test_doubled_taps_of_a_choice_do_not_answer_the_next_question(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    tap = voter.data("同意")
    assert "（2/2）" in voter.tap(tap) and "（2/2）" in voter.tap(tap)
    assert voter.session.walk and voter.session.walk.answers == {"card": "begin", ELEVATOR: "for"}


def test_every_button_of_a_finished_walk_says_so_and_does_nothing(voting: Voting) -> None:
    voter, seen = voting.voter(), set[str]()
    for line in ("/choose", "开始选", "反对", "挡光", "弃权", "提交"):
        voter(line)
        seen |= {button.tap for button in voter.last.buttons if not button.tap.startswith("own:")}
    head = voting.head()
    walked = [tap for tap in seen if tap.startswith(("walk:", "back:", "cancel:", "change:"))]
    assert len(walked) > 12
    for tap in walked:
        assert voter.tap(tap) == said("walk.closed"), tap
    assert voting.head() == head and voter.session.walk and voter.session.walk.over
    voter("/choose")  # a new run: what belonged to the old one stays dead
    before = voter.session.walk.answers
    for tap in walked:
        assert voter.tap(tap) == said("walk.closed"), tap
    assert voter.session.walk.answers == before and voting.head() == head


@pytest.mark.parametrize(
    "form",
    [
        "walk:choosing:{run}:menu-13:yes",  # a value that is none
        "walk:choosing:{run}:menu-13:FOR",
        "walk:choosing:{run}:menu-13:同意",
        "walk:choosing:{run}:menu-13:" + "1" * 30,
        "walk:choosing:{run}:menu-14:for",  # an item that is not asked
        "walk:choosing:{run}:menu-99:for",
        "walk:choosing:{run}:menu-13.1:for",  # a correction that never was
        "walk:choosing:{run}:menu-13.why:x",  # a reason before the objection
        "walk:choosing:{run}:menu-31:for",  # a question not asked yet
        "walk:choosing:{run}:review:submit00000000",
        "walk:choosing:{run}:cast:recorded",  # what the office's side says
        "walk:choosing:{run}:cast:{{}}",
        "walk:eligibility:{run}:menu-13:for",
        "walk:choosing:" + "9" * 30 + ":menu-13:for",
        "walk:choosing:999999999:menu-13:for",
        "walk:choosing:0:menu-13:for",
        "change:{run}:cast",
        "change:{run}:nothing",
        "begin:choosing",
        "begin:choosing:ballot={ballot}",
        "begin:choosing:ballot={ballot},number=0",
        "begin:choosing:ballot={ballot},number={other}",  # somebody else's seat
        "begin:choosing:ballot={foreign},number={number}",  # a ballot of others
        "begin:choosing:ballot=none,number={number}",
        "begin:choosing:ballot={ballot},number=" + "9" * 9,
        "begin:choosing:ballot={ballot},number=" + "1" * 30,
        "begin:choosing:ballot={ballot},number=-1",
        "begin:choosing:ballot={ballot},number=x",
        *(f"own:{what}:{{ballot}}:{{other}}" for what in taps.OWN),
        *(f"own:{what}:{{foreign}}:{{number}}" for what in taps.OWN),
        "own:page:{ballot}:" + "9" * 9,
        "own:page:{ballot}:" + "9" * 30,
        "own:secret:{ballot}:{number}",
        "own:page:{ballot}:-1",
    ],
)
def test_a_forged_tap_is_one_plain_reply_and_changes_no_ledger(office: Office, form: str) -> None:
    voting, foreign = Voting(office, office.opened()), Voting(office, office.opened(Kind.COMMITTEE))
    other = voting.voter("s2", 8)
    other.submits("反对", "怕吵", "弃权")
    voter = voting.voter()
    voter.begins()
    heads, before = (voting.head(), foreign.head()), dict(voter.session.walk.answers) if voter.session.walk else {}
    data = form.format(
        run=run(voter), ballot=voting.id, foreign=foreign.id, number=voting.number(), other=voting.number("s2")
    )
    text = voter.tap(data)
    assert text and "怕吵" not in text and "李**" not in text and other.last.text not in text
    assert (voting.head(), foreign.head()) == heads
    sentences = ("walk.not_asked", "walk.not_taken", "walk.closed", "chat.button_unknown", "choosing.not_yours")
    assert any(said(key) in text for key in sentences) or (form.startswith("change:") and "（1/2）" in text), text
    walk = voter.session.walk
    assert walk is not None
    if walk.run == 1 and not walk.over:
        assert dict(walk.answers) == before
    # Whatever it was, one's own walk can be gone on with.
    voter("/choose")
    if "开始选" in voter.labels:
        voter("开始选")
    voter("同意")
    voter("弃权")
    assert voter("提交").startswith("收到了") and voting.choices() == {ELEVATOR: "for", PARKING: "abstain"}


def test_a_button_of_a_seat_that_was_left_opens_nothing(voting: Voting) -> None:
    voter = voting.voter()
    voter.submits("同意", "弃权")
    page = voter.data("看这次征询")
    roll = owners()
    office = voting.office
    without = type(roll)(roll.kind, roll.seats[1:])
    office.must(lambda acting: rolls.import_roll(acting, office.compound, without, {}), now=SOON)
    assert voter.tap(page) == said("chat.button_unknown")
