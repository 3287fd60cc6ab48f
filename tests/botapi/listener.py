"""A listening port on the loopback, which can go away and come back under the same number."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

HOST = "127.0.0.1"


class Listener:
    """Hands every request to one function. A request whose client goes away is cancelled."""

    def __init__(self, handle: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]], port: int = 0) -> None:
        self._handle = handle
        self._port = port
        self._web: web.Server | None = None
        self._socket: asyncio.Server | None = None

    @property
    def root(self) -> str:
        assert self._port, "the port is chosen when it is opened"
        return f"http://{HOST}:{self._port}"

    async def open(self) -> None:
        if self._socket:
            return
        self._web = self._web or web.Server(self._handle, handler_cancellation=True, access_log=None)
        self._socket = await asyncio.get_running_loop().create_server(self._web, HOST, self._port)
        self._port = self._socket.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Nobody gets in any more, and who is in is thrown out in the middle of a word."""
        if self._socket is None or self._web is None:
            return
        self._socket.close()
        self._socket = None
        for connection in self._web.connections:
            if isinstance(connection.transport, asyncio.Transport):
                connection.transport.abort()
        await self._web.shutdown(timeout=1.0)


async def cut(request: web.BaseRequest) -> web.StreamResponse:
    """End a connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return await silence()


async def silence() -> web.StreamResponse:
    """Say nothing until the client goes away, which cancels this."""
    await asyncio.get_running_loop().create_future()
    raise AssertionError("nothing ends a silence")
