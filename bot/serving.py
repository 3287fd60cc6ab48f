"""Serving: what runs side by side while the bot serves, and how it stops: nothing half done, nothing lost."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.sender import Sender
from bot.store import Store, StoreFault
from bot.times import Clock
from bot.turner import Turner

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0  # how soon what another process has committed is noticed
_TIDY_SECONDS = 3600.0
_GRACE_SECONDS = 15.0  # calls that are running may take so long to end; systemd kills after 90


@dataclass(frozen=True, slots=True)
class Service:
    """What serves: where events come from, who takes their turns, who delivers, and what is to be closed at the end."""

    store: Store
    sources: tuple[Callable[[], Coroutine[Any, Any, None]], ...]
    turner: Turner
    senders: tuple[Sender, ...]
    close: Callable[[], Coroutine[Any, Any, None]]
    clock: Clock


async def serve(service: Service, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; UserError where something has to be mended before it can go on."""
    turner = asyncio.create_task(service.turner.run())
    senders = [asyncio.create_task(sender.run()) for sender in service.senders]
    sources = [asyncio.create_task(run()) for run in service.sources]
    sources += [asyncio.create_task(_watch(service)), asyncio.create_task(_tidy(service))]
    waiting = asyncio.create_task(stop.wait())
    log.info("serving")
    try:
        await asyncio.wait([waiting, turner, *senders, *sources], return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
        # What comes from outside ends first, then what is made of it: a turn that was taken is committed, a call that
        # was made is settled. What waits then is in the store, for the next start.
        waiting.cancel()
        for source in sources:
            source.cancel()
        service.turner.stop()
        for sender in service.senders:
            sender.stop()
        await asyncio.wait([turner, *senders], timeout=_GRACE_SECONDS)
        for late in (turner, *senders):
            late.cancel()
        ended = await asyncio.gather(turner, *senders, *sources, return_exceptions=True)
        await service.close()
        log.info("stopped")
    for error in ended:
        if isinstance(error, BaseException) and not isinstance(error, asyncio.CancelledError):
            raise _single(error)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets; a second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopped(number: int) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        # Not loop.add_signal_handler: Windows has none.
        signal.signal(number, lambda got, _frame: loop.call_soon_threadsafe(stopped, got) and None)
    return stop


async def _watch(service: Service) -> None:
    """Notice what other processes commit: the command line, a restore."""
    seen = await service.store.persist(lambda tx: tx.connection.version())
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        version = await service.store.persist(lambda tx: tx.connection.version())
        if version != seen:
            seen = version
            service.turner.wake()
            for sender in service.senders:
                await sender.reload()


async def _tidy(service: Service) -> None:
    """Drop what ended long ago, and what is left in the log of what was erased."""
    while True:
        await service.store.persist(lambda tx: tx.forget(service.clock()))
        try:
            await asyncio.to_thread(service.store.fold_log)
        except StoreFault as fault:
            log.warning("the log stays as it is", extra={"error": fault.name})
        await asyncio.sleep(_TIDY_SECONDS)


def _single(error: BaseException) -> BaseException:
    """The first error of a group of tasks."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
