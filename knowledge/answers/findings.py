"""Findings: what follows from a point for the facts that a question gives: figures, a body's name, a count.

Nothing here is an opinion: a figure is held against the point's limit, a name against its list, a list is counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.answers.question import Part
from knowledge.library import Library, Point
from knowledge.library.numbers import han_value
from knowledge.words.spot import EXACT

_NUMBER = (
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>千万|百万|万|千|k(?![a-z])|thousand|million)?"
    r"|(?P<han>[一二两三四五六七八九十百千万零〇]+)"
)
_AREA = re.compile(
    f"(?:{_NUMBER})" + r"\s*[多来]?(?:平方米|平方|平米|平|m2|m²|sqm|sq\.? ?m(?![a-z])|square[ -]?met(?:er|re)s?)"
)
_MONEY = (
    re.compile(r"(?:[¥￥]|(?<![a-z])(?:rmb|cny))\s*" + f"(?:{_NUMBER})"),
    re.compile(f"(?:{_NUMBER})" + r"\s*[多来]?(?:元|块|rmb(?![a-z])|cny(?![a-z])|yuan)"),
    # "25万", "三十万" of an investment is money without saying so.
    re.compile(
        r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>千万|百万|万)|(?P<han>[一二两三四五六七八九十百千零〇]+万)"
    ),
)
_SCALES = {"": 1, "千": 1e3, "k": 1e3, "thousand": 1e3, "万": 1e4, "百万": 1e6, "million": 1e6, "千万": 1e7}
# What a person calls a body: the name ends in one of these.
_BODY = re.compile(
    r"([\u4e00-\u9fff]{1,12}?(?:委员会|街道办|办事处|分局|支队|大队|公司|中心|法院|医院|学校|局|委|办|部|所|会|院))"
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
    """Which bodies stand in a complete list and which do not: their names as the text has them, or as typed."""

    listed: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many a list of the text names."""

    number: int


Finding = Limits | Membership | Count


def finding(part: Part, text: str, points: Iterable[Point], library: Library) -> Finding | None:
    """What follows from the first of the points that allows it, for what a part of a folded text gives, or None.

    Figures are taken from the whole text: "the works cost 290,000; do we need a permit?"
    """
    for point in points:
        if point.limits and (given := figures(text)):
            return _limits(given, point)
        if "member-units" in point.about and (found := _membership(part, point, library)):
            return found
        if "count" in part.asks and "count" in point.tells:
            return Count(len(items(point.quote)))
    return None


def figures(folded: str) -> dict[str, float]:
    """The figures of money (yuan) and area (square-metres) in a folded text, by unit; the last of each."""
    found = {}
    if areas := [_value(match) for match in _AREA.finditer(folded)]:
        found["square-metres"] = areas[-1]
    rest = _AREA.sub(" ", folded)
    for pattern in _MONEY:
        if sums := [_value(match) for match in pattern.finditer(rest)]:
            found["yuan"] = sums[-1]
            break
    return found


def items(quote: str) -> list[str]:
    """The members of an enumeration, as they stand in it."""
    return quote.rpartition("：")[2].split("、")


def _value(match: re.Match[str]) -> float:
    if match["han"]:
        return han_value(match["han"])
    return float(match["digits"].replace(",", "")) * _SCALES[match["scale"] or ""]


def _limits(given: Mapping[str, float], point: Point) -> Limits:
    told = {unit: given[unit] for unit in point.limits if unit in given}
    below = tuple(unit for unit, figure in told.items() if figure < point.limits[unit])
    return Limits(told, below, tuple(unit for unit in point.limits if unit not in told))


def _membership(part: Part, point: Point, library: Library) -> Membership | None:
    if not {"whether", "eligible"} & set(part.asks):
        return None
    # A name that was only guessed at is another body's: 卫健委 is no 住建委.
    known = [concept for concept in part.named & library.bodies.keys() if part.concepts[concept] == EXACT]
    bodies = [library.bodies[concept] for concept in sorted(known) if concept != "joint-meeting"]
    called = [alias for body in bodies for alias in (body.name, *body.zh)]
    typed = [_BEFORE_NAME.sub("", found[1]) for found in _BODY.finditer(part.text)]
    own = (*called, "联席会")  # said already, whole or in part
    others = [name for name in typed if len(name) > 1 and not any(word in name or name in word for word in own)]
    names = [*(body.name for body in bodies), *others]
    whole = items(point.quote)
    listed = [name for name in names if any(name in item for item in whole)]
    unlisted = [name for name in names if name not in listed]
    return Membership(tuple(listed), tuple(unlisted)) if names else None
