"""Settings: read from an environment, checked all at once, and nothing secret ever shown."""

import os
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import TELEGRAM, Settings, bot_id, settings, shown
from bot.errors import UserError

TOKEN = "123456789:AAHf_secret-Token0123456789abcdefgh"
NAMES = [
    "JIUGAI_TELEGRAM_TOKEN",
    "JIUGAI_TELEGRAM_API",
    "JIUGAI_TELEGRAM_PROXY",
    "JIUGAI_DATABASE",
    "JIUGAI_LOG",
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a working folder below tmp_path, and none of the variables that the tests themselves run with."""
    for name in [name for name in os.environ if name.upper().startswith(("JIUGAI_", "XDG_"))]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default file; where it is on each system is platformdirs' own matter."""
    place = tmp_path / "data" / "jiugai"

    def data_path(name: str, appauthor: bool) -> Path:
        assert (name, appauthor) == ("jiugai", False)
        return place

    monkeypatch.setattr("bot.config.user_data_path", data_path)
    return place / "jiugai.db"


def faults(**environ: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        settings(environ)
    lines = str(caught.value).split("\n")
    for line in lines:
        name = line.split()[0]
        assert line.count(f"{name} ") >= 2 and ("。 " in line or "？ " in line) and line.endswith((".", "?")), line
    return lines


def secret(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


def test_defaults(default: Path) -> None:
    found = settings({})
    assert (found.telegram_token, found.telegram_api, found.telegram_proxy) == (None, TELEGRAM, None)
    assert (found.database, found.log) == (default, "plain")
    assert shown(found) == [
        ("JIUGAI_TELEGRAM_TOKEN", "", False),
        ("JIUGAI_TELEGRAM_API", "https://api.telegram.org", False),
        ("JIUGAI_TELEGRAM_PROXY", "", False),
        ("JIUGAI_DATABASE", str(default), False),
        ("JIUGAI_LOG", "plain", False),
    ]


def test_the_default_file_is_looked_up_when_settings_are_read(home: Path) -> None:
    found = settings({}).database
    assert found.is_absolute() and found.is_relative_to(home) and found.name == "jiugai.db"
    assert "jiugai" in found.parent.parts and not found.parent.exists()


def test_everything_set_and_shown_without_its_secrets(tmp_path: Path) -> None:
    environ = {
        "JIUGAI_TELEGRAM_TOKEN": TOKEN,
        "JIUGAI_TELEGRAM_API": "http://127.0.0.1:8081",
        "JIUGAI_TELEGRAM_PROXY": "socks5h://office:hunter2@proxy.example:1080",
        "JIUGAI_DATABASE": str(tmp_path / "x.db"),
        "JIUGAI_LOG": "json",
    }
    found = settings(environ)
    assert secret(found.telegram_token) == TOKEN
    assert secret(found.telegram_proxy) == environ["JIUGAI_TELEGRAM_PROXY"]
    assert (found.telegram_api, found.database, found.log) == (
        "http://127.0.0.1:8081",
        tmp_path / "x.db",
        "json",
    )
    assert shown(found) == [
        ("JIUGAI_TELEGRAM_TOKEN", "123456789:…", True),
        ("JIUGAI_TELEGRAM_API", "http://127.0.0.1:8081", True),
        ("JIUGAI_TELEGRAM_PROXY", "socks5h://office:***@proxy.example:1080", True),
        ("JIUGAI_DATABASE", str(tmp_path / "x.db"), True),
        ("JIUGAI_LOG", "json", True),
    ]
    for text in (repr(found), str(found), repr(shown(found)), str(found.model_dump()), found.model_dump_json()):
        assert "secret" not in text and "hunter2" not in text
    with pytest.raises(ValueError, match="frozen"):
        found.log = "plain"


def test_a_default_that_was_written_out_counts_as_set() -> None:
    found = {each.name: each.given for each in shown(settings({"JIUGAI_TELEGRAM_API": TELEGRAM}))}
    assert [name for name, given in found.items() if given] == ["JIUGAI_TELEGRAM_API"]


def test_the_environment_of_the_process_is_read_unless_another_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_LOG", "json")
    assert settings().log == "json"
    assert settings({}).log == Settings().log == "plain"


@pytest.mark.parametrize("empty", ["", " ", "\t\r\n"])
def test_empty_values_count_as_not_set(empty: str, default: Path) -> None:
    assert settings({**dict.fromkeys(NAMES, empty), "JIUGAI_NOISE": empty}) == settings({})
    assert not any(each.given for each in shown(settings(dict.fromkeys(NAMES, empty))))


def test_blanks_around_a_value_are_dropped() -> None:
    found = settings({"JIUGAI_TELEGRAM_TOKEN": f" {TOKEN}\r\n", "JIUGAI_LOG": " json\r"})
    assert (secret(found.telegram_token), found.log) == (TOKEN, "json")


def test_names_count_as_spelled_but_on_windows_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("jiugai_log", "json")
    assert settings().log == ("json" if os.name == "nt" else "plain")


def test_lower_case_and_foreign_names_do_no_harm(default: Path) -> None:
    junk = {
        "jiugai_log": "xml",
        "Jiugai_Telegram_Token": "x",
        "log": "json",
        "LOG": "json",
        "DATABASE": "/",
        "jiugai_": "",
    }
    assert settings(junk) == settings({})
    assert settings({"JIUGAI_LOG": "json", **junk}).log == settings({**junk, "JIUGAI_LOG": "json"}).log == "json"


@pytest.mark.parametrize(
    "token",
    [
        "hunter2",
        "hunter2:abcdef",
        "123456:hunter2 x",
        "123456:hunter2\nx",
        "123456:",
        ":hunter2",
        '"123456:hunter2"',
        "bot123456:hunter2",
        "１２３456:hunter2",
        "123456:hunter2é",
        "123456:hunter2:x",
        "123456：hunter2",
        "123456:hunter2\udcff",
    ],
)
def test_a_token_of_another_form_is_a_fault_that_does_not_show_it(token: str) -> None:
    (line,) = faults(JIUGAI_TELEGRAM_TOKEN=token)
    assert line.startswith("JIUGAI_TELEGRAM_TOKEN ") and "@BotFather" in line
    assert token not in line and "hunter2" not in line and "123456" not in line


@pytest.mark.parametrize("token", ["1:x", TOKEN, "42:a_b-C"])
def test_the_id_of_a_bot(token: str) -> None:
    found = settings({"JIUGAI_TELEGRAM_TOKEN": token}).telegram_token
    assert found and bot_id(found) == token.split(":")[0]


@pytest.mark.parametrize(
    ("value", "root"),
    [
        ("https://api.telegram.org", "https://api.telegram.org"),
        ("https://api.telegram.org/", "https://api.telegram.org"),
        ("https://api.telegram.org/bot", "https://api.telegram.org"),
        ("http://127.0.0.1:8081//bot//", "http://127.0.0.1:8081"),
        ("HTTP://localhost:8081", "http://localhost:8081"),
        ("http://telegram_api:8081", "http://telegram_api:8081"),
        ("http://[::1]:8081/", "http://[::1]:8081"),
        ("https://机器人.example/tg/bot", "https://机器人.example/tg"),
        ("https://example.org/robot", "https://example.org/robot"),
    ],
)
def test_the_root_of_another_bot_api(value: str, root: str) -> None:
    assert settings({"JIUGAI_TELEGRAM_API": value}).telegram_api == root


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("127.0.0.1:8081", "http://"),
        ("localhost:8081", "http://"),
        ("ftp://localhost", "http://"),
        ("//localhost", "http://"),
        ("http:/localhost", "http://"),
        ("http://", "host"),
        ("http://:8081", "host"),
        ("http://...", "host"),
        ("http://a\\b", "host"),
        ("http://{token}", "host"),
        ("http://local host", "blank"),
        ("http://local\nhost", "blank"),
        ("http://localhost:", "port"),
        ("http://localhost:0", "port"),
        ("http://localhost:65536", "port"),
        ("http://localhost:eight", "port"),
        ("http://[::1", "port"),
        ("http://user:hunter2@localhost", "user"),
        ("http://@localhost", "user"),
        ("http://localhost?x=hunter2", "user"),
        ("http://localhost#hunter2", "user"),
        (f"https://api.telegram.org/bot{TOKEN}", "JIUGAI_TELEGRAM_TOKEN"),
        (f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe", "JIUGAI_TELEGRAM_TOKEN"),
        ("https://api.telegram.org/bot{token}", "JIUGAI_TELEGRAM_TOKEN"),
        ("http://localhost\udcff", "JIUGAI_TELEGRAM_API"),
    ],
)
def test_what_is_no_root_of_a_bot_api(value: str, told: str) -> None:
    (line,) = faults(JIUGAI_TELEGRAM_API=value)
    assert line.startswith("JIUGAI_TELEGRAM_API ") and told in line
    assert value not in line and "hunter2" not in line and "secret" not in line


@pytest.mark.parametrize("scheme", ["http", "https", "socks5", "socks5h"])
@pytest.mark.parametrize(
    ("rest", "masked"),
    [
        ("127.0.0.1:1080", "127.0.0.1:1080"),
        ("[::1]:1080", "[::1]:1080"),
        ("user:hunter2@host:1080", "user:***@host:1080"),
        ("user:hunter%402@host:1080", "user:***@host:1080"),
        ("user:hun:ter2@host:1080", "user:***@host:1080"),
        (":hunter2@host:1080", ":***@host:1080"),
        ("hunter2@host:1080", "***@host:1080"),
    ],
)
def test_a_proxy_is_read_whole_and_shown_without_its_password(scheme: str, rest: str, masked: str) -> None:
    found = settings({"JIUGAI_TELEGRAM_PROXY": f"{scheme}://{rest}/"})
    assert secret(found.telegram_proxy) == f"{scheme}://{rest}"
    assert {each.name: each.value for each in shown(found)}["JIUGAI_TELEGRAM_PROXY"] == f"{scheme}://{masked}"
    assert "hunter" not in repr(found)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("127.0.0.1:1080", "socks5://"),
        ("socks4://127.0.0.1:1080", "socks5h://"),
        ("socks5://127.0.0.1", "no port"),
        ("socks5://user:hunter2@127.0.0.1", "no port"),
        ("socks5://user:hunter2@127.0.0.1:99999", "port"),
        ("socks5://user:hunter2@:1080", "host"),
        ("http://user:hunter2#x@host:1", "port"),
        ("http://user:hunter2/x@host:1", "port"),
        ("http://user:hunter2@x@host:1", "%XX"),
        ("http://user:80/hunter2@host:1", "%XX"),
        ("http://host:1/path", "after the port"),
        ("http://host:1?hunter2", "after the port"),
        ("http://user:hunter2 x@host:1", "blank"),
        ("http://user:hunter2@host:1\udcff", "JIUGAI_TELEGRAM_PROXY"),
    ],
)
def test_what_is_no_proxy(value: str, told: str) -> None:
    (line,) = faults(JIUGAI_TELEGRAM_PROXY=value)
    assert line.startswith("JIUGAI_TELEGRAM_PROXY ") and told in line
    assert value not in line and "hunter2" not in line


def test_the_database_is_an_absolute_path(tmp_path: Path, home: Path) -> None:
    for value, path in {
        "office.db": tmp_path / "office.db",
        "旧改/office.db": tmp_path / "旧改" / "office.db",
        "~/office.db": home / "office.db",
        str(tmp_path / "a b.db"): tmp_path / "a b.db",
    }.items():
        assert settings({"JIUGAI_DATABASE": value}).database == path


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (".", "folder"),
        ("~", "folder"),
        ("home", "folder"),
        ("not-there/", "folder"),
        ("~nobody-of-this-name/office.db", "whole path"),
        (":memory:", "path"),
        ("postgresql://user:hunter2@host/db", "path"),
        ("office\0.db", "path"),
    ],
)
def test_what_is_no_file_for_the_database(value: str, told: str) -> None:
    (line,) = faults(JIUGAI_DATABASE=value)
    assert line.startswith("JIUGAI_DATABASE ") and told in line and "hunter2" not in line


def test_a_folder_in_the_place_of_the_default_is_a_fault_too(default: Path) -> None:
    default.mkdir(parents=True)
    (line,) = faults()
    assert line.startswith("JIUGAI_DATABASE ") and "folder" in line


@pytest.mark.parametrize("value", ["xml", "JSON", "plain json", f"{TOKEN}", "\udcff"])
def test_the_form_of_the_log_is_one_of_two(value: str) -> None:
    (line,) = faults(JIUGAI_LOG=value)
    assert line.startswith("JIUGAI_LOG ") and "plain" in line and "json" in line and value not in line


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("JIUGAI_TELEGRAM_TOKN", "JIUGAI_TELEGRAM_TOKEN"),
        ("JIUGAI_TOKEN", "JIUGAI_TELEGRAM_TOKEN"),
        ("JIUGAI_TELEGRAM_PROXI", "JIUGAI_TELEGRAM_PROXY"),
        ("JIUGAI_DATABSE", "JIUGAI_DATABASE"),
        ("JIUGAI_log", "JIUGAI_LOG"),
        ("JIUGAI_LOGS", "JIUGAI_LOG"),
    ],
)
def test_a_slip_in_a_name_is_a_fault_with_the_nearest_name(name: str, meant: str) -> None:
    (line,) = faults(**{name: "hunter2"})
    assert line.startswith(f"{name} ") and f"是不是 {meant}？" in line and f"did you mean {meant}?" in line
    assert "hunter2" not in line


@pytest.mark.parametrize(
    "name", ["JIUGAI_QWZX", "JIUGAI_", "JIUGAI_旧改", "JIUGAI_QW\nZX", "JIUGAI_\x1b[31m", "JIUGAI_\udcff"]
)
def test_a_name_like_none_is_told_in_one_line_with_all_there_are(name: str) -> None:
    (line,) = faults(**{name: "hunter2"})
    assert all(line.count(each) == 2 for each in NAMES) and line.isprintable() and "hunter2" not in line


def test_every_fault_is_told_at_once_and_nothing_of_the_values() -> None:
    environ = {
        "JIUGAI_ZZ": "hunter2",
        "JIUGAI_TELEGRAM_TOKN": TOKEN,
        "JIUGAI_TELEGRAM_TOKEN": "hunter2",
        "JIUGAI_TELEGRAM_API": "http://user:hunter2@host",
        "JIUGAI_TELEGRAM_PROXY": "ftp://user:hunter2@host:1",
        "JIUGAI_DATABASE": ".",
        "JIUGAI_LOG": "hunter2",
    }
    assert [line.split()[0] for line in faults(**environ)] == [*NAMES, "JIUGAI_TELEGRAM_TOKN", "JIUGAI_ZZ"]
    with pytest.raises(UserError) as caught:
        settings(environ)
    told = "".join(traceback.format_exception(caught.value)) + str(caught.value)
    assert "hunter2" not in told and TOKEN not in told
    assert caught.value.__context__ is None and caught.value.__cause__ is None
