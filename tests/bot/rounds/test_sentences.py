"""Every outcome of ballots has one clear sentence in each language."""

import ast
import re
from string import Formatter

import pytest

from ballots.menu import Counted
from ballots.outcomes import Reason
from ballots.rules import Matter
from ballots.standing import Choice
from dialogs.wording import LANGUAGES, Language, wording
from tests.kit import ROOT


def faults() -> set[str]:
    """The keys of all faults that the source of `ballots` makes."""
    found = set()
    for name in ("roll", "draft"):
        for node in ast.walk(ast.parse((ROOT / "ballots" / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault":
                what = node.args[1]
                assert isinstance(what, ast.Constant)
                found.add(f"fault.{what.value!s}")
    return found


def refusals() -> set[str]:
    """The keys of all refusals that the office's acts on ballots make by themselves."""
    found = set()
    for name in "ballots correcting drafting paper proxies reports recording seats naming demo".split():
        for key in re.findall(r'Refusal\("([^"{]+)"', (ROOT / "bot" / "office" / f"{name}.py").read_text("utf-8")):
            found.add(key if "." in key else f"refused.{key}")
    return found


KEYS = {
    *(f"reason.{reason.value}" for reason in Reason),
    *faults(),
    *refusals(),
    *(f"matter.{matter.value}" for matter in Matter),
    *(f"counted.{counted.value}" for counted in Counted),
    *(f"choice.{choice.value}" for choice in Choice),
}


def test_the_keys_are_found_at_all() -> None:
    assert len(faults()) > 20 and "fault.doubled-unit" in KEYS
    assert {"refused.no_draft", "refused.withheld", "reason.not-open"} <= refusals()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_sentence_and_no_sentence_is_left_over(language: Language) -> None:
    speak = wording(language)
    assert {key for key in KEYS if key not in speak} == set()
    tables = ("reason.", "fault.", "matter.", "counted.", "choice.")
    assert {key for key in speak.keys() if key.startswith(tables)} - KEYS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_filled_by_what_a_refusal_tells(language: Language) -> None:
    for key in wording(language).keys():
        fields = {field for _, field, _, _ in Formatter().parse(wording(language).raw(key)) if field}
        if key.startswith("reason."):
            assert fields <= {"word"}, key
        if key.startswith("fault."):
            assert fields <= {"word", "seat"}, key
        if key.startswith(("reason.", "fault.")):
            told = wording(language)(key, word="…", seat="…")
            assert told.endswith("。" if language == "zh" else ".") and "\n" not in told
