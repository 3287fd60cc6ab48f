"""Each definition of the judging, by rows small enough to judge by eye."""

from typing import Literal

import pytest

from knowledge.answers import Answered, Clarify, Evidence, NotCovered, OutOfScope, Silence, Turn
from knowledge.evaluation import Judged, Row, Told, judge, judge_told
from knowledge.evaluation.rows import Expect
from knowledge.kinds import Kind
from knowledge.library import Point

POLICY = "甲乙丙丁戊己庚辛壬癸"
KINDS: tuple[Kind, ...] = ("answer", "clarify", "not_covered", "out_of_scope")
Named = Literal["choosing"] | None


def row(expect: Expect, *gold: tuple[str, ...], either: bool = False) -> Row:
    return Row("A1", "？", expect, gold, either)


def told(kind: Kind, *quotes: str, dialog: Named = None) -> Told:
    return Told(kind, dialog, quotes)


def judged(row: Row, told: Told) -> Judged:
    return judge_told(row, told, POLICY)


@pytest.mark.parametrize("dialog", [None, "choosing"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_expected_and_only_that_kind_is_one(kind: Kind, dialog: Named) -> None:
    assert judged(row("answer", ("甲",)), told(kind, "甲乙", dialog=dialog)).right == (kind == "answer")


@pytest.mark.parametrize("dialog", [None, "choosing"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_dialog_is_expected_and_must_be_named_whatever_the_kind(kind: Kind, dialog: Named) -> None:
    assert judged(row("dialog", ("甲",)), told(kind, "甲乙", dialog=dialog)).right == bool(dialog)


@pytest.mark.parametrize("expect", ["answer", "dialog"])
@pytest.mark.parametrize("dialog", [None, "choosing"])
@pytest.mark.parametrize("kind", KINDS)
def test_where_either_will_do_one_of_them_must_be_there(kind: Kind, dialog: Named, expect: Expect) -> None:
    found = judged(row(expect, ("甲",), either=True), told(kind, "甲乙", dialog=dialog))
    assert found.right == (kind == "answer" or bool(dialog))


@pytest.mark.parametrize("dialog", [None, "choosing"])
@pytest.mark.parametrize("kind", KINDS)
def test_to_withhold_is_to_say_that_it_is_not_there_or_not_ours(kind: Kind, dialog: Named) -> None:
    """To ask back is neither right nor a false answer."""
    assert judged(row("abstain"), told(kind, "甲", dialog=dialog)).right == (kind in ("not_covered", "out_of_scope"))


@pytest.mark.parametrize("expect", ["answer", "dialog"])
@pytest.mark.parametrize("either", [False, True])
def test_what_is_right_in_kind_must_cover_the_gold_too(expect: Expect, either: bool) -> None:
    asked = row(expect, ("甲",), either=either)
    assert judged(asked, told("answer", "乙", "甲", dialog="choosing")).right
    assert not judged(asked, told("answer", "乙", "丙", dialog="choosing")).right
    assert not judged(asked, told("answer", dialog="choosing")).right


def test_of_a_group_any_substring_will_do_and_every_group_must_be_there() -> None:
    asked = row("answer", ("甲", "乙"), ("丙",))
    for quotes, right in ((("乙", "丙"), True), (("甲丙",), True), (("甲乙",), False), (("丙",), False)):
        assert judged(asked, told("answer", *quotes)).right == right, quotes


def test_a_substring_is_found_in_one_quote_only_not_across_two() -> None:
    assert not judged(row("answer", ("甲乙",)), told("answer", "甲", "乙")).right


@pytest.mark.parametrize(("groups", "shown"), [(1, 4), (2, 5), (3, 6)])
def test_the_first_quotes_count_four_or_three_more_than_there_are_groups(groups: int, shown: int) -> None:
    asked = row("answer", *[("甲",)] * groups)
    for place in range(shown + 2):
        assert judged(asked, told("answer", *["癸"] * place, "甲")).right == (place < shown), place


def test_first_is_of_the_first_quote_and_of_any_group() -> None:
    asked = row("answer", ("甲",), ("乙", "丙"))
    for quotes, first in ((("甲",), True), (("丙丁", "甲"), True), (("丁", "甲", "乙"), False), ((), False)):
        assert judged(asked, told("answer", *quotes)).first == first, quotes


@pytest.mark.parametrize("kind", KINDS)
def test_first_does_not_ask_for_the_kind(kind: Kind) -> None:
    assert judged(row("dialog", ("甲",)), told(kind, "甲")).first


def test_white_space_counts_nowhere() -> None:
    found = judged(row("answer", ("甲 \n乙",)), told("answer", "\u3000甲\t乙 丙\n"))
    assert found.right and found.first and found.quoted == 3 and found.foreign == ()
    assert judge_told(row("answer", ("甲乙",)), told("answer", "甲乙"), "甲\n 乙").foreign == ()


def test_all_quotes_are_counted_and_held_against_the_policy_not_only_those_shown() -> None:
    found = judged(row("answer", ("甲",)), told("answer", "甲乙", "丙", "丁", "戊", "己", "甲丙"))
    assert found.quoted == 8 and found.foreign == ("甲丙",)


def point(quote: str) -> Point:
    return Point("s1", quote, 0, len(quote), "", "")


SEEN = Evidence()


def test_our_answers_are_told_by_kind_dialog_and_quotes() -> None:
    asked, turns = row("answer", ("甲",)), (Turn((point("甲"), point("乙")), ()), Turn((point("甲"), point("丙")), ()))
    answers = (
        (Answered(turns, (), SEEN, dialog="choosing"), Told("answer", "choosing", ("甲", "乙", "丙"))),
        (Clarify((point("甲"),), (), SEEN, dialog="eligibility"), Told("clarify", "eligibility", ("甲",))),
        (NotCovered((), (point("乙"),), (), (), SEEN), Told("not_covered", None, ("乙",))),
        (OutOfScope(Silence.EMPTY, SEEN), Told("out_of_scope", None, ())),
    )
    for answer, expected in answers:
        assert judge(asked, answer, POLICY) == judge_told(asked, expected, POLICY)
        assert judge(asked, answer, POLICY).told == expected


def test_what_comes_nearest_is_held_against_the_policy_too() -> None:
    assert judge(row("abstain"), NotCovered((), (point("子"),), (), (), SEEN), POLICY).foreign == ("子",)
