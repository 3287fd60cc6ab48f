"""The reader: a text → its lines → its tables and lines → its clauses → the Document."""

from collections.abc import Sequence

from knowledge.documents import front, lines, tables
from knowledge.documents.body import Reading
from knowledge.documents.document import Document
from knowledge.documents.lines import Line
from knowledge.documents.tables import Table


def read(text: str) -> Document:
    """Read a paper into its clauses; whatever is no clause stays a gap, so that nothing is lost.

    Any text that is not blank is read, however odd; a blank one is a ValueError.
    """
    found = lines.split(text)
    if not any(line.text for line in found):
        raise ValueError("The text is blank: there is no paper to read.")
    clauses = Reading(text, _blocks(found)).clauses()
    title = front.title_of(clauses)
    return Document(
        text=text,
        title=title,
        issuer=front.issuer_of(clauses),
        number=front.number_of(clauses),
        date=front.date_of(clauses),
        years=front.years_of(title),
        trial="试行" in title,
        clauses=clauses,
    )


def _blocks(found: Sequence[Line]) -> list[Line | Table]:
    """Return the lines and the tables of a text, in order."""
    blocks: list[Line | Table] = []
    index = 0
    while index < len(found):
        if table := tables.table_at(found, index):
            blocks.append(table[0])
            index = table[1]
            continue
        if found[index].text:
            blocks.extend(front.divide(found[index]))
        index += 1
    return blocks
