"""The law's thresholds as LAW lays them down, written out by hand, and the arithmetic of shares against fractions."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.draft import BEIJING
from ballots.rules import (
    CIVIL_CODE,
    HANDBOOK,
    MORE_THAN_HALF,
    PROPERTY_LAW,
    THREE_QUARTERS,
    TWO_THIRDS,
    Matter,
    Measure,
    Share,
    Source,
    Whole,
    by_law,
    own,
)

BOTH = (Measure.HEADS, Measure.AREA)
LAST_OF_PROPERTY_LAW, FIRST_OF_CIVIL_CODE = date(2020, 12, 31), date(2021, 1, 1)

# A share as (numerator, denominator, whether the number itself is enough).
HALF, THIRDS, QUARTERS = (1, 2, False), (2, 3, True), (3, 4, True)


def plain(share: Share | None) -> tuple[int, int, bool] | None:
    return (share.numerator, share.denominator, share.inclusive) if share else None


@pytest.mark.parametrize(
    ("matter", "agree"),
    [
        (Matter.RAISING_FUND, THIRDS),
        (Matter.USING_FUND, THIRDS),
        (Matter.REBUILDING, THIRDS),
        (Matter.SHARED_PARTS, HALF),
        (Matter.OTHER, HALF),
    ],
)
@pytest.mark.parametrize("day", [date(2007, 10, 1), date(2015, 6, 1), LAST_OF_PROPERTY_LAW])
def test_property_law_counts_the_agreement_of_all_without_a_quorum(
    matter: Matter, agree: tuple[int, int, bool], day: date
) -> None:
    rule = by_law(matter, day)
    assert (plain(rule.quorum), plain(rule.agree), rule.of) == (None, agree, Whole.ALL)
    assert (rule.measures, rule.none_objects, rule.source) == (BOTH, False, PROPERTY_LAW)


@pytest.mark.parametrize(
    ("matter", "agree"),
    [
        (Matter.RAISING_FUND, QUARTERS),
        (Matter.REBUILDING, QUARTERS),
        (Matter.SHARED_PARTS, QUARTERS),
        (Matter.USING_FUND, HALF),
        (Matter.OTHER, HALF),
    ],
)
@pytest.mark.parametrize("day", [FIRST_OF_CIVIL_CODE, date(2026, 3, 1), date(2100, 1, 1)])
def test_civil_code_counts_the_agreement_of_two_thirds_taking_part(
    matter: Matter, agree: tuple[int, int, bool], day: date
) -> None:
    rule = by_law(matter, day)
    assert (plain(rule.quorum), plain(rule.agree), rule.of) == (THIRDS, agree, Whole.PARTICIPANTS)
    assert (rule.measures, rule.none_objects, rule.source) == (BOTH, False, CIVIL_CODE)


def test_rules_go_by_names_of_their_own() -> None:
    names = {
        (day.year, matter): by_law(matter, day).id
        for day in (LAST_OF_PROPERTY_LAW, FIRST_OF_CIVIL_CODE)
        for matter in Matter
    }
    assert {name for (year, _), name in names.items() if year == 2020} == {
        "property-law-strict",
        "property-law-ordinary",
    }
    assert {name for (year, _), name in names.items() if year == 2021} == {"civil-code-strict", "civil-code-ordinary"}
    assert names[2020, Matter.SHARED_PARTS] == "property-law-ordinary"
    assert names[2021, Matter.SHARED_PARTS] == "civil-code-strict"
    assert (HANDBOOK.id, own().id) == ("elevator-handbook", "own")


@pytest.mark.parametrize("matter", Matter)
def test_before_the_property_law_no_rule_was_laid_down(matter: Matter) -> None:
    with pytest.raises(ValueError, match="no rule was in force on 2007-09-30"):
        by_law(matter, date(2007, 9, 30))


def test_every_source_names_its_article_and_its_days() -> None:
    assert (PROPERTY_LAW.zh, PROPERTY_LAW.en) == ("《物权法》第七十六条", "Property Law, art. 76")
    assert (PROPERTY_LAW.since, PROPERTY_LAW.until) == (date(2007, 10, 1), LAST_OF_PROPERTY_LAW)
    assert (CIVIL_CODE.zh, CIVIL_CODE.en) == ("《民法典》第二百七十八条", "Civil Code, art. 278")
    assert (CIVIL_CODE.since, CIVIL_CODE.until) == (FIRST_OF_CIVIL_CODE, None)
    assert HANDBOOK.source.since == date(2020, 1, 1) and HANDBOOK.source.until is None
    assert HANDBOOK.source.zh == "北京市加装电梯工作手册（2020年报道，未经核实）"
    assert HANDBOOK.source.en == "Beijing's handbook on adding elevators (as reported in 2020, unverified)"
    assert (own().source.zh, own().source.en) == ("本次征询自定的规则", "a rule set for this ballot")


def test_a_source_is_in_force_from_its_first_day_to_its_last() -> None:
    source = Source("", "", date(2020, 1, 2), date(2020, 1, 4))
    assert [source.in_force(date(2020, 1, day)) for day in range(1, 6)] == [False, True, True, True, False]
    assert Source("", "").in_force(date.min) and Source("", "").in_force(date.max)


def test_the_handbook_asks_two_thirds_of_all_and_that_nobody_objects() -> None:
    assert (plain(HANDBOOK.quorum), plain(HANDBOOK.agree), HANDBOOK.of) == (None, THIRDS, Whole.ALL)
    assert (HANDBOOK.measures, HANDBOOK.none_objects) == (BOTH, True)


def test_an_own_rule_is_more_than_half_of_all_seats_unless_it_says_otherwise() -> None:
    rule = own()
    assert (plain(rule.quorum), plain(rule.agree), rule.of) == (HALF, HALF, Whole.ALL)
    assert (rule.measures, rule.none_objects) == ((Measure.HEADS,), False)
    other = own(None, TWO_THIRDS, Whole.PARTICIPANTS)
    assert (plain(other.quorum), plain(other.agree), other.of) == (None, THIRDS, Whole.PARTICIPANTS)


@pytest.mark.parametrize(
    ("share", "whole", "needed"),
    [
        (TWO_THIRDS, 90, 60),  # 以上 includes the number itself
        (TWO_THIRDS, 91, 61),
        (TWO_THIRDS, 92, 62),
        (TWO_THIRDS, 1, 1),
        (THREE_QUARTERS, 60, 45),
        (THREE_QUARTERS, 61, 46),
        (THREE_QUARTERS, 1, 1),
        (MORE_THAN_HALF, 60, 31),  # 过半数 does not
        (MORE_THAN_HALF, 61, 31),
        (MORE_THAN_HALF, 1, 1),
        (MORE_THAN_HALF, 2, 2),
        (Share(1, 1, inclusive=True), 7, 7),
    ],
)
def test_the_least_that_reaches_a_share(share: Share, whole: int, needed: int) -> None:
    assert share.needed(whole) == needed
    assert share.reached(needed, whole) and not share.reached(needed - 1, whole)


@pytest.mark.parametrize("share", [TWO_THIRDS, THREE_QUARTERS, MORE_THAN_HALF, Share(1, 1, inclusive=True)])
def test_of_nothing_no_share_is_reached(share: Share) -> None:
    assert share.needed(0) == 1
    assert not share.reached(0, 0)


fractions = st.builds(
    lambda top, bottom, inclusive: Share(min(top, bottom), max(top, bottom), inclusive or top == bottom),
    st.integers(1, 9),
    st.integers(1, 9),
    st.booleans(),
)
# Areas of a whole district in 0.01 m² are far past what a float holds exactly times three.
wholes = st.one_of(st.integers(0, 40), st.integers(1, 10**17))


@given(fractions, wholes, st.data())
def test_a_share_is_an_exact_fraction(share: Share, whole: int, data: st.DataObject) -> None:
    exact = Fraction(share.numerator, share.denominator) * whole
    near = st.integers(-2, 2).map(lambda off: min(whole, max(0, int(exact) + off)))
    part = data.draw(st.one_of(st.integers(0, whole), near))
    expected = whole > 0 and (part >= exact if share.inclusive else part > exact)
    assert share.reached(part, whole) == expected
    least = share.needed(whole)
    assert share.reached(least, whole) or whole == 0
    assert not share.reached(least - 1, whole)


@pytest.mark.parametrize(
    ("top", "bottom", "inclusive", "why"),
    [
        (0, 2, True, "0/2 is no share of a whole"),
        (-1, 2, True, "-1/2 is no share of a whole"),
        (3, 2, False, "3/2 is no share of a whole"),
        (2, 2, False, "more than all can never be reached"),
    ],
)
def test_a_share_that_is_none_or_can_never_be_reached_cannot_be_made(
    top: int, bottom: int, inclusive: bool, why: str
) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        Share(top, bottom, inclusive)


def test_the_words_by_which_the_ledger_tells_them() -> None:
    assert [*Matter] == ["raising-fund", "rebuilding", "shared-parts", "using-fund", "other"]
    assert [*Measure] == ["heads", "area"]
    assert [*Whole] == ["all", "taking-part"]


def test_the_day_is_that_of_beijing() -> None:
    new_year = datetime(2020, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Beijing
    assert new_year.astimezone(BEIJING).date() == FIRST_OF_CIVIL_CODE
    assert (new_year.replace(hour=15, minute=59)).astimezone(BEIJING).date() == LAST_OF_PROPERTY_LAW
