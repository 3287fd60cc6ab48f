"""Headings: which column of a file is what, by its name in Chinese or English. What is unknown is left aside."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ballots.roll import Kind
from bot.rolls.faults import Cell


class Column(StrEnum):
    """What a column can hold."""

    BUILDING = "building"
    STAIRWELL = "stairwell"
    UNIT = "unit"
    NAME = "name"
    AREA = "area"
    OWNER = "owner-id"  # seats of several units: rows with the same id are one
    ORGANISATION = "organisation"
    POST = "post"  # of a member of a committee


PLACE = (Column.BUILDING, Column.STAIRWELL, Column.UNIT)
NEEDED: Mapping[Kind, tuple[Column, ...]] = {
    Kind.OWNERS: (*PLACE, Column.NAME, Column.AREA),
    Kind.HOUSEHOLDS: (*PLACE, Column.NAME),
    Kind.COMMITTEE: (Column.NAME,),
}
# As they stand in a template, from left to right; each is understood when it comes back.
TEMPLATE: Mapping[Kind, Mapping[Column, str]] = {
    Kind.OWNERS: {
        Column.BUILDING: "楼号",
        Column.STAIRWELL: "单元",
        Column.UNIT: "房号",
        Column.NAME: "业主",
        Column.AREA: "建筑面积",
        Column.OWNER: "业主编号",
        Column.ORGANISATION: "单位业主",
    },
    Kind.HOUSEHOLDS: {
        Column.BUILDING: "楼号",
        Column.STAIRWELL: "单元",
        Column.UNIT: "房号",
        Column.NAME: "户主",
        Column.AREA: "面积",
        Column.OWNER: "户主编号",
        Column.ORGANISATION: "单位承租",
    },
    Kind.COMMITTEE: {
        Column.NAME: "委员",
        Column.POST: "职务",
        Column.OWNER: "委员编号",
        Column.BUILDING: "楼号",
        Column.STAIRWELL: "单元",
        Column.UNIT: "房号",
    },
}
_NAMES: Mapping[Column, str] = {
    Column.BUILDING: "楼号 楼 楼栋 楼栋号 楼幢 楼座 座号 栋 栋号 幢 幢号 building buildingno block",
    Column.STAIRWELL: "单元 单元号 楼门 楼门号 门栋 stairwell entrance staircase gate",
    Column.UNIT: "房号 房间号 房间 室 室号 户号 门牌 门牌号 房屋号 unit unitno flat flatno apartment room roomno door",
    Column.NAME: "姓名 名字 name names",
    Column.AREA: "面积 建筑面积 产权面积 房屋面积 专有面积 专有部分面积 area floorarea buildingarea",
    Column.ORGANISATION: "单位业主 单位产权 单位承租 是否单位 是否单位业主 组织 是否组织 organisation "
    "organization company",
    Column.POST: "职务 职位 post position role",
}
_OWN: Mapping[Kind, Mapping[Column, str]] = {
    Kind.OWNERS: {
        Column.NAME: "业主 业主姓名 业主名称 产权人 产权人姓名 所有权人 权利人 共有人 共有产权人 "
        "owner owners ownername coowner coowners",
        Column.OWNER: "业主编号 业主代码 业主id 产权人编号 权利人编号 ownerid ownerno ownergroup",
    },
    Kind.HOUSEHOLDS: {
        Column.NAME: "户主 户主姓名 承租人 承租人姓名 住户 住户姓名 业主 业主姓名 产权人 tenant tenants tenantname "
        "householder household headofhousehold owner",
        Column.OWNER: "户主编号 住户编号 承租人编号 业主编号 产权人编号 householdid householderid tenantid ownerid",
    },
    Kind.COMMITTEE: {
        Column.NAME: "委员 委员姓名 成员 成员姓名 member members membername committeemember",
        Column.OWNER: "委员编号 成员编号 席位编号 memberid memberno seatid",
    },
}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_BETWEEN = re.compile(r"[\s_\-·.:*#/、]+")
_UNIT = re.compile(r"(?:m2|平方米|平米)$")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: where each column stands (a name may have several, for co-owners), what each was called
    in the file, which headings are unknown, and which stand there twice."""

    at: Mapping[Column, tuple[int, ...]]
    called: Mapping[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]

    def missing(self, kind: Kind) -> list[Column]:
        """The columns that a roll needs and this table lacks."""
        return [column for column in NEEDED[kind] if column not in self.at]


def headings(cells: Sequence[Cell], kind: Kind) -> Headings:
    """What the cells of a row are, taken as headings."""
    known, at = _known(kind), dict[Column, list[int]]()
    called, unknown, doubled = dict[int, str](), list[str](), list[str]()
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not (word := " ".join(cell.split())):
            continue
        column = known.get(_folded(word))
        if column is None:
            unknown.append(word)
        elif column in at and column is not Column.NAME:
            doubled.append(word)
        else:
            at.setdefault(column, []).append(place)
            called[place] = word
    places = {column: tuple(found) for column, found in at.items()}
    return Headings(places, called, tuple(unknown), tuple(doubled))


def _known(kind: Kind) -> dict[str, Column]:
    tables = (_NAMES, _OWN[kind])
    known = {word: column for table in tables for column, words in table.items() for word in words.split()}
    allowed = TEMPLATE[kind]
    return {word: column for word, column in known.items() if column in allowed}


def _folded(word: str) -> str:
    """A heading without what offices write beside it: "*建筑面积（㎡）" is 建筑面积, 共有人2 is 共有人, "Owner ID" is
    ownerid."""
    folded = unicodedata.normalize("NFKC", word).lower()
    bare = _BETWEEN.sub("", _BRACKETS.sub("", folded)) or _BETWEEN.sub("", folded)
    return _UNIT.sub("", bare).rstrip("0123456789") or bare
