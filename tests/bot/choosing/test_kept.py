"""What is kept while somebody chooses, and for how long: the privacy page says no more and no less."""

from datetime import timedelta

import pytest

from bot.store.store import KEEP_WALKS
from dialogs.wording import wording
from tests.bot.choosing.kit import ELEVATOR, Office, Voter, Voting

SECRET = "楼上那家总挡光"
TABLES = ("session", "inbox", "outbox", "question", "audit", "wrong_code")


def kept(voting: Voting) -> str:
    """All that lies in the database but for the ballots' own record, as text."""
    return repr(voting.office.do(lambda tx: [tx.connection.rows(f"select * from {table}") for table in TABLES]))


def objecting(voting: Voting) -> Voter:
    """Somebody who has written why they object, and has not submitted it."""
    voter = voting.voter()
    for line in ("/choose", "开始选", "反对", SECRET, "弃权"):
        voter(line)
    assert SECRET in voter.last.text and SECRET in str(voter.session.walk)
    return voter


def test_until_it_is_submitted_a_reason_stands_in_the_session_and_nowhere_else(voting: Voting) -> None:
    voter = objecting(voting)
    walk = voter.session.walk
    assert walk and walk.answers[f"{ELEVATOR}.why"] == SECRET
    assert set(walk.inputs) == {"ballot", "number"}
    assert voting.office.do(lambda tx: len(tx.connection.rows("select * from session"))) == 1


@pytest.mark.parametrize("way", ["提交", "先不选了", "/forget", "重来", "/check", "released", "closed"])
def test_whatever_ends_the_walk_erases_what_was_written(voting: Voting, way: str) -> None:
    voter = objecting(voting)
    if way == "closed":
        voter.time += timedelta(days=14)
        voter("提交")
    elif way == "released":
        voting.office.do(lambda tx: tx.connection.run("delete from member"))
        voter("提交")
    else:
        voter(way)
        if way == "/forget":
            voter.taps("只删聊天")
    assert SECRET not in kept(voting) and "挡光" not in voter.kept
    assert (SECRET in repr(voting.office.content()["ledger"])) is (way == "提交")


def test_after_the_receipt_the_session_holds_ids_alone(voting: Voting) -> None:
    voter = objecting(voting)
    voter("提交")
    session = voter.session
    assert session.walk and session.walk.over and session.walk.answers == {}
    assert set(session.walk.inputs) == {"ballot", "number"} and "王" not in voter.kept


def test_who_comes_back_to_change_and_leaves_again_leaves_nothing(voting: Voting) -> None:
    voter = objecting(voting)
    voter("提交")
    voter("/choose")
    assert SECRET in voter.last.text  # it is theirs to see
    voter("先不选了")
    assert SECRET not in kept(voting)


def test_a_walk_that_is_left_open_is_erased_after_its_time_and_the_rest_of_the_session_stays(voting: Voting) -> None:
    voter = objecting(voting)
    voter("/language en")
    last = voter.time

    def tidied(days: timedelta) -> int:
        return voting.office.do(lambda tx: tx.forget(last + days))

    tidied(KEEP_WALKS - timedelta(minutes=1))
    assert SECRET in str(voter.session.walk)
    assert tidied(KEEP_WALKS + timedelta(minutes=1)) == 1
    assert SECRET not in kept(voting) and voter.session.walk is None
    assert (voter.session.language, voter.session.runs) == ("en", 1)
    assert tidied(KEEP_WALKS + timedelta(minutes=1)) == 0
    assert voter.tap("resume:1") == wording("en")("walk.closed")


def test_who_can_or_cannot_be_reached_is_not_lost_by_it(office: Office) -> None:
    voting = Voting(office, office.opened())
    voter = objecting(voting)
    office.do(lambda tx: tx.sessions.reachable(voter.conversation, False, voter.time))
    office.do(lambda tx: tx.forget(voter.time + KEEP_WALKS + timedelta(minutes=1)))
    (row,) = voter.rows("select reachable, updated from session")
    assert row["reachable"] == 0 and str(row["updated"]).startswith(f"{voter.time:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("为什么反对", "7天", "提交")), ("en", ("why you object", "7 days", "submit"))]
)
def test_the_privacy_page_says_so(voting: Voting, language: str, words: tuple[str, ...]) -> None:
    voter = voting.voter()
    voter(f"/language {language}")
    lines = [line for line in voter("/privacy").split("\n") if words[0] in line]
    assert lines and all(word in lines[0] for word in words[1:])
    assert KEEP_WALKS == timedelta(days=7)


def test_no_log_holds_what_was_written_chosen_or_given_out(voting: Voting, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    voter = objecting(voting)
    voter("提交")
    receipt = voter.last.text.split("回执 ")[1][:15]
    for word in (SECRET, receipt, "王建国", "object"):
        assert word not in caplog.text
