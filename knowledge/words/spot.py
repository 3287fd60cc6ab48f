"""A spot: a word of a vocabulary found in a text, and how sure that is."""

from dataclasses import dataclass

EXACT, SOUND, SLIP = 1.0, 0.8, 0.75


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of the vocabulary in a text: its key, the word, where it stands there, and how sure (0–1]."""

    key: str
    word: str
    start: int
    end: int
    strength: float = EXACT
