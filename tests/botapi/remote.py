"""A server in a process of its own, driven from here with the verbs of BotApi."""

import asyncio
import json
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

import httpx

from tests.botapi.calls import Call
from tests.botapi.messages import Chat, Json, Message, Upload
from tests.botapi.world import Notice

_ROOT = Path(__file__).parents[2]
_START = 20.0  # seconds a slow machine may need to start Python


class Remote:
    """Every verb waits for its answer; in a coroutine, `await remote.later.say(7, "谁出钱")` waits in a thread."""

    def __init__(self, root: str, control: str, process: subprocess.Popen[str] | None = None) -> None:
        self.root = root
        self.control = control
        self._process = process
        self._client = httpx.Client(base_url=control, timeout=30.0, trust_env=False)

    @classmethod
    def start(cls, *options: str) -> Self:
        """A new process with command-line options; `with Remote.start(…) as api:` ends it too."""
        command = (sys.executable, "-m", "tests.botapi", *options)
        process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        line = process.stdout.readline()  # it says one line, or ends
        assert line, f"the server did not start: exit code {process.wait(_START)}"
        where = json.loads(line)
        return cls(where["root"], where["control"], process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server, and end the process if it was started here."""
        self._client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_START)
            assert self._process.stdout is not None
            self._process.stdout.close()

    @property
    def later(self) -> "Later":
        return Later(self)

    def do(self, verb: str, **given: object) -> Any:
        """Any verb of the control port. What fails there fails here, as an AssertionError."""
        # By hand, and not by json=: lone surrogates pass as escapes only.
        answer = self._client.post(f"/control/{verb}", content=json.dumps(given).encode()).json()
        assert answer["ok"], answer["error"]
        return answer["result"]

    def many(self, steps: Iterable[tuple[str, Json]]) -> list[Any]:
        """Several verbs in one request, `("say", {"user": 7, "text": "/start"})` each; their results."""
        return list(self.do("many", steps=list(steps)))

    def person(self, user: int, name: str = "", language: str = "zh-hans", username: str = "") -> None:
        self.do("person", user=user, name=name, language=language, username=username)

    def group(self, chat: int, title: str = "楼门群", by: int = 1) -> None:
        self.do("group", chat=chat, title=title, by=by)

    def kick(self, chat: int, by: int = 1) -> None:
        self.do("kick", chat=chat, by=by)

    def say(self, user: int, text: str, *, chat: int | None = None, reply_to: int | None = None) -> int:
        return int(self.do("say", user=user, text=text, chat=chat, reply_to=reply_to))

    def send(self, user: int, kind: str, **how: object) -> int:
        """`chat`, `caption`, `media_group_id`, `fields`: as of BotApi.send."""
        return int(self.do("send", user=user, kind=kind, **how))

    def edit(self, user: int, message_id: int, text: str, *, chat: int | None = None) -> None:
        self.do("edit", user=user, message_id=message_id, text=text, chat=chat)

    def move(self, user: int, message_id: int, latitude: float, longitude: float, *, chat: int | None = None) -> None:
        self.do("move", user=user, message_id=message_id, latitude=latitude, longitude=longitude, chat=chat)

    def tap(self, user: int, message_id: int, label_or_data: str, *, chat: int | None = None) -> str:
        return str(self.do("tap", user=user, message_id=message_id, label_or_data=label_or_data, chat=chat))

    def erase(self, user: int, message_id: int, *, chat: int | None = None, for_all: bool = True) -> None:
        self.do("erase", user=user, message_id=message_id, chat=chat, for_all=for_all)

    def block(self, user: int) -> None:
        self.do("block", user=user)

    def unblock(self, user: int) -> None:
        self.do("unblock", user=user)

    def raw(self, update: Json) -> None:
        self.do("raw", update=update)

    def chat(self, user: int) -> Chat:
        given = self.do("chat", user=user)
        messages = [_message(one) for one in given.pop("messages")]
        return Chat(**{**given, "members": set(given["members"]), "messages": messages})

    def last(self, users: Sequence[int]) -> list[Message | None]:
        """The bot's newest message in each of these chats, None where it has said nothing yet."""
        return [_message(one) if one else None for one in self.do("last", users=list(users))]

    def heard(self, user: int) -> list[str]:
        return list(self.do("heard", user=user))

    def files(self, user: int) -> list[Upload]:
        return [_upload(one) for one in self.do("files", user=user)]

    def notices(self, user: int) -> list[Notice]:
        return [Notice(**one) for one in self.do("notices", user=user)]

    def unanswered_queries(self) -> list[str]:
        return list(self.do("unanswered_queries"))

    def calls(self, since: int = 0, method: str = "") -> list[Call]:
        return [Call(**one) for one in self.do("calls", since=since, method=method)]

    def rejected(self) -> list[Call]:
        return [Call(**one) for one in self.do("rejected")]

    def fail_next(self, method: str, kind: str, times: int = 1, chat: int | None = None) -> None:
        self.do("fail_next", method=method, kind=kind, times=times, chat=chat)

    def away(self, gone: bool = True) -> None:
        self.do("away", gone=gone)

    def flood(self, on: bool) -> None:
        """Switch flood control."""
        self.do("flood", on=on)

    def faults(self, rate: float) -> None:
        """Change how often chance strikes; 0 lets a disturbed run come to rest."""
        self.do("faults", rate=rate)

    def pending(self) -> int:
        """How many updates are not confirmed yet."""
        return int(self.do("pending"))

    def wait(self, predicate: Callable[[], object], within: float = 10.0) -> None:
        """Until something is so; an AssertionError where it does not come."""
        end = time.monotonic() + within
        while not predicate():
            assert time.monotonic() < end, f"not so within {within} s"
            time.sleep(0.01)


def _message(given: Json) -> Message:
    """A message as it was; what it holds comes as JSON."""
    found: Any = {**given}
    found |= {"entities": tuple(found["entities"]), "hidden_from": frozenset(found["hidden_from"])}
    return Message(**{**found, "upload": _upload(found["upload"]) if found["upload"] else None})


def _upload(given: Any) -> Upload:
    return Upload(given["name"], given["type"], b64decode(given["content"]))


class Later:
    """The verbs of a Remote as coroutines."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote

    def __getattr__(self, verb: str) -> Callable[..., Awaitable[Any]]:
        return partial(asyncio.to_thread, getattr(self._remote, verb))
