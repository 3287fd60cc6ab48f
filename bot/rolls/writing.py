"""Writing: a roll as a file that reads back into the same roll, and templates to fill in. A `form` is one of KINDS."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ballots.roll import Kind, Roll, Unit
from bot.rolls.delimited import guarded
from bot.rolls.headings import TEMPLATE, Column
from bot.rolls.table import JOINED, UNNUMBERED
from bot.rolls.workbook import Table, Value, workbook

KINDS = ("csv", "xlsx")
_SHEET = "名册"
_NO_POSTS: Mapping[str, str] = {}
# What is to be filled in, column by column, with an example.
_HELP: Mapping[Column, tuple[str, str]] = {
    Column.BUILDING: ("必填，和楼上挂的一样 · as it is posted", "3号楼"),
    Column.STAIRWELL: ("必填；不分单元的写1单元 · write 1单元 where there is only one", "2单元"),
    Column.UNIT: ("必填 · the flat's number", "101"),
    Column.NAME: ("必填；共有人写在同一格，用顿号隔开 · co-owners in one cell, separated by 、", "张三、李四"),
    Column.AREA: ("平方米，最多两位小数 · in m², two decimals at most", "56.78"),
    Column.OWNER: ("可不填；编号相同的几行算一席 · rows with the same id are one seat", ""),
    Column.ORGANISATION: ("是或否；不填算否 · 是 for yes, 否 or nothing for no", "否"),
    Column.POST: ("可不填 · may be left empty", "主任"),
}


def template(kind: Kind, form: str) -> bytes:
    """An empty file to fill in; an XLSX tells on a second sheet how."""
    heads = TEMPLATE[kind]
    if form == "csv":
        return _csv([[*heads.values()]])
    told = [(called, *_HELP[column]) for column, called in heads.items()]
    how = Table("怎么填 how to", ("栏 column", "说明 what it is", "例 example"), told, 40)
    return workbook([Table(_SHEET, [*heads.values()], ()), how])


def export(roll: Roll, form: str, posts: Mapping[str, str] = _NO_POSTS) -> bytes:
    """A roll as a file."""
    columns = TEMPLATE[roll.kind]
    rows = ([row[column] for column in columns] for row in _rows(roll, posts))
    if form == "csv":
        return _csv([[*columns.values()], *([guarded(_plain(value)) for value in row] for row in rows)])
    return workbook([Table(_SHEET, [*columns.values()], rows)])


def _rows(roll: Roll, posts: Mapping[str, str]) -> Iterator[Mapping[Column, Value]]:
    for seat in roll.seats:
        for unit in seat.units or (None,):
            yield {
                Column.NAME: "、".join(seat.holders),
                Column.OWNER: _owner(seat.id, roll.kind),
                Column.ORGANISATION: "是" if seat.organisation else "",
                Column.POST: posts.get(seat.id, ""),
                **_place(unit, roll.kind),
            }


def _owner(id: str, kind: Kind) -> str:
    if kind is Kind.COMMITTEE:
        return id if not id.startswith(UNNUMBERED) else ""
    return id.removeprefix(JOINED) if id.startswith(JOINED) and id.count("/") < 2 else ""


def _place(unit: Unit | None, kind: Kind) -> Mapping[Column, Value]:
    if unit is None:
        return {Column.BUILDING: "", Column.STAIRWELL: "", Column.UNIT: "", Column.AREA: None}
    # Households need no area; nothing is written where none is known.
    area = Decimal(unit.area).scaleb(-2) if unit.area or kind is Kind.OWNERS else None
    return {
        Column.BUILDING: unit.building,
        Column.STAIRWELL: unit.stairwell,
        Column.UNIT: unit.unit,
        Column.AREA: area,
    }


def _plain(value: Value) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    # The mark at the beginning is how Excel knows that it is UTF-8.
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
