"""The four ways in which a call to a channel ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivered:
    """It took effect; `message` is the channel's id of what now stands there, "" where there is none."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """It had no effect and can be made again: after `seconds` where the other side said so.

    `everywhere`: nothing at all can be reached, so no other call need be tried meanwhile.
    """

    reason: str
    seconds: float | None = None
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """It was refused for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was made, and nobody knows whether it took effect."""

    reason: str


Outcome = Delivered | Later | Never | Unknown
