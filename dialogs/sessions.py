"""Sessions: what a conversation remembers from one event to the next: ids, and of what a person wrote nothing but the
answers of a walk that is open, which go with its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.walks import Progress
from dialogs.wording import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Session:
    """`language` is that of the last reply; it follows each question's own until the person has `chosen` one.

    `heard_years`: whether it was told of the plan's years; `subjects`: concept ids that the last question was about;
    `buttons`: the taps under the last reply; `album`: the album that was last replied to; `walk`: how far it is in a
    dialog, or how the last one ended; `runs`: how many dialogs it has begun.
    """

    language: Language = "zh"
    chosen: bool = False
    heard_years: bool = False
    subjects: frozenset[str] = frozenset()
    buttons: tuple[str, ...] = ()
    album: str = ""
    walk: Progress | None = None
    runs: int = 0

    def dump(self) -> dict[str, Any]:
        """The session as values that JSON knows."""
        return {
            "language": self.language,
            "chosen": self.chosen,
            "heard_years": self.heard_years,
            "subjects": sorted(self.subjects),
            "buttons": list(self.buttons),
            "album": self.album,
            "walk": _dumped(self.walk) if self.walk else None,
            "runs": self.runs,
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
            walk=_progress(held.get("walk")),
            runs=runs if isinstance(runs := held.get("runs"), int) and runs >= 0 else 0,
        )


def _texts(kept: object) -> tuple[str, ...]:
    if isinstance(kept, list) and all(isinstance(text, str) for text in kept):
        return tuple(kept)
    return ()


def _dumped(walk: Progress) -> dict[str, Any]:
    return {
        "dialog": walk.dialog,
        "version": walk.version,
        "run": walk.run,
        "inputs": dict(walk.inputs),
        "answers": dict(walk.answers),
        "over": walk.over,
    }


def _progress(kept: object) -> Progress | None:
    match kept:
        case {
            "dialog": str(dialog),
            "version": int(version),
            "run": int(run),
            "inputs": Mapping() as inputs,
            "answers": Mapping() as answers,
            "over": bool(over),
        } if all(isinstance(word, str) for held in (inputs, answers) for pair in held.items() for word in pair):
            return Progress(dialog, version, run, dict(inputs), dict(answers), over)
    return None
