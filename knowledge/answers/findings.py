"""Findings: what follows from a point for the facts that a question gives: figures, a body's name, a count.

Nothing here is an opinion: a figure is held against the point's limit, a name against its list, a list is counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.answers.question import Part
from knowledge.library import Library, Point
from knowledge.library.numbers import han_value

_NUMBER = (
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>百万|万|千|k\b|thousand|million)?"
    r"|(?P<han>[一二两三四五六七八九十百千万]+)"
)
_UNITS = {
    "square-metres": r"\s*(?:多|来)?(?:平方米|平方|平米|平|m2|m²|sqm|sq\.? ?m\b|square[ -]?met(?:er|re)s?)",
    "yuan": r"\s*(?:多|来)?(?:元|块|rmb|cny|yuan)",
}
_FIGURES = {unit: re.compile(f"(?:{_NUMBER}){behind}") for unit, behind in _UNITS.items()}
# "25万" of an investment is money without saying so.
_BARE_MONEY = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>万)|[¥￥$](?P<paid>\d[\d,]*(?:\.\d+)?)")
_SCALES = {None: 1, "千": 1_000, "k": 1_000, "thousand": 1_000, "万": 10_000, "百万": 1_000_000, "million": 1_000_000}
# What a person calls a body: the name ends in one of these.
_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:委员会|街道办|办事处|分局|支队|大队|公司|中心|法院|医院|学校|局|委|办|部|所|会|院))"
)
_BEFORE_NAME = re.compile(r"^(?:请问|那么?|问下?|咱们?区?的?|我们区?的?|北京市?|西城区?的?|市|区里的?|区)+")


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures held against limits that must all be reached: unit → figure given, those too low, those not given."""

    given: Mapping[str, float]
    below: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a body stands in a complete list: its name as the text has it, or as it was typed."""

    name: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many a list of the text names."""

    number: int


Finding = Limits | Membership | Count


def finding(part: Part, points: Iterable[Point], library: Library) -> Finding | None:
    """What follows from the first of the points that allows it, for what the part gives; None where nothing does."""
    for point in points:
        if point.limits and (given := figures(part.text)):
            return _limits(given, point)
        if "member-units" in point.about and (found := _membership(part, point, library)):
            return found
        if "count" in part.asks and "count" in point.tells:
            return Count(len(items(point.quote)))
    return None


def figures(folded: str) -> dict[str, float]:
    """The figures of money (yuan) and area (square-metres) in a folded text, by unit; the last of each."""
    found: dict[str, float] = {}
    for unit, pattern in _FIGURES.items():
        for match in pattern.finditer(folded):
            found[unit] = _value(match)
        folded = pattern.sub(" ", folded)
    if "yuan" not in found:
        for match in _BARE_MONEY.finditer(folded):
            found["yuan"] = _value(match)
    return found


def items(quote: str) -> list[str]:
    """The members of an enumeration, as they stand in it."""
    return quote.rpartition("：")[2].split("、")


def _value(match: re.Match[str]) -> float:
    said = match.groupdict()
    if said.get("han"):
        return han_value(said["han"])
    digits = said.get("digits") or said["paid"]
    return float(digits.replace(",", "")) * _SCALES[said.get("scale")]


def _limits(given: Mapping[str, float], point: Point) -> Limits:
    told = {unit: given[unit] for unit in point.limits if unit in given}
    below = tuple(unit for unit, figure in told.items() if figure < point.limits[unit])
    return Limits(told, below, tuple(unit for unit in point.limits if unit not in told))


def _membership(part: Part, point: Point, library: Library) -> Membership | None:
    if not {"whether", "eligible"} & set(part.asks):
        return None
    bodies = [concept for concept in part.concepts if concept in library.bodies and concept != "joint-meeting"]
    named = [library.bodies[concept] for concept in bodies]
    if named:
        body = named[-1]
        return Membership(body.name, any(body.name in item for item in items(point.quote)))
    if called := _BODY.search(part.text):
        name = _BEFORE_NAME.sub("", called[1])
        return Membership(name, any(name in item for item in items(point.quote))) if len(name) > 1 else None
    return None
