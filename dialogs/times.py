"""Times as people here read them: Beijing's, to the minute."""

from datetime import datetime

from ballots.draft import BEIJING
from dialogs.wording import Wording

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def shown(time: datetime, speak: Wording) -> str:
    """A time in words: 12月1日18:00, 1 Dec 18:00."""
    here = time.astimezone(BEIJING)
    if speak.language == "zh":
        return f"{here.month}月{here.day}日{here:%H:%M}"
    return f"{here.day} {_MONTHS[here.month - 1]} {here:%H:%M}"
