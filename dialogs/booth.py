"""The booth: what whoever has a seat sees of a ballot: the seat, the ballot, what it has chosen. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass

from ballots.ballot import Ballot
from ballots.ledger import Head
from ballots.outcomes import Refused
from ballots.standing import By, Choice, Standing
from dialogs.names import Seated


@dataclass(frozen=True, slots=True)
class Booth:
    """A seat in a ballot that was opened, for whoever may choose for it.

    `asked` are the ids of the items that the seat is asked about, in the ballot's order, and `corrected` tells how
    often an item was corrected since the opening. `by`: whether they choose for themselves or, by written word, for
    somebody else. `refused` is why nothing can be chosen now, `due` that only the closing itself is left. `receipt`
    belongs to what the seat has chosen, "" where nothing counts.
    """

    seated: Seated
    ballot: Ballot
    standing: Standing
    asked: tuple[str, ...]
    corrected: Mapping[str, int]
    by: By
    refused: Refused | None
    due: bool
    receipt: str

    @property
    def number(self) -> int:
        """The seat's number in the ballot."""
        return self.standing.number

    @property
    def chosen(self) -> bool:
        """Whether something that was chosen for the seat counts."""
        return self.standing.by is not By.NOBODY


@dataclass(frozen=True, slots=True)
class Damaged:
    """A ballot's ledger is not as it was written: nothing that follows from it can be told."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a recount of a ballot's public list finds of a seat: the list's head, with how many lines it has; the seat's
    own line (0: none), and the choices that count."""

    head: Head
    line: int
    choices: Mapping[str, Choice]
