"""Erasing: what a conversation leaves behind when its person wants to be forgotten.

The ids of its rows stay their time, so that a message that is delivered again is not answered a second time.
"""

from datetime import datetime

from bot.store.dialect import Connection
from bot.store.questions import Questions
from bot.times import iso

FORGOTTEN = "forgotten"  # the reason of calls that were ended so


def erase(connection: Connection, conversation: str, now: datetime) -> None:
    """Erase a conversation's session, its kept questions, and every text of it in inbox and outbox.

    Open rows of the inbox stay: the one that asks for this, and what came after it. What was to be said and was not yet
    delivered is ended; a call that is being made just now still goes out.
    """
    Questions(connection).drop(conversation)
    connection.run("delete from session where conversation = :it", it=conversation)
    connection.run(
        "update inbox set payload = null where conversation = :it and state != 'open' and payload is not null",
        it=conversation,
    )
    connection.run(
        """
        update outbox set state = 'never', payload = null, reason = :forgotten, settled = :now
        where conversation = :it and state = 'open'
        """,
        it=conversation,
        forgotten=FORGOTTEN,
        now=iso(now),
    )
