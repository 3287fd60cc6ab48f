"""jiugai office seat release: a lost phone is let go, in the ledger too; what was chosen stays, the phone is told."""

import json
import shlex
from pathlib import Path

import pytest

from ballots import casting
from ballots.roll import Kind
from ballots.standing import By, Choice, Selection
from bot.channels.unasked import calls
from bot.office import ballots as acts
from bot.office import invitations, reports
from bot.office.acting import Refusal
from bot.store import Transaction
from bot.store.ballots import Ballots
from bot.store.invitations import Invitations
from bot.times import utc
from dialogs.wording import wording
from tests.bot.office.kit import data, done, office, refused
from tests.bot.office.town import COMPOUND, ITEM, NEAR, Person, Town
from tests.bot.store.kit import seen
from tests.kit import jiugai

WHY = "手机丢了"


def release(town: Town, *words: str, who: str = "") -> tuple[str, ...]:
    return ("seat", "release", town.compound, "committee", "1", "--because", WHY, "--as", who or town.near, *words)


def cast(town: Town, ballot: str) -> None:
    seat = town.seat("1")

    def job(tx: Transaction) -> None:
        kept = Ballots(tx.connection)
        ((_, number),) = kept.of_seat(seat)
        standing = kept.standing(ballot, number)
        assert standing
        selection = Selection({ITEM: Choice.FOR})
        came = casting.cast(kept.ballot(ballot), standing, selection, utc(), b"s" * 32, By.ONLINE)
        assert isinstance(came, casting.Recorded), came
        kept.append(ballot, [came.entry])

    done(town.path, job)


def test_the_account_goes_and_a_new_code_lets_another_phone_in(town: Town) -> None:
    old, new = Person(town.path), Person(town.path, 8)
    old.joins(town.code("1"))
    assert data(*release(town, "--yes")) == {"released": town.seat("1"), "ledgers": 0}
    assert done(town.path, lambda tx: Invitations(tx.connection).seats(old.key)) == []
    code = data("invite", "issue", town.compound, "committee", "--seat", "1", "--as", town.near)["codes"][0]["code"]
    assert "绑定好了" in new.joins(code)


def test_the_old_phone_is_told_in_its_language(town: Town) -> None:
    old = Person(town.path)
    old("/language en")
    old(town.code("1"))
    old.taps("Yes")
    office(*release(town, "--yes"))
    ((conversation, unasked, payload),) = seen(town.path, "select conversation, unasked, payload from outbox")
    assert (conversation, unasked) == (old.conversation, 1)
    assert "taken this account off your seat" in json.loads(payload)["text"]


def test_an_open_ballots_ledger_has_a_line_of_it_and_the_selection_stays(town: Town, tmp_path: Path) -> None:
    Person(town.path).joins(town.code("1"))
    ballot = town.open()
    cast(town, ballot)
    assert data(*release(town, "--yes"))["ledgers"] == 1
    ((line, private),) = seen(town.path, "select line, private from ledger where kind = 'released'")
    public = json.loads(line)
    assert set(public) == {"n", "prev", "at", "kind", "seat", "private"} and set(public["private"]) == {
        "staff",
        "because",
    }
    assert json.loads(private) == {"staff": NEAR, "because": WHY}
    assert NEAR not in line and WHY not in line

    def standing(tx: Transaction) -> tuple[object, object]:
        kept = Ballots(tx.connection)
        stands = kept.standing(ballot, public["seat"])
        return stands, kept.box(ballot).standings[public["seat"]]

    one, recounted = done(town.path, standing)
    assert one == recounted and one.selection.choices == {ITEM: Choice.FOR}  # type: ignore[attr-defined]
    town.does(lambda acting: acts.close(acting, ballot, "测试"))
    published = town.does(lambda acting: reports.public_list(acting, ballot))
    (tmp_path / "list.jsonl").write_bytes(b"".join(published.lines))
    assert jiugai("verify", str(tmp_path / "list.jsonl"), "--head", published.head.hash).code == 0


def test_closed_ballots_are_left_alone(town: Town) -> None:
    Person(town.path).joins(town.code("1"))
    ballot = town.open()
    town.does(lambda acting: acts.close(acting, ballot, "测试"))
    assert data(*release(town, "--yes"))["ledgers"] == 0
    assert seen(town.path, "select count(*) from ledger where kind = 'released'") == [(0,)]


def test_what_cannot_be_released_is_one_sentence_and_leaves_all_as_it_was(town: Town) -> None:
    refused(*release(town, "--yes"))
    ann = Person(town.path)
    ann.joins(town.code("1"))
    assert "--yes" in refused(*release(town))
    refused(*release(town, "--yes", who=town.far))
    where = ("seat", "release", town.compound, "committee")
    refused(*where, "0" * 16, "--because", WHY, "--yes", "--as", town.near)
    refused(*where, "1", "--because", " ", "--yes", "--as", town.near)
    assert len(done(town.path, lambda tx: Invitations(tx.connection).seats(ann.key))) == 1
    assert seen(town.path, "select count(*) from outbox") == [(0,)]


def test_a_seat_on_several_ballots_has_a_line_in_each_that_is_open(town: Town) -> None:
    Person(town.path).joins(town.code("1"))
    first, second = town.open(), town.open()
    town.open(Kind.OWNERS)
    assert data(*release(town, "--yes"))["ledgers"] == 2
    assert {row[0] for row in seen(town.path, "select ballot from ledger where kind = 'released'")} == {first, second}


def test_without_a_reason_nothing_is_let_go_whoever_calls(town: Town) -> None:
    """Else the account would go, and the open ballot's ledger had no line of it."""
    ann = Person(town.path)
    ann.joins(town.code("1"))
    seat = town.seat("1")
    for because, key in ((" ", "reason.text-missing"), ("长" * 501, "words")):
        came = done(
            town.path,
            lambda tx: invitations.release(town.acting(tx), seat, because, calls),  # noqa: B023
        )
        assert isinstance(came, Refusal) and came.key == key
    assert len(done(town.path, lambda tx: Invitations(tx.connection).seats(ann.key))) == 1


def test_the_seat_is_found_before_it_is_asked_about(town: Town) -> None:
    where = ("seat", "release", COMPOUND, "业主")
    for seat, key in (("9号楼/1单元/101", "no_seat_key"), ("3号楼/2单元/501", "seat_not_joined"), (" ", "no_seat_key")):
        said = refused(*where, seat, "--because", WHY, "--as", town.near)
        assert wording("zh")(f"refused.{key}") in said and "--yes" not in said
    Person(town.path).joins(town.code("a", Kind.OWNERS))
    asked = refused(*where, "3号楼/2单元/501", "--because", WHY, "--as", town.near)
    assert "3号楼 2单元 501（王建国、李芳）" in asked and "--yes" in asked


@pytest.mark.parametrize("typed", ["a", "3号楼/2单元/501", "3号楼 2单元 501", "白云里小区业主 3号楼 2单元 501", "ID"])
def test_a_seat_is_let_go_by_whatever_it_is_called_and_the_way_to_a_new_code_is_told(town: Town, typed: str) -> None:
    Person(town.path).joins(town.code("a", Kind.OWNERS))
    id = town.seat("a", Kind.OWNERS)
    typed = id if typed == "ID" else typed
    said = office("seat", "release", COMPOUND, "owners", typed, "--because", WHY, "--yes", "--as", town.near)
    assert done(town.path, lambda tx: Invitations(tx.connection).member(id)) is None
    (command,) = [line.partition("jiugai office ")[2] for line in said.splitlines() if "invite issue" in line]
    assert office(*shlex.split(command), "--as", town.near)
