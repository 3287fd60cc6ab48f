"""Bootstrap: puts the parts together, and alone knows the concrete classes. Each part imports only what it needs."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from bot.channels.console import CHANNEL as CONSOLE
from bot.channels.console import Console, ConsoleTranslator
from bot.channels.translator import Translator
from bot.config import Settings, bot_id
from bot.sender import Limits, Sender
from bot.serving import Service
from bot.store import Store
from bot.store.key import key_of
from bot.times import Clock, utc
from bot.turn import Turns
from bot.turner import Offer, Turner

if TYPE_CHECKING:
    from ballots.report import ResultSheet
    from dialogs.wording import Language


def console(store: Store, conversation: str, clock: Clock = utc) -> Console:
    """The terminal's conversation over a store."""
    from bot.channels.clock import tick

    return Console(store, _turns(store, {CONSOLE: ConsoleTranslator()}, clock), clock, conversation, tick)


def telegram(settings: Settings, store: Store, clock: Clock = utc, limits: Limits | None = None) -> Service:
    """The service of a Telegram bot over a store; `limits` other than Telegram's own are for measuring."""
    from bot.channels import clock as ticks
    from bot.channels.telegram import delivery
    from bot.channels.telegram.client import Client
    from bot.channels.telegram.polling import Polling
    from bot.channels.telegram.translator import TelegramTranslator
    from bot.channels.telegram.updates import CHANNEL
    from bot.drawing import Drawing

    assert settings.telegram_token, "made only where there is a token"
    bot = bot_id(settings.telegram_token)
    client = Client(settings)
    translator = TelegramTranslator(bot)
    limits = limits or Limits(delivery.OVERALL, delivery.lane_limits)
    sender = Sender(store, CHANNEL, delivery.Delivery(client, Drawing(store, _painted)), limits, clock)
    turns = _turns(store, {CHANNEL: translator}, clock, warm=True)
    # The clock first: where a ballot's time has come, nobody should be answered as if it had not.
    offers: dict[str, Offer] = {ticks.CHANNEL: lambda calls: None, CHANNEL: sender.offer}
    turner = Turner(store, turns, offers, clock)
    polling = Polling(client, store, bot, translator, clock, turner.wake)
    ticking = ticks.Ticking(store, clock, turner.wake)
    return Service(store, (polling.run, ticking.run), turner, (sender,), client.close, clock)


def _painted(sheet: "ResultSheet", compound: str, language: "Language") -> bytes:
    from bot.results.image import png  # costs its imports: fonts, and a library that draws
    from bot.results.picture import svg

    return png(svg(sheet, compound, language))


def _turns(store: Store, translators: Mapping[str, Translator], clock: Clock, warm: bool = False) -> Turns:
    from bot.channels import clock as ticks
    from bot.desk import StoreDesk
    from dialogs.conversation import Conversation
    from dialogs.events import Text
    from dialogs.sessions import Session
    from knowledge.answers import answerer
    from knowledge.library import load

    conversation = Conversation(load(), answerer())
    if warm:
        # What is loaded at its first use would keep everybody waiting then.
        answerer().warm()
        conversation.hear(Text("楼"), Session())
    clauses = load().summaries.keys()
    return Turns(
        conversation,
        translators,
        clock,
        lambda tx, channel, spoken, now: StoreDesk(tx, channel, spoken, now, clauses, partial(key_of, store.path)),
        {ticks.CHANNEL: ticks.deed},
    )
