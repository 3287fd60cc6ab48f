"""Many at once: 64 voters who each send the same selection five times, over four connections to the same database."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ballots.ledger import receipt_mark
from bot.channels.telegram.translator import TelegramTranslator
from bot.channels.telegram.updates import CHANNEL, arrival
from bot.desk import StoreDesk
from bot.office.choosing import Choosing
from bot.store import Arrival, Store, Transaction
from bot.times import utc
from bot.turn import Turns
from dialogs.sessions import Session
from dialogs.steps import Do
from tests import hall
from tests.bot.made import copied
from tests.botapi import TOKEN
from tests.dialogs.kit import CONVERSATION, LIBRARY
from tests.hall import Hall, Voter
from tests.voters import RECEIPT, wish

T = TypeVar("T")
VOTERS, TIMES, WORKERS = 64, 5, 4
BOT = TOKEN.partition(":")[0]
ITEMS = (hall.ELEVATOR, hall.PARKING)
TURNS = Turns(
    CONVERSATION,
    {CHANNEL: TelegramTranslator(BOT)},
    utc,
    lambda tx, channel, spoken, now: StoreDesk(tx, channel, spoken, now, LIBRARY.summaries),
)


def made(path: Path) -> Hall:
    with closing(Store(path)) as store:
        return hall.opened(store, hall.begun(store), hall.owners(VOTERS), ITEMS)


@pytest.fixture
def voting(path: Path) -> Hall:
    return replace(copied(made, path), path=path)


@contextmanager
def workers(path: Path) -> Iterator[list[Store]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Store(path))) for _ in range(WORKERS)]


def at_once(stores: Sequence[Store], jobs: Sequence[Callable[[Transaction], T]]) -> list[T]:
    """What came of jobs that are handed in at once, dealt out to the stores."""
    futures = [stores[at % len(stores)].write(job) for at, job in enumerate(jobs)]
    return [future.result(60) for future in futures]


def lines(path: Path) -> dict[int, list[dict[str, Any]]]:
    """The selections in the ledger by the seat's number."""
    sql = "select seat, line from ledger where kind in ('cast', 'changed') order by n"
    found: dict[int, list[dict[str, Any]]] = {}
    for row in hall.done(path, lambda tx: tx.connection.rows(sql)):
        found.setdefault(row["seat"], []).append(json.loads(row["line"]))
    return found


def test_a_selection_that_is_cast_five_times_at_once_is_one(path: Path, voting: Hall) -> None:
    chance = random.Random(8)
    wishes = {voter: wish(ITEMS, chance) for voter in voting.voters}
    times = [voter for voter in voting.voters for _ in range(TIMES)]
    chance.shuffle(times)

    def casting(voter: Voter) -> Callable[[Transaction], str]:
        said = wishes[voter]
        reasons = {item: "吵" for item, choice in said.items() if choice == "object"}
        data = {"ballot": voter.ballot, "number": str(voter.number)}
        step = Do("cast", "cast", {**data, "choices": json.dumps(said), "reasons": json.dumps(reasons)})
        return lambda tx: Choosing(tx, CHANNEL, voter.conversation, utc()).cast(step)

    with workers(path) as stores:
        came = at_once(stores, list(map(casting, times)))
    kept = lines(path)
    for voter in voting.voters:
        told = [json.loads(one) for one, who in zip(came, times, strict=True) if who == voter]
        assert Counter(one["came"] for one in told) == {"recorded": 1, "repeated": TIMES - 1}
        (receipt,) = {one["receipt"] for one in told}
        (line,) = kept.pop(voter.number)
        assert (line["choices"], line["receipt"]) == (wishes[voter], receipt_mark(receipt))
    assert kept == {}


def test_a_tap_that_comes_five_times_at_once_counts_once(path: Path, voting: Hall) -> None:
    """Twice under the same number of its update, and three times under others."""
    chance = random.Random(9)
    wishes = {voter: wish(ITEMS, chance) for voter in voting.voters}
    with closing(Store(path)) as store:
        submits = {voter: walked(store, voter, wishes[voter]) for voter in voting.voters}
    arrivals = []
    for at, voter in enumerate(voting.voters):
        first, *others = (10_000 + at * TIMES + n for n in range(TIMES - 1))
        arrivals += [tap(voter, number, submits[voter]) for number in (first, first, *others)]
    chance.shuffle(arrivals)

    def arriving(one: Arrival) -> Callable[[Transaction], int]:
        def job(tx: Transaction) -> int:
            new = tx.inbox.add([one], utc())
            TURNS.take(tx, CHANNEL)
            return new

        return job

    with workers(path) as stores:
        assert sum(at_once(stores, list(map(arriving, arrivals)))) == VOTERS * (TIMES - 1)
        while any(at_once(stores, [lambda tx: TURNS.take(tx, CHANNEL)] * WORKERS)):
            pass
    kept = lines(path)
    for voter in voting.voters:
        (line,) = kept.pop(voter.number)
        said = [text for text in told(path, voter) if RECEIPT.search(text)]
        assert line["choices"] == wishes[voter]
        assert [receipt_mark(RECEIPT.findall(text)[0]) for text in said] == [line["receipt"]]
    assert kept == {}


def tap(voter: Voter, number: int, data: str) -> Arrival:
    user = {"id": voter.user, "is_bot": False, "first_name": "王", "language_code": "zh"}
    message = {"message_id": 1, "date": 0, "chat": {"id": voter.user, "type": "private"}, "text": "?"}
    query = {"id": str(number), "from": user, "chat_instance": "1", "message": message, "data": data}
    return arrival({"update_id": number, "callback_query": query}, BOT)


def walked(store: Store, voter: Voter, wanted: dict[str, str]) -> str:
    """Walk to the look at all; what the button says that submits it."""
    buttons, number = [f"begin:choosing:ballot={voter.ballot},number={voter.number}"], voter.number * 10
    while not (submit := next((data for data in buttons if ":review:submit" in data), "")):
        ends = (":card:begin", *(f":{item}:{choice}" for item, choice in wanted.items()))
        data = next((data for data in buttons if data.endswith(ends)), "")
        came = tap(voter, number, data or buttons[0]) if data or number % 10 == 0 else said(voter, number, "吵")
        buttons, number = store.write(lambda tx, one=came: after(tx, one)).result(), number + 1  # type: ignore[misc]
    return submit


def said(voter: Voter, number: int, text: str) -> Arrival:
    user = {"id": voter.user, "is_bot": False, "first_name": "王", "language_code": "zh"}
    chat = {"id": voter.user, "type": "private"}
    return arrival(
        {"update_id": number, "message": {"message_id": number, "from": user, "chat": chat, "text": text}}, BOT
    )


def after(tx: Transaction, came: Arrival) -> list[str]:
    """What stands on the buttons after the turn of something that came."""
    tx.inbox.add([came], utc())
    assert TURNS.take(tx, CHANNEL)
    return list(Session.load(tx.sessions.load(came.conversation)).buttons)


def told(path: Path, voter: Voter) -> list[str]:
    """What waits to be said to somebody."""
    sql = "select payload from outbox where conversation = :it"
    rows = hall.done(path, lambda tx: tx.connection.rows(sql, it=voter.conversation))
    return [str(json.loads(row["payload"]).get("text", "")) for row in rows]
