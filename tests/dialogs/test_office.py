"""What is said in the office's name, in both languages: plainly its own words, and nobody else's."""

import pytest

from dialogs import office
from dialogs.wording import LANGUAGES, Language

LINES = {"phone": "010-00000000", "name": "白云路街道", "address": "白云路1号"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_holds_question_and_answer_and_says_whose_it_is(language: Language) -> None:
    said = office.answer("加一部电梯多少钱", "周三公示 {price}", language).text
    assert "加一部电梯多少钱" in said and "周三公示 {price}" in said
    assert {"zh": "街道办事处说", "en": "The street office says"}[language] in said
    assert {"zh": "不是方案原文", "en": "not the plan's"}[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_are_marked_as_the_offices_own_and_stand_in_their_order(language: Language) -> None:
    shown = office.contact(LINES, language).splitlines()
    assert {"zh": "不是方案里写的", "en": "not in the plan"}[language] in shown[0]
    assert [line.rpartition("：" if language == "zh" else ": ")[2] for line in shown[1:]] == [
        LINES["name"],
        LINES["address"],
        LINES["phone"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_are_none_nothing_is_said(language: Language) -> None:
    assert office.contact({}, language) == ""
