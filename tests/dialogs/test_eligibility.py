"""The check whether a home is in scope: driven step by step, by tapped values and typed words, in both languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

import pytest

from dialogs import taps
from dialogs.eligibility import ELIGIBILITY, UNKNOWN
from dialogs.replies import Reply
from dialogs.steps import Ask, Facts
from dialogs.walks import Walks
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.eligibility import FACTS, Basic, Ground, ItemOutcome, Outcome, Silence
from knowledge.library import load

LIBRARY = load()
FACTS_BEHIND = Facts(LIBRARY)
LIFT = {"item": "menu-13"}
# What an ordinary compound answers to the two questions that everybody is asked.
PLAIN = {"unit": "municipal", "house": "neither"}


@dataclass(frozen=True)
class Walked:
    """What was asked on the way and how it was answered, and what was said at the end."""

    asked: tuple[Ask, ...]
    answers: Mapping[str, str]
    reply: Reply

    @property
    def keys(self) -> list[str]:
        return [ask.key for ask in self.asked]

    @property
    def clauses(self) -> list[str]:
        return [line.quote.clause for line in self.reply.lines if line.quote]

    @property
    def head(self) -> str:
        return self.reply.lines[0].text

    def says(self, key: str, language: Language = "zh", **values: str) -> bool:
        """Whether a sentence of the wording is said, on a line of its own or before a quote."""
        sentence = wording(language)(f"eligibility.{key}", **values)
        return any(line.text.startswith(sentence) for line in self.reply.lines)


def walk(answers: Mapping[str, str], inputs: Mapping[str, str] | None = None, language: Language = "zh") -> Walked:
    """Walk to the end with these answers by key; "unknown" where none is given."""
    return walked(lambda ask: answers.get(ask.key, UNKNOWN), inputs, language)


def walked(answer: Callable[[Ask], str], inputs: Mapping[str, str] | None, language: Language) -> Walked:
    """Walk to the end with the answer that is given to each question."""
    steps = ELIGIBILITY.walk(inputs or {}, FACTS_BEHIND, wording(language))
    asked: list[Ask] = []
    answers: dict[str, str] = {}
    try:
        ask = next(steps)
        while True:
            assert isinstance(ask, Ask)
            value = answer(ask)
            assert ask.takes(value), (ask.key, value)
            asked.append(ask)
            answers[ask.key] = value
            ask = steps.send(value)
    except StopIteration as stopped:
        assert isinstance(stopped.value, Reply)
        return Walked(tuple(asked), answers, stopped.value)


def opened(
    answers: Mapping[str, str], inputs: Mapping[str, str] | None = None, language: Language = "zh"
) -> Ask | None:
    """The first question that these answers do not answer; None at the end."""
    steps = ELIGIBILITY.walk(inputs or {}, FACTS_BEHIND, wording(language))
    try:
        ask = next(steps)
        while ask.key in answers:
            ask = steps.send(answers[ask.key])
    except StopIteration:
        return None
    assert isinstance(ask, Ask)
    return ask


def every(inputs: Mapping[str, str], values: Sequence[str] | None = None) -> Iterator[tuple[Walked, Language]]:
    """Every way through the dialog, in turn in each language; with `values`, the ways on which only such answers are
    given. Each is walked once: at a question that no way has come to yet, it goes on with the first answer, and a way
    begins anew for each of the others."""
    forks: list[dict[str, str]] = [{}]
    for language in cycle(LANGUAGES):
        if not forks:
            return
        answers = forks.pop()

        def answer(ask: Ask, answers: dict[str, str] = answers) -> str:
            if ask.key not in answers:
                offered = [*(option.value for option in ask.options), *ask.samples]
                first, *others = (value for value in offered if values is None or value in values)
                forks.extend({**answers, ask.key: value} for value in others)
                answers[ask.key] = first
            return answers[ask.key]

        yield walked(answer, inputs, language), language


# ---- every outcome -----------------------------------------------------------------------------------------------

# What is answered, what is asked (in this order), the outcomes told, the clauses that carry them.
PATHS = {
    "before 1990 and never redone": (
        {"built": "1985", "redone": "no", **PLAIN},
        "built redone unit house",
        ["outcome.priority", "ground.unfinished"],
        ["s2-1-p1"],
    ),
    "the eighties, by a button": (
        {"built": "before", "redone": "no", **PLAIN},
        "built redone unit house",
        ["outcome.priority", "ground.unfinished"],
        ["s2-1-p1"],
    ),
    "redone in the plan's years, and lacking": (
        {"built": "1985", "redone": "yes", "works": "both", "when": "2013", "lacking": "yes", **PLAIN},
        "built redone works when lacking unit house",
        ["outcome.second", "ground.lacking"],
        ["s2-1-p2"],
    ),
    "redone in the plan's years, and nothing lacking": (
        {"built": "1985", "redone": "yes", "works": "both", "when": "twelfth", "lacking": "no", **PLAIN},
        "built redone works when lacking unit house",
        ["outcome.undecided", "ground.finished", "ground.nothing_lacking"],
        ["s2-1-p1", "s2-1-p2"],
    ),
    "redone in other years": (
        {"built": "1985", "redone": "yes", "works": "both", "when": "2008", **PLAIN},
        "built redone works when unit house",
        ["outcome.undecided", "ground.finished", "ground.other_years"],
        ["s2-1-p1", "s2-1-p2"],
    ),
    "only one of the two works": (
        {"built": "1985", "redone": "yes", "works": "one", **PLAIN},
        "built redone works unit house",
        ["outcome.undecided", "ground.half_unfinished", "ground.half_done"],
        ["s2-1-p1", "s2-1-p2"],
    ),
    "other works are no earthquake and energy works": (
        {"built": "1985", "redone": "yes", "works": "neither", **PLAIN},
        "built redone works unit house",
        ["outcome.priority", "ground.unfinished"],
        ["s2-1-p1"],
    ),
    "after 1990 and below the standard": (
        {"built": "1998", "energy": "no", **PLAIN},
        "built energy unit house",
        ["outcome.priority", "ground.low_energy"],
        ["s2-1-p1"],
    ),
    "after 1990 and the standard reached": (
        {"built": "after", "energy": "yes", "redone": "no", **PLAIN},
        "built energy redone unit house",
        ["outcome.undecided", "ground.meets_standard"],
        ["s2-1-p1"],
    ),
    "1990 itself": (
        {"built": "1990", "redone": "no", **PLAIN},
        "built redone unit house",
        ["outcome.undecided", "ground.in_1990"],
        ["s2-1-p1"],
    ),
    "the nineties, and then 1990 itself": (
        {"built": "1990s", "exact": "1990", "redone": "no", **PLAIN},
        "built exact redone unit house",
        ["outcome.undecided", "ground.in_1990"],
        ["s2-1-p1"],
    ),
    "the nineties, and then later": (
        {"built": "1990s", "exact": "after", "energy": "no", **PLAIN},
        "built exact energy unit house",
        ["outcome.priority", "ground.low_energy"],
        ["s2-1-p1"],
    ),
    "a central body's": (
        {"built": "1985", "redone": "no", "unit": "central"},
        "built redone unit",
        ["outcome.own", "ground.central", "silence.pay-own"],
        ["s2-1-p3"],
    ),
    "the army's": (
        {"built": "1998", "energy": "no", "unit": "military"},
        "built energy unit",
        ["outcome.own", "ground.central"],
        ["s2-1-p3"],
    ),
    "a central body's or the army's, by a yes": (
        {"built": "1985", "redone": "no", "unit": "yes"},
        "built redone unit",
        ["outcome.own", "ground.central"],
        ["s2-1-p3"],
    ),
    "a simple house": (
        {"built": "1965", "redone": "no", "unit": "municipal", "house": "simple"},
        "built redone unit house",
        ["outcome.priority", "outcome.rebuild", "ground.simple", "silence.pay-rebuild"],
        ["s2-1-p1", "s3-4-p2"],
    ),
    "dangerous, nobody responsible, without value": (
        {"built": "1998", "energy": "yes", "redone": "no", "unit": "municipal", "house": "dangerous"}
        | {"responsible": "no", "value": "no"},
        "built energy redone unit house responsible value",
        ["outcome.priority", "ground.nobody_responsible", "outcome.rebuild", "ground.no_value"],
        ["s2-1-p1", "s3-4-p2"],
    ),
    "dangerous and a unit responsible": (
        {"built": "1998", "energy": "yes", "redone": "no", "unit": "municipal", "house": "dangerous"}
        | {"responsible": "yes", "value": "yes"},
        "built energy redone unit house responsible value",
        ["outcome.undecided", "ground.meets_standard", "ground.has_unit"],
        ["s2-1-p1"],
    ),
    "dangerous in a compound that is in anyway: who is responsible is not asked": (
        {"built": "1985", "redone": "no", "unit": "municipal", "house": "dangerous", "value": "no"},
        "built redone unit house value",
        ["outcome.priority", "ground.unfinished", "outcome.rebuild", "ground.no_value"],
        ["s2-1-p1", "s3-4-p2"],
    ),
    "simple or dangerous, by a yes, and then which": (
        {"built": "1985", "redone": "no", "unit": "municipal", "house": "yes", "which": "simple"},
        "built redone unit house which",
        ["outcome.priority", "outcome.rebuild", "ground.simple"],
        ["s2-1-p1", "s3-4-p2"],
    ),
    "nothing known": (
        {},
        "built redone unit house",
        [
            "outcome.open",
            *("maybe.priority", "maybe.second", "maybe.own", "maybe.rebuild", "maybe.undecided"),
            *("who_tells", "silence.certifies"),
        ],
        ["s2-1-p1", "s2-1-p2", "s2-1-p3", "s3-4-p2", "s3-3-p1"],
    ),
    "in the nineties, and no more": (
        {"built": "1990s", "redone": "no", **PLAIN},
        "built exact energy redone unit house",
        ["outcome.open", "maybe.priority", "maybe.undecided", "who_tells"],
        ["s2-1-p1", "s3-3-p1"],
    ),
    "in the nineties, the standard reached: undecided, whichever year it was": (
        {"built": "1990s", "energy": "yes", "redone": "no", **PLAIN},
        "built exact energy redone unit house",
        ["outcome.undecided", "near"],
        ["s2-1-p1"],
    ),
    "a simple house, and its compound open": (
        {"unit": "municipal", "house": "simple"},
        "built redone unit house",
        ["outcome.open", "maybe.priority", "outcome.rebuild", "ground.simple"],
        ["s2-1-p1", "s3-4-p2"],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_way_through_asks_just_this_and_ends_so(path: str, language: Language) -> None:
    answers, keys, told, clauses = PATHS[path]
    walked = walk(answers, language=language)
    assert walked.keys == keys.split()
    for key in told:
        assert walked.says(key, language), key
    assert set(clauses) <= set(walked.clauses)
    told_outcomes = {key for key in told if key.startswith("outcome.")}
    for outcome in (*Outcome, "open"):
        assert walked.says(f"outcome.{outcome}", language) == (f"outcome.{outcome}" in told_outcomes), outcome


def test_the_outcome_stands_first_its_reasons_next_and_the_way_on_last() -> None:
    walked = walk({"built": "1985", "redone": "no", **PLAIN})
    assert walked.head == "照您说的，在优先整治的范围里。"
    reason = walked.reply.lines[1].quote
    assert reason is not None and reason.text == "1990年以前建成、尚未完成抗震节能改造的小区"
    assert reason.place == "西政办发〔2018〕4号 · 二（一）第1段"
    text = walked.reply.text
    order = ["接下来", "1 谁来定", "2 谁批准", "3 菜单谁定", "4 谁出钱", "5 动工以前", "不是批准", "2018—2020"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert [button.tap for button in walked.reply.buttons] == [taps.ask("menu"), taps.clause("s2-1-p1")]


def test_what_comes_next_is_only_told_of_those_in_scope() -> None:
    undecided = walk({"built": "1990", "redone": "no", **PLAIN})
    assert undecided.says("settles") and not undecided.says("next")
    assert "谁出钱" not in undecided.reply.text and "s3-4-p1" in undecided.clauses
    assert undecided.reply.buttons[0].tap == taps.ask("responsible")


def test_who_may_organise_on_its_own_is_told_so_once() -> None:
    own = walk({"built": "1985", "redone": "no", "unit": "military"})
    assert own.clauses == ["s2-1-p3"] and own.says("next")
    assert own.reply.text.count("可参照本方案自行组织") == 1


# ---- items of the menu -------------------------------------------------------------------------------------------

HOME = {"built": "1985", "redone": "no", **PLAIN}
HOME_KEYS = ["built", "redone", "unit", "house"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("item", "answers", "keys", "says"),
    [
        ("menu-13", {"storeys": "yes", "basic": "done", "committee": "yes"}, "storeys basic committee", "choose"),
        ("menu-13", {"storeys": "yes", "basic": "planned", "committee": "no"}, "storeys basic committee", "wait"),
        ("menu-13", {"storeys": "yes", "basic": "neither"}, "storeys basic committee", "basic_first"),
        ("menu-13", {"storeys": "no"}, "storeys", "not_named"),
        ("menu-13", {}, "storeys basic committee", "open"),
        ("menu-17", {"basic": "done"}, "basic committee", "choose"),
        ("menu-10", {}, "", "must"),
    ],
)
def test_of_an_item_is_asked_what_its_row_and_class_hang_on(
    item: str, answers: dict[str, str], keys: str, says: str, language: Language
) -> None:
    walked = walk(HOME | answers, {"item": item}, language)
    assert walked.keys == HOME_KEYS + keys.split()
    row = LIBRARY.summaries[item].plain(language)
    assert walked.says(f"item.{says}", language, item=row)
    assert item in walked.clauses
    about = wording(language)("eligibility.about_item", item=row)
    assert walked.asked[0].says[0].text == about and about not in [ask.says[0].text for ask in walked.asked[1:]]


def test_without_an_item_nothing_is_asked_about_one() -> None:
    asked = {key for walked, _ in every({}, ["no", UNKNOWN]) for key in walked.keys}
    assert not {"storeys", "basic", "committee"} & asked


def test_a_committee_settles_the_menu_and_where_there_is_none_the_street_office_may() -> None:
    answers = HOME | {"storeys": "yes", "basic": "done"}
    has, has_not = (walk(answers | {"committee": value}, LIFT).reply.text for value in ("yes", "no"))
    assert "难以成立业主委员会" not in has and "难以成立业主委员会" in has_not
    assert "通过业主认可的方式成立" in has and "通过业主认可的方式成立" in has_not


def test_of_an_optional_item_only_its_own_money_is_told() -> None:
    text = walk(HOME | {"storeys": "yes", "basic": "done", "committee": "yes"}, LIFT).reply.text
    assert "由投资主体与居民协商解决" in text and "市区财政负担" not in text


def test_a_central_bodys_row_is_shown_for_reference_and_nothing_is_asked_about_it() -> None:
    walked = walk({"built": "1985", "redone": "no", "unit": "central"}, LIFT)
    assert walked.keys == ["built", "redone", "unit"]
    assert walked.says("item.reference", item=LIBRARY.summaries["menu-13"].plain("zh"))
    assert walked.clauses == ["s2-1-p3", "menu-13"]


# ---- facts that the question gave --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "asked", "said"),
    [
        ({"built": "1985"}, ["redone"], ["您说了：1985年建成。"]),
        ({"built": "1998"}, ["energy"], ["您说了：1998年建成。"]),
        ({"built": "1980s"}, ["redone"], ["您说了：1980年代建成。"]),
        ({"built": "1990s"}, ["exact"], ["您说了：1990年代建成。"]),
        ({"built": "1985", "redone": "2013"}, ["works"], ["您说了：1985年建成。", "您说了：2013年做的。"]),
        ({"built": "1985", "redone": "2012.2013"}, ["works"], ["您说了：1985年建成。", "您说了：2012年、2013年做的。"]),
        ({"redone": "2008"}, ["built"], ["您说了：2008年做的。"]),
    ],
)
def test_a_fact_that_was_given_is_said_back_once_and_not_asked_again(
    inputs: dict[str, str], asked: list[str], said: list[str]
) -> None:
    first = opened({}, inputs)
    assert first is not None and [first.key] == asked
    assert [line.text for line in first.says[:-1]] == said
    assert first.says[-1].text == wording("zh")(f"eligibility.ask.{first.key}")
    second = opened({first.key: UNKNOWN}, inputs)
    assert second is not None and len(second.says) == 1


def test_the_year_of_the_works_is_not_asked_where_the_question_gave_it() -> None:
    walked = walk({"works": "both", "lacking": "yes", **PLAIN}, {"built": "1985", "redone": "2013"})
    assert walked.keys == ["works", "lacking", "unit", "house"] and walked.says("outcome.second")
    walked = walk({"works": "both", **PLAIN}, {"built": "1985", "redone": "2008"})
    assert walked.keys == ["works", "unit", "house"] and walked.says("ground.other_years")
    # "Painted in 2013" is no earthquake or energy works.
    walked = walk({"works": "neither", **PLAIN}, {"built": "1985", "redone": "2013"})
    assert walked.keys == ["works", "unit", "house"] and walked.says("ground.unfinished")


def test_years_of_works_on_both_sides_leave_open_which_are_meant() -> None:
    assert walk({}, {"built": "1985", "redone": "2008.2013"}).keys[:1] == ["redone"]


@pytest.mark.parametrize(
    "inputs",
    [
        {"built": "soon"},
        {"built": ""},
        {"redone": "sometime"},
        {"item": "menu-99"},
        {"item": "s2-1-p1"},
        {"item": ""},
        {"colour": "red"},
    ],
)
def test_inputs_that_are_no_such_thing_are_left_aside(inputs: dict[str, str]) -> None:
    first = opened({}, inputs)
    assert first is not None and first.key == "built" and len(first.says) == 1
    assert walk({}, inputs).keys == walk({}).keys


# ---- what is typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("built", "85年", "1985"),
        ("built", "八五年的", "1985"),
        ("built", "nineteen eighty-five", "1985"),
        ("built", "八几年", "1980s"),
        ("built", "nineties", "1990s"),
        ("built", "1990", "1990"),
        ("built", "90年", "1990"),
        ("built", "90年以前", "before"),
        ("built", "85年以前", "before"),
        ("built", "before 1990", "before"),
        ("built", "before the eighties", "before"),
        ("built", "1990年之后盖的", "after"),
        ("built", "95年以后", "after"),
        ("built", "since 2001", "after"),
        ("built", "第三个", "after"),
        ("built", "不知道", UNKNOWN),
        ("built", "no idea", UNKNOWN),
        # No side of 1990 is told by these, and these are questions.
        ("built", "85年以后", None),
        ("built", "before 2000", None),
        ("built", "30年了", None),
        ("built", "没有", None),
        ("built", "谁掏钱啊", None),
        ("exact", "1990", "1990"),
        ("exact", "93年", "after"),
        ("exact", "85年", None),
        ("exact", "第一个", "1990"),
        ("redone", "没做过", "no"),
        ("redone", "做过", "yes"),
        ("redone", "嗯", "yes"),
        ("works", "没有", "neither"),
        ("works", "第一个", "both"),
        ("when", "2013年", "2013"),
        ("when", "13年做的", "2013"),
        ("when", "08年", "2008"),
        ("when", "2011", "2011"),
        ("when", "十二五期间", "twelfth"),
        ("when", "是十二五的时候做的", "twelfth"),
        ("when", "不是十二五", None),
        ("when", "没有", None),
        ("unit", "不是", "municipal"),
        ("unit", "是的", "yes"),
        ("unit", "部队的", "military"),
        ("house", "没有", "neither"),
        ("house", "有", "yes"),
        ("house", "不清楚", UNKNOWN),
        ("value", "没有", "no"),
        ("responsible", "没有", "no"),
        ("lacking", "有", "yes"),
        ("basic", "做了", "done"),
        ("basic", "没有", "neither"),
        ("basic", "有", "done"),
        ("committee", "没有", "no"),
    ],
)
def test_typed_words_are_as_good_as_taps(key: str, typed: str, value: str | None) -> None:
    ask = question(key)
    assert ask.reads(typed) == value
    assert value is None or ask.takes(value)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("built", "1985", "1985年建成"),
        ("built", "1980s", "1980年代建成"),
        ("when", "2013", "2013年做的"),
        ("unit", "yes", "中央单位或部队的"),
        ("house", "yes", "有其中一种"),
    ],
)
def test_what_was_typed_is_repeated_in_words(key: str, value: str, shown: str) -> None:
    assert question(key).shows(value) == shown


@pytest.mark.parametrize(("when", "second"), [("2011", True), ("2015", True), ("2010", False), ("2000s", False)])
def test_the_year_of_the_works_decides_whether_the_second_paragraph_is_met(when: str, second: bool) -> None:
    walked = walk({"built": "1985", "redone": "yes", "works": "both", "when": when, "lacking": "yes", **PLAIN})
    assert walked.says("outcome.second") == second and walked.says("ground.other_years") != second


def test_a_decade_that_lies_on_both_sides_leaves_the_year_of_the_works_open() -> None:
    walked = walk({"built": "1985", "redone": "yes", "works": "both", "when": "2010s", "lacking": "yes", **PLAIN})
    assert walked.says("outcome.open") and wording("zh")("eligibility.fact.when") in walked.reply.text


@pytest.mark.parametrize("value", ["", "maybe", "1985 ", "19855", "walk", "0000", "9999s", "before1990"])
def test_a_strangers_value_is_no_answer(value: str) -> None:
    for key in QUESTIONS:
        assert not question(key).takes(value), key


# Answers that lead to each question.
DANGEROUS = {"built": "1998", "energy": "yes", "redone": "no", "unit": "municipal", "house": "dangerous"}
QUESTIONS: dict[str, dict[str, str]] = {
    "built": {},
    "exact": {"built": "1990s"},
    "energy": {"built": "after"},
    "redone": {"built": "before"},
    "works": {"built": "before", "redone": "yes"},
    "when": {"built": "before", "redone": "yes", "works": "both"},
    "lacking": {"built": "before", "redone": "yes", "works": "both", "when": "twelfth"},
    "unit": {"built": "before", "redone": "no"},
    "house": {"built": "before", "redone": "no", "unit": "municipal"},
    "which": {"built": "before", "redone": "no", "unit": "municipal", "house": "yes"},
    "responsible": DANGEROUS,
    "value": DANGEROUS | {"responsible": "no"},
    "storeys": HOME,
    "basic": HOME | {"storeys": "yes"},
    "committee": HOME | {"storeys": "yes", "basic": "done"},
}


def question(key: str, language: Language = "zh") -> Ask:
    ask = opened(QUESTIONS[key], LIFT, language)
    assert ask is not None and ask.key == key
    return ask


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", QUESTIONS)
def test_each_question_takes_its_labels_as_typed_its_numbers_and_not_knowing(key: str, language: Language) -> None:
    ask = question(key, language)
    for number, option in enumerate(ask.options, 1):
        assert ask.reads(option.label) == option.value, option
        assert ask.reads(f"第{number}个") == option.value, option
    assert ask.options[-1].value == UNKNOWN
    assert ask.reads("不知道") == ask.reads("I don't know") == UNKNOWN
    labels = [option.label for option in ask.options]
    assert len(set(labels)) == len(labels) and max(map(len, labels)) <= 40
    for value in [option.value for option in ask.options]:
        assert taps.fits(taps.answer(ELIGIBILITY.name, 999_999_999, key, value))


# ---- every way ---------------------------------------------------------------------------------------------------

QUOTABLE = LIBRARY.document.text
# Nothing here is a permit, and nobody is told that they have one.
NEVER_SAID = [
    "批准了",
    "已批准",
    "您符合",
    "通过了",
    "可以办理",
    "is approved",
    "are approved",
    "you qualify",
    "eligible",
]


def test_every_way_ends_with_quotes_of_the_policy_and_never_with_a_permit() -> None:
    heads, ways = set(), 0
    for walked, language in every({}):
        text, way = walked.reply.text, (language, walked.answers)
        assert len(set(walked.keys)) == len(walked.keys) <= 12, way
        quotes = [line.quote for line in walked.reply.lines if line.quote]
        assert quotes and all(quote.text in QUOTABLE for quote in quotes), way
        assert len({quote.text for quote in quotes}) == len(quotes), way
        assert (
            quotes[0].place.startswith("西政办发〔2018〕4号") and "4号" not in quotes[1].place if quotes[1:] else True
        ), way
        assert walked.says("permit", language) and not [word for word in NEVER_SAID if word in text], way
        assert len(text) < 4096, way
        heads.add(walked.head)
        ways += 1
    assert ways > 1000
    outcomes = ("priority", "second", "own", "undecided", "open")
    assert heads == {wording(language)(f"eligibility.outcome.{one}") for one in outcomes for language in LANGUAGES}


def test_every_way_for_an_elevator_cites_its_row_and_fits_a_message() -> None:
    some = ["before", "after", "1990", "no", "yes", "municipal", "neither", "done", UNKNOWN]
    ways = 0
    for walked, _ in every(LIFT, some):
        assert "menu-13" in walked.clauses and len(walked.reply.text) < 4096, walked.answers
        ways += 1
    assert ways > 300


def test_each_thing_that_is_not_known_is_named_with_the_street_office_to_ask() -> None:
    for key, answers in QUESTIONS.items():
        if key in ("exact", "which"):
            continue
        known = {**answers, **{other: value for other, value in HOME.items() if other not in answers and other != key}}
        walked = walk({other: value for other, value in known.items() if other != key}, LIFT)
        assert key in walked.keys and walked.says("who_tells") and "s3-3-p1" in walked.clauses, key


def test_the_engine_walks_it_and_an_early_answer_that_is_changed_drops_what_hung_on_it() -> None:
    walks = Walks({ELIGIBILITY.name: ELIGIBILITY}, FACTS_BEHIND)
    progress = walks.begun("eligibility", 1, {})
    speak = wording("zh")
    for key, value in {"built": "1998", "energy": "no", "unit": "municipal"}.items():
        progress, _ = walks.place(progress, speak).given(key, value)
    place = walks.place(progress, speak)
    assert place.asking is not None and place.asking.key == "house"
    assert place.answer("built") == "1998年建成"
    for key, value in {"built": "1985", "redone": "no", **PLAIN}.items():
        progress, _ = walks.place(progress, speak).given(key, value)
    place = walks.place(progress, speak)
    assert [ask.key for ask in place.answered] == ["built", "redone", "unit", "house"]
    assert place.end is not None and place.end.lines[0].text == speak("eligibility.outcome.priority")
    assert "energy" not in place.progress.answers


# ---- wording -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("outcome", {*Outcome, "open"}),
        ("maybe", {*Outcome}),
        ("ground", {*Ground}),
        ("item", {*ItemOutcome, "open", "reference"}),
        ("silence", {*Silence}),
        ("fact", {*FACTS, "multi_storey", "basic", "committee"}),
        ("step", {"plan", "approval", "range", "menu", "money", "works", "rebuild", "own"}),
        ("ask", {*QUESTIONS}),
    ],
)
def test_there_is_a_sentence_for_everything_that_can_be_said_and_no_other(group: str, said: set[str]) -> None:
    prefix = f"eligibility.{group}."
    for language in LANGUAGES:
        assert {k.removeprefix(prefix) for k in wording(language).keys() if k.startswith(prefix)} == said


def test_every_label_belongs_to_an_answer() -> None:
    prefix = "eligibility.label."
    labels = {key.removeprefix(prefix) for key in wording("zh").keys() if key.startswith(prefix)}
    offered = {f"{key}.{option.value}" for key in QUESTIONS for option in question(key).options}
    assert labels == offered | {"unit.yes", "house.yes"}
    assert {f"basic.{basic}" for basic in Basic} <= labels
