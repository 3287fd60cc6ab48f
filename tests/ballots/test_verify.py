"""The verifier of public lists: it finds whatever was done to a list, counts as the tally does, and traces receipts."""

import contextlib
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots import correcting, keeping, paper, proxies, verify
from ballots.ballot import Works
from ballots.casting import Repeated, cast
from ballots.draft import DraftItem
from ballots.ledger import published, receipt, receipt_mark
from ballots.menu import Counted
from ballots.outcomes import Refused
from ballots.releasing import release
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter
from ballots.standing import By, Choice, Selection
from ballots.tally import tally
from tests.ballots.kit import CLOSES, DURING, ELEVATOR, OPENS, PARKING, ROOF, Book, draft, owners, secret
from tests.kit import ROOT, environment, jiugai

FOR, AGAINST, ABSTAIN, OBJECT = Choice
LIFT, PARK, TOP = ELEVATOR.id, PARKING.id, ROOF.id
FORM = draft(
    DraftItem(ELEVATOR, Matter.REBUILDING, "王科", Counted.STAIRWELL, handbook=True),
    DraftItem(PARKING, Matter.SHARED_PARTS, "王科", Counted.COMPOUND),
    DraftItem(ROOF, Matter.OTHER, "王科", Counted.BUILDING, areas=("/1号楼",)),
)
Entries = list[dict[str, Any]]


class Acts(Book):
    """A ledger that is written act by act, each at its own second; `receipts` by the names that the acts were given."""

    def __init__(self, before: Roll, by_name: bool = False) -> None:
        super().__init__(replace(FORM, by_name=by_name).open(before, OPENS, secret("opening")))
        self.roll, self.receipts, self.step = before, dict[str, str](), 0

    def act(self, way: Callable[..., Any], *words: object, name: str = "", at: datetime | None = None) -> bool:
        """Do it, unless it is refused or repeats what stands."""
        self.step += 1
        outcome = way(*words, at=at or DURING + timedelta(seconds=self.step), secret=secret(self.step))
        if isinstance(outcome, Refused | Repeated):
            return False
        self.write(outcome)
        self.receipts[name] = receipt(secret(self.step))
        return True

    def vote(self, seat: str, by: By = By.ONLINE, name: str = "", **said: Choice) -> bool:
        choices = {f"menu-{key[1:]}": choice for key, choice in said.items()}
        selection = Selection(choices, {item: "太吵" for item, choice in choices.items() if choice is OBJECT})
        ballot, standing = self.ballot, self.seat(seat)
        if by is not By.PAPER:
            return self.act(lambda at, secret: cast(ballot, standing, selection, at, secret, by), name=name)
        return self.act(paper.enter, ballot, standing, selection, "李收", "王录", name=name)

    def on(self, way: Callable[..., Any], seat: str, *words: object) -> bool:
        return self.act(way, self.ballot, self.seat(seat), *words)

    def keep(self, way: Callable[..., Any], *words: object, at: datetime | None = None) -> bool:
        return self.act(way, self.ballot, *words, at=at)

    def correct(self, after: Roll) -> bool:
        done = self.act(correcting.correct_roll, self.ballot, self.box.standings, self.numbers, self.roll, after)
        self.roll = after if done else self.roll
        return done

    def reword(self, item: str, words: str) -> bool:
        new = replace(self.ballot.items[item], item=replace(self.ballot.items[item].item, zh=words))
        return self.act(correcting.correct_item, self.ballot, self.box.standings.values(), new, "写错了")

    @property
    def list(self) -> bytes:
        return b"".join(published(self.lines, self.head))


def flat(number: int, area: int = 5000) -> Unit:
    return Unit(f"{1 + number // 8}号楼", f"{1 + number // 4 % 2}单元", f"{number:03}", area + number)


def roll(numbers: Iterable[int]) -> Roll:
    return Roll(Kind.OWNERS, tuple(Seat(f"s{n}", (f"业主{n}",), (flat(n),)) for n in numbers))


def with_seat(before: Roll, seat: Seat) -> Roll:
    return replace(before, seats=tuple(seat if one.id == seat.id else one for one in before.seats))


@cache
def everything() -> Acts:
    """A ledger with every kind of line, and a receipt in every state; it is certified in the end."""
    acts = Acts(roll(range(1, 16)))
    for n in range(1, 8):
        assert acts.vote(f"s{n}", name=f"online {n}", _13=FOR, _31=(FOR, AGAINST, ABSTAIN)[n % 3], _16=FOR)
    assert acts.vote("s1", name="changed", _13=OBJECT, _31=OBJECT)
    assert acts.on(proxies.appoint, "s8", "张代", 0, "王录") and acts.vote("s8", By.PROXY, "proxy", _31=FOR)
    assert acts.on(proxies.appoint, "s9", "张代", 1, "王录") and acts.vote("s9", By.PROXY, "revoked", _31=FOR)
    assert acts.on(proxies.revoke, "s9", "王录") and acts.vote("s9", name="after revoked", _31=AGAINST)
    for seat, name in (("s10", "confirmed"), ("s11", "declined"), ("s12", "unconfirmed"), ("s13", "set aside")):
        assert acts.vote(seat, By.PAPER, name, _13=FOR, _31=FOR)
    assert acts.on(paper.confirm, "s10", ("李收", "王录"), "赵核")
    assert acts.on(paper.decline, "s11", "写错了", "赵核")
    assert acts.on(paper.decide, "s13", By.ONLINE, "本人要求", "王录") and acts.vote("s13", name="decided", _13=FOR)
    assert acts.on(paper.decide, "s2", By.PAPER, "本人要求", "王录") and acts.vote("s2", By.PAPER, "over", _31=FOR)
    assert acts.on(paper.confirm, "s2", ("李收", "王录"), "赵核")
    assert acts.on(release, "s2", "王录", "换了手机")
    assert acts.vote("s14", name="only the lift", _13=ABSTAIN)
    assert acts.reword(TOP, "美化全部屋顶。")
    assert acts.vote("s15", name="emptied", _13=FOR) and acts.vote("s3", name="again", _16=AGAINST)
    assert acts.reword(LIFT, "加装电梯，每单元一部。")
    after = roll([*range(1, 4), *range(5, 17)])
    after = with_seat(after, Seat("s5", ("新业主",), (flat(5),)))
    assert acts.correct(with_seat(after, Seat("s6", ("业主6",), (flat(20),))))
    assert acts.vote("s16", name="late seat", _31=FOR) and acts.vote("s15", name="refilled", _31=FOR)
    assert acts.keep(keeping.extend, CLOSES + timedelta(days=1), "下雨")
    assert acts.keep(keeping.record_works, Works.UNDER_WAY, "街道办")
    assert acts.keep(keeping.close, at=CLOSES + timedelta(days=1))
    assert acts.keep(keeping.record_works, Works.DONE, "街道办", at=CLOSES + timedelta(days=2))
    assert acts.keep(keeping.certify, "王科", at=CLOSES + timedelta(days=3))
    return acts


@cache
def small() -> bytes:
    acts = Acts(owners(2))
    acts.numbers = {id: acts.numbers[id] for id in ("s1", "s2")}
    assert acts.vote("s1", _13=FOR) and acts.keep(partial(keeping.close, because="够了"))
    return acts.list


def read(list: bytes, head: str = "", *receipts: str) -> verify.Ballot:
    return verify.verify(io.BytesIO(list), head, [str(receipt_mark(one)) for one in receipts])


def fault(list: bytes, head: str = "") -> verify.Fault:
    with pytest.raises(verify.Fault) as caught:
        read(list, head)
    assert "\n" not in str(caught.value)
    return caught.value


def entries(list: bytes) -> Entries:
    return [json.loads(line) for line in list.splitlines()[:-1]]


def chained(values: Iterable[dict[str, Any]]) -> bytes:
    """A list that is chained and sealed right, whatever it says."""
    lines, head = [], "0" * 64
    for number, value in enumerate(values, 1):
        words = {"n": number, "prev": head, **{key: value[key] for key in value if key not in ("n", "prev")}}
        lines.append(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode())
        head = hashlib.sha256(lines[-1]).hexdigest()
    return b"\n".join([*lines, b'{"head":"%s","lines":%d}' % (head.encode(), len(lines)), b""])


def amounts(ballot: verify.Ballot) -> list[object]:
    return [
        (
            one["item"], one["place"], one["passed"],
            [(one[name]["heads"], one[name]["area"]) for name in ("asked", "for", "against", "abstain", "object")],
            [[*one[name].items()] for name in ("quorum", "agree")],  # what is missing, by measure
        )
        for one in verify.counts(ballot)
    ]  # fmt: skip


def tallied(book: Book) -> list[object]:
    box = book.box
    return [
        (
            one.item, one.area, one.passed,
            [(sum.heads, sum.area) for sum in (one.all, one.agree, one.against, one.abstain, one.object)],
            [[(reach.measure.value, reach.missing) for reach in part] for part in (one.quorum, one.agreement)],
        )
        for one in tally(box.ballot, box.standings.values())
    ]  # fmt: skip


# ---- what is right -------------------------------------------------------------------------------------------------


def test_a_list_with_every_kind_of_line_is_right_and_counts_as_the_tally_does() -> None:
    acts = everything()
    assert {entry["kind"] for entry in entries(acts.list)} == kinds() - {"void"}
    ballot = read(acts.list, acts.head.hash)
    assert (ballot.state, ballot.word, ballot.lines) == ("certified", "王科", len(acts.lines))
    assert amounts(ballot) == tallied(acts)
    assert any(one["passed"] for one in verify.counts(ballot)) or any(
        one["for"]["heads"] for one in verify.counts(ballot)
    )


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_recorded_is_right_and_counts_as_the_tally_does(seed: int) -> None:
    chance = random.Random(seed)
    acts = Acts(roll(range(1, 13)), by_name=seed % 2 == 1)
    for _ in range(110):
        seat = f"s{chance.randrange(1, 13)}"
        if seat not in acts.numbers:
            continue
        said = {key: chance.choice((*Choice,)) for key in ("_13", "_31", "_16") if chance.random() < 0.6}
        match chance.randrange(12):
            case 0 | 1 | 2 | 3:
                acts.vote(seat, chance.choice((By.ONLINE, By.ONLINE, By.PROXY)), **said)
            case 4 | 5:
                acts.vote(seat, By.PAPER, **said)
            case 6:
                acts.on(paper.confirm, seat, ("李收", "王录"), "赵核")
            case 7:
                acts.on(paper.decline, seat, "错", "赵核") if chance.random() < 0.3 else None
            case 8:
                acts.on(paper.decide, seat, chance.choice((By.PAPER, By.ONLINE)), "要求", "王录")
            case 9:
                acts.on(proxies.appoint, seat, "张代", 0, "王录") or acts.on(proxies.revoke, seat, "王录")
            case 10:
                number = int(seat[1:])
                holder, place = chance.choice(("业主", "新")), flat(chance.choice((number, number + 12)), number)
                if number < 13 and any(one.id == seat for one in acts.roll.seats):
                    acts.correct(with_seat(acts.roll, Seat(seat, (f"{holder}{number}",), (place,))))
            case 11 if chance.random() < 0.4:
                acts.reword(chance.choice((LIFT, PARK, TOP)), str(acts.step))
    assert len(acts.lines) > 40
    ballot = read(acts.list)
    assert ballot.state == "open" and amounts(ballot) == tallied(acts)


@pytest.mark.parametrize(("last", "passed"), [(OBJECT, False), (ABSTAIN, True)])
def test_one_objection_is_enough_where_the_rule_says_so(last: Choice, passed: bool) -> None:
    acts = Acts(roll((1, 2, 3)))
    assert acts.vote("s1", _13=last) and acts.vote("s2", _13=FOR) and acts.vote("s3", _13=FOR)
    (lift,) = (one for one in verify.counts(read(acts.list)) if one["item"] == LIFT)
    assert (lift["for"]["heads"], lift["agree"]["heads"], lift["passed"]) == (2, 0, passed)
    assert amounts(read(acts.list)) == tallied(acts)


def test_where_nobody_is_left_nothing_passes() -> None:
    acts = Acts(roll((1, 2)))
    values = [*entries(acts.list), a("removed", seat=1), a("removed", seat=2)]
    found = verify.counts(read(chained(values)))
    assert found and not any(one["passed"] for one in found)
    assert all(one["agree"] == {"heads": 1, "area": 1} for one in found)


@pytest.mark.parametrize("dropped", [True, False])
def test_a_correction_takes_choices_away_whether_they_count_or_wait(dropped: bool) -> None:
    reworded, reworded_lift = (a("corrected", item=base()[0]["items"][n], because="错") for n in (1, 0))
    correction = [OUT, MOVED] if dropped else [reworded]  # out of all areas and back again
    both = {**FORMED, "choices": {PARK: "for", LIFT: "for"}}
    for lines in ([ONLINE, *correction], [both, *correction, *([] if dropped else [CONFIRMED, reworded_lift])]):
        (parking,) = (one for one in verify.counts(read(chained([*base(), *lines]))) if one["item"] == PARK)
        assert (parking["asked"]["heads"], parking["took_part"]["heads"]) == (3, 0)


def kinds() -> set[str]:
    """The kinds of lines that the document has."""
    lines = (ROOT / "docs" / "ledger.md").read_text("utf-8").split("## Lines")[1].split("An item in")[0]
    return set(re.findall(r"^\| `([a-z]+)` \|", lines, re.MULTILINE))


def test_the_kinds_are_those_of_the_document() -> None:
    assert kinds() == {kind for following in verify.FOLLOWING.values() for kind in following}


# ---- what was done to a list ---------------------------------------------------------------------------------------


def test_every_changed_byte_of_a_small_list_is_found() -> None:
    whole = small()
    for at in range(len(whole)):
        for byte in {whole[at] ^ 1, ord(" "), ord("0"), ord("\n")} - {whole[at]}:
            fault(whole[:at] + bytes([byte]) + whole[at + 1 :])


def test_every_cut_and_every_dropped_or_doubled_byte_of_a_small_list_is_found() -> None:
    whole = small()
    for at in range(len(whole)):
        fault(whole[:at])
        fault(whole[:at] + whole[at + 1 :])
        fault(whole[: at + 1] + whole[at:])


def test_changed_bytes_and_cuts_of_a_long_list_are_found() -> None:
    whole, chance = everything().list, random.Random(1)
    for _ in range(250):
        at = chance.randrange(len(whole))
        fault(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        fault(whole[:at])


def test_every_dropped_doubled_or_moved_line_is_found_where_it_is() -> None:
    lines = everything().list.splitlines(keepends=True)
    for at, line in enumerate(lines):
        assert fault(b"".join([*lines[:at], *lines[at + 1 :]])).line == at + 1
        assert fault(b"".join([*lines[:at], line, *lines[at:]])).line == at + 2
        if at:
            assert fault(b"".join([*lines[: at - 1], line, lines[at - 1], *lines[at + 1 :]])).line == at
    chance = random.Random(2)
    for _ in range(100):
        one, other = sorted(chance.sample(range(len(lines)), 2))
        moved = [*lines]
        moved[one], moved[other] = moved[other], moved[one]
        assert fault(b"".join(moved)).line == one + 1


def test_a_list_that_was_exchanged_as_a_whole_is_found_by_the_head() -> None:
    acts = everything()
    shorter = chained(entries(acts.list)[:-1])
    assert read(shorter).state == "closed"
    assert "The posted head is another" in str(fault(shorter, acts.head.hash))


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda whole: b"", "no seal"),
        (lambda whole: whole[:-1], "not whole"),
        (lambda whole: whole.replace(b"\n", b"\r\n"), "not one line of JSON"),
        (lambda whole: b"\xef\xbb\xbf" + whole, "does not follow"),
        (lambda whole: whole + b"\n", "follows the seal"),
        (lambda whole: whole + whole, "follows the seal"),
        (lambda whole: whole[: whole.rindex(b'{"head')], "no seal"),
        (lambda whole: whole.replace(b"{", b"[", 1), "does not follow"),
        (lambda whole: whole.replace("选".encode(), b"\xff", 1), "not of the form"),
        (lambda whole: b'{"head":"' + b"0" * 64 + b'","lines":0}\n', "not complete"),
        (lambda whole: b"[" * 100_000 + b"\n", "does not follow"),
        (lambda whole: b"17\nnull\n", "does not follow"),
    ],
)
def test_a_file_that_is_no_list_is_named(edit: Callable[[bytes], bytes], words: str) -> None:
    assert words in str(fault(edit(small())))


def rewritten(line: int, words: str, by: str) -> bytes:
    """The small list with a line written otherwise, in a chain that is right."""
    lines, head = [], "0" * 64
    for number, one in enumerate(small().decode().splitlines()[:-1], 1):
        raw = re.sub('"prev":"[0-9a-f]+"', f'"prev":"{head}"', one)
        if number == line:
            assert words in raw
            raw = raw.replace(words, by, 1)
        lines.append(raw)
        head = hashlib.sha256(raw.encode()).hexdigest()
    return "\n".join([*lines, f'{{"head":"{head}","lines":{len(lines)}}}', ""]).encode()


@pytest.mark.parametrize(
    ("line", "words", "by"),
    [
        (4, '"for"', '"far"'),
        (4, '"menu-13":"for"', ""),
        (4, '{"menu-13":"for"}', '"for"'),
        (4, '{"menu-13":"for"}', '["menu-13"]'),
        (4, '"menu-13":"for"', '"menu-13":["for"]'),
        (4, '"menu-13":"for"', '"menu-13":null'),
        (4, '"seat":', '"seat":-'),
        (4, '"seat":', '"seat":1e'),
        (4, '"seat":', '"seat":' + "9" * 20),
        (4, '"seat":', '"seat":' + "9" * 5000),
        (4, '"seat":', '"seat":[],"s":'),
        (4, '"seat":', '"seats":'),
        (4, '"by":"online",', ""),
        (4, '"by":"online"', '"by":"\u001b[2J"'),
        (4, '"by":"online"', '"by":["online"]'),
        (4, '"receipt":', '"receipts":'),
        (4, '"receipt":', '"receipt":{},"r":'),
        (4, '"kind":"cast"', '"kind":"toast"'),
        (4, '"kind":"cast"', '"kind":["cast"]'),
        (4, '"kind":"cast",', ""),
        (4, "2026-03-02T", "2026-33-02T"),
        (4, "2026-03-02T", "2026-3-2T"),
        (4, "}", ""),
        (2, "}}", "}} "),
        (2, "}}", "}}{}"),
        (4, '"choices":{', '"choices":{"x":' + "[" * 100_000),
        (4, '"choices":{', '"choices":{"x":' + "[" * 400 + "]" * 400 + ","),
        (2, '"heads":1', '"heads":1.0'),
        (2, '"heads":1', '"heads":-1'),
        (2, '"heads":1', '"heads":true'),
        (2, '"areas":{', '"areas":{"/x":null,'),
        (2, '"areas":{', '"areas":{"/x":-1,'),
        (1, '"quorum":[2,3', '"quorum":[4,3'),
        (1, '"quorum":[2,3', '"quorum":[0,0'),
        (1, '"quorum":[2,3', '"quorum":[2.0,3'),
        (1, '"quorum":[2,3,"at-least"]', '"quorum":[2,3,"at least"]'),
        (1, '"quorum":[2,3,"at-least"]', '"quorum":[2,3]'),
        (1, '"agree":[3,4,"at-least"]', '"agree":null'),
        (1, '"of":"taking-part"', '"of":"some"'),
        (1, '"measures":["heads","area"]', '"measures":["heads","heads"]'),
        (1, '"measures":["heads","area"]', '"measures":[]'),
        (1, '"none_objects":false', '"none_objects":"no"'),
        (1, '"areas":["/1号楼/1单元"]', '"areas":["/1号楼/1单元","/1号楼/1单元"]'),
        (1, '"form":"jiugai-ledger-1"', '"form":"jiugai-ledger-2"'),
    ],
)
def test_a_line_that_is_not_of_the_form_is_found_though_the_chain_is_right(line: int, words: str, by: str) -> None:
    # 2 and 3 are the seats, 4 is the selection, 5 the close.
    assert fault(rewritten(line, words, by)).line == line


# ---- lists that are chained right and break a rule -----------------------------------------------------------------

HEX = "ab" * 32


def a(kind: str, at: int = 100, **values: Any) -> dict[str, Any]:
    when = (OPENS + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"at": when, "kind": kind, **values}


def vote(kind: str, by: str, seat: int = 1, at: int = 100, **said: str) -> dict[str, Any]:
    return a(kind, at, seat=seat, by=by, choices={f"menu-{k[1:]}": v for k, v in said.items()}, receipt=HEX)


def base() -> Entries:
    """An opening for 3 seats, two of them in a stairwell where nobody asks about the roof."""
    acts = Acts(roll((1, 2, 9)))
    values = entries(acts.list)
    assert {*values[1]["areas"]} | {*values[2]["areas"]} | {*values[3]["areas"]} > {"/"}
    return values


LATE = 14 * 86400  # the second of the close
ONLINE, PROXY, FORMED = (
    vote(kind, by, _31="for") for kind, by in (("cast", "online"), ("cast", "proxy"), ("entered", "paper"))
)
CHANGED = {**ONLINE, "kind": "changed"}
APPOINTED, CONFIRMED = a("proxy", seat=1), a("confirmed", seat=1)
ON_PAPER, ON_LINE = a("decided", seat=1, by="paper"), a("decided", seat=1, by="online")
CLOSED, CERTIFIED, VOID = a("closed", LATE), a("certified", LATE, by="王"), a("void", LATE, because="错")
MOVED = a("corrected", seat=1, heads=1, areas=base()[1]["areas"], anew=False, dropped=[])
ASKED = [item["id"] for item in base()[0]["items"] if not {*item["areas"]}.isdisjoint(base()[1]["areas"])]
OUT = {**MOVED, "areas": {}, "dropped": ASKED}
WAY = "It is `paper` or `online`"


def reworded(item: int) -> dict[str, Any]:
    return a("corrected", item=base()[0]["items"][item], because="错")


FURTHER = a("seat", seat=4, heads=1, areas={"/": 7})


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([CLOSED, ONLINE], "cannot stand here"),
        ([CLOSED, CLOSED], "cannot stand here"),
        ([CERTIFIED], "cannot stand here"),
        ([CLOSED, CERTIFIED, CERTIFIED], "cannot stand here"),
        ([CLOSED, CERTIFIED, VOID], "cannot stand here"),
        ([VOID, CLOSED], "cannot stand here"),
        ([VOID, VOID], "cannot stand here"),
        ([CLOSED, a("extended", closes="2027-01-01T00:00:00Z", because="雨")], "cannot stand here"),
        ([base()[0]], "cannot stand here"),
        ([vote("cast", "online", 1, LATE, _31="for")], "between opening and close"),
        ([vote("cast", "online", 1, -1, _31="for")], "between opening and close"),
        ([vote("entered", "paper", 1, LATE, _31="for")], "between opening and close"),
        ([vote("cast", "online", 7, _31="for")], "not on the roll"),
        ([a("removed", seat=1), ONLINE], "not on the roll"),
        ([a("removed", seat=1), MOVED], "not on the roll"),
        ([a("removed", seat=1), a("released", seat=1)], "not on the roll"),
        ([vote("cast", "online", _99="for")], "not asked about"),
        ([OUT, ONLINE], "not asked about"),
        ([ONLINE, ONLINE], "else `changed`"),
        ([CHANGED], "else `changed`"),
        ([ONLINE, FORMED], "paper does not replace"),
        ([FORMED, ONLINE], "online does not replace"),
        ([FORMED, CONFIRMED, CHANGED], "online does not replace"),
        ([FORMED, FORMED], "Another paper form"),
        ([ON_PAPER, ONLINE], "was decided for"),
        ([ON_LINE, FORMED], "was decided for"),
        ([FORMED, ON_LINE, CONFIRMED], "No paper form waits"),
        ([FORMED, a("declined", seat=1), CONFIRMED], "No paper form waits"),
        ([CONFIRMED], "No paper form waits"),
        ([a("declined", seat=1)], "No paper form waits"),
        ([{**ONLINE, "by": "paper"}], "by paper"),
        ([{**FORMED, "by": "online"}], "by paper"),
        ([a("decided", seat=1, by="proxy")], WAY),
        ([PROXY], "Nobody may vote"),
        ([a("revoked", seat=1)], "Nobody may vote"),
        ([APPOINTED, a("revoked", seat=1), PROXY], "Nobody may vote"),
        ([APPOINTED, ONLINE, {**PROXY, "kind": "changed"}], "A proxy does not replace"),
        ([APPOINTED, PROXY, a("revoked", seat=1), CHANGED], "else `changed`"),
        ([APPOINTED, {**MOVED, "anew": True}, PROXY], "Nobody may vote"),
        ([ONLINE, {**MOVED, "anew": True}, CHANGED], "else `changed`"),
        ([FORMED, {**MOVED, "anew": True}, CONFIRMED], "No paper form waits"),
        ([{**FURTHER, "seat": 5}], "not numbered on"),
        ([{**FURTHER, "seat": 2}], "not numbered on"),
        ([{**FURTHER, "at": CLOSED["at"]}], "only stand before the close"),
        ([{**MOVED, "at": CLOSED["at"]}], "only stand before the close"),
        ([{**a("removed", seat=1), "at": CLOSED["at"]}], "only stand before the close"),
        ([a("extended", LATE, closes="2027-01-01T00:00:00Z", because="雨")], "only stand before the close"),
        ([a("corrected", LATE, item=base()[0]["items"][0], because="错")], "only stand before the close"),
        ([a("extended", closes=base()[0]["closes"], because="雨")], "not later"),
        ([a("corrected", item={**base()[0]["items"][1], "id": "menu-1"}, because="错")], "not of the form"),
        ([a("corrected", item={**base()[0]["items"][0], "areas": ["/1号楼/1单元"]}, because="错")], "areas of an item"),
        ([a("corrected", item=base()[0]["items"][1], seat=1, because="错")], "areas of an item"),
        ([{**MOVED, "dropped": [PARK]}], "`dropped` is not"),
        ([{**MOVED, "areas": {}}], "`dropped` is not"),
        ([{**OUT, "dropped": ASKED[1:]}], "`dropped` is not"),
        ([{**OUT, "dropped": [*ASKED, ASKED[0]]}], "`dropped` is not"),
        ([{**OUT, "dropped": [*ASKED, "menu-1"]}], "`dropped` is not"),
        ([{**OUT, "anew": True, "dropped": []}], "`dropped` is not"),
        ([APPOINTED, APPOINTED], "Somebody may vote"),
        ([ON_PAPER, ON_PAPER], "was decided already"),
        ([ON_LINE, ON_LINE], "was decided already"),
        ([FORMED, reworded(1), CONFIRMED], "No choice is left"),
        ([APPOINTED, {**MOVED, "anew": True}, a("revoked", seat=1)], "Nobody may vote"),
        *(([FORMED, {**line, "at": a("", at)["at"]}], "between opening and close")
          for line in (CONFIRMED, a("declined", seat=1), ON_PAPER, APPOINTED) for at in (-1, LATE)),
        ([APPOINTED, a("revoked", LATE, seat=1)], "between opening and close"),
        ([a("closed")], "where it is early"),
        ([{**CLOSED, "because": "累"}], "where it is early"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found_though_the_chain_is_right(lines: Entries, name: str) -> None:
    sound = base()
    if len(lines) > 1:
        read(chained([*sound, *lines[:-1]]))  # all but the last one is right
    found = fault(chained([*sound, *lines]))
    assert found.line == len(sound) + len(lines) and name in str(found)


@pytest.mark.parametrize(
    "lines",
    [
        [ONLINE, ON_PAPER, FORMED, CONFIRMED],
        [FORMED, ON_LINE, ONLINE],
        [FORMED, CONFIRMED, ON_LINE, CHANGED],
        [APPOINTED, PROXY, FORMED, CONFIRMED],
        [APPOINTED, PROXY, CHANGED],
        [APPOINTED, PROXY, a("revoked", seat=1), ONLINE],
        [ONLINE, reworded(1), CHANGED],
        [ONLINE, OUT, MOVED, CHANGED],
        [ONLINE, {**OUT, "dropped": ASKED[::-1]}],
        [APPOINTED, {**MOVED, "anew": True}, APPOINTED],
        [ON_PAPER, {**MOVED, "anew": True}, ON_PAPER],
        [ON_PAPER, ON_LINE, ON_PAPER],
        [FORMED, a("declined", seat=1), FORMED, CONFIRMED],
        [a("released", seat=1), ONLINE, a("released", LATE, seat=1)],
        [{**ONLINE, "because": "unknown keys are ignored", "item": 1}],
        [a("works", LATE, works="done", said="街道办")],
        [ONLINE, {**MOVED, "anew": True}, ONLINE],
        [ONLINE, a("extended", closes="2027-01-01T00:00:00Z", because="雨"), {**CHANGED, "at": CLOSED["at"]}],
        [FURTHER, {**ONLINE, "seat": 4}],
        [a("closed", because="够了"), a("works", works="done", said="街道办"), CERTIFIED],
        [CLOSED, VOID],
        [vote("cast", "online", 1, 0, _31="for")],
        [vote("cast", "online", 1, LATE - 1, _31="for")],
    ],
)
def test_what_the_document_allows_is_right(lines: Entries) -> None:
    read(chained([*base(), *lines]))


@pytest.mark.parametrize(
    ("edit", "line", "words"),
    [
        (lambda es: es.pop(0), 1, "cannot stand here"),
        (lambda es: es.insert(2, ONLINE), 3, "cannot stand here"),
        (lambda es: es.pop(), 4, "not complete"),
        (lambda es: es[1].update(seat=2), 2, "not numbered on"),
        (lambda es: es[3].update(seat=2), 4, "not numbered on"),
        (lambda es: es[0].update(seats=2), 0, ""),
        (lambda es: es[0].update(closes=es[0]["opens"]), 1, "too early"),
        (lambda es: es[0]["items"][0].update(id="menu-16"), 1, "same id"),
        (lambda es: es.__delitem__(slice(1, None)), 2, "not complete"),
        (lambda es: es[0].update(items=[]), 0, ""),
    ],
)
def test_a_broken_opening_is_found(edit: Callable[[Entries], object], line: int, words: str) -> None:
    values = base()
    edit(values)
    if line:
        found = fault(chained(values))
        assert found.line == line and words in str(found)
    else:
        assert read(chained(values)).dealt == 3  # one more came by a correction of the roll


# ---- receipts ------------------------------------------------------------------------------------------------------


def lines_of(acts: Acts, kind: str) -> list[int]:
    return [entry["n"] for entry in entries(acts.list) if entry["kind"] == kind]


def traced(acts: Acts, name: str, list: bytes = b"") -> verify.Selection:
    (found,) = read(list or acts.list, "", acts.receipts[name]).found.values()
    (one,) = found
    return one


@pytest.mark.parametrize(
    ("name", "fate", "by"),
    [
        ("online 7", verify.COUNTS, "cast"),
        ("online 1", verify.CHANGED, "changed"),
        ("online 2", verify.CHANGED, "confirmed"),
        ("confirmed", verify.COUNTS, "confirmed"),
        ("declined", verify.UNCONFIRMED, "declined"),
        ("unconfirmed", verify.UNCONFIRMED, "closed"),
        ("set aside", verify.UNCONFIRMED, "decided"),
        ("revoked", verify.NO_MORE, "revoked"),
        ("online 4", verify.NO_MORE, "removed"),
        ("online 5", verify.NO_MORE, "corrected"),
        ("emptied", verify.CHANGED, "changed"),
        ("only the lift", verify.NO_MORE, "corrected"),
        ("proxy", verify.COUNTS, "cast"),
    ],
)
def test_a_receipt_tells_what_became_of_its_selection(name: str, fate: str, by: str) -> None:
    acts = everything()
    found = traced(acts, name)
    assert found.fate == fate and entries(acts.list)[found.since - 1]["kind"] == by
    entry = entries(acts.list)[found.line - 1]
    assert entry["receipt"] == receipt_mark(acts.receipts[name])
    assert (found.seat, found.by, found.said) == (entry["seat"], entry["by"], entry["choices"])


def test_a_receipt_tells_which_choices_a_correction_took_away() -> None:
    found = traced(everything(), "online 7")
    assert found.said.keys() == {LIFT, PARK, TOP} and found.choices.keys() == {PARK}


def test_a_receipt_waits_for_its_confirmation_and_ends_with_a_void_ballot() -> None:
    acts = everything()
    before = entries(acts.list)[: lines_of(acts, "closed")[0] - 1]
    assert traced(acts, "unconfirmed", chained(before)).fate == verify.WAITS
    for name in ("unconfirmed", "online 7"):
        assert traced(acts, name, chained([*before, VOID])).fate == verify.VOID
    assert traced(acts, "online 1", chained([*before, VOID])).fate == verify.CHANGED


def test_a_receipt_that_two_selections_share_shows_both() -> None:
    found = verify.verify(io.BytesIO(chained([*base(), ONLINE, {**ONLINE, "seat": 2}])), "", [HEX]).found[HEX]
    assert [one.seat for one in found] == [1, 2]


def test_receipts_are_kept_only_where_they_are_asked_for() -> None:
    assert read(everything().list).found == {}


@pytest.mark.parametrize(
    "way", [str.lower, lambda r: r.replace("-", ""), lambda r: r.replace("1", "l").replace("0", "o")]
)
def test_a_receipt_may_be_typed_in_any_way(way: Callable[[str], str]) -> None:
    for typed in ("QX7-4KD-92M-7TF", "101-01O-I1L-0AB"):
        assert verify.hashed(way(typed)) == receipt_mark(typed)


# ---- as a program --------------------------------------------------------------------------------------------------


@pytest.fixture
def posted(tmp_path: Path) -> str:
    file = tmp_path / "public.jsonl"
    file.write_bytes(everything().list)
    return str(file)


def test_the_report_says_what_was_found(posted: str) -> None:
    acts = everything()
    typed = acts.receipts["online 1"]
    said = jiugai("verify", posted, "--head", acts.head.hash.upper(), "--receipt", typed.lower())
    assert (said.code, said.err) == (0, "")
    for words in ("选单征询", "核定人", "王科", f"head {acts.head.hash}", "意愿征询", f"receipt {typed.lower()}"):
        assert words in said.out
    assert f"{verify.CHANGED}（第 {lines_of(acts, 'changed')[0]} 行" in said.out
    assert "--head" not in said.out and "基础类" not in said.out  # they are done
    assert ELEVATOR.words in said.out and "《民法典》第二百七十八条" in said.out


def test_the_report_compares_nothing_by_itself_and_tells_of_the_basic_works(tmp_path: Path) -> None:
    (tmp_path / "l").write_bytes(small())
    said = jiugai("verify", str(tmp_path / "l")).out
    for words in ("compare this head with the posted one", "没有给出 --head", "basic works are not done", "基础类"):
        assert words in said


def test_the_report_of_a_void_ballot_has_no_result(tmp_path: Path) -> None:
    (tmp_path / "l").write_bytes(chained([*base(), ONLINE, VOID]))
    said = jiugai("verify", str(tmp_path / "l")).out
    assert "void, because: 错" in said and "作废 void" in said
    assert not [line for line in said.splitlines() if line.endswith(" reached")]


def test_columns_stand_under_each_other_with_chinese_in_them(posted: str) -> None:
    said = jiugai("verify", posted).out
    rows = [
        line for line in said.splitlines() if line.endswith(("结果", "result", "达到 reached", "未达到 not reached"))
    ]
    blocks: dict[int, int] = {}
    for row in rows:
        width = sum(2 if east_asian_width(char) in "WF" else 1 for char in row)
        blocks[width] = blocks.get(width, 0) + 1
    assert len(rows) >= 9 and len(blocks) <= len(FORM.items)
    assert all(number > 1 for number in blocks.values())


def test_the_numbers_come_as_json_too(posted: str) -> None:
    told = json.loads(jiugai("verify", posted, "--json", "--receipt", everything().receipts["proxy"]).out)
    assert told["ok"] and told["state"] == "certified" and told["counts"] == verify.counts(read(everything().list))
    assert [one["fate"] for found in told["receipts"].values() for one in found] == [verify.COUNTS]


def test_what_does_not_hold_ends_in_one_sentence(posted: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(everything().list[:-3])
    for words in (
        [str(bad)], [str(tmp_path)], [str(tmp_path / "none")], ["a\0b"], [posted, "--head", "4f1c"],
        [posted, "--head", "0" * 64],     ):  # fmt: skip
        said = jiugai("verify", *words)
        assert (said.code, said.out) == (1, "") and len(said.err.splitlines()) == 1, words
        told = json.loads(jiugai("verify", *words, "--json").out)
        assert told["ok"] is False and told["fault"]
    unknown = jiugai("verify", posted, "--receipt", "QX7-4KD-92M-7TF")
    assert unknown.code == 1 and "is not in the list" in unknown.out


def test_words_of_a_list_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    values = base()
    values[0]["title"] = "好\u001b[2J\n假的\udc80"
    text = json.dumps(values[0]["title"])  # escaped, as a surrogate cannot be written in UTF-8
    lines = chained([{**values[0], "title": "@"}, *values[1:]]).replace(b'"@"', text.encode(), 1)
    fixed = refastened(lines)
    (tmp_path / "l").write_bytes(fixed)
    said = jiugai("verify", str(tmp_path / "l"))
    assert said.code == 0 and "\u001b" not in said.out and said.out.startswith("好\ufffd[2J\ufffd假的\ufffd")
    assert json.loads(jiugai("verify", str(tmp_path / "l"), "--json").out)["title"] == values[0]["title"]


def refastened(list: bytes) -> bytes:
    """The same lines in a chain that is right."""
    lines, head = [], b"0" * 64
    for line in list.splitlines()[:-1]:
        lines.append(re.sub(rb'"prev":"[0-9a-f]+"', b'"prev":"%s"' % head, line, count=1))
        head = hashlib.sha256(lines[-1]).hexdigest().encode()
    return b"\n".join([*lines, b'{"head":"%s","lines":%d}' % (head, len(lines)), b""])


def test_it_runs_alone_in_an_empty_folder(posted: str, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(verify.__file__, alone / "verify.py")
    command = [sys.executable, "-I", "verify.py", posted, "--head", everything().head.hash]
    run = subprocess.run(command, cwd=alone, env=environment(PYTHONPATH=""), capture_output=True, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "") and "选单征询" in run.stdout


# ---- whatever comes ------------------------------------------------------------------------------------------------


def quietly(list: bytes) -> None:
    """Whatever the bytes are, there is a report or one sentence."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(list)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = verify.main([file.name, "--receipt", "QX7-4KD-92M-7TF"])
        verify.main([file.name, "--json"])
    Path(file.name).unlink()
    json.loads(out.getvalue().splitlines()[-1])
    assert code == 1 and len(err.getvalue().splitlines()) == (0 if "回执" in out.getvalue() else 1)


@given(st.binary(max_size=300), st.integers(0, 5))
def test_no_bytes_at_all_make_it_stumble(junk: bytes, after: int) -> None:
    quietly(b"".join(small().splitlines(keepends=True)[:after]) + junk)


WORDS = st.sampled_from(["for", "paper", "/", "menu-31", HEX, "\ud800"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 4) | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


def spoiled(entry: dict[str, Any], path: list[int], value: Any) -> Iterator[tuple[str, Any]]:
    """An entry in which the value at some depth is another one."""
    at = path[0] % len(entry)
    for number, (key, old) in enumerate(entry.items()):
        if number != at or key in ("n", "prev"):
            yield key, old
        elif isinstance(old, dict) and old and len(path) > 1:
            yield key, dict(spoiled(old, path[1:], value))
        elif isinstance(old, list) and old and isinstance(old[0], dict) and len(path) > 1:
            yield key, [dict(spoiled(old[0], path[1:], value)), *old[1:]]
        else:
            yield key, value


@given(st.integers(0, 10**6), st.lists(st.integers(0, 20), min_size=1, max_size=4), VALUES)
def test_no_values_in_a_right_chain_make_it_stumble(line: int, path: list[int], value: Any) -> None:
    values = [*base_with_all()]
    at = line % len(values)
    values[at] = dict(spoiled(values[at], path, value))
    try:
        list = chained(values)
    except UnicodeEncodeError:  # a lone surrogate cannot stand in UTF-8
        return
    quietly(list)


@cache
def base_with_all() -> tuple[dict[str, Any], ...]:
    lines = [APPOINTED, PROXY, FORMED, CONFIRMED, ON_LINE, MOVED, FURTHER, a("removed", seat=4), CLOSED, CERTIFIED]
    read(chained([*base(), *lines]))
    return (*base(), *lines)
