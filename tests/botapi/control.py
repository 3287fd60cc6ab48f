"""The control port: people's doings and the records over HTTP, for a server in a process of its own.

POST /control/<verb> with a JSON object of named arguments answers {"ok": true, "result": …}, or, where the verb fails,
{"ok": false, "error": "…"} with status 400. GET does the same with arguments in the query. /control/many takes
{"steps": [[verb, {…}], …]}, which spares a benchmark a request for each person. It listens on a port of its own,
so that it stays when the Bot API goes away.
"""

import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import asdict, is_dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from tests.botapi.api import BotApi
from tests.botapi.calls import Call
from tests.botapi.listener import Listener
from tests.botapi.messages import Json, Message

_PREFIX = "/control/"
# Verbs that are methods of BotApi, each under its own name.
_SAME = (
    "person group kick say send edit move tap erase block unblock raw chat heard files notices unanswered_queries "
    "fail_next rejected away"
).split()


class Control:
    """Lets a BotApi be driven from another process."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self.listener = Listener(self._handle)
        self._verbs: dict[str, Callable[..., object]] = {
            **{name: getattr(api, name) for name in _SAME},
            "calls": self._calls,
            "flood": self._flood,
            "faults": self._faults,
            "pending": self._pending,
            "last": self._last,
            "many": self._many,
        }

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        verb = request.path.removeprefix(_PREFIX)
        if not request.path.startswith(_PREFIX) or verb not in self._verbs:
            return _answer(404, {"ok": False, "error": f"no verb {request.path}"})
        given = dict[str, object]((name, _value(value)) for name, value in parse_qsl(request.query_string))
        try:
            given.update(json.loads(await request.read() or b"{}"))
            return _answer(200, {"ok": True, "result": await self._do(verb, given)})
        except (AssertionError, TypeError, ValueError) as error:
            return _answer(400, {"ok": False, "error": f"{verb}: {error}"})

    async def _do(self, verb: str, given: dict[str, object]) -> object:
        result = self._verbs[verb](**given)
        return plain(await result if isinstance(result, Awaitable) else result)

    async def _many(self, steps: list[tuple[str, Json]]) -> list[object]:
        return [await self._do(verb, given) for verb, given in steps]

    def _calls(self, since: int = 0, method: str = "") -> list[Call]:
        return [call for call in self._api.calls[since:] if method in ("", call.method)]

    def _flood(self, on: bool) -> None:
        self._api.floods.on = on

    def _faults(self, rate: float) -> None:
        self._api.faults.rate = rate

    def _pending(self) -> int:
        return len(self._api.world.updates)

    def _last(self, users: list[int]) -> list[Message | None]:
        """The bot's newest message in each of these chats."""
        chats = [self._api.world.chats.get(user) for user in users]
        return [chat.last() if chat and any(one.from_bot for one in chat.messages) else None for chat in chats]


def plain(value: object) -> object:
    """As JSON has it: records become objects, bytes base64."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _value(text: str) -> object:
    """A word of a query: a number or another JSON value where it reads as one."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _answer(status: int, body: Json) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")
