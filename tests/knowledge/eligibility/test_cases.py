"""The table of cases.toml: written by hand from the policy, each with its outcome and the sentences that carry it."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import rtoml

from knowledge.eligibility import Basic, Built, Home, House, Judgement, Reason, Unit, When, Wish, judge
from knowledge.library import load

LIBRARY = load()
TABLE = rtoml.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
SENTENCES: dict[str, str] = TABLE["sentences"]
CASES: list[dict[str, Any]] = TABLE["case"]
KNOWN = set("name home item certain maybe reasons might unknown cites item_outcomes".split())


def home_of(facts: dict[str, Any]) -> Home:
    told = dict(facts)
    if isinstance(built := told.get("built"), int):
        told["built"] = Built.of(built, built)
    elif built:
        told["built"] = Built.of(*built)
    if when := told.get("when"):
        told["when"] = When.of(when)
    return Home(
        **{
            **told,
            **({"unit": Unit(told["unit"])} if "unit" in told else {}),
            **({"house": House(told["house"])} if "house" in told else {}),
        }
    )


def wish_of(facts: dict[str, Any] | None) -> Wish | None:
    if facts is None:
        return None
    return Wish(**{**facts, **({"basic": Basic(facts["basic"])} if "basic" in facts else {})})


def judged(case: dict[str, Any]) -> Judgement:
    return judge(home_of(case["home"]), LIBRARY, wish_of(case.get("item")))


def sentences(reasons: tuple[Reason, ...]) -> set[str]:
    """The letters of the sentences that reasons rest on."""
    letters = {quote: letter for letter, quote in SENTENCES.items()}
    return {letters[point.quote] for reason in reasons for point in reason.points}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_is_judged_as_the_policy_has_it(case: dict[str, Any]) -> None:
    found = judged(case)
    assert set(found.certain) == set(case["certain"])
    assert set(found.maybe) == set(case.get("maybe", []))
    assert sentences(found.reasons) == set(case["reasons"])
    if "might" in case:
        assert sentences(found.might) == set(case["might"])
    if "unknown" in case:
        assert list(found.unknown) == case["unknown"]
    assert set(case["cites"]) <= {point.clause for point in found.points}
    if "item" in case:
        assert list(found.item.outcomes if found.item else ()) == case["item_outcomes"]


def test_the_table_is_long_enough_and_says_each_case_once() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
    told = [str((case["home"], case.get("item"))) for case in CASES]
    assert len(set(told)) == len(told)


def test_the_table_holds_no_word_that_nobody_reads() -> None:
    homes, wishes = ({field.name for field in fields(kind)} for kind in (Home, Wish))
    for case in CASES:
        assert case.keys() <= KNOWN, case["name"]
        assert case["home"].keys() <= homes and case.get("item", {}).keys() <= wishes, case["name"]
        assert case["cites"] and ("item" in case) == ("item_outcomes" in case), case["name"]


def test_the_sentences_of_the_table_are_the_policys_own() -> None:
    text = (Path(__file__).parents[3] / "knowledge/library/xicheng-2018-4.txt").read_text("utf-8")
    assert all(sentence in text for sentence in SENTENCES.values())


def test_every_outcome_and_every_sentence_has_its_cases() -> None:
    outcomes = [outcome for case in CASES for outcome in case["certain"]]
    assert min(outcomes.count(outcome) for outcome in ("priority", "second", "own", "rebuild", "undecided")) >= 4
    assert {letter for case in CASES for letter in case["reasons"]} == SENTENCES.keys()
    assert sum(not case["certain"] for case in CASES) >= 10
