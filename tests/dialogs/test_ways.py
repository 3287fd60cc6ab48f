"""The ways of a dialog, and what is made from them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.commands.dialogs import mermaid
from dialogs.catalogue import DIALOGS
from dialogs.replies import Line, Reply
from dialogs.steps import Ask, Dialog, Facts, Option, Walk
from dialogs.ways import END, Way, ways
from dialogs.wording import LANGUAGES, Language, Wording, wording
from knowledge.library import load

FACTS = Facts(load())
DOCS = Path(__file__).parents[2] / "docs" / "dialogs.md"


def walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    first = yield Ask("first", (Line("First?"),), (Option("a", "A"), Option("b", "B")))
    second = yield Ask("second", (Line("Second?"),), samples=("7",), reads=lambda text: text, shows="number {}".format)
    if first == "a":
        yield Ask("third", (Line("Third?"),), (Option("c", "C"),))
    return Reply((Line(f"{first} {second}"),))


def test_every_answer_of_every_question_leads_somewhere() -> None:
    assert ways(Dialog("small", 1, walk), {}, FACTS, wording("en")) == [
        Way("first", "First?", "a", "A", "second"),
        Way("first", "First?", "b", "B", "second"),
        Way("second", "Second?", "7", "number 7", "third"),
        Way("second", "Second?", "7", "number 7", END, "b 7"),
        Way("third", "Third?", "c", "C", END, "a 7"),
    ]


def test_a_flowchart_has_a_box_for_each_question_and_each_end_and_one_arrow_between_two() -> None:
    chart = list(mermaid(ways(Dialog("small", 1, walk), {}, FACTS, wording("en"))))
    assert chart == [
        "flowchart TD",
        '    first["First?"]',
        '    second["Second?"]',
        '    third["Third?"]',
        '    end1(["b 7"])',
        '    end2(["a 7"])',
        '    first -- "A · B" --> second',
        '    second -- "number 7" --> third',
        '    second -- "number 7" --> end1',
        '    third -- "C" --> end2',
    ]


@cache
def of_the_check(language: Language, item: str) -> list[Way]:
    """The ways of the eligibility check, about a row of the menu or about none."""
    return ways(DIALOGS["eligibility"], {"item": item} if item else {}, FACTS, wording(language))


@pytest.mark.parametrize("item", ["menu-13", ""])
def test_the_diagrams_of_the_docs_are_the_dialogs(item: str) -> None:
    chart = "\n".join(mermaid(of_the_check("en", item)))
    assert f"```mermaid\n{chart}\n```" in DOCS.read_text("utf-8")


@pytest.mark.parametrize("language", sorted(LANGUAGES))  # English first, which the diagrams have
def test_every_question_of_the_check_can_be_answered_by_not_knowing(language: Language) -> None:
    found = of_the_check(language, "")
    assert {way.key for way in found} == {way.key for way in found if way.value == "unknown"}
    assert all(way.says for way in found if way.to == END)
