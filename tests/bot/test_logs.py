"""Logs: one line an event, in both forms, and nothing of what a person wrote."""

import asyncio
import gc
import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import set_up, where
from tests.kit import ROOT

SECRET = "王大妈说不同意"
TOKEN = "123456789:AAHf_secret-Token0123456789abcdefgh"
LOG = logging.getLogger("bot.turn")
OTHERS = ("httpx", "httpcore", "aiohttp", "asyncio", "telegram")
FORMS: list[Literal["plain", "json"]] = ["plain", "json"]
forms = pytest.mark.parametrize("form", FORMS)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Logging is the whole process's: put it back."""
    root = logging.getLogger()
    names = ["bot", "ballots", "dialogs", "knowledge", "jiugai", "__main__", *OTHERS]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def plain() -> io.StringIO:
    set_up("plain", stream := io.StringIO())
    return stream


@pytest.fixture
def jsons() -> io.StringIO:
    set_up("json", stream := io.StringIO())
    return stream


def only(stream: io.StringIO) -> str:
    assert stream.getvalue().endswith("\n")
    (line,) = stream.getvalue()[:-1].split("\n")
    assert line.isprintable()
    return line


def event(stream: io.StringIO) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(only(stream), parse_constant=pytest.fail)
    return found


def fails(file: str = "bot/turn.py", line: int = 41, error: BaseException | None = None) -> BaseException:
    """An exception that was raised in that line of that file."""
    source = "\n" * (line - 1) + "raise error"
    try:
        exec(compile(source, str(ROOT / file), "exec"), {"error": error or TypeError(SECRET)})
    except BaseException as raised:
        # Without this function's own frame, so that it does not matter whose code the tests are.
        return raised.with_traceback(raised.__traceback__ and raised.__traceback__.tb_next)
    raise AssertionError


def test_a_plain_line(plain: io.StringIO) -> None:
    LOG.info("turn done in %d ms", 12, extra={"inbox": 7, "conversation": "telegram:1:2"})
    time, rest = only(plain).split(" ", 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds()) < 60
    assert rest == "INFO bot.turn turn done in 12 ms inbox=7 conversation=telegram:1:2"


def test_a_json_line(jsons: io.StringIO) -> None:
    LOG.warning("set aside", extra={"inbox": 7, "state": None, "again": False, "s": 0.5})
    found = event(jsons)
    assert list(found) == ["time", "level", "logger", "message", "inbox", "state", "again", "s"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert list(found.values()) == ["WARNING", "bot.turn", "set aside", 7, None, False, 0.5]


def test_the_time_is_utc_with_milliseconds(plain: io.StringIO) -> None:
    record = logging.makeLogRecord({"name": "bot", "levelno": 20, "levelname": "INFO", "msg": "m", "created": 0.0})
    logging.getLogger().handlers[0].handle(record)
    assert only(plain) == "1970-01-01T00:00:00.000Z INFO bot m"


class _State(StrEnum):
    OPEN = "open"


class _Mute:
    def __str__(self) -> str:
        raise RuntimeError(SECRET)


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("value", "in_plain", "in_json"),
    [
        ("a b", '"a b"', "a b"),
        ("", '""', ""),
        ("a=b", '"a=b"', "a=b"),
        ('say "x"', r'"say \"x\""', 'say "x"'),
        ("a\r\nb", r'"a\r\nb"', "a\r\nb"),
        ("a\u2028b", r'"a\u2028b"', "a\u2028b"),
        ("a\x1b[31m\u202e", r"a\x1b[31m\u202e", "a\x1b[31m\u202e"),
        ("\udcff", r"\udcff", "\udcff"),
        (None, "null", None),
        (True, "true", True),
        (float("nan"), "nan", "nan"),
        (float("-inf"), "-inf", "-inf"),
        pytest.param(10**5000, "int", "int", id="a number that Python will not write out"),
        (["a", 1, ("b",)], '["a", 1, ["b"]]', ["a", 1, ["b"]]),
        ({1: {"x": float("inf")}}, '{"1": {"x": "inf"}}', {"1": {"x": "inf"}}),
        (_State.OPEN, "open", "open"),
        (datetime(2026, 1, 2, tzinfo=UTC), '"2026-01-02 00:00:00+00:00"', "2026-01-02 00:00:00+00:00"),
        (Path("x"), "x", "x"),
        (_Mute(), "_Mute", "_Mute"),
        (LOOP, '[[[["list"]]]]', [[[["list"]]]]),
    ],
)
def test_any_value_of_an_extra_field_is_one_line(value: object, in_plain: str, in_json: object) -> None:
    set_up("plain", stream := io.StringIO())
    LOG.info("m", extra={"key": value})
    assert only(stream).split(" ", 4)[4:] == [f"key={in_plain}"]
    set_up("json", stream := io.StringIO())
    LOG.info("m", extra={"key": value})
    assert event(stream)["key"] == in_json


@given(st.text(), st.recursive(st.none() | st.text() | st.floats() | st.integers() | st.binary(), st.lists))
def test_whatever_is_logged_is_one_valid_line(text: str, value: object) -> None:
    for form in FORMS:
        set_up(form, stream := io.StringIO())
        LOG.info("%s", text, extra={"key": value, text or "x y": 1} if text != "message" else {})
        found = only(stream)
        assert form == "plain" or isinstance(json.loads(found, parse_constant=pytest.fail), dict)


@forms
def test_line_ends_in_a_message_or_a_name_make_no_second_line(form: Literal["plain", "json"]) -> None:
    set_up(form, stream := io.StringIO())
    logging.getLogger("bot.x\ny").info("a\nb %s", "c\r\n2026-01-02 forged\x85\u2029")
    assert only(stream)


def test_an_extra_field_never_takes_the_place_of_the_head(jsons: io.StringIO) -> None:
    LOG.info("m", extra={"level": "x", "time": "x", "logger": "x"})
    found = event(jsons)
    assert found["level"] == "INFO" and found["logger"] == "bot.turn" and found["time"] != "x"


@forms
def test_an_exception_is_told_by_type_and_place_only(form: Literal["plain", "json"]) -> None:
    set_up(form, stream := io.StringIO())
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError as error:
        error.add_note(SECRET)
        line = error.__traceback__ and error.__traceback__.tb_lineno
        LOG.exception("row failed", extra={"inbox": 7}, stack_info=True)
    told = only(stream)
    assert SECRET not in told and "\\u" not in told
    for word in ("Traceback", "KeyError", "Stack", "raise"):
        assert word not in told
    assert f"ValueError at test_logs.py:{line}" in told and "inbox" in told and told.count("row failed") == 1


@forms
@pytest.mark.parametrize("message", ["failed: %s", "failed: %r", "failed: %(error)s", "error itself"])
def test_an_exception_in_a_message_or_a_field_is_told_so_too(form: Literal["plain", "json"], message: str) -> None:
    set_up(form, stream := io.StringIO())
    error = fails()
    if message == "error itself":
        LOG.error(error, extra={"why": error, "all": [error, {"x": error}]})
    else:
        LOG.error(message, {"error": error} if "(" in message else error, extra={"why": error, "all": [error]})
    told = only(stream)
    assert told.count("TypeError at bot/turn.py:41") == (4 if message == "error itself" else 3)
    assert SECRET not in told and "\\u" not in told


def test_the_error_is_a_field(jsons: io.StringIO) -> None:
    LOG.error("m", exc_info=fails())
    assert event(jsons)["error"] == "TypeError at bot/turn.py:41"


def test_no_exception_no_field(jsons: io.StringIO) -> None:
    LOG.error("m", exc_info=True)
    assert list(event(jsons)) == ["time", "level", "logger", "message"]


def test_where_without_a_place() -> None:
    assert where(TypeError(SECRET)) == "TypeError"


def test_where_names_our_own_frames_innermost_first() -> None:
    frames = "import json\ndef run():\n    json.loads('{')\ndef two():\n\n    run()\n"
    store: dict[str, Any] = {}
    exec(compile(frames, str(ROOT / "bot" / "store" / "rows.py"), "exec"), store)
    with pytest.raises(json.JSONDecodeError) as caught:
        exec(compile("\n\ntwo()", str(ROOT / "dialogs" / "asking.py"), "exec"), store)
    assert where(caught.value) == "JSONDecodeError at bot/store/rows.py:3 < bot/store/rows.py:6 < dialogs/asking.py:3"


def test_where_names_a_few_frames_of_many() -> None:
    deep: dict[str, Any] = {}
    exec(compile("def f():\n    f()", str(ROOT / "bot" / "turn.py"), "exec"), deep)
    with pytest.raises(RecursionError) as caught:
        deep["f"]()
    assert where(caught.value) == "RecursionError at " + " < ".join(["bot/turn.py:2"] * 4)


@pytest.mark.parametrize("file", ["tests/x.py", ".venv/lib/bot/x.py", "../elsewhere/bot/x.py", "x.py"])
def test_where_nothing_is_ours_the_innermost_of_all_is_named(file: str) -> None:
    assert where(fails(file, 3)) == "TypeError at x.py:3"


def test_of_others_frames_only_the_innermost_is_named() -> None:
    inner: dict[str, Any] = {}
    exec(compile("def f():\n    raise TypeError", str(ROOT / "tests" / "inner.py"), "exec"), inner)
    with pytest.raises(TypeError) as caught:
        exec(compile("f()", str(ROOT / "tests" / "outer.py"), "exec"), inner)
    assert where(caught.value) == "TypeError at inner.py:2"


def test_where_tells_the_members_of_a_group() -> None:
    group = BaseExceptionGroup(SECRET, [TypeError(SECRET), BaseExceptionGroup(SECRET, [fails("bot/sender.py", 5)])])
    assert where(fails("bot/serve.py", 9, group)) == (
        "ExceptionGroup at bot/serve.py:9 (TypeError; ExceptionGroup (TypeError at bot/sender.py:5))"
    )


def test_what_does_not_fit_costs_neither_the_event_nor_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("plain", plain := io.StringIO())  # here: pytest's own handler, which comes after the fixtures, would fail
    LOG.info("%d rows", SECRET)
    LOG.info("%s and %s", _Mute(), 1)
    assert [line.split(" ", 3)[3] for line in plain.getvalue().splitlines()] == ["%d rows", "%s and %s"]
    assert capsys.readouterr() == ("", "")


def test_a_stream_that_fails_tells_nothing_of_the_line() -> None:
    stream = io.StringIO()
    set_up("plain", stream)
    stream.close()
    with redirect_stderr(io.StringIO()) as err:
        LOG.info("text %s", SECRET, extra={"key": SECRET})
    assert err.getvalue().startswith("jiugai: ") and "ValueError" in err.getvalue()
    assert SECRET not in err.getvalue() and len(err.getvalue().splitlines()) == 1


@forms
@pytest.mark.parametrize("token", [TOKEN, TOKEN.replace(":", "%3A"), f"bot{TOKEN}/getMe"])
def test_what_looks_like_a_token_is_masked_wherever_it_stands(form: Literal["plain", "json"], token: str) -> None:
    set_up(form, stream := io.StringIO())
    LOG.info("at %s", f"https://api.telegram.org/{token}", extra={"url": token, "all": {token: [token]}})
    LOG.info(token)
    logging.getLogger("other").warning(f"got {token}")
    logging.getLogger(f"bot.{token}").info("m")
    assert "secret" not in stream.getvalue() and stream.getvalue().count("123456789:***") >= 6


def test_a_time_and_an_id_are_not_taken_for_a_token(plain: io.StringIO) -> None:
    LOG.info("m", extra={"conversation": "telegram:123456789:987654321"})
    assert only(plain).endswith("conversation=telegram:123456789:987654321")


def test_others_are_quiet_below_a_warning_and_telegram_below_what_stops_it(plain: io.StringIO) -> None:
    for name in (*OTHERS, "telegram.request.BaseRequest", "aiohttp.access", "some.package"):
        logging.getLogger(name).info("HTTP Request: %s", TOKEN)
    for name in ("telegram", "telegram.ext.Updater", "telegram.request.BaseRequest"):
        logging.getLogger(name).error('Can not load invalid JSON data: "%s"', SECRET)
    LOG.debug("m")
    assert plain.getvalue() == ""
    # Opening the root for a search must not open these.
    logging.getLogger().setLevel(logging.DEBUG)
    for name in OTHERS:
        logging.getLogger(name).info("m")
    logging.getLogger("telegram").error("m")
    assert plain.getvalue() == ""
    logging.getLogger("httpx").warning("m")
    assert only(plain).endswith("WARNING httpx m")


def test_others_are_told_by_their_own_constant_words(jsons: io.StringIO) -> None:
    """python-telegram-bot writes whole updates at CRITICAL."""
    logging.getLogger("telegram.Bot").critical(
        "Error while parsing updates! Received data was %r", [SECRET], exc_info=fails(), extra={"data": SECRET}
    )
    found = event(jsons)
    assert found.pop("time")
    assert list(found.values()) == [
        "CRITICAL",
        "telegram.Bot",
        "Error while parsing updates! Received data was %r",
        "TypeError at bot/turn.py:41",
    ]


def test_a_message_of_others_with_its_data_beside_it_is_told_whole(plain: io.StringIO) -> None:
    logging.getLogger("psycopg.pool").warning("error connecting in '%s': %s", SECRET, SECRET)
    assert only(plain).endswith("WARNING psycopg.pool error connecting in '%s': %s")


async def test_a_task_that_fails_unseen_tells_nothing_of_its_exception(plain: io.StringIO) -> None:
    """asyncio's message goes on with the task's repr, which holds the exception's."""

    async def turn(text: str) -> None:
        raise ValueError(text)

    task = asyncio.create_task(turn(SECRET), name=SECRET)
    await asyncio.wait([task])
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(lambda text: [][1], SECRET)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first, second = plain.getvalue().splitlines()
    assert "ERROR asyncio Task exception was never retrieved error=" in first and "ValueError at test_logs.py:" in first
    assert "ERROR asyncio Exception in callback " in second and "IndexError at " in second
    assert SECRET not in plain.getvalue()


def test_set_up_again_takes_the_place_of_the_first_and_of_others(plain: io.StringIO) -> None:
    other = io.StringIO()
    logging.getLogger().addHandler(logging.StreamHandler(other))
    set_up("plain", plain)
    set_up("json", again := io.StringIO())
    LOG.info("m")
    assert plain.getvalue() == other.getvalue() == ""
    assert event(again)["message"] == "m"


def test_standard_error_is_the_one_of_the_moment() -> None:
    with redirect_stderr(io.StringIO()) as err:
        set_up("plain")
        LOG.info("m")
    assert only(err).endswith("INFO bot.turn m")
