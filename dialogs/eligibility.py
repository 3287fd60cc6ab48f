"""Eligibility: is my home in scope, and can it have this row of the menu?

Asks only what may still change the outcome, in the order of knowledge.eligibility.FACTS; "I don't know" is an answer
everywhere. Inputs, all optional, are facts that the question gave: `built` (a year), `redone` (years, with anything
between them), `item` (a row's id). Whatever is no such thing is left aside: inputs are a stranger's word.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from dialogs import judgements, reading
from dialogs.reading import spans
from dialogs.replies import Line
from dialogs.steps import Ask, Dialog, Facts, Option, Walk
from dialogs.wording import Wording
from knowledge.eligibility import Basic, Built, Home, House, Unit, When, Wish, judge, wanted
from knowledge.eligibility.items import item_facts
from knowledge.library import Library

UNKNOWN = "unknown"

Told = Mapping[str, object]

# Question → what each of its answers tells; "unknown" tells nothing and is always there. One in _TYPED has no button.
_TELLS: Mapping[str, Mapping[str, Told]] = {
    "built": {
        "before": {"built": Built.BEFORE},
        "1990": {"built": Built.IN_1990},
        "after": {"built": Built.AFTER},
    },
    "exact": {"1990": {"built": Built.IN_1990}, "after": {"built": Built.AFTER}},
    "energy": {"no": {"low_energy": True}, "yes": {"low_energy": False}},
    "redone": {"no": {"redone": False}, "yes": {"redone": True}},
    "works": {
        "both": {"redone": True, "whole": True},
        "one": {"redone": True, "whole": False},
        "neither": {"redone": False},
    },
    "when": {"twelfth": {"when": When.TWELFTH}, "other": {"when": When.OTHER}},
    "lacking": {"yes": {"lacking": True}, "no": {"lacking": False}},
    "unit": {
        "municipal": {"unit": Unit.MUNICIPAL},
        "central": {"unit": Unit.CENTRAL},
        "military": {"unit": Unit.MILITARY},
        "yes": {"unit": Unit.CENTRAL},  # one of the two: the text has one sentence for both
    },
    "house": {
        "neither": {"house": House.NEITHER},
        "simple": {"house": House.SIMPLE},
        "dangerous": {"house": House.DANGEROUS},
        "yes": {"house": House.SOME},
    },
    "which": {"simple": {"house": House.SIMPLE}, "dangerous": {"house": House.DANGEROUS}},
    "responsible": {"yes": {"responsible": True}, "no": {"responsible": False}},
    "value": {"yes": {"no_value": False}, "no": {"no_value": True}},
    "storeys": {"yes": {"multi_storey": True}, "no": {"multi_storey": False}},
    "basic": {
        "done": {"basic": Basic.DONE},
        "planned": {"basic": Basic.PLANNED},
        "neither": {"basic": Basic.NEITHER},
    },
    "committee": {"yes": {"committee": True}, "no": {"committee": False}},
}
_TYPED = {("unit", "yes"), ("house", "yes")}
# What yes and no mean where no answer is called so.
_MEANS = {
    "works": {"no": "neither"},
    "unit": {"no": "municipal"},
    "house": {"no": "neither"},
    "basic": {"yes": "done", "no": "neither"},
}
# Fact → its question, where that has another name.
_ASKED_AS = {"low_energy": "energy", "whole": "works", "no_value": "value", "multi_storey": "storeys"}


def _walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    library = facts.library
    home, wish = _given(inputs, library)
    first = _noted(inputs, home, wish, library, speak)

    unknown: frozenset[str] = frozenset()
    while fact := wanted(home, unknown):
        asked = _ask(_question(fact, home), speak)
        answer = yield replace(asked, says=(*first, *asked.says))
        first = ()
        told = _told(asked.key, answer)
        home = replace(home, **told)  # type: ignore[arg-type]  # the values are those of _TELLS
        if not told:
            unknown |= {fact}

    if wish and not home.organises_itself:
        while fact := next((fact for fact in item_facts(wish, library) if fact not in unknown), None):
            asked = _ask(_question(fact, home), speak)
            told = _told(asked.key, (yield asked))
            wish = replace(wish, **told)  # type: ignore[arg-type]
            if not told:
                unknown |= {fact}

    return judgements.reply(judge(home, library, wish), wish, library, speak)


ELIGIBILITY = Dialog("eligibility", 1, _walk)


def _given(inputs: Mapping[str, str], library: Library) -> tuple[Home, Wish | None]:
    """What the inputs tell of the home, and the row that they name."""
    when = When.of([int(year) for year in re.findall(r"\d{4}", inputs.get("redone", ""))])
    row = library.summaries.get(inputs.get("item", ""))
    wish = Wish(row.clause) if row and library.item_class(row) else None
    return Home(built=_built(inputs.get("built", "")), when=when), wish


def _noted(
    inputs: Mapping[str, str], home: Home, wish: Wish | None, library: Library, speak: Wording
) -> tuple[Line, ...]:
    """What the inputs told, said once, so that the person can see what the outcome will rest on."""
    noted = []
    if wish:
        item = library.summaries[wish.row].plain(speak.language)
        noted.append(speak("eligibility.about_item", item=item))
    if home.built:
        noted.append(speak("eligibility.heard", fact=_when("built", inputs["built"], speak)))
    if home.when:
        years = speak.listed([_time(year, speak) for year in re.findall(r"\d{4}", inputs["redone"])])
        noted.append(speak("eligibility.heard", fact=speak("eligibility.done_in", when=years)))
    return tuple(Line(sentence) for sentence in noted)


# ---- questions ---------------------------------------------------------------------------------------------------


def _question(fact: str, home: Home) -> str:
    """The question for a fact: where a part of it is known already, the one for the rest."""
    if fact == "built" and home.built:
        return "exact"
    if fact == "house" and home.house:
        return "which"
    if fact == "redone" and home.when:
        return "works"  # that something was done is known, with its year; whether it was this is not
    return _ASKED_AS.get(fact, fact)


@cache
def _ask(key: str, speak: Wording) -> Ask:
    values = [*(value for value in _TELLS[key] if (key, value) not in _TYPED), UNKNOWN]
    options = tuple(Option(value, speak(f"eligibility.label.{key}.{value}")) for value in values)
    says = (Line(speak(f"eligibility.ask.{key}")),)

    def time(value: str) -> str:
        return _when(key, value, speak)

    match key:
        case "built":
            built = _reads(options, spans.built)
            return Ask(key, says, options, built, ("1990s",), time, spans.past(spans.built))
        case "exact":
            return Ask(key, says, options, _reads(options, spans.exact), beside=spans.past(spans.exact))
        case "when":
            works = _reads(options, spans.works)
            return Ask(key, says, options, works, shows=time, beside=spans.past(spans.works))
    typed = [value for typed_key, value in _TYPED if typed_key == key]

    def shows(value: str) -> str:
        return speak(f"eligibility.label.{key}.{value}")

    return Ask(key, says, options, _reads(options, lambda text: _read_yes_no(text, key)), tuple(typed), shows)


def _told(key: str, answer: str) -> Told:
    """What an answer tells; nothing where the person does not know, or where it leaves all open."""
    if answer in _TELLS[key]:
        return _TELLS[key][answer]
    built = _built(answer) if key == "built" else None
    when = When.of(list(spans.years(answer))) if key == "when" else None
    return {"built": built} if built else {"when": when} if when else {}


# ---- what is typed -----------------------------------------------------------------------------------------------


def _reads(options: tuple[Option, ...], own: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """What is typed: what only this question understands, or one of its options, or not knowing."""

    def reads(text: str) -> str | None:
        return own(text) or reading.choice(text, options) or (UNKNOWN if reading.unknown(text) else None)

    return reads


def _read_yes_no(text: str, key: str) -> str | None:
    said = reading.yes_no(text)
    value = _MEANS.get(key, {}).get(said or "", said)
    return value if value in (*_TELLS[key], UNKNOWN) else None


def _built(value: str) -> Built | None:
    years = spans.years(value)
    return Built.of(years[0], years[-1]) if years else None


def _when(key: str, value: str, speak: Wording) -> str:
    """That it was built, or the works were done, in this year or decade."""
    when = _time(value, speak)
    return speak("eligibility.built_in" if key == "built" else "eligibility.done_in", when=when)


def _time(value: str, speak: Wording) -> str:
    return speak("eligibility.decade" if value.endswith("s") else "eligibility.year", year=value[:4])
