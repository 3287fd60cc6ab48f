"""Slowing: whoever types wrong codes has to wait, and the longer the more of them; docs/security.md has the arithmetic.

A code of eleven random letters cannot be guessed anyway. What is slowed is the trying itself, by one person and by all
together; and nobody can lock the others out by it: whoever has typed no wrong code of late is always heard.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.store.store import KEEP_WRONG_CODES

FREE = 5  # wrong codes that cost nothing: one misreads a sheet, or takes up the wrong one
FIRST_WAIT = timedelta(minutes=1)  # after the last free one; doubled with each further
KEPT = KEEP_WRONG_CODES  # how long a wrong code is held against anybody, and the longest that anybody waits
RUSH, RUSH_SPAN = 300, timedelta(hours=1)  # so many wrong codes of everybody within this time are no slips any more


def free_at(own: Sequence[datetime], everybody: Sequence[datetime], now: datetime) -> datetime | None:
    """When a person may try a further code; None: at once.

    `own` are the times of their wrong codes within `KEPT`, `everybody` those of all within `RUSH_SPAN`, oldest first.
    """
    if not own:
        return None
    until = now
    if len(own) >= FREE:
        # Beyond eleven doublings it is more than a day, whatever the number.
        until = own[-1] + FIRST_WAIT * 2 ** min(len(own) - FREE, 11)
    if len(everybody) >= RUSH:
        until = max(until, everybody[-RUSH] + RUSH_SPAN)
    # A clock that was set back must not lock anybody out for longer.
    until = min(until, now + KEPT)
    return until if until > now else None
