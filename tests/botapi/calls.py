"""A call as the server saw it, for tests to look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API and what came of it. Numbers count from 0 in the order of the answers."""

    number: int
    at: float  # monotonic seconds, when it was handled
    method: str
    params: dict[str, object]
    status: int  # 0: no answer left the server
    description: str  # of a refusal
    fault: str | None  # what struck it, by chance or plan
    effect: bool  # whether it was carried out

    @property
    def rejected(self) -> bool:
        """Refused by a rule (floods are rules too), not by a fault."""
        return 400 <= self.status < 500 and self.fault != "429"
