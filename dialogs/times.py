"""Times as people here read them: Beijing's, to the minute."""

from datetime import datetime

from ballots.draft import BEIJING
from dialogs.wording import Wording

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def shown(time: datetime, speak: Wording) -> str:
    """A time in words: 12月1日18:00, 1 Dec 18:00."""
    clock = f"{time.astimezone(BEIJING):%H:%M}"
    return f"{day(time, speak)}{clock}" if speak.language == "zh" else f"{day(time, speak)} {clock}"


def day(time: datetime, speak: Wording) -> str:
    """The day alone: 12月1日, 1 Dec."""
    here = time.astimezone(BEIJING)
    return f"{here.month}月{here.day}日" if speak.language == "zh" else f"{here.day} {_MONTHS[here.month - 1]}"
