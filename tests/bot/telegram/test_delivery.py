"""Delivery: how each end of a call of the Bot API becomes an outcome, and what is done about those that mean more."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import Mock

import httpcore
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.client import Client
from bot.channels.telegram.delivery import Delivery, outcome_of
from bot.channels.telegram.request import NotSent
from bot.config import settings
from bot.sender import Delivered, Later, Never, Outcome, Unknown
from bot.store import Waiting
from tests.bot.sender.kit import NOW
from tests.botapi import TOKEN

SAME = BadRequest("Bad Request: message is not modified: specified new message content and reply markup are exactly …")
GONE = BadRequest("Bad Request: message to edit not found")
QUERY_OLD = BadRequest("Bad Request: query is too old and response timeout expired or query ID is invalid")
MISSING, WRONG = EndPointNotFound("no such method"), InvalidToken("Unauthorized")


def by(error: TelegramError, cause: BaseException | None) -> TelegramError:
    error.__cause__ = cause
    return error


class Scripted:
    """A client that answers by script: a result, or an error."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self.answers = list(answers)
        self.called: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, **params: Any) -> Any:
        self.called.append((method, params))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def delivered(
    kind: Any, replaced: str, *answers: Any, **params: Any
) -> tuple[Outcome, list[tuple[str, dict[str, Any]]]]:
    """What a call comes to, and the calls that were made for it."""
    client = Mock(spec=Client)
    scripted = Scripted(answers)
    client.call = scripted.call
    payload = json.dumps({"chat_id": 7, "text": "好", **params})
    outcome = await Delivery(client)(Waiting("t#0", "c", "a", payload, kind, "", False, 0, NOW), replaced)
    assert not scripted.answers, "not all was called"
    return outcome, scripted.called


# ---- errors → outcomes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RetryAfter(31), Later("flood limit", 31.0)),
        (Forbidden("Forbidden: bot was blocked by the user"), Never("forbidden: blocked, or not in the chat")),
        (BadRequest("Bad Request: chat not found"), Never("Chat not found")),
        (TimedOut(), Unknown("timed out")),
        (NetworkError("Internal Server Error"), Later("server error")),
        (NetworkError("Bad Gateway"), Later("server error")),
        (InvalidToken("Unauthorized"), Later("token refused", everywhere=True)),
        (EndPointNotFound("no such"), Later("token refused", everywhere=True)),
        (Conflict("terminated by other getUpdates request"), Unknown("answer not understood")),
        (TelegramError("Invalid server response"), Unknown("answer not understood")),
        (ChatMigrated(-1_000_000_000_001), Unknown("answer not understood")),
        (PassportDecryptionError("x"), Unknown("answer not understood")),
    ],
)
def test_each_error_without_a_cause_in_the_network(error: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome


def test_what_never_left_is_made_again_when_anything_gets_through() -> None:
    error = by(NetworkError("ConnectError"), NotSent("ConnectError"))
    assert outcome_of(error) == Later("not connected", everywhere=True)


@pytest.mark.parametrize("cause", [httpcore.ReadTimeout, httpcore.WriteTimeout])
def test_what_was_not_answered_in_time_is_of_unknown_end(cause: type[Exception]) -> None:
    assert outcome_of(by(TimedOut(), cause("no"))) == Unknown("timed out")


@pytest.mark.parametrize(
    "cause",
    [httpcore.ReadError, httpcore.WriteError, httpcore.LocalProtocolError, httpcore.RemoteProtocolError, OSError],
)
def test_a_connection_that_broke_leaves_the_end_unknown(cause: type[Exception]) -> None:
    error = by(NetworkError("httpcore"), cause("no"))
    assert outcome_of(error) == Unknown("connection lost")


def test_a_proxys_page_in_place_of_an_answer_is_an_error_of_the_server() -> None:
    error = by(NetworkError("Bad Gateway (502). Parsing … failed"), TelegramError("Invalid server response"))
    assert outcome_of(error) == Later("server error")


@pytest.mark.parametrize(
    "description",
    [
        'Bad Request: can\'t parse entities: Unsupported start tag "SECRET秘密" at byte offset 12',
        "Bad Request: can't parse entities: Unsupported start tag \"SECRET",
        "Bad Request: BUTTON_DATA_INVALID: 秘密 13800138000",
        "Bad Request: chat 13800138000 not found",
    ],
)
def test_a_reason_quotes_nobody_and_names_nobody(description: str) -> None:
    outcome = outcome_of(BadRequest(description))
    assert isinstance(outcome, Never) and len(outcome.reason) <= 100
    assert outcome.reason[0] == description.removeprefix("Bad Request: ")[0].upper()
    assert not any(word in outcome.reason for word in ("SECRET", "秘密", "13800138000"))


@pytest.mark.parametrize(
    "error",
    [
        by(NetworkError("httpcore.ConnectError: 123456:SECRET"), httpcore.ConnectError("123456:SECRET")),
        by(NetworkError("httpcore.ReadError: 123456:SECRET"), httpcore.ReadError("123456:SECRET")),
        by(NetworkError("Unknown error in HTTP implementation: SECRET"), ValueError("SECRET")),
        TelegramError("SECRET"),
        Forbidden("SECRET"),
        Conflict("SECRET"),
        InvalidToken("SECRET"),
    ],
)
def test_no_reason_holds_a_token(error: TelegramError) -> None:
    outcome = outcome_of(error)
    assert "SECRET" not in outcome.reason and "123456" not in outcome.reason


# ---- sending ------------------------------------------------------------------------------------------------------


async def test_a_message_sent_is_delivered_under_its_number() -> None:
    outcome, called = await delivered("send", "", {"message_id": 41})
    assert outcome == Delivered("41") and called == [("sendMessage", {"chat_id": 7, "text": "好"})]


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("x"), Forbidden("x"), RetryAfter(3), MISSING, WRONG])
async def test_a_message_that_was_not_sent_ends_as_its_error_says(error: TelegramError) -> None:
    assert (await delivered("send", "", error))[0] == outcome_of(error)


async def test_a_group_that_has_moved_is_written_to_where_it_is_now() -> None:
    outcome, called = await delivered("send", "", ChatMigrated(-1_000_000_000_001), {"message_id": 3})
    assert outcome == Delivered("3")
    assert [params["chat_id"] for _, params in called] == [7, -1_000_000_000_001]
    outcome, called = await delivered("send", "", ChatMigrated(-1_000_000_000_001), Forbidden("kicked"))
    assert isinstance(outcome, Never) and len(called) == 2


# ---- editing ------------------------------------------------------------------------------------------------------


async def test_an_edit_takes_no_more_than_editing_takes() -> None:
    outcome, called = await delivered(
        "edit", "41", {"message_id": 41}, message_thread_id=3, reply_parameters={"message_id": 1}, parse_mode="HTML"
    )
    assert outcome == Delivered("41")
    assert called == [("editMessageText", {"chat_id": 7, "text": "好", "parse_mode": "HTML", "message_id": 41})]


async def test_what_stands_there_already_is_delivered() -> None:
    assert (await delivered("edit", "41", SAME))[0] == Delivered("41")


@pytest.mark.parametrize(
    "gone",
    [GONE, BadRequest("Bad Request: message can't be edited"), BadRequest("Bad Request: MESSAGE_ID_INVALID"), MISSING],
)
async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(gone: TelegramError) -> None:
    outcome, called = await delivered("edit", "41", gone, {"message_id": 57}, message_thread_id=3)
    assert outcome == Delivered("57")
    assert called[1] == ("sendMessage", {"chat_id": 7, "text": "好", "message_thread_id": 3})


async def test_an_edit_of_what_never_arrived_is_sent_anew() -> None:
    outcome, called = await delivered("edit", "", {"message_id": 57})
    assert outcome == Delivered("57") and called[0][0] == "sendMessage"


@pytest.mark.parametrize("error", [TimedOut(), by(NetworkError("x"), httpcore.ReadError("x")), TelegramError("x")])
async def test_an_edit_of_unknown_end_is_made_again(error: TelegramError) -> None:
    outcome, _ = await delivered("edit", "41", error)
    assert isinstance(outcome, Later) and not outcome.everywhere


@pytest.mark.parametrize(
    "error",
    [
        RetryAfter(3),
        Forbidden("x"),
        NetworkError("x"),
        by(NetworkError("x"), NotSent("x")),
        BadRequest("x"),
    ],
)
async def test_an_edit_that_fails_otherwise_sends_nothing(error: TelegramError) -> None:
    outcome, called = await delivered("edit", "41", error)
    assert outcome == outcome_of(error) and len(called) == 1


# ---- deleting, and answers to taps --------------------------------------------------------------------------------


async def test_a_delete_takes_away_the_message_and_nothing_where_there_is_none() -> None:
    outcome, called = await delivered("delete", "41", True)
    assert outcome == Delivered() and called[0][0] == "deleteMessage" and called[0][1]["message_id"] == 41
    assert await delivered("delete", "") == (Delivered(), [])


@pytest.mark.parametrize(
    "error", [BadRequest("Bad Request: message to delete not found"), BadRequest("x"), Forbidden("x"), MISSING]
)
async def test_what_cannot_be_deleted_is_let_be(error: TelegramError) -> None:
    assert (await delivered("delete", "41", error))[0] == Delivered()


@pytest.mark.parametrize("error", [QUERY_OLD, Forbidden("x"), MISSING])
async def test_an_old_tap_is_let_be(error: TelegramError) -> None:
    outcome, called = await delivered("other", "", error)
    assert outcome == Delivered() and called[0][0] == "answerCallbackQuery"


@pytest.mark.parametrize("kind", ["delete", "other"])
@pytest.mark.parametrize("error", [TimedOut(), NetworkError("x"), RetryAfter(3), WRONG])
async def test_what_may_be_made_twice_is_made_again(kind: str, error: TelegramError) -> None:
    outcome, _ = await delivered(kind, "41", error)
    assert isinstance(outcome, Later)


# ---- what servers say, by the real client -------------------------------------------------------------------------


@asynccontextmanager
async def server(status: str, body: bytes) -> AsyncIterator[str]:
    """A server that has only one thing to say; its root."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


async def said(status: str, body: str | bytes, kind: Any = "send", replaced: str = "") -> Outcome:
    """What a call comes to where a server says this."""
    payload = body if isinstance(body, bytes) else body.encode()
    async with server(status, payload) as root:
        client = Client(settings({"JIUGAI_TELEGRAM_TOKEN": TOKEN, "JIUGAI_TELEGRAM_API": root}))
        try:
            row = Waiting("t#0", "c", "a", '{"chat_id": 7, "text": "x"}', kind, "", False, 0, NOW)
            return await Delivery(client)(row, replaced)
        finally:
            await client.close()


def refusal(code: int, description: str, **parameters: int) -> str:
    return json.dumps({"ok": False, "error_code": code, "description": description, "parameters": parameters})


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        ("200 OK", '{"ok": true, "result": {"message_id": 41}}', Delivered("41")),
        ("401 Unauthorized", refusal(401, "Unauthorized"), Later("token refused", everywhere=True)),
        ("404 Not Found", refusal(404, "Not Found"), Later("token refused", everywhere=True)),
        ("404 Not Found", "<html>nothing here</html>", Later("token refused", everywhere=True)),
        (
            "403 Forbidden",
            refusal(403, "Forbidden: bot was blocked by the user"),
            Never("forbidden: blocked, or not in the chat"),
        ),
        ("400 Bad Request", refusal(400, "Bad Request: chat not found"), Never("Chat not found")),
        ("429 Too Many Requests", refusal(429, "Too Many Requests", retry_after=31), Later("flood limit", 31.0)),
        ("500 Internal Server Error", refusal(500, "Internal Server Error"), Later("server error")),
        ("502 Bad Gateway", "<html>nginx</html>", Later("server error")),
        # What stands between has lost patience: the server may have done it all the same.
        ("504 Gateway Timeout", "", Unknown("timed out")),
        # A page where people log in, a proxy of one's own …: nobody knows what became of the call.
        ("200 OK", "<html>log in</html>", Unknown("answer not understood")),
        ("200 OK", "{}", Unknown("answer not understood")),
        ("200 OK", "[]", Unknown("answer not understood")),
        ("200 OK", "null", Unknown("answer not understood")),
        ("200 OK", "[" * 100_000, Unknown("answer not understood")),
        ("400 Bad Request", "[]", Unknown("answer not understood")),
    ],
)
async def test_what_a_server_says_becomes_an_outcome(status: str, body: str, outcome: Outcome) -> None:
    assert await said(status, body) == outcome


@pytest.mark.parametrize("kind", ["delete", "other"])
async def test_a_method_that_the_server_lacks_is_told_from_a_token_that_it_refuses(kind: str) -> None:
    refused = Later("token refused", everywhere=True)
    assert await said("404 Not Found", refusal(404, "Not Found"), kind, "41") == Delivered()
    assert await said("401 Unauthorized", refusal(401, "Unauthorized"), kind, "41") == refused
    # An edit is sent anew then; where even that is not to be found, it is no server that knows the token.
    assert await said("404 Not Found", refusal(404, "Not Found"), "edit", "41") == refused
