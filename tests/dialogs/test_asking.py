"""From an answer to the reply that a person reads: plain words first, the clause after, the way on last.

Answers are put together here by hand, from the library's own points: what the answerer would find is not tested here.
"""

import re
from dataclasses import replace

import pytest

from dialogs import asking
from dialogs.replies import Line, Reply
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.answers import Answer, Answered, Clarify, Evidence, NotCovered, OutOfScope, Silence, Turn
from knowledge.answers.cutoffs import LONGEST_QUESTION
from knowledge.answers.findings import Listed, Tally
from knowledge.documents import ItemClass
from knowledge.library import Point, load

LIBRARY = load()
NUMBER = "西政办发〔2018〕4号"
NONE = Evidence()


def row(clause: str) -> Point:
    return next(point for point in LIBRARY.rows if point.clause == clause)


def telling(ask: str, concept: str) -> Point:
    return next(point for point in LIBRARY.points if ask in point.tells and concept in point.about)


LIFT, BARS = row("menu-13"), row("menu-10")
RULE = telling("must", "optional-class")
OPTIONAL = tuple(point for point in LIBRARY.rows if LIBRARY.item_class(point) is ItemClass.OPTIONAL)
PAYS = telling("who-pays", "optional-class")


def answered(*points: Point, asks: tuple[str, ...] = ("whether",), listed: bool = False) -> Answered:
    return Answered((Turn(points, asks),), asks, NONE, listed)


def turns(*each: tuple[Point, ...], asks: tuple[str, ...] = ("whether",)) -> tuple[Turn, ...]:
    return tuple(Turn(points, asks) for points in each)


SILENT = Turn((), ("amount",), missing=("amount",))


def say(answer: Answer, language: Language = "zh", first: bool = True) -> Reply:
    return asking.reply(answer, LIBRARY, language, first)


def quotes(reply: Reply) -> list[Line]:
    return [line for line in reply.lines if line.quote]


def is_years(line: Line) -> bool:
    return line in [Line(wording(language)("answer.years", first=2018, last=2020)) for language in LANGUAGES]


def every_answer() -> list[Answer]:
    """Every point of the library in each way of ending, and what goes without points."""
    points = LIBRARY.points
    found: list[Answer] = [answered(point) for point in points]
    found += [answered(point, *points[:2], asks=("who-does",)) for point in points]
    found += [Clarify((point,), (), NONE) for point in points]
    found += [NotCovered(("amount",), (point,), point.by or ("street-office",), (), NONE) for point in points]
    found += [listed(*OPTIONAL, finding=Listed("optional-class", 8)), listed(*points[:9], finding=Listed("duties", 17))]
    found += [Answered((*turns((point,), (LIFT, RULE)), SILENT), ("whether",), NONE) for point in points]
    found += [Clarify((), (), NONE), NotCovered((), (), ("street-office",), (), NONE)]
    return [*found, *(OutOfScope(why, NONE) for why in Silence)]


# ---- what holds for every reply ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("first", [True, False])
def test_every_quote_is_verbatim_in_the_policy_and_only_the_first_bears_the_number(
    language: Language, first: bool
) -> None:
    for answer in every_answer():
        shown = quotes(say(answer, language, first))
        for place, line in enumerate(shown):
            assert line.quote and line.quote.text in LIBRARY.document.text
            assert line.quote.text in LIBRARY.document.clause(line.quote.clause).text
            assert line.quote.place.startswith(f"{NUMBER} · ") == (place == 0), line.quote.place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plans_years_are_the_last_line_of_the_first_reply_and_nowhere_else(language: Language) -> None:
    for answer in every_answer():
        lines, later = say(answer, language).lines, say(answer, language, first=False).lines
        assert not any(map(is_years, later))
        if not any(line.quote for line in later):
            assert lines == later
        else:
            assert lines[:-1] == later and is_years(lines[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_is_always_a_plain_sentence(language: Language) -> None:
    for answer in every_answer():
        reply = say(answer, language)
        assert reply.lines[0].text and not reply.text.startswith("「")
        assert all(line.text or line.quote for line in reply.lines)


def test_an_english_reply_is_english_but_for_the_quotes() -> None:
    for answer in every_answer():
        for line in say(answer, "en").lines:
            latin, han = re.findall("[A-Za-z]", line.text), re.findall("[\u4e00-\u9fff]", line.text)
            assert not han or len(latin) > len(han), line.text
        for button in say(answer, "en").buttons:
            assert not re.search("[\u4e00-\u9fff]", button.label + button.says)


def test_a_chinese_reply_has_no_english_in_it() -> None:
    for answer in every_answer():
        assert not re.search("[A-Za-z]{3,}", say(answer, "zh").text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_are_few_and_the_last_one_shows_the_first_clause(language: Language) -> None:
    for answer in every_answer():
        buttons = say(answer, language).buttons
        assert len(buttons) <= 4 and len({button.label for button in buttons}) == len(buttons)
        points = answer.nearest if isinstance(answer, NotCovered) else getattr(answer, "points", ())
        if points:
            assert buttons[-1].tap == f"clause:{quotes(say(answer, language))[0].quote.clause}"  # type: ignore[union-attr]
            assert buttons[-1].label == wording(language)("button.original")
            buttons = buttons[:-1]
        for button in buttons:
            followup = LIBRARY.followups[button.tap.removeprefix("ask:")]
            assert (button.label, button.says) in ((followup.zh, followup.zh_ask), (followup.en, followup.en_ask))


def test_the_full_clause_is_that_of_the_first_quote() -> None:
    reply = say(answered(LIFT, BARS))
    assert quotes(reply)[0].quote.clause == LIFT.clause  # type: ignore[union-attr]
    assert reply.buttons[-1].tap == f"clause:{LIFT.clause}" and reply.buttons[-1].label == "看原文全文"


# ---- answered ------------------------------------------------------------------------------------------------------


def test_an_optional_item_says_that_it_is_not_a_must_then_quotes_then_tells_what_comes_next() -> None:
    lines = say(answered(LIFT, RULE)).lines
    assert "自选类" in lines[0].text and "不是必做" in lines[0].text and LIFT.zh in lines[0].text
    assert lines[0].quote and lines[0].quote.text == LIFT.quote
    assert lines[0].quote.place == f"{NUMBER} · 菜单 · 楼本体 · 自选类"
    assert lines[1].text == RULE.zh and lines[1].quote and lines[1].quote.place == "二（二）"
    assert lines[2].text.startswith("下一步") and "街道办事处" in lines[2].text and "三（二）" in lines[2].text
    assert is_years(lines[3]) and len(lines) == 4


def test_a_basic_item_says_that_it_is_a_must_and_names_the_street_office() -> None:
    lines = say(answered(BARS)).lines
    assert "必做" in lines[0].text and "不是必做" not in lines[0].text and BARS.zh in lines[0].text
    assert "街道办事处" in lines[1].text and "三（一）" in lines[1].text


def test_in_english_the_place_is_english_and_the_clause_chinese() -> None:
    lines = say(answered(LIFT, RULE), "en").lines
    assert "optional" in lines[0].text and "not automatic" in lines[0].text and LIFT.en in lines[0].text
    assert lines[0].quote and lines[0].quote.text == "多层住宅楼房增设电梯等上下楼设施"
    assert lines[0].quote.place == f"{NUMBER} · Menu · building · optional (自选类)"
    assert lines[2].text.startswith("Next:") and "owners' committee" in lines[2].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_stands_in_two_scopes_is_told_once_and_quoted_twice(language: Language) -> None:
    building, yard = row("menu-1"), row("menu-18")
    same = replace(yard, zh=building.zh, en=building.en)
    shown = quotes(say(answered(building, same), language))
    assert [line.quote.text for line in shown if line.quote] == ["拆除违法建设", "拆除违法建设"]
    assert [bool(line.text) for line in shown] == [True, False]
    assert len({line.quote.place.removeprefix(f"{NUMBER} · ") for line in shown if line.quote}) == 2


def listed(*points: Point, finding: Listed) -> Answered:
    return Answered((Turn(points, ("list",), finding),), ("list",), NONE, listed=True)


@pytest.mark.parametrize("shown", [1, 3, 8])
def test_a_list_says_how_many_it_has_and_how_many_it_shows(shown: int) -> None:
    for language, head in (("zh", "自选类一共8项"), ("en", "Optional items: 8 in all")):
        lines = say(listed(*OPTIONAL[:shown], finding=Listed("optional-class", 8)), language).lines  # type: ignore[arg-type]
        assert lines[0].text.startswith(head) and lines[0].quote is None
        assert (str(shown) in lines[0].text.removeprefix(head)) == (shown < 8)
        assert [line.quote.clause for line in lines if line.quote] == [point.clause for point in OPTIONAL[:shown]]


def test_a_list_of_a_scope_names_it() -> None:
    finding = Listed("optional-class", 3, "小区公共区域")
    assert "小区公共区域" in say(listed(*OPTIONAL[-3:], finding=finding)).lines[0].text
    assert "common area" in say(listed(*OPTIONAL[-3:], finding=finding), "en").lines[0].text


def test_the_rule_stands_before_the_list_that_follows_from_it() -> None:
    lines = say(listed(RULE, *OPTIONAL, finding=Listed("optional-class", 8))).lines
    assert lines[0].quote and lines[0].text == RULE.zh and "8" in lines[1].text and not lines[1].quote


def test_a_list_is_quoted_bare_in_chinese_and_told_in_english() -> None:
    answer = listed(*OPTIONAL, finding=Listed("optional-class", 8))
    assert all(not line.text for line in quotes(say(answer, "zh")))
    assert [line.text for line in quotes(say(answer, "en"))] == [point.en for point in OPTIONAL]


def test_both_classes_are_counted_in_one_line() -> None:
    counted = Tally({(ItemClass.BASIC, ""): 26, (ItemClass.OPTIONAL, ""): 8})
    lines = say(Answered((Turn((RULE,), ("count",), counted),), ("count",), NONE)).lines
    assert lines[0].text == "基础类一共26项、自选类一共8项" and lines[1].quote


def test_a_list_that_is_not_of_the_menu_is_told_point_by_point() -> None:
    lines = quotes(say(answered(PAYS, RULE, listed=True)))
    assert [line.text for line in lines] == [PAYS.zh, RULE.zh]


def test_whoever_asked_for_a_body_is_not_sent_to_another_one_and_a_row_promises_nothing() -> None:
    for ask in ("who-does", "who-decides", "duties", "who-pays"):
        lines = say(answered(LIFT, asks=(ask,)), first=False).lines
        assert [line.text for line in lines] == [wording("zh")("answer.is_optional")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_body_that_the_text_names_is_named(language: Language) -> None:
    member = {body.id for body in LIBRARY.bodies.values() if body.member}
    point = next(p for p in LIBRARY.points if len(p.by) == 1 and p.by[0] in member)
    body = LIBRARY.bodies[point.by[0]]
    last = say(answered(point), language, first=False).lines[-1]
    assert last.quote is None and (body.name if language == "zh" else body.english) in last.text
    assert LIBRARY.clause(point).place in last.text


def test_nobody_is_sent_to_a_company_or_to_an_army() -> None:
    office = {body.id for body in LIBRARY.bodies.values() if body.member} | {"joint-office"}
    for point in LIBRARY.points:
        if point.by and not office & set(point.by):
            assert len(say(answered(point), first=False).lines) == 1, point.quote


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_questions_are_answered_under_their_numbers(language: Language) -> None:
    shown = quotes(say(Answered(turns((LIFT, RULE), (PAYS,)), ("whether",), NONE), language))
    plain = [LIFT.plain(language), RULE.plain(language), PAYS.plain(language)]
    assert all(line.text.endswith(text) for line, text in zip(shown, plain, strict=True))
    assert [line.text[0] for line in shown[::2]] == ["1", "2"] and shown[1].text == RULE.plain(language)
    assert [line.quote.clause for line in shown if line.quote] == [LIFT.clause, RULE.clause, PAYS.clause]


def test_one_question_has_no_number() -> None:
    assert not any(line.text[:1].isdigit() for line in say(answered(LIFT, RULE)).lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_never_stands_without_a_sentence(language: Language) -> None:
    """Where two questions of a message have the same answer."""
    for line in say(Answered(turns((PAYS,), (PAYS,)), ("who-pays",), NONE), language).lines:
        assert not line.text.strip().isdigit(), line.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_the_text_is_silent_on_is_told_so_in_its_turn(language: Language) -> None:
    lines = say(Answered((*turns((LIFT, RULE)), SILENT, *turns((PAYS,))), ("whether",), NONE), language).lines
    at = next(n for n, line in enumerate(lines) if wording(language)("missing.amount") in line.text)
    assert lines[at].quote is None and at == 2 and lines[at].text.startswith("2 ")
    assert lines[3].quote and lines[3].quote.text == PAYS.quote and lines[3].text.startswith("3 ")
    assert wording(language)("missing.amount") not in say(answered(LIFT, RULE), language).text


# ---- clarify, not covered, out of scope ----------------------------------------------------------------------------


def test_what_depends_on_the_compound_is_quoted_between_the_reason_and_the_facts_that_decide() -> None:
    point = telling("eligible", "built-before-1990")
    lines = say(Clarify((point,), (), NONE)).lines
    assert [line.text for line in lines[:3]] == [
        wording("zh")("clarify.eligibility"),
        point.zh,
        wording("zh")("clarify.eligibility_ask"),
    ]
    assert lines[1].quote and is_years(lines[3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vague_question_is_offered_questions_to_choose_from(language: Language) -> None:
    reply = say(Clarify((), (), NONE), language)
    assert reply.lines[0].text == wording(language)("clarify.vague")
    assert len(reply.buttons) == 4 and not quotes(reply)


def test_what_is_not_covered_is_said_so_and_the_nearest_is_not_told_as_an_answer() -> None:
    lines = say(NotCovered(("amount",), (PAYS,), ("street-office",), (), NONE)).lines
    assert lines[0].text.startswith("方案里没有写") and wording("zh")("missing.amount") in lines[0].text
    assert "最近" in lines[1].text and "不算回答" in lines[1].text and lines[1].quote is None
    assert lines[2] == Line("", lines[2].quote) and lines[2].quote and lines[2].quote.text == PAYS.quote
    assert "各街道办事处" in lines[3].text and is_years(lines[4]) and len(lines) == 5
    assert PAYS.zh not in say(NotCovered(("amount",), (PAYS,), ("street-office",), (), NONE)).text


def test_in_english_too_the_nearest_is_only_the_nearest() -> None:
    lines = say(NotCovered(("amount",), (PAYS,), ("street-office",), (), NONE), "en").lines
    assert lines[0].text.startswith("The plan does not say") and "not an answer" in lines[1].text
    assert lines[2].quote and not lines[2].text and "street office" in lines[3].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_near_a_body_is_named_all_the_same(language: Language) -> None:
    lines = say(
        NotCovered(("when",), (), ("street-office", "housing-management"), (), NONE), language, first=False
    ).lines
    assert [line.text for line in lines[1:2]] == [wording(language)("not_covered.nothing_near")]
    for body in ("street-office", "housing-management"):
        named = LIBRARY.bodies[body]
        assert (named.name if language == "zh" else named.english) in lines[2].text
    assert len(lines) == 3


@pytest.mark.parametrize("missing", [(), ("something-new",)])
def test_what_is_missing_without_a_name_is_still_a_sentence(missing: tuple[str, ...]) -> None:
    assert say(NotCovered(missing, (), ("street-office",), (), NONE)).lines[0].text == "方案里没有写这件事。"


def test_an_order_about_a_thing_of_the_menu_gets_the_text_and_no_more() -> None:
    lines = say(NotCovered(("assistant",), (LIFT,), ("street-office",), (), NONE)).lines
    assert lines[0].text == wording("zh")("not_covered.says_not_so")
    assert [line.quote.text for line in lines if line.quote] == [LIFT.quote]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", list(Silence))
def test_out_of_scope_is_one_clear_sentence_with_no_quote(why: Silence, language: Language) -> None:
    reply = say(OutOfScope(why, NONE), language)
    assert len(reply.lines) == 1 and not quotes(reply) and "\n" not in reply.text
    assert "{" not in reply.text and (str(LONGEST_QUESTION) in reply.text) == (why is Silence.TOO_LONG)


# ---- the place of a clause -----------------------------------------------------------------------------------------


def test_a_place_is_said_with_the_number_where_asked_for() -> None:
    clause = LIBRARY.document.clause("s4-2-p1")
    assert asking.place(clause, LIBRARY, "zh") == asking.place(clause, LIBRARY, "en") == "四（二）"
    assert asking.place(clause, LIBRARY, "zh", with_number=True) == f"{NUMBER} · 四（二）"


def test_every_scope_and_class_of_the_menu_has_its_english_place() -> None:
    places = {asking.place(clause, LIBRARY, "en") for clause in LIBRARY.document.items}
    assert places == {
        "Menu · building · basic (基础类)",
        "Menu · building · optional (自选类)",
        "Menu · common area · basic (基础类)",
        "Menu · common area · optional (自选类)",
        "Menu · governance · basic (基础类)",
    }
