"""The client: python-telegram-bot's Bot, for raw calls of the Bot API.

Errors are telegram.error's. BadRequest and TimedOut are both NetworkErrors there: catch by leaf.
"""

import os
import re
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.channels.telegram.request import Request
from bot.config import Settings

# Its own word for "give me RetryAfter.retry_after as it will be": a timedelta, and no warning each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# Where the words of a method's name begin.
_WORDS = re.compile(r"(?=[A-Z])")

SECONDS = 10.0  # how long an answer may take
CONNECTIONS = 8  # for all but the poll: the limits allow no more than thirty calls a second
POLL_SECONDS = 50  # how long the server holds a getUpdates where there is nothing; proxies cut idle connections at 60


class Client:
    """Calls the Bot API as one bot; connections are opened as they are needed."""

    def __init__(self, settings: Settings) -> None:
        assert settings.telegram_token, "made only where there is a token"
        proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
        self._requests = [Request(connections, proxy) for connections in (1, CONNECTIONS)]
        self._bot = Bot(
            settings.telegram_token.get_secret_value(),
            base_url=f"{settings.telegram_api}/bot",
            base_file_url=f"{settings.telegram_api}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a method as JSON gives it; telegram.error.TelegramError where there is none.

        EndPointNotFound: the server answers 404, to a method that it lacks or to a token without the right form.
        """
        # The raw call is meant: Bot's own methods parse updates, and one that is bad sinks its batch. It warns of raw
        # calls by the names of its methods; get_Updates is none of them, and leads to the same address.
        endpoint = _WORDS.sub("_", method)
        seconds = SECONDS + float(params.get("timeout", 0))
        try:
            return await self._bot.do_api_request(endpoint, api_kwargs=params, read_timeout=seconds)
        except InvalidToken as error:
            # What it raises for 401 and 404 alike; only the error behind it tells them apart.
            if "not found" in str(error.__cause__).lower():
                raise EndPointNotFound(f"no {method}") from error
            raise
        except (AttributeError, LookupError, TypeError, RecursionError) as error:
            # It takes every JSON for an answer of the Bot API; what stands between may say something else.
            raise TelegramError("no answer of the Bot API") from error

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()
