"""The sender over a real outbox: order, the four outcomes, what waits, what is given up, and what a restart finds."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from bot.pauses import Pauses
from bot.sender import Delivered, Later, Limit, Limits, Never, Outcome, Unknown
from bot.sender.sender import GIVEN_UP_AFTER, TRIES
from bot.store import Call, Store, Transaction
from tests.bot.sender.kit import Desk, call

T = TypeVar("T")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that grow as always, but end soon."""
    monkeypatch.setattr(Pauses.__init__, "__defaults__", (0.02, 0.08))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "jiugai.db")
    yield desk
    desk.store.close()


# ---- order --------------------------------------------------------------------------------------------------------


async def test_a_lane_keeps_its_order_whatever_fails(desk: Desk) -> None:
    desk.put(*(call(str(number)) for number in range(7)))
    desk.other.answers("0", Later("flood limit", 0.0), Later("server error"))
    desk.other.answers("1", Never("refused"))
    desk.other.answers("2", Unknown("timed out"), Unknown("timed out"))
    desk.other.answers("3", ValueError("a fault of ours"))
    desk.other.answers("4", Later("not connected", everywhere=True))
    desk.other.answers("5", *[Unknown("timed out")] * TRIES)
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == [*"000", "1", *"222", "3", *"44", *"5" * TRIES, "6"]
    assert desk.other.most == 1


async def test_lanes_go_on_beside_one_another(desk: Desk) -> None:
    held = asyncio.Event()

    async def slow() -> Outcome:
        await held.wait()
        return Delivered()

    desk.other.answers("slow", slow)
    desk.put(call("slow", "a"), call("after", "a"), call("b1", "b"), call("b2", "b"), call("c", "c"))
    async with desk.delivering():
        await desk.until(lambda: {"b1", "b2", "c"} <= set(desk.other.called))
        assert "after" not in desk.other.called
        held.set()
        await desk.until_settled()
    assert desk.other.called[-1] == "after"


async def test_no_more_calls_run_at_once_than_allowed(desk: Desk) -> None:
    desk.put(*(call(str(number), str(number)) for number in range(30)))
    async with desk.delivering(desk.sender(at_once=3)):
        await desk.until_settled()
    assert desk.other.most == 3


async def test_replies_come_before_what_nobody_asked_for_within_a_lane(desk: Desk) -> None:
    desk.put(call("unasked1", unasked=True), call("unasked2", unasked=True), call("reply1"), call("reply2"))
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["reply1", "reply2", "unasked1", "unasked2"]


async def test_replies_come_before_what_nobody_asked_for_among_lanes(desk: Desk) -> None:
    desk.put(*(call(f"unasked{lane}", lane, unasked=True) for lane in "ab"), *(call(lane, lane) for lane in "cd"))
    async with desk.delivering(desk.sender(at_once=1)):
        await desk.until_settled()
    assert sorted(desk.other.called[:2]) == ["c", "d"] and desk.other.called[2:] == ["unaskeda", "unaskedb"]


async def test_a_reply_that_comes_while_something_unasked_is_called_does_not_end_in_its_place(desk: Desk) -> None:
    held = asyncio.Event()

    async def slow() -> Outcome:
        await held.wait()
        return Delivered("7")

    desk.other.answers("unasked", slow)
    (unasked,) = desk.put(call("unasked", unasked=True))
    async with desk.delivering() as sender:
        await desk.until(lambda: desk.other.running)
        (reply,) = desk.put(call("reply"))
        sender.offer([reply])
        held.set()
        await desk.until_settled()
    assert desk.other.called == ["unasked", "reply"]
    assert desk.row(unasked.id)["message"] == "7" and desk.row(reply.id)["state"] == "delivered"


async def test_what_waited_since_the_last_run_comes_before_what_is_said_now(desk: Desk) -> None:
    desk.put(call("old"))
    sender = desk.sender()
    sender.offer(desk.put(call("new")))  # the first turns are taken before the outbox has been read
    async with desk.delivering(sender):
        await desk.until_settled()
    assert desk.other.called == ["old", "new"]


async def test_what_is_offered_is_delivered_once_however_often_it_is_offered(desk: Desk) -> None:
    async with desk.delivering() as sender:
        calls = desk.put(call("1"), call("2"))
        sender.offer(calls)
        sender.offer(calls)
        await desk.until_settled()
    assert desk.other.called == ["1", "2"]


async def test_a_limit_holds_between_the_end_of_a_call_and_the_next(desk: Desk) -> None:
    times: list[tuple[float, float]] = []

    async def timed() -> Outcome:
        start = asyncio.get_running_loop().time()
        await asyncio.sleep(0.01)
        times.append((start, asyncio.get_running_loop().time()))
        return Delivered()

    for number in "012":
        desk.other.answers(number, timed)
    desk.put(*(call(number) for number in "012"))
    async with desk.delivering(desk.sender(Limits(None, lambda lane: (Limit(1, 0.05),)))):
        await desk.until_settled()
    assert all(later[0] - earlier[1] >= 0.05 for earlier, later in pairwise(times))


# ---- the four outcomes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "state", "message", "reason"),
    [
        (Delivered("42"), "delivered", "42", ""),
        (Delivered(), "delivered", "", ""),
        (Never("forbidden"), "never", "", "forbidden"),
    ],
)
async def test_what_a_row_keeps_of_its_end(desk: Desk, answer: Outcome, state: str, message: str, reason: str) -> None:
    (waiting,) = desk.put(call("谁出钱"))
    desk.other.answers("谁出钱", answer)
    async with desk.delivering():
        await desk.until_settled()
    row = desk.row(waiting.id)
    assert (row["state"], row["message"], row["reason"], row["payload"]) == (state, message, reason, None)
    assert row["settled"] is not None


async def test_later_stops_its_own_lane_only(desk: Desk) -> None:
    desk.other.answers("a1", Later("flood limit", 3600.0))
    a1, a2, *_ = desk.put(call("a1"), call("a2"), *(call(f"b{number}", "b") for number in range(3)))
    async with desk.delivering() as sender:
        await desk.until(lambda: desk.states() == {"delivered": 3, "open": 2})
        sender.offer(desk.put(call("c", "c"), call("a3")))
        await desk.until(lambda: desk.states() == {"delivered": 4, "open": 3})
    assert desk.other.called.count("a1") == 1 and not {"a2", "a3"} & set(desk.other.called)
    assert (desk.row(a1.id)["payload"], desk.row(a2.id)["tries"]) == ("a1", 0)


async def test_later_goes_on_after_the_seconds_that_were_named(desk: Desk) -> None:
    times: list[float] = []

    async def flooded() -> Outcome:
        times.append(asyncio.get_running_loop().time())
        return Later("flood limit", 0.1)

    async def fine() -> Outcome:
        times.append(asyncio.get_running_loop().time())
        return Delivered()

    desk.other.answers("a", flooded, fine)
    desk.put(call("a"))
    async with desk.delivering():
        await desk.until_settled()
    assert times[1] - times[0] >= 0.1


async def test_while_nothing_can_be_reached_one_call_at_a_time_finds_out_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    following = Pauses.next

    def noted(pauses: Pauses) -> float:
        made.append(following(pauses))
        return made[-1]

    async def away() -> Outcome:
        before.append(len(made))
        return Later("not connected", everywhere=True)

    monkeypatch.setattr(Pauses, "next", noted)
    before: list[int] = []  # how many pauses there were before the answer to each call
    desk.put(*(call(f"{lane}{number}", str(lane)) for lane in range(6) for number in range(3)))
    desk.other.always = away
    async with desk.delivering():
        await desk.until(lambda: len(desk.other.called) == 6)
        assert desk.other.most == 6
        desk.other.most = 0
        await desk.until(lambda: len(desk.other.called) >= 11)
        assert desk.other.most == 1
        desk.other.always = None
        await desk.until_settled()
        assert desk.other.most > 1  # and when it is back, lanes go on beside one another
    assert desk.states() == {"delivered": 18}
    # Six calls that failed together made one pause, and then each pause was longer, up to the longest.
    assert before[:11] == [0, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5]
    assert made[:5] == [0.02, 0.04, 0.08, 0.08, 0.08]
    for lane in range(6):
        assert list(dict.fromkeys(one for one in desk.other.called if one[0] == str(lane))) == [
            f"{lane}{number}" for number in range(3)
        ]


async def test_a_reply_of_unknown_end_is_sent_again_so_often_and_then_given_up(desk: Desk) -> None:
    (waiting, _) = desk.put(call("1"), call("2"))
    desk.other.answers("1", *[Unknown("timed out")] * (TRIES + 1))
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["1"] * TRIES + ["2"]
    row = desk.row(waiting.id)
    assert (row["state"], row["reason"], row["payload"], row["message"]) == ("unknown", "timed out", None, "")


async def test_how_often_a_reply_was_sent_outlives_a_restart(desk: Desk) -> None:
    desk.put(call("1"))
    desk.other.always = Unknown("timed out")
    sender = desk.sender()
    async with desk.delivering(sender):
        await desk.until(lambda: len(desk.other.called) == 2)
    before = len(desk.other.called)
    async with desk.delivering():
        await desk.until_settled()
    assert before < TRIES and len(desk.other.called) == TRIES


async def test_a_reply_of_unknown_end_that_then_arrives_is_delivered(desk: Desk) -> None:
    (waiting,) = desk.put(call("1"))
    desk.other.answers("1", Unknown("timed out"), Delivered("9"))
    async with desk.delivering():
        await desk.until_settled()
    assert (desk.row(waiting.id)["state"], desk.row(waiting.id)["message"]) == ("delivered", "9")


async def test_what_nobody_asked_for_is_never_sent_again_where_its_end_is_unknown(desk: Desk) -> None:
    (waiting,) = desk.put(call("1", unasked=True))
    desk.other.answers("1", Unknown("timed out"))
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["1"]
    assert (desk.row(waiting.id)["state"], desk.row(waiting.id)["reason"]) == ("unknown", "timed out")


async def test_what_nobody_asked_for_is_not_called_again_after_the_process_was_killed_in_between(desk: Desk) -> None:
    (waiting,) = desk.put(call("1", unasked=True))
    marked: list[int] = []

    async def killed() -> Outcome:
        marked.append(desk.row(waiting.id)["tries"])
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    desk.other.answers("1", killed)
    running = asyncio.create_task(desk.sender().run())
    await desk.until(lambda: marked)
    running.cancel()
    await asyncio.wait([running])
    assert marked == [1] and desk.row(waiting.id)["state"] == "open"
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["1"]
    assert (desk.row(waiting.id)["state"], desk.row(waiting.id)["reason"]) == ("unknown", "interrupted")


async def test_a_reply_is_called_again_after_the_process_was_killed_in_between(desk: Desk) -> None:
    (waiting,) = desk.put(call("1"))

    async def killed() -> Outcome:
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    desk.other.answers("1", killed)
    running = asyncio.create_task(desk.sender().run())
    await desk.until(lambda: desk.other.running)
    running.cancel()
    await asyncio.wait([running])
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["1", "1"] and desk.row(waiting.id)["state"] == "delivered"


@pytest.mark.parametrize("everywhere", [True, False])
async def test_what_nobody_asked_for_is_called_again_where_it_surely_had_no_effect(
    desk: Desk, everywhere: bool
) -> None:
    (waiting,) = desk.put(call("1", unasked=True))
    desk.other.answers("1", Later("server error", everywhere=everywhere))
    async with desk.delivering():
        await desk.until(lambda: desk.other.called)
        await desk.until_settled()
    assert desk.other.called == ["1", "1"] and desk.row(waiting.id)["state"] == "delivered"


async def test_what_was_put_off_is_called_by_the_next_process_too_though_nobody_asked_for_it(desk: Desk) -> None:
    desk.put(call("1", unasked=True))
    desk.other.answers("1", Later("flood limit", 3600.0))
    async with desk.delivering():
        await desk.until(lambda: desk.other.called)
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["1", "1"] and desk.states() == {"delivered": 1}


async def test_what_is_almost_a_day_late_is_not_sent_any_more(desk: Desk) -> None:
    late = desk.put(call("late"), call("unasked", unasked=True))
    desk.time += timedelta(minutes=1)
    (just,) = desk.put(call("just in time"))
    desk.time += GIVEN_UP_AFTER
    async with desk.delivering():
        await desk.until_settled()
    assert desk.other.called == ["just in time"]
    for waiting in late:
        row = desk.row(waiting.id)
        assert (row["state"], row["reason"], row["payload"]) == ("never", "too late", None)
    assert desk.row(just.id)["state"] == "delivered"


async def test_what_fails_through_a_fault_of_ours_is_given_up_without_its_words_and_others_go_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    failed, *_ = desk.put(call("谁出钱"), call("2"), call("3", "b"))
    desk.other.answers("谁出钱", ValueError("谁出钱"))
    async with desk.delivering():
        await desk.until_settled()
    row = desk.row(failed.id)
    assert (row["state"], row["payload"]) == ("never", None)
    assert row["reason"].startswith("ValueError at ") and "谁出钱" not in row["reason"]
    assert desk.states() == {"delivered": 2, "never": 1}
    assert not [record for record in caplog.records if "谁出钱" in str(record.__dict__)]


# ---- other processes, full disks, the end -------------------------------------------------------------------------


async def test_what_another_process_has_committed_is_delivered_when_the_outbox_is_read_again(desk: Desk) -> None:
    other = Store(desk.path)
    try:
        async with desk.delivering() as sender:
            sender.offer(desk.put(call("1")))
            await desk.until_settled()
            desk.put(call("2"), call("3", "b"), store=other)
            await sender.reload()
            await desk.until_settled()
    finally:
        other.close()
    assert sorted(desk.other.called) == ["1", "2", "3"]


class _Held(Store):
    """A store whose readers of the outbox hear of what they have read when they are let go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.let_go = asyncio.Event()
        self.let_go.set()

    async def persist(self, job: Callable[[Transaction], T]) -> T:
        found = await super().persist(job)
        if isinstance(found, list):
            await self.let_go.wait()
        return found


async def test_no_call_is_made_twice_where_it_ends_while_the_outbox_is_read(desk: Desk) -> None:
    held = asyncio.Event()

    async def slow() -> Outcome:
        await held.wait()
        return Delivered()

    store = _Held(desk.path)
    try:
        async with desk.delivering(desk.sender(store=store)) as sender:
            for number in range(3):
                held.clear()
                desk.other.answers(str(number), slow)
                sender.offer(desk.put(call(str(number))))
                await desk.until(lambda: desk.other.running)
                store.let_go.clear()
                reading = asyncio.create_task(sender.reload())
                await asyncio.sleep(0.02)  # it has read the row as open
                held.set()
                await desk.until_settled()
                await desk.until(lambda: not desk.other.running)
                await asyncio.sleep(0.02)
                store.let_go.set()
                await reading
            sender.offer(desk.put(call("last")))
            await desk.until_settled()
    finally:
        store.close()
    assert desk.other.called == ["0", "1", "2", "last"]


async def test_a_full_disk_while_the_end_is_noted_does_not_make_a_call_again(desk: Desk) -> None:
    def fill(tx: Transaction) -> None:
        pages = tx.connection.rows("pragma page_count")[0]["page_count"]
        tx.connection.rows(f"pragma max_page_count = {pages}")

    def make_room(tx: Transaction) -> None:
        tx.connection.rows("pragma max_page_count = 100000")

    (waiting,) = desk.put(call("1"))
    desk.other.answers("1", Delivered("7" * 20_000))  # so long that its row needs new pages
    desk.store.write(fill).result()
    async with desk.delivering():
        await desk.until(lambda: desk.other.called)
        await asyncio.sleep(0.1)
        assert desk.row(waiting.id)["state"] == "open"
        desk.store.write(make_room).result()
        await desk.until_settled()
    assert desk.other.called == ["1"]
    assert (desk.row(waiting.id)["state"], len(desk.row(waiting.id)["message"])) == ("delivered", 20_000)


async def test_stopping_waits_for_calls_that_run_and_starts_no_others(desk: Desk) -> None:
    held = asyncio.Event()

    async def slow() -> Outcome:
        await held.wait()
        return Delivered("5")

    desk.other.answers("1", slow)
    first, second = desk.put(call("1"), call("2"))
    sender = desk.sender()
    running = asyncio.create_task(sender.run())
    await desk.until(lambda: desk.other.running)
    sender.stop()
    await asyncio.sleep(0.01)
    assert not running.done()
    held.set()
    await running
    assert (desk.row(first.id)["state"], desk.row(first.id)["message"]) == ("delivered", "5")
    assert desk.row(second.id)["state"] == "open" and desk.other.called == ["1"]


async def test_stopping_does_not_wait_for_what_was_put_off(desk: Desk) -> None:
    desk.put(call("1"))
    desk.other.answers("1", Later("not connected", 3600.0, everywhere=True))
    async with desk.delivering():
        await desk.until(lambda: desk.other.called)
    assert desk.states() == {"open": 1}


# ---- edits --------------------------------------------------------------------------------------------------------


async def edited(desk: Desk, replaces: str, payload: str) -> str:
    (waiting,) = desk.put(Call("a", payload, "edit", question="q", replaces=replaces))
    async with desk.delivering():
        await desk.until_settled()
    return waiting.id


async def test_an_edit_is_told_which_message_it_replaces_and_so_is_the_edit_of_an_edit(desk: Desk) -> None:
    desk.other.answers("sent", Delivered("41"))
    desk.other.answers("edit1", Delivered("41"))
    desk.other.answers("edit2", Delivered("57"))  # that message was gone, and the edit sent anew
    (sent,) = desk.put(call("sent", question="q"))
    first = await edited(desk, sent.id, "edit1")
    second = await edited(desk, first, "edit2")
    await edited(desk, second, "edit3")
    assert desk.other.replaced == {"sent": "", "edit1": "41", "edit2": "41", "edit3": "57"}


async def test_an_edit_that_waited_behind_the_message_is_told_its_number_too(desk: Desk) -> None:
    desk.other.answers("sent", Later("flood limit", 0.01), Delivered("41"))
    (sent,) = desk.put(call("sent", question="q"))
    await edited(desk, sent.id, "edit")
    assert desk.other.called == ["sent", "sent", "edit"] and desk.other.replaced["edit"] == "41"


@pytest.mark.parametrize("end", [Never("refused"), ValueError()])
async def test_an_edit_of_what_never_arrived_is_told_no_message(desk: Desk, end: Outcome | Exception) -> None:
    desk.other.answers("sent", end)
    (sent,) = desk.put(call("sent", question="q"))
    await edited(desk, sent.id, "edit")
    assert desk.other.replaced["edit"] == ""


async def test_an_edit_that_failed_leaves_the_message_before_it_to_the_next_edit(desk: Desk) -> None:
    desk.other.answers("sent", Delivered("41"))
    desk.other.answers("edit1", Never("refused"))
    (sent,) = desk.put(call("sent", question="q"))
    first = await edited(desk, sent.id, "edit1")
    assert desk.row(first)["state"] == "never"
    await edited(desk, first, "edit2")
    assert desk.other.replaced["edit2"] == "41"
