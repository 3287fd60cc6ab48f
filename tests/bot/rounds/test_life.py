"""The life of a ballot: opened, extended, closed, certified or void; each once, by those who may; the members told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ballots.ballot import State
from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import ballots as acts
from bot.office import drafting
from bot.office.ballots import Opened
from bot.store.ballots import Ballots
from bot.store.rolls import Rolls
from dialogs.sessions import Session
from tests.bot.rounds.kit import CLOSES, DAY, ELEVATOR, NOW, Office, owners

SECOND = timedelta(seconds=1)


def test_opening_freezes_items_rules_and_roll_and_numbers_every_seat(office: Office) -> None:
    id = office.draft()
    ballot = office.must(lambda a: acts.open_ballot(a, id))
    assert (ballot.state, ballot.opens, ballot.closes, ballot.seats) == (State.OPEN, NOW, CLOSES, 6)
    assert set(ballot.items) == {ELEVATOR, "menu-31"} and ballot.works_said == "街道办"
    assert ballot.items[ELEVATOR].areas == ("/1号楼/1单元", "/1号楼/2单元")
    assert ballot.items[ELEVATOR].rule.id == "civil-code-strict"
    assert sorted(office.numbers(id).values()) == [1, 2, 3, 4, 5, 6]
    ids = office.do(lambda tx: Ballots(tx.connection).seat_ids(id))
    own = office.do(
        lambda tx: {
            number: tx.connection.rows("select key from seat where id = :id", id=seat)[0]["key"]
            for number, seat in ids.items()
        }
    )
    assert {key: number for number, key in own.items()} == office.numbers(id)
    assert office.record(id).state is State.OPEN and office.record(id).head.lines == 7


def test_it_opens_at_the_moment_of_the_opening_and_not_before_its_time(office: Office) -> None:
    early = office.draft(opens=NOW + DAY)
    assert office.refused(lambda a: acts.open_ballot(a, early)) == "reason.not-open"
    assert office.must(lambda a: acts.open_ballot(a, early, at_once=True)).opens == NOW
    late = office.draft(opens=NOW + DAY)
    moment = NOW + DAY + timedelta(hours=3, microseconds=7)
    ballot = office.must(lambda a: acts.open_ballot(a, late), now=moment)
    assert ballot.opens == NOW + DAY + timedelta(hours=3) == office.record(late).opens
    over = office.draft()
    assert office.refused(lambda a: acts.open_ballot(a, over), now=CLOSES) == "fault.closes-before-opening"


def test_what_was_drafted_is_asked_in_the_words_of_the_policy_whatever_the_roll_does_later(office: Office) -> None:
    id = office.opened()
    found = office.must(lambda a: acts.show(a, id))
    assert isinstance(found, Opened)
    whole = found.turnout.parts[0]
    assert (found.compound, whole.area, whole.seats, whole.taken_part) == ("白云里小区", "/", 6, 0)


def test_a_close_can_only_be_moved_to_later_with_a_reason_and_before_it_has_come(office: Office) -> None:
    id = office.opened()
    later = CLOSES + DAY
    assert office.refused(lambda a: acts.extend(a, id, CLOSES, "出差")) == "reason.not-later"
    assert office.refused(lambda a: acts.extend(a, id, later, " ")) == "reason.text-missing"
    assert office.refused(lambda a: acts.extend(a, id, later, "长" * 501)) == "words"
    assert office.refused(lambda a: acts.extend(a, id, later, "黑\u202e白")) == "words"
    assert office.refused(lambda a: acts.extend(a, id, later, "出差"), now=CLOSES) == "reason.closed"
    assert office.must(lambda a: acts.extend(a, id, later, "出差")).closes == later == office.record(id).closes
    assert office.kinds(id) == ["extended"]
    assert office.vote(id, "s1", CLOSES, menu_13="for").entry


def test_before_its_time_it_closes_only_with_a_reason_and_never_twice(office: Office) -> None:
    id = office.opened()
    assert office.refused(lambda a: acts.close(a, id)) == "reason.still-open"
    assert office.must(lambda a: acts.close(a, id, "都投完了")).state is State.CLOSED
    assert office.refused(lambda a: acts.close(a, id, "都投完了")) == "reason.closed"
    other = office.opened()
    assert office.must(lambda a: acts.close(a, other), now=CLOSES).state is State.CLOSED
    assert office.kinds(id) == office.kinds(other) == ["closed"]
    assert office.vote(other, "s1", CLOSES - SECOND, menu_13="for").reason == "closed"


def test_the_count_is_certified_by_name_after_the_close_and_that_is_final(office: Office) -> None:
    id = office.opened()
    assert office.refused(lambda a: acts.certify(a, id)) == "reason.still-open"
    office.must(lambda a: acts.close(a, id, "都投完了"))
    assert office.must(lambda a: acts.certify(a, id), office.bob).certified_by == "鲍科"
    for job in (
        lambda a: acts.certify(a, id),
        lambda a: acts.void(a, id, "算了"),
        lambda a: acts.close(a, id, "再来"),
        lambda a: acts.extend(a, id, CLOSES + DAY, "再来"),
    ):
        assert office.refused(job) == "reason.closed"


def test_it_is_void_with_a_reason_while_it_is_open_or_closed(office: Office) -> None:
    for closed in (False, True):
        id = office.opened()
        if closed:
            office.must(lambda a: acts.close(a, id, "都投完了"))  # noqa: B023
        assert office.refused(lambda a: acts.void(a, id, "")) == "reason.text-missing"  # noqa: B023
        assert office.must(lambda a: acts.void(a, id, "问错了")).void_because == "问错了"  # noqa: B023
        assert office.refused(lambda a: acts.void(a, id, "问错了")) == "reason.closed"  # noqa: B023


@pytest.mark.parametrize(
    "job",
    [
        lambda a, id: acts.extend(a, id, CLOSES + DAY, "出差"),
        lambda a, id: acts.close(a, id, "完了"),
        lambda a, id: acts.certify(a, id),
        lambda a, id: acts.void(a, id, "算了"),
    ],
)
def test_a_draft_has_no_life_yet(office: Office, job: Callable[[Any, str], Any]) -> None:
    id = office.draft()
    assert office.refused(lambda a: job(a, id)) == "reason.not-open"


def test_staff_of_another_street_learn_only_that_there_is_no_such_ballot(office: Office) -> None:
    id, draft = office.opened(), office.draft()
    for job in (
        lambda a: acts.open_ballot(a, draft),
        lambda a: drafting.redraft(a, draft, title="改"),
        lambda a: drafting.schedule(a, draft),
        lambda a: drafting.drop(a, draft),
        lambda a: acts.show(a, id),
        lambda a: acts.extend(a, id, CLOSES + DAY, "出差"),
        lambda a: acts.close(a, id, "完了"),
        lambda a: acts.certify(a, id),
        lambda a: acts.void(a, id, "算了"),
    ):
        assert office.refused(job, office.eve) == "street"
    assert office.must(acts.listed, office.eve) == []
    assert [record.id for record, _, _ in office.must(acts.listed, office.bob)] == [id, draft]


def test_the_audit_tells_who_did_what_and_holds_no_words_of_anybody(office: Office) -> None:
    id = office.opened()
    office.must(lambda a: acts.close(a, id, "王建国家投完了"), office.bob)
    lines = [(line.who, line.act, line.about, line.outcome) for line in office.audit(3)]
    assert lines == [
        (office.bob, "ballot.close", id, "done"),
        (office.ann, "ballot.open", id, "done"),
        (office.ann, "ballot.draft", office.compound, "done"),
    ]
    assert "王建国" not in str(office.audit())


# ---- the members are told --------------------------------------------------------------------------------------------


def test_members_are_told_of_opening_extension_close_and_voiding_each_once_however_many_seats(office: Office) -> None:
    office.join("s1", "console/wang")
    office.join("s2", "console/wang")
    office.join("s3", "console/zhang")
    office.join("1", "console/committee", Kind.COMMITTEE)
    id = office.opened()
    assert len(office.told()) == 2 and all(
        "征询开始了" in text and "2026-03-16 09:00" in text for text in office.told()
    )
    office.must(lambda a: acts.extend(a, id, CLOSES + DAY, "有几家出差"))
    assert len(office.told()) == 4 and all("2026-03-17 09:00" in t and "有几家出差" in t for t in office.told()[2:])
    office.must(lambda a: acts.close(a, id), now=CLOSES + DAY)
    assert len(office.told()) == 6 and all("已经截止" in text for text in office.told()[4:])
    office.must(lambda a: acts.void(a, id, "问错了"))
    assert len(office.told()) == 8 and all("作废" in t and "问错了" in t for t in office.told()[6:])


def test_each_is_told_in_the_language_of_the_conversation(office: Office) -> None:
    office.join("s1", "console/ann")
    office.do(lambda tx: tx.sessions.save("console/ann", Session("en").dump(), NOW))
    office.opened()
    (text,) = office.told()
    assert "A ballot has opened" in text and "survey of wishes" in text


def test_a_refusal_tells_nobody_anything(office: Office) -> None:
    office.join("s1")
    id = office.opened()
    before = office.told()
    office.refused(lambda a: acts.close(a, id))
    office.refused(lambda a: acts.extend(a, id, CLOSES, "出差"))
    assert office.told() == before


def test_whoever_came_onto_the_roll_after_the_close_is_told_nothing_of_the_ballot(office: Office) -> None:
    office.join("s1", "console/wang")
    id = office.opened()
    office.must(lambda a: acts.close(a, id), now=CLOSES)
    later = Roll(Kind.OWNERS, (*owners().seats, Seat("s7", ("新来的",), (Unit("1号楼", "2单元", "401", 5000),))))
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), later, CLOSES))
    office.join("s7", "console/new")
    before = len(office.told())
    office.must(lambda a: acts.void(a, id, "问错了"), now=CLOSES)
    assert len(office.told()) == before + 1


def test_a_year_that_was_mistyped_is_found_before_the_close_is_moved_there_for_good(office: Office) -> None:
    id = office.opened()
    assert office.refused(lambda a: acts.extend(a, id, NOW + 367 * DAY, "出差")) == "too_long_open"
    assert office.must(lambda a: acts.extend(a, id, NOW + 366 * DAY, "出差")).closes == NOW + 366 * DAY
