"""zh.toml and en.toml: two languages of one bot, every sentence in use and nothing that is to be said missing."""

import ast
import re
import string

import pytest

from dialogs import asking
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.answers import Evidence, NotCovered, OutOfScope, Silence, answerer
from knowledge.library import load
from tests.kit import ROOT

# Topics that end a question before anything could be missing from the text: see Answerer._answer.
ENDED_BEFORE = {"world", "insult", "worry", "crisis", "smalltalk", "thanks", "assistant", "other-place"}
KEYS = sorted(wording("zh").keys())


def placeholders(key: str, language: Language) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording(language).raw(key)) if name is not None}


def silent_on() -> list[str]:
    """Everything that the text can be silent about: the strict asks, and the concepts of kind "elsewhere"."""
    strict = [ask.id for ask in load().asks.values() if ask.strict]
    elsewhere = [concept.id for concept in load().concepts.values() if concept.kind == "elsewhere"]
    return list(dict.fromkeys([*strict, *elsewhere]))


def written_in_source() -> tuple[set[str], set[str]]:
    """The string constants of bot/ and dialogs/, and the constants that an f-string begins with."""
    whole, begun = set(), set()
    for file in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "dialogs").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, {prefix for prefix in begun if prefix.endswith(".")}


def test_both_languages_hold_the_same_sentences() -> None:
    assert wording("zh").keys() == wording("en").keys()
    assert len(KEYS) > 50


def test_both_languages_fill_in_the_same_words() -> None:
    for key in KEYS:
        assert placeholders(key, "zh") == placeholders(key, "en"), key
    assert placeholders("answer.years", "zh") == {"first", "last"}


def test_the_two_languages_are_not_one() -> None:
    for key in KEYS:
        if not any(char.isalpha() for char in re.sub(r"{.*?}", "", wording("zh").raw(key))):
            continue  # only signs around what is filled in
        han = any("\u4e00" <= char <= "\u9fff" for char in wording("zh").raw(key))
        assert han and not any("\u4e00" <= char <= "\u9fff" for char in wording("en").raw(key)), key


def test_every_sentence_is_said_somewhere() -> None:
    whole, prefixes = written_in_source()
    assert prefixes >= {"silence.", "missing."}
    assert [key for key in KEYS if key not in whole and not key.startswith(tuple(prefixes))] == []


def test_every_sentence_that_the_source_names_is_there() -> None:
    whole, _ = written_in_source()
    groups = {key.split(".")[0] for key in KEYS}
    named = {text for text in whole if re.fullmatch(rf"({'|'.join(groups)})\.[a-z_-]+", text)}
    assert len(named) > 20 and named <= set(KEYS)


def test_there_is_a_sentence_for_each_silence_and_no_other() -> None:
    assert {key.removeprefix("silence.") for key in KEYS if key.startswith("silence.")} == {str(s) for s in Silence}


def test_what_the_text_is_silent_on_has_its_words_and_no_other() -> None:
    said = {key.removeprefix("missing.") for key in KEYS if key.startswith("missing.")}
    assert said == set(silent_on()) - ENDED_BEFORE | {"other"}
    assert ENDED_BEFORE <= set(silent_on())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_thing_missing_is_named(language: Language) -> None:
    """Not "this", where the library knows what it is."""
    for missing in set(silent_on()) - ENDED_BEFORE:
        answer = NotCovered((missing,), (), ("street-office",), (), Evidence())
        first = asking.reply(answer, load(), language).lines[0].text
        assert wording(language)(f"missing.{missing}") in first
        assert wording(language)("missing.other") != wording(language)(f"missing.{missing}")


@pytest.mark.parametrize("topic", sorted(ENDED_BEFORE))
def test_a_topic_of_elsewhere_ends_the_question_at_once(topic: str) -> None:
    concept = load().concepts[topic]
    for words in (concept.zh[0], concept.en[0]):
        assert isinstance(answerer().answer(words), OutOfScope), words


def test_nobody_is_shouted_at() -> None:
    labels = [text for f in load().followups.values() for text in (f.zh, f.en, f.zh_ask, f.en_ask)]
    for sentence in [*labels, *(wording(language).raw(key) for language in LANGUAGES for key in KEYS)]:
        assert not {"!", "！"} & set(sentence), sentence


def test_words_are_listed_as_each_language_does() -> None:
    assert wording("zh").listed(["住建委", "房管局"]) == "住建委、房管局"
    assert wording("en").listed(["street offices", "joint meeting"]) == "street offices, joint meeting"


def test_an_unknown_key_is_a_fault_not_an_empty_sentence() -> None:
    with pytest.raises(KeyError):
        wording("zh")("silence.nothing-of-the-kind")
