"""A whole ballot against a slow, obvious model: every outcome, every refusal, and every count after every act."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ballots import correcting, keeping, paper, proxies, verify
from ballots.ballot import Ballot, Works
from ballots.box import Box, recount
from ballots.casting import Changed, Recorded, Repeated, cast
from ballots.draft import Draft, DraftItem
from ballots.ledger import published
from ballots.menu import ELEVATOR, Counted, Item
from ballots.outcomes import Done, Refused
from ballots.report import Withheld, result, turnout
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.rules import Matter, by_law
from ballots.standing import By, Choice, Selection, Standing
from ballots.tally import Amount, tally
from tests.ballots import model as slow
from tests.ballots.kit import Book, secret
from tests.lengths import examples

DAY = 24 * 3600
CHOICES = ["for", "for", "for", "for", "against", "abstain", "object"]
ACTS = (
    *("votes", "votes", "most_agree", "changes_its_vote", "votes_by_proxy", "votes_by_proxy", "repeats"),
    *("enters_a_form", "enters_a_form", "confirms_a_form", "confirms_a_form", "declines_a_form", "decides_the_way"),
    *("appoints_a_proxy", "appoints_a_proxy", "revokes_a_proxy"),
    *("corrects_an_item", "corrects_the_roll", "corrects_the_roll", "the_office_acts"),
)
# What an act is made of comes from a seed, so that most acts are sound and some are odd.
LUCK = st.integers(0, 2**32)
WORKS = st.sampled_from([*Works])
Units = list[tuple[str, str, int]]
UNITS = st.lists(
    st.tuples(
        # Several seats often share a stairwell: a rule is seldom reached by one.
        st.sampled_from(["甲楼", "甲楼", "甲楼", "乙楼"]),
        st.sampled_from(["1", "1", "1", "2"]),
        st.sampled_from([0, 1, 2, 3, 5000, 7001]),
    ),
    min_size=1,
    max_size=3,
)
MATTERS = st.sampled_from([*Matter])
DEPTH = {Counted.COMPOUND: 0, Counted.BUILDING: 1, Counted.STAIRWELL: 2}


class Luck(Random):
    """What an act is made of: mostly as it should be."""

    def often(self, usual: str, *seldom: str, odd: float = 0.06) -> str:
        return self.choice(seldom) if self.random() < odd else usual

    def when(self) -> str:
        return self.often("during", "first", "last", "before", "at-close", "after", odd=0.12)

    def text(self) -> str:
        return self.often("核对过", " 核对过\n", "", " ", odd=0.1)

    def staff(self) -> str:
        return self.often(self.choice(["王科", "李科", "赵科", "孙科"]), "", " ", " 王科 ")

    def slip(self) -> str:
        return self.often("", "empty", "unknown", "stray", "no-reason", "too-long", odd=0.15)

    def units(self) -> Units:
        places = [(building, stairwell) for building in ("甲楼", "乙楼") for stairwell in ("1", "2")]
        areas = (0, 1, 2, 3, 5000, 7001)
        return [(*self.choice(places), self.choice(areas)) for _ in range(self.choice((1, 1, 2, 3)))]


def path(place: slow.Place) -> str:
    return "/" + "/".join(place)


class Counting(RuleBasedStateMachine):
    """Acts on a ballot and on its model; what they answer and what is counted must be the same."""

    ballot: Ballot | None = None
    checked = 0  # how many lines were held against the model

    @initialize(
        kind=st.sampled_from([Kind.OWNERS, Kind.OWNERS, Kind.OWNERS, Kind.COMMITTEE, Kind.HOUSEHOLDS]),
        year=st.sampled_from([2020, 2026, 2026]),
        seats=st.lists(UNITS, min_size=1, max_size=5),
        items=st.lists(
            st.tuples(
                MATTERS,
                st.sampled_from([*Counted, Counted.STAIRWELL]),
                st.sampled_from([True, True, False]),
                st.booleans(),
            ),
            min_size=1,
            max_size=4,
        ),
        live=st.booleans(),
        most_proxies=st.sampled_from([0, 2, 3, 3]),
        works=WORKS,
    )
    def begin(
        self,
        kind: Kind,
        year: int,
        seats: list[Units],
        items: list[tuple[Matter, Counted, bool, bool]],
        live: bool,
        most_proxies: int,
        works: Works,
    ) -> None:
        self.kind, self.regime = kind, "2007" if year == 2020 else "2021"
        self.opens = datetime(year, 3, 1, 1, tzinfo=UTC)
        self.step, self.flats = 0, 0
        owned = {f"s{n}": self.model_seat(f"业主{n}", units) for n, units in enumerate(seats)}
        asked = []
        places: dict[str, slow.Item] = {}
        for n, (matter, counted, handbook, everywhere) in enumerate(items):
            elevator = handbook and counted is Counted.STAIRWELL and kind is Kind.OWNERS
            item = Item(f"menu-{n}", ELEVATOR if elevator else f"事项{n}", "平实的话", "Plain words.")
            there: list[slow.Place] = sorted(
                {place[: DEPTH[counted]] for seat in owned.values() for place in seat.stairwells}
            )
            there = there if everywhere else there[:1]
            only = () if everywhere else tuple(map(path, there))
            asked.append(DraftItem(item, matter, "王科", counted, only, elevator))
            rules = slow.HANDBOOK if elevator else slow.LAW[self.regime, matter.value]
            places[item.id] = slow.Item(there, rules if kind is Kind.OWNERS else slow.OWN)
        self.model = slow.Model(places, owned, 0, 7 * DAY, most_proxies, works.value)
        self.model.lines = 1 + len(owned)
        closes = self.opens + timedelta(days=7)
        draft = Draft("b1", "征询", tuple(asked), self.opens, closes, works, "街道办", live, live, most_proxies)
        self.roll = Roll(kind, tuple(self.real_seat(name) for name in owned))
        self.book = Book()
        self.standings: dict[int, Standing] = {}
        opened = draft.open(self.roll, self.opens, self.secret())
        assert isinstance(opened, Done), opened
        assert sorted(opened.numbers.values()) == sorted(opened.tell) == [*range(1, len(owned) + 1)]
        self.take(opened)

    # ---- what the acts need ------------------------------------------------------------------------------------------

    def secret(self) -> bytes:
        self.step += 1
        return secret("act", self.step)

    def model_seat(self, holder: str, units: Units) -> slow.Seat:
        placed = []
        for building, stairwell, area in units:
            self.flats += 1
            placed.append((building, stairwell, f"{self.flats}室", area))
        return slow.Seat((holder,), placed)

    def real_seat(self, name: str) -> Seat:
        seat = self.model.seats[name]
        return Seat(name, seat.holders, tuple(Unit(*unit) for unit in seat.units))

    def name(self, luck: Luck, *most: str) -> str:
        """A seat: mostly one of `most`, seldom one that was taken off the roll."""
        if most and luck.random() < 0.9:
            return luck.choice(most)
        here = [name for name, seat in self.model.seats.items() if seat.here]
        return luck.choice(here if here and luck.random() < 0.95 else [*self.model.seats])

    def those(self, fit: Callable[[slow.Seat], object]) -> list[str]:
        return [name for name, seat in self.model.seats.items() if fit(seat)]

    def standing(self, name: str) -> Standing:
        return self.standings[self.book.numbers[name]]

    def at(self, when: str) -> int:
        closes = self.model.closes
        seconds = {"first": 0, "last": closes - 1, "before": -1, "at-close": closes, "after": closes + 1}
        return seconds.get(when, DAY)

    def time(self, seconds: int) -> datetime:
        return self.opens + timedelta(seconds=seconds)

    @property
    def now(self) -> Ballot:
        assert self.ballot is not None
        return self.ballot

    def take(self, outcome: Recorded | Changed | Done) -> None:
        """Append what was recorded, and bring the ballot and its seats on, line by line."""
        before = len(self.book.lines)
        self.book.write(outcome)
        for line in self.book.lines[before:]:
            values: dict[str, Any] = json.loads(line)
            self.ballot = Ballot.read(values) if self.ballot is None else self.ballot.after(values)
            if values["kind"] == "seat":
                self.standings[values["seat"]] = Standing(values["seat"], values["heads"], values["areas"])
            elif "seat" in values:
                standing = self.standings[values["seat"]]
                self.standings[values["seat"]] = standing.after(values, self.book.private(values["n"]))
            elif values["kind"] == "corrected":
                for number, standing in self.standings.items():
                    self.standings[number] = standing.without_item(values["item"]["id"])

    def same(self, outcome: Recorded | Changed | Repeated | Done | Refused, expected: slow.Answer) -> None:
        """The outcome is the model's; what is to be recorded is."""
        before = len(self.book.lines)
        match outcome:
            case Refused():
                assert (outcome.reason.value,) == expected[1:], (outcome, expected)
            case Repeated():
                assert ("repeated", outcome.line) == expected, (outcome, expected)
            case Recorded() | Changed():
                found = "recorded" if isinstance(outcome, Recorded) else "changed"
                assert (found, outcome.entry.kind) == expected, (outcome, expected)
                self.take(outcome)
            case Done():
                self.take(outcome)
                kinds = [entry.kind for entry in outcome.entries]
                told = [name for number in outcome.tell for name, n in self.book.numbers.items() if n == number]
                assert ("done", kinds, told) == expected, (outcome, expected)
        assert len(self.book.lines) == self.model.lines
        assert (len(self.book.lines) == before) == (expected[0] in ("refused", "repeated"))

    def said(self, name: str, luck: Luck, of: Sequence[str] = CHOICES) -> tuple[Selection, slow.Said]:
        """What a seat selects, for the ballot and for the model."""
        ids = self.model.asked(self.model.seats[name])
        picked = {id: luck.choice(of) for id in luck.sample(ids, luck.randint(min(1, len(ids)), len(ids)))}
        reasons = {id: f" 遮光{id} " for id, choice in picked.items() if choice == "object"}
        match luck.slip():
            case "empty":
                picked, reasons = {}, {}
            case "unknown":
                picked = {**picked, "menu-99": "for"}
            case "stray":  # of a place where the seat has nothing, if there is one; and a reason for nothing
                picked = {**picked, **{id: "against" for id in self.model.items if id not in ids}}
                reasons = {**reasons, **{id: "随口" for id in self.model.items if id not in picked}}
            case "no-reason":
                reasons = {id: " \n " for id in picked}
            case "too-long":
                reasons = {id: "长" * (1000 + (id == min(picked))) for id in picked}
        selection = Selection({id: Choice(choice) for id, choice in picked.items()}, reasons)
        return selection, {id: (choice, reasons.get(id, "").strip()) for id, choice in picked.items()}

    @rule(act=st.sampled_from(ACTS), seed=LUCK)
    def act(self, act: str, seed: int) -> None:
        getattr(self, act)(Luck(f"{seed} {self.step}"))

    # ---- the seats ---------------------------------------------------------------------------------------------------

    def votes(self, luck: Luck) -> None:
        self.cast(self.name(luck), By.ONLINE, luck)

    def changes_its_vote(self, luck: Luck) -> None:
        self.cast(self.name(luck, *self.those(lambda seat: seat.way)), By.ONLINE, luck)

    def votes_by_proxy(self, luck: Luck) -> None:
        self.cast(self.name(luck, *self.those(lambda seat: seat.proxy)), By.PROXY, luck)

    def most_agree(self, luck: Luck) -> None:
        """One after another all vote, and most agree: so rules are reached, now and then but for an objection."""
        for name in self.those(lambda seat: seat.here):
            self.cast(name, By.ONLINE, luck, ["for"] * 7 + ["object"])

    def cast(self, name: str, by: By, luck: Luck, of: Sequence[str] = CHOICES) -> None:
        (selection, said), at = self.said(name, luck, of), self.at(luck.when())
        expected = self.model.cast(name, said, at, by.value)
        self.same(cast(self.now, self.standing(name), selection, self.time(at), self.secret(), by), expected)

    def repeats(self, luck: Luck) -> None:
        name = self.name(luck, *self.those(lambda seat: seat.said))
        seat, at = self.model.seats[name], self.at(luck.when())
        by = By(luck.often(seat.way or "online", "proxy", "online"))
        by = By.PROXY if by is By.PAPER else by  # a proxy repeats what is on paper
        choices = {id: Choice(choice) for id, (choice, _) in reversed(seat.said.items())}
        more = luck.often("", "还有噪音", odd=0.2)  # with another reason it is no repetition
        said = {id: (choice, reason and reason + more) for id, (choice, reason) in seat.said.items()}
        selection = Selection(choices, {id: f"{reason}\n" for id, (_, reason) in said.items()})
        expected = self.model.cast(name, said, at, by.value)
        self.same(cast(self.now, self.standing(name), selection, self.time(at), self.secret(), by), expected)

    # ---- paper -------------------------------------------------------------------------------------------------------

    def enters_a_form(self, luck: Luck) -> None:
        name = self.name(luck)
        (selection, said), collector, staff = self.said(name, luck), luck.staff(), luck.staff()
        at = self.at(luck.when())
        now = self.time(at)
        expected = self.model.enter(name, said, collector.strip(), staff.strip(), at)
        found = paper.enter(self.now, self.standing(name), selection, collector, staff, now, self.secret())
        self.same(found, expected)

    def confirms_a_form(self, luck: Luck) -> None:
        name, staff, at = self.waiting(luck), luck.staff(), self.at(luck.when())
        standing, people = self.standing(name), self.model.seats[name].people
        expected = self.model.confirm(name, staff.strip(), at)
        # Who entered it stands in the line of the form.
        entered = self.book.private(standing.paper_line) if standing.paper_line else {}
        typed = (entered.get("collector", people[0]), entered.get("staff", people[1]))
        self.same(paper.confirm(self.now, standing, typed, staff, self.time(at), self.secret()), expected)

    def declines_a_form(self, luck: Luck) -> None:
        name, because, staff, at = self.waiting(luck), luck.text(), luck.staff(), self.at(luck.when())
        standing = self.standing(name)
        expected = self.model.decline(name, because.strip(), staff.strip(), at)
        self.same(paper.decline(self.now, standing, because, staff, self.time(at), self.secret()), expected)

    def decides_the_way(self, luck: Luck) -> None:
        name = self.name(luck, *self.those(lambda seat: seat.way or seat.waits is not None or seat.decided))
        by, because, staff = luck.choice([By.PAPER, By.ONLINE]), luck.text(), luck.staff()
        at, standing = self.at(luck.when()), self.standing(name)
        expected = self.model.decide(name, by.value, because.strip(), staff.strip(), at)
        self.same(paper.decide(self.now, standing, by, because, staff, self.time(at), self.secret()), expected)

    def waiting(self, luck: Luck) -> str:
        return self.name(luck, *self.those(lambda seat: seat.waits is not None))

    # ---- proxies -----------------------------------------------------------------------------------------------------

    def appoints_a_proxy(self, luck: Luck) -> None:
        name, holder, held, staff = self.name(luck), luck.staff(), luck.choice([0, 0, 0, 1, 2]), luck.staff()
        at, standing = self.at(luck.when()), self.standing(name)
        expected = self.model.appoint(name, holder.strip(), held, staff.strip(), at)
        self.same(proxies.appoint(self.now, standing, holder, held, staff, self.time(at), self.secret()), expected)

    def revokes_a_proxy(self, luck: Luck) -> None:
        name, staff, at = self.name(luck, *self.those(lambda seat: seat.proxy)), luck.staff(), self.at(luck.when())
        standing = self.standing(name)
        expected = self.model.revoke(name, staff.strip(), at)
        self.same(proxies.revoke(self.now, standing, staff, self.time(at), self.secret()), expected)

    # ---- corrections -------------------------------------------------------------------------------------------------

    def corrects_an_item(self, luck: Luck) -> None:
        id, because, at = luck.choice([*self.model.items]), luck.text(), self.at(luck.when())
        before, version, rules = self.now.items[id], self.model.items[id].version, self.model.items[id].rule
        after, what = before, luck.often(luck.choice(["words", "rule"]), "nothing", "areas", "unknown", odd=0.2)
        match what:
            case "words":
                version = self.step + 100
                after = replace(before, item=replace(before.item, zh=f"改过的话{version}"))
            case "rule" if self.kind is Kind.OWNERS:
                version, matter = self.step + 100, luck.choice([*Matter])
                rules = slow.LAW[self.regime, matter.value]
                after = replace(before, matter=matter, rule=by_law(matter, self.opens.date()), set_by=f"李科{version}")
            case "areas":
                after = replace(before, areas=(*before.areas, "/丙楼"))
            case "unknown":
                id = "menu-99"
                after = replace(before, item=replace(before.item, id=id))
        expected = self.model.correct_item(id, rules, version, what == "areas", because.strip(), at)
        standings = [self.standings[self.book.numbers[name]] for name in self.model.seats]
        found = correcting.correct_item(self.now, standings, after, because, self.time(at), self.secret())
        self.same(found, expected)

    def corrects_the_roll(self, luck: Luck) -> None:
        here = {name: seat for name, seat in self.model.seats.items() if seat.here}
        after = {name: slow.Seat(seat.holders, [*seat.units]) for name, seat in here.items()}
        at, moved = self.at(luck.when()), self.model_seat("新业主", luck.units())
        what = luck.choice(["units", "units", "grow", "holder", "add", "add", "remove", "nothing", "all"])
        if here and what in ("units", "grow", "holder", "remove"):
            name = luck.choice([*here])
            holders, units = (here[name].holders, here[name].units)
            match what:
                case "units":
                    after[name] = slow.Seat(holders, moved.units)
                case "grow":
                    after[name] = slow.Seat(holders, [*units, *moved.units])
                case "holder":
                    after[name] = slow.Seat((f"新业主{self.step}",), [*units])
                case "remove" if len(here) > 1 or luck.random() < 0.1:
                    del after[name]
        elif what == "add" and len(self.model.seats) < 8:
            after[f"s{len(self.model.seats)}"] = moved
        elif what == "all":
            after = {}
        expected = self.model.correct_roll(after, at)
        seats = [Seat(name, seat.holders, tuple(Unit(*unit) for unit in seat.units)) for name, seat in after.items()]
        roll = Roll(self.kind, tuple(seats))
        now, standings, numbers = self.time(at), self.standings, self.book.numbers
        found = correcting.correct_roll(self.now, standings, numbers, self.roll, roll, now, self.secret())
        self.same(found, expected)
        if isinstance(found, Done):
            self.roll = roll

    # ---- the office --------------------------------------------------------------------------------------------------

    def the_office_acts(self, luck: Luck) -> None:
        text, at, works = luck.text(), self.at(luck.when()), luck.choice([*Works])
        now, later = self.time(at), self.model.closes + luck.choice([-DAY, 0, 1, DAY, DAY])
        ending = self.model.state != "open" or luck.random() < 0.2
        match luck.choice(["works", "extend", "extend", "close", "certify", "void"]):
            case "works":
                expected = self.model.record_works(works.value, text.strip())
                self.same(keeping.record_works(self.now, works, text, now, self.secret()), expected)
            case "extend":
                expected = self.model.extend(later, text.strip(), at)
                self.same(keeping.extend(self.now, self.time(later), text, now, self.secret()), expected)
            case "close":
                if not ending:
                    text, at, now = "", min(at, self.model.closes - 1), self.time(min(at, self.model.closes - 1))
                expected = self.model.close(text.strip(), at)
                self.same(keeping.close(self.now, now, self.secret(), text), expected)
            case "certify":
                expected = self.model.certify(text.strip())
                self.same(keeping.certify(self.now, text, now, self.secret()), expected)
            case "void":
                text = text if ending else ""
                expected = self.model.void(text.strip())
                self.same(keeping.void(self.now, text, now, self.secret()), expected)

    # ---- what must always hold ---------------------------------------------------------------------------------------

    @invariant()
    def all_is_as_the_model_has_it(self) -> None:
        if len(self.book.lines) > self.checked:  # what was refused has added nothing
            self.checked = len(self.book.lines)
            box = recount(self.book.lines, self.book.private)
            self.the_lines_alone_tell_where_everything_stands(box)
            self.the_count_is_the_models(box)
            self.turnout_is_shown_and_counts_are_withheld_before_the_close(box)

    def the_lines_alone_tell_where_everything_stands(self, box: Box) -> None:
        assert box.ballot == self.ballot
        assert box.standings == self.standings
        assert box.ballot.state.value == self.model.state
        assert box.ballot.closes == self.time(self.model.closes)
        assert box.ballot.works.value == self.model.works
        for name, seat in self.model.seats.items():
            standing = box.standings[self.book.numbers[name]]
            assert standing.gone is not seat.here
            assert (standing.by.value, standing.line) == (seat.way, seat.line)
            assert told(standing.selection) == seat.said
            assert (told(standing.paper) if standing.paper is not None else None) == seat.waits
            assert standing.proxy is seat.proxy
            assert not seat.here or standing.decided.value == seat.decided

    def the_count_is_the_models(self, box: Box) -> None:
        counts = tally(box.ballot, box.standings.values())
        expected = [(id, place) for id, item in self.model.items.items() for place in item.places]
        assert [(count.item, count.area) for count in counts] == [(id, path(place)) for id, place in expected]
        for count, (id, place) in zip(counts, expected, strict=True):
            sums = {
                "all": count.all,
                "for": count.agree,
                "against": count.against,
                "abstain": count.abstain,
                "object": count.object,
            }
            assert sums == {name: Amount(*both) for name, both in self.model.count(id, place).items()}
            enough_take_part = all(reach.missing == 0 for reach in count.quorum)
            enough_agree = all(reach.missing == 0 for reach in count.agreement)
            assert (enough_take_part, enough_agree, count.passed) == self.model.verdict(id, place)

    def turnout_is_shown_and_counts_are_withheld_before_the_close(self, box: Box) -> None:
        seats = {self.book.numbers[seat.id]: seat for seat in self.roll.seats}
        for part in turnout(box, seats).parts:
            place = tuple(part.area.split("/")[1:]) if part.area != "/" else ()
            assert (part.seats, part.taken_part) == self.model.turnout(place), part
        shown = not isinstance(result(box), Withheld)
        state = self.model.state
        assert shown == (state in ("closed", "certified") or (state == "open" and box.ballot.live))

    def teardown(self) -> None:
        """Whatever was done, the verifier accepts the public list and counts as the model does."""
        if self.ballot is None or len(self.book.lines) != self.model.lines:
            return
        found = verify.counts(verify.verify(published(self.book.lines, self.book.head), head=self.book.head.hash))
        expected = [(id, place) for id, item in self.model.items.items() for place in item.places]
        assert [(count["item"], count["place"]) for count in found] == [(id, path(place)) for id, place in expected]
        for count, (id, place) in zip(found, expected, strict=True):
            sums = self.model.count(id, place)
            sums["asked"] = sums.pop("all")
            assert {name: (count[name]["heads"], count[name]["area"]) for name in sums} == sums
            assert count["passed"] == self.model.verdict(id, place)[2]


def told(selection: Selection) -> slow.Said:
    return {item: (choice.value, selection.reasons.get(item, "")) for item, choice in selection.choices.items()}


TestCounting = Counting.TestCase
TestCounting.settings = settings(
    max_examples=examples(200),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
