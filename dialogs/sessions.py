"""Sessions: what a conversation remembers from one event to the next. Ids only, never what a person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.wording import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Session:
    """`language` is that of the last reply; it follows each question's own until the person has `chosen` one.

    `heard_years`: whether it was told of the plan's years; `subjects`: concept ids that the last question was about;
    `buttons`: the taps under the last reply; `album`: the album that was last replied to.
    """

    language: Language = "zh"
    chosen: bool = False
    heard_years: bool = False
    subjects: frozenset[str] = frozenset()
    buttons: tuple[str, ...] = ()
    album: str = ""

    def dump(self) -> dict[str, Any]:
        """The session as values that JSON knows."""
        return {
            "language": self.language,
            "chosen": self.chosen,
            "heard_years": self.heard_years,
            "subjects": sorted(self.subjects),
            "buttons": list(self.buttons),
            "album": self.album,
        }

    @classmethod
    def load(cls, kept: object) -> "Session":
        """The session that was dumped. An older or newer version may have done it: what does not fit is left out."""
        held = kept if isinstance(kept, Mapping) else {}
        album = held.get("album")
        return cls(
            language=next((language for language in LANGUAGES if language == held.get("language")), "zh"),
            chosen=held.get("chosen") is True,
            heard_years=held.get("heard_years") is True,
            subjects=frozenset(_texts(held.get("subjects"))),
            buttons=_texts(held.get("buttons")),
            album=album if isinstance(album, str) else "",
        )


def _texts(kept: object) -> tuple[str, ...]:
    if isinstance(kept, list) and all(isinstance(text, str) for text in kept):
        return tuple(kept)
    return ()
