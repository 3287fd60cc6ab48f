"""The whole service in this process, against the loopback Bot API."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from html import unescape
from pathlib import Path

from bot import bootstrap
from bot.channels.telegram.markup import parts
from bot.config import Settings, settings
from bot.sender import Limits
from bot.serving import serve
from bot.store import Store
from dialogs.replies import Line, Reply
from dialogs.wording import Language, wording
from tests.botapi import BotApi


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


def configured(api: BotApi, path: Path, token: str = "") -> Settings:
    given = {"JIUGAI_TELEGRAM_TOKEN": token or api.token, "JIUGAI_TELEGRAM_API": api.root, "JIUGAI_DATABASE": str(path)}
    return settings(given)


@asynccontextmanager
async def service(api: BotApi, path: Path, limits: Limits | None = None) -> AsyncIterator[Store]:
    """The bot serves over the database; without Telegram's limits, unless some are given."""
    with opened(path) as store:
        made = bootstrap.telegram(configured(api, path), store, limits=limits or Limits())
        stop = asyncio.Event()
        running = asyncio.create_task(serve(made, stop))
        try:
            yield store
        finally:
            stop.set()
            await running


def said(key: str, language: Language = "zh") -> str:
    """A sentence of the wording as Telegram shows it."""
    (part,) = parts(Reply((Line(wording(language)(key).strip()),)))
    return plain(part.html)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def states(store: Store, table: str) -> dict[str, int]:
    """How many rows of a table are in which state."""
    sql = f"select state, count(*) as many from {table} group by state"
    return {row["state"]: row["many"] for row in store.write(lambda tx: tx.connection.rows(sql)).result()}
