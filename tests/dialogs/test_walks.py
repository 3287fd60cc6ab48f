"""The engine of dialogs, held against the rules played out by hand on a list of questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.replies import Line, Reply
from dialogs.sessions import Session
from dialogs.steps import Ask, Dialog, Do, Facts, Option, Walk
from dialogs.walks import Given, Progress, Walks
from dialogs.wording import Wording, wording
from knowledge.library import load
from tests.lengths import examples

FACTS = Facts(load())
ZH = wording("zh")
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """A question of the form: asked only where `when` holds, with options that may depend on what was answered."""

    key: str
    options: Callable[[Answers], Sequence[str]]
    when: Callable[[Answers], bool] = lambda _: True
    typed: bool = False


# Questions that come and go, options that come and go, a typed one.
FORM = [
    Item("kind", lambda _: ["house", "flat", "unknown"]),
    Item("floor", lambda a: ["low", "high"] if a.get("kind") == "flat" else ["low"], lambda a: a["kind"] != "unknown"),
    Item("year", lambda _: [], typed=True),
    Item("redone", lambda a: ["yes", "no", "partly"] if a["year"] < "1990" else ["yes", "no"]),
    Item("which", lambda _: ["heat", "quake"], lambda a: a["redone"] == "partly"),
    Item("sure", lambda a: ["yes"] if "which" in a else ["yes", "no"]),
]


def read_year(text: str) -> str | None:
    return text if text.isdigit() and len(text) == 4 else None


def walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    answers: dict[str, str] = {}
    for item in FORM:
        if not item.when(answers):
            continue
        options = tuple(Option(value, value.upper()) for value in item.options(answers))
        reads = read_year if item.typed else lambda _: None
        answers[item.key] = yield Ask(item.key, (Line(f"{item.key}?"),), options, reads)
    return Reply((Line(str(answers)),))


WALKS = Walks({"form": Dialog("form", 1, walk)}, FACTS)


class Model:
    """The rules of DESIGN.md, slowly: a list of (key, value), looked through from the start after every event."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []
        self.reached = 0  # how many of them the open question comes after

    def _settle(self) -> str | None:
        """Keep what still counts; the key of the open question, None at the end."""
        kept: list[tuple[str, str]] = []
        for item in FORM:
            answers = dict(kept)
            if not item.when(answers):
                continue
            value = dict(self.given).get(item.key)
            good = value is not None and (value in item.options(answers) or (item.typed and read_year(value) == value))
            if not good:
                reached = {item.key, *dict(kept)}
                self.reached = len(kept)
                self.given = kept + [(k, v) for k, v in self.given if k not in reached]
                return item.key
            kept.append((item.key, value or ""))
        self.given, self.reached = kept, len(kept)
        return None

    def answer(self, key: str, value: str) -> None:
        open_key = self._settle()
        before = self.given[: self.reached]
        if key != open_key and key not in dict(before):
            return
        item = next(item for item in FORM if item.key == key)
        earlier = dict(before[: list(dict(before)).index(key)] if key in dict(before) else before)
        if value not in item.options(earlier) and not (item.typed and read_year(value) == value):
            return
        if key == open_key:
            self.given = [*before, (key, value), *self.given[self.reached :]]
        else:
            self.given = [(k, value if k == key else v) for k, v in self.given]

    def back(self) -> None:
        self._settle()
        if self.reached:
            del self.given[self.reached - 1]


def valid(asking: Ask | None, number: int) -> tuple[str, str]:
    """An answer to the open question; chance alone would hardly ever give one."""
    if asking is None:
        return "nothing", "x"
    values = [option.value for option in asking.options] or ["1985", "1995"]
    return asking.key, values[number % len(values)]


EVENTS = st.one_of(
    st.tuples(st.just("next"), st.integers(0, 2)),
    st.tuples(st.just("next"), st.integers(0, 2)),
    st.tuples(
        st.just("answer"),
        st.sampled_from([*(item.key for item in FORM), "nothing"]),
        st.sampled_from("house flat unknown low high yes no partly heat 1985 1995 x".split()),
    ),
    st.just(("back",)),
    st.just(("restart",)),
    st.just(("again",)),
)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(EVENTS, max_size=40))
def test_answers_backs_changes_restarts_and_repetitions_end_where_the_rules_say(events: list[tuple[Any, ...]]) -> None:
    model, progress = Model(), WALKS.begun("form", 1, {})
    last: tuple[Any, ...] = ()
    for event in events:
        doing = last if event[0] == "again" else event
        if event[0] == "next":
            doing = ("answer", *valid(WALKS.place(progress, ZH).asking, event[1]))
        if doing[:1] == ("answer",):
            progress, _ = WALKS.place(progress, ZH).given(doing[1], doing[2])
            model.answer(doing[1], doing[2])
        elif doing == ("back",):
            progress = WALKS.place(progress, ZH).back()
            model.back()
        elif doing == ("restart",):
            kept = Session.load(Session(walk=progress).dump()).walk
            assert kept is not None
            progress = kept
        last = doing
        place = WALKS.place(progress, ZH)
        progress = place.progress
        open_key = model._settle()
        assert (place.asking.key if place.asking else None) == open_key
        assert progress.answers == dict(model.given)
        assert [ask.key for ask in place.answered] == [key for key, _ in model.given[: model.reached]]
        assert progress.over == (open_key is None)


def go(**answers: str) -> Progress:
    progress = WALKS.begun("form", 1, {})
    for key, value in answers.items():
        progress, given_so = WALKS.place(progress, ZH).given(key, value)
        assert given_so is Given.NEXT, key
    return progress


def test_what_became_of_an_answer_is_told() -> None:
    progress = go(kind="flat", floor="high", year="1985")
    for key, value, expected in (
        ("redone", "yes", Given.NEXT),
        ("redone", "perhaps", Given.NOT_TAKEN),
        ("kind", "house", Given.CHANGED),
        ("kind", "flat", Given.SAME),
        ("kind", "tent", Given.NOT_TAKEN),
        ("year", "1995", Given.CHANGED),
        ("sure", "yes", Given.NOT_ASKED),
        ("nothing", "yes", Given.NOT_ASKED),
    ):
        after, given_so = WALKS.place(progress, ZH).given(key, value)
        assert given_so is expected, (key, value)
        assert (after != progress) == (expected in (Given.NEXT, Given.CHANGED))


def test_a_change_drops_what_no_longer_fits_and_keeps_the_rest() -> None:
    progress, _ = WALKS.place(go(kind="flat", floor="high", year="1985", redone="partly"), ZH).given("kind", "house")
    place = WALKS.place(progress, ZH)
    assert place.asking and place.asking.key == "floor"
    assert place.progress.answers == {"kind": "house", "year": "1985", "redone": "partly"}
    assert place.dropped == ("floor",) and [ask.key for ask in place.answered] == ["kind"]
    place = WALKS.place(place.given("floor", "low")[0], ZH)
    assert place.asking and place.asking.key == "which"  # what was answered already is not asked again
    kept, _ = WALKS.place(go(kind="flat", floor="low", year="1985", redone="no"), ZH).given("kind", "house")
    assert WALKS.place(kept, ZH).progress.answers == {"kind": "house", "floor": "low", "year": "1985", "redone": "no"}


def test_answers_are_told_in_the_words_of_their_options() -> None:
    place = WALKS.place(go(kind="flat", floor="high", year="1985"), ZH)
    assert [place.answer(key) for key in ("kind", "floor", "year")] == ["FLAT", "HIGH", "1985"]


def test_a_walk_that_is_over_is_walked_again_without_the_answer_that_changes() -> None:
    progress = WALKS.place(go(kind="flat", floor="high", year="1995", redone="no", sure="yes"), ZH).progress
    assert progress.over
    again = WALKS.place(WALKS.reopened(progress, "redone", 2, ZH), ZH)
    assert again.asking and again.asking.key == "redone"
    assert again.progress.run == 2 and not again.progress.over


def doing(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    sure = yield Ask("sure", (Line("sure?"),), (Option("yes", "yes"), Option("no", "no")))
    receipt = yield Do("cast", "cast", {"sure": sure})
    yield Ask("seen", (Line(f"receipt {receipt}"),), (Option("yes", "yes"),))
    return Reply((Line(receipt),))


def test_what_is_to_be_done_is_done_once_and_its_result_given_back() -> None:
    walks, done = Walks({"doing": Dialog("doing", 1, doing)}, FACTS), []

    def do(step: Do) -> str:
        done.append((step.what, dict(step.data)))
        return f"R{len(done)}"

    progress, _ = walks.place(walks.begun("doing", 1, {}), ZH).given("sure", "yes")
    assert walks.place(progress, ZH).asking is None and not done
    place = walks.place(progress, ZH, do)
    for _ in range(3):
        kept = Session.load(Session(walk=place.progress).dump()).walk
        assert kept is not None
        place = walks.place(kept, ZH, do)
    assert place.asking and place.asking.says[0].text == "receipt R1" and done == [("cast", {"sure": "yes"})]
    progress, _ = place.given("seen", "yes")
    end = walks.place(progress, ZH, do).end
    assert end and end.text == "R1" and len(done) == 1
    # Walked again, it is done again.
    walks.place(replace(walks.reopened(progress, "seen", 2, ZH)), ZH, do)
    assert len(done) == 2


def test_a_dialog_that_does_not_end_is_a_fault_and_no_hang() -> None:
    def endless(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
        while True:
            yield Ask("again", (Line("?"),), (Option("yes", "yes"),))

    walks = Walks({"endless": Dialog("endless", 1, endless)}, FACTS)
    with pytest.raises(RuntimeError, match="endless"):
        walks.place(replace(walks.begun("endless", 1, {}), answers={"again": "yes"}), ZH)


def test_a_dialog_of_another_version_is_not_current() -> None:
    walks = Walks({"form": Dialog("form", 2, walk)}, FACTS)
    assert WALKS.is_current(go(kind="flat")) and not walks.is_current(go(kind="flat"))
    assert not Walks({}, FACTS).is_current(go(kind="flat"))
