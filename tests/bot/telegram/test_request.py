"""The request: what reaches a server, also through proxies, and which errors stand for what went wrong."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpcore
import pytest
from telegram.error import EndPointNotFound, NetworkError, TelegramError, TimedOut

from bot.channels.telegram import client as clients
from bot.channels.telegram.client import Client
from bot.channels.telegram.request import NotSent
from bot.config import settings
from tests.botapi import TOKEN, BotApi
from tests.kit import free_port

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ME = json.dumps({"ok": True, "result": {"username": "jiugai_bot"}}).encode()


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[int]:
    """A port on which every connection is handed to `serve`."""

    async def handed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # whoever called has gone
        finally:
            writer.close()

    server = await asyncio.start_server(handed, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def made(**given: str) -> AsyncIterator[Client]:
    client = Client(settings({"JIUGAI_TELEGRAM_TOKEN": TOKEN, **given}))
    try:
        yield client
    finally:
        await client.close()
        await asyncio.sleep(0)  # a transport goes with the loop's next turn


async def heads(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: list[str]) -> None:
    """Answer one request, and keep its first line."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    seen.append(head.splitlines()[0])
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ME), ME))
    await writer.drain()


async def test_what_is_called_arrives_as_it_was_said() -> None:
    async with BotApi() as api, made(JIUGAI_TELEGRAM_API=api.root) as client:
        api.say(7, "/start")
        text = "谁出钱？ a=b&c=%20 + 1 😀\n「」"
        sent = await client.call("sendMessage", chat_id=7, text=text, reply_markup={"inline_keyboard": []})
        assert sent["text"] == text and api.heard(7) == [text]
        assert api.rejected() == []


async def test_more_calls_than_connections_all_get_through() -> None:
    async with BotApi(flood=False) as api, made(JIUGAI_TELEGRAM_API=api.root) as client:
        api.say(7, "/start")
        calls = 3 * clients.CONNECTIONS
        await asyncio.gather(*(client.call("sendMessage", chat_id=7, text=str(n)) for n in range(calls)))
        assert sorted(map(int, api.heard(7))) == list(range(calls))


async def test_an_http_proxy_is_asked_for_the_whole_address() -> None:
    seen: list[str] = []
    async with listening(lambda reader, writer: heads(reader, writer, seen)) as port:
        api = "http://bot-api.invalid:8081"
        async with made(JIUGAI_TELEGRAM_API=api, JIUGAI_TELEGRAM_PROXY=f"http://127.0.0.1:{port}") as client:
            assert (await client.call("getMe"))["username"] == "jiugai_bot"
    assert seen == [f"POST {api}/bot{TOKEN}/getMe HTTP/1.1"]


@pytest.mark.parametrize(("scheme", "user"), [("socks5", ""), ("socks5h", ""), ("socks5", "office:h%40sh@")])
async def test_a_socks_proxy_is_told_host_and_port_and_who_asks(scheme: str, user: str) -> None:
    """RFC 1928 and, for user and password, RFC 1929."""
    asked: list[str] = []
    seen: list[str] = []

    async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        writer.write(b"\x05\x02" if user else b"\x05\x00")
        if user:
            assert 2 in methods
            for _ in ("version and user", "password"):
                length = (await reader.readexactly(2 if not asked else 1))[-1]
                asked.append((await reader.readexactly(length)).decode())
            writer.write(b"\x01\x00")
        *_, kind = await reader.readexactly(4)
        assert kind == 3  # a name: the proxy looks it up, where the network here may not know it
        name = await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        asked.append(f"{name.decode()}:{port}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await heads(reader, writer, seen)

    async with listening(socks) as port:
        proxy = f"{scheme}://{user}127.0.0.1:{port}"
        async with made(JIUGAI_TELEGRAM_API="http://bot-api.invalid:8081", JIUGAI_TELEGRAM_PROXY=proxy) as client:
            assert (await client.call("getMe"))["username"] == "jiugai_bot"
    assert asked == [*(["office", "h@sh"] if user else []), "bot-api.invalid:8081"]
    assert seen == [f"POST /bot{TOKEN}/getMe HTTP/1.1"]


async def test_nobody_there_is_not_connected() -> None:
    async with made(JIUGAI_TELEGRAM_API=f"http://127.0.0.1:{free_port()}") as client:
        with pytest.raises(NetworkError) as error:
            await client.call("getMe")
    assert isinstance(error.value.__cause__, NotSent)


# What a proxy may say in place of letting us through; nothing of the call has left by then.
REFUSALS = {
    "no way to identify oneself": b"\x05\xff",
    "closes": b"",
    "garbage": b"what is this?",
    "an http page": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # httpcore lets that connection lie
@pytest.mark.parametrize("scheme", ["socks5", "http"])
@pytest.mark.parametrize("words", REFUSALS.values(), ids=REFUSALS)
async def test_a_proxy_that_lets_nothing_through_is_not_connected(scheme: str, words: bytes) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(words)
        await writer.drain()

    async with listening(refuse) as port:
        # An https address, for which an http proxy is asked for a way through.
        api, proxy = "https://bot-api.invalid:8081", f"{scheme}://127.0.0.1:{port}"
        async with made(JIUGAI_TELEGRAM_API=api, JIUGAI_TELEGRAM_PROXY=proxy) as client:
            with pytest.raises(NetworkError) as error:
                await client.call("getMe")
    assert isinstance(error.value.__cause__, NotSent)
    del error
    gc.collect()  # here, where it is expected


async def test_a_gateway_that_lost_patience_says_nothing_of_what_became_of_the_call() -> None:
    async with BotApi() as api, made(JIUGAI_TELEGRAM_API=api.root) as client:
        api.fail_next("getMe", "504")
        with pytest.raises(TimedOut) as error:
            await client.call("getMe")
        assert error.value.__cause__ is None


async def test_a_connection_that_is_cut_and_an_answer_that_never_comes_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clients, "SECONDS", 0.2)
    async with BotApi(flood=False) as api, made(JIUGAI_TELEGRAM_API=api.root) as client:
        api.say(7, "/start")
        for fault, cause in (("cut_after", httpcore.RemoteProtocolError), ("timeout", httpcore.ReadTimeout)):
            api.fail_next("sendMessage", fault)
            with pytest.raises(NetworkError) as error:
                await client.call("sendMessage", chat_id=7, text=fault)
            assert isinstance(error.value.__cause__, cause), fault
            assert isinstance(error.value, TimedOut) is (fault == "timeout")
        # The connection is given back and made anew.
        assert (await client.call("sendMessage", chat_id=7, text="again"))["text"] == "again"
        assert api.heard(7) == ["cut_after", "timeout", "again"]


async def test_a_method_that_is_missing_and_a_page_that_is_no_answer_are_errors_of_telegrams() -> None:
    async with BotApi() as api, made(JIUGAI_TELEGRAM_API=api.root) as client:
        with pytest.raises(EndPointNotFound):
            await client.call("getNothing")
        api.fail_next("getMe", "502")
        with pytest.raises(TelegramError):
            await client.call("getMe")
