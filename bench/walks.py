"""Walks: what a turn of a dialog costs, engine and store together, beside python-telegram-bot's own conversations.

    python -m bench.walks [--people N] [--folder DIR]

Every person walks through the eligibility check by its buttons, always the first option. Theirs asks as many questions
by a `ConversationHandler`, and keeps its states by `PicklePersistence` on the same disk.

| | |
|---|---|
| one by one | each tap is committed to the inbox, then its turn; theirs: handled, then its states flushed to the file |
| together | all taps of a step wait, turns share commits of 64 as the turner takes them; theirs: one flush a step |
| replay | a dialog of 40 questions is run from its start to the last one |

A turn of ours is on the disk (SQLite, synchronous=FULL) before it counts; a flush of theirs is a file written anew, of
everybody's states, that no fsync follows. So the ratios flatter theirs.
"""

import argparse
import asyncio
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from telegram import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ConversationHandler, PicklePersistence

from bench.figures import Table, percentile
from bot.channels.telegram.translator import TelegramTranslator
from bot.channels.telegram.updates import CHANNEL, arrival
from bot.desk import StoreDesk
from bot.store import Arrival, Store, Transaction
from bot.times import utc
from bot.turn import Turns
from dialogs.conversation import Conversation
from dialogs.replies import Line, Reply
from dialogs.sessions import Session
from dialogs.steps import Ask, Dialog, Facts, Option, Walk
from dialogs.walks import Walks
from dialogs.wording import Wording, wording
from knowledge.answers import answerer
from knowledge.library import load

_BOT, _SHARED, _QUESTIONS, _ROUNDS = "1", 64, 40, 200


def _raw(number: int, person: int, data: str) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "王", "language_code": "zh"}
    message = {"message_id": 1, "date": 0, "chat": {"id": person, "type": "private"}, "text": "?"}
    tap = {"id": str(number), "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number, "callback_query": tap}


class Ours:
    """People who tap the first option until the check is over."""

    def __init__(self, folder: Path, people: int) -> None:
        library = load()
        clauses = library.summaries.keys()
        self._store = Store(folder / "walks.db")
        self._turns = Turns(
            Conversation(library, answerer()),
            {CHANNEL: TelegramTranslator(_BOT)},
            utc,
            lambda tx, channel, spoken, now: StoreDesk(tx, channel, spoken, now, clauses),
        )
        self._people = range(1, people + 1)
        self._numbers = iter(range(1, 10**9))

    async def _next(self, people: Iterable[int]) -> dict[int, str]:
        """The tap of everybody whose check is not over: the first option of the open question."""

        def found(tx: Transaction) -> dict[int, str]:
            sessions = {
                person: Session.load(tx.sessions.load(f"{CHANNEL}/{_BOT}/{person}/{person}/0")) for person in people
            }
            return {
                person: next(tap for tap in session.buttons if tap.startswith("walk:"))
                for person, session in sessions.items()
                if session.walk is not None and not session.walk.over
            }

        return await self._store.persist(found)

    async def _keep(self, arrivals: list[Arrival]) -> None:
        def add(tx: Transaction) -> None:
            tx.inbox.add(arrivals, utc())

        await self._store.persist(add)

    def _one(self, tx: Transaction) -> None:
        self._turns.take(tx, CHANNEL)

    async def one_by_one(self) -> list[float]:
        """Milliseconds of each turn, from the tap to its commit."""
        times = []
        for person in self._people:
            tap = "begin:eligibility"
            while tap:
                raw = _raw(next(self._numbers), person, tap)
                start = time.perf_counter()
                await self._keep([arrival(raw, _BOT)])
                await self._store.persist(self._one)
                times.append(1000 * (time.perf_counter() - start))
                tap = (await self._next([person])).get(person, "")
        return times

    async def together(self) -> float:
        """Turns a second where all people tap at once."""
        taps = {person: "begin:eligibility" for person in self._people}
        turns, spent = 0, 0.0
        while taps:
            arrivals = [arrival(_raw(next(self._numbers), person, tap), _BOT) for person, tap in taps.items()]
            await self._keep(arrivals)
            start = time.perf_counter()
            for _ in range(0, len(arrivals), _SHARED):
                await self._store.persist(self._some)
            spent, turns = spent + time.perf_counter() - start, turns + len(arrivals)
            taps = await self._next(taps)
        return turns / spent

    def _some(self, tx: Transaction) -> None:
        for _ in range(_SHARED):
            if self._turns.take(tx, CHANNEL) is None:
                break

    def close(self) -> None:
        self._store.close()


class Theirs:
    """The same number of questions by a ConversationHandler."""

    def __init__(self, file: Path, people: int, questions: int) -> None:
        self._people, self._questions = range(1, people + 1), questions
        self._persistence = PicklePersistence(file, update_interval=10**6)

        async def asked(update: Update, context: Any) -> int:
            answers = context.user_data.setdefault("answers", [])
            answers.append(update.callback_query.data if update.callback_query else "")
            # What it would say; nothing is sent in either bot.
            InlineKeyboardMarkup([[InlineKeyboardButton(str(n), callback_data=str(n))] for n in range(4)])
            return ConversationHandler.END if len(answers) > questions else len(answers)

        handler = ConversationHandler(
            [CallbackQueryHandler(asked, pattern="^begin")],
            {state: [CallbackQueryHandler(asked)] for state in range(1, questions + 1)},
            [CommandHandler("cancel", asked)],
            name="check",
            persistent=True,
        )
        self._application = Application.builder().token("1:x").updater(None).persistence(self._persistence).build()
        self._application.add_handler(handler)
        self._numbers = iter(range(1, 10**9))

    def _update(self, person: int, data: str) -> Update:
        user = User(person, "王", False)
        message = Message(1, datetime.fromtimestamp(0, UTC), Chat(person, "private"))
        return Update(next(self._numbers), callback_query=CallbackQuery("1", user, "1", message, data))

    async def _started(self) -> None:
        self._application._initialized = True  # no network: the bot itself is never asked who it is
        await self._application._initialize_persistence()
        for group in self._application.handlers.values():
            for handler in group:
                if isinstance(handler, ConversationHandler):
                    kept = await handler._initialize_persistence(self._application)
                    self._application._conversation_handler_conversations.update(kept)

    async def _flushed(self) -> None:
        await self._application.update_persistence()
        await self._persistence.flush()

    async def one_by_one(self) -> list[float]:
        await self._started()
        times = []
        for person in self._people:
            for step in range(self._questions + 1):
                update = self._update(person, "begin" if step == 0 else "1")
                start = time.perf_counter()
                await self._application.process_update(update)
                await self._flushed()
                times.append(1000 * (time.perf_counter() - start))
        return times

    async def together(self) -> float:
        await self._started()
        turns, spent = 0, 0.0
        for step in range(self._questions + 1):
            updates = [self._update(person, "begin" if step == 0 else "1") for person in self._people]
            start = time.perf_counter()
            for update in updates:
                await self._application.process_update(update)
            await self._flushed()
            spent, turns = spent + time.perf_counter() - start, turns + len(updates)
        return turns / spent


def replays() -> list[float]:
    """Milliseconds of runs of a dialog to its fortieth answer."""

    def walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
        for number in range(_QUESTIONS):
            says = (Line(speak("walk.noted", answer=str(number))),)
            yield Ask(f"q{number}", says, (Option("yes", "是"), Option("no", "不是"), Option("unknown", "不清楚")))
        return Reply((Line("."),))

    walks, speak = Walks({"forty": Dialog("forty", 1, walk)}, Facts(load())), wording("zh")
    progress = walks.begun("forty", 1, {})
    for number in range(_QUESTIONS):
        progress, _ = walks.place(progress, speak).given(f"q{number}", "no")
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        assert walks.place(progress, speak).end is not None
        times.append(1000 * (time.perf_counter() - start))
    return times


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--folder", type=Path, help="where the files go; by default a temporary folder")
    args = parser.parse_args()
    with TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        for way in ("a", "b"):
            (folder / way).mkdir()
        ours = Ours(folder / "a", args.people)
        try:
            our_times = asyncio.run(ours.one_by_one())
        finally:
            ours.close()
        questions = len(our_times) // args.people - 1
        their_times = asyncio.run(Theirs(folder / "theirs.1", args.people, questions).one_by_one())
        ours = Ours(folder / "b", args.people)
        try:
            our_rate = asyncio.run(ours.together())
        finally:
            ours.close()
        their_rate = asyncio.run(Theirs(folder / "theirs.2", args.people, questions).together())
    table = Table()
    table.add("", "ours", "theirs", "ours / theirs")
    for figure, value in (("p50", median), ("p99", lambda times: percentile(times, 0.99))):
        mine, other = value(our_times), value(their_times)
        table.add(f"ms a turn, one by one, {figure}", f"{mine:.2f}", f"{other:.2f}", f"{mine / other:.2f}")
    table.add("turns/s, together", f"{our_rate:.0f}", f"{their_rate:.0f}", f"{our_rate / their_rate:.2f}")
    times = replays()
    table.add(f"ms a replay of {_QUESTIONS} answers, p50", f"{median(times):.3f}", "", "")
    table.add(f"ms a replay of {_QUESTIONS} answers, p99", f"{percentile(times, 0.99):.3f}", "", "")
    print(f"{args.people} people, {questions + 1} taps each")
    print(table)


if __name__ == "__main__":
    main()
