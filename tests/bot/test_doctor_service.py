"""The doctor's look at settings, database and Telegram."""

import os
import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import Arrival, Call, Store, Transaction
from bot.store.erasing import erase
from bot.store.key import key_file, key_of
from bot.store.lock import only_one
from bot.times import beijing, utc
from tests.botapi import Remote
from tests.kit import Outcome, free_port, jiugai

TOKEN = "123456:AAHf_secret-Token0123456789abcdefgh"


def line(said: Outcome, words: str) -> str:
    """The line that holds these words."""
    (found,) = [line for line in said.out.splitlines() if words in line]
    return found


def test_every_setting_is_shown_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = free_port()
    monkeypatch.setenv("JIUGAI_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("JIUGAI_TELEGRAM_PROXY", f"socks5://office:hush@127.0.0.1:{closed}")
    monkeypatch.setenv("JIUGAI_LOG", "json")
    said = jiugai("doctor")
    assert line(said, "JIUGAI_TELEGRAM_TOKEN") == "✓ JIUGAI_TELEGRAM_TOKEN: 123456:…"
    assert line(said, "JIUGAI_TELEGRAM_PROXY:") == f"✓ JIUGAI_TELEGRAM_PROXY: socks5://office:***@127.0.0.1:{closed}"
    assert "默认" in line(said, "JIUGAI_TELEGRAM_API:") and "json" in line(said, "JIUGAI_LOG")
    assert "secret" not in said.out + said.err and "hush" not in said.out + said.err


def test_every_fault_of_the_settings_is_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_TELEGRAM_TOKEN", "hush")
    monkeypatch.setenv("JIUGAI_TELEGRAM_PROXY", "ftp://127.0.0.1:1")
    monkeypatch.setenv("JIUGAI_DATABSE", "/srv/x.db")
    said = jiugai("doctor")
    faults = [line for line in said.out.splitlines() if line.startswith("✗")]
    assert said.code == 1 and len(faults) == 3
    for name, fault in zip(("TOKEN", "PROXY", "DATABSE"), faults, strict=True):
        assert name in fault
    assert "JIUGAI_DATABASE" in faults[2] and "hush" not in said.out


# ---- the database --------------------------------------------------------------------------------------------------


def test_a_database_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    said = jiugai("doctor")
    assert said.code == 0 and "第一次用时会建" in said.out
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_can_never_be_made_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JIUGAI_DATABASE", str(tmp_path / "file" / "jiugai.db"))
    said = jiugai("doctor")
    assert said.code == 1 and line(said, "✗ 数据库").endswith("cannot be written")


def test_it_says_how_the_database_stands_and_who_serves_it(tmp_path: Path) -> None:
    path = tmp_path / "jiugai.db"
    with closing(Store(path)) as store:

        def some(tx: Transaction) -> None:
            tx.inbox.add(
                [Arrival("telegram/1/1", "telegram", "c", "{}"), Arrival("telegram/1/2", "telegram", "c", "{}")], utc()
            )
            tx.outbox.add("telegram/1/1", "telegram", "c", [Call("lane", "{}")], utc())
            tx.sessions.save("c", {"language": "zh"}, utc())
            tx.sessions.reachable("d", False, utc())

        store.write(some).result()
        with only_one(path):
            said = jiugai("doctor")
    stands = line(said, "数据库")
    for part in ("conversations 2", "blocking 1", "to answer 2", "to send 1"):
        assert part in stands
    assert line(said, "服务").endswith("running") and "not running" not in said.out
    assert line(said, "搁下的消息") == "✓ 搁下的消息 · messages set aside: 0"
    assert said.code == 0
    assert "没有运行" in jiugai("doctor").out


@pytest.mark.skipif(os.name != "posix", reason="only there files have such rights")
def test_it_says_whether_the_key_of_the_codes_can_be_used_and_is_nobody_elses_business(tmp_path: Path) -> None:
    path = tmp_path / "jiugai.db"
    key_of(path)
    said = jiugai("doctor")
    assert said.code == 0 and line(said, "密钥").startswith(f"✓ 密钥 · key: {key_file(path)}")
    key_file(path).chmod(0o644)
    said = jiugai("doctor")
    assert said.code == 1 and "others can read it" in line(said, "密钥") and "chmod 600" in said.out
    key_file(path).write_text("no key")
    said = jiugai("doctor")
    assert said.code == 1 and "✗ 密钥" in said.out and "no key" not in said.out


def test_what_was_set_aside_and_given_up_is_listed_by_id_with_its_reason_and_no_text(tmp_path: Path) -> None:
    now = utc()
    with closing(Store(tmp_path / "jiugai.db")) as store:

        def some(tx: Transaction) -> None:
            for n in range(12):
                then = now + timedelta(minutes=n)
                tx.inbox.add([Arrival(f"telegram/1/{n}", "telegram", "c", '"王大爷"')], then)
                tx.inbox.aside(f"telegram/1/{n}", f"KeyError at bot/x.py:{n}")
            tx.outbox.add("telegram/1/1", "telegram", "c", [Call("lane", '"秘密"'), Call("lane", '"秘密"')], now)
            tx.outbox.settle("telegram/1/1#0", "never", now, reason="forbidden: blocked, or not in the chat")
            tx.outbox.settle("telegram/1/1#1", "unknown", now, reason="timed out")

        store.write(some).result()
    said = jiugai("doctor")
    assert said.code == 0  # nothing of the set-up is wrong
    lines = said.out.splitlines()
    aside = lines.index("! 搁下的消息 · messages set aside: 12")
    newest = beijing(now + timedelta(minutes=11))
    assert lines[aside + 1] == f"  {newest} telegram/1/11: KeyError at bot/x.py:11"
    assert lines[aside + 11] == "  … 2"
    given_up = lines.index("! 没送到的 · given up sending: 2")
    assert lines[given_up + 1].endswith("telegram/1/1#1: timed out")
    assert lines[given_up + 2].endswith("telegram/1/1#0: forbidden: blocked, or not in the chat")
    assert "王大爷" not in said.out and "秘密" not in said.out


def test_what_somebody_wanted_forgotten_is_not_listed_as_given_up(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "jiugai.db")) as store:

        def some(tx: Transaction) -> None:
            tx.inbox.add([Arrival("telegram/1/1", "telegram", "c", '"/forget"')], utc())
            tx.outbox.add("telegram/1/1", "telegram", "c", [Call("lane", "{}")], utc())
            erase(tx.connection, "c", utc())

        store.write(some).result()
    assert line(jiugai("doctor"), "没送到的") == "✓ 没送到的 · given up sending: 0"


def test_a_file_that_is_no_database_of_ours_is_a_fault_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "jiugai.db"
    path.write_bytes(b"not a database at all, only some bytes" * 40)
    said = jiugai("doctor")
    assert said.code == 1 and "✗ 数据库" in said.out
    assert path.read_bytes().startswith(b"not a database")


# ---- Telegram ------------------------------------------------------------------------------------------------------


def test_the_token_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with Remote.start("--token", TOKEN) as api:
        monkeypatch.setenv("JIUGAI_TELEGRAM_API", api.root)
        monkeypatch.setenv("JIUGAI_TELEGRAM_TOKEN", TOKEN)
        said = jiugai("doctor")
        assert said.code == 0 and line(said, "✓ Telegram: @").strip()
        monkeypatch.setenv("JIUGAI_TELEGRAM_TOKEN", TOKEN.replace("AAHf", "BBBB"))
        said = jiugai("doctor")
        assert said.code == 1 and "✗ Telegram 不认这个令牌" in said.out and "@BotFather" in said.out


def test_a_network_that_is_away_and_a_proxy_that_is_away_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_TELEGRAM_API", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("JIUGAI_TELEGRAM_TOKEN", TOKEN)
    said = jiugai("doctor")
    assert said.code == 1 and "✗ 连不上" in said.out and "JIUGAI_TELEGRAM_PROXY" in said.out
    closed = free_port()
    monkeypatch.setenv("JIUGAI_TELEGRAM_PROXY", f"http://127.0.0.1:{closed}")
    assert f"✗ 代理连不上 · cannot reach the proxy: 127.0.0.1:{closed}" in jiugai("doctor").out
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        place = f"127.0.0.1:{listening.getsockname()[1]}"
        monkeypatch.setenv("JIUGAI_TELEGRAM_PROXY", f"http://{place}")
        monkeypatch.setattr("bot.channels.telegram.client.SECONDS", 0.2)
        said = jiugai("doctor")
    assert f"✗ 代理 {place} 通，经它连不上" in said.out
