"""Drawing: the picture that a reply means → its bytes, from what may be shown of the ballot at that moment."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ballots.report import ResultSheet, Withheld, result
from bot.office.boxes import box
from bot.store import Store, Transaction
from bot.store.ballots import Ballots
from bot.store.book import Book
from dialogs.pictures import Picture
from dialogs.wording import Language

# A sheet of a compound (its name), in a language → a picture.
Paint = Callable[[ResultSheet, str, Language], bytes]

_KEPT = 16  # a close is told to all seats at once, in two languages; few ballots close in the same minute
_SECONDS = 30.0  # no picture takes so long; whoever waits for one keeps what comes behind it waiting
_AGAIN = 300.0  # seconds until what could not be painted is tried again: else each of its receivers would wait as long


class NotPainted(Exception):
    """A picture could not be painted a moment ago."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What a picture shows: a ballot at one end of its ledger, under the compound's name, in a language."""

    ballot: str
    head: str
    compound: str
    language: Language


class Drawing:
    """Draws results of ballots of a store, one at a time, and keeps the last few: many are told of the same one."""

    def __init__(self, store: Store, paint: Paint) -> None:
        self._store = store
        self._paint = paint
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._failed: dict[_Key, float] = {}  # and when it is tried again
        self._one = asyncio.Lock()

    async def __call__(self, picture: Picture) -> bytes | None:
        """The bytes of a picture; None where there is no such ballot, or where its result may not be shown. Raises
        whatever the painting raises, TimeoutError where it takes too long, and NotPainted soon after either."""
        async with self._one:
            now = asyncio.get_running_loop().time()
            self._failed = {key: again for key, again in self._failed.items() if again > now}
            wanted = await self._store.persist(lambda tx: self._wanted(tx, picture))
            if wanted is None:
                return None
            key, sheet = wanted
            if key in self._failed:
                raise NotPainted
            if sheet is not None:
                self._kept[key] = await self._painted(key, sheet)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def _wanted(self, tx: Transaction, picture: Picture) -> tuple[_Key, ResultSheet | None] | None:
        """What is to be painted, without its sheet where that is not needed; None for what may not be shown."""
        ballots = Ballots(tx.connection)
        record = ballots.record(picture.ballot)
        compound = Book(tx.connection).compound(record.compound) if record else None
        if record is None or compound is None or record.head.lines == 0:
            return None
        key = _Key(record.id, record.head.hash, compound.name, picture.language)
        if key in self._kept or key in self._failed:
            return key, None  # the end of the ledger tells that nothing has changed, so it is not counted again
        sheet = result(box(ballots, record))
        return None if isinstance(sheet, Withheld) else (key, sheet)

    async def _painted(self, key: _Key, sheet: ResultSheet) -> bytes:
        try:
            async with asyncio.timeout(_SECONDS):
                return await asyncio.to_thread(self._paint, sheet, key.compound, key.language)
        except Exception:
            self._failed[key] = asyncio.get_running_loop().time() + _AGAIN
            raise
