"""The bench: what a member of staff works on in chat: their compounds, and the ballots there. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ballots.ballot import State
from ballots.standing import Choice
from dialogs.names import Seated


@dataclass(frozen=True, slots=True)
class Form:
    """A paper form that waits for its second confirmer: the seat's number and whose it is, and what was entered, and
    why somebody objects, by the items' ids."""

    number: int
    seated: Seated
    choices: Mapping[str, Choice]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Round:
    """A ballot, with its compound's name. `due`: its close has come, and only the closing itself is left."""

    id: str
    compound: str
    title: str
    state: State
    opens: datetime
    closes: datetime
    due: bool


@dataclass(frozen=True, slots=True)
class Yard:
    """A compound with its ballots that are not at their end."""

    name: str
    rounds: tuple[Round, ...]
