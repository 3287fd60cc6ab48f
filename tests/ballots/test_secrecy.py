"""Before the close nothing that anyone but the voter can be shown differs by how people voted.

Two ways of voting are played out side by side: the same seats at the same times with the same secrets,
and other choices. Everything that the office, a proxy or another seat is told is compared. What is on a form that waits
is left out: whoever confirms it reads it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ballots import keeping, paper, proxies
from ballots.casting import Changed, Recorded, Repeated, cast
from ballots.correcting import correct_item, correct_roll
from ballots.draft import Draft, DraftItem
from ballots.ledger import Head
from ballots.menu import Counted
from ballots.outcomes import Done, Refused
from ballots.report import Withheld, mediation, notice, opening_card, result, turnout
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import By, Choice, Selection
from tests.ballots.kit import CLOSES, ELEVATOR, OPENS, PARKING, ROOF, Book, draft, opened, secret, select
from tests.lengths import examples

ITEMS = (ELEVATOR, PARKING, ROOF)
ROLL = Roll(
    Kind.OWNERS,
    (
        Seat("s1", ("张三",), (Unit("1号楼", "1单元", "101", 5000),)),
        Seat("s2", ("李四", "李五"), (Unit("1号楼", "1单元", "102", 4000), Unit("2号楼", "1单元", "101", 300))),
        Seat("s3", ("王五",), (Unit("1号楼", "2单元", "101", 20),)),
    ),
)
MOVED = Roll(ROLL.kind, (*ROLL.seats[:2], replace(ROLL.seats[2], units=(Unit("2号楼", "1单元", "101甲", 20),))))
SOLD = Roll(ROLL.kind, (replace(ROLL.seats[0], holders=("买家",)), *ROLL.seats[1:]))
GONE = Roll(ROLL.kind, ROLL.seats[:2])
PEOPLE = ("赵科", "王科")

Chosen = list[Choice | None]
chosen = st.lists(st.one_of(st.none(), st.sampled_from(Choice)), min_size=3, max_size=3)
acts = st.sampled_from(
    [
        *("online", "online", "online", "proxy", "proxy", "enter", "enter", "confirm", "decline", "appoint", "revoke"),
        *("decide paper", "decide online", "correct 0", "correct 1", "correct 2", "move", "sell", "remove", "extend"),
    ]
)
plans = st.lists(st.tuples(acts, st.sampled_from(["s1", "s2", "s3"]), chosen, chosen), min_size=4, max_size=14)


def form(by_name: bool = False) -> Draft:
    items = (
        DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL),
        DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND),
        DraftItem(ROOF, Matter.OTHER, "王科", Counted.BUILDING),
    )
    return draft(*items, by_name=by_name)


def selection(wanted: Chosen) -> Selection:
    """At least something: it is the seats that vote in both ways."""
    picked = [(item, choice) for item, choice in zip(ITEMS, wanted, strict=False) if choice]
    return select(*(picked or [(PARKING, Choice.ABSTAIN)]), because="遮光")


class Played:
    """One way of voting, act by act, and what everybody but the voters is shown of it."""

    def __init__(self, by_name: bool) -> None:
        self.book = opened(ROLL, form(by_name))
        self.roll = ROLL
        self.shown: list[object] = [dict(self.book.numbers), self.book.lines[:]]
        self.receipts: dict[int, str] = {}

    def do(self, step: int, act: str, id: str, choices: Chosen) -> None:
        book, at, key = self.book, OPENS + timedelta(minutes=step + 1), secret("step", step)
        ballot, seat, wanted = book.ballot, book.seat(id), selection(choices)
        outcome: Recorded | Changed | Repeated | Done | Refused
        match act.split():
            case ["online"] | ["proxy"]:
                outcome = cast(ballot, seat, wanted, at, key, By(act))
                if isinstance(outcome, Recorded | Changed):
                    self.receipts[step] = outcome.receipt
            case ["enter"]:
                outcome = paper.enter(ballot, seat, wanted, *PEOPLE, at, key)
            case ["confirm"]:
                outcome = paper.confirm(ballot, seat, PEOPLE, "李科", at, key)
            case ["decline"]:
                outcome = paper.decline(ballot, seat, "输错", "李科", at, key)
            case ["decide", way]:
                outcome = paper.decide(ballot, seat, By(way), "本人", "李科", at, key)
            case ["appoint"]:
                outcome = proxies.appoint(ballot, seat, "代理人", 0, "李科", at, key)
            case ["revoke"]:
                outcome = proxies.revoke(ballot, seat, "李科", at, key)
            case ["correct", which]:
                before = ballot.items[ITEMS[int(which)].id]
                after = replace(before, set_by=f"李科{step}")
                outcome = correct_item(ballot, book.box.standings.values(), after, "写错", at, key)
            case ["extend"]:
                outcome = keeping.extend(ballot, ballot.closes + timedelta(days=1), "停电", at, key)
            case _:
                to = {"move": MOVED, "sell": SOLD, "remove": GONE}[act]
                outcome = correct_roll(ballot, book.box.standings, book.numbers, self.roll, to, at, key)
                self.roll = to if isinstance(outcome, Done) else self.roll
        # Whether a selection was a repetition the voter alone is told.
        self.shown.append(outcome if isinstance(outcome, Refused) else ("done", getattr(outcome, "tell", ())))
        if not isinstance(outcome, Refused | Repeated):
            book.write(outcome)
        self.shown += self.views(step)

    def views(self, step: int) -> Iterator[object]:
        book = self.book
        box, at = book.box, OPENS + timedelta(minutes=step + 1)
        seats = {book.numbers[seat.id]: seat for seat in self.roll.seats}
        yield (opening_card(box.ballot), turnout(box, seats))
        yield (result(box), mediation(box, seats), notice(box, Head(), at))
        yield [(n, s.by, s.paper is not None, s.decided, s.proxy, s.gone) for n, s in box.standings.items()]
        probe = select((PARKING, Choice.FOR))
        for id in ROLL.seats:
            seat = box.standings[book.numbers[id.id]]
            yield self.end(paper.enter(box.ballot, seat, probe, *PEOPLE, at, secret("probe")))
            yield self.end(paper.decline(box.ballot, seat, "错", "李科", at, secret("probe")))
            yield self.end(paper.decide(box.ballot, seat, By.ONLINE, "错", "李科", at, secret("probe")))
            yield self.end(proxies.appoint(box.ballot, seat, "代理人", 0, "李科", at, secret("probe")))
            if seat.by is not By.PROXY:  # else it is the proxy's own vote that is repeated or changed
                yield self.end(cast(box.ballot, seat, probe, at, secret("probe"), By.PROXY))
        for item in box.ballot.items.values():
            outcome = correct_item(
                box.ballot, box.standings.values(), replace(item, set_by="孙科"), "错", at, secret("probe")
            )
            assert isinstance(outcome, Done)
            yield outcome.tell

    @staticmethod
    def end(outcome: object) -> object:
        """What somebody is told: a refusal in full, of what is done only that it is, and of what kind."""
        return outcome if isinstance(outcome, Refused) else type(outcome)


@given(plans, st.booleans())
@example(  # a correction leaves something of the one and nothing of the other
    [("online", "s1", [Choice.FOR, None, None], [None, Choice.FOR, None]), ("correct 0", "s1", [], [])], False
)
@settings(max_examples=examples(60), deadline=None)
def test_nothing_that_is_shown_before_the_close_differs_by_how_people_voted(
    plan: list[tuple[str, str, Chosen, Chosen]], by_name: bool
) -> None:
    one, other = Played(by_name), Played(by_name)
    for step, (act, id, choices, others) in enumerate(plan):
        # The same items are on a form in both ways: which of them a correction voids, its confirmer may see.
        on_a_form = [choice and (changed or choice) for choice, changed in zip(choices, others, strict=True)]
        one.do(step, act, id, choices)
        other.do(step, act, id, on_a_form if act == "enter" else others)
        assert one.shown == other.shown
    both = one.receipts.keys() & other.receipts.keys()
    assert {step: one.receipts[step] for step in both} == {step: other.receipts[step] for step in both}


def result_of(choice: Choice, closed: bool) -> object:
    played = Played(False)
    played.do(0, "online", "s1", [choice, None, None])
    if closed:
        played.book.write(keeping.close(played.book.ballot, CLOSES, secret("closed")))
    return result(played.book.box)


@pytest.mark.parametrize("closed", [True, False])
def test_after_the_close_it_does_differ(closed: bool) -> None:
    found = [result_of(choice, closed) for choice in (Choice.FOR, Choice.AGAINST)]
    assert (found[0] == found[1]) is not closed
    assert all(isinstance(one, Withheld) is not closed for one in found)


def test_the_head_differs_and_is_therefore_withheld() -> None:
    heads = set()
    for choice in (Choice.FOR, Choice.AGAINST):
        played = Played(False)
        played.do(0, "online", "s1", [choice, None, None])
        heads.add(played.book.head.hash)
        assert isinstance(notice(played.book.box, played.book.head, CLOSES), Withheld)
    assert len(heads) == 2


def test_a_private_word_never_stands_in_a_public_line() -> None:
    """Every line of a ballot in which everything happens is searched for every word that is no one else's business."""
    book: Book
    played = Played(False)
    plan = [
        *(("appoint", "s1"), ("proxy", "s1"), ("revoke", "s1"), ("online", "s1"), ("decide paper", "s1")),
        *(("enter", "s1"), ("confirm", "s1"), ("enter", "s2"), ("decline", "s2"), ("enter", "s3"), ("confirm", "s3")),
        *(("correct 0", "s1"), ("move", "s3"), ("sell", "s1"), ("remove", "s3"), ("extend", "s1")),
    ]
    for step, (act, id) in enumerate(plan):
        played.do(step, act, id, [Choice.OBJECT, None, None] if id != "s2" else [None, Choice.OBJECT, None])
    book = played.book
    assert {entry.kind for entry in book.entries} == {
        *("opened", "seat", "cast", "entered", "confirmed", "declined", "decided", "proxy", "revoked"),
        *("corrected", "removed", "extended"),
    }
    words = {word for entry in book.entries for word in entry.private.values()}
    assert {"张三", "李四、李五", "买家", "赵科", "遮光", "代理人", "输错", "本人", "2号楼 1单元 101甲"} <= words
    shown = b"\n".join(book.lines).decode()
    for word in words - {"王科", "李科", "s1", "s2", "s3"}:
        assert f'"{word}' not in shown and f'{word}"' not in shown and (len(word) < 3 or word not in shown), word
    for word in ("张三", "李四", "李五", "王五", "买家", "赵科", "遮光", "代理人", "输错", "本人", "101甲"):
        assert word not in shown
    for kind in ("entered", "confirmed", "declined", "decided", "proxy", "revoked", "seat"):
        lines = [line for line, entry in zip(book.lines, book.entries, strict=True) if entry.kind == kind]
        assert all("科".encode() not in line for line in lines), kind
