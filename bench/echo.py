"""What a bot costs that keeps nothing: python-telegram-bot's own polling, one handler that sends the text back.

`python -m bench.echo ROOT [--concurrent]`. Everything that is not named here is left at the library's defaults.
"""

import argparse

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.botapi import TOKEN


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    parser = argparse.ArgumentParser("python -m bench.echo", description=__doc__)
    parser.add_argument("root", help="of the Bot API")
    parser.add_argument("--concurrent", action="store_true", help="handle updates side by side")
    given = parser.parse_args()
    builder = Application.builder().token(TOKEN).base_url(f"{given.root}/bot")
    application = builder.concurrent_updates(given.concurrent).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    print("{}", flush=True)
    application.run_polling()


if __name__ == "__main__":
    main()
