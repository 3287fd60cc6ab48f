"""The made-up compound: everything can be tried on it at once, and it goes away without a trace in the tables."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import bootstrap
from bot.office import codes
from bot.store import Store
from bot.store.soundness import look
from tests.bot.office.kit import data, done, refused
from tests.bot.office.kit import office as command
from tests.bot.rounds.kit import Office
from tests.bot.store.kit import seen

TABLES = ("street", "compound", "seat", "unit", "invitation", "member", "staff", "ballot", "ledger", "ballot_seat")


@pytest.fixture
def begun(path: Path) -> Path:
    command("init", "安科")
    return path


def content(path: Path) -> dict[str, list[Any]]:
    return {table: seen(path, f"select * from {table}") for table in TABLES}


def test_it_has_a_committee_owners_codes_and_two_open_ballots(begun: Path) -> None:
    made = data("demo")
    assert data("ballot", "show", made["ballots"]["committee"])["live"]
    assert not data("ballot", "show", made["ballots"]["owners"])["by_name"]
    parts = data("turnout", made["ballots"]["owners"])["parts"]
    assert (parts[0]["seats"], parts[0]["taken_part"]) == (41, 24)
    assert sum(part["area"].count("/") == 2 for part in parts) == 6
    holders = [row[0] for row in seen(begun, "select holders from seat where kind = 'owners'")]
    assert any("\n" in name for name in holders)
    assert seen(begun, "select count(*) from seat where organisation = 1") == [(1,)]
    assert seen(begun, "select max(n) from (select count(*) as n from unit group by seat)") == [(2,)]
    assert seen(begun, "select count(*) from seat where kind = 'committee'") == [(9,)]
    assert all(codes.read(code) for of in made["codes"].values() for code in of.values())
    assert done(begun, lambda tx: look(tx.connection)).damaged == ()


def test_its_codes_open_seats_and_its_form_can_be_confirmed(begun: Path) -> None:
    made = data("demo")
    store = Store(begun)
    try:
        console = bootstrap.console(store, "console/local")
        assert "王**" in console.say(made["codes"]["committee"]["1"])
        assert "绑定好了" in console.say("是我")
    finally:
        store.close()
    assert "计入" in command("paper", "confirm", made["ballots"]["owners"], f"#{made['paper_waits']}")


def test_what_it_prints_tells_what_to_try(begun: Path) -> None:
    said = command("demo")
    for word in ("jiugai chat", "turnout", "paper confirm", "ballot close", "export", "verify", "demo --remove"):
        assert word in said


def test_it_is_there_once_and_goes_as_a_whole(begun: Path) -> None:
    before = content(begun)
    made = data("demo")
    assert "已经有一个" in refused("demo")
    assert "--yes" in refused("demo", "--remove")
    command("demo", "--remove", "--yes")
    assert content(begun) == before
    about = {made["compound"], *made["ballots"].values()}
    left = [row for row in seen(begun, "select act, about from audit") if row[1] in about]
    assert left == [("demo.remove", made["compound"])]
    assert "没有示范小区" in refused("demo", "--remove", "--yes")
    assert data("demo")["compound"] != made["compound"]


def test_each_street_has_its_own_and_learns_of_no_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_STAFF", office.bob)
    nothing = refused("demo", "--remove", "--yes", "--as", office.eve)
    data("demo")
    assert refused("demo", "--remove", "--yes", "--as", office.eve) == nothing
    assert refused("demo", "--remove", "--yes", "--as", office.eve, "--street", "月坛") == nothing
    assert refused("demo", "--remove", "--yes", "--as", office.eve, "--street", "火星") == nothing
    theirs = data("demo", "--as", office.eve)["compound"]
    assert "已经有一个" in refused("demo")
    several = refused("demo", "--remove", "--yes", "--as", office.ann)
    assert "月坛街道、牛街街道" in several and "--street" in several
    assert data("demo", "--remove", "--yes", "--as", office.ann, "--street", "牛街") == {"removed": theirs}
    command("demo", "--remove", "--yes", "--as", office.ann)
    assert refused("demo", "--remove", "--yes", "--as", office.ann) == nothing


def test_it_can_only_be_where_there_is_staff_and_a_street(path: Path) -> None:
    assert "office init" in refused("demo")
    command("init", "安科")
    assert "没有找到" in refused("demo", "--street", "火星街道")
    assert data("demo", "--street", "牛街街道")["compound"]


def test_nothing_but_a_made_up_compound_lets_lines_of_a_ledger_go(begun: Path) -> None:
    made = data("demo")
    command("compound", "add", "真小区", "--street", "月坛街道")
    with closing(sqlite3.connect(begun)) as connection:
        connection.execute("pragma foreign_keys = off")
        (real,) = connection.execute("select id from compound where demo = 0").fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="stays what it is"):
            connection.execute("update compound set demo = 1 where id = ?", (real,))
        ballot = made["ballots"]["owners"]
        connection.execute("update ballot set compound = ? where id = ?", (real, ballot))
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute("delete from ledger where ballot = ?", (ballot,))
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute("update ledger set line = '' where ballot = ?", (ballot,))


def test_a_real_compound_is_not_taken_away_by_it(begun: Path) -> None:
    from bot.office import demo
    from bot.office.acting import Acting, Refusal
    from bot.office.roles import Actor, Role
    from bot.times import utc

    id = data("compound", "add", "真小区", "--street", "月坛街道")["id"]
    actor = Actor("x", Role.DISTRICT)
    found = done(begun, lambda tx: demo.remove(Acting(tx, actor, utc(), lambda n: b""), id))
    assert isinstance(found, Refusal) and found.key == "no_demo"
    assert data("compound", "list")
