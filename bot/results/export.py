"""What of a closed ballot goes into files: its reports, its public list, and where it belongs."""

from dataclasses import dataclass

from ballots.report import MediationList, Notice, Turnout


@dataclass(frozen=True, slots=True)
class Export:
    """All that there is to file of a closed ballot. `compound` and `street` are names; `lines` is the public list with
    its line feeds, the seal last. `mediation` names people and is for the street office alone."""

    compound: str
    street: str
    notice: Notice
    turnout: Turnout
    mediation: MediationList
    lines: tuple[bytes, ...]
