"""Where seats stand, kept from one look to the next: always as a recount from the first line has it, whatever was
undone, corrected or brought back in between."""

import random
import secrets
import shutil
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ballots.casting import Changed, Recorded, cast
from ballots.standing import Choice, Selection
from bot.office.acting import Acting
from bot.office.correcting import correct
from bot.office.roles import Actor, Role
from bot.store import Store, Transaction
from bot.store.ballots import Ballots
from bot.times import utc
from tests import hall
from tests.bot.made import copied
from tests.hall import ELEVATOR, PARKING, Hall, done
from tests.voters import wish

ITEMS = (ELEVATOR, PARKING)


class Undone(Exception):
    """What was done is to be undone."""


def made(path: Path) -> Hall:
    with closing(Store(path)) as store:
        return hall.opened(store, hall.begun(store), hall.owners(5), ITEMS)


@pytest.fixture
def voting(tmp_path: Path) -> Hall:
    path = tmp_path / "jiugai.db"
    return replace(copied(made, path), path=path)


def vote(tx: Transaction, voting: Hall, number: int, said: dict[str, str]) -> None:
    ballots = Ballots(tx.connection)
    standing = ballots.standing(voting.ballot, number)
    assert standing is not None
    choices = {item: Choice(choice) for item, choice in said.items()}
    reasons = {item: f"因为{number}" for item, choice in said.items() if choice == "object"}
    key = secrets.token_bytes(32)
    outcome = cast(ballots.ballot(voting.ballot), standing, Selection(choices, reasons), utc(), key)
    if isinstance(outcome, Recorded | Changed):
        ballots.append(voting.ballot, [outcome.entry])


def chosen(tx: Transaction, voting: Hall, number: int) -> dict[str, str]:
    standing = Ballots(tx.connection).standing(voting.ballot, number)
    assert standing is not None
    return {item: choice.value for item, choice in standing.selection.choices.items()}


def as_recounted(tx: Transaction, voting: Hall) -> None:
    """Ballot and seats stand as the ledger, read from its first line on, has them."""
    ballots = Ballots(tx.connection)
    box = ballots.box(voting.ballot)
    assert ballots.ballot(voting.ballot) == box.ballot
    assert {number: ballots.standing(voting.ballot, number) for number in box.standings} == box.standings


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_between_it_is_what_a_recount_gives(voting: Hall, seed: int) -> None:
    chance = random.Random(seed)
    numbers = [voter.number for voter in voting.voters]

    def job(tx: Transaction) -> None:
        acting = Acting(tx, Actor(voting.staff[0], Role.DISTRICT), utc(), secrets.token_bytes)
        for _ in range(60):
            undo = chance.random() < 0.3
            with suppress(Undone), tx.connection.savepoint():
                for _ in range(chance.randint(1, 3)):
                    if chance.random() < 0.15:
                        item = chance.choice(ITEMS)
                        hall.must(correct(acting, voting.ballot, item, "更正", zh=f"写法{chance.random()}"))
                    else:
                        vote(tx, voting, chance.choice(numbers), wish(ITEMS, chance))
                    Ballots(tx.connection).standing(voting.ballot, chance.choice(numbers))
                if undo:
                    as_recounted(tx, voting)
                    raise Undone
            as_recounted(tx, voting)

    done(voting.path, job)


def test_what_was_undone_and_chosen_otherwise_is_not_remembered(voting: Hall) -> None:
    """The line that comes instead has the same number and the same line before it."""
    number = voting.voters[0].number

    def job(tx: Transaction) -> None:
        for item in ITEMS:
            with suppress(Undone), tx.connection.savepoint():
                vote(tx, voting, number, {item: "against"})
                assert chosen(tx, voting, number) == {item: "against"}
                raise Undone
            assert chosen(tx, voting, number) == {}
        vote(tx, voting, number, {ELEVATOR: "for"})
        assert chosen(tx, voting, number) == {ELEVATOR: "for"}
        as_recounted(tx, voting)

    done(voting.path, job)


def test_two_databases_that_went_apart_from_one_copy_are_not_mixed_up(voting: Hall, tmp_path: Path) -> None:
    number, other = voting.voters[0].number, tmp_path / "other.db"
    shutil.copy(voting.path, other)
    for path, choice in ((voting.path, "for"), (other, "against")):
        done(path, lambda tx, said=choice: vote(tx, voting, number, {PARKING: said}))  # type: ignore[misc]
    for path, choice in ((voting.path, "for"), (other, "against")):
        assert done(path, lambda tx: chosen(tx, voting, number)) == {PARKING: choice}
        done(path, lambda tx: as_recounted(tx, voting))


def test_a_change_of_mind_reads_no_more_the_more_there_were(voting: Hall) -> None:
    number = voting.voters[0].number

    def job(tx: Transaction) -> list[int]:
        read = []
        rows = tx.connection.rows
        for at in range(12):
            vote(tx, voting, number, {ELEVATOR: ("for", "against")[at % 2]})
            found: list[int] = []

            def counted(sql: str, into: list[int] = found, **values: object) -> object:
                came = rows(sql, **values)
                into.append(len(came))
                return came

            tx.connection.rows = counted  # type: ignore[assignment,method-assign]
            Ballots(tx.connection).standing(voting.ballot, number)
            tx.connection.rows = rows  # type: ignore[method-assign]
            read.append(sum(found))
        return read

    assert set(done(voting.path, job)[1:]) == {2}
