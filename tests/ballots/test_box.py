"""Counting a ledger again from its first line; a damaged one is broken at the line where the damage shows."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ballots.ballot import BallotItem, Works
from ballots.box import recount
from ballots.casting import cast
from ballots.correcting import correct_item
from ballots.draft import DraftItem
from ballots.keeping import certify, close, record_works
from ballots.ledger import Broken, compact
from ballots.menu import Counted
from ballots.rules import HANDBOOK, MORE_THAN_HALF, Matter, Measure, Rule, Share, Source, Whole, by_law, own
from ballots.standing import By, Choice
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, PARKING, Book, draft, opened, owners, secret, select

Values = dict[str, Any]


def chained(lines: list[Values]) -> list[bytes]:
    """Lines that follow one another, whatever stands in them: what someone makes who exchanges the whole list."""
    found: list[bytes] = []
    before = "0" * 64
    for number, line in enumerate(lines, 1):
        found.append(
            compact({"n": number, "prev": before, **{k: v for k, v in line.items() if k not in ("n", "prev")}})
        )
        before = hashlib.sha256(found[-1]).hexdigest()
    return found


@pytest.fixture
def book() -> Book:
    items = (
        DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL),
        DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND),
    )
    book = opened(owners(3), draft(*items))
    for id, choice in (("s1", Choice.FOR), ("s2", Choice.OBJECT), ("s3", Choice.AGAINST)):
        selection = select((ELEVATOR, choice), (PARKING, choice))
        book.write(cast(book.ballot, book.seat(id), selection, DURING, secret(id)))
    return book


def parsed(book: Book) -> list[Values]:
    return [json.loads(line) for line in book.lines]


def test_a_recount_needs_nothing_but_the_lines(book: Book) -> None:
    box = recount(iter(book.lines))
    assert box.ballot == book.ballot
    assert [*box.standings] == [1, 2, 3]
    assert box.standings[book.numbers["s1"]].selection == select((ELEVATOR, Choice.FOR), (PARKING, Choice.FOR))
    objection = box.standings[book.numbers["s2"]].selection
    assert objection.choices[ELEVATOR.id] is Choice.OBJECT and dict(objection.reasons) == {}


def test_with_the_private_words_it_tells_the_reasons_too(book: Book) -> None:
    box = recount(book.lines, book.private)
    assert box.standings[book.numbers["s2"]].selection.reasons == {ELEVATOR.id: "遮光", PARKING.id: "遮光"}


def test_lines_that_are_chained_anew_as_they_were_are_the_same_bytes(book: Book) -> None:
    assert chained(parsed(book)) == book.lines


def broken(lines: list[bytes]) -> tuple[int, str]:
    with pytest.raises(Broken) as found:
        recount(lines)
    return found.value.line, found.value.why


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_line_that_is_changed_breaks_the_chain_at_the_next(book: Book, cut: int) -> None:
    assert len(book.lines) == 7
    changed = [*book.lines]
    changed[cut - 1] = changed[cut - 1].replace(b"2026-03-", b"2026-04-", 1)
    if cut < 7:
        assert broken(changed) == (cut + 1, "it does not follow the line before")
    else:
        recount(changed)  # of the last line only the head tells, which is posted


@pytest.mark.parametrize("n", range(1, 8))
def test_a_line_that_is_missing_or_doubled_breaks_the_chain_there(book: Book, n: int) -> None:
    if n < 7:
        assert broken([*book.lines[: n - 1], *book.lines[n:]])[0] == n
    assert broken([*book.lines[:n], *book.lines[n - 1 :]])[0] == n + 1


@pytest.mark.parametrize("left", range(4))
def test_a_ledger_without_all_seats_of_its_roll_is_broken_at_its_end(book: Book, left: int) -> None:
    assert broken(book.lines[:left])[0] == left + 1
    recount(book.lines[:4])


def test_a_line_that_was_written_only_half_is_broken(book: Book) -> None:
    for length in range(1, len(book.lines[-1])):
        assert broken([*book.lines[:-1], book.lines[-1][:-length]])[0] == 7


# ---- chained well, and yet no ledger ---------------------------------------------------------------------------------


Change = Callable[[list[Values]], object]


def set_in(number: int, **values: Any) -> Change:
    return lambda lines: lines[number - 1].update(values)


def insert(number: int, **values: Any) -> Change:
    return lambda lines: lines.insert(number - 1, {"at": "2026-03-02T01:00:00Z", **values})


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (set_in(1, kind="cast"), 1),
        (set_in(1, form="jiugai-ledger-2"), 1),
        (set_in(1, roll="tenants"), 1),
        (set_in(1, opens="2026-03-01"), 1),
        (set_in(1, items=[{}]), 1),
        (set_in(1, works="begun"), 1),
        (lambda lines: lines[0].pop("form"), 1),
        (lambda lines: lines[0].pop("seats"), 1),
        (lambda lines: lines[0].pop("kind"), 1),
        (lambda lines: lines[0]["items"][0]["rule"].update(agree=[3, 2, "at-least"]), 1),
        (lambda lines: lines[0]["items"][0]["rule"].update(agree=[2]), 1),
        (lambda lines: lines[0]["items"][0]["rule"].update(of="some"), 1),
        (lambda lines: lines[0]["items"][0]["rule"].update(measures=["votes"]), 1),
        (lambda lines: lines[0]["items"][0].update(matter="taxes"), 1),
        (lambda lines: lines[0]["items"][0].update(counted="flat"), 1),
        (insert(2, **{"kind": "opened", "form": "jiugai-ledger-1"}), 2),
        (set_in(3, seat=1), 3),  # the seat stands there already
        (set_in(3, areas=[1]), 3),
        (lambda lines: lines[2].pop("heads"), 3),
        (set_in(5, seat=9), 5),  # a seat that is not on the roll
        (set_in(5, seat=None), 5),
        (set_in(5, seat=[1]), 5),
        (set_in(5, choices={ELEVATOR.id: "yes"}), 5),
        (set_in(5, choices=["for"]), 5),
        (set_in(5, by="post"), 5),
        (set_in(5, kind="voted"), 5),
        (lambda lines: lines[4].pop("seat"), 5),
        (lambda lines: lines[4].pop("by"), 5),
        (lambda lines: lines[4].pop("choices"), 5),
        (insert(6, kind="voted"), 6),
        (insert(6, kind="cast"), 6),
        (insert(6, kind="confirmed", seat=1), 6),  # no form waits
        (insert(6, kind="works", works="planned"), 6),
        (insert(6, kind="extended"), 6),
        (insert(6, kind="corrected", item={"id": ELEVATOR.id}, because="错"), 6),
        (insert(6, kind="corrected", seat=1, heads=1, areas={}), 6),
        (insert(6, kind="closed"), 7),  # nothing comes after the close
    ],
)
def test_what_was_never_written_is_broken_at_its_line(book: Book, change: Change, at: int) -> None:
    lines = parsed(book)
    change(lines)
    assert broken(chained(lines))[0] == at


@pytest.mark.parametrize("kind", ["cast", "seat", "extended", "corrected", "closed", "removed", "decided"])
def test_after_the_close_nothing_of_the_ballot_moves(book: Book, kind: str) -> None:
    book.write(close(book.ballot, CLOSES, secret("closed")))
    book.write(record_works(book.ballot, Works.DONE, "监理", CLOSES, secret("works")))
    lines = [*parsed(book), {"at": "2026-03-16T01:00:00Z", "kind": kind, "seat": 1}]
    assert broken(chained(lines)) == (10, f"{kind} after the ballot was closed")
    book.write(certify(book.ballot, "王科", CLOSES, secret("certified")))
    lines = [*parsed(book), {"at": "2026-03-16T01:00:00Z", "kind": "works", "works": "done", "said": "监理"}]
    assert broken(chained(lines)) == (11, "works after the ballot was certified")


def test_a_corrected_item_is_corrected_for_every_seat(book: Book) -> None:
    item = replace(book.ballot.items[ELEVATOR.id], set_by="李科")
    standings = book.box.standings.values()
    book.write(correct_item(book.ballot, standings, item, "错", DURING + timedelta(hours=1), secret("item")))
    found = recount(book.lines).standings.values()
    assert all([*standing.selection.choices] == [PARKING.id] and standing.by is By.ONLINE for standing in found)


@pytest.mark.parametrize(
    "rule",
    [
        HANDBOOK,
        own(),
        own(None, Share(4, 5, inclusive=False), Whole.PARTICIPANTS),
        *(by_law(matter, DURING.date()) for matter in (Matter.REBUILDING, Matter.OTHER)),
        Rule("x", MORE_THAN_HALF, Share(1, 1, True), Whole.ALL, Source("甲", "A"), (Measure.AREA,), True),
    ],
)
def test_an_item_is_read_as_it_was_written(rule: Rule) -> None:
    item = BallotItem(ELEVATOR, Matter.USING_FUND, "王科", rule, Counted.BUILDING, ("/1号楼", "/2号楼"))
    assert BallotItem.read(json.loads(compact(item.public()))) == item
