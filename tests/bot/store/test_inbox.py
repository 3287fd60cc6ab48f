import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.store import Arrival, Call, Received, Store, Transaction
from bot.store.inbox import AT_ONCE
from bot.store.store import open_file
from bot.times import iso, read
from tests.bot.store.kit import PATIENCE, arrival, at, books, do, seen, states, transaction
from tests.lengths import examples


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    with transaction(path) as opened:
        yield opened


def add(tx: Transaction, *arrivals: Arrival, when: float = 0) -> int:
    return tx.inbox.add(arrivals, at(when))


def taken(tx: Transaction, when: float = 100) -> list[str]:
    """The rows that turns would take, each of them done at once."""
    ids = []
    while row := tx.inbox.next("post", at(when)):
        tx.inbox.done(row.id, at(when))
        ids.append(row.id)
    return ids


def payloads(tx: Transaction) -> dict[str, str | None]:
    return {row["id"]: row["payload"] for row in tx.connection.rows("select id, payload from inbox")}


def test_a_row_comes_out_as_it_went_in(tx: Transaction) -> None:
    add(tx, arrival("1", message="77", payload="增设电梯 'quoted' \x00 😀"))
    assert tx.inbox.next("post", at(0)) == Received("1", "post", "ann", "77", "增设电梯 'quoted' \x00 😀", 0)


def test_an_id_met_twice_counts_once(tx: Transaction) -> None:
    assert add(tx, arrival("1", payload="first"), arrival("1", payload="again"), arrival("2")) == 2
    assert add(tx, arrival("2"), arrival("1", conversation="ben")) == 0
    assert payloads(tx) == {"1": "first", "2": "what 2 says"}


def test_an_id_met_again_after_its_end_changes_nothing(tx: Transaction) -> None:
    add(tx, arrival("done"), arrival("aside", payload="kept"), arrival("fault", fault="cannot be read"))
    tx.inbox.done("done", at(1))
    tx.inbox.aside("aside", "failed")
    assert add(tx, arrival("done"), arrival("aside"), arrival("fault")) == 0
    assert taken(tx) == []
    assert payloads(tx) == {"done": None, "aside": "kept", "fault": "what fault says"}


def test_an_id_met_at_the_same_time_by_two_processes_counts_once(path: Path) -> None:
    stores = [Store(path), Store(path)]
    start = threading.Barrier(2)
    new: list[int] = []

    def receive(store: Store) -> None:
        start.wait(PATIENCE)

        def job(n: int) -> "Future[int]":
            return store.write(lambda tx: tx.inbox.add([arrival(str(n))], at(0)))

        new.extend(future.result(PATIENCE) for future in [job(n) for n in range(50)])

    threads = [threading.Thread(target=receive, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    for store in stores:
        store.close()
    assert sum(new) == 50 and len(states(path)) == 50


def test_rows_are_taken_in_the_order_they_arrived_whatever_their_ids_and_times(tx: Transaction) -> None:
    add(tx, arrival("9"), arrival("b"), when=5)
    add(tx, arrival("10"), arrival("1"), arrival("A", "ben"), when=1)
    assert taken(tx) == ["9", "b", "10", "1", "A"]


def test_a_channel_gets_its_own_rows_and_one_conversation_may_be_asked_for(tx: Transaction) -> None:
    add(tx, arrival("1", "cat", channel="console"), arrival("2"), arrival("3", "ben"))
    row = tx.inbox.next("post", at(0), "ben")
    assert row and row.id == "3"
    assert tx.inbox.next("post", at(0), "cat") is None
    assert taken(tx) == ["2", "3"]


def test_a_conversation_waits_behind_its_oldest_open_row_while_others_go_on(tx: Transaction) -> None:
    add(tx, arrival("1"), arrival("2"), arrival("3", "ben"), arrival("4", "ben"), arrival("5", "cat"))
    tx.inbox.again("1", at(50), "failed")
    tx.inbox.postpone("3", at(30))
    assert taken(tx, 10) == ["5"]
    assert tx.inbox.next("post", at(10), "ann") is None
    assert taken(tx, 30) == ["3", "4"]
    assert taken(tx, 49.999999) == []
    assert taken(tx, 50) == ["1", "2"]


def test_what_ended_holds_nobody_up(tx: Transaction) -> None:
    add(tx, arrival("1"), arrival("2"), arrival("3", fault="cannot be read"), arrival("4"))
    tx.inbox.aside("1", "failed")
    assert taken(tx) == ["2", "4"]


def test_what_a_person_wrote_is_erased_when_it_is_done_and_kept_where_it_was_set_aside(tx: Transaction) -> None:
    add(tx, arrival("1"), arrival("2"), arrival("3", fault="cannot be read"))
    tx.inbox.done("1", at(1))
    tx.inbox.aside("2", "failed")
    assert payloads(tx) == {"1": None, "2": "what 2 says", "3": "what 3 says"}
    rows = tx.connection.rows("select state, reason, attempts from inbox order by seq")
    assert [tuple(row.values()) for row in rows] == [
        ("done", "", 0), ("aside", "failed", 1), ("aside", "cannot be read", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("times", [3, 1000])
def test_what_was_erased_is_nowhere_in_the_file(path: Path, times: int) -> None:
    """Short texts stand in the row's page, long ones on pages of their own, which are then free."""
    store = Store(path)
    do(store, lambda tx: tx.inbox.add([arrival("1", payload="Mrs Wang of flat 401 " * times)], at(0)))
    do(store, lambda tx: tx.inbox.done("1", at(1)))
    store.close()
    assert b"Mrs Wang" not in path.read_bytes()


def test_attempts_are_counted_and_postponing_is_none(tx: Transaction) -> None:
    add(tx, arrival("1"))
    tx.inbox.again("1", at(1), "failed")
    tx.inbox.postpone("1", at(2))
    tx.inbox.again("1", at(3), "failed")
    row = tx.inbox.next("post", at(3))
    assert row and row.attempts == 2


def test_a_conversation_waits_while_it_has_an_open_row(tx: Transaction) -> None:
    assert not tx.inbox.waits("ann")
    add(tx, arrival("1"), arrival("2", "ben", fault="cannot be read"))
    assert tx.inbox.waits("ann") and not tx.inbox.waits("ben")
    tx.inbox.done("1", at(1))
    assert not tx.inbox.waits("ann")


def test_a_clock_that_is_set_back_keeps_nobody_waiting(tx: Transaction) -> None:
    add(tx, arrival("1"), when=7200)
    assert tx.inbox.next("post", at(0)) is not None
    for n in range(30):
        add(tx, arrival(f"ben{n}", "ben"), when=7200)
        tx.inbox.done(f"ben{n}", at(7200))
    assert tx.inbox.freed("ben", 30, timedelta(minutes=1), at(7200)) == at(7260)
    assert tx.inbox.freed("ben", 30, timedelta(minutes=1), at(0)) is None


def test_the_text_of_what_was_set_aside_is_erased_in_time_and_its_row_stays(tx: Transaction) -> None:
    add(tx, arrival("1"), arrival("2"), when=1)
    tx.inbox.aside("1", "failed")
    assert payloads(tx)["1"] is not None
    tx.inbox.forget(at(0), at(1))
    assert payloads(tx)["1"] is not None
    tx.inbox.forget(at(0), at(2))
    assert payloads(tx)["1"] is None and payloads(tx)["2"] is not None


def test_the_next_due_is_when_a_row_of_these_channels_can_be_taken(tx: Transaction) -> None:
    assert tx.inbox.next_due(["post", "console"]) is None
    add(tx, arrival("1"), arrival("2", "ben"), arrival("3", "cat", channel="console"), when=5)
    tx.inbox.postpone("1", at(40))
    tx.inbox.again("2", at(30), "failed")
    assert tx.inbox.next_due(["post"]) == at(30)
    assert tx.inbox.next_due(["post", "console"]) == AT_ONCE
    assert tx.inbox.next_due([]) is None


def test_a_row_behind_one_that_is_put_off_is_not_due_before_it(tx: Transaction) -> None:
    """Else whoever waits for it would look again and again, and find nothing to take."""
    add(tx, arrival("1"), arrival("2"))
    tx.inbox.postpone("1", at(60))
    assert tx.inbox.next_due(["post"]) == at(60)


def test_a_conversation_is_free_again_when_enough_of_its_rows_are_long_done(tx: Transaction) -> None:
    minute = timedelta(minutes=1)
    add(tx, *[arrival(str(n)) for n in range(3)], arrival("ben", "ben"))
    for n in range(3):
        assert tx.inbox.freed("ann", 3, minute, at(n)) is None
        tx.inbox.done(str(n), at(n))
    tx.inbox.done("ben", at(2))
    assert tx.inbox.freed("ann", 3, minute, at(2)) == at(60)
    assert tx.inbox.freed("ann", 3, minute, at(59.999)) == at(60)
    assert tx.inbox.freed("ann", 3, minute, at(60)) is None
    assert tx.inbox.freed("ann", 2, minute, at(60)) == at(61)
    assert tx.inbox.freed("ben", 3, minute, at(2)) is None


def test_forgetting_keeps_what_is_young_open_aside_or_pointed_at(tx: Transaction) -> None:
    add(tx, *[arrival(id) for id in ("old", "young", "open", "pointed")], arrival("fault", fault="cannot be read"))
    add(tx, arrival("aside"))
    for id, when in {"old": 1, "young": 10, "pointed": 1}.items():
        tx.inbox.done(id, at(when))
    tx.inbox.aside("aside", "failed")
    tx.outbox.add("pointed", "post", "ann", [Call("ann", "reply")], at(1))
    assert tx.inbox.forget(at(10), at(0)) == 1
    assert set(payloads(tx)) == {"young", "open", "pointed", "fault", "aside"}
    tx.outbox.settle("pointed#0", "delivered", at(2))
    tx.outbox.forget(at(10), at(10))
    assert tx.inbox.forget(at(10), at(0)) == 1


def test_the_store_keeps_a_week_of_what_went_well_and_ninety_days_of_what_was_given_up(tx: Transaction) -> None:
    add(tx, *[arrival(id) for id in ("plain", "answered", "refused")])
    for id in ("plain", "answered", "refused"):
        tx.inbox.done(id, at(0))
    tx.outbox.add("answered", "post", "ann", [Call("ann", "reply")], at(0))
    tx.outbox.add("refused", "post", "ann", [Call("ann", "reply")], at(0))
    tx.outbox.settle("answered#0", "delivered", at(0))
    tx.outbox.settle("refused#0", "never", at(0))
    assert tx.forget(at(0) + timedelta(days=7)) == 0
    assert tx.forget(at(1) + timedelta(days=7)) == 3
    assert set(payloads(tx)) == {"refused"}
    assert tx.forget(at(0) + timedelta(days=90)) == 0
    assert tx.forget(at(1) + timedelta(days=90)) == 2


def test_times_sort_as_text_whatever_their_fractions(tx: Transaction) -> None:
    add(tx, arrival("1"))
    tx.inbox.postpone("1", at(0.5))
    assert tx.inbox.next("post", at(0)) is None
    assert tx.inbox.next("post", at(1)) is not None
    assert read(iso(at(0.5))) == at(0.5)


# ---- against a model ------------------------------------------------------------------------------------------------


@dataclass
class Row:
    id: str
    conversation: str
    due: datetime
    state: str = "open"
    attempts: int = 0


class Model(RuleBasedStateMachine):
    """The inbox as a plain list in the order of arrival."""

    tx: Transaction

    @initialize()
    def begin(self) -> None:
        self.tx.connection.rollback()
        self.tx.connection.begin()
        self.rows: list[Row] = []
        self.now = at(0)

    @rule(id=st.sampled_from("abcdefghij"), conversation=st.sampled_from(["ann", "ben", "cat"]), fault=st.booleans())
    def add(self, id: str, conversation: str, fault: bool) -> None:
        new = all(row.id != id for row in self.rows)
        assert self.tx.inbox.add([arrival(id, conversation, fault="no" if fault else "")], self.now) == new
        if new:
            self.rows.append(Row(id, conversation, AT_ONCE, "aside" if fault else "open"))

    @rule(seconds=st.sampled_from([0.000001, 1, 5, 30]))
    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(
        end=st.sampled_from(["done", "aside", "again", "postpone"]),
        seconds=st.integers(0, 40),
        only=st.sampled_from(["", "ann", "ben", "cat"]),
    )
    def take(self, end: str, seconds: int, only: str) -> None:
        expected = next((row for row in self.heads() if row.due <= self.now and only in ("", row.conversation)), None)
        found = self.tx.inbox.next("post", self.now, only)
        assert (found and (found.id, found.attempts)) == (expected and (expected.id, expected.attempts))
        if expected is None:
            return
        later = self.now + timedelta(seconds=seconds)
        if end == "done":
            self.tx.inbox.done(expected.id, self.now)
            expected.state = "done"
        elif end == "aside":
            self.tx.inbox.aside(expected.id, "failed")
            expected.state = "aside"
        elif end == "again":
            self.tx.inbox.again(expected.id, later, "failed")
            expected.due, expected.attempts = later, expected.attempts + 1
        else:
            self.tx.inbox.postpone(expected.id, later)
            expected.due = later

    @invariant()
    def what_is_due_next_agrees(self) -> None:
        assert self.tx.inbox.next_due(["post"]) == min((row.due for row in self.heads()), default=None)

    @invariant()
    def nothing_is_lost(self) -> None:
        kept = self.tx.connection.rows("select id, state, payload from inbox order by seq")
        assert [(row["id"], row["state"]) for row in kept] == [(row.id, row.state) for row in self.rows]
        assert all((row["payload"] is None) == (row["state"] == "done") for row in kept)

    def heads(self) -> list[Row]:
        """The oldest open row of each conversation, in the order of arrival."""
        heads: dict[str, Row] = {}
        for row in self.rows:
            if row.state == "open":
                heads.setdefault(row.conversation, row)
        return sorted(heads.values(), key=self.rows.index)


def test_the_inbox_does_what_a_plain_list_would(path: Path) -> None:
    with closing(open_file(path)) as connection:
        Model.tx = books(connection)
        run_state_machine_as_test(
            Model, settings=settings(max_examples=examples(30), stateful_step_count=30, deadline=None)
        )
        connection.rollback()
    assert seen(path, "select id from inbox") == []
