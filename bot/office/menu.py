"""The menu as the office asks about it: the policy's rows as items of a ballot, by their clauses' ids."""

from collections.abc import Mapping
from functools import cache

from ballots.menu import Item
from knowledge.documents import ItemClass
from knowledge.library import load


@cache
def items() -> Mapping[str, Item]:
    """Every row of the menu by its clause's id, in the table's order; basic ones among them, which nobody is asked
    about."""
    library = load()
    found = {}
    for clause in library.document.items:
        assert clause.item is not None, "a row of the menu is an item"
        plain = library.summaries[clause.id]
        found[clause.id] = Item(clause.id, clause.text, plain.zh, plain.en, clause.item.item_class is ItemClass.BASIC)
    return found


def called(id: str) -> str:
    """What an item is called where people read it: its id and the menu's words; an unknown one by its id alone."""
    item = items().get(id)
    return f"{id} {item.words}" if item else id
