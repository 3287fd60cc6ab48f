"""Whatever is known of a home: judging never raises, always cites, and knowing more contradicts nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.eligibility import (
    FACTS,
    Basic,
    Built,
    Ground,
    Home,
    House,
    Judgement,
    Outcome,
    Silence,
    Unit,
    When,
    Wish,
    bearing,
    cases,
    judge,
    wanted,
)
from knowledge.eligibility.home import open_values
from knowledge.library import load
from tests.lengths import examples

LIBRARY = load()
ROWS = [row.clause for row in LIBRARY.rows]
# A fact that cannot be asked for where the other is not known.
HANG_ON = {
    "built": ("low_energy",),
    "redone": ("whole", "when", "lacking"),
    "house": ("responsible", "no_value"),
}

maybe = st.none() | st.booleans()
homes = st.builds(
    Home,
    built=st.none() | st.sampled_from(Built),
    low_energy=maybe,
    redone=maybe,
    whole=maybe,
    when=st.none() | st.sampled_from(When),
    lacking=maybe,
    unit=st.none() | st.sampled_from(Unit),
    house=st.none() | st.sampled_from(House),
    responsible=maybe,
    no_value=maybe,
)
wishes = st.none() | st.builds(
    Wish, st.sampled_from(ROWS), multi_storey=maybe, basic=st.none() | st.sampled_from(Basic), committee=maybe
)


def fully_told(home: Home, unknown: frozenset[str] = frozenset()) -> Iterator[Home]:
    """Every home that this one can become, once all is told but what the person does not know."""
    fact = next((fact for fact in FACTS if fact not in unknown and open_values(home, fact)), None)
    if fact is None:
        yield home
        return
    for value in open_values(home, fact):
        yield from fully_told(replace(home, **{fact: value}), unknown)  # type: ignore[arg-type]


@cache
def judged(home: Home) -> Judgement:
    """The judgement on a home; most come up many times, as the homes that others could be."""
    return judge(home, LIBRARY)


def decided(full: Home) -> frozenset[Outcome]:
    """What matters of a home of which all is told: with priority, the second paragraph does not."""
    certain = frozenset(judged(full).certain)
    return certain - {Outcome.SECOND} if Outcome.PRIORITY in certain else certain


@cache
def says(home: Home) -> tuple[frozenset[Outcome], frozenset[Outcome]]:
    """What matters of any home: what holds of all that it could be, and of some."""
    could = [decided(full) for full in fully_told(home)]
    return could[0].intersection(*could), could[0].union(*could)


@given(homes, wishes)
@settings(deadline=None, max_examples=examples(300))
def test_every_judgement_cites_the_text(home: Home, wish: Wish | None) -> None:
    found = judge(home, LIBRARY, wish)
    assert found.certain or found.maybe
    assert all(LIBRARY.document.text[point.start : point.end] == point.quote for point in found.points)
    carried = {reason.ground.outcome for reason in (*found.reasons, *found.might)}
    assert {*found.certain, *found.maybe} <= carried
    assert all(reason.points for reason in (*found.reasons, *found.might))
    assert found.steps and all(step.points for step in found.steps)


@given(homes, wishes)
@settings(deadline=None, max_examples=examples(300))
def test_what_is_unknown_is_named_with_whoever_can_tell(home: Home, wish: Wish | None) -> None:
    found = judge(home, LIBRARY, wish)
    assert bool(found.unknown) == bool(found.tellers)
    assert all("street-office" in point.by for point in found.tellers)
    if found.maybe:
        assert found.unknown
    for fact in found.unknown:
        assert getattr(home if fact in FACTS else wish, fact) in (None, Built.NINETIES, House.SOME)


@given(homes, st.data())
@settings(deadline=None, max_examples=examples(300))
def test_knowing_more_never_contradicts_what_was_certain(home: Home, data: st.DataObject) -> None:
    told = [fact for fact in FACTS if open_values(home, fact)]
    if not told:
        return
    fact = data.draw(st.sampled_from(told))
    more = replace(home, **{fact: data.draw(st.sampled_from(open_values(home, fact)))})  # type: ignore[arg-type]
    before, after = judge(home, LIBRARY), judge(more, LIBRARY)
    assert set(before.certain) <= set(after.certain)
    assert {*after.certain, *after.maybe} <= {*before.certain, *before.maybe, Outcome.SECOND}
    assert {reason.ground for reason in before.reasons} <= {reason.ground for reason in after.reasons}
    assert cases(more) <= cases(home)


@given(homes)
@settings(deadline=None, max_examples=examples(200))
def test_a_home_of_which_little_is_known_is_every_home_that_it_could_be(home: Home) -> None:
    could = [judged(full) for full in fully_told(home)]
    assert all(full.certain and not full.maybe and not full.unknown for full in could)
    found = judge(home, LIBRARY)
    assert set(found.certain) == set.intersection(*(set(full.certain) for full in could))
    assert {*found.certain, *found.maybe} == says(home)[1] | set(found.certain)


@given(homes, st.frozensets(st.sampled_from(sorted(FACTS))))
@settings(deadline=None, max_examples=examples(150))
def test_a_fact_is_asked_for_just_where_it_may_change_the_outcome(home: Home, unknown: frozenset[str]) -> None:
    def changes(fact: str) -> bool:
        """The slow way: tell all that can be told; does it say the same without this fact?"""
        hidden = (fact, *(HANG_ON.get(fact, ()) if getattr(home, fact) is None or fact == "house" else ()))
        without = {name: getattr(home, name) for name in hidden}
        return any(says(full) != says(replace(full, **without)) for full in fully_told(home, unknown))

    asked = [fact for fact in FACTS if fact not in unknown and open_values(home, fact) and changes(fact)]
    assert wanted(home, unknown) == (asked[0] if asked else None)


def test_a_fact_is_asked_for_where_only_what_it_leads_on_to_ask_decides() -> None:
    """Whether it is simple or dangerous changes nothing yet, but only of a dangerous one can the value be asked."""
    home = Home(Built.BEFORE, redone=False, house=House.SOME)
    assert wanted(home, frozenset({"unit"})) == "house"


@given(homes)
@settings(deadline=None, max_examples=examples(150))
def test_the_facts_that_bear_are_those_that_one_would_ask_for_one_after_the_other(home: Home) -> None:
    first = wanted(home)
    assert (bearing(home) or (None,))[0] == first


def test_asking_ends_after_ten_questions_at_most_and_leaves_nothing_open() -> None:
    def asks(home: Home, count: int) -> int:
        fact = wanted(home)
        if fact is None:
            assert len(judge(home, LIBRARY).certain) >= 1 and not judge(home, LIBRARY).maybe
            return count
        return max(asks(replace(home, **{fact: value}), count + 1) for value in open_values(home, fact))  # type: ignore[arg-type]

    assert 4 <= asks(Home(), 0) <= len(FACTS)


def test_the_facts_are_just_those_of_a_home() -> None:
    assert list(FACTS) == [field.name for field in fields(Home)]


def test_each_ground_is_reached_and_rests_on_a_sentence_of_its_own_scope() -> None:
    reached = set().union(*cases(Home()))
    assert reached == set(Ground)
    for full in fully_told(Home()):
        for reason in judged(full).reasons:
            assert {point.clause for point in reason.points} <= {"s2-1-p1", "s2-1-p2", "s2-1-p3", "s3-4-p2"}


@pytest.mark.parametrize("row", ROWS)
def test_any_row_is_judged_by_its_class_and_its_own_words(row: str) -> None:
    home = Home(Built.BEFORE, redone=False, unit=Unit.MUNICIPAL, house=House.NEITHER)
    for storeys, basic, committee in product((None, True, False), (None, *Basic), (None, True, False)):
        item = judge(home, LIBRARY, Wish(row, storeys, basic, committee)).item
        assert item is not None and item.row.clause == row
        basic_class = LIBRARY.item_class(item.row) == "基础类"
        assert ("必须" in item.rule.quote) == basic_class and ("居民意愿" in item.rule.quote) == (not basic_class)
        assert ("not_named" in item.outcomes) == ("多层" in item.row.quote and storeys is not True)
        assert ("must" in item.outcomes) == basic_class
        assert len(item.outcomes) == 1 or item.unknown


def test_a_row_that_the_menu_does_not_have_is_a_fault() -> None:
    with pytest.raises(KeyError):
        judge(Home(), LIBRARY, Wish("menu-99"))


# ---- what comes next ---------------------------------------------------------------------------------------------

ORDINARY = Home(Built.BEFORE, redone=False, unit=Unit.MUNICIPAL, house=House.NEITHER)


def steps(home: Home, wish: Wish | None = None) -> dict[str, list[str]]:
    return {step.about: [point.quote for point in step.points] for step in judge(home, LIBRARY, wish).steps}


def test_in_scope_the_steps_say_who_decides_who_pays_and_who_organises() -> None:
    found = steps(ORDINARY)
    assert list(found) == ["plan", "approval", "menu", "money", "works"]
    assert found["plan"][0].startswith("各街道办事处对本辖区内老旧小区开展全面排查")
    assert "市老旧小区综合整治联席会议办公室批准" in found["approval"][0]
    assert [quote[:6] for quote in found["menu"]] == ["通过业主认可", "难以成立业主"]
    assert found["money"] == [
        "原则上基础类改造项目所需资金由市区财政负担",
        "自选类改造项目所需资金由投资主体与居民协商解决",
    ]
    assert "征得小区居民同意" in found["works"][0]


def test_of_an_item_only_its_own_money_is_told_and_with_a_committee_only_the_committee() -> None:
    lift = steps(ORDINARY, Wish("menu-13", committee=True))
    assert lift["money"] == ["自选类改造项目所需资金由投资主体与居民协商解决"]
    assert len(lift["menu"]) == 1 and lift["menu"][0].startswith("通过业主认可")
    bars = steps(ORDINARY, Wish("menu-10", committee=False))
    assert bars["money"] == ["原则上基础类改造项目所需资金由市区财政负担"]
    assert len(bars["menu"]) == 2


@pytest.mark.parametrize("home", [replace(ORDINARY, built=Built.IN_1990), Home()])
def test_where_the_scope_is_open_the_steps_say_who_settles_it_and_promise_nothing(home: Home) -> None:
    assert list(steps(home)) == ["plan", "range"]
    assert "确定老旧小区整治范围" in steps(home)["range"][0]


def test_whoever_organises_on_its_own_is_told_just_that_and_that_the_text_names_no_money() -> None:
    found = judge(Home(unit=Unit.CENTRAL), LIBRARY)
    assert list(steps(Home(unit=Unit.CENTRAL))) == ["own"]
    assert found.silences == (Silence.PAY_OWN,)


def test_rebuilding_has_its_own_step_and_the_text_names_no_money_for_it() -> None:
    home = replace(ORDINARY, house=House.SIMPLE)
    assert list(steps(home))[-1] == "rebuild"
    assert judge(home, LIBRARY).silences == (Silence.PAY_REBUILD,)


def test_where_a_certificate_is_missing_it_is_said_that_the_text_names_nobody_for_it() -> None:
    assert Silence.CERTIFIES in judge(replace(ORDINARY, house=None), LIBRARY).silences
    assert judge(replace(ORDINARY, unit=None), LIBRARY).silences == ()


@pytest.mark.parametrize(
    ("first", "last", "built"),
    [
        (1989, 1989, Built.BEFORE),
        (1990, 1990, Built.IN_1990),
        (1991, 1991, Built.AFTER),
        (1980, 1989, Built.BEFORE),
        (1990, 1999, Built.NINETIES),
        (2000, 2009, Built.AFTER),
        (1985, 1995, None),
        (1985, 1990, None),
    ],
)
def test_1990_is_neither_before_nor_after(first: int, last: int, built: Built | None) -> None:
    assert Built.of(first, last) is built


@pytest.mark.parametrize(
    ("years", "when"),
    [
        ([2010], When.OTHER),
        ([2011], When.TWELFTH),
        ([2015], When.TWELFTH),
        ([2016], When.OTHER),
        ([2012, 2013], When.TWELFTH),
        ([2010, 2016], When.OTHER),
        ([2010, 2011], None),
        ([], None),
        (range(2010, 2020), None),
    ],
)
def test_the_twelfth_plan_ran_from_2011_to_2015(years: Sequence[int], when: When | None) -> None:
    assert When.of(years) is when
