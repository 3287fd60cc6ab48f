"""The pass over a paper: from top to bottom, each line becomes a clause, or a heading and so a gap."""

import re
from collections.abc import Sequence
from functools import partial

from knowledge.documents import front, tables
from knowledge.documents.document import Clause, ClauseKind, Heading
from knowledge.documents.lines import Line, squeeze, strip
from knowledge.documents.numbering import NUMERAL, Level, Marker, marker
from knowledge.documents.outline import Names, Node, Outline
from knowledge.documents.tables import Table

_ATTACHMENT = re.compile(rf"(附件\s{{0,2}}{NUMERAL}{{0,3}})(?:[：:]?$|\s+(?=\S))")
_ATTACHED = re.compile(rf"附件\s{{0,2}}{NUMERAL}{{0,3}}\s{{0,2}}[：:]\s*\S")
_RUN_IN = re.compile(r"([^。；：！？;!?:]{1,25})。\s*\S")
_LONGEST_HEADING = 40


class Reading:
    """One pass over the blocks of a text."""

    def __init__(self, text: str, blocks: Sequence[Line | Table]) -> None:
        self._text = text
        self._blocks = blocks
        self._markers = [marker(block.text) if isinstance(block, Line) else None for block in blocks]
        self._signatures = front.signatures([block if isinstance(block, Line) else None for block in blocks])
        self._sections_end = self._last_section()
        self._names = Names()
        self._outline = Outline()
        self._found: list[tuple[partial[Clause], Node | None]] = []
        self._tables = {"menu": 0, "table": 0}
        # A title stands at the head of a paper, and again below the notice that passes it on.
        self._awaits_title = True
        self._attached_at = -2

    def clauses(self) -> tuple[Clause, ...]:
        """Read all blocks and return their clauses."""
        index = 0
        while index < len(self._blocks):
            block = self._blocks[index]
            if isinstance(block, Table):
                self._table(block)
                index += 1
            elif front.is_copies(block.text):
                self._copies(block)
                break
            else:
                index += self._line(index, block)
        # Only now is it known which paragraphs stand alone under their heading.
        return tuple(make(alone=node is None or node.paragraphs == 1) for make, node in self._found)

    def _last_section(self) -> int:
        """Return the index of the last numbered line before the attachments, -1 if the paper has no sections."""
        last = -1
        for index, block in enumerate(self._blocks):
            if isinstance(block, Line) and (_ATTACHED.match(block.text) or _ATTACHMENT.match(block.text)):
                break
            if self._markers[index]:
                last = index
        return last

    def _line(self, index: int, line: Line) -> int:
        """Read the block of this index, a line; return how many blocks that took."""
        if attachment := self._attachment(index, line):
            return attachment
        if found := self._markers[index]:
            self._section(index, line, found)
            return 1
        in_front = self._outline.at_top and not self._outline.in_attachment
        if in_front and (count := self._front(index, line)):
            return count
        if self._closing(index, line):
            return 1
        if in_front and front.is_approval(line.text):
            self._add(ClauseKind.FRONT, "approval", line)
            self._awaits_title = True
            return 1
        self._outline.leave_items()
        self._paragraph(line, is_preamble=in_front and index < self._sections_end)
        return 1

    def _front(self, index: int, line: Line) -> int:
        """Read a line of the head, or a title of several; return how many blocks that took, 0 if it is none."""
        if labelled := front.label(line):
            kind, value = labelled
            self._add(kind, "note" if kind is ClauseKind.FRONT else kind.value, value)
        elif front.is_number(line.text):
            self._add(ClauseKind.NUMBER, "number", line)
        elif front.is_issuer(line.text) and self._awaits_title:
            self._add(ClauseKind.ISSUER, "issuer", line)
        elif front.is_adoption(line.text):
            self._add(ClauseKind.FRONT, "note", line)
        elif self._awaits_title and (count := self._title(index)):
            last = self._blocks[index + count - 1]
            assert isinstance(last, Line)  # a title is looked for in lines only
            self._add(ClauseKind.TITLE, "title", line, last)
            self._awaits_title = False
            return count
        elif self._names.is_free("addressees") and front.is_addressees(line.text):
            self._add(ClauseKind.ADDRESSEES, "addressees", line)
        else:
            return 0
        return 1

    def _title(self, index: int) -> int:
        """Return how many lines from here on are a title; below a first title, those that sign are none."""
        following = []
        for place in range(index, min(index + front.LONGEST_TITLE, len(self._blocks))):
            block = self._blocks[place]
            if not isinstance(block, Line) or (place in self._signatures and not self._names.is_free("title")):
                break
            following.append(block)
        return front.title_end(following)

    def _closing(self, index: int, line: Line) -> bool:
        """Read a line that ends a paper: signature, date, note, imprint; return whether it is one."""
        if index in self._signatures:
            self._add(ClauseKind.ISSUER, "signature", line)
        elif front.is_date(line.text):
            self._add(ClauseKind.DATE, "date", line)
            self._outline.close()
            self._awaits_title = not self._outline.in_attachment
        elif front.is_note(line.text):
            self._add(ClauseKind.FRONT, "note", line)
        elif front.is_imprint(line.text):
            self._add(ClauseKind.FRONT, "imprint", line)
        else:
            return False
        return True

    def _attachment(self, index: int, line: Line) -> int:
        """Read a line that lists an attachment or opens one; return how many blocks that took, 0 if it is neither."""
        opening = _ATTACHMENT.match(line.text)
        if self._lists_attachment(index, line.text, is_lead=bool(opening)):
            self._add(ClauseKind.ATTACHMENT, "attachment", line)
            self._attached_at = index
            return 1
        if not opening or not _is_heading(title := line.text[opening.end() :]):
            return 0
        caption = "" if title else self._caption(index + 1)
        self._outline.attach(Heading(opening[1].strip(), squeeze(title or caption)))
        self._awaits_title = False
        return 2 if caption else 1

    def _lists_attachment(self, index: int, text: str, is_lead: bool) -> bool:
        """Say whether a line is "附件：…", "附件：" over a numbered list, or one more line of such a list."""
        found = self._markers[index]
        if found:
            return index == self._attached_at + 1 and _is_heading(found.rest)
        below = self._markers[index + 1] if index + 1 < len(self._blocks) else None
        over_list = is_lead and text[-1] in "：:" and below is not None and below.level is Level.THIRD
        return over_list or bool(_ATTACHED.match(text))

    def _caption(self, index: int) -> str:
        """Return the title that stands on the line below the word 附件, "" if there is none."""
        block = self._blocks[index] if index < len(self._blocks) else None
        if not isinstance(block, Line) or index in self._signatures or not front.is_bare(block.text):
            return ""
        return "" if front.is_date(block.text) or front.is_note(block.text) else block.text

    def _section(self, index: int, line: Line, found: Marker) -> None:
        """Read a numbered line: a heading if it is short and something stands below it, otherwise a clause."""
        self._awaits_title = False
        if _is_heading(found.rest) and self._holds(index, found.level):
            self._outline.enter(found, squeeze(found.rest))
            return
        run_in = _RUN_IN.match(found.rest) if found.level is not Level.ARTICLE else None
        self._outline.enter(found, "")
        if run_in and not self._outline.here.is_article_item:
            self._outline.name(run_in[1])
        self._paragraph(line)

    def _holds(self, index: int, level: Level) -> bool:
        """Say whether the section that begins here goes on below its first line."""
        if index + 1 == len(self._blocks):
            return False
        below = self._blocks[index + 1]
        if isinstance(below, Table):
            return True
        if found := self._markers[index + 1]:
            return found.level > level
        around = front.is_date(below.text) or front.is_note(below.text) or front.is_copies(below.text)
        return not (around or index + 1 in self._signatures or below.text.startswith("附件"))

    def _paragraph(self, line: Line, is_preamble: bool = False) -> None:
        self._awaits_title = False
        node = self._outline.here
        node.paragraphs += 1
        count = node.paragraphs
        if is_preamble:
            self._add(ClauseKind.PREAMBLE, "preamble" if count == 1 else f"preamble-{count}", line, node=node)
        elif node.is_article_item and count == 1:
            self._add(ClauseKind.PARAGRAPH, node.key, line, node=node)
        else:
            name = f"{node.key}p{count}" if node.level is None else f"{node.key}-p{count}"
            self._add(ClauseKind.PARAGRAPH, name, line, node=node)

    def _add(self, kind: ClauseKind, name: str, line: Line, last: Line | None = None, node: Node | None = None) -> None:
        clause_id = self._names.give(name, "_" if node else "-")
        breadcrumb = node.breadcrumb if node else ()
        start, end = line.start, (last or line).end
        paragraph = node.paragraphs if node else None
        make = partial(Clause, clause_id, kind, breadcrumb, start, end, self._text[start:end], paragraph)
        self._found.append((make, node))

    def _table(self, table: Table) -> None:
        rows = list(tables.rows(table))
        stem = "menu" if any(row.item for row in rows) else "table"
        self._tables[stem] += 1
        if self._tables[stem] > 1:
            stem += str(self._tables[stem])
        above = self._outline.here.breadcrumb
        for count, row in enumerate(rows, 1):
            clause_id = self._names.give(f"{stem}-{row.item.number if row.item else count}")
            breadcrumb, text = (*above, *row.groups), self._text[row.start : row.end]
            place = (row.start, row.end, text, count)
            self._found.append(
                (partial(Clause, clause_id, ClauseKind.ROW, breadcrumb, *place, row.item, row.cells), None)
            )

    def _copies(self, line: Line) -> None:
        start, end = strip(self._text, line.start, len(self._text))
        text = self._text[start:end]
        name, cut_off = self._names.give("copies"), front.is_cut_off(text)
        self._found.append((partial(Clause, name, ClauseKind.COPIES, (), start, end, text, cut_off=cut_off), None))


def _is_heading(rest: str) -> bool:
    """Say whether what follows a marker is short and no sentence."""
    return len(rest) <= _LONGEST_HEADING and not (rest and rest[-1] in "。；：，、！？.;:,!?…")
