"""What is counted, and where it stands against the rule: the law's own boundaries, on heads and on area by itself."""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from ballots.ballot import Ballot, BallotItem
from ballots.menu import Counted
from ballots.rules import HANDBOOK, TWO_THIRDS, Matter, Measure, Rule, Whole, by_law, own
from ballots.standing import By, Choice, Selection, Standing
from ballots.tally import NONE, Amount, Count, Reach, tally
from tests.ballots.kit import ELEVATOR, PARKING, opened

CIVIL, PROPERTY = date(2026, 3, 1), date(2020, 12, 31)
STRICT, ORDINARY = by_law(Matter.REBUILDING, CIVIL), by_law(Matter.OTHER, CIVIL)
OF_ALL_STRICT, OF_ALL = by_law(Matter.REBUILDING, PROPERTY), by_law(Matter.OTHER, PROPERTY)
FOR, AGAINST, ABSTAIN, OBJECT = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.OBJECT


def ballot(*items: BallotItem) -> Ballot:
    found = opened().ballot
    return Ballot(
        **{
            **{name: getattr(found, name) for name in found.__dataclass_fields__},
            "items": {item.id: item for item in items},
        }
    )


def item(rule: Rule, *areas: str, of: str = "menu-13") -> BallotItem:
    menu = ELEVATOR if of == ELEVATOR.id else PARKING
    return BallotItem(menu, Matter.OTHER, "王科", rule, Counted.COMPOUND, areas or ("/",))


def seat(number: int, area: int, choice: Choice | None, heads: int = 1) -> Standing:
    selection = Selection({ELEVATOR.id: choice} if choice else {})
    return Standing(number, heads, {"/": area}, selection, By.ONLINE if choice else By.NOBODY)


def count(rule: Rule, seats: Iterable[tuple[int, Choice | None]]) -> Count:
    """The one count of a compound whose seats are (area, choice)."""
    (found,) = tally(ballot(item(rule)), (seat(n, *one) for n, one in enumerate(seats, 1)))
    return found


def equal(agree: int, against: int, silent: int, area: int = 5000) -> list[tuple[int, Choice | None]]:
    return [(area, FOR)] * agree + [(area, AGAINST)] * against + [(area, None)] * silent


# ---- the boundaries, 90 owners of equal area -------------------------------------------------------------------------

BOUNDARIES = [
    # rule, for, against, silent, passes
    (STRICT, 45, 15, 30, True),  # 60 take part, 45 agree
    (STRICT, 44, 16, 30, False),
    (STRICT, 59, 0, 31, False),  # no quorum, however many agree
    (ORDINARY, 31, 29, 30, True),
    (ORDINARY, 30, 30, 30, False),  # a tie is not more than half
    (ORDINARY, 59, 0, 31, False),
    (OF_ALL_STRICT, 60, 30, 0, True),  # 2/3 of all, the number itself included
    (OF_ALL_STRICT, 60, 0, 30, True),
    (OF_ALL_STRICT, 59, 0, 31, False),
    (OF_ALL, 46, 44, 0, True),
    (OF_ALL, 46, 0, 44, True),  # no quorum is asked for
    (OF_ALL, 45, 0, 45, False),
    (HANDBOOK, 60, 0, 30, True),
    (HANDBOOK, 60, 30, 0, True),  # against is no objection
    (HANDBOOK, 59, 0, 31, False),
    (own(), 46, 0, 44, True),
    (own(), 45, 45, 0, False),
    (own(None, TWO_THIRDS, Whole.PARTICIPANTS), 2, 1, 87, True),
    (own(None, TWO_THIRDS, Whole.PARTICIPANTS), 3, 2, 85, False),
]


@pytest.mark.parametrize(("rule", "agree", "against", "silent", "passes"), BOUNDARIES)
def test_ninety_owners_of_equal_area_stand_at_the_boundary(
    rule: Rule, agree: int, against: int, silent: int, passes: bool
) -> None:
    assert agree + against + silent == 90
    assert count(rule, equal(agree, against, silent)).passed is passes


def enlarged(seats: Sequence[tuple[int, Choice | None]], which: int, by: int) -> list[tuple[int, Choice | None]]:
    return [(area + by * (n == which), choice) for n, (area, choice) in enumerate(seats)]


BY_LAW = [vector for vector in BOUNDARIES if vector[0].id != "own"]


@pytest.mark.parametrize(("rule", "agree", "against", "silent"), [v[:4] for v in BY_LAW if v[4]])
def test_what_passes_by_a_hair_fails_where_only_the_heads_reach_it(
    rule: Rule, agree: int, against: int, silent: int
) -> None:
    found = count(rule, enlarged(equal(agree, against, silent, area=1), 89, 100))  # the last is not for it
    assert not found.passed
    missing = {reach.measure: reach.missing for reach in (*found.quorum, *found.agreement) if reach.missing}
    assert set(missing) == {Measure.AREA}


@pytest.mark.parametrize(("rule", "agree", "against", "silent"), [v[:4] for v in BY_LAW if not v[4]])
def test_what_fails_by_a_hair_fails_also_where_the_area_alone_reaches_it(
    rule: Rule, agree: int, against: int, silent: int
) -> None:
    found = count(rule, enlarged(equal(agree, against, silent, area=1), 0, 1000))  # the first is for it
    assert not found.passed
    missing = {reach.measure: reach.missing for reach in (*found.quorum, *found.agreement) if reach.missing}
    assert missing == {Measure.HEADS: 1}


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize(("quorum", "passes"), [(60, True), (59, False)])
def test_the_quorum_of_the_civil_code_holds_on_each_measure(measure: Measure, quorum: int, passes: bool) -> None:
    if measure is Measure.HEADS:  # 90 heads of which `quorum` take part, with nearly all of the area
        seats = [(10**6, FOR)] * quorum + [(1, None)] * (90 - quorum)
    else:  # 3 heads of which 2 take part, with `quorum` of 90 of the area
        seats = [(quorum - 1, FOR), (1, FOR), (90 - quorum, None)]
    assert count(ORDINARY, seats).passed is passes
    assert count(STRICT, seats).passed is passes


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize(
    ("rule", "agree", "passes"), [(STRICT, 45, True), (STRICT, 44, False), (ORDINARY, 31, True), (ORDINARY, 30, False)]
)
def test_the_agreement_of_the_civil_code_holds_on_each_measure(
    measure: Measure, rule: Rule, agree: int, passes: bool
) -> None:
    if measure is Measure.HEADS:
        seats = [(10**6, FOR)] * agree + [(1, AGAINST)] * (60 - agree)
    else:  # 10 heads, 9 of them for it, who hold `agree` of 60 of the area
        seats = [(agree - 8, FOR)] + [(1, FOR)] * 8 + [(60 - agree, AGAINST)]
    assert count(rule, seats).passed is passes


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize(
    ("rule", "agree", "passes"),
    [(OF_ALL_STRICT, 60, True), (OF_ALL_STRICT, 59, False), (OF_ALL, 46, True), (OF_ALL, 45, False)],
)
@pytest.mark.parametrize("others", [AGAINST, ABSTAIN, None])
def test_the_agreement_of_all_under_property_law_holds_on_each_measure(
    measure: Measure, rule: Rule, agree: int, passes: bool, others: Choice | None
) -> None:
    if measure is Measure.HEADS:
        seats: list[tuple[int, Choice | None]] = [(10**6, FOR)] * agree + [(1, others)] * (90 - agree)
    else:
        seats = [(agree - 8, FOR)] + [(1, FOR)] * 8 + [(90 - agree, others)]
    assert count(rule, seats).passed is passes


def test_a_committees_rule_counts_heads_and_never_area() -> None:
    seats: list[tuple[int, Choice | None]] = [(0, FOR), (0, FOR), (10**6, AGAINST)]
    found = count(own(), seats)
    assert found.passed
    assert [reach.measure for reach in (*found.quorum, *found.agreement)] == [Measure.HEADS, Measure.HEADS]


# ---- taking part -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [FOR, AGAINST, ABSTAIN, OBJECT])
def test_by_any_of_the_four_choices_one_takes_part(choice: Choice) -> None:
    found = count(ORDINARY, [(70, choice), (30, None)])
    assert found.participants == Amount(1, 70)
    assert found.all == Amount(2, 100)


def test_only_for_agrees() -> None:
    found = count(ORDINARY, [(7, FOR), (5, AGAINST), (3, ABSTAIN), (2, OBJECT), (1, None)])
    assert (found.agree, found.against) == (Amount(1, 7), Amount(1, 5))
    assert (found.abstain, found.object) == (Amount(1, 3), Amount(1, 2))
    assert found.all == Amount(5, 18)
    assert [(reach.have, reach.needed) for reach in found.agreement] == [(1, 3), (7, 9)]
    assert [(reach.have, reach.needed) for reach in found.quorum] == [(4, 4), (17, 12)]


def test_one_objection_stops_what_nobody_may_object_to() -> None:
    seats: list[tuple[int, Choice | None]] = [(1, FOR)] * 89
    assert count(HANDBOOK, [*seats, (1, AGAINST)]).passed
    found = count(HANDBOOK, [*seats, (1, OBJECT)])
    assert found.stopped and not found.passed
    assert all(reach.missing == 0 for reach in found.agreement)


def test_an_objection_stops_nothing_under_the_law() -> None:
    found = count(STRICT, [*[(1, FOR)] * 89, (1, OBJECT)])
    assert found.passed and not found.stopped


def test_an_objection_by_someone_without_area_stops_too() -> None:
    assert count(HANDBOOK, [(1, FOR)] * 9 + [(0, OBJECT)]).stopped


def test_one_seat_decides_alone_where_it_is_alone() -> None:
    for rule in (STRICT, ORDINARY, OF_ALL, OF_ALL_STRICT, HANDBOOK, own()):
        assert count(rule, [(1, FOR)]).passed
        assert not count(rule, [(1, AGAINST)]).passed
        assert not count(rule, [(1, None)]).passed


def test_where_nobody_takes_part_nothing_passes() -> None:
    for rule in (STRICT, ORDINARY, OF_ALL, OF_ALL_STRICT, HANDBOOK, own(), own(None, TWO_THIRDS, Whole.PARTICIPANTS)):
        assert not count(rule, equal(0, 0, 5)).passed
        assert not count(rule, []).passed


def test_without_any_area_no_share_of_area_is_reached() -> None:
    for rule in (STRICT, ORDINARY, OF_ALL, OF_ALL_STRICT, HANDBOOK):
        found = count(rule, equal(9, 0, 0, area=0))
        assert not found.passed
        assert {reach.measure for reach in found.agreement if reach.missing} == {Measure.AREA}
    assert count(own(), equal(9, 0, 0, area=0)).passed  # heads only


def test_without_a_quorum_none_is_shown_as_missing() -> None:
    assert count(OF_ALL, equal(1, 0, 89)).quorum == ()
    assert len(count(ORDINARY, equal(1, 0, 89)).quorum) == 2


def test_what_is_missing_is_never_less_than_nothing() -> None:
    assert [Reach(Measure.HEADS, have, 3).missing for have in range(6)] == [3, 2, 1, 0, 0, 0]


def test_amounts_are_summed_measure_by_measure() -> None:
    assert Amount(1, 20) + Amount(3, 400) == Amount(4, 420)
    assert (Amount(1, 20).by(Measure.HEADS), Amount(1, 20).by(Measure.AREA)) == (1, 20)
    assert Amount() == NONE == Amount(0, 0)


# ---- by item and by area ---------------------------------------------------------------------------------------------


def test_every_item_is_counted_in_each_of_its_areas_by_those_who_have_it() -> None:
    both = ballot(item(STRICT, "/a/1", "/a/2", "/b/1"), item(OF_ALL, "/", of=PARKING.id))
    standings = [
        Standing(1, 1, {"/": 70, "/a/1": 30, "/a/2": 40}, Selection({"menu-13": FOR, "menu-31": AGAINST}), By.ONLINE),
        Standing(2, 1, {"/": 20, "/a/2": 20}, Selection({"menu-13": OBJECT}), By.PAPER),
        Standing(3, 1, {"/": 5}, Selection({"menu-31": ABSTAIN}), By.PROXY),
    ]
    counts = tally(both, standings)
    assert [(one.item, one.area) for one in counts] == [
        ("menu-13", "/a/1"),
        ("menu-13", "/a/2"),
        ("menu-13", "/b/1"),
        ("menu-31", "/"),
    ]
    assert [one.rule for one in counts] == [STRICT, STRICT, STRICT, OF_ALL]
    assert [one.all for one in counts] == [Amount(1, 30), Amount(2, 60), NONE, Amount(3, 95)]
    assert [one.agree for one in counts] == [Amount(1, 30), Amount(1, 40), NONE, NONE]
    assert [one.against for one in counts] == [NONE, NONE, NONE, Amount(1, 70)]
    assert [one.abstain for one in counts] == [NONE, NONE, NONE, Amount(1, 5)]
    assert [one.object for one in counts] == [NONE, Amount(1, 20), NONE, NONE]


def test_one_owner_of_several_flats_is_one_head_with_their_areas_summed() -> None:
    found = count(OF_ALL, [(300, FOR), (100, AGAINST), (100, AGAINST)])
    assert [(reach.have, reach.needed) for reach in found.agreement] == [(1, 2), (300, 251)]
    assert not found.passed


def test_a_seat_off_the_roll_is_in_no_count() -> None:
    gone = Standing(2, 1, {"/": 900}, Selection({"menu-13": FOR}), By.ONLINE, gone=True)
    (found,) = tally(ballot(item(ORDINARY)), [gone, seat(1, 100, FOR)])
    assert (found.all, found.agree) == (Amount(1, 100), Amount(1, 100))


def test_the_heads_are_those_that_the_list_tells() -> None:
    (found,) = tally(ballot(item(ORDINARY)), [seat(1, 10, FOR, heads=2), seat(2, 10, None)])
    assert (found.all.heads, found.agree.heads) == (3, 2)


def test_a_choice_on_an_item_that_the_ballot_does_not_have_counts_nowhere() -> None:
    stray = Standing(1, 1, {"/": 10}, Selection({"menu-99": FOR}), By.ONLINE)
    (found,) = tally(ballot(item(ORDINARY)), [stray])
    assert (found.all, found.participants) == (Amount(1, 10), NONE)
