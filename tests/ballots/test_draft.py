import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.ballot import State, Works
from ballots.draft import LONGEST_TITLE, PROXIES, Draft, DraftItem
from ballots.ledger import commitment, derived
from ballots.menu import Counted, Item
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import Fault, Kind, Roll, Seat, Unit
from ballots.rules import HANDBOOK, MORE_THAN_HALF, TWO_THIRDS, Matter, Whole, own
from tests.ballots.kit import CLOSES, ELEVATOR, OPENS, PARKING, ROOF, Book, draft, opened, owners, secret
from tests.lengths import examples

BEFORE = timedelta(seconds=-1)


def asked(counted: Counted = Counted.STAIRWELL, matter: Matter = Matter.REBUILDING, item: Item = ELEVATOR) -> DraftItem:
    return DraftItem(item, matter, "王科", counted)


def whats(form: Draft, roll: Roll | None = None) -> list[tuple[str, str]]:
    found = form.faults(roll or owners(3))
    assert {fault.seat for fault in found} <= {""}
    return [(fault.what, fault.word) for fault in found]


def opening(form: Draft, roll: Roll | None = None, at: datetime | None = None) -> Done:
    outcome = form.open(roll or owners(3), at or form.opens, secret("opening"))
    assert isinstance(outcome, Done), outcome
    return outcome


# ---- faults ----------------------------------------------------------------------------------------------------------


def test_a_sound_draft_has_no_fault() -> None:
    assert whats(draft()) == []
    assert draft().proxies == PROXIES == 3


@pytest.mark.parametrize("title", ["", "  ", "选\n单", "长" * (LONGEST_TITLE + 1)])
def test_a_title_is_one_line(title: str) -> None:
    assert whats(replace(draft(), title=title)) == [("bad-title", title)]


def test_a_draft_asks_about_something_and_about_each_thing_once() -> None:
    assert whats(replace(draft(), items=())) == [("no-item", "")]
    assert whats(draft(asked(), asked(Counted.BUILDING))) == [("doubled-item", ELEVATOR.id)]


@pytest.mark.parametrize("closes", [OPENS, OPENS + BEFORE, OPENS + timedelta(microseconds=999_999)])
def test_it_closes_after_it_opens_also_in_whole_seconds(closes: datetime) -> None:
    assert whats(replace(draft(), closes=closes)) == [("closes-before-opening", "")]


def test_it_does_not_open_before_any_law_of_beijings_days() -> None:
    first = datetime(2007, 9, 30, 16, tzinfo=UTC)
    assert whats(replace(draft(), opens=first)) == []
    assert whats(replace(draft(), opens=first + BEFORE)) == [("before-any-law", "2007-09-30")]


def test_live_implies_by_name() -> None:
    form = draft(live=True)
    assert form.by_name and whats(form) == []
    assert whats(replace(form, by_name=False)) == [("live-without-names", "")]


def test_the_number_of_proxies_is_not_negative() -> None:
    assert whats(draft(proxies=0)) == []
    assert whats(draft(proxies=-1)) == [("negative-proxies", "-1")]


def test_basic_items_are_done_anyway_and_not_asked_about() -> None:
    basic = replace(ELEVATOR, basic=True)
    assert whats(draft(asked(item=basic))) == [("basic-item", basic.id)]


@pytest.mark.parametrize("nobody", ["", "  "])
def test_somebody_set_the_class_of_each_item(nobody: str) -> None:
    assert whats(draft(replace(asked(), set_by=nobody))) == [("class-set-by-nobody", ELEVATOR.id)]


@pytest.mark.parametrize("counted", [Counted.BUILDING, Counted.COMPOUND])
def test_the_elevator_handbook_counts_stairwells(counted: Counted) -> None:
    assert whats(draft(replace(asked(counted), handbook=True))) == [("handbook-counts-stairwells", ELEVATOR.id)]
    assert whats(draft(replace(asked(), handbook=True))) == []


def test_the_elevator_handbook_is_for_owners_and_elevators() -> None:
    on = replace(asked(), handbook=True)
    fault = ("handbook-is-for-owners-and-elevators", ELEVATOR.id)
    assert whats(draft(on), Roll(Kind.HOUSEHOLDS, owners(3).seats)) == [fault]
    assert whats(draft(replace(on, item=replace(ELEVATOR, words="屋顶美化")))) == [fault]


def test_the_elevator_handbook_is_not_older_than_it_is() -> None:
    form = draft(replace(asked(), handbook=True))
    first = datetime(2019, 12, 31, 16, tzinfo=UTC)
    assert whats(replace(form, opens=first)) == []
    assert whats(replace(form, opens=first + BEFORE)) == [("handbook-not-in-force", ELEVATOR.id)]


def test_an_item_is_asked_where_the_roll_has_such_areas() -> None:
    members = Roll(Kind.COMMITTEE, (Seat("m1", ("李四",)),))
    assert whats(draft(asked()), members) == [("no-such-areas", ELEVATOR.id)]
    assert whats(draft(asked(Counted.COMPOUND)), members) == []
    narrow = replace(asked(), areas=("/1号楼/1单元", "/1号楼/9单元", "/1号楼"))
    assert whats(draft(narrow)) == [("unknown-area", "/1号楼/9单元"), ("unknown-area", "/1号楼")]


def test_the_rolls_own_faults_are_told_too() -> None:
    bad = Roll(Kind.OWNERS, (Seat("s1", (), (Unit("1号楼", "1单元", "1"),)),))
    assert draft(replace(asked(), set_by="")).faults(bad) == [
        Fault("s1", "no-holder"),
        Fault("", "class-set-by-nobody", ELEVATOR.id),
    ]


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("works", "said"), [(None, "街道办"), (Works.DONE, ""), (Works.PLANNED, "  ")])
def test_basic_works_come_first_and_somebody_says_so(works: Works | None, said: str) -> None:
    form = replace(draft(), works=works, works_said=said)
    assert form.open(owners(3), OPENS, secret(1)) == Refused(Reason.BASICS_NOT_PLANNED)


@pytest.mark.parametrize("works", Works)
def test_works_that_are_planned_are_enough(works: Works) -> None:
    assert Book(opening(replace(draft(), works=works))).ballot.works is works


def test_a_draft_with_faults_does_not_open_and_the_first_fault_is_told() -> None:
    assert draft(proxies=-1).open(owners(3), OPENS, secret(1)) == Refused(Reason.FAULTY, "negative-proxies")
    assert draft().open(Roll(Kind.OWNERS, ()), OPENS, secret(1)) == Refused(Reason.FAULTY, "no-seat")


def test_it_opens_from_its_time_on_and_before_its_close() -> None:
    assert draft().open(owners(3), OPENS + BEFORE, secret(1)) == Refused(Reason.NOT_OPEN)
    assert draft().open(owners(3), CLOSES, secret(1)) == Refused(Reason.CLOSED)
    assert isinstance(draft().open(owners(3), CLOSES + BEFORE, secret(1)), Done)


# ---- what is opened --------------------------------------------------------------------------------------------------


def test_what_was_drafted_stands_in_the_first_line() -> None:
    form = replace(draft(asked(), asked(Counted.COMPOUND, Matter.SHARED_PARTS, PARKING)), title=" 选单 ", proxies=2)
    ballot = opened(owners(4), form).ballot
    assert (ballot.id, ballot.title, ballot.state, ballot.kind) == ("b1", "选单", State.OPEN, Kind.OWNERS)
    assert (ballot.opens, ballot.closes, ballot.seats, ballot.proxies) == (OPENS, CLOSES, 4, 2)
    assert (ballot.works, ballot.works_said) == (Works.PLANNED, "街道办")
    assert [*ballot.items] == [ELEVATOR.id, PARKING.id]
    elevator, parking = ballot.items.values()
    assert (elevator.item, elevator.matter, elevator.set_by) == (ELEVATOR, Matter.REBUILDING, "王科")
    assert (elevator.areas, parking.areas) == (("/1号楼/1单元",), ("/",))
    assert (elevator.counted, parking.counted) == (Counted.STAIRWELL, Counted.COMPOUND)


@pytest.mark.parametrize(
    ("opens", "rule"),
    [
        (datetime(2020, 12, 31, 15, 59, 59, tzinfo=UTC), "property-law-strict"),
        (datetime(2020, 12, 31, 16, tzinfo=UTC), "civil-code-strict"),  # 2021-01-01 in Beijing
        (datetime(2007, 9, 30, 16, tzinfo=UTC), "property-law-strict"),
    ],
)
def test_the_rule_is_that_of_the_day_in_beijing_on_which_it_was_opened(opens: datetime, rule: str) -> None:
    form = replace(draft(), opens=datetime(2007, 9, 30, 16, tzinfo=UTC))
    assert opened(form=form, at=opens).ballot.items[ELEVATOR.id].rule.id == rule


def test_the_matter_decides_the_rule() -> None:
    items = [asked(matter=matter, item=replace(ELEVATOR, id=matter.value)) for matter in Matter]
    found = {item.id: item.rule.id for item in opened(form=draft(*items)).ballot.items.values()}
    assert found == {
        "raising-fund": "civil-code-strict",
        "rebuilding": "civil-code-strict",
        "shared-parts": "civil-code-strict",
        "using-fund": "civil-code-ordinary",
        "other": "civil-code-ordinary",
    }


def test_among_owners_the_law_decides_and_no_rule_of_ones_own() -> None:
    mine = replace(asked(), rule=own(None, MORE_THAN_HALF))
    assert opened(form=draft(mine)).ballot.items[ELEVATOR.id].rule.id == "civil-code-strict"


def test_the_handbook_is_off_unless_it_is_turned_on() -> None:
    on = opened(form=draft(replace(asked(), handbook=True))).ballot.items[ELEVATOR.id].rule
    assert on == HANDBOOK


@pytest.mark.parametrize("kind", [Kind.COMMITTEE, Kind.HOUSEHOLDS])
def test_members_and_households_are_counted_by_heads_unless_a_rule_was_set(kind: Kind) -> None:
    roll = Roll(kind, owners(3).seats)
    assert opened(roll).ballot.items[ELEVATOR.id].rule == own()
    mine = own(TWO_THIRDS, TWO_THIRDS, Whole.PARTICIPANTS)
    assert opened(roll, draft(replace(asked(), rule=mine))).ballot.items[ELEVATOR.id].rule == mine


TWO_HOUSES = Roll(
    Kind.OWNERS,
    (
        Seat("s1", ("张三", "李四"), (Unit("甲楼", "1单元", "甲101室", 7001), Unit("甲楼", "2单元", "甲201室", 2))),
        Seat("s2", ("某某公司",), (Unit("甲楼", "2单元", "甲202室", 30), Unit("乙楼", "1单元", "乙101室", 400)), True),
        Seat("s3", ("王五",), (Unit("乙楼", "1单元", "乙102室", 0),)),
    ),
)


@pytest.mark.parametrize(
    ("counted", "areas"),
    [
        (Counted.COMPOUND, ("/",)),
        (Counted.BUILDING, ("/乙楼", "/甲楼")),
        (Counted.STAIRWELL, ("/乙楼/1单元", "/甲楼/1单元", "/甲楼/2单元")),
    ],
)
def test_an_item_has_a_result_for_each_area_of_its_depth(counted: Counted, areas: tuple[str, ...]) -> None:
    assert opened(TWO_HOUSES, draft(asked(counted))).ballot.items[ELEVATOR.id].areas == areas


def test_an_item_can_be_asked_in_some_areas_only() -> None:
    narrow = replace(asked(), areas=("/甲楼/2单元", "/乙楼/1单元", "/甲楼/2单元"))
    book = opened(TWO_HOUSES, draft(narrow))
    assert book.ballot.items[ELEVATOR.id].areas == ("/乙楼/1单元", "/甲楼/2单元")
    assert book.seat("s1").areas == {"/甲楼/2单元": 2}
    assert book.seat("s2").areas == {"/甲楼/2单元": 30, "/乙楼/1单元": 400}


def test_a_seat_shows_only_the_areas_that_items_are_counted_over() -> None:
    book = opened(TWO_HOUSES, draft(asked(Counted.BUILDING), asked(Counted.STAIRWELL, item=ROOF)))
    assert book.seat("s1").areas == {"/甲楼": 7003, "/甲楼/1单元": 7001, "/甲楼/2单元": 2}
    assert book.seat("s2").areas == {"/甲楼": 30, "/甲楼/2单元": 30, "/乙楼": 400, "/乙楼/1单元": 400}
    assert book.seat("s3").areas == {"/乙楼": 0, "/乙楼/1单元": 0}
    assert {standing.heads for standing in book.box.standings.values()} == {1}


# ---- seat numbers ----------------------------------------------------------------------------------------------------


@given(st.integers(1, 30), st.binary(min_size=32, max_size=32))
@settings(max_examples=examples(30))
def test_seat_numbers_are_a_permutation(count: int, chance: bytes) -> None:
    outcome = draft().open(owners(count), OPENS, chance)
    assert isinstance(outcome, Done)
    assert {*outcome.numbers} == {f"s{n}" for n in range(1, count + 1)}
    assert sorted(outcome.numbers.values()) == sorted(outcome.tell) == [*range(1, count + 1)]
    assert [entry.public.get("seat") for entry in outcome.entries] == [None, *range(1, count + 1)]


def test_seat_numbers_change_with_the_secret_and_do_not_follow_the_roll() -> None:
    dealt = []
    for n in range(5):
        outcome = draft().open(owners(20), OPENS, secret("deal", n))
        assert isinstance(outcome, Done)
        dealt.append([outcome.numbers[f"s{n}"] for n in range(1, 21)])
    assert len({tuple(numbers) for numbers in dealt}) == 5
    assert [*range(1, 21)] not in dealt


def test_seat_numbers_do_not_depend_on_the_order_of_the_roll() -> None:
    roll = owners(20)
    backwards = Roll(Kind.OWNERS, roll.seats[::-1])
    assert opening(draft(), roll).numbers == opening(draft(), backwards).numbers


def test_every_entry_has_a_secret_of_its_own() -> None:
    entries = opening(draft(), owners(20)).entries
    assert len({entry.secret for entry in entries}) == 21


# ---- private words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_name", [True, False])
def test_names_stand_in_the_list_of_a_ballot_by_name_only(by_name: bool) -> None:
    book = opened(TWO_HOUSES, draft(asked(Counted.BUILDING), by_name=by_name))
    shown = b"\n".join(book.lines).decode()
    for name in ("张三", "李四", "某某公司", "王五"):
        assert (name in shown) is by_name
    lines = [json.loads(line) for line in book.lines[1:]]
    numbers = {number: id for id, number in book.numbers.items()}
    if by_name:
        names = {numbers[line["seat"]]: line["name"] for line in lines}
        assert names == {"s1": "张三、李四", "s2": "某某公司", "s3": "王五"}
    else:
        assert all("name" not in line and "name" in line["private"] for line in lines)


@pytest.mark.parametrize("by_name", [True, False])
def test_no_unit_and_no_id_of_the_roll_stands_in_any_line(by_name: bool) -> None:
    secret_ids = Roll(Kind.OWNERS, tuple(replace(seat, id=f"户籍{n}") for n, seat in enumerate(TWO_HOUSES.seats)))
    book = opened(secret_ids, draft(by_name=by_name))
    shown = b"\n".join(book.lines).decode()
    for word in ("101室", "201室", "202室", "102室", "室", "户籍"):
        assert word not in shown


def test_what_is_private_is_committed_to_and_can_be_proved() -> None:
    book = opened(TWO_HOUSES)
    for entry, line in zip(book.entries[1:], map(json.loads, book.lines[1:]), strict=True):
        assert {*entry.private} == {*line["private"]} == {"id", "name", "units"}
        for name, word in entry.private.items():
            assert line["private"][name] == commitment(entry.secret, name, word)
    words = {entry.private["id"]: (entry.private["name"], entry.private["units"]) for entry in book.entries[1:]}
    assert words["s1"] == ("张三、李四", "甲楼 1单元 甲101室、甲楼 2单元 甲201室")


def test_secrets_of_lines_follow_from_the_secret_of_the_opening() -> None:
    entries = opening(draft()).entries
    assert entries[0].secret == derived(secret("opening"), "opened")
    assert entries[1].secret == derived(secret("opening"), "seat 1")
