"""Reading: typed answers → values. Closed forms only, of a whole message, on the text as it came; nothing raises.

What is more than an answer is a question of its own: it reads as None here, and is answered as one; `beside` finds an
answer in it where a dialog allows that.
"""

from dialogs.reading.agreement import unknown, yes_no
from dialogs.reading.beside import beside
from dialogs.reading.choices import choice
from dialogs.reading.controls import control
from dialogs.reading.votes import row, skips, submits, vote
from dialogs.reading.years import year

__all__ = ["beside", "choice", "control", "row", "skips", "submits", "unknown", "vote", "year", "yes_no"]
