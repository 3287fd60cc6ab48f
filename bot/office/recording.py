"""Recording: what an act on a ballot has come to goes into its ledger, or becomes a refusal with the reason's sentence;
and by which name a member of staff stands in a ledger."""

import unicodedata
from collections.abc import Iterable

from ballots.ledger import SECRET_BYTES
from ballots.outcomes import Done, Reason, Refused
from ballots.roll import Fault
from bot.office import menu
from bot.office.acting import Acting, Refusal
from bot.store.ballots import Ballots
from bot.store.staff import StaffList


def secret(acting: Acting) -> bytes:
    """A secret for an entry, never used before."""
    return acting.random(SECRET_BYTES)


def name(acting: Acting) -> str:
    """The name of whoever acts, as it stands in ledgers; their id where it is nobody of the staff."""
    staff = StaffList(acting.tx.connection).find(acting.actor.id)
    return staff.name if staff else acting.actor.id


def plain(name: str) -> str:
    """A name so that one person's is always the same, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


LONGEST_WORDS = 500  # characters of a reason or a name; whoever reads the list reads them all


def words(given: str) -> str:
    """A reason or a name without blanks around it. Refused where it is too long or holds what cannot be shown (the wide
    blank of Chinese keyboards can be); that it is empty is for the act to say."""
    told = given.strip()
    if len(told) > LONGEST_WORDS or not all(char.isprintable() or char in "\n\u3000" for char in told):
        raise Refusal("words", longest=str(LONGEST_WORDS))
    return told


def record(acting: Acting, ballot: str, outcome: Done | Refused) -> Done:
    """Append what is to be recorded to a ballot's ledger. Raises Refusal with the sentence of the reason."""
    if isinstance(outcome, Refused):
        raise refusal(outcome)
    Ballots(acting.tx.connection).append(ballot, outcome.entries)
    return outcome


def refusal(refused: Refused) -> Refusal:
    """The refusal whose sentence is that of a reason: `reason.<reason>`."""
    return Refusal(f"reason.{refused.reason.value}", word=menu.called(refused.word))


def closed() -> Refusal:
    """The refusal of whatever comes after the close."""
    return refusal(Refused(Reason.CLOSED))


def faulty(faults: Iterable[Fault]) -> Refusal | None:
    """The refusal for the first of some faults: its sentence is `fault.<what>`; None where there is none."""
    for fault in faults:
        return Refusal(f"fault.{fault.what}", seat=fault.seat, word=menu.called(fault.word))
    return None
