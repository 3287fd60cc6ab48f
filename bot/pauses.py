"""Pauses that grow while something keeps failing."""


class Pauses:
    """Twice as long each time, from `first` to `longest` seconds, until it went well again."""

    def __init__(self, first: float = 1.0, longest: float = 300.0) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """The pause to make now, in seconds."""
        pause, self._next = self._next, min(self._next * 2, self._longest)
        return pause

    def reset(self) -> None:
        """It went well."""
        self._next = self._first

    @property
    def fresh(self) -> bool:
        """Whether nothing has failed since it last went well."""
        return self._next == self._first
