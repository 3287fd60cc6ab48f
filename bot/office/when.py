"""When: times as the office types them, in Beijing time: "2026-12-01 18:00", "12月1日18:00", "12-01 18:00"."""

import re
import unicodedata
from datetime import datetime, timedelta

from ballots.draft import BEIJING

_TYPED = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?\s*[T,，]?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:点时]\s*(?P<minute>\d{1,2})?\s*分?)",
    re.IGNORECASE,
)


def read(typed: str, now: datetime) -> datetime | None:
    """The time that was typed, in Beijing; without a year the next such day. None for what is no time.

    The hour must be told: "until the first" has two meanings, and one of them closes a day too early.
    """
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    parts = {name: int(value) for name, value in found.groupdict(default="0").items()}
    today = now.astimezone(BEIJING)
    years = [parts["year"]] if found["year"] else range(today.year, today.year + 9)  # to the next 29th of February
    for year in years:
        if (time := _time(year, parts)) and (found["year"] or time > now):
            return time
    return None


def _time(year: int, parts: dict[str, int]) -> datetime | None:
    ends_a_day = parts["hour"] == 24 and parts["minute"] == 0
    try:
        time = datetime(
            year, parts["month"], parts["day"], 0 if ends_a_day else parts["hour"], parts["minute"], tzinfo=BEIJING
        )
        return time + timedelta(days=1) if ends_a_day else time
    except (ValueError, OverflowError):
        return None
