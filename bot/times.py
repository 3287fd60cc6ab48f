"""Times: UTC throughout, ISO text where they are kept. The clock is a value that is handed in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

# No zone data is needed: China has one zone and no summer time.
_BEIJING = timezone(timedelta(hours=8))

Clock = Callable[[], datetime]


def utc() -> datetime:
    """The time now; the only place that asks for it."""
    return datetime.now(UTC)


def iso(time: datetime) -> str:
    """A time as text that sorts as the times do: UTC, microseconds, always the same length."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """A time from its text."""
    return datetime.fromisoformat(text)


def beijing(time: datetime) -> str:
    """A time as people here read it, to the minute."""
    return f"{time.astimezone(_BEIJING):%Y-%m-%d %H:%M}"
