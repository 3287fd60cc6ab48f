"""Wording: every sentence that the bot says, by language; zh.toml and en.toml are for the office to review.

`Wording` looks a sentence up by its dotted key ("silence.empty") and fills its {placeholders}.
"""

from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any

import rtoml

from knowledge.words import Language

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "Language", "Wording", "wording"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Each in its own words, whatever language is spoken at the moment: one must be able to find one's own.
LANGUAGE_NAMES: Mapping[Language, str] = {"zh": "中文", "en": "English"}


class Wording:
    """The sentences of one language."""

    def __init__(self, language: Language, table: Mapping[str, Any]) -> None:
        self.language = language
        self._sentences = dict(_flat(table))

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def __call__(self, key: str, **values: object) -> str:
        """The sentence under `key` with its placeholders filled; KeyError where there is none."""
        return self._sentences[key].format(**values)

    def keys(self) -> frozenset[str]:
        """Every key of this language."""
        return frozenset(self._sentences)

    def raw(self, key: str) -> str:
        """The sentence under `key` as it was written, placeholders and all."""
        return self._sentences[key]

    def listed(self, words: list[str]) -> str:
        """Words as a list in running text."""
        return ("、" if self.language == "zh" else ", ").join(words)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Mapping[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat


@cache
def wording(language: Language) -> Wording:
    """The wording of a language, read once in a process."""
    source = get_data("dialogs.wording", f"{language}.toml")
    assert source is not None  # only a loader that knows no files gives nothing
    return Wording(language, rtoml.loads(source.decode("utf-8")))
