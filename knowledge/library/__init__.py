"""The library: the policy verbatim, and what people wrote about it beside it, in TOML that anyone can edit.

clauses.toml and menu.toml hold the plain sentences, bodies.toml who is who, words.toml lay words, asks.toml kinds of
question, followups.toml what to ask next, terms.toml the glossary. `load()` gives it all as one Library.
"""

from knowledge.library.entries import Ask, Body, Concept, Followup, Point
from knowledge.library.loading import CLASS_CONCEPTS, SCOPE_CONCEPTS, Library, load

__all__ = ["CLASS_CONCEPTS", "SCOPE_CONCEPTS", "Ask", "Body", "Concept", "Followup", "Library", "Point", "load"]
