"""Ballots in the store: what is read of a seat's own lines is what a recount of all lines finds, whatever was done."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ballots.ballot import State
from ballots.casting import Changed, Recorded
from ballots.outcomes import Done
from ballots.roll import Kind, Seat, Unit
from bot.store.ballots import Ballots
from bot.store.book import Book
from bot.store.dialect import Sqlite
from bot.store.soundness import look
from bot.store.store import open_file
from bot.times import iso
from tests.ballots.kit import CLOSES, DURING, OPENS, opened, owners, secret
from tests.ballots.test_model import Counting
from tests.bot.store.kit import NOON, transaction
from tests.lengths import examples


def laid_down(connection: Sqlite) -> str:
    """A ballot of three owners that has just opened; its id is that of its ledger."""
    book = Book(connection)
    street = book.add_street("街道", NOON)
    compound = book.add_compound(street.id, "小区", NOON)
    connection.run(
        """
        insert into ballot (id, compound, kind, state, draft, opens, closes, hash, since)
        values ('b1', :compound, 'owners', 'draft', '{}', :now, :now, :hash, :now)
        """,
        now=iso(NOON),
        compound=compound.id,
        hash="0" * 64,
    )
    return "b1"


class Stored(Counting):
    """The acts of the model's machine, each appended to a store as well."""

    connection: Sqlite

    def take(self, outcome: Recorded | Changed | Done) -> None:
        if not self.book.lines:
            self.connection.begin()
            laid_down(self.connection)
        entries = [outcome.entry] if isinstance(outcome, Recorded | Changed) else outcome.entries
        last = Ballots(self.connection).append("b1", entries)
        super().take(outcome)
        assert last == len(self.book.lines)
        self._compare()

    def _compare(self) -> None:
        ballots = Ballots(self.connection)
        assert list(ballots.lines("b1")) == self.book.lines
        box = ballots.box("b1")
        assert ballots.ballot("b1") == box.ballot == self.ballot
        assert box.standings == self.standings
        for number, standing in box.standings.items():
            assert ballots.standing("b1", number) == standing
        record = ballots.record("b1")
        assert record is not None and record.head == self.book.head
        assert (record.state, record.opens, record.closes) == (
            box.ballot.state,
            box.ballot.opens,
            box.ballot.closes,
        )
        proxies = [number for number, standing in box.standings.items() if standing.proxy]
        assert len(ballots.proxies("b1")) == len(proxies)

    def teardown(self) -> None:
        self.connection.rollback()
        super().teardown()


def test_a_seat_by_its_own_lines_is_the_seat_of_the_recount(path: Path) -> None:
    with closing(open_file(path)) as connection:
        Stored.connection = connection
        case = Stored.TestCase
        case.settings = settings(
            max_examples=examples(25),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        case().runTest()


def test_seats_are_kept_as_the_roll_had_them(path: Path) -> None:
    with transaction(path) as tx:
        laid_down(tx.connection)  # type: ignore[arg-type]
        tx.connection.run(
            "insert into seat (id, compound, kind, key, holders, since) "
            "select 'x', id, 'owners', 's1', '', '' from compound"
        )
        ballots = Ballots(tx.connection)
        seat = Seat("s1", ("王“建”国", "O'Neil"), (Unit("1号楼", "1单元", "101", 4999),), True)
        ballots.seat_numbers("b1", {7: ("x", seat)})
        assert (ballots.seats("b1"), ballots.seat_ids("b1")) == ({7: seat}, {7: "x"})
        changed = Seat("s1", ("李四",))
        ballots.seat_numbers("b1", {7: ("x", changed)})
        assert ballots.seats("b1") == {7: changed}
        assert [(record.id, number) for record, number in ballots.of_seat("x")] == [("b1", 7)]
        assert ballots.of_seat("y") == []


def test_a_ballot_is_held_in_the_states_that_are_named_alone(path: Path) -> None:
    with transaction(path) as tx:
        laid_down(tx.connection)  # type: ignore[arg-type]
        ballots = Ballots(tx.connection)
        assert ballots.hold("b1", State.DRAFT) and ballots.hold("b1", State.OPEN, State.DRAFT)
        assert not ballots.hold("b1", State.OPEN) and not ballots.hold("b2", State.DRAFT)


def test_appointments_are_scheduled_drafts_and_open_ballots_the_earliest_first(path: Path) -> None:
    with transaction(path) as tx:
        id = laid_down(tx.connection)  # type: ignore[arg-type]
        ballots = Ballots(tx.connection)
        ballots.append(id, opened(owners(3)).entries)
        record = ballots.record(id)
        assert record is not None
        draft = ballots.add(record.compound, Kind.OWNERS, "{}", OPENS, CLOSES, NOON)
        assert [(each.ballot, each.what, each.at) for each in ballots.appointments()] == [(id, "close", CLOSES)]
        assert ballots.schedule(draft, NOON) and not ballots.schedule(id, NOON)
        assert [(each.ballot, each.what) for each in ballots.appointments()] == [(draft, "open"), (id, "close")]
        first = ballots.appointments()[0].mark
        ballots.schedule(draft, NOON + timedelta(seconds=1))
        assert ballots.appointments()[0].mark != first
        assert ballots.redraft(draft, "{}", OPENS, CLOSES) and len(ballots.appointments()) == 1
        assert ballots.drop(draft) and not ballots.drop(draft) and not ballots.drop(id)


def test_private_words_and_secrets_are_kept_beside_their_lines(path: Path) -> None:
    with transaction(path) as tx:
        id = laid_down(tx.connection)  # type: ignore[arg-type]
        book = opened(owners(3))
        Ballots(tx.connection).append(id, book.entries)
        for number, entry in enumerate(book.entries, 1):
            assert Ballots(tx.connection).private(id, number) == entry.private
            assert Ballots(tx.connection).secret(id, number) == entry.secret
        assert json.loads(next(iter(Ballots(tx.connection).lines(id))))["kind"] == "opened"
        assert DURING > OPENS and secret("x") != secret("y")
        assert [each.ballot for each in look(tx.connection).damaged] == [id]  # the test kept no seats by number


@pytest.mark.parametrize("sql", ["update ledger set line = ''", "delete from ledger"])
def test_lines_are_only_ever_added(path: Path, sql: str) -> None:
    with transaction(path) as tx:
        id = laid_down(tx.connection)  # type: ignore[arg-type]
        Ballots(tx.connection).append(id, opened(owners(1)).entries)
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            tx.connection.run(sql)
