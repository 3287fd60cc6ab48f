"""Findings: what follows from a clause for what the person told → one sentence, read before the clause."""

from collections.abc import Sequence

from dialogs.wording import Wording
from knowledge.answers.findings import Finding, Limits, Listed, Membership, Tally
from knowledge.library import CLASS_CONCEPTS, Library

SCOPES = {"楼本体": "building", "小区公共区域": "common area", "完善小区治理": "governance"}

_COLON = {"zh": "：", "en": ":"}


def sentence(finding: Finding | None, shown: int, library: Library, speak: Wording) -> str:
    """A finding in words, "" for none; `shown` is how many of a list are shown beneath."""
    if isinstance(finding, Limits):
        return _limits(finding, speak)
    if isinstance(finding, Membership):
        return _membership(finding, library, speak)
    if isinstance(finding, Listed):
        return _listed(finding, shown, speak)
    if isinstance(finding, Tally):
        counted = [
            _rows(CLASS_CONCEPTS[kind], scope, number, speak) for (kind, scope), number in finding.counted.items()
        ]
        return speak.listed(counted)
    return speak("finding.count", number=finding.number) if finding else ""


def _limits(finding: Limits, speak: Wording) -> str:
    given = speak.listed([speak(f"unit.{unit}", figure=_figure(it, speak)) for unit, it in finding.given.items()])
    if finding.below:
        return speak("finding.below", given=given, below=_named(finding.below, speak))
    if finding.open:
        return speak("finding.open", given=given, open=_named(finding.open, speak))
    return speak("finding.reached", given=given)


def _named(units: Sequence[str], speak: Wording) -> str:
    return speak.listed([speak(f"limit.{unit}") for unit in units])


def _figure(value: float, speak: Wording) -> str:
    if speak.language == "zh" and value >= 10_000:
        return f"{value / 10_000:.10g}万"
    return f"{value:,.10g}"


def _membership(finding: Membership, library: Library, speak: Wording) -> str:
    english = {body.name: body.english for body in library.bodies.values()} if speak.language == "en" else {}
    told = []
    for key, names in (("finding.member", finding.listed), ("finding.no_member", finding.unlisted)):
        if names:
            told.append(speak(key, names=speak.listed([english.get(name, name) for name in names])))
    return " ".join(told)


def _listed(finding: Listed, shown: int, speak: Wording) -> str:
    if finding.what in CLASS_CONCEPTS.values():
        head = _rows(finding.what, finding.scope, finding.total, speak)
    else:
        head = speak(f"listed.{finding.what}", count=finding.total)
    part = speak("listed.part", shown=shown) if shown < finding.total else ""
    return head + part + _COLON[speak.language]


def _rows(what: str, scope: str, number: int, speak: Wording) -> str:
    where = speak("listed.scope", scope=scope if speak.language == "zh" else SCOPES.get(scope, scope)) if scope else ""
    return speak(f"listed.{what}", scope=where, count=number)
