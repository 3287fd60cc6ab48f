"""Documents: a Chinese government paper in plain text → its clauses and items, each with its exact place.

`read(text)` gives a frozen Document; its clauses and the gaps between them join to the text again.
"""

from knowledge.documents.document import Clause, ClauseKind, Document, Heading, Item, ItemClass
from knowledge.documents.reader import read

__all__ = ["Clause", "ClauseKind", "Document", "Heading", "Item", "ItemClass", "read"]
