"""Damage: whatever is changed in a ledger or beside it is found and named, by backup, restore and the doctor."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ballots.ballot import State
from ballots.standing import Choice
from bot.office import ballots as acts
from bot.office import paper, proxies, reports
from bot.store.soundness import Soundness, look
from tests.bot.rounds.kit import CLOSES, DAY, ELEVATOR, Office
from tests.bot.store.kit import seen
from tests.kit import Outcome, jiugai


def voted(office: Office) -> str:
    """A closed ballot with something of everything."""
    id = office.opened()
    office.vote(id, "s1", menu_13="for", menu_31="against")
    office.vote(id, "s1", menu_13="object")
    office.must(lambda a: paper.enter(a, id, "s2", {ELEVATOR: Choice.FOR}, {}, "小刘"))
    office.must(lambda a: proxies.appoint(a, id, "s3", "李四"))
    office.must(lambda a: acts.close(a, id), now=CLOSES)
    return id


def damage(path: Path, *statements: str) -> None:
    """What somebody does who has the file: the ledger's triggers are no lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma foreign_keys = off")
        for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def looked(office: Office) -> Soundness:
    return office.do(lambda tx: look(tx.connection))


def test_a_sound_database_is_sound_and_drafts_have_no_ledger(office: Office) -> None:
    assert looked(office) == Soundness(0, ())
    voted(office), office.opened(), office.draft()
    other = office.opened(live=True)
    office.must(lambda a: acts.void(a, other, "算了"))
    assert looked(office) == Soundness(3, ())


@pytest.mark.parametrize(
    "sql",
    [
        "update ledger set line = replace(line, '\"for\"', '\"fos\"') where kind = 'cast'",
        "update ledger set line = replace(line, 'against', 'abstain') where kind = 'cast'",
        "update ledger set private = replace(private, '怕挡光', '怕吵') where kind = 'changed'",
        "update ledger set private = replace(private, '王', '李') where kind = 'seat' and private like '%王%'",
        "update ledger set private = '{}' where kind = 'seat' and n = 3",
        "update ledger set private = 'x' where n = 3",
        "update ledger set private = '{\"more\": \"x\"}' where kind = 'closed'",
        "update ledger set secret = '00' || substr(secret, 3) where kind = 'cast'",
        "update ledger set secret = 'x' where kind = 'cast'",
        "delete from ledger where kind = 'cast'",
        "delete from ledger where kind = 'closed'",
        "delete from ledger where n = 1",
        "delete from ledger",
        "update ledger set n = n + 100 where kind = 'closed'",
        "update ledger set seat = 99 where kind = 'cast'",
        "update ledger set kind = 'cast' where kind = 'changed'",
        "update ledger set line = line || ' ' where kind = 'closed'",
        "update ledger set line = 'x' where kind = 'closed'",
        "update ballot set hash = 'ff' || substr(hash, 3)",
        "update ballot set lines = lines - 1",
        "update ballot set state = 'open'",
        "update ballot set state = 'certified'",
        "update ballot set state = 'draft'",
        "update ballot set closes = '2026-03-17T01:00:00.000000+00:00'",
        "update ballot set opens = '2026-03-01T01:00:00.000000+00:00'",
        "update ballot set kind = 'households'",
        "delete from ballot_seat where number = 1",
        "update ballot_seat set number = number + 100",
        "update ballot_seat set data = replace(data, '王建国', '李建国') where data like '%王建国%'",
        "update ballot_seat set data = replace(data, '101', '901') where data like '%101%'",
        "delete from ballot",
    ],
)
def test_whatever_is_changed_is_found_and_the_ballot_is_named(office: Office, sql: str) -> None:
    id = voted(office)
    damage(office.path, sql)
    found = looked(office)
    assert [each.ballot for each in found.damaged] == [id]
    assert found.damaged[0].why and "王建国" not in found.damaged[0].why and "挡光" not in found.damaged[0].why


def test_one_that_was_damaged_does_not_hide_the_others(office: Office) -> None:
    first, second, third = voted(office), voted(office), voted(office)
    damage(
        office.path,
        f"delete from ledger where ballot = '{first}' and kind = 'cast'",
        f"update ballot set state = 'open' where id = '{third}'",
    )
    found = looked(office)
    assert (found.ledgers, {each.ballot for each in found.damaged}) == (3, {first, third})
    assert second not in str(found)


# ---- by command ------------------------------------------------------------------------------------------------------


def changed_byte(id: str) -> str:
    return f"update ledger set line = replace(line, 'menu-13', 'menu-14') where ballot = '{id}' and kind = 'cast'"


def test_backup_and_restore_say_how_many_ledgers_they_verified(office: Office, tmp_path: Path) -> None:
    id = voted(office)
    office.opened()
    copy = tmp_path / "copy.db"
    assert "核对了2份流水，都完好" in jiugai("backup", str(copy)).out
    office.must(lambda a: acts.certify(a, id))
    restored = jiugai("restore", str(copy))
    assert restored.code == 0 and "核对了2份流水，都完好" in restored.out
    assert office.record(id).state.value == "closed"
    triggers = {name for (name,) in seen(office.path, "select name from sqlite_master where type = 'trigger'")}
    assert triggers == {"ledger_kept", "ledger_whole", "compound_demo"}


def test_a_damaged_ledger_is_backed_up_to_a_new_file_with_its_name_told_and_replaces_no_good_one(
    office: Office, tmp_path: Path
) -> None:
    id = voted(office)
    good, new = tmp_path / "good.db", tmp_path / "new.db"
    assert jiugai("backup", str(good)).code == 0
    kept = good.read_bytes()
    damage(office.path, changed_byte(id))
    assert_told(jiugai("backup", str(good)), id)
    assert good.read_bytes() == kept
    assert_told(jiugai("backup", str(new)), id)
    assert new.exists()
    said = jiugai("restore", str(good))  # what is damaged now is kept beside, whatever it is worth
    assert said.code == 0 and looked(office).damaged == ()


def test_a_damaged_backup_changes_nothing_unless_one_insists(office: Office, tmp_path: Path) -> None:
    id = voted(office)
    copy = tmp_path / "copy.db"
    jiugai("backup", str(copy))
    damage(copy, changed_byte(id))
    office.must(lambda a: acts.certify(a, id))
    before = office.content()
    assert_told(jiugai("restore", str(copy)), id)
    assert office.content() == before
    insisted = jiugai("restore", str(copy), "--damaged")
    assert insisted.code == 1 and id in insisted.err and id in insisted.out
    assert office.record(id).state.value == "closed" and [each.ballot for each in looked(office).damaged] == [id]


def test_after_a_restore_the_clock_closes_once_more_what_is_open_again(office: Office, tmp_path: Path) -> None:
    from tests.bot.rounds.test_clock import tick

    id = office.opened()
    copy = tmp_path / "copy.db"
    jiugai("backup", str(copy))
    tick(office, CLOSES)
    assert office.kinds(id) == ["closed"]
    assert jiugai("restore", str(copy)).code == 0
    assert office.kinds(id) == []
    tick(office, CLOSES)
    assert office.kinds(id) == ["closed"] and looked(office).damaged == ()


def test_what_was_chosen_since_a_backup_is_lost_with_it_and_its_receipt_is_in_no_list(
    office: Office, tmp_path: Path
) -> None:
    """As docs/running.md says."""
    from tests.bot.rounds.test_clock import tick

    id = office.opened()
    kept = office.vote(id, "s1", menu_13="for").receipt
    jiugai("backup", str(tmp_path / "copy.db"))
    lost = office.vote(id, "s2", menu_13="for").receipt
    office.must(lambda a: acts.extend(a, id, CLOSES + DAY, "有几家出差"))
    office.must(lambda a: acts.close(a, id, "都投完了"))
    assert jiugai("restore", str(tmp_path / "copy.db")).code == 0
    assert (office.record(id).state, office.record(id).closes) == (State.OPEN, CLOSES)
    tick(office, CLOSES)
    listed = office.must(lambda a: reports.public_list(a, id))
    (tmp_path / "list.jsonl").write_bytes(b"".join(listed.lines))
    for receipt, code in ((kept, 0), (lost, 1)):
        assert jiugai("verify", str(tmp_path / "list.jsonl"), "--receipt", receipt).code == code


@pytest.mark.parametrize("sound", [True, False])
def test_the_doctor_names_damaged_ledgers(office: Office, sound: bool) -> None:
    id = voted(office)
    if not sound:
        damage(office.path, changed_byte(id))
    said = jiugai("doctor")
    assert said.code == (0 if sound else 1)
    assert (f"ledgers: 1，损坏 · damaged: {id}" in said.out) is not sound


def assert_told(said: Outcome, id: str) -> None:
    assert said.code == 1 and id in said.err and len(said.err.splitlines()) == 1
