"""Drafts: what can be asked and how it counts, and what is told of a draft that cannot open."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ballots.ballot import Ballot, State
from ballots.menu import Counted
from ballots.roll import Kind, Roll
from ballots.rules import Matter, Whole
from bot.office import ballots as acts
from bot.office import drafting, menu, shares, when
from bot.office.drafting import Wish
from bot.office.drafts import OwnRule
from bot.store.book import Book
from bot.store.rolls import Rolls
from tests.bot.rounds.kit import CLOSES, DAY, ELEVATOR, NOW, PARKING, Office, owners


def shown(office: Office, id: str) -> Ballot:
    found = office.must(lambda a: acts.show(a, id))
    assert isinstance(found, acts.Opened)
    return found.ballot


def test_an_item_has_the_menus_words_and_the_suggested_class_which_whoever_drafts_stands_for(office: Office) -> None:
    found = office.must(
        lambda a: drafting.draft(a, office.compound, Kind.OWNERS, [Wish(ELEVATOR)], None, CLOSES, "征询")
    )
    (item,) = found.draft.items
    assert item.item == menu.items()[ELEVATOR] and item.item.words == "多层住宅楼房增设电梯等上下楼设施"
    assert (item.matter, item.counted, item.set_by) == (Matter.REBUILDING, Counted.STAIRWELL, "安科")
    assert found.faults == () and found.record.state is State.DRAFT


def test_the_office_may_set_class_area_and_places(office: Office) -> None:
    wish = Wish(ELEVATOR, Matter.OTHER, Counted.BUILDING, ("/1号楼",))
    found = office.must(
        lambda a: drafting.draft(a, office.compound, Kind.OWNERS, [wish], None, CLOSES, "征询"), office.bob
    )
    (item,) = found.draft.items
    assert (item.matter, item.counted, item.areas, item.set_by) == (
        Matter.OTHER,
        Counted.BUILDING,
        ("/1号楼",),
        "鲍科",
    )


def test_a_committee_chooses_as_one_and_by_its_own_rule(office: Office) -> None:
    rule = OwnRule(quorum="2/3", agree=">=1/2", of=Whole.PARTICIPANTS)
    id = office.opened(Kind.COMMITTEE, rule=rule, live=True)
    ballot = shown(office, id)
    item = ballot.items[ELEVATOR]
    assert (item.counted, item.areas, ballot.by_name, ballot.live) == (Counted.COMPOUND, ("/",), True, True)
    assert item.rule.quorum is not None and item.rule.of is Whole.PARTICIPANTS
    assert (shares.shown(item.rule.quorum), shares.shown(item.rule.agree)) == ("≥2/3", "≥1/2")


@pytest.mark.parametrize(
    ("items", "more", "key"),
    [
        (("menu-99",), {}, "no_item"),
        (("s4-2-p1",), {}, "no_item"),
        (("menu-1",), {}, "fault.basic-item"),
        ((ELEVATOR, ELEVATOR), {}, "fault.doubled-item"),
        ((), {}, "fault.no-item"),
        ((ELEVATOR,), {"proxies": -1}, "fault.negative-proxies"),
        ((ELEVATOR,), {"closes": NOW}, "fault.closes-before-opening"),
        ((ELEVATOR,), {"closes": NOW + 400 * DAY}, "too_long_open"),
        ((ELEVATOR,), {"opens": datetime(2006, 1, 1, tzinfo=UTC), "closes": datetime(2006, 2, 1, tzinfo=UTC)}, "law"),
        ((ELEVATOR,), {"rule": OwnRule()}, "own_rule"),
        ((ELEVATOR,), {"kind": Kind.COMMITTEE, "rule": OwnRule(agree="3/2")}, "no_share"),
        ((ELEVATOR,), {"kind": Kind.COMMITTEE, "rule": OwnRule(quorum="most")}, "no_share"),
        ((ELEVATOR,), {"title": " \n "}, "fault.bad-title"),
        ((ELEVATOR,), {"title": "长" * 121}, "fault.bad-title"),
    ],
)
def test_a_draft_with_a_fault_of_its_own_is_refused_with_its_sentence(
    office: Office, items: tuple[str, ...], more: dict[str, Any], key: str
) -> None:
    given: dict[str, Any] = {"kind": Kind.OWNERS, "opens": None, "closes": CLOSES, "title": "征询", **more}
    kind, opens, closes, title = (given.pop(name) for name in ("kind", "opens", "closes", "title"))
    wishes = [Wish(item) for item in items]
    found = office.refused(lambda a: drafting.draft(a, office.compound, kind, wishes, opens, closes, title, **given))
    assert found == {"law": "fault.before-any-law"}.get(key, key)


def test_places_that_the_roll_does_not_have_are_refused(office: Office) -> None:
    wish = Wish(ELEVATOR, areas=("/9号楼/1单元",))
    assert office.refused(lambda a: drafting.draft(a, office.compound, Kind.OWNERS, [wish], None, CLOSES, "征询")) == (
        "fault.unknown-area"
    )


def test_a_draft_can_come_before_its_roll_and_says_what_it_lacks(office: Office) -> None:
    office.do(lambda tx: Rolls(tx.connection).replace(office.compound, owners(), Roll(Kind.OWNERS, ()), NOW))
    id = office.draft()
    found = office.must(lambda a: acts.show(a, id))
    assert isinstance(found, drafting.Drafted)
    assert {fault.what for fault in found.faults} == {"no-seat", "no-such-areas"}
    assert office.refused(lambda a: acts.open_ballot(a, id)) == "fault.no-seat"
    assert office.refused(lambda a: drafting.schedule(a, id)) == "fault.no-seat"


def test_basic_works_must_be_recorded_before_anything_opens(office: Office) -> None:
    def job(acting: Any) -> Any:
        book = Book(acting.tx.connection)
        street = book.compound(office.compound)
        assert street is not None
        return book.add_compound(street.street, "没登记小区", NOW).id

    bare = office.must(job)
    office.do(lambda tx: Rolls(tx.connection).replace(bare, Roll(Kind.OWNERS, ()), owners(), NOW))
    id = office.must(lambda a: drafting.draft(a, bare, Kind.OWNERS, [Wish(PARKING)], None, CLOSES, "征询")).record.id
    assert office.refused(lambda a: acts.open_ballot(a, id)) == "reason.basics-not-planned"
    assert office.refused(lambda a: drafting.schedule(a, id)) == "reason.basics-not-planned"


def test_a_draft_can_be_changed_in_part_and_dropped(office: Office) -> None:
    id = office.draft()
    found = office.must(lambda a: drafting.redraft(a, id, title="另一次征询", closes=CLOSES + DAY))
    assert (found.draft.title, found.draft.closes, len(found.draft.items)) == ("另一次征询", CLOSES + DAY, 2)
    found = office.must(lambda a: drafting.redraft(a, id, items=[Wish(PARKING)], live=True))
    assert ([item.item.id for item in found.draft.items], found.draft.by_name) == ([PARKING], True)
    assert office.refused(lambda a: drafting.redraft(a, id, items=[Wish("menu-2")])) == "fault.basic-item"
    office.must(lambda a: drafting.drop(a, id))
    assert office.refused(lambda a: drafting.drop(a, id)) == "no_such"


def test_an_open_ballot_is_no_draft_any_more(office: Office) -> None:
    id = office.opened()
    for job in (
        lambda a: drafting.redraft(a, id, title="改"),
        lambda a: drafting.schedule(a, id),
        lambda a: drafting.drop(a, id),
        lambda a: acts.open_ballot(a, id),
    ):
        assert office.refused(job) == "no_draft"


def test_changing_a_scheduled_draft_ends_its_schedule(office: Office) -> None:
    id = office.draft(opens=NOW + DAY)
    assert office.must(lambda a: drafting.schedule(a, id)).record.scheduled
    assert not office.must(lambda a: drafting.redraft(a, id, title="改")).record.scheduled
    office.must(lambda a: drafting.schedule(a, id))
    assert not office.must(lambda a: drafting.schedule(a, id, False)).record.scheduled


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("2026-12-01 18:00", (2026, 12, 1, 10, 0)),
        ("2026-12-1T18:00", (2026, 12, 1, 10, 0)),
        ("2026年12月1日18:00", (2026, 12, 1, 10, 0)),
        ("12月1日18:00", (2026, 12, 1, 10, 0)),
        ("12月1日 18点", (2026, 12, 1, 10, 0)),
        ("12月1日18时30分", (2026, 12, 1, 10, 30)),
        ("１２月１日１８：００", (2026, 12, 1, 10, 0)),
        ("3-1 18:00", (2027, 3, 1, 10, 0)),  # this year's is over
        ("3-2 9:01", (2026, 3, 2, 1, 1)),
        ("2026-12-01 24:00", (2026, 12, 1, 16, 0)),
        ("2020-01-01 08:00", (2020, 1, 1, 0, 0)),
        ("2月29日8:00", (2028, 2, 29, 0, 0)),
    ],
)
def test_times_are_read_as_beijings(typed: str, time: tuple[int, ...]) -> None:
    assert when.read(typed, NOW) == datetime(*time, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "typed", ["", "明天", "2026-12-01", "12月1日", "2026-13-01 18:00", "2026-02-30 08:00", "12-01 25:00", "12-01 18:61"]
)
def test_what_is_no_time_or_leaves_the_hour_open_is_not_guessed(typed: str) -> None:
    assert when.read(typed, NOW) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [("2/3", "≥2/3"), (">1/2", ">1/2"), ("＞1/2", ">1/2"), (">= 3/4", "≥3/4"), ("≥1/1", "≥1/1")],
)
def test_shares_are_read_as_they_are_shown(typed: str, told: str) -> None:
    share = shares.read(typed)
    assert share is not None and shares.shown(share) == told
    assert shares.read(shares.shown(share)) == share


@pytest.mark.parametrize("typed", ["", "50%", "3/2", "0/2", ">1/1", "1/0", "half", "1/2/3", "1/99999"])
def test_what_is_no_share_is_none(typed: str) -> None:
    assert shares.read(typed) is None


def test_every_item_of_the_menu_is_known_and_eight_can_be_asked() -> None:
    assert len(menu.items()) == 34
    assert sum(not item.basic for item in menu.items().values()) == 8
    assert all(item.zh and item.en for item in menu.items().values())
    assert timedelta(days=365) < drafting.LONGEST_OPEN


def test_the_handbook_is_for_elevators_among_owners_alone(office: Office) -> None:
    id = office.opened(handbook=True)
    ballot = shown(office, id)
    assert [item.rule.id for item in ballot.items.values()] == ["elevator-handbook", "civil-code-strict"]
    draft = office.draft()
    found = office.must(lambda a: drafting.redraft(a, draft, handbook=True))
    assert [item.handbook for item in found.draft.items] == [True, False]
    for kind, item in ((Kind.OWNERS, Wish(PARKING)), (Kind.COMMITTEE, Wish(ELEVATOR))):
        key = office.refused(
            lambda a: drafting.draft(a, office.compound, kind, [item], None, CLOSES, "征询", handbook=True)  # noqa: B023
        )
        assert key == "fault.handbook-is-for-owners-and-elevators"
    by_building = Wish(ELEVATOR, counted=Counted.BUILDING)
    key = office.refused(
        lambda a: drafting.draft(a, office.compound, Kind.OWNERS, [by_building], None, CLOSES, "征询", handbook=True)
    )
    assert key == "fault.handbook-counts-stairwells"
