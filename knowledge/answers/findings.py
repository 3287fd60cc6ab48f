"""Findings: what follows from a point for the facts that a question gives: figures, a body's name, a count.

Nothing here is an opinion: a figure is held against the point's limit, a name against its list, a list is counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.answers.question import Part
from knowledge.documents import ItemClass
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
    r"([\u4e00-\u9fff]{1,12}?"
    r"(?:委员会|居委会|街道办|办事处|分局|支队|大队|公司|中心|法院|医院|学校"
    r"|局|委(?![会员])|办(?![公事])|部(?!门)|所(?!有)|会(?!议)|院))"
)
_BEFORE_NAME = re.compile(
    r"^(?:.*(?:里|有没有|是不是|在不在|包不包括|请问|问下?|那么?|这个|那个|[和跟与及、]))?"
    r"(?:咱们?区?的?|我们区?的?|西城区?的?|区里的?|区)*"
)
_NO_NAME = re.compile(r"所有|哪|什么|几|每|各|都|全部|单位")


_A_LITTLE = 0.01  # so much below a figure is below it, and in words still the figure
# Words that make a figure less than it says, before and behind it.
_UNDER_BEFORE = re.compile(
    r"(?:不到|不足|不满|未满|没到|少于|低于|小于|将近|接近|近|差点|under|below|less than|nearly|almost)\s*$"
)
_UNDER_BEHIND = re.compile(r"\s*(?:以下|以内|之内|之下|不到|or less|at most)")


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is the answer: of the rows of a class ("basic-class", "optional-class"), of those in "both" scopes,
    or of a body's "duties"; how many it has in all, however many are shown; the scope, if it is of one."""

    what: str
    total: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows the menu has: (class, scope or "") → number."""

    counted: Mapping[tuple[ItemClass, str], int]


Finding = Limits | Membership | Count | Listed | Tally


def finding(part: Part, text: str, points: Iterable[Point], library: Library) -> Finding | None:
    """What follows from the best of the points for what a part of a folded text gives; None where nothing does.

    Figures are taken from the whole text: "the works cost 290,000; do we need a permit?"
    """
    best = next(iter(points), None)
    if best and best.limits and (given := figures(text)):
        return _limits(given, best)
    if best and "member-units" in best.about and (found := _membership(part, best, library)):
        return found
    if best and "count" in part.asks and "count" in best.tells:
        return Count(len(items(best.quote)))
    return None


def figures(folded: str) -> dict[str, float]:
    """The figures of money (yuan) and area (square-metres) in a folded text, by unit: "不到30万" is a little less.

    Where a text gives several of a unit there is no telling which is meant: none of them counts.
    """
    found: dict[str, set[float]] = {"square-metres": {_value(match) for match in _AREA.finditer(folded)}}
    rest = _AREA.sub(lambda match: " " * len(match[0]), folded)
    for pattern in _MONEY:
        if sums := {_value(match) for match in pattern.finditer(rest)}:
            found["yuan"] = sums
            break
    return {unit: values.pop() for unit, values in found.items() if len(values) == 1}


def items(quote: str) -> list[str]:
    """The members of an enumeration, as they stand in it."""
    return quote.rpartition("：")[2].split("、")


def _value(match: re.Match[str]) -> float:
    if match["han"]:
        value = han_value(match["han"])
    else:
        value = float(match["digits"].replace(",", "")) * _SCALES[match["scale"] or ""]
    under = _UNDER_BEFORE.search(match.string[: match.start()]) or _UNDER_BEHIND.match(match.string, match.end())
    return value - _A_LITTLE if under else value


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
    whole = items(point.quote)
    listed, unlisted, own = [], [], ["联席会"]
    for body in bodies:
        own += (body.name, *body.zh)
        called = next((alias for alias in sorted(body.zh, key=len, reverse=True) if alias in part.text), body.name)
        if f"市{called}" in part.text and not body.name.startswith("市"):
            unlisted.append(f"市{called}")  # the city's own bureau is another one
        elif any(body.name in item for item in whole):
            listed.append(body.name)
        else:
            unlisted.append(called)
    for found in _BODY.finditer(part.text):
        name = _BEFORE_NAME.sub("", found[1])
        if len(name) > 1 and not _NO_NAME.search(name) and not any(word in name or name in word for word in own):
            (listed if any(name in item for item in whole) else unlisted).append(name)
    return Membership(tuple(listed), tuple(unlisted)) if listed or unlisted else None
