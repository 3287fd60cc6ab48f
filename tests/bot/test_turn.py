import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.store import Arrival, Call, Store, StoreFault, Transaction
from bot.turn import FAST_ROWS, FAST_SPAN, RETRIES, Taken, Turns
from dialogs.sessions import Session
from tests.bot.store.kit import NOON, PATIENCE
from tests.bot.store.slips import Parrot, Slips, fail, fail_as, nothing


class Desk:
    """The store, the turns and a clock that stands still; what comes in, what is taken, what waits to be said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = NOON
        self.slips = Slips()
        self.store = Store(path)
        self.turns = Turns(Parrot(), {"slips": self.slips}, lambda: self.now)

    def receives(self, *slips: tuple[str, str, str] | tuple[str, str, str, str]) -> None:
        """Slips of (id, conversation, payload) or with the message at the end."""
        arrivals = [Arrival(slip[0], "slips", slip[1], slip[2], "".join(slip[3:])) for slip in slips]
        self.does(lambda tx: tx.inbox.add(arrivals, self.now))

    def does(self, job: Callable[[Transaction], object]) -> None:
        self.store.write(job).result(PATIENCE)

    def takes(self) -> list[Taken]:
        """All turns that are due, each in a transaction of its own."""
        taken = []
        while turn := self.store.write(lambda tx: self.turns.take(tx, "slips")).result(PATIENCE):
            taken.append(turn)
        return taken

    def ids(self) -> list[str]:
        return [turn.inbox for turn in self.takes()]

    def waits(self, seconds: float) -> "Desk":
        self.now += timedelta(seconds=seconds)
        return self

    def sees(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()

    @property
    def says(self) -> list[object]:
        return [text for (text,) in self.sees("select payload from outbox where state = 'open' order by seq")]

    def row(self, id: str) -> tuple[object, ...]:
        """(state, attempts, payload) of a row of the inbox."""
        return self.sees(f"select state, attempts, payload from inbox where id = '{id}'")[0]

    def remembered(self, conversation: str = "ann") -> Session | None:
        kept = self.store.write(lambda tx: tx.sessions.load(conversation)).result(PATIENCE)
        return None if kept is None else Session.load(kept)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "street.db")
    yield made
    made.store.close()


# ---- what goes well -------------------------------------------------------------------------------------------------


def test_a_turn_keeps_the_reply_and_the_session_and_ends_the_row(desk: Desk) -> None:
    desk.receives(("1", "ann", "one"), ("2", "ann", "two"))
    first, second = desk.takes()
    assert (first.inbox, second.inbox) == ("1", "2")
    assert [(call.id, call.conversation, call.lane, call.payload) for call in (*first.calls, *second.calls)] == [
        ("1#0", "ann", "lane", "zh >one"),
        ("2#0", "ann", "lane", "en one>two"),
    ]
    assert desk.says == ["zh >one", "en one>two"]
    assert desk.remembered() == Session("en", album="two")
    assert desk.row("1") == desk.row("2") == ("done", 0, None)
    assert desk.takes() == []


def test_a_conversation_begins_in_the_language_of_its_person_and_knows_nothing_of_others(desk: Desk) -> None:
    desk.receives(("1", "ann", "one"), ("2", "ben", "two"))
    desk.takes()
    assert desk.says == ["zh >one", "en >two"]


def test_a_conversation_that_began_with_letting_the_bot_in_is_in_the_persons_language_too(desk: Desk) -> None:
    desk.receives(("1", "ben", "comes"), ("2", "ben", "one"))
    desk.takes()
    assert desk.says == ["en >one"]


def test_what_means_nothing_is_done_without_a_word(desk: Desk) -> None:
    desk.receives(("1", "ann", ""))
    assert [turn.calls for turn in desk.takes()] == [()]
    assert desk.row("1") == ("done", 0, None)
    assert desk.remembered() is None


def test_one_conversation_may_be_asked_for(desk: Desk) -> None:
    desk.receives(("1", "ann", "one"), ("2", "ben", "two"))
    turn = desk.store.write(lambda tx: desk.turns.take(tx, "slips", "ben")).result(PATIENCE)
    assert turn and turn.inbox == "2"
    assert desk.row("1")[0] == "open"


def test_an_edit_finds_the_calls_that_answer_its_message_by_now(desk: Desk) -> None:
    desk.receives(("1", "ann", "one", "77"), ("2", "ben", "same number", "77"), ("3", "ann", "two", "78"))
    desk.takes()
    for id, replaced in (("4", "1#0"), ("5", "4#0")):
        desk.receives((id, "ann", f"edit {id}", "77"))
        (turn,) = desk.takes()
        assert [(call.kind, call.replaces) for call in turn.calls] == [("edit", replaced)]


def test_a_turn_reads_its_session_once(desk: Desk) -> None:
    asked: list[str] = []
    desk.receives(("1", "ann", "one"), ("2", "ann", "two"))
    desk.does(lambda tx: tx.connection.raw.set_trace_callback(asked.append))  # type: ignore[attr-defined]  # SQLite's
    desk.takes()
    assert len([sql for sql in asked if "select" in sql and "from session" in sql]) == 2


# ---- who can be reached ---------------------------------------------------------------------------------------------


def test_whoever_blocks_the_bot_gets_no_more_of_what_nobody_asked_for(desk: Desk) -> None:
    desk.receives(("1", "ann", "one"))
    desk.takes()
    desk.does(lambda tx: tx.outbox.add("1", "slips", "ann", [Call("lane", "news", unasked=True)], NOON, first=50))
    desk.receives(("2", "ann", "goes"))
    assert [turn.calls for turn in desk.takes()] == [()]
    assert desk.says == ["zh >one"]
    assert desk.sees("select reachable from session") == [(0,)]
    assert desk.sees("select state, reason from outbox where id = '1#50'") == [("never", "blocked")]
    assert desk.remembered() == Session("en", album="one")
    desk.receives(("3", "ann", "comes"))
    desk.takes()
    assert desk.sees("select reachable from session") == [(1,)]
    assert desk.remembered() == Session("en", album="one")


# ---- what fails -----------------------------------------------------------------------------------------------------


def test_a_turn_that_fails_is_tried_again_later_each_time_and_then_set_aside(desk: Desk) -> None:
    desk.receives(("1", "ann", "boom"), ("2", "ann", "behind"), ("3", "ben", "other"))
    assert desk.ids() == ["1", "3"]
    for attempt, pause in enumerate(RETRIES, 1):
        assert desk.row("1") == ("open", attempt, "boom")
        assert desk.waits(pause.total_seconds() - 0.001).takes() == []
        assert "(failed)" not in desk.says
        desk.waits(0.001)
        if attempt < len(RETRIES):
            assert desk.ids() == ["1"]
    last, behind = desk.takes()
    assert [call.id for call in last.calls] == ["1#-100"]
    assert behind.inbox == "2"
    assert desk.row("1") == ("aside", len(RETRIES) + 1, "boom")
    assert desk.says == ["en >other", "(failed)", "zh >behind"]
    (reason,) = desk.sees("select reason from inbox where id = '1'")[0]
    assert str(reason).startswith("LookupError") and "boom" not in str(reason)


def test_a_turn_that_goes_well_at_last_is_answered_as_if_nothing_had_been(desk: Desk) -> None:
    desk.slips.spoils = fail
    desk.receives(("1", "ann", "one"), ("2", "ann", "two"))
    assert desk.ids() == ["1"]
    desk.slips.spoils = nothing
    desk.waits(1)
    assert desk.ids() == ["1", "2"]
    assert desk.says == ["zh >one", "en one>two"]
    assert desk.row("1") == ("done", 1, None)


def test_where_the_reply_cannot_be_kept_nothing_is_remembered(desk: Desk) -> None:
    desk.receives(("1", "ann", "one"))
    desk.takes()

    desk.slips.spoils = fail
    desk.receives(("2", "ann", "two"), ("3", "ben", "goes"))
    desk.takes()
    assert desk.remembered() == Session("en", album="one")
    assert desk.remembered("ben") is None
    assert desk.sees("select conversation, reachable from session") == [("ann", 1)]
    assert desk.row("2")[:2] == ("open", 1)


def test_a_reply_that_was_kept_already_is_not_kept_twice(desk: Desk) -> None:
    """A key met twice is a fault of ours, not the database's: it is set aside like any other."""
    desk.receives(("1", "ann", "one"), ("2", "ben", "two"))
    desk.does(lambda tx: tx.outbox.add("1", "slips", "ann", [Call("lane", "said before")], NOON))
    assert desk.ids() == ["1", "2"]
    assert desk.row("1") == ("open", 1, "one")
    assert desk.says == ["said before", "en >two"]
    assert desk.remembered() is None


def test_where_a_notice_fails_too_the_row_is_set_aside_all_the_same(desk: Desk) -> None:
    desk.slips.spoils_notices = fail
    desk.receives(("1", "ann", "boom"), ("2", "ann", "behind"))
    for _ in range(len(RETRIES) + 1):
        desk.waits(60).takes()
    assert desk.row("1") == ("aside", len(RETRIES) + 1, "boom")
    assert desk.says == ["zh >behind"]


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_BUSY", "SQLITE_CORRUPT"])
def test_trouble_of_the_database_is_raised_and_counts_as_no_attempt(desk: Desk, name: str) -> None:
    desk.slips.spoils = fail_as(name)
    desk.receives(("1", "ann", "one"))
    for _ in range(len(RETRIES) + 2):
        with pytest.raises(StoreFault) as fault:
            desk.takes()
        assert fault.value.name == name
    assert desk.row("1") == ("open", 0, "one")
    desk.slips.spoils = nothing
    assert desk.ids() == ["1"]


def test_trouble_of_the_database_while_a_notice_is_kept_sets_nothing_aside(desk: Desk) -> None:
    desk.receives(("1", "ann", "boom"))
    for _ in RETRIES:
        desk.waits(60).takes()
    desk.slips.spoils_notices = fail_as("SQLITE_FULL")
    with pytest.raises(StoreFault):
        desk.waits(60).takes()
    assert desk.row("1") == ("open", len(RETRIES), "boom")
    desk.slips.spoils_notices = nothing
    assert desk.ids() == ["1"]
    assert (desk.row("1")[0], desk.says) == ("aside", ["(failed)"])


def test_a_full_disk_is_waited_out_with_nothing_half_done(desk: Desk) -> None:
    desk.receives(("1", "ann", "long " * 4000))

    def pages(most: str) -> None:
        desk.does(lambda tx: tx.connection.rows(f"pragma max_page_count = {most}"))

    (used,) = desk.sees("pragma page_count")[0]
    pages(str(used))
    with pytest.raises(StoreFault) as fault:
        desk.takes()
    assert fault.value.name == "SQLITE_FULL" and fault.value.again
    assert desk.row("1")[:2] == ("open", 0)
    assert (desk.says, desk.remembered()) == ([], None)
    pages("1000000")
    assert desk.ids() == ["1"]
    assert len(desk.says) == 1


# ---- who writes very fast -------------------------------------------------------------------------------------------


def flood(desk: Desk, rows: int, conversation: str = "ann") -> None:
    desk.receives(*[(f"{conversation}{n}", conversation, f"{n}") for n in range(rows)])


def test_whoever_writes_too_fast_waits_is_told_so_once_and_is_answered_later_in_order(desk: Desk) -> None:
    flood(desk, FAST_ROWS + 3)
    desk.receives(("ben", "ben", "patient"))
    taken = desk.takes()
    assert [turn.inbox for turn in taken] == [f"ann{n}" for n in range(FAST_ROWS + 1)] + ["ben"]
    assert [call.payload for call in taken[FAST_ROWS].calls] == ["(slow)"]
    assert desk.row(f"ann{FAST_ROWS}") == ("open", 0, f"{FAST_ROWS}")
    desk.waits(FAST_SPAN.total_seconds() - 0.001)
    assert desk.takes() == []
    desk.waits(0.001)
    assert desk.ids() == [f"ann{n}" for n in range(FAST_ROWS, FAST_ROWS + 3)]
    assert desk.says.count("(slow)") == 1
    assert desk.says[-1] == f"en {FAST_ROWS + 1}>{FAST_ROWS + 2}"


def test_whoever_keeps_writing_fast_is_told_so_once_a_minute(desk: Desk) -> None:
    """Each row waits for one that ended a minute before; a notice for each would double what is sent."""
    said = []
    flood(desk, 3 * FAST_ROWS)
    for _ in range(FAST_ROWS):
        desk.store.write(lambda tx: desk.turns.take(tx, "slips")).result(PATIENCE)
        desk.waits(1)
    for _ in range(3 * 60):
        said += [desk.now for turn in desk.takes() for call in turn.calls if call.payload == "(slow)"]
        desk.waits(1)
    assert len(said) >= 2
    assert all(later - earlier >= FAST_SPAN for earlier, later in pairwise(said))
    assert desk.sees("select count(*) from inbox where state = 'open'") == [(0,)]


def test_as_many_as_are_allowed_are_answered_at_once(desk: Desk) -> None:
    flood(desk, FAST_ROWS)
    flood(desk, FAST_ROWS, "ben")
    assert len(desk.takes()) == 2 * FAST_ROWS
    assert "(slow)" not in desk.says


def test_where_no_strangers_write_nobody_is_slowed(desk: Desk) -> None:
    desk.slips.strangers = False
    flood(desk, 2 * FAST_ROWS)
    assert len(desk.takes()) == 2 * FAST_ROWS
    assert "(slow)" not in desk.says


def test_where_the_notice_fails_whoever_writes_too_fast_waits_all_the_same(desk: Desk) -> None:
    desk.slips.spoils_notices = fail
    flood(desk, FAST_ROWS + 1)
    assert [turn.calls for turn in desk.takes()][-1] == ()
    assert desk.row(f"ann{FAST_ROWS}") == ("open", 0, f"{FAST_ROWS}")
