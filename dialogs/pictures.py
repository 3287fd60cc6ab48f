"""Pictures that a reply means: by ids alone. Whoever shows one draws it; the text beside it says all by itself."""

from dataclasses import dataclass

from dialogs.wording import Language


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a ballot's result (the ballot's id), with its words in a language."""

    ballot: str
    language: Language
