"""Choosing: what an account does with its seats: it sees their ballots, casts selections, and looks up what came of
them. No act of the office: a selection's only record is the ballot's own ledger."""

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ballots.ballot import Ballot, State
from ballots.casting import Changed, Recorded, Repeated, asked, cast, hindrance
from ballots.ledger import SECRET_BYTES, Broken, published, receipt, receipt_mark
from ballots.outcomes import Reason, Refused
from ballots.report import ResultSheet, Withheld, result, turnout
from ballots.roll import natural
from ballots.standing import By, Choice, Selection, Standing
from ballots.verify import ILL_FORMED, Fault, verify
from bot.office import persons
from bot.office.boxes import box
from bot.office.recording import plain
from bot.store import Transaction
from bot.store.ballots import Ballots, Record
from bot.store.book import Book
from bot.store.invitations import Invitations
from dialogs import choosing
from dialogs.booth import Booth, Checked, Damaged
from dialogs.names import Seated
from dialogs.steps import Do

_SHOWN = 12  # ballots, the newest of one's own
_CLOSED = (State.CLOSED, State.CERTIFIED)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A seat in a ballot as it stands now, and how an account may choose for it."""

    record: Record
    ballot: Ballot
    standing: Standing
    by: By


class Choosing:
    """The seats of one conversation's account at one time."""

    def __init__(self, tx: Transaction, channel: str, conversation: str, now: datetime) -> None:
        self._private = persons.is_private(channel, conversation)
        self._person = persons.person(channel, conversation)
        self._now = now
        self._ballots, self._book = Ballots(tx.connection), Book(tx.connection)
        self._invitations = Invitations(tx.connection)
        self._booths: dict[tuple[str, int], Booth | None] = {}
        self._damaged = False  # whether a ledger was met that cannot be read

    def booths(self) -> tuple[Booth, ...] | Damaged | None:
        """The ballots that were opened over this account's seats, the newest first; None where others read along,
        Damaged where there is nothing else."""
        if not self._private:
            return None
        found = (self.booth(record.id, number) for record, number in self._own())
        there = [booth for booth in found if booth and not booth.standing.gone]
        # One's own before those of others, and the seats of a ballot as the roll has them.
        there.sort(key=lambda booth: (booth.by is By.PROXY, natural(booth.seated.seat.id)))
        if self._damaged and not there:
            return Damaged()
        return tuple(sorted(there, key=lambda booth: booth.ballot.opens, reverse=True))[:_SHOWN]

    def booth(self, ballot: str, number: int) -> Booth | None:
        """A seat in a ballot; None where this account may not choose for it, or where its ledger cannot be read."""
        # Once a turn: a walk asks at each of its steps.
        if (ballot, number) not in self._booths:
            self._booths[ballot, number] = self._booth(ballot, number)
        return self._booths[ballot, number]

    def cast(self, step: Do) -> str:
        """Cast a selection; what came of it, as dialogs.choosing has it."""
        ballot, number = step.data["ballot"], int(step.data["number"])
        choices = {item: Choice(choice) for item, choice in json.loads(step.data["choices"]).items()}
        selection = Selection(choices, json.loads(step.data["reasons"]))
        # Held first: from here on nobody closes it, so nothing can land after the close.
        held = self._ballots.hold(ballot, State.OPEN)
        self._booths.clear()
        seen = self._seen(ballot, number)
        if seen is None:
            return choosing.refused(Refused(Reason.NO_SEAT))
        if not held:
            return choosing.refused(Refused(Reason.CLOSED))
        key = secrets.token_bytes(SECRET_BYTES)
        outcome = cast(seen.ballot, seen.standing, selection, self._now, key, seen.by)
        match outcome:
            case Refused():
                return choosing.refused(outcome)
            case Repeated():
                return choosing.came("repeated", receipt(self._ballots.secret(ballot, outcome.line)))
            case Recorded() | Changed():
                self._ballots.append(ballot, [outcome.entry])
        return choosing.came("recorded" if isinstance(outcome, Recorded) else "changed", outcome.receipt)

    def turnout(self, ballot: str) -> tuple[int, int] | None:
        """How many seats of a ballot have taken part, and of how many; None where no seat of this account is in it."""
        record = self._ballots.record(ballot)
        if record is None or not self._private or not any(own.id == ballot for own, _ in self._own()):
            return None
        try:
            whole = turnout(box(self._ballots, record), self._ballots.seats(ballot)).parts
        except Broken:
            return None
        return (whole[0].taken_part, whole[0].seats) if whole else None

    def result(self, ballot: str, number: int) -> ResultSheet | Withheld | Damaged | None:
        """The result of a ballot, as one of its seats may see it."""
        record = self._ballots.record(ballot)
        if record is None or self.booth(ballot, number) is None:
            return None
        try:
            return result(box(self._ballots, record))
        except Broken:
            return Damaged()

    def checked(self, ballot: str, number: int) -> Checked | Damaged | None:
        """What a recount of a closed ballot finds of a seat: by the list as it is published, and as anybody checks it.

        The count that is kept is of no use here: what was changed since would not be seen."""
        booth, record = self.booth(ballot, number), self._ballots.record(ballot)
        if booth is None or record is None or record.state not in _CLOSED:
            return None
        mark = receipt_mark(booth.receipt)
        try:
            public = published(self._ballots.lines(ballot), record.head)
            counted = verify(public, record.head.hash, [mark] if mark else []).seats[number].counts
        except (Broken, Fault, *ILL_FORMED):
            return Damaged()
        if counted is None:
            return Checked(record.head, 0, {}) if mark is None else Damaged()
        # The receipt is the seat's own proof that this line is the one that it was given.
        (line,) = self._ballots.some(ballot, counted.line)
        if line["receipt"] != mark:
            return Damaged()
        return Checked(record.head, counted.line, {item: Choice(said) for item, said in counted.choices.items()})

    # ------------------------------------------------------------------------------------------------------------------

    def _own(self) -> Iterator[tuple[Record, int]]:
        """The ballots of this account's seats, with the seats' numbers; those that it may choose for by proxy, too."""
        seen = set()
        for member in self._invitations.seats(self._person):
            for record, number in self._ballots.of_seat(member.seat):
                yield record, number
                if record.id not in seen:
                    seen.add(record.id)
                    yield from ((record, held) for held in self._held(record))

    def _held(self, record: Record) -> list[int]:
        """The numbers of the seats of an open ballot that this account may choose for by proxy.

        The paper names somebody; the account is theirs where one seat alone of this ballot is held in that name, and
        this account has joined it.
        """
        if record.state is not State.OPEN:
            return []
        proxies = self._ballots.proxies(record.id)
        if not proxies:
            return []
        ids, gone = self._ballots.seat_ids(record.id), self._ballots.gone(record.id)
        seats = {number: seat for number, seat in self._ballots.seats(record.id).items() if number not in gone}
        named = Counter(plain(name) for seat in seats.values() for name in set(seat.holders))
        mine = {member.seat for member in self._invitations.seats(self._person)}
        own = {plain(name) for number, seat in seats.items() if ids[number] in mine for name in seat.holders}
        return [n for n, holder in proxies.items() if plain(holder) in own and named[plain(holder)] == 1]

    def _by(self, record: Record, number: int) -> By:
        """How this account may choose for a seat: NOBODY where it may not."""
        seat = self._ballots.seat(record.id, number)
        member = self._invitations.member(seat[0]) if seat else None
        if not self._private or seat is None:
            return By.NOBODY
        if member and member.person == self._person:
            return By.ONLINE
        return By.PROXY if number in self._held(record) else By.NOBODY

    def _seen(self, id: str, number: int) -> _Seen | None:
        """A seat in a ballot and how this account may choose for it; None where it may not."""
        record = self._ballots.record(id)
        if record is None or record.head.lines == 0 or (by := self._by(record, number)) is By.NOBODY:
            return None
        try:
            ballot, standing = self._ballots.ballot(id), self._ballots.standing(id, number)
        except (Broken, *ILL_FORMED):  # of one damaged ballot the others know nothing
            self._damaged = True
            return None
        assert standing, "a seat with a number is in the ledger"
        return _Seen(record, ballot, standing, by)

    def _booth(self, id: str, number: int) -> Booth | None:
        seen = self._seen(id, number)
        if seen is None:
            return None
        record, ballot, standing, by = seen.record, seen.ballot, seen.standing, seen.by
        seat, compound = self._ballots.seat(id, number), self._book.compound(record.compound)
        assert seat and compound, "a seat that was seen is in the book, and a ballot in a compound"
        tells = by is By.ONLINE or standing.by is By.PROXY
        return Booth(
            Seated(compound.name, record.kind, seat[1]),
            ballot,
            standing,
            tuple(asked(ballot, standing)),
            self._ballots.corrections(id),
            by,
            hindrance(ballot, standing, self._now, by),
            ballot.state is State.OPEN and self._now >= ballot.closes,
            # Whoever chooses by proxy is not told what the seat itself chose.
            receipt(self._ballots.secret(id, standing.line)) if tells and standing.line else "",
        )
