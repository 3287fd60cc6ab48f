"""jiugai office answer: the office's word goes into the conversation that asked, once, marked as its own."""

import json
from pathlib import Path

import pytest

from bot.commands.office import answer
from bot.sender.sender import GIVEN_UP_AFTER
from bot.store import Transaction
from bot.store.lock import only_one
from bot.times import utc
from dialogs.sessions import Session
from tests.bot.office.kit import ANN, ask, data, done, office, refused
from tests.bot.store.kit import seen

TEXT = "下周三上午在居委会公示，请来看。"


def outbox(path: Path) -> list[tuple[object, ...]]:
    return seen(path, "select conversation, lane, unasked, kind, state, payload from outbox order by seq")


def test_it_waits_in_the_outbox_of_the_conversation_as_something_nobody_asked_for(path: Path) -> None:
    id = ask(path, "我住3号楼，加电梯多少钱", consulted=True)
    said = office("answer", id, TEXT)
    assert id in said
    ((conversation, lane, unasked, kind, state, payload),) = outbox(path)
    assert (conversation, lane, unasked, kind, state) == (ANN, "telegram/123456/7", 1, "send", "open")
    params = json.loads(str(payload))
    assert params["chat_id"] == 7 and params["parse_mode"] == "HTML"
    assert TEXT in params["text"] and "我住***号楼，加电梯多少钱" in params["text"]
    assert "街道办事处说" in params["text"] and "不是方案原文" in params["text"]
    assert seen(path, "select state, payload from inbox") == [("done", None)]


def test_it_is_in_the_language_that_the_conversation_speaks_by_now(path: Path) -> None:
    id = ask(path, consulted=True)
    done(path, lambda tx: tx.sessions.save(ANN, Session("en").dump(), utc()))
    office("answer", id, "See you on Wednesday.")
    assert "The street office says: See you on Wednesday." in json.loads(str(outbox(path)[0][-1]))["text"]


def test_in_a_topic_of_a_group_it_goes_to_that_topic(path: Path) -> None:
    id = ask(path, who="telegram/123456/-100123/7/55", consulted=True)
    office("answer", id, TEXT)
    params = json.loads(str(outbox(path)[0][-1]))
    assert (params["chat_id"], params["message_thread_id"]) == (-100123, 55)


def test_it_may_come_from_standard_input(path: Path) -> None:
    id = ask(path, consulted=True)
    office("answer", id.upper(), stdin=f"{TEXT}\n第二行 <b>\n")
    assert f"{TEXT}\n第二行 &lt;b&gt;" in json.loads(str(outbox(path)[0][-1]))["text"]


def test_whether_it_goes_out_now_is_told(path: Path) -> None:
    id = ask(path, consulted=True)
    assert f"{GIVEN_UP_AFTER.total_seconds() / 3600:.0f} hours" in office("answer", id, TEXT)
    with only_one(path):
        assert "goes out now" in office("answer", id, TEXT, "--again")


def test_a_terminal_hears_it_the_next_time_it_is_opened(path: Path) -> None:
    id = ask(path, who="console/local", consulted=True)
    assert "goes out now" in office("answer", id, TEXT)
    ((conversation, lane, _, _, _, payload),) = outbox(path)
    assert conversation == lane == "console/local" and TEXT in json.loads(str(payload))


def test_answered_once_it_is_done_unless_there_is_something_to_add(path: Path) -> None:
    id = ask(path, consulted=True)
    office("answer", id, TEXT)
    assert "--again" in refused("answer", id, TEXT)
    assert len(outbox(path)) == 1
    office("answer", id, "时间改到周四。", "--again")
    assert [json.loads(str(row[-1]))["text"].count("周四") for row in outbox(path)] == [0, 1]
    assert data("inbox") == [] and data("unanswered") == []
    (held,) = data("inbox", "--all")
    assert (held["id"], held["state"]) == (id, "open")


@pytest.mark.parametrize(("end", "listed"), [("delivered", False), ("never", True), ("unknown", False)])
def test_the_inbox_tells_what_became_of_an_answer(path: Path, end: str, listed: bool) -> None:
    id = ask(path, consulted=True)
    office("answer", id, TEXT)
    done(path, lambda tx: tx.outbox.settle(f"office/{id}/1#0", end, utc(), reason="blocked"))  # type: ignore[arg-type]
    (held,) = data("inbox", "--all")
    assert held["state"] == end
    assert bool(data("inbox")) == listed


def test_of_several_answers_the_last_one_tells(path: Path) -> None:
    id = ask(path, consulted=True)
    office("answer", id, TEXT)
    done(path, lambda tx: tx.outbox.settle(f"office/{id}/1#0", "never", utc(), reason="too late"))
    office("answer", id, TEXT, "--again")
    assert [held["state"] for held in data("inbox", "--all")] == ["open"]
    done(path, lambda tx: tx.outbox.settle(f"office/{id}/2#0", "delivered", utc()))
    assert [held["state"] for held in data("inbox", "--all")] == ["delivered"]


def test_what_a_restore_takes_back_is_not_answered_twice(path: Path) -> None:
    """The question waits again, but what went out since the backup is still known."""
    id = ask(path, consulted=True)
    office("answer", id, TEXT)
    done(path, lambda tx: tx.connection.run("update question set answered = null"))
    assert "--again" in refused("answer", id, TEXT) and data("inbox") == []


def test_a_question_that_is_sent_anew_after_an_answer_can_be_answered_anew(path: Path) -> None:
    id = ask(path, consulted=True)
    office("answer", id, TEXT)

    def sends(tx: Transaction) -> None:
        from bot.store.questions import Questions

        Questions(tx.connection).consult(id, ANN, utc())

    done(path, sends)
    assert [held["state"] for held in data("inbox")] == ["waits"]
    office("answer", id, "再答一次。")
    assert len(outbox(path)) == 2


def test_nothing_goes_to_anybody_who_did_not_ask_for_it(path: Path) -> None:
    kept = ask(path)
    for id in (kept, "00000000", "", "x' or '1'='1"):
        assert "office inbox" in refused("answer", id, TEXT)
    assert outbox(path) == [] and seen(path, "select count(*) from inbox") == [(0,)]


def test_nothing_goes_to_whoever_has_blocked_the_bot(path: Path) -> None:
    id = ask(path, consulted=True)
    done(path, lambda tx: tx.sessions.reachable(ANN, False, utc()))
    assert "blocked" in refused("answer", id, TEXT)
    assert outbox(path) == [] and [held["id"] for held in data("inbox")] == [id]
    done(path, lambda tx: tx.sessions.reachable(ANN, True, utc()))
    office("answer", id, TEXT)


@pytest.mark.parametrize("text", ["", "  \n ", "长" * (answer.LONGEST + 1), "铃\a声"])
def test_an_answer_that_cannot_be_sent_is_one_sentence_and_changes_nothing(path: Path, text: str) -> None:
    id = ask(path, consulted=True)
    refused("answer", id, text)
    refused("answer", id, stdin=text)
    assert outbox(path) == [] and [held["id"] for held in data("inbox")] == [id]


def test_one_that_is_too_long_for_a_message_goes_in_several(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.markup.MESSAGE_UNITS", 60)
    id = ask(path, consulted=True)
    office("answer", id, TEXT * 10)
    assert len(outbox(path)) > 3 and [held["state"] for held in data("inbox", "--all")] == ["open"]
    rows = [row[0] for row in seen(path, "select id from outbox order by seq")]
    for row in rows[1:]:
        done(path, lambda tx, row=row: tx.outbox.settle(row, "delivered", utc()))  # type: ignore[misc]
    assert [held["state"] for held in data("inbox", "--all")] == ["open"]
    done(path, lambda tx: tx.outbox.settle(rows[0], "never", utc()))
    assert [held["state"] for held in data("inbox")] == ["never"]
