"""Every page of browsing: reached by buttons, within a message's limits, true to the paper."""

from collections.abc import Iterator

import pytest

from dialogs import clauses, taps
from dialogs.muting import muted_library
from dialogs.pages import deep, page
from dialogs.pages.duties import BODIES
from dialogs.pages.menu import SCOPES
from dialogs.pages.process import STEPS
from dialogs.pages.tasks import TASKS, duties
from dialogs.replies import Reply
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.documents import Clause, ItemClass
from knowledge.library import Library
from tests.dialogs.kit import LIBRARY, quoted

FIRST = ("menu", "duties", "process")
ROWS = [row.clause for row in LIBRARY.rows]
MUTED = muted_library(LIBRARY, LIBRARY.summaries.keys())


def shown(name: str, language: Language = "zh", library: Library = LIBRARY) -> Reply:
    reply = page(name, library, language)
    assert reply is not None, name
    return reply


def reachable(language: Language, library: Library = LIBRARY) -> dict[str, Reply]:
    """Every page to which buttons lead from the first ones."""
    found: dict[str, Reply] = {}
    names = list(FIRST)
    while names:
        name = names.pop()
        if name not in found:
            found[name] = shown(name, language, library)
            names += [tap.page for tap in meant(found[name]) if isinstance(tap, taps.Page)]
    return found


def meant(reply: Reply) -> Iterator[taps.Meant | None]:
    return (taps.parse(button.tap, LIBRARY) for button in reply.buttons)


PAGES = {language: reachable(language) for language in LANGUAGES}
EACH = [(language, name) for language in LANGUAGES for name in PAGES[language]]


def labelled(name: str, language: Language = "zh") -> dict[str, str]:
    return {button.label: button.tap for button in shown(name, language).buttons}


def test_both_languages_have_the_same_pages() -> None:
    assert PAGES["zh"].keys() == PAGES["en"].keys()
    assert len(PAGES["zh"]) > 100


@pytest.mark.parametrize(("language", "name"), EACH)
def test_no_button_is_dead_and_none_stands_twice(language: Language, name: str) -> None:
    reply = PAGES[language][name]
    assert reply.buttons, "one can always go on"
    for tap in meant(reply):
        assert isinstance(tap, taps.Page | taps.Show | taps.About | taps.Begin)
        assert not isinstance(tap, taps.Begin) or tap.dialog == "eligibility"
    labels, said = zip(*((button.label, button.tap) for button in reply.buttons), strict=True)
    assert len(set(said)) == len(said) and len(set(labels)) == len(labels) and all(labels)
    assert f"page:{name}" not in said


@pytest.mark.parametrize(("language", "name"), EACH)
def test_every_page_is_one_message(language: Language, name: str) -> None:
    reply = PAGES[language][name]
    assert 0 < len(reply.text.encode("utf-16-le")) // 2 <= 4096
    assert all(line.text or line.quote for line in reply.lines)
    assert len(reply.buttons) <= 14


@pytest.mark.parametrize(("language", "name"), EACH)
def test_every_quote_is_of_its_clause(language: Language, name: str) -> None:
    for line in PAGES[language][name].lines:
        if line.quote:
            assert line.quote.text in LIBRARY.document.clause(line.quote.clause).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_every_body_and_every_clause_is_reached(language: Language) -> None:
    found = PAGES[language]
    assert {f"row:{row}" for row in ROWS} <= found.keys() and len(ROWS) == 34
    assert {f"duties:{body}" for body in LIBRARY.bodies} <= found.keys()
    shows = {tap.clause for reply in found.values() for tap in meant(reply) if isinstance(tap, taps.Show)}
    assert shows == set(LIBRARY.summaries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_duty_is_told_by_body_and_by_task(language: Language) -> None:
    found = PAGES[language]
    by_task = "\n".join(reply.text for name, reply in found.items() if name.startswith("tasks:"))
    for point in LIBRARY.points:
        told = f"{point.plain(language)} {LIBRARY.clause(point).place}"
        for body in (*point.by, *point.with_):
            assert told in found[f"duties:{body}"].text
            assert f"clause:{point.clause}" in [button.tap for button in found[f"duties:{body}"].buttons]
        assert not point.by or told in by_task


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_say_nothing_but_what_the_library_says_of_a_clause(language: Language) -> None:
    says = {point.plain(language) for point in (*LIBRARY.points, *LIBRARY.summaries.values())}
    places = {clause.place for clause in LIBRARY.document.clauses}
    for name, reply in PAGES[language].items():
        for line in reply.lines:
            if line.text.startswith("· ") and name.split(":")[0] in ("duties", "tasks", "paper"):
                told, _, place = line.text.removeprefix("· ").rpartition(" ")
                assert told in says and place in places, line.text


# ---- the menu ----------------------------------------------------------------------------------------------------


def test_the_menu_tells_how_many_items_stand_where() -> None:
    text = shown("menu").text
    assert "一共34项：基础类26项，自选类8项" in text
    assert "楼本体：基础类12项、自选类5项" in text
    assert "小区公共区域：基础类12项、自选类3项" in text
    assert "完善小区治理：基础类2项" in text
    assert "The building: 12 basic, 5 optional" in shown("menu", "en").text


def test_scopes_are_called_as_in_the_paper() -> None:
    assert {scope: wording("zh")(f"page_scope.{scope}") for scope in SCOPES} == SCOPES
    items = [row.item for row in LIBRARY.document.items if row.item]
    assert {item.scope for item in items} == set(SCOPES.values())


def test_one_goes_from_scope_to_class_to_row_and_back() -> None:
    assert labelled("menu")["楼本体"] == "page:menu:building"
    assert labelled("menu:building")["自选类（5项）"] == "page:menu:building:optional"
    assert labelled("menu:building:optional")["多层住宅楼房增设电梯等上下楼设施"] == "page:row:menu-13"
    assert labelled("row:menu-13")["回到：楼本体 · 自选类"] == "page:menu:building:optional"
    assert labelled("menu:building:optional")["回到：楼本体"] == "page:menu:building"
    assert labelled("menu:building")["回到：整治菜单"] == "page:menu"


def test_a_class_without_rows_is_not_offered() -> None:
    assert [button.tap for button in shown("menu:governance").buttons] == ["page:menu:governance:basic", "page:menu"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ROWS)
def test_a_row_tells_what_it_is_whether_it_is_a_must_and_who_pays(row: str, language: Language) -> None:
    reply = shown(f"row:{row}", language)
    point = LIBRARY.summaries[row]
    basic = LIBRARY.item_class(point) is ItemClass.BASIC
    assert reply.lines[0].text == point.plain(language)
    assert [line.quote.text for line in reply.lines if line.quote] == [
        point.quote,
        "基础类是必须改造整治的内容" if basic else "自选类是在已实施基础类改造整治的前提下，根据居民意愿确定的改造内容",
        "原则上基础类改造项目所需资金由市区财政负担" if basic else "自选类改造项目所需资金由投资主体与居民协商解决",
    ]
    assert quoted(reply) == [row, "s2-2-p1", "s4-2-p1"]
    assert wording(language)("answer.is_basic" if basic else "answer.is_optional") in reply.text
    assert {f"clause:{row}", f"about:{row}", f"begin:eligibility:item={row}"} <= {b.tap for b in reply.buttons}


def test_rows_are_listed_with_their_class_and_scope() -> None:
    for scope in SCOPES:
        for kind, item_class in (("basic", ItemClass.BASIC), ("optional", ItemClass.OPTIONAL)):
            listed = page(f"menu:{scope}:{kind}", LIBRARY, "zh")
            rows = [row for row in LIBRARY.document.items if row.item and row.item.scope == SCOPES[scope]]
            wanted = [row.id for row in rows if row.item and row.item.item_class is item_class]
            found = [tap.page for tap in meant(listed) if isinstance(tap, taps.Page)] if listed else []
            assert [name for name in found if name.startswith("row:")] == [f"row:{row}" for row in wanted]


# ---- duties and tasks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_bodies_come_a_few_at_a_time(language: Language) -> None:
    pages = [name for name in PAGES[language] if name == "duties" or name.removeprefix("duties:").isdigit()]
    assert all(len(PAGES[language][name].buttons) <= 8 for name in pages)
    assert page(f"duties:{-(-len(LIBRARY.bodies) // BODIES)}", LIBRARY, language)
    assert page("duties:1", LIBRARY, language) == page("duties", LIBRARY, language)


def test_a_body_leads_back_to_the_page_where_it_stands() -> None:
    for body in LIBRARY.bodies:
        back = shown(f"duties:{body}").buttons[-1].tap
        assert f"page:duties:{body}" in [button.tap for button in shown(back.removeprefix("page:")).buttons]


def test_a_body_of_which_the_paper_says_nothing_else_is_a_member_and_no_more() -> None:
    reply = shown("duties:deyuan")
    assert reply.text == "北京德源兴业投资管理有限公司：联席会议成员单位。 三（一）第2段\n方案没有单独写它做什么。"
    for body in LIBRARY.bodies.values():
        silent = wording("zh")("page.no_duties") in shown(f"duties:{body.id}").text
        assert silent == (not LIBRARY.duties[body.id] and not LIBRARY.helps[body.id])
        assert ("联席会议成员单位" in shown(f"duties:{body.id}").lines[0].text) == body.member


@pytest.mark.parametrize(
    ("task", "clause", "says"),
    [
        ("survey", "s3-3-p1", "全面排查"),
        ("deciding", "s3-2-p1", "来定整治菜单"),
        ("tendering", "s4-1-p2", "组织招投标"),
        ("works", "s3-5-p3", "报备"),
        ("supervision", "s4-5-p1", "监督和检查"),
        ("acceptance", "s3-5-p3", "参与验收和交接"),
        ("handover", "s3-2-p1", "移交专业公司"),
        ("money", "s4-2-p1", "统筹落实资金"),
        ("planning", "s3-4-p1", "设计方案"),
    ],
)
def test_a_task_tells_whose_it_is(task: str, clause: str, says: str) -> None:
    reply = shown(f"tasks:{task}")
    assert says in reply.text
    assert f"clause:{clause}" in [button.tap for button in reply.buttons]


def test_tasks_and_steps_are_made_of_what_the_library_knows() -> None:
    for concepts in (*TASKS.values(), *STEPS.values()):
        assert concepts <= LIBRARY.concepts.keys()
    held = duties(LIBRARY)
    assert held.keys() == {*TASKS, "other"}, "no task stays empty"
    assert len(held["other"]) <= 2


# ---- the process -------------------------------------------------------------------------------------------------


def test_the_process_runs_from_the_survey_to_the_hand_over() -> None:
    lines = shown("process").text.splitlines()
    assert "排查" in lines[1] and "移交" in lines[len(STEPS)]
    assert [line.split(" ")[0] for line in lines[1:-1]] == [str(n) for n in range(1, len(STEPS) + 1)]
    assert lines[-1] == wording("zh")("page.order")


def test_what_the_paper_puts_in_an_order_stands_in_that_order() -> None:
    """三（三）survey, approval; 三（五）the approved plan is tendered; then before, during and after the works."""
    steps = list(STEPS)
    told = ["survey", "approval", "tendering", "before", "during", "acceptance", "handover"]
    assert [step for step in steps if step in told] == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_quotes_its_clauses_and_leads_to_the_next(language: Language) -> None:
    for at in range(1, len(STEPS) + 1):
        reply = shown(f"process:{at}", language)
        said = [button.tap for button in reply.buttons]
        assert quoted(reply) and {f"clause:{clause}" for clause in quoted(reply)} <= set(said)
        assert (f"page:process:{at + 1}" in said) == (at < len(STEPS))
        assert (f"page:process:{at - 1}" in said) == (at > 1)


# ---- what is not there, links, and silenced clauses ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    "|menu:|menu:roof|menu:building:|menu:building:free|menu:governance:optional|menu:building:basic:1|row|row:|row:s1-p1|"
    "row:menu-35|duties:|duties:0|duties:7|duties:-1|duties:01|duties:nobody|duties:²|duties:9999999999|tasks:|tasks:1|"
    "process:|process:0|process:12|process:x|paper:|paper:6|paper:0|nothing|:|::|menu building|MENU|街道".split("|"),
)
def test_there_is_no_other_page(name: str) -> None:
    for language in LANGUAGES:
        assert page(name, LIBRARY, language) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clause", LIBRARY.document.clauses, ids=lambda clause: clause.id)
def test_a_link_shows_the_row_or_the_clause_whole(clause: Clause, language: Language) -> None:
    wanted = shown(f"row:{clause.id}", language) if clause.item else clauses.whole(clause.id, LIBRARY, language)
    assert deep(clause.id, LIBRARY, language) == deep(f" {clause.id.upper()} ", LIBRARY, language) == wanted


def test_a_link_may_name_a_first_page_and_nothing_unknown() -> None:
    assert deep("menu", LIBRARY, "zh") == shown("menu")
    assert deep("process", LIBRARY, "en") == shown("process", "en")
    for payload in ("", "row", "j_7K2M", "menu-99", "s9-9", "\ud800", "x" * 999):
        assert deep(payload, LIBRARY, "zh") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_plain_words_are_out_of_service_the_paper_speaks_for_itself(language: Language) -> None:
    found = reachable(language, MUTED)
    assert found.keys() == PAGES[language].keys()
    for name, reply in found.items():
        assert all(line.text or line.quote for line in reply.lines), name
        assert all(button.label.strip() for button in reply.buttons), name
    assert "「区住房城市建设委负责组织老旧小区综合整治的招投标工作" in found["tasks:tendering"].text
    assert LIBRARY.summaries["menu-13"].plain(language) not in found["row:menu-13"].text
