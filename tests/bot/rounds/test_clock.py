"""The clock: ballots open and close when their time has come, once, whatever is restarted, moved or set otherwise."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from ballots.ballot import State
from ballots.ledger import unstamp
from ballots.roll import Kind, Roll, Seat
from bot import bootstrap
from bot.channels import clock
from bot.office import ballots as acts
from bot.office import drafting
from bot.sender import Limits
from bot.serving import serve
from bot.store import Store
from bot.store.copies import back_up, restore
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from bot.turn import RETRIES, Turns
from dialogs.sessions import Session
from tests.bot.office.kit import data
from tests.bot.office.kit import office as command
from tests.bot.rounds.kit import CLOSES, DAY, NOW, Office, owners
from tests.bot.telegram.service import configured
from tests.botapi import BotApi

SECOND = timedelta(seconds=1)


def tick(office: Office, now: datetime) -> None:
    """The clock is looked at, as by a program that has just started, and what is due is done."""
    turns = Turns(cast(Any, None), {}, lambda: now, deeds={clock.CHANNEL: clock.deed})
    office.do(lambda tx: clock.tick(tx, turns, now))


def scheduled(office: Office, opens: datetime = NOW + DAY) -> str:
    id = office.draft(opens=opens)
    office.must(lambda a: drafting.schedule(a, id))
    return id


def by_the_clock(office: Office) -> list[tuple[str, str, str]]:
    return [(line.act, line.outcome, line.reason) for line in office.audit() if line.who == "clock"]


def rows(office: Office) -> dict[str, str]:
    return office.do(
        lambda tx: {
            row["id"]: row["state"]
            for row in tx.connection.rows("select id, state from inbox where channel = 'clock' order by seq")
        }
    )


def test_a_scheduled_draft_opens_when_its_opening_comes_and_not_before(office: Office) -> None:
    id, other = scheduled(office), office.draft(opens=NOW + DAY)
    tick(office, NOW + DAY - SECOND)
    assert office.record(id).state is State.DRAFT and rows(office) == {}
    tick(office, NOW + DAY)
    assert (office.record(id).state, office.record(id).opens) == (State.OPEN, NOW + DAY)
    assert office.record(other).state is State.DRAFT  # nobody has scheduled it
    assert by_the_clock(office) == [("ballot.open", "done", "")]


def test_an_open_ballot_closes_when_its_close_comes_and_members_are_told(office: Office) -> None:
    office.join("s1")
    id = office.opened()
    tick(office, CLOSES - SECOND)
    assert office.record(id).state is State.OPEN
    tick(office, CLOSES)
    assert office.record(id).state is State.CLOSED and office.kinds(id) == ["closed"]
    assert "已经截止" in office.told()[-1]
    assert by_the_clock(office) == [("ballot.close", "done", "")]


def test_what_was_missed_happens_at_the_next_start_at_the_time_that_it_is_then(office: Office) -> None:
    late, id = scheduled(office), office.opened()
    after = CLOSES + timedelta(hours=5)
    assert office.vote(id, "s1", CLOSES, menu_13="for").reason == "closed"  # whether or not the clock has run
    office.must(lambda a: drafting.redraft(a, late, closes=CLOSES + 9 * DAY))
    office.must(lambda a: drafting.schedule(a, late))
    tick(office, after)
    assert office.record(id).state is State.CLOSED and office.record(late).state is State.OPEN
    (line,) = office.do(
        lambda tx: tx.connection.rows("select line from ledger where ballot = :id and kind = 'closed'", id=id)
    )
    assert f'"at":"{after:%Y-%m-%dT%H:%M:%SZ}"' in line["line"]
    assert office.record(late).opens == after == unstamp(f"{after:%Y-%m-%dT%H:%M:%SZ}")


def test_looking_again_and_again_does_nothing_twice(office: Office) -> None:
    id, opened = scheduled(office), office.opened()
    for now in (NOW + DAY, NOW + DAY, CLOSES, CLOSES + SECOND, CLOSES + DAY):
        tick(office, now)
    assert office.kinds(id) == office.kinds(opened) == ["closed"]
    assert len(by_the_clock(office)) == 3 and set(rows(office).values()) == {"done"}


def test_an_extension_makes_the_earlier_close_harmless(office: Office) -> None:
    id = office.opened()
    office.do(lambda tx: clock.arrive(tx, CLOSES))  # the row is there, its turn was not taken yet
    office.must(lambda a: acts.extend(a, id, CLOSES + DAY, "出差"), now=CLOSES - SECOND)
    tick(office, CLOSES)
    assert office.record(id).state is State.OPEN and office.kinds(id) == ["extended"]
    assert set(rows(office).values()) == {"done"}
    tick(office, CLOSES + DAY)
    assert office.kinds(id) == ["extended", "closed"]


def test_a_change_or_a_drop_of_the_draft_makes_its_opening_harmless(office: Office) -> None:
    changed, dropped, cancelled = (scheduled(office) for _ in range(3))
    office.do(lambda tx: clock.arrive(tx, NOW + DAY))
    office.must(lambda a: drafting.redraft(a, changed, opens=NOW + 2 * DAY))
    office.must(lambda a: drafting.drop(a, dropped))
    office.must(lambda a: drafting.schedule(a, cancelled, False))
    tick(office, NOW + DAY)
    assert office.record(changed).state is office.record(cancelled).state is State.DRAFT
    assert by_the_clock(office) == [] and set(rows(office).values()) == {"done"}


def test_staff_may_be_quicker_than_the_clock(office: Office) -> None:
    id, draft = office.opened(), scheduled(office)
    office.do(lambda tx: clock.arrive(tx, CLOSES))
    office.must(lambda a: acts.close(a, id), now=CLOSES)
    office.must(lambda a: acts.open_ballot(a, draft), now=CLOSES - SECOND)
    tick(office, CLOSES - SECOND)
    assert office.kinds(id) == ["closed"] and office.kinds(draft) == [] and by_the_clock(office) == []


def test_a_close_that_was_due_in_an_old_backup_comes_after_the_restore(office: Office, tmp_path: Path) -> None:
    id = office.opened()
    office.do(lambda tx: clock.arrive(tx, CLOSES))  # the row is there, its turn was not taken yet
    back_up(office.path, tmp_path / "backup")
    tick(office, CLOSES)
    later = CLOSES + 30 * DAY
    office.do(lambda tx: tx.forget(later))
    restore(office.path, tmp_path / "backup", later)
    assert office.record(id).state is State.OPEN
    tick(office, later)
    assert office.record(id).state is State.CLOSED


def test_a_clock_that_was_set_back_waits_until_the_time_has_come(office: Office) -> None:
    id, draft = office.opened(), scheduled(office, NOW + DAY)
    office.do(lambda tx: clock.arrive(tx, CLOSES + DAY))  # for a moment the clock was far ahead
    tick(office, NOW)
    assert office.record(id).state is State.OPEN and office.record(draft).state is State.DRAFT
    assert set(rows(office).values()) == {"open"}
    assert office.do(lambda tx: tx.connection.rows("select max(attempts) as n from inbox")) == [{"n": 0}]  # no failure
    tick(office, NOW + DAY)
    assert office.record(draft).state is State.OPEN
    tick(office, CLOSES)
    assert office.kinds(id) == ["closed"] and by_the_clock(office).count(("ballot.close", "done", "")) == 2


def test_a_ballot_that_a_wrong_clock_closed_stays_closed_and_nothing_happens_twice(office: Office) -> None:
    id = office.opened()
    tick(office, CLOSES + 9 * DAY)
    tick(office, NOW)
    tick(office, CLOSES)
    assert office.kinds(id) == ["closed"]


def test_an_opening_that_is_refused_is_noted_and_waits_for_somebody(office: Office) -> None:
    id = scheduled(office)
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), Roll(Kind.OWNERS, ()), NOW))
    tick(office, NOW + DAY)
    tick(office, NOW + DAY + SECOND)
    assert (office.record(id).state, office.record(id).scheduled) == (State.DRAFT, False)
    assert by_the_clock(office) == [("ballot.open", "refused", "fault.no-seat")]
    # It was mended, and is scheduled once more for the very same time, by a clock that was set back.
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, Roll(Kind.OWNERS, ()), owners(), NOW))
    office.must(lambda a: drafting.schedule(a, id), now=NOW + SECOND)
    tick(office, NOW + DAY)
    assert office.record(id).state is State.OPEN


def test_a_close_that_fails_is_tried_again_and_then_set_aside_where_the_office_sees_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = office.opened()
    with monkeypatch.context() as broken:
        broken.setattr(acts, "tell_result", lambda *args: 1 / 0)
        now = CLOSES
        for pause in (timedelta(0), *RETRIES):
            now += pause
            tick(office, now)
            assert office.kinds(id) == []  # nothing half done
    assert set(rows(office).values()) == {"aside"}
    office.must(lambda a: acts.close(a, id), now=now)
    assert office.kinds(id) == ["closed"]


# ---- what could not be done ------------------------------------------------------------------------------------------


def joins(office: Office, *staff: str) -> None:
    """Members of staff join in chat, each in a terminal of their own."""
    for one in staff:
        office.do(lambda tx: StaffList(tx.connection).join(one, f"console/{one}", "console", f"console/{one}"))  # noqa: B023


def told(office: Office) -> dict[str, list[str]]:
    """What waits to be said, by who is to hear it (a staff id), the last sentence last."""
    rows = office.do(lambda tx: tx.connection.rows("select conversation, payload from outbox order by seq"))
    heard: dict[str, list[str]] = {}
    for row in rows:
        heard.setdefault(row["conversation"].removeprefix("console/"), []).append(row["payload"])
    return heard


def without_roll(office: Office) -> str:
    """A scheduled draft over a roll that has been emptied since: its opening will be refused."""
    id = scheduled(office)
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), Roll(Kind.OWNERS, ()), NOW))
    return id


def broken_close(office: Office, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ballot whose close has failed at every try of the clock."""
    id = office.opened()
    with monkeypatch.context() as broken:
        broken.setattr(acts, "tell_result", lambda *args: 1 / 0)
        now = CLOSES
        for pause in (timedelta(0), *RETRIES):
            now += pause
            tick(office, now)
    return id


def test_the_streets_staff_are_told_once_of_an_opening_that_was_refused_and_why(office: Office) -> None:
    joins(office, office.ann, office.bob, office.eve)
    without_roll(office)
    for _ in range(3):
        tick(office, NOW + DAY)
    (sentence,) = told(office).pop(office.bob)
    assert set(told(office)) == {office.bob}  # the street has staff in chat; other streets hear nothing of it
    for part in ("白云里小区", "“征询”", "2026-03-03 09:00", "名册里一席也没有", "/office"):
        assert part in sentence


def test_where_a_street_has_nobody_in_chat_the_district_is_told_in_its_language(office: Office) -> None:
    joins(office, office.ann, office.bob, office.eve)
    office.do(lambda tx: StaffList(tx.connection).set_state(office.bob, "suspended"))
    office.do(lambda tx: tx.sessions.save(f"console/{office.ann}", Session("en").dump(), NOW))
    without_roll(office)
    tick(office, NOW + DAY)
    (sentence,) = told(office)[office.ann]
    assert set(told(office)) == {office.ann} and "did not" in sentence and "征询开始" not in sentence


def test_the_staff_are_told_once_of_a_close_that_failed_at_every_try(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    joins(office, office.bob)
    broken_close(office, monkeypatch)
    tick(office, CLOSES + DAY)
    (sentence,) = told(office)[office.bob]
    assert "没能截止" in sentence and "2026-03-16 09:00" in sentence and "/office" in sentence
    assert by_the_clock(office) == [("ballot.close", "refused", "clock_failed")]


def test_an_opening_that_fails_at_every_try_is_told_too_and_waits_for_somebody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    joins(office, office.bob)
    id = scheduled(office)
    with monkeypatch.context() as broken:
        broken.setattr(acts, "tell_all", lambda *args: 1 / 0)
        for pause in (timedelta(0), *(sum(RETRIES[: n + 1], timedelta(0)) for n in range(len(RETRIES)))):
            tick(office, NOW + DAY + pause)
    (sentence,) = told(office)[office.bob]
    assert "程序出了毛病" in sentence and not office.record(id).scheduled
    assert office.record(id).state is State.DRAFT


def test_nobody_is_told_of_a_row_that_failed_where_nothing_is_left_to_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    joins(office, office.bob)
    id = office.opened()
    office.do(lambda tx: clock.arrive(tx, CLOSES))
    office.must(lambda a: acts.close(a, id), now=CLOSES)
    row = office.do(lambda tx: tx.inbox.next(clock.CHANNEL, CLOSES, ""))
    assert row
    before = told(office)
    office.do(lambda tx: clock.deed.give_up(tx, row, CLOSES))
    assert told(office) == before and by_the_clock(office) == []


def test_the_ballots_page_tells_what_the_clock_could_not_do_until_somebody_acts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    id, other = broken_close(office, monkeypatch), office.draft()
    assert "没能自动截止" in command("ballot", "show", id) and "程序出了毛病" in command("ballot", "show", id)
    assert data("ballot", "show", id)["missed"] == {
        "what": "close",
        "at": "2026-03-16T01:00:36Z",
        "why": "refused.clock_failed",
    }
    assert data("ballot", "show", other)["missed"] is None
    office.must(lambda a: acts.close(a, id), now=CLOSES + DAY)
    assert data("ballot", "show", id)["missed"] is None

    draft = without_roll(office)
    tick(office, NOW + DAY)
    said = command("ballot", "show", draft)
    assert "! 2026-03-03 09:00 没能自动开始" in said and "名册里一席也没有" in said and "no seat" in said
    listed = {row["id"]: row["missed"] for row in data("ballot", "list")}
    assert [row for row, missed in listed.items() if missed] == [draft]
    assert "没能自动开始" in command("ballot", "list")
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, Roll(Kind.OWNERS, ()), owners(), NOW))
    office.must(lambda a: drafting.schedule(a, draft), now=NOW + SECOND)
    assert "没能" not in command("ballot", "show", draft) + command("ballot", "list")


def test_a_reason_that_needs_a_name_is_told_without_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    id = scheduled(office)
    faulty = Roll(Kind.OWNERS, (Seat("s1", (), owners().seats[0].units),))
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), faulty, NOW))
    tick(office, NOW + DAY)
    said = command("ballot", "show", id)
    assert "没能自动开始" in said and "{" not in said
    assert said.count("席位 s1 的姓名") == 1  # it hinders the opening still, and is told there


def test_in_a_terminal_the_clock_is_looked_at_before_each_answer(office: Office) -> None:
    id = office.opened()
    store, now = Store(office.path), CLOSES - SECOND
    try:
        conversation = office.join("s1", "console/local")
        console = bootstrap.console(store, conversation, lambda: now)
        console.say("/help")
        assert office.record(id).state is State.OPEN
        now = CLOSES
        assert "已经截止" in console.say("/help")
        assert office.record(id).state is State.CLOSED
    finally:
        store.close()


# ---- while the bot serves --------------------------------------------------------------------------------------------


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is looked at often; what other processes commit is not looked for, so it is our own turns that tell."""
    monkeypatch.setattr(clock, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr("bot.serving._LOOK_SECONDS", 1000.0)


@pytest.mark.usefixtures("alone")
async def test_while_the_bot_serves_it_opens_and_closes_and_tells_members_at_once(
    office: Office, api: BotApi, path: Path
) -> None:
    now = NOW
    place = "telegram/123456/7/7/0"
    assert api.token.startswith("123456:")

    def job(tx: Any) -> None:
        seat = Rolls(tx.connection).ids(office.compound, Kind.OWNERS)["s1"]
        Invitations(tx.connection).join(Member(seat, "telegram/123456/7", "telegram", place, NOW))

    await asyncio.to_thread(office.do, job)
    id = await asyncio.to_thread(scheduled, office)
    for heard, moment, sentence in ((1, NOW + DAY, "征询开始了"), (3, CLOSES, "已经截止")):
        store, stop = Store(path), asyncio.Event()
        made = bootstrap.telegram(configured(api, path), store, clock=lambda: now, limits=Limits())  # noqa: B023
        running = asyncio.create_task(serve(made, stop))
        try:
            api.say(7, "/help")
            await api.wait(lambda: len(api.heard(7)) == heard)  # noqa: B023
            now = moment
            await api.wait(lambda: len(api.heard(7)) == heard + 1)  # noqa: B023
            assert sentence in api.heard(7)[-1]
        finally:
            stop.set()
            await running
            store.close()
    assert office.kinds(id) == ["closed"] and api.rejected() == []
