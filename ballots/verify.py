"""Checks a ballot's public list, recounts it, looks receipts up. 核对一次征询的公开清单，重新计票，查回执。

    python verify.py PUBLIC.jsonl [--head HASH] [--receipt R …]

Written from docs/ledger.md alone: it shares no line with the program that keeps the ledger, and needs nothing but
Python ≥ 3.11. From top to bottom: the chain, what the lines do, the count, the report.
"""

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from unicodedata import east_asian_width, normalize

Values = dict[str, Any]
ILL_FORMED = (LookupError, TypeError, ValueError, AttributeError, RecursionError)  # how a wrong value is noticed
JSON = json.JSONDecoder()
MOMENT = "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
TIME = re.compile(MOMENT)
SELECTION = re.compile(  # what most lines look like, from their time on
    rf'"at":"({MOMENT})","kind":"(cast|changed|entered)","seat":([0-9]{{1,9}}),"by":"([a-z]+)",'
    r'"choices":(\{[^}]+\}),"receipt":"([0-9a-f]{64})"(?:,"private":\{[^}]*\})?\}\n'
)


class Fault(Exception):
    """What does not hold, in one sentence in both languages, and at which line (0: the list as a whole)."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"第 {line} 行 · line {line}: {words}" if line else words)
        self.line = line


# ---- The chain: each line holds the hash of the line before, and the seal that of the last one ----------------------


def verify(lines: Iterable[bytes], head: str = "", receipts: Iterable[str] = ()) -> "Ballot":
    """The ballot that a public list lays down, with what has one of these receipts (by their hashes). Raises Fault at
    the first line that is not as it was written, or that may not stand where it does."""
    ballot, sealed, number = Ballot(receipts), False, 0
    for number, line in enumerate(lines, 1):
        if sealed:
            raise Fault(number, "封条之后还有内容。 Something follows the seal.")
        if not line.endswith(b"\n"):
            raise Fault(number, "这一行不完整，被截断了。 The line is not whole: it was cut off.")
        start = b'{"n":%d,"prev":"%s",' % (number, ballot.head.encode())
        if line.startswith(start):
            ballot.lines, ballot.head = number, sha256(line[:-1]).hexdigest()
            try:
                ballot.take(ballot.read(line.decode(), len(start)))
            except ILL_FORMED:
                raise Fault(number, "写法不对。 It is not of the form.") from None
        elif line == b'{"head":"%s","lines":%d}\n' % (ballot.head.encode(), ballot.lines):
            sealed = True
        else:
            zh = "与前一行接不上，有行被改、被删、重复或调换了。"
            raise Fault(number, f"{zh} It does not follow the line before: one was changed, dropped, doubled or moved.")
    if not sealed:
        raise Fault(number + 1, "没有封条，清单被截断或改动了。 There is no seal: the list was cut off or changed.")
    if ballot.state in ("", "roll"):
        raise Fault(number, "名册还没有写完。 The roll is not complete.")
    if head not in ("", ballot.head):
        words = "公布的 head 是另一个，或没有抄全。 The posted head is another, or was not typed in full. This list has"
        raise Fault(0, f"{words} {ballot.head}")
    return ballot


# ---- What the lines do ----------------------------------------------------------------------------------------------

FROM_SEATS = ("cast", "changed", "entered", "confirmed", "declined", "decided", "proxy", "revoked")
FOLLOWING = {  # what may follow: on nothing, while the roll is not complete, and so on
    **{"": ("opened",), "roll": ("seat",), "closed": ("works", "certified", "void"), "certified": (), "void": ()},
    "open": (*FROM_SEATS, "released", "corrected", "removed", "seat", "extended", "works", "closed", "void"),
}
CHOICES = {"for": "同意 for", "against": "不同意 against", "abstain": "弃权 abstain", "object": "反对 object"}
KNOWN = frozenset(CHOICES)
COUNTS, WAITS = "计入 · counts", "等第二人确认，还没有计入 · waits for its second confirmer"
CHANGED, UNCONFIRMED = "后来改了，这次不计入 · changed later", "没有确认，不计入 · not confirmed"
NO_MORE, VOID = "从此不再计入 · no longer counts", "征询作废，不计入 · the ballot is void"


@dataclass(slots=True)
class Selection:
    """What a seat `said` by item, in which line; its `choices` that still stand; what became of it, `since` a line."""

    line: int
    seat: int
    by: str
    said: dict[str, str]
    choices: dict[str, str]
    fate: str
    since: int


@dataclass(slots=True)
class Seat:
    """A seat on the roll: which items it is asked about, what of it counts, which paper form waits to be confirmed, how
    the office decided that it votes, and whether somebody may vote for it."""

    heads: int
    areas: dict[str, int]
    asked: frozenset[str]
    counts: Selection | None = None
    waits: Selection | None = None
    decided: str = ""
    proxy: bool = False


class Ballot:
    """A ballot as it stands after the lines so far; `found` has the selections of the receipts that are looked for."""

    def __init__(self, receipts: Iterable[str] = ()) -> None:
        self.lines, self.head, self.state, self.word = 0, "0" * 64, "", ""  # `word`: by or because of what it ended
        self.opened: Values = {}  # and what became of its `closes` and `works`
        self.items: dict[str, Values] = {}
        self.asked: dict[str, list[str]] = {}  # by area: the items that are counted over it
        # The areas of a seat, and the items that it is asked about for them: most seats have neighbours, so kept once,
        # and once more each set of items, which is the same for most neighbours.
        self.alike: dict[tuple[str, ...], tuple[tuple[str, ...], frozenset[str]]] = {}
        self.askings: dict[frozenset[str], frozenset[str]] = {}
        self.chosen: dict[str, dict[str, str]] = {}  # choices that several made, read and kept once
        self.seats: dict[int, Seat] = {}
        self.dealt = 0  # the number of the last seat
        self.found: dict[str, list[Selection]] = {receipt: [] for receipt in receipts}

    def read(self, words: str, start: int) -> Values:
        """What a line says. Most are selections, which are read in a third of the time by taking them apart here."""
        if parts := SELECTION.fullmatch(words, start):
            at, kind, seat, by, choices, receipt = parts.groups()
            if choices not in self.chosen:
                self.chosen[choices] = self.whole(json.loads(choices))
            chosen = self.chosen[choices]
            return {"at": at, "kind": kind, "seat": int(seat), "by": by, "choices": chosen, "receipt": receipt}
        values, end = JSON.raw_decode(words)
        self.must(end == len(words) - 1, "不是一行 JSON。 It is not one line of JSON.")
        moment(values["at"])
        if "choices" in values:
            self.whole(values["choices"])
        return dict(values)

    def whole(self, choices: dict[str, str]) -> dict[str, str]:
        """Choices that are some, and of the form."""
        self.must(choices, "没有选择。 It has no choices.")
        self.must(KNOWN.issuperset(choices.values()), "选择的写法不对。 A choice is not of the form.")
        return choices

    def take(self, line: Values) -> None:
        """Take a line: check that it may stand here, and do what it says."""
        kind, at, closes = line["kind"], line["at"], self.opened.get("closes", "")
        self.must(kind in FOLLOWING[self.state], "这样的行不能在这里。 A line of this kind cannot stand here.")
        if kind in FROM_SEATS:
            self.must(self.opened["opens"] <= at < closes, "不在开启到截止之间。 It is not between opening and close.")
        elif kind in ("corrected", "removed", "extended") or (kind == "seat" and self.state == "open"):
            self.must(at < closes, "截止以后不能再改。 It can only stand before the close.")
        if kind in FROM_SEATS or kind in ("released", "removed") or (kind == "corrected" and "item" not in line):
            seat = self.must(self.seats.get(line["seat"]), "席位不在名册上。 The seat is not on the roll.")
        match kind:
            case "cast" | "changed" | "entered":
                self.select(kind, seat, line)
            case "opened":
                self.must(line["form"] == "jiugai-ledger-1", "不认识这种格式。 It is not of the form jiugai-ledger-1.")
                self.must(moment(line["opens"]) < moment(line["closes"]), "截止不晚于开启。 The close is too early.")
                self.opened, self.state = line, "roll"
                self.items = {item["id"]: sound(item) for item in line["items"]}
                self.must(len(self.items) == len(line["items"]), "有两个事项编号相同。 Two items have the same id.")
                for item in line["items"]:
                    for area in item["areas"]:
                        self.asked.setdefault(area, []).append(item["id"])
            case "seat":
                self.dealt += 1
                self.must(line["seat"] == self.dealt, "席位没有接着编号。 The seats are not numbered on.")
                self.seats[self.dealt] = Seat(*self.placed(line))
                self.state = "open" if self.dealt >= of(int, self.opened["seats"]) else "roll"
            case "confirmed" | "declined":
                form, seat.waits = self.must(seat.waits, "没有待确认的纸质选单。 No paper form waits."), None
                if kind == "confirmed":
                    self.must(form.choices, "更正以后，选单上已没有选择。 No choice is left on the form.")
                    self.end(CHANGED, seat.counts)
                    self.end(COUNTS, form)
                    seat.counts = form
                else:
                    self.end(UNCONFIRMED, form)
            case "decided":
                self.must(line["by"] in ("paper", "online"), "应是 paper 或 online。 It is `paper` or `online`.")
                self.must(line["by"] != seat.decided, "已经这样决定了。 This was decided already.")
                seat.decided = line["by"]
                if seat.decided == "online":
                    self.end(UNCONFIRMED, seat.waits)
                    seat.waits = None
            case "proxy":
                self.must(not seat.proxy, "已有人受这个席位委托。 Somebody may vote for the seat already.")
                seat.proxy = True
            case "revoked":
                self.must(seat.proxy, "没有人受这个席位委托。 Nobody may vote for the seat.")
                seat.proxy = False
                if seat.counts and seat.counts.by == "proxy":
                    self.end(NO_MORE, seat.counts)
                    seat.counts = None
            case "corrected" if "item" in line:
                item, before = sound(line["item"]), self.items[line["item"]["id"]]
                same = before["counted"] == item["counted"] and before["areas"] == item["areas"]
                self.must(same and "seat" not in line, "计票区域不能变。 The areas of an item stay.")
                self.items[item["id"]] = item
                self.drop([item["id"]], *self.seats.values())
            case "corrected":
                asked = seat.asked
                seat.heads, seat.areas, seat.asked = self.placed(line)
                gone = sorted(line["dropped"]) == sorted(asked - seat.asked)
                self.must(gone, "dropped 应正是不再问它的事项。 `dropped` is not what it is no longer asked about.")
                self.drop(line["dropped"], seat)
                if of(bool, line["anew"]):
                    self.end(NO_MORE, seat.counts, seat.waits)
                    self.seats[line["seat"]] = Seat(seat.heads, seat.areas, seat.asked)
            case "removed":
                self.end(NO_MORE, seat.counts, seat.waits)
                del self.seats[line["seat"]]
            case "extended":
                self.must(moment(line["closes"]) > closes, "新的截止不比原来的晚。 The new close is not later.")
                self.opened["closes"] = line["closes"]
            case "works":
                self.opened["works"] = line["works"]
            case "closed":
                reason = (at < closes) == ("because" in line)
                self.must(reason, "提前截止才写理由，也必须写。 It has a reason where it is early, and only there.")
                self.state = kind
                self.end(UNCONFIRMED, *(seat.waits for seat in self.seats.values()))
            case "certified":
                self.state, self.word = kind, line["by"]
            case "void":
                self.state, self.word = kind, line["because"]
                self.end(VOID, *(one for seat in self.seats.values() for one in (seat.counts, seat.waits)))

    def select(self, kind: str, seat: Seat, line: Values) -> None:
        """A selection is taken, or entered from paper and waits."""
        by, way, choices = line["by"], seat.counts.by if seat.counts else "", line["choices"]
        self.must(choices.keys() <= seat.asked, "选了不问这个席位的事项。 The seat is not asked about an item.")
        if kind == "entered":
            self.must(by == "paper", "entered 只能是纸质。 `entered` is by paper alone.")
            self.must(seat.decided != "online", "已决定这个席位走线上。 Online was decided for the seat.")
            free = way != "online" or seat.decided == "paper"
            self.must(free, "线上选单已计入，纸质不能自行取代。 An online selection counts, paper does not replace it.")
            self.must(not seat.waits, "已有纸质选单待确认。 Another paper form waits.")
            seat.waits = selection = Selection(self.lines, line["seat"], by, choices, choices, WAITS, self.lines)
        else:
            self.must(by == "online" or by == "proxy", "cast 和 changed 不能是纸质。 It is not by paper.")
            self.must(seat.decided != "paper", "已决定这个席位走纸质。 Paper was decided for the seat.")
            free = (way != "paper" and not seat.waits) or seat.decided == "online"
            self.must(free, "已有纸质选单，线上不能自行取代。 There is a paper form, online does not replace it.")
            if by == "proxy":
                self.must(seat.proxy, "没有人受这个席位委托。 Nobody may vote for the seat.")
                self.must(way in ("", "proxy"), "代投不能取代本人的选单。 A proxy does not replace the seat's own.")
            first = "还没有选单时用 cast，更改用 changed。 It is `cast` where nothing counts, else `changed`."
            self.must((kind == "cast") == (not way), first)
            if seat.counts:
                self.end(CHANGED, seat.counts)
            seat.counts = selection = Selection(self.lines, line["seat"], by, choices, choices, COUNTS, self.lines)
        if line["receipt"] in self.found:
            self.found[line["receipt"]].append(selection)

    def must(self, held: Any, words: str) -> Any:
        if not held:
            raise Fault(self.lines, words)
        return held

    def placed(self, line: Values) -> tuple[int, dict[str, int], frozenset[str]]:
        """A seat's heads, its areas, and the items that it is asked about: those counted over an area of its own."""
        heads, sizes, names = line["heads"], line["areas"].values(), tuple(line["areas"])
        if any(type(number) is not int or number < 0 for number in (heads, *sizes)):
            raise ValueError
        if names not in self.alike:
            asked = frozenset(item for area in names for item in self.asked.get(area, ()))
            self.alike[names] = names, self.askings.setdefault(asked, asked)
        places, asked = self.alike[names]
        return heads, dict(zip(places, sizes, strict=True)), asked

    def end(self, fate: str, *selections: Selection | None) -> None:
        for selection in selections:
            if selection:
                selection.fate, selection.since = fate, self.lines

    def drop(self, items: list[str], *seats: Seat) -> None:
        """The seats' choices on some items no longer count."""
        for one in (one for seat in seats for one in (seat.counts, seat.waits)):
            if one and not one.choices.keys().isdisjoint(items):
                one.choices = {item: choice for item, choice in one.choices.items() if item not in items}
                if not one.choices:
                    self.end(NO_MORE, one)


def sound(item: Values) -> Values:
    """An item whose rule can be counted."""
    rule, areas = item["rule"], item["areas"]
    for part, whole, how in [rule["agree"]] if rule["quorum"] is None else [rule["quorum"], rule["agree"]]:
        if not 0 < of(int, part) <= of(int, whole) or how not in ("at-least", "more-than"):
            raise ValueError
    if rule["of"] not in ("all", "taking-part") or rule["measures"] not in (["heads"], ["area"], ["heads", "area"]):
        raise ValueError
    if len(set(areas)) < len(areas):
        raise ValueError
    of(bool, rule["none_objects"])
    return item


def of(kind: Any, value: Any) -> Any:
    """A value of this type; a number is not negative."""
    if type(value) is not kind or (kind is int and value < 0):
        raise ValueError
    return value


def moment(at: str) -> str:
    """A time as lines hold it; two of them compare as words do."""
    if not TIME.fullmatch(at):
        raise ValueError
    return at


# ---- The count ------------------------------------------------------------------------------------------------------

SUMS = ("asked", "took_part", *CHOICES)


def counts(ballot: Ballot) -> list[Values]:
    """For each item in each of its areas (`place`): heads and area (in 0.01 m²) of all who are `asked`, who
    `took_part`, and by choice; how much is missing to the `quorum` and to `agree`, by measure; whether it `passed`."""
    keys = [(id, place) for id, item in ballot.items.items() for place in item["areas"]]
    sums = {key: {name: [0, 0] for name in SUMS} for key in keys}
    there = {place: [(id, sums[id, place]) for id in ids] for place, ids in ballot.asked.items()}
    for seat in ballot.seats.values():
        choices = seat.counts.choices if seat.counts else {}
        for place, area in seat.areas.items():
            for id, said in there.get(place, ()):
                for both in (said["asked"], said[choices[id]]) if id in choices else (said["asked"],):
                    both[0] += seat.heads
                    both[1] += area
    found = []
    for (id, place), said in sums.items():
        rule = ballot.items[id]["rule"]
        said["took_part"] = [sum(amounts) for amounts in zip(*(said[choice] for choice in CHOICES), strict=True)]
        one = {name: {"heads": heads, "area": area} for name, (heads, area) in said.items()}
        asked, part = one["asked"], one["took_part"]
        whole = asked if rule["of"] == "all" else part
        agree = {key: missing(one["for"][key], whole[key], rule["agree"]) for key in rule["measures"]}
        quorum = {key: missing(part[key], asked[key], rule["quorum"]) for key in rule["measures"] if rule["quorum"]}
        stopped = rule["none_objects"] and one["object"]["heads"] > 0
        passed = not stopped and not any((*quorum.values(), *agree.values()))
        found.append({"item": id, "place": place, **one, "quorum": quorum, "agree": agree, "passed": passed})
    return found


def missing(part: int, whole: int, share: tuple[int, int, str]) -> int:
    """How much is missing to a share of a whole, in exact integers; of a whole of zero none is ever reached."""
    numerator, denominator, how = share
    least = -(-numerator * whole // denominator) if how == "at-least" else numerator * whole // denominator + 1
    return max(0, max(1, least) - part)


# ---- The report: every line in both languages -----------------------------------------------------------------------

STATES = {
    "open": "还没有截止，不是最后的结果 · not closed yet",
    "closed": "已截止，还没有核定 · closed, not certified yet",
    "certified": "已截止，核定人 · closed, certified by ",
    "void": "已作废，理由 · void, because: ",
}
WORDS = {"at-least": "至少 at least", "more-than": "超过 more than", "all": "全体 all", "taking-part": "参加者 those"}
WAYS = {"online": "线上 online", "proxy": "代投 by proxy", "paper": "纸质 on paper"}
HEADS = (
    ("区域", "", "应征询", "参加", "同意", "不同意", "弃权", "反对", "参加还差", "同意还差", "结果"),
    ("place", "", "asked", "took part", "for", "against", "abstain", "object", "quorum short", "for short", "result"),
)


def shown(words: str) -> str:
    """Words that may come from the list: nothing in them moves the cursor or ends the line."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)


def table(found: Iterable[Values], void: bool) -> Iterator[str]:
    """Counts, two lines for each area; the first two columns to the left, and a Chinese character is two wide."""
    rows: list[tuple[str, ...]] = [*HEADS]
    for one in found:
        result = "作废 void" if void else "达到 reached" if one["passed"] else "未达到 not reached"
        for key, place, unit, last in (("heads", one["place"], "人 heads", result), ("area", "", "m²", "")):
            numbers = [one[name].get(key) for name in (*SUMS, "quorum", "agree")]
            cells = ["-" if n is None else f"{n // 100}.{n % 100:02}" if key == "area" else str(n) for n in numbers]
            rows.append((place, unit, *cells, last))
    wide = [[sum(1 + (east_asian_width(char) in "WF") for char in cell) for cell in row] for row in rows]
    most = [max(column) for column in zip(*wide, strict=True)]
    for row, widths in zip(rows, wide, strict=True):
        gaps = [" " * (full - width) for full, width in zip(most, widths, strict=True)]
        cells = [cell + gap if at < 2 else gap + cell for at, (cell, gap) in enumerate(zip(row, gaps, strict=True))]
        yield "  ".join(cells).rstrip()


def report(ballot: Ballot, receipts: dict[str, str], head: str) -> Iterator[str]:
    """What a person reads; `receipts` are those that were typed, with their hashes."""
    yield from (ballot.opened["title"], STATES[ballot.state] + ballot.word)
    yield f"{ballot.lines} 行，前后相接，处处合乎规则 · lines: the chain is whole, and every rule is kept"
    yield f"head {ballot.head}"
    if not head:
        yield "没有给出 --head：清单自身前后一致，还请把上面的 head 与公布的逐字对照。"
        yield "No --head was given: the list is consistent in itself; compare this head with the posted one."
    yield "这是意愿征询，不是业主依法共同决定的表决。 This is a survey of wishes, not the owners' statutory vote."
    if ballot.opened["works"] != "done":
        yield "基础类改造还没有完成：自选类是在已实施基础类改造整治的前提下，根据居民意愿确定的改造内容。"
        yield "The basic works are not done: optional items come only after them. 西政办发〔2018〕4号 二（二）"
    found = counts(ballot)
    for id, item in ballot.items.items():
        rule, source = item["rule"], item["rule"]["source"]
        yield from ("", f"{id} {item['words']}", f"{source['zh']} {source['en']}")
        for words, share in (("参加 take part: ", rule["quorum"]), (f"同意 for, {WORDS[rule['of']]}: ", rule["agree"])):
            yield words + (f"{WORDS[share[2]]} {share[0]}/{share[1]}" if share else "-")
        if rule["none_objects"]:
            yield "有人反对即未达到。 One objection is enough: not reached."
        yield from table((one for one in found if one["item"] == id), ballot.state == "void")
    for typed, receipt in receipts.items():
        yield ""
        yield f"回执 receipt {typed}" + ("" if ballot.found[receipt] else "：清单里没有，请核对 · is not in the list")
        for one in ballot.found[receipt]:
            yield f"第 {one.line} 行，席位 {one.seat}，{WAYS[one.by]} · line {one.line}, seat {one.seat}"
            yield f"{one.fate}（第 {one.since} 行 line {one.since}）"
            for id, choice in one.said.items():
                yield f"  {id} {CHOICES[choice]}" + ("" if id in one.choices else "：更正后不再计入 no longer counts")


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser, this file's own or that of a program of which it is one command."""
    parser.add_argument("file", metavar="PUBLIC.jsonl", help="公开清单 · the public list")
    parser.add_argument("--head", default="", metavar="HASH", help="公布的 head，64 位 · the head that was posted")
    parser.add_argument("--receipt", nargs="+", action="extend", default=[], metavar="R", help="查回执 · look up")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")


def hashed(typed: str) -> str:
    """A receipt as it stands in the list, however it was typed."""
    plain = "".join(filter(str.isalnum, normalize("NFKC", typed).upper())).translate(str.maketrans("ILO", "110"))
    return sha256(f"receipt {plain}".encode()).hexdigest()


def run(args: argparse.Namespace) -> int:
    """Check, count and print; 0 if all holds, 1 if something does not or a receipt is not in the list."""
    head, receipts, stream = args.head.strip().lower(), {typed: hashed(typed) for typed in args.receipt}, sys.stdout
    try:
        with open(args.file, "rb") as file:
            # A line longer than 64 MB is cut there, and so found to lack its end; it must not fill the memory.
            ballot = verify(iter(partial(file.readline, 1 << 26), b""), head, receipts.values())
        if args.json:
            told = {"ok": True, **{key: getattr(ballot, key) for key in ("lines", "head", "state", "word")}}
            told |= {key: ballot.opened[key] for key in ("title", "closes", "works")} | {"counts": counts(ballot)}
            told["receipts"] = {typed: [asdict(one) for one in ballot.found[mark]] for typed, mark in receipts.items()}
            words = json.dumps(told)
        else:
            words = "\n".join(map(shown, report(ballot, receipts, head)))
        code = 0 if all(ballot.found.values()) else 1
    except (Fault, OSError, *ILL_FORMED) as error:
        unread = f"{args.file} 读不了，或写法不对。 It cannot be read, or is not of the form."
        words, code = shown(str(error) if isinstance(error, Fault) else unread), 1
        if args.json:
            words = json.dumps({"ok": False, "line": getattr(error, "line", 0), "fault": words})
        else:
            stream = sys.stderr
    known = stream.encoding or "utf-8"  # what a terminal cannot show is shown by its code
    print(words.encode(known, "backslashreplace").decode(known), file=stream, flush=True)
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    gc.disable()  # nothing here makes circles, and looking for them takes a tenth of the time
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt):  # the reader has gone (`… | head`), or wants no more
        os._exit(130)
