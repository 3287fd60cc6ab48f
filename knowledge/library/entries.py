"""The values of the library: what people wrote about the policy, entry by entry, as the TOML files hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ConceptKind = Literal["thing", "act", "condition", "money", "paper", "elsewhere", "body"]

Says = Literal["much", "little", "nothing"]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a clause says: its very words and a plain sentence for them.

    `clause` is the clause's id, `start` and `end` are offsets of `quote` in the document's text. `about` and
    `mentions` are concept ids (mainly, in passing), `tells` ask ids, `by` and `with_` body ids (whose duty it is,
    who takes part), `next` follow-up ids. `limits` are figures that must all be reached for the point to hold
    (unit "yuan" or "square-metres" → least figure).
    """

    clause: str
    quote: str
    start: int
    end: int
    zh: str
    en: str
    about: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict, hash=False)

    def plain(self, language: str) -> str:
        """The plain sentence in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Concept:
    """What lay words mean: an id, its kind, the words in both languages, and how much they say about a question."""

    id: str
    kind: ConceptKind
    zh: tuple[str, ...]
    en: tuple[str, ...]
    says: Says = "much"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the policy names: `name` as in the text; aliases; whether the text lists it as a member unit."""

    id: str
    name: str
    english: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    member: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A kind of question. A strict one is answered only by a point that `tells` it.

    `alone` is the concept that is meant where nothing but the ask is said ("who decides?"), or "".
    """

    id: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    strict: bool = False
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Followup:
    """A question offered under an answer: a button's label and the full question, in both languages."""

    id: str
    zh: str
    en: str
    zh_ask: str
    en_ask: str


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: what it stands for in both languages, the numbers it allows, and its source."""

    zh: str
    en: str
    source: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge of the text and the words that keep it in a plain sentence."""

    zh: tuple[str, ...] = field(default=())
    en: tuple[str, ...] = field(default=())
