"""Tables in plain text: what their forms look like, and the rows and menu items that they hold.

Four forms are read: cells beside each other with tabs between them; one cell a line behind a tab, rows between blank
lines; the same without tabs, where merged cells are missing; and a menu without any blank lines, told by its classes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.documents.document import Heading, Item, ItemClass
from knowledge.documents.lines import Line, squeeze, strip
from knowledge.documents.numbering import marker

# A line with more cells than this is no row of a table that a person reads.
_WIDEST = 20
_LONGEST_RECORD = 2 * _WIDEST
_GROUP_HEADER = re.compile("(?:范围|类别|类型|大类|领域|方面)$")
_HEADER = re.compile(
    "(?:范围|类别|类型|内容|序号|项目|事项|单位|部门|名称|任务|措施|时限|期限|标准|备注|方式|要求|依据|编号|要点|目标|时间)$"
)
_CLASSES = frozenset(ItemClass)


class Cell(NamedTuple):
    """The place of a cell in the text, and its words without white space."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table by rows; a header is "" where there is none, a cell None where it is blank or merged."""

    headers: list[str]
    rows: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row to cite: its own cells' place, all its cells by header, the groups that it stands in, its menu item."""

    start: int
    end: int
    cells: tuple[tuple[str, str], ...]
    groups: tuple[Heading, ...]
    item: Item | None


def table_at(lines: Sequence[Line], index: int) -> tuple[Table, int] | None:
    """Return the table that begins with the line of this index and the index behind it, None if none does."""
    if "\t" in lines[index].raw:
        is_first = not index or lines[index].after_blank or not lines[index - 1].raw.startswith("\t")
        return _beside(lines, index) or (_tabbed(lines, index) if is_first else None)
    headers = _headers(lines, index)
    return (_spaced(lines, index, headers) or _unspaced(lines, index, headers)) if headers else None


def rows(table: Table) -> Iterator[Row]:
    """Yield the rows of a table; the cells that group several rows are handed down to each of them."""
    groups, class_column = _group_columns(table)
    scopes = [column for column in groups if class_column is not None and column < class_column]
    current: dict[int, Cell] = {}
    number = 0
    for row in table.rows:
        current.update({column: cell for column, cell in enumerate(row) if column in groups and cell})
        own = [cell for column, cell in enumerate(row) if cell and column not in groups] or [c for c in row if c]
        if not own:
            continue
        item = None
        if class_column is not None and class_column in current:
            number += 1
            scope = current[scopes[-1]].text if scopes and scopes[-1] in current else ""
            item = Item(number, scope, ItemClass(current[class_column].text))
        full = [current.get(column, cell) for column, cell in enumerate(row)]
        yield Row(
            own[0].start,
            own[-1].end,
            tuple((header, cell.text if cell else "") for header, cell in zip(table.headers, full, strict=True)),
            tuple(Heading(table.headers[column], current[column].text) for column in groups if column in current),
            item,
        )


def _group_columns(table: Table) -> tuple[list[int], int | None]:
    """Return the columns that group rows, and the one of them that holds the classes (None if this is no menu)."""
    columns = [[row[column] for row in table.rows] for column in range(len(table.headers))]
    class_column = next((place for place, cells in enumerate(columns) if _holds_classes(cells)), None)
    groups: list[int] = []
    leads = True
    for place, (header, cells) in enumerate(zip(table.headers, columns, strict=True)):
        words = [cell.text for cell in cells if cell]
        # Cells are merged with those above from the left on; a blank further right is just blank.
        leads = leads and bool(cells[0]) and len(words) < len(cells)
        names_group = bool(words) and bool(_GROUP_HEADER.search(header))
        shared = names_group and (class_column is not None or len(set(words)) < len(words))
        if place == class_column or (place < len(columns) - 1 and (leads or shared)):
            groups.append(place)
    return groups, class_column


def _holds_classes(cells: list[Cell | None]) -> bool:
    return any(cells) and all(cell.text in _CLASSES for cell in cells if cell)


def _cell(lines: Sequence[Line]) -> Cell | None:
    """Return the cell that these lines make up."""
    full = [line for line in lines if line.text]
    words = squeeze("\n".join(line.text for line in full))
    return Cell(full[0].start, full[-1].end, words) if full else None


def _blank(count: int) -> list[Cell | None]:
    """Return the cells in front of a row that are merged with those above."""
    return [None] * count


def _is_plain(line: Line) -> bool:
    """Say whether a line may be a cell: no sentence, no numbered section, none of the lines around a body."""
    text = line.text
    if not text or len(text) > 120 or text[-1] in "。：:；;" or text.startswith(("抄送", "抄报", "附件")):
        return False
    return marker(text) is None


def _table(grid: list[list[Cell | None]]) -> Table | None:
    """Return the table of these cells; its first row is the header if each of its cells is short and says something."""
    if len(grid) < 2:
        return None
    used = sorted({column for row in grid for column, cell in enumerate(row) if cell})
    grid = [[row[column] if column < len(row) else None for column in used] for row in grid]
    first = grid[0]
    if all(cell and len(cell.text) <= 20 and cell.text not in _CLASSES for cell in first):
        return Table([cell.text for cell in first if cell], grid[1:])
    return Table([""] * len(used), grid)


def _beside(lines: Sequence[Line], index: int) -> tuple[Table, int] | None:
    """Read a table with its cells beside each other."""
    if "\t" not in lines[index].text:
        return None
    grid, stop = [], index
    while stop < len(lines) and (row := _tab_row(lines[stop])):
        grid.append(row)
        stop += 1
    table = _table(grid)
    return (table, stop) if table else None


def _tab_row(line: Line) -> list[Cell | None] | None:
    parts = line.raw.split("\t", _WIDEST + 1)
    if not line.text or line.text.startswith("抄送") or not 2 <= len(parts) <= _WIDEST:
        return None
    # "1.", a tab, a sentence: a numbered paragraph, not a row.
    if len(parts) == 2 and (found := marker(parts[0].strip())) and not found.rest:
        return None
    row: list[Cell | None] = []
    place = line.origin
    for part in parts:
        start, end = strip(part, 0, len(part))
        row.append(Cell(place + start, place + end, squeeze(part)) if start < end else None)
        place += len(part) + 1
    return row


def _records(lines: Sequence[Line], index: int) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines, from this line on, until one is too long for a row."""
    record: list[Line] = []
    for place in range(index, len(lines)):
        if record and lines[place].after_blank:
            yield record
            record = []
        record.append(lines[place])
        if len(record) > _LONGEST_RECORD:
            return
    if record:
        yield record


def _tabbed(lines: Sequence[Line], index: int) -> tuple[Table, int] | None:
    """Read a table of one cell a line behind a tab; a line without a tab goes on with the cell above it."""
    grid: list[list[Cell | None]] = []
    width, stop = 0, index
    for record in _records(lines, index):
        if not record[0].raw.startswith("\t") or any("\t" in line.text for line in record):
            break
        starts = [place for place, line in enumerate(record) if line.raw.startswith("\t")]
        cells = [_cell(record[a:b]) for a, b in zip(starts, [*starts[1:], len(record)], strict=True)]
        width = width or len(cells)
        is_header = not grid
        if not 2 <= width <= _WIDEST or len(cells) > width:
            break
        # Indented paragraphs look much the same; a table says so by short headings over its columns.
        if is_header and not all(cell and len(cell.text) <= 12 and _is_plain(record[0]) for cell in cells):
            break
        grid.append([*_blank(width - len(cells)), *cells])
        stop += len(record)
    table = _table(grid)
    return (table, stop) if table else None


def _headers(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the lines from here on that head columns, if they are at least two."""
    found: list[Line] = []
    for line in lines[index : index + _WIDEST]:
        if len(line.text) > 12 or "\t" in line.raw or not _HEADER.search(line.text) or (found and line.after_blank):
            break
        found.append(line)
    return found if len(found) >= 2 else []


def _spaced(lines: Sequence[Line], index: int, headers: list[Line]) -> tuple[Table, int] | None:
    """Read a table of one cell a line, rows between blank lines, the merged cells in front left out."""
    width, stop = len(headers), index
    grid: list[list[Cell | None]] = []
    for record in _records(lines, index):
        too_long = len(record) > width or (len(grid) < 2 and len(record) != width)
        if too_long or not all(_is_plain(line) for line in record):
            break
        grid.append([*_blank(width - len(record)), *(_cell([line]) for line in record)])
        stop += len(record)
    table = _table(grid)
    return (table, stop) if table else None


def _unspaced(lines: Sequence[Line], index: int, headers: list[Line]) -> tuple[Table, int] | None:
    """Read a menu of one cell a line without blank lines: a class that its scope has had already opens a new scope."""
    has_scope, first = len(headers) >= 3, index + len(headers)
    if first + 2 >= len(lines) or lines[first + has_scope].text not in _CLASSES:
        return None
    stop = first
    while stop < len(lines) and _is_plain(lines[stop]) and not (stop > first and lines[stop].after_blank):
        stop += 1
    body = lines[first:stop]
    grid: list[list[Cell | None]] = [[_cell([line]) for line in headers[-3:]]]
    scope = item_class = None
    seen: set[str] = set()
    for place, line in enumerate(body):
        follower = body[place + 1].text if place + 1 < len(body) else ""
        if line.text in _CLASSES:
            item_class = _cell([line])
            seen.add(line.text)
        elif has_scope and follower in _CLASSES and (follower in seen or not place):
            scope = _cell([line])
            seen = set()
        else:
            grid.append([*([scope] if has_scope else []), item_class, _cell([line])])
            scope = item_class = None
    table = _table(grid)
    return (table, stop) if table else None
