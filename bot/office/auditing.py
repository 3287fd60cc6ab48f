"""Auditing: the office reads what it did and what it was refused."""

from dataclasses import replace

from bot.office import finding
from bot.office.acting import Acting, act
from bot.office.roles import Role
from bot.store.audit import Audit, Line


@act("audit")
def audit(acting: Acting, count: int, about: str = "") -> list[Line]:
    """The last so many lines, the newest first, about one subject if named: the district reads all of them, staff of a
    street those of what they did themselves."""
    lines = Audit(acting.tx.connection)
    if acting.actor.role is Role.DISTRICT:
        return lines.last(count, about)
    own = lines.last(count, about, acting.actor.id, but="street" if about else "")
    return [_untold(line) for line in own]


def _untold(line: Line) -> Line:
    """What was refused for standing in another street looks as what is not there, or its line would tell that it is."""
    return replace(line, about="", reason=finding.NO_SUCH) if line.reason == "street" else line
