"""Judging: the facts of a home, and of an item if one is asked about → the judgement, each reason with its points."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.eligibility.grounds import Ground, Outcome, bearing, cases, certain_and_possible
from knowledge.eligibility.home import Home
from knowledge.eligibility.items import ItemJudgement, Wish, judge_item
from knowledge.eligibility.steps import Silence, Step, steps, telling
from knowledge.library import Library, Point

# Ground → the concepts by which the library knows the sentences that carry it, or that are not met.
_SENTENCES: Mapping[Ground, tuple[str, ...]] = {
    Ground.UNFINISHED: ("built-before-1990",),
    Ground.LOW_ENERGY: ("built-after-1990",),
    Ground.NOBODY_RESPONSIBLE: ("no-responsible-unit",),
    Ground.LACKING: ("redone-before",),
    Ground.CENTRAL: ("central-units",),
    Ground.SIMPLE: ("simple-house",),
    Ground.NO_VALUE: ("no-reinforcement-value",),
    Ground.IN_1990: ("built-before-1990", "built-after-1990"),
    Ground.FINISHED: ("built-before-1990",),
    Ground.HALF_UNFINISHED: ("built-before-1990",),
    Ground.MEETS_STANDARD: ("built-after-1990",),
    Ground.OTHER_YEARS: ("redone-before",),
    Ground.NOTHING_LACKING: ("redone-before",),
    Ground.HALF_DONE: ("redone-before",),
    Ground.HAS_UNIT: ("no-responsible-unit",),
}
_CERTIFIED = frozenset({"low_energy", "house", "no_value"})  # facts that someone has to certify or measure


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground and the points that carry it."""

    ground: Ground
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says of a home.

    `certain` are the outcomes that hold whatever the unknown facts may be, the one on scope first, () where none does;
    `maybe` those that hold for some of what they may be. `reasons` carry what is certain, `might` what may be.
    `unknown` are the facts that would tell more, `tellers` the points on who keeps such facts. `steps` are what comes
    next, `silences` what one would want to know and the text does not say. `item` is the judgement on a row, if one was
    asked about and the home does not go its own way.
    """

    certain: tuple[Outcome, ...]
    maybe: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    might: tuple[Reason, ...]
    unknown: tuple[str, ...]
    tellers: tuple[Point, ...]
    steps: tuple[Step, ...]
    silences: tuple[Silence, ...]
    item: ItemJudgement | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point that is cited, in the order in which they are told."""
        told = [*(point for reason in (*self.reasons, *self.might) for point in reason.points)]
        told += [self.item.row, self.item.rule] if self.item else []
        told += [*self.tellers, *(point for step in self.steps for point in step.points)]
        return tuple(dict.fromkeys(told))


def judge(home: Home, library: Library, wish: Wish | None = None) -> Judgement:
    """The judgement on a home by 二（一） and 三（四）, whatever is known of it; never "approved".

    KeyError where the wish is for a row that the menu does not have.
    """
    certain, possible = certain_and_possible(home)
    sure, some = _certain_and_possible_grounds(home)
    unbacked = certain - {ground.outcome for ground in sure}
    might = [ground for ground in some - sure if ground.outcome in possible - certain | unbacked]
    own = Outcome.OWN in certain
    item = judge_item(wish, library) if wish and not own else None
    unknown = (*bearing(home), *(item.unknown if item else ()))
    return Judgement(
        certain=_ordered(certain),
        maybe=_ordered(possible - certain),
        reasons=_reasons(sure, library),
        might=_reasons(might, library),
        unknown=unknown,
        tellers=telling(library, "who-does", "survey-compounds") if unknown else (),
        steps=tuple(steps(certain, wish, library)),
        silences=tuple(_silences(certain, unknown)),
        item=item,
    )


def _certain_and_possible_grounds(home: Home) -> tuple[frozenset[Ground], frozenset[Ground]]:
    found = list(cases(home))
    return found[0].intersection(*found), found[0].union(*found)


def _reasons(grounds: Iterable[Ground], library: Library) -> tuple[Reason, ...]:
    order = list(Ground)
    return tuple(
        Reason(ground, tuple(p for concept in _SENTENCES[ground] for p in library.telling("eligible", concept)))
        for ground in sorted(grounds, key=order.index)
    )


def _ordered(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    return tuple(sorted(outcomes, key=list(Outcome).index))


def _silences(certain: Iterable[Outcome], unknown: Iterable[str]) -> Iterator[Silence]:
    if Outcome.OWN in certain:
        yield Silence.PAY_OWN
    if Outcome.REBUILD in certain:
        yield Silence.PAY_REBUILD
    if _CERTIFIED.intersection(unknown):
        yield Silence.CERTIFIES
