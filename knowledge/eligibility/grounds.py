"""Grounds: why a home is in scope or why the text does not say; for facts that are unknown, every way it could be.

All that is judged follows from `cases`: a home of which little is known stands for every home that it could be. So what
holds in all of them is certain, and knowing more can never contradict it.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from knowledge.eligibility.home import FACTS, Built, Home, House, When, open_values

# Dialogs are run again at every event, and people's homes are much alike: each is judged once.
_CACHED = 1 << 14


class Outcome(StrEnum):
    """What the text says of a home, in the order in which it is told."""

    PRIORITY = "priority"  # in the priority scope
    SECOND = "second"  # in scope by the second paragraph, which does not speak of priority
    OWN = "own"  # it may organise on its own
    UNDECIDED = "undecided"  # the text does not decide whether it is in scope
    REBUILD = "rebuild"  # buildings of it may be rebuilt, whatever else holds of the compound


class Ground(StrEnum):
    """One reason, each of which some sentence of the text carries; in the order in which they are told."""

    UNFINISHED = "unfinished"
    LOW_ENERGY = "low_energy"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    LACKING = "lacking"
    CENTRAL = "central"
    SIMPLE = "simple"
    NO_VALUE = "no_value"
    IN_1990 = "in_1990"
    FINISHED = "finished"
    HALF_UNFINISHED = "half_unfinished"
    MEETS_STANDARD = "meets_standard"
    OTHER_YEARS = "other_years"
    NOTHING_LACKING = "nothing_lacking"
    HALF_DONE = "half_done"
    HAS_UNIT = "has_unit"

    @property
    def outcome(self) -> Outcome:
        """What it is a reason for."""
        return _OUTCOMES.get(self, Outcome.UNDECIDED)


_OUTCOMES = {
    Ground.UNFINISHED: Outcome.PRIORITY,
    Ground.LOW_ENERGY: Outcome.PRIORITY,
    Ground.NOBODY_RESPONSIBLE: Outcome.PRIORITY,
    Ground.LACKING: Outcome.SECOND,
    Ground.CENTRAL: Outcome.OWN,
    Ground.SIMPLE: Outcome.REBUILD,
    Ground.NO_VALUE: Outcome.REBUILD,
}

Grounds = frozenset[Ground]


@lru_cache(_CACHED)
def cases(home: Home) -> frozenset[Grounds]:
    """The grounds of each home that this one could be, as sets; one set where all that matters is known."""
    for fact in FACTS:
        if values := open_values(home, fact):
            return frozenset[Grounds]().union(*(cases(replace(home, **{fact: value})) for value in values))  # type: ignore[arg-type]
    return frozenset({frozenset(_grounds(home))})


@lru_cache(_CACHED)
def certain_and_possible(home: Home) -> tuple[frozenset[Outcome], frozenset[Outcome]]:
    """The outcomes of every home that this one could be, and those of some."""
    found = [frozenset(ground.outcome for ground in case) for case in cases(home)]
    certain = found[0].intersection(*found)
    return certain, certain | _decided(home)[1]


@lru_cache(_CACHED)
def _decided(home: Home) -> tuple[frozenset[Outcome], frozenset[Outcome]]:
    """What there is to decide, certain and possible: with priority, nobody asks for the second paragraph."""
    found = [frozenset(ground.outcome for ground in case) for case in cases(home)]
    found = [one - {Outcome.SECOND} if Outcome.PRIORITY in one else one for one in found]
    return found[0].intersection(*found), found[0].union(*found)


@lru_cache(_CACHED)
def bearing(home: Home) -> tuple[str, ...]:
    """The facts that are not known and may change the outcome, in the order in which one asks."""
    return tuple(fact for fact in FACTS if _bears(home, fact, frozenset()))


@lru_cache(_CACHED)
def wanted(home: Home, unknown: frozenset[str] = frozenset()) -> str | None:
    """The fact to ask for next, leaving out those of which the person has said not to know them; None where no answer
    can change the outcome any more."""
    return next((fact for fact in FACTS if fact not in unknown and _bears(home, fact, unknown)), None)


@lru_cache(_CACHED)
def _bears(home: Home, fact: str, unknown: frozenset[str]) -> bool:
    """Whether a fact decides anything, by itself or by what it leads on to ask, for some of what the person may still
    tell of the other facts."""
    certain, possible = now = _decided(home)
    values = open_values(home, fact)
    if not values or certain == possible:
        return False
    askable = [other for other in FACTS if other != fact and other not in unknown]
    for told in (replace(home, **{fact: value}) for value in values):  # type: ignore[arg-type]
        leads_to = (other for other in askable if open_values(told, other) and not open_values(home, other))
        if _decided(told) != now or any(_bears(told, other, unknown) for other in leads_to):
            return True
    beside = next((other for other in askable if open_values(home, other)), None)
    if beside is None:
        return False
    return any(_bears(replace(home, **{beside: value}), fact, unknown) for value in open_values(home, beside))  # type: ignore[arg-type]


def _grounds(home: Home) -> Iterator[Ground]:
    """The grounds of a home of which all that matters is known."""
    if home.organises_itself:
        yield Ground.CENTRAL  # 二（一）第3段: they organise themselves, by reference to all the rest
        return
    scope = tuple(_in_scope(home))
    yield from scope or _undecided(home)
    if home.house is House.SIMPLE:
        yield Ground.SIMPLE
    if home.house is House.DANGEROUS and home.no_value:
        yield Ground.NO_VALUE


def _in_scope(home: Home) -> Iterator[Ground]:
    if home.built is Built.BEFORE and not home.redone:
        yield Ground.UNFINISHED
    if home.built is Built.AFTER and home.low_energy:
        yield Ground.LOW_ENERGY
    if home.house is House.DANGEROUS and not home.responsible:
        yield Ground.NOBODY_RESPONSIBLE
    if home.redone and home.whole and home.when is When.TWELFTH and home.lacking:
        yield Ground.LACKING


def _undecided(home: Home) -> Iterator[Ground]:
    """What comes near to a sentence on scope and is not met by it: the text is silent there, it excludes nobody."""
    if home.built is Built.IN_1990:
        yield Ground.IN_1990
    if home.built is Built.BEFORE:
        yield Ground.FINISHED if home.whole else Ground.HALF_UNFINISHED
    if home.built is Built.AFTER:
        yield Ground.MEETS_STANDARD
    if home.redone and not home.whole:
        yield Ground.HALF_DONE  # whether one of the two completes the “抗震节能改造”, no sentence says
    elif home.redone:
        yield Ground.NOTHING_LACKING if home.when is When.TWELFTH else Ground.OTHER_YEARS
    if home.house is House.DANGEROUS:
        yield Ground.HAS_UNIT
