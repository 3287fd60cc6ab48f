"""A refusal: what the Bot API answers where it does not do what it was asked."""

from collections.abc import Mapping


class Refused(Exception):
    """A call that is not carried out: its HTTP status, description and, at times, `parameters`."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, object] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, object]:
        """The JSON object that a client gets."""
        body: dict[str, object] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad(reason: str) -> Refused:
    """A request that is wrong in itself: sent again, it is refused again."""
    return Refused(400, f"Bad Request: {reason}")


def too_many(retry_after: int) -> Refused:
    """A request that came too soon."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
