"""jiugai serve: the bot on all channels that are configured."""

import argparse
import asyncio
import logging
from typing import Any

from bot.errors import UserError

log = logging.getLogger(__name__)


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "serve",
        help="运行机器人 · run the bot",
        description="在设置好的渠道上运行机器人，直到收到 SIGTERM 或 Ctrl-C；设置见 jiugai doctor。\n"
        "Run the bot on all channels that are set up, until SIGTERM or Ctrl-C; settings: see jiugai doctor.",
        epilog="例 / examples:\n  JIUGAI_TELEGRAM_TOKEN=123456:ABC… jiugai serve",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Serve until told to stop; UserError where nothing is set up, or something has to be mended."""
    from bot import bootstrap, logs, serving
    from bot.config import settings
    from bot.store import Store
    from bot.store.lock import only_one

    found = settings()
    logs.set_up(found.log)
    if found.telegram_token is None:
        raise UserError(
            "没有可运行的渠道。请设置 JIUGAI_TELEGRAM_TOKEN（在 @BotFather 那里领），或用 jiugai chat 在终端里对话。 "
            "No channel is set up. Set JIUGAI_TELEGRAM_TOKEN (from @BotFather), or talk in the terminal by jiugai chat."
        )

    async def main() -> None:
        stop = serving.stop_on_signals()
        await serving.serve(bootstrap.telegram(found, store), stop)

    with only_one(found.database):
        store = Store(found.database)
        try:
            asyncio.run(main())
        finally:
            store.close()
