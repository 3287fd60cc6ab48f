"""Taps: what a button says when it is tapped, in one short form that any channel can carry and bring back.

`ask:<followup>` asks a question of the library, `clause:<id>` shows a clause whole, `language:<zh|en>` chooses.
Whatever comes back is a stranger's word: `parse` knows it, or gives None.
"""

from dataclasses import dataclass

from dialogs.wording import LANGUAGES, Language
from knowledge.library import Library

LONGEST = 64  # bytes: what Telegram lets a button carry


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the question of this followup."""

    followup: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show this clause whole."""

    clause: str


@dataclass(frozen=True, slots=True)
class Speak:
    """Answer in this language from now on."""

    language: Language


def ask(followup: str) -> str:
    """What the button of a followup says."""
    return f"ask:{followup}"


def clause(id: str) -> str:
    """What the button of a clause says."""
    return f"clause:{id}"


def language(chosen: Language) -> str:
    """What the button of a language says."""
    return f"language:{chosen}"


def fits(data: str) -> bool:
    """Whether a button can carry this: some ASCII, and not too much of it."""
    return 0 < len(data) <= LONGEST and data.isascii()


def parse(data: str, library: Library) -> Ask | Show | Speak | None:
    """What a tap means, or None: not our form, or a followup, clause or language that is not (or no longer) there."""
    if not fits(data):
        return None
    form, _, said = data.partition(":")
    if form == "ask" and said in library.followups:
        return Ask(said)
    if form == "clause" and said in library.summaries:
        return Show(said)
    chosen = next((known for known in LANGUAGES if known == said), None)
    return Speak(chosen) if form == "language" and chosen else None
