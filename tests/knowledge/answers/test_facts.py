"""Facts that come along with a question: when a home was built, and when something was done to it since."""

import pytest

from knowledge.answers import Clarify, answerer
from knowledge.answers.facts import years_built, years_redone
from knowledge.words import fold


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("我们小区2013年改造过", (2013,)),
        ("13年贴过保温", (2013,)),
        ("08年加固过一次", (2008,)),
        ("2012年已经做了保温", (2012,)),
        ("12年底改造的", (2012,)),
        ("2011年前后都做了抗震节能", (2011,)),
        ("13年那会儿做过保温，15年又刷过墙", (2013, 2015)),
        ("１３年贴过保温", (2013,)),
        ("2013年改造過", (2013,)),
        ("the building was insulated in 2013", (2013,)),
        ("retrofitted in 2008", (2008,)),
        ("works were done in 2016", (2016,)),
        ("redone in 2012 and renovated again in 2017", (2012, 2017)),
    ],
)
def test_the_year_of_an_earlier_renovation_is_told_from_what_was_done_in_it(text: str, years: tuple[int, ...]) -> None:
    assert years_redone(fold(text)) == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2013年建的",
        "85年盖的楼",
        "13年建成的小区",
        "built in 2013",
        "it dates from 2008",
        "2013年过年的时候搬来的",
        "2018年6月11日印发的文件",
        "2019年改造过",
        "1998年改造过",
        "我们楼12户都改造过",
        "15号楼已经拆了",
        "改造过",
        "had it been renovated?",
    ],
)
def test_a_year_in_which_nothing_was_done_to_the_building_is_none(text: str) -> None:
    assert years_redone(fold(text)) == ()


@pytest.mark.parametrize("year", range(2006, 2019))
def test_any_year_between_the_two_plans_may_be_one(year: int) -> None:
    assert years_redone(f"我们楼{year}年改造过") == years_redone(f"{year % 100:02}年改造过") == (year,)
    assert years_redone(f"the block was renovated in {year}") == (year,)


def test_a_year_of_building_and_a_year_of_works_are_kept_apart() -> None:
    text = fold("我们楼85年建的，2013年贴过保温")
    assert (years_built(text, about_scope=True), years_redone(text)) == ((1985,), (2013,))


def test_a_home_that_was_redone_is_answered_by_the_paragraph_on_those() -> None:
    for question in ("我们小区2013年改造过，还能再轮上吗", "13年贴过保温，我们院还能参加吗"):
        answer = answerer().answer(question)
        assert isinstance(answer, Clarify) and answer.points[0].clause == "s2-1-p2", question
