"""Load: what people write, by bursts or at a pace, and when the replies to it reached the server.

All instants are of `time.monotonic`, which the processes of one machine share: a word counts from just before it is
said here, a reply from the instant at which the server began to handle its call.
"""

import time
from collections.abc import Sequence
from itertools import count, cycle, islice

from tests.botapi import Call, Remote

_WITHIN = 30.0  # seconds that a bot may take over everything it was given
_LOOK = 0.05


class Crowd:
    """People who write to the bot, each once, so that nobody is slowed down for writing too much."""

    def __init__(self, api: Remote, first: int = 1000) -> None:
        self._api = api
        self._people = count(first)
        self.said = 0
        self._seen = 0  # how many calls of the bot belong to the past

    def queue(self, texts: Sequence[str], number: int) -> set[int]:
        """Let so many people say something at one instant; who they are."""
        people = list(islice(self._people, number))
        self._settle()
        self._api.many(("say", {"user": user, "text": text}) for user, text in zip(people, cycle(texts), strict=False))
        self.said += number
        return set(people)

    def answered(self, people: set[int]) -> dict[int, float]:
        """Wait until each of them has been replied to; when that was, by person."""
        replies: dict[int, float] = {}
        since = self._seen
        end = time.monotonic() + _WITHIN
        while missing := len(people - replies.keys()):
            assert time.monotonic() < end, f"{missing} of {len(people)} people were not answered within {_WITHIN} s"
            time.sleep(_LOOK)
            # As long as they cannot all have been answered, the server is not bothered for what it has.
            if not self._api.calls(since + missing - 1):
                continue
            for call in self._api.calls(since):
                since = call.number + 1
                if (user := _replied(call)) in people:
                    replies.setdefault(user, call.at)
        self._seen = since
        return replies

    def burst(self, texts: Sequence[str], number: int) -> float:
        """Updates a second of a burst: from the instant that it can be fetched to the last reply."""
        people = self.queue(texts, number)
        # All of it is queued within one step of the server's loop, and the poll that waits is answered in the next.
        handed_out = time.monotonic()
        replies = self.answered(people)
        return number / (max(replies.values()) - handed_out)

    def paced(self, texts: Sequence[str], rate: float, seconds: float) -> list[float]:
        """The seconds from a word to its reply, where people write at a steady pace."""
        said: dict[int, float] = {}
        self._settle()
        start = time.monotonic()
        people = list(islice(self._people, round(rate * seconds)))
        for number, (user, text) in enumerate(zip(people, cycle(texts), strict=False)):
            time.sleep(max(0.0, start + number / rate - time.monotonic()))
            said[user] = time.monotonic()
            self._api.say(user, text)
        self.said += len(people)
        replies = self.answered(set(people))
        return [replies[user] - at for user, at in said.items()]

    def settled(self) -> None:
        """Wait until the bot has confirmed everything that it was given."""
        self._api.wait(lambda: not self._api.pending(), _WITHIN)

    def _settle(self) -> None:
        self._seen += len(self._api.calls(self._seen))


def _replied(call: Call) -> int:
    assert not call.rejected, f"{call.method}: {call.description}"
    user = call.params.get("chat_id")
    return user if call.method == "sendMessage" and call.effect and isinstance(user, int) else 0
