"""A slow, obvious model of a ballot: dictionaries, fractions, no shortcut, and not a line of `ballots`.

Every act answers as the ballot should: ("refused", why) or ("recorded" | "changed" | "repeated" | "done", …). Areas are
places: () the compound, ("甲",) a building, ("甲", "1") a stairwell. Times are whole seconds.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Answer = tuple[Any, ...]
Place = tuple[str, ...]
Said = dict[str, tuple[str, str]]  # item id → (choice, reason)

# quorum, agreement (numerator, denominator, whether the number itself is enough), of whom, by what, none may object
HALF, THIRDS, QUARTERS = (1, 2, False), (2, 3, True), (3, 4, True)
LAW = {
    ("2007", "raising-fund"): (None, THIRDS, "all", "both", False),
    ("2007", "using-fund"): (None, THIRDS, "all", "both", False),
    ("2007", "rebuilding"): (None, THIRDS, "all", "both", False),
    ("2007", "shared-parts"): (None, HALF, "all", "both", False),
    ("2007", "other"): (None, HALF, "all", "both", False),
    ("2021", "raising-fund"): (THIRDS, QUARTERS, "taking-part", "both", False),
    ("2021", "rebuilding"): (THIRDS, QUARTERS, "taking-part", "both", False),
    ("2021", "shared-parts"): (THIRDS, QUARTERS, "taking-part", "both", False),
    ("2021", "using-fund"): (THIRDS, HALF, "taking-part", "both", False),
    ("2021", "other"): (THIRDS, HALF, "taking-part", "both", False),
}
HANDBOOK = (None, THIRDS, "all", "both", True)
OWN = (HALF, HALF, "all", "heads", False)


def refused(why: str) -> Answer:
    return ("refused", why)


@dataclass
class Seat:
    holders: tuple[str, ...]
    units: list[tuple[str, str, str, int]]  # building, stairwell, unit, area
    here: bool = True  # on the roll
    way: str = ""  # how what counts came in
    said: Said = field(default_factory=dict)
    line: int = 0
    waits: Said | None = None
    waits_line: int = 0
    people: tuple[str, str] = ("", "")
    decided: str = ""
    proxy: bool = False

    @property
    def stairwells(self) -> list[Place]:
        return [(building, stairwell) for building, stairwell, _, _ in self.units]

    def area(self, place: Place) -> int | None:
        """Its area in a place; None where it has nothing there."""
        there = [unit for unit in self.units if unit[: len(place)] == place]
        if not there and place != ():
            return None
        return sum(unit[3] for unit in there)


@dataclass
class Item:
    places: list[Place]
    rule: Any
    version: int = 0


@dataclass
class Model:
    items: dict[str, Item]
    seats: dict[str, Seat]
    opens: int
    closes: int
    most_proxies: int
    works: str
    state: str = "open"
    lines: int = 0

    # ---- what people do ----------------------------------------------------------------------------------------------

    def shut(self, at: int, name: str | None = None) -> str:
        """Why nothing can be done at a time; "" where it can."""
        if self.state != "open" or at >= self.closes:
            return "closed"
        if name is not None and at < self.opens:
            return "not-open"
        return "no-seat" if name is not None and not self.seats[name].here else ""

    def asked(self, seat: Seat) -> list[str]:
        return [id for id, item in self.items.items() if any(seat.area(place) is not None for place in item.places)]

    def flaw(self, seat: Seat, said: Said) -> str:
        if not said:
            return "empty"
        for id in said:
            if id not in self.items:
                return "unknown-item"
            if id not in self.asked(seat):
                return "not-asked"
        for choice, reason in said.values():
            if choice == "object" and reason == "":
                return "reason-missing"
            if len(reason) > 1000:
                return "reason-too-long"
        return ""

    def cast(self, name: str, said: Said, at: int, way: str) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        if seat.decided == "paper":
            return refused("decided-paper")
        if seat.decided == "" and (seat.way == "paper" or seat.waits is not None):
            return refused("paper-first")
        if way == "proxy" and not seat.proxy:
            return refused("no-proxy")
        if way == "proxy" and seat.way in ("online", "paper"):
            return refused("own-vote")
        if why := self.flaw(seat, said):
            return refused(why)
        if seat.way == way and seat.said == said:
            return ("repeated", seat.line)
        kind = "recorded" if seat.way == "" else "changed"
        self.lines += 1
        seat.way, seat.said, seat.line = way, said, self.lines
        return (kind, "cast" if kind == "recorded" else "changed")

    def enter(self, name: str, said: Said, collector: str, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if collector == "" or staff == "":
            return refused("text-missing")
        if why := self.shut(at, name):
            return refused(why)
        if seat.decided == "online":
            return refused("decided-online")
        if seat.decided == "" and seat.way == "online":
            return refused("online-first")
        if seat.waits is not None:
            return refused("paper-waits")
        if why := self.flaw(seat, said):
            return refused(why)
        self.lines += 1
        seat.waits, seat.waits_line, seat.people = said, self.lines, (collector, staff)
        return ("done", ["entered"], [name])

    def confirm(self, name: str, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        if seat.waits is None:
            return refused("no-paper")
        if staff == "":
            return refused("text-missing")
        if staff in seat.people:
            return refused("same-person")
        if not seat.waits:
            return refused("empty")
        self.lines += 1
        seat.way, seat.said, seat.line = "paper", seat.waits, seat.waits_line
        seat.waits, seat.waits_line = None, 0
        return ("done", ["confirmed"], [name])

    def decline(self, name: str, because: str, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        if seat.waits is None:
            return refused("no-paper")
        if because == "" or staff == "":
            return refused("text-missing")
        self.lines += 1
        seat.waits, seat.waits_line = None, 0
        return ("done", ["declined"], [name])

    def decide(self, name: str, way: str, because: str, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        nothing_there = seat.way == "" and seat.waits is None and seat.decided == ""
        if nothing_there or seat.decided == way:
            return refused("nothing-to-decide")
        if because == "" or staff == "":
            return refused("text-missing")
        self.lines += 1
        seat.decided = way
        if way == "online":
            seat.waits, seat.waits_line = None, 0
        return ("done", ["decided"], [name])

    def appoint(self, name: str, holder: str, held: int, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        if holder == "" or staff == "":
            return refused("text-missing")
        if seat.proxy:
            return refused("has-proxy")
        if held + 1 > self.most_proxies:
            return refused("too-many-proxies")
        self.lines += 1
        seat.proxy = True
        return ("done", ["proxy"], [name])

    def revoke(self, name: str, staff: str, at: int) -> Answer:
        seat = self.seats[name]
        if why := self.shut(at, name):
            return refused(why)
        if not seat.proxy:
            return refused("no-proxy")
        if staff == "":
            return refused("text-missing")
        self.lines += 1
        seat.proxy = False
        if seat.way == "proxy":
            seat.way, seat.said, seat.line = "", {}, 0
        return ("done", ["revoked"], [name])

    # ---- corrections -------------------------------------------------------------------------------------------------

    def correct_item(self, id: str, rule: Any, version: int, moved: bool, because: str, at: int) -> Answer:
        if why := self.shut(at):
            return refused(why)
        if id not in self.items:
            return refused("unknown-item")
        item = self.items[id]
        if (rule, version) == (item.rule, item.version) and not moved:
            return refused("same")
        if moved:
            return refused("areas-fixed")
        if because == "":
            return refused("text-missing")
        self.lines += 1
        item.rule, item.version = rule, version
        told = []
        for name, seat in self.seats.items():
            if seat.here and id in self.asked(seat) and (seat.way != "" or seat.waits is not None):
                told.append(name)
            forget(seat, [id])
        return ("done", ["corrected"], told)

    def correct_roll(self, after: dict[str, Seat], at: int) -> Answer:
        """`after` are the seats on the roll from now on; only their holders and units are looked at."""
        if why := self.shut(at):
            return refused(why)
        if not after:
            return refused("faulty")
        kinds, told = [], []
        for name, seat in self.seats.items():
            if seat.here and name not in after:
                kinds.append("removed")
                told.append(name)
                self.seats[name] = Seat(seat.holders, seat.units, here=False)
        for name, new in after.items():
            old = self.seats.get(name)
            if old is None:
                kinds.append("seat")
                told.append(name)
                self.seats[name] = Seat(new.holders, new.units)
            elif (old.holders, old.units) != (new.holders, new.units):
                kinds.append("corrected")
                told.append(name)
                if old.holders != new.holders:
                    self.seats[name] = Seat(new.holders, new.units)
                else:
                    before = self.asked(old)
                    old.units = new.units
                    forget(old, [id for id in before if id not in self.asked(old)])
        if not kinds:
            return refused("same")
        self.lines += len(kinds)
        return ("done", kinds, told)

    # ---- the office --------------------------------------------------------------------------------------------------

    def record_works(self, works: str, said: str) -> Answer:
        if self.state not in ("open", "closed"):
            return refused("closed")
        if said == "":
            return refused("text-missing")
        if works == self.works:
            return refused("same")
        self.works = works
        self.lines += 1
        return ("done", ["works"], [])

    def extend(self, closes: int, because: str, at: int) -> Answer:
        if why := self.shut(at):
            return refused(why)
        if closes <= self.closes:
            return refused("not-later")
        if because == "":
            return refused("text-missing")
        self.closes = closes
        self.lines += 1
        return ("done", ["extended"], [])

    def close(self, because: str, at: int) -> Answer:
        if self.state != "open":
            return refused("closed")
        if at < self.closes and because == "":
            return refused("still-open")
        self.state = "closed"
        self.lines += 1
        return ("done", ["closed"], [])

    def certify(self, by: str) -> Answer:
        if self.state == "open":
            return refused("still-open")
        if self.state != "closed":
            return refused("closed")
        if by == "":
            return refused("text-missing")
        self.state = "certified"
        self.lines += 1
        return ("done", ["certified"], [])

    def void(self, because: str) -> Answer:
        if self.state not in ("open", "closed"):
            return refused("closed")
        if because == "":
            return refused("text-missing")
        self.state = "void"
        self.lines += 1
        return ("done", ["void"], [])

    # ---- the count ---------------------------------------------------------------------------------------------------

    def count(self, id: str, place: Place) -> dict[str, tuple[int, int]]:
        """Heads and area of all who are asked, and of each choice, for an item in a place."""
        there = [seat for seat in self.seats.values() if seat.here and seat.area(place) is not None]
        sums = {"all": (len(there), sum(seat.area(place) or 0 for seat in there))}
        for choice in ("for", "against", "abstain", "object"):
            chose = [seat for seat in there if id in seat.said and seat.said[id][0] == choice]
            sums[choice] = (len(chose), sum(seat.area(place) or 0 for seat in chose))
        return sums

    def verdict(self, id: str, place: Place) -> tuple[bool, bool, bool]:
        """Whether enough take part, enough agree, and all in all it passes."""
        quorum, agree, of, by, none_objects = self.items[id].rule
        sums = self.count(id, place)
        enough_take_part = enough_agree = True
        for measure in (0,) if by == "heads" else (0, 1):
            everyone = sums["all"][measure]
            taking_part = sum(sums[choice][measure] for choice in ("for", "against", "abstain", "object"))
            if quorum and not reaches(taking_part, everyone, quorum):
                enough_take_part = False
            if not reaches(sums["for"][measure], everyone if of == "all" else taking_part, agree):
                enough_agree = False
        stopped = none_objects and sums["object"][0] > 0
        return enough_take_part, enough_agree, enough_take_part and enough_agree and not stopped

    def turnout(self, place: Place) -> tuple[int, int]:
        """How many seats there are in a place, and how many of them have taken part."""
        there = [seat for seat in self.seats.values() if seat.here and seat.area(place) is not None]
        return len(there), len([seat for seat in there if seat.way != ""])


def reaches(part: int, whole: int, share: tuple[int, int, bool]) -> bool:
    if whole == 0:
        return False
    is_, wanted = Fraction(part, whole), Fraction(share[0], share[1])
    return is_ >= wanted if share[2] else is_ > wanted


def forget(seat: Seat, ids: list[str]) -> None:
    for id in ids:
        seat.said = {other: said for other, said in seat.said.items() if other != id}
        if seat.waits is not None:
            seat.waits = {other: said for other, said in seat.waits.items() if other != id}
