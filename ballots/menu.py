"""What a ballot can be about: items of the policy's menu, as values, and how the law would class each of them.

The classes are suggestions, inferred from 民法典 art. 278: the street office confirms or changes each per ballot.
"""

from dataclasses import dataclass
from enum import StrEnum

from ballots.rules import Matter


class Counted(StrEnum):
    """Over which area an item is counted: each such area has a result of its own."""

    COMPOUND = "compound"
    BUILDING = "building"
    STAIRWELL = "stairwell"


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the menu, frozen: its clause's id, its very words, plain sentences, and whether it is basic (基础类).

    Basic items are done anyway; only optional ones (自选类) are asked about (二（二）).
    """

    id: str
    words: str
    zh: str
    en: str
    basic: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How an item would be classed and counted; `where_owners_pay` is its class where owners pay in, if another."""

    matter: Matter
    counted: Counted
    where_owners_pay: Matter | None = None


_REBUILDING = Matter.REBUILDING
ELEVATOR = "多层住宅楼房增设电梯等上下楼设施"
_SUGGESTED = {
    ELEVATOR: Suggestion(_REBUILDING, Counted.STAIRWELL),
    "楼体抗震加固增加阳台": Suggestion(_REBUILDING, Counted.BUILDING),
    "多层住宅楼房平改坡": Suggestion(_REBUILDING, Counted.BUILDING),
    "屋顶美化": Suggestion(Matter.OTHER, Counted.BUILDING, Matter.RAISING_FUND),
    "太阳能应用": Suggestion(_REBUILDING, Counted.BUILDING),
    "增建养老服务设施和社区综合服务设施": Suggestion(_REBUILDING, Counted.COMPOUND),
    "补建停车位及电动汽车充电设施": Suggestion(Matter.SHARED_PARTS, Counted.COMPOUND),
    "完善小区信息基础设施和技术装备": Suggestion(Matter.OTHER, Counted.COMPOUND, Matter.RAISING_FUND),
}


def suggested(item: Item) -> Suggestion:
    """How the law would class an item and over what it would be counted; of an unknown one the stricter."""
    return _SUGGESTED.get(item.words, Suggestion(_REBUILDING, Counted.COMPOUND))
