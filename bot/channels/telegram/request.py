"""The request: how python-telegram-bot's Bot reaches a server, through httpcore, the engine under httpx.

Its own HTTPXRequest costs twice the time for the same call; what httpx adds (redirects, cookies, proxies taken from
the environment) is not wanted here.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib.util import find_spec
from ssl import SSLContext
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import httpcore
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# httpcore tries to import this optional package with every lock it makes, several times a call, and where it is missing
# Python searches its whole path each time. None in its place is the import system's own word for "is missing".
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

_SECONDS = 10.0  # to connect, to send; and to wait for an answer, where a call says nothing else
_AGENT = ("User-Agent", "jiugai")
_HEADERS = [("Content-Type", "application/x-www-form-urlencoded"), _AGENT]
_PIECE = 1 << 16  # bytes of a file; each piece may take as long to leave as a whole call without one

_Headers = list[tuple[str, str]]


class NotSent(Exception):
    """Behind a NetworkError: nothing of the call had left when it failed, so it had no effect."""


class Request(BaseRequest):
    """Calls by as many connections as are given, opened as they are needed; calls beyond wait for a free one.

    `proxy` is an http, https, socks5 or socks5h URL. Errors are telegram.error's TimedOut and NetworkError; NotSent
    stands behind those that had no effect.
    """

    def __init__(self, connections: int, proxy: str | None = None) -> None:
        ssl = _trusted()
        # A pool for each connection: a pool looks at all of its connections whenever a call begins or ends.
        self._pools = [
            httpcore.AsyncConnectionPool(ssl_context=ssl, proxy=_proxy(proxy), max_connections=1, keepalive_expiry=60)
            for _ in range(connections)
        ]
        self._idle: asyncio.LifoQueue[httpcore.AsyncConnectionPool] = asyncio.LifoQueue()
        for pool in self._pools:
            self._idle.put_nowait(pool)

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds, where a call does not say otherwise."""
        return _SECONDS

    async def initialize(self) -> None:
        """Nothing: connections open as they are needed."""

    async def shutdown(self) -> None:
        """Close the connections."""
        for pool in self._pools:
            await pool.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; timeouts in seconds."""
        headers, body = _encoded(url, request_data)
        read = read_timeout if isinstance(read_timeout, float) else _SECONDS
        timeout = {"connect": _SECONDS, "write": _SECONDS, "pool": _SECONDS, "read": read}
        leaving = False

        async def trace(event: str, about: Mapping[str, Any]) -> None:
            nonlocal leaving
            # Not the words to a proxy that come before: those ask for the way only.
            if event == "http11.send_request_headers.started" and about["request"].method != b"CONNECT":
                leaving = True

        extensions = {"timeout": timeout, "trace": trace}
        pool = await self._idle.get()
        try:
            answer = await pool.request(method, url, headers=headers, content=body, extensions=extensions)
        except Exception as error:  # what httpcore raises has no common root, and what it uses raises more
            cause = error if leaving else NotSent(type(error).__name__)
            timed_out = leaving and isinstance(error, httpcore.TimeoutException)
            raise (TimedOut() if timed_out else NetworkError(type(error).__name__)) from cause
        finally:
            self._idle.put_nowait(pool)
        if answer.status == HTTPStatus.GATEWAY_TIMEOUT:
            raise TimedOut  # what stands between has lost patience; the server may have done it all the same
        return answer.status, answer.content


def _encoded(url: str, data: RequestData | None) -> tuple[_Headers, bytes | AsyncIterator[bytes]]:
    """The headers and the body of a call: a form; or where it holds files, multipart as httpx writes it."""
    if data is None or not data.contains_files:
        return _HEADERS, urlencode(data.json_parameters if data else {}).encode()
    form = httpx.Request("POST", url, data=data.json_parameters, files=data.multipart_data)
    told = [(name, form.headers[name]) for name in ("Content-Type", "Content-Length")]
    return [*told, _AGENT], _pieces(form.read())


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


@cache
def _trusted() -> SSLContext:
    """Whom to trust; reading the certificates takes a good while, and all connections may share them."""
    return httpcore.default_ssl_context()


def _proxy(url: str | None) -> httpcore.Proxy | None:
    if url is None:
        return None
    parts = urlsplit(url)
    # httpcore reads no user and password out of an address.
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return httpcore.Proxy(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", auth=auth)
