"""Polling: fetches updates, commits them to the inbox, and only then confirms them, by asking for what comes next."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeGuard

from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.channels.telegram.client import POLL_SECONDS, Client
from bot.channels.telegram.delivery import outcome_of
from bot.channels.telegram.translator import TelegramTranslator, commands
from bot.channels.telegram.updates import KINDS, arrival
from bot.errors import UserError
from bot.pauses import Pauses
from bot.sender import Later
from bot.store import Arrival, Store, Transaction
from bot.store.office import Office
from bot.times import Clock
from dialogs.wording import LANGUAGES

log = logging.getLogger(__name__)

WRONG_TOKEN = (
    "Telegram 不认这个令牌。请在 @BotFather 那里核对，再设好 JIUGAI_TELEGRAM_TOKEN。 "
    "Telegram does not know this token. Compare it with what @BotFather says and set JIUGAI_TELEGRAM_TOKEN."
)
TAKEN = (
    "另一个程序正用同一个令牌收消息。请停掉它，或给这边换一个机器人；停掉以后会自己接着收。 "
    "Another program takes this bot's messages with the same token. Stop it, or use another bot; then this goes on."
)

# Seconds before the next poll: the replies to what came by this one go out before it.
_REPLIES_FIRST = 0.001


class Polling:
    """Fetches the updates of one bot. `heard` is called whenever rows of the inbox may wait."""

    def __init__(
        self,
        client: Client,
        store: Store,
        bot: str,
        translator: TelegramTranslator,
        clock: Clock,
        heard: Callable[[], None],
    ) -> None:
        self._client = client
        self._store = store
        self._bot = bot
        self._translator = translator
        self._clock = clock
        self._heard = heard
        self._pauses = Pauses(longest=60)

    async def run(self) -> None:
        """Fetch until cancelled; UserError where the token is refused."""
        await self._introduce()
        offset: int | None = None
        while True:
            updates = await self._fetched(offset)
            if not updates:
                continue
            arrivals = [arrival(update, self._bot) for update in updates]
            kept = self._store.persist(partial(self._keep, arrivals))
            self._heard()  # turns queue up right behind the intake and share its commit
            await kept
            if numbers := [update["update_id"] for update in updates if _numbered(update)]:
                offset = max(numbers) + 1  # in memory only: a repetition does no harm
            else:
                await self._pause("they have no numbers")  # and so cannot be confirmed
            await asyncio.sleep(_REPLIES_FIRST)

    async def _introduce(self) -> None:
        """Learn the bot's own name, and tell the apps which commands there are."""
        while (me := await self._asked("getMe")) is None:
            pass
        self._translator.username = me.get("username")
        if name := self._translator.username:
            await self._store.persist(lambda tx: Office(tx.connection).set_bot(name, self._clock()))
        for language in LANGUAGES:
            # The first is what people see whose language has none of its own.
            code = {} if language == LANGUAGES[0] else {"language_code": language}
            try:
                await self._client.call("setMyCommands", commands=commands(language), **code)
            except TelegramError as error:
                log.warning("the menu of commands stays as it is", extra={"error": type(error).__name__})

    def _keep(self, arrivals: Sequence[Arrival], tx: Transaction) -> None:
        tx.inbox.add(arrivals, self._clock())

    async def _fetched(self, offset: int | None) -> list[object]:
        """The next updates; none after a fault, which was waited out."""
        params = {} if offset is None else {"offset": offset}
        updates = await self._asked("getUpdates", timeout=POLL_SECONDS, allowed_updates=list(KINDS), **params)
        return updates if isinstance(updates, list) else []

    async def _asked(self, method: str, **params: Any) -> Any:
        """What the Bot API says; None after a fault, which was waited out. UserError where the token is refused."""
        try:
            result = await self._client.call(method, **params)
        except (InvalidToken, EndPointNotFound) as error:
            raise UserError(WRONG_TOKEN) from error
        except Conflict as conflict:
            await self._stand_back(conflict)
            return None
        except TelegramError as error:
            outcome = outcome_of(error)
            await self._pause(outcome.reason, outcome.seconds if isinstance(outcome, Later) else None)
            return None
        self._pauses.reset()
        return result

    async def _stand_back(self, conflict: Conflict) -> None:
        """Another program takes this bot's updates: a web hook, which we take away, or one like us, which may end."""
        if "webhook" in conflict.message.lower():
            log.warning("a web hook was set for this bot; it is taken away, for updates are polled")
            try:
                await self._client.call("deleteWebhook")
            except TelegramError as error:
                log.warning("the web hook stays", extra={"error": type(error).__name__})
        await self._pause(TAKEN)

    async def _pause(self, reason: str, seconds: float | None = None) -> None:
        pause = self._pauses.next() if seconds is None else seconds
        log.warning("no updates: %s", reason, extra={"again_in": pause})
        await asyncio.sleep(pause)


def _numbered(update: object) -> TypeGuard[dict[str, Any]]:
    """Whether its number can be an offset: one below 0 would drop what nobody has seen, too large a one is refused."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 < number < 2**63
