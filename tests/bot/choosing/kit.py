"""What the tests of choosing share: an open ballot, whoever has a seat in it, and what stands in its ledger."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ballots.roll import Kind
from bot.office import ballots as acts
from bot.store.ballots import Ballots
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Rolls
from dialogs.sessions import Session
from dialogs.wording import Wording, wording
from tests.bot.office.kit import done
from tests.bot.office.town import Person
from tests.bot.rounds.kit import CLOSES, ELEVATOR, NOW, PARKING, Office

__all__ = ["ALL", "CLOSES", "ELEVATOR", "NOW", "PARKING", "SOON", "ZH", "Office", "Voter", "Voting", "said"]

ALL = ("menu-13", "menu-14", "menu-15", "menu-16", "menu-17", "menu-30", "menu-31", "menu-32")
SOON = NOW + timedelta(minutes=5)
ZH: Wording = wording("zh")


def said(key: str, **values: object) -> str:
    return ZH(key, **values)


class Voter(Person):
    """Somebody in a chat, at a time that the test sets."""

    def __init__(self, office: Office, user: int = 7, group: bool = False) -> None:
        self.time = SOON
        super().__init__(office.path, user, group, lambda: self.time)

    @property
    def session(self) -> Session:
        return Session.load(json.loads(self.kept))

    @property
    def kept(self) -> str:
        """The session as it lies in the database."""
        rows = self.rows("select data from session where conversation = :it", it=self.conversation)
        return str(rows[0]["data"]) if rows else "{}"

    def rows(self, sql: str, **values: Any) -> list[Mapping[str, Any]]:
        return done(self.path, lambda tx: tx.connection.rows(sql, **values))

    def data(self, label: str) -> str:
        """What the button of this label says."""
        (tap,) = (button.tap for button in self.last.buttons if button.label == label)
        return tap

    def begins(self) -> str:
        """Past the opening card: the first item."""
        self("/choose")
        return self.taps("开始选")

    def chooses(self, *words: str) -> str:
        """From the beginning to the look at all."""
        self.begins()
        for word in words:
            self(word)
        return self.last.text

    def submits(self, *words: str) -> str:
        """From the beginning to the receipt."""
        self.chooses(*words)
        return self("提交")


@dataclass
class Voting:
    """An open ballot."""

    office: Office
    id: str

    def voter(self, key: str = "s1", user: int = 7, kind: Kind = Kind.OWNERS) -> Voter:
        """Somebody who has joined a seat."""
        voter = Voter(self.office, user)
        self.joins(voter, key, kind)
        return voter

    def joins(self, voter: Voter, key: str, kind: Kind = Kind.OWNERS) -> None:
        def job(tx: Any) -> None:
            seat = Rolls(tx.connection).ids(self.office.compound, kind)[key]
            Invitations(tx.connection).join(Member(seat, voter.key, "telegram", voter.conversation, NOW))

        self.office.do(job)

    def number(self, key: str = "s1") -> int:
        return self.office.numbers(self.id)[key]

    def standing(self, key: str = "s1") -> Any:
        number = self.number(key)
        return self.office.do(lambda tx: Ballots(tx.connection).standing(self.id, number))

    def choices(self, key: str = "s1") -> dict[str, str]:
        """What counts for a seat."""
        return {item: choice.value for item, choice in self.standing(key).selection.choices.items()}

    def lines(self) -> list[dict[str, Any]]:
        """The ledger's lines, the opening's left out."""
        kept = self.office.do(lambda tx: [row["line"] for row in Ballots(tx.connection).rows(self.id)])
        return [line for line in map(json.loads, kept) if line["kind"] not in ("opened", "seat")]

    def head(self) -> tuple[int, str]:
        head = self.office.record(self.id).head
        return head.lines, head.hash

    def closes(self, now: datetime = CLOSES) -> None:
        self.office.must(lambda acting: acts.close(acting, self.id), now=now)
