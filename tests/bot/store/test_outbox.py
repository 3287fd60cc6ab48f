import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Call, Sent, Transaction, Waiting
from bot.store.outbox import End
from tests.bot.store.kit import arrival, at, transaction


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    with transaction(path) as opened:
        opened.inbox.add([arrival("1"), arrival("2"), arrival("3"), arrival("4"), arrival("5")], at(0))
        yield opened


def say(tx: Transaction, inbox: str, *calls: Call, conversation: str = "ann", channel: str = "post") -> list[str]:
    return [call.id for call in tx.outbox.add(inbox, channel, conversation, calls, at(0))]


def part(slot: int, replaces: str = "", kind: str = "send") -> Call:
    assert kind in ("send", "delete")
    if kind == "delete":
        return Call("ann", "{}", "delete", "77", slot, replaces)
    return Call("ann", "{}", "edit" if replaces else "send", "77", slot, replaces)


def standing(tx: Transaction) -> list[tuple[str, int]]:
    return [(sent.id, sent.slot) for sent in tx.outbox.answer_to("ann", "77")]


def row(tx: Transaction, id: str) -> dict[str, object]:
    return dict(tx.connection.rows("select * from outbox where id = :id", id=id)[0])


def test_calls_wait_as_they_were_made(tx: Transaction) -> None:
    calls = [Call("lane", "增设 😀", "edit", "77", 1, "0#0"), Call("other", "news", unasked=True)]
    waiting = tx.outbox.add("1", "post", "ann", calls, at(3.5))
    assert waiting == [
        Waiting("1#0", "ann", "lane", "增设 😀", "edit", "0#0", False, 0, at(3.5)),
        Waiting("1#1", "ann", "other", "news", "send", "", True, 0, at(3.5)),
    ]
    assert tx.outbox.waiting("post") == waiting


def test_the_same_row_cannot_say_the_same_thing_twice(tx: Transaction) -> None:
    say(tx, "1", Call("ann", "reply"))
    with pytest.raises(sqlite3.IntegrityError):
        say(tx, "1", Call("ann", "reply"))
    assert say(tx, "2", Call("ann", "reply")) == ["2#0"]


def test_what_is_said_beside_a_reply_has_its_own_numbers(tx: Transaction) -> None:
    beside = tx.outbox.add("1", "post", "ann", [Call("ann", "a"), Call("ann", "b")], at(0), first=-200)
    assert [call.id for call in beside] == ["1#-200", "1#-199"]
    assert say(tx, "1", Call("ann", "reply")) == ["1#0"]


def test_nothing_is_said_about_a_row_that_never_came(tx: Transaction) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        say(tx, "castle", Call("ann", "reply"))


def test_what_waits_comes_in_order_per_channel_and_conversation(tx: Transaction) -> None:
    say(tx, "3", Call("ann", "a"), Call("ann", "b"))
    say(tx, "1", Call("ben", "c"), conversation="ben")
    say(tx, "2", Call("cat", "d"), conversation="cat", channel="console")
    assert [call.id for call in tx.outbox.waiting("post")] == ["3#0", "3#1", "1#0"]
    assert [call.id for call in tx.outbox.waiting("post", "ben")] == ["1#0"]
    assert [call.id for call in tx.outbox.waiting("console", "ben")] == []


@pytest.mark.parametrize("end", ["delivered", "never", "unknown"])
def test_a_call_that_ended_keeps_its_id_and_loses_its_text(tx: Transaction, end: End) -> None:
    say(tx, "1", Call("ann", "what ann wanted to know"))
    tx.outbox.settle("1#0", end, at(9), message="900", reason="why")
    kept = row(tx, "1#0")
    assert (kept["state"], kept["payload"], kept["message"], kept["reason"]) == (end, None, "900", "why")
    assert tx.outbox.waiting("post") == []
    assert tx.outbox.message("1#0") == "900"


def test_an_end_is_final(tx: Transaction) -> None:
    say(tx, "1", Call("ann", "reply"), Call("ann", "more"))
    tx.outbox.settle("1#0", "delivered", at(1), message="900")
    tx.outbox.settle("1#0", "never", at(2), reason="late")
    assert row(tx, "1#0")["state"] == "delivered" and tx.outbox.message("1#0") == "900"
    assert [call.id for call in tx.outbox.waiting("post")] == ["1#1"]


def test_the_message_of_what_delivered_none_is_empty(tx: Transaction) -> None:
    say(tx, "1", Call("ann", "reply"))
    assert tx.outbox.message("1#0") == tx.outbox.message("castle") == ""


def test_tries_are_kept(tx: Transaction) -> None:
    say(tx, "1", Call("ann", "reply"))
    tx.outbox.tries("1#0", 3)
    assert tx.outbox.waiting("post")[0].tries == 3


def test_the_answer_that_stands_is_the_last_call_of_each_part(tx: Transaction) -> None:
    say(tx, "1", part(0), part(1))
    assert standing(tx) == [("1#0", 0), ("1#1", 1)]
    say(tx, "2", part(0, "1#0"), part(1, "1#1"), part(2))
    assert standing(tx) == [("2#0", 0), ("2#1", 1), ("2#2", 2)]
    say(tx, "3", part(0, "2#0"), part(1, "2#1", "delete"), part(2, "2#2", "delete"))
    assert standing(tx) == [("3#0", 0)]
    say(tx, "4", part(0, "3#0"), part(1))
    assert standing(tx) == [("4#0", 0), ("4#1", 1)]


def test_an_answer_stands_while_it_is_on_its_way_and_after(tx: Transaction) -> None:
    say(tx, "1", part(0))
    assert standing(tx) == [("1#0", 0)]
    tx.outbox.settle("1#0", "delivered", at(1), message="900")
    say(tx, "2", part(0, "1#0"))
    tx.outbox.settle("2#0", "delivered", at(2), message="900")
    assert tx.outbox.answer_to("ann", "77") == [Sent("2#0", 0)]


@pytest.mark.parametrize("end", ["never", "unknown"])
@pytest.mark.parametrize("kind", ["send", "delete"])
def test_where_a_change_could_not_be_made_the_part_before_it_stands(tx: Transaction, kind: str, end: End) -> None:
    """Else the next change would have no message to be made to, and a second answer would stand beside the first."""
    say(tx, "1", part(0))
    tx.outbox.settle("1#0", "delivered", at(1), message="900")
    say(tx, "2", part(0, "1#0", kind))
    tx.outbox.settle("2#0", end, at(2), reason="refused")
    assert standing(tx) == [("1#0", 0)]


def test_a_part_that_could_not_be_sent_keeps_its_place(tx: Transaction) -> None:
    """What replaces it is sent anew; the parts behind it are still counted from the same place."""
    say(tx, "1", part(0), part(1))
    tx.outbox.settle("1#0", "never", at(1), reason="refused")
    assert standing(tx) == [("1#0", 0), ("1#1", 1)]


def test_what_was_said_beside_a_reply_is_found_by_its_number_and_time(tx: Transaction) -> None:
    tx.outbox.add("1", "post", "ann", [Call("ann", "reply")], at(10))
    tx.outbox.add("1", "post", "ann", [Call("ann", "slow")], at(10), first=-200)
    assert tx.outbox.said("ann", -200, at(9)) and tx.outbox.said("ann", 0, at(9))
    assert not tx.outbox.said("ann", -200, at(10))
    assert not tx.outbox.said("ann", -100, at(9))
    assert not tx.outbox.said("ben", -200, at(9))


def test_a_message_shows_a_page_only_where_its_last_call_made_it_one(tx: Transaction) -> None:
    def made(inbox: str, call: Call, end: End = "delivered", message: str = "900") -> list[Sent]:
        (id,) = say(tx, inbox, call)
        tx.outbox.settle(id, end, at(1), message=message)
        return tx.outbox.shown("ann", "900")

    assert tx.outbox.shown("ann", "900") == []
    assert made("1", Call("ann", "answer")) == []
    assert made("2", Call("ann", "page", "edit", "77", 0, "1#0", page=True)) == [Sent("2#0", 0)]
    assert made("3", Call("ann", "refused", "edit", "77", 0, "2#0"), "never", "") == [Sent("2#0", 0)]
    assert made("4", Call("ann", "answer again", "edit", "77", 0, "2#0")) == []
    assert tx.outbox.shown("ben", "900") == []


def test_answers_to_other_messages_and_other_people_are_not_mixed_in(tx: Transaction) -> None:
    say(tx, "1", part(0))
    say(tx, "2", Call("ann", "other question", question="78"), Call("ann", "no answer"))
    say(tx, "3", part(0), conversation="ben")
    assert standing(tx) == [("1#0", 0)]


def test_what_nobody_asked_for_is_withdrawn_where_it_is_not_yet_delivered(tx: Transaction) -> None:
    say(tx, "1", Call("ann", "reply"), Call("ann", "news", unasked=True), Call("ann", "news", unasked=True))
    say(tx, "2", Call("ben", "news", unasked=True), conversation="ben")
    tx.outbox.settle("1#2", "delivered", at(1))
    tx.outbox.withdraw_unasked("ann", at(2), "blocked")
    assert [call.id for call in tx.outbox.waiting("post")] == ["1#0", "2#0"]
    withdrawn = row(tx, "1#1")
    assert (withdrawn["state"], withdrawn["payload"], withdrawn["reason"]) == ("never", None, "blocked")
    assert row(tx, "1#2")["state"] == "delivered"


def test_forgetting_drops_what_ended_long_ago_each_end_in_its_time(tx: Transaction) -> None:
    say(tx, "1", *[Call("ann", "x")] * 7)
    for n, (end, when) in enumerate(
        [("delivered", 1), ("delivered", 60), ("never", 1), ("never", 30), ("unknown", 1), ("unknown", 30)]
    ):
        tx.outbox.settle(f"1#{n}", end, at(when))  # type: ignore[arg-type]  # the ends stand in the list above
    assert tx.outbox.forget(at(60), at(30)) == 3
    kept = [row["id"] for row in tx.connection.rows("select id from outbox order by seq")]
    assert kept == ["1#1", "1#3", "1#5", "1#6"]
