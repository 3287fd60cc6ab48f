"""The Bot API server: takes calls in, lets faults strike, carries calls out, and remembers all of them."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.botapi.calls import Call
from tests.botapi.faults import Fault, Faults
from tests.botapi.floods import Floods
from tests.botapi.listener import Listener, cut, silence
from tests.botapi.messages import Json
from tests.botapi.methods import Methods
from tests.botapi.parameters import NAMES, received, typed
from tests.botapi.people import People
from tests.botapi.refusals import Refused, too_many
from tests.botapi.updates import Updates
from tests.botapi.world import World

TOKEN = "123456:TEST"
_TOKEN = re.compile(r"\d+:[\w-]+\Z", re.ASCII)
_LONGEST_POLL = 50
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_ERRORS = {
    Fault.ERROR_500: Refused(500, "Internal Server Error"),
    Fault.ERROR_502: Refused(502, "Bad Gateway"),
    Fault.ERROR_504: Refused(504, "Gateway Timeout"),
}
_BAD_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


class BotApi(People):
    """`async with BotApi() as api:` serves under `api.root`; people act by its methods; `api.calls` tells the rest."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        strict: bool = True,
        flood: bool = True,
        private_gap: float = 1.0,
        faults: Faults | None = None,
        twice: bool = False,
        shuffle: bool = False,
        seed: int = 0,
        query_life: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        updates = Updates(twice=twice, shuffle=shuffle, seed=seed)
        bot_id = int(token.partition(":")[0])
        super().__init__(World(updates, bot_id, clock=clock, now=now, query_life=query_life))
        self.token = token
        self.strict = strict
        self.faults = faults or Faults()
        self.floods = Floods(private_gap)
        self.floods.on = flood
        self.calls: list[Call] = []
        self._methods = Methods(self.world, self.floods, strict=strict).table
        self._listener = Listener(self._handle, port)

    @property
    def root(self) -> str:
        """Where it listens; the bot adds /bot<token>/<method>."""
        return self._listener.root

    async def __aenter__(self) -> Self:
        await self._listener.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._listener.close()

    async def away(self, gone: bool = True) -> None:
        """Stop listening: open connections end, new ones are refused. `away(False)` listens on the same port."""
        await (self._listener.close() if gone else self._listener.open())

    def fail_next(self, method: str, kind: Fault | str, times: int = 1, chat: int | None = None) -> None:
        """Let a fault strike the next calls of a method, in one chat only where it is named."""
        self.faults.plan(method, kind, times, chat)

    def rejected(self) -> list[Call]:
        """The calls that a rule refused: what the bot did wrong. Floods among them, injected ones not."""
        return [call for call in self.calls if call.rejected]

    async def wait(self, predicate: Callable[[], object], within: float = 5.0) -> None:
        """Until something is so; an AssertionError where it does not come."""
        never = asyncio.Event()
        end = time.monotonic() + within
        while not predicate():
            last = "; ".join(f"{call.method} {call.status} {call.description}" for call in self.calls[-5:])
            assert time.monotonic() < end, f"not so within {within} s; the last calls: {last}"
            try:
                async with asyncio.timeout(0.005):
                    await never.wait()
            except TimeoutError:
                pass

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        at = self.world.clock()
        _, _, rest = request.path.partition("/bot")
        token, _, named = rest.partition("/")
        method = NAMES.get(named.lower(), named)
        params: Json = {}
        fault = None
        try:
            if not _TOKEN.match(token):
                raise Refused(404, "Not Found")
            if token != self.token:
                raise Refused(401, "Unauthorized")
            if named.lower() not in NAMES:
                raise Refused(404, "Not Found")
            params = await received(request)
            # The chat is all that a fault must know; what comes as wrong as can be may be struck too.
            fault = self.faults.draw(method, _number(params.get("chat_id")))
            if fault is not None and not fault.after_effect:
                return await self._strike(request, fault, method, params, at)
            params = typed(method, params, strict=self.strict)
            if method == "getUpdates":
                body = await self._get_updates(params)
            else:
                body = json.dumps({"ok": True, "result": self._methods[method](params)})
        except Refused as refused:
            # The rules come first: a call that they refuse is answered, whatever fault would have come after it.
            self._record(at, method, params, refused.status, refused.description)
            return _answer(refused.status, json.dumps(refused.body()))
        except asyncio.CancelledError:
            if fault is None or fault.after_effect:  # else it was cut off here, and is recorded
                self._record(at, method, params, 0, "the client went away")
            raise
        except Exception as error:
            self._record(at, method, params, 500, f"a mistake of this server: {error!r}")
            raise
        silent = fault is not None and fault is not Fault.SLOW
        self._record(at, method, params, 0 if silent else 200, "", fault, effect=True)
        if fault is Fault.TIMEOUT:
            return await silence()
        if fault is Fault.CUT_AFTER:
            return await cut(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.faults.slow)
        return _answer(200, body)

    async def _strike(
        self, request: web.BaseRequest, fault: Fault, method: str, given: Json, at: float
    ) -> web.StreamResponse:
        """A fault before the effect."""
        try:
            given = typed(method, given, strict=False)
        except Refused:
            pass  # recorded as it came
        if fault is Fault.CUT_BEFORE:
            self._record(at, method, given, 0, "", fault)
            return await cut(request)
        refused = too_many(self.faults.retry_after) if fault is Fault.FLOOD else _ERRORS[fault]
        self._record(at, method, given, refused.status, refused.description, fault)
        if fault is Fault.ERROR_502:
            return web.Response(status=502, body=_BAD_GATEWAY, content_type="text/html")
        return _answer(refused.status, json.dumps(refused.body()))

    async def _get_updates(self, params: Json) -> str:
        if self.world.webhook:
            raise Refused(409, _WEBHOOK_ACTIVE)
        offset, limit, timeout = (_number(params.get(name)) for name in ("offset", "limit", "timeout"))
        allowed = params.get("allowed_updates")
        if isinstance(allowed, list):
            self.world.updates.allow(map(str, allowed))
        if offset:
            self.world.updates.confirm(offset)
        limit = limit if limit and 1 <= limit <= 100 else 100  # as the real server: out of range is the default
        batch = await self.world.updates.wait(limit, min(timeout or 0, _LONGEST_POLL))
        return f'{{"ok": true, "result": [{", ".join(batch)}]}}'

    def _record(
        self,
        at: float,
        method: str,
        params: Json,
        status: int,
        description: str,
        fault: Fault | None = None,
        effect: bool = False,
    ) -> None:
        struck = None if fault is None else fault.value
        self.calls.append(Call(len(self.calls), at, method, params, status, description, struck, effect))


def _answer(status: int, body: str) -> web.Response:
    return web.Response(status=status, body=body.encode(), content_type="application/json")


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
