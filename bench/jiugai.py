"""Jiugai as a process to be measured: `python -m bench.jiugai ROOT DATABASE`, as `jiugai serve` runs it.

Two things differ from serving: the limiter is off, since Telegram's 30 messages a second are what it is there to keep,
and the first line on standard output tells how the writer's own connection commits. Logs go to standard error as ever.
"""

import argparse
import asyncio
import json
from pathlib import Path

from bot import bootstrap, logs, serving
from bot.config import settings
from bot.sender import Limits
from bot.store import Store, Transaction
from tests.botapi import TOKEN


def _pragmas(tx: Transaction) -> dict[str, object]:
    names = ("journal_mode", "synchronous")
    return {name: value for name in names for value in tx.connection.rows(f"pragma {name}")[0].values()}


async def _serve(root: str, store: Store) -> None:
    print(json.dumps(await store.persist(_pragmas)), flush=True)
    found = settings({"JIUGAI_TELEGRAM_TOKEN": TOKEN, "JIUGAI_TELEGRAM_API": root})
    await serving.serve(bootstrap.telegram(found, store, limits=Limits()), serving.stop_on_signals())


def main() -> None:
    parser = argparse.ArgumentParser("python -m bench.jiugai", description=__doc__)
    parser.add_argument("root", help="of the Bot API")
    parser.add_argument("database", type=Path)
    given = parser.parse_args()
    logs.set_up("plain")
    store = Store(given.database)
    try:
        asyncio.run(_serve(given.root, store))
    finally:
        store.close()


if __name__ == "__main__":
    main()
