"""Loading: every clause has its plain sentence, every quote its exact place, every duty its body and back."""

import tomllib
from collections import Counter
from typing import Any

import pytest
import rtoml

from knowledge.documents import ItemClass, read
from knowledge.library import Library, Point, load
from knowledge.library.loading import BODIES, CLAUSES, POLICY, ROW_TELLS, TABLES, WORDS, build, data


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def tables() -> dict[str, dict[str, Any]]:
    return {name: tomllib.loads(data(name)) for name in TABLES}


def every(library: Library) -> list[Point]:
    return [*library.points, *library.summaries.values()]


def test_the_library_is_read_once_in_a_process() -> None:
    assert load() is load()


@pytest.mark.parametrize("name", TABLES)
def test_the_quick_reader_of_toml_reads_what_the_validator_has_read(name: str) -> None:
    assert rtoml.loads(data(name)) == tomllib.loads(data(name))


def test_the_document_is_the_shipped_policy(library: Library) -> None:
    assert library.document == read(data(POLICY))
    assert library.document.number == "西政办发〔2018〕4号"


def test_every_clause_of_the_policy_has_a_summary(library: Library) -> None:
    assert set(library.summaries) == {clause.id for clause in library.document.clauses}
    assert all(library.summaries[key].clause == key for key in library.summaries)


def test_every_clause_can_be_cited_by_a_point(library: Library) -> None:
    assert {point.clause for point in library.points} == {clause.id for clause in library.document.clauses}


def test_every_quote_is_the_text_at_its_place_inside_its_clause(library: Library) -> None:
    for point in every(library):
        clause = library.clause(point)
        assert point.quote and point.quote == library.document.text[point.start : point.end], point
        assert clause.start <= point.start < point.end <= clause.end, point


def test_the_summary_of_a_clause_without_a_quote_quotes_it_whole(library: Library) -> None:
    for key, entry in tables()[CLAUSES].items():
        if "quote" not in entry:
            assert library.summaries[key].quote == library.document.clause(key).text


def test_points_stand_in_the_order_of_the_text(library: Library) -> None:
    places = [(point.start, -point.end) for point in library.points]
    assert places == sorted(places)
    assert len(set(library.points)) == len(library.points)


def test_a_clause_told_in_points_is_cited_whole_only_if_it_has_words_of_its_own(library: Library) -> None:
    for key, entry in tables()[CLAUSES].items():
        whole = library.summaries[key]
        assert (whole in library.points) == bool(entry.get("about") or not entry.get("points")), key


def test_every_row_of_the_menu_is_a_point_with_its_class(library: Library) -> None:
    assert [point.clause for point in library.rows] == [f"menu-{number}" for number in range(1, 35)]
    assert Counter(map(library.item_class, library.rows)) == {ItemClass.BASIC: 26, ItemClass.OPTIONAL: 8}
    assert all(set(ROW_TELLS) <= set(row.tells) for row in library.rows)
    assert all(row.quote == library.clause(row).text for row in library.rows)


def test_what_is_no_row_has_no_class(library: Library) -> None:
    others = [point for point in library.points if point not in library.rows]
    assert others
    assert all(library.item_class(point) is None for point in others)


def test_the_class_of_an_item_comes_from_the_policys_table(library: Library) -> None:
    classes = {row.quote: library.item_class(row) for row in library.rows}
    assert classes["多层住宅楼房增设电梯等上下楼设施"] is ItemClass.OPTIONAL
    assert classes["清理群租"] is ItemClass.BASIC


def test_every_sentence_is_there_in_both_languages(library: Library) -> None:
    for point in every(library):
        assert point.plain("zh").strip() and point.plain("en").strip()
        assert point.plain("zh") != point.plain("en")


def test_every_id_that_a_point_gives_is_known(library: Library) -> None:
    for point in every(library):
        assert {*point.about, *point.mentions} <= set(library.concepts), point
        assert set(point.tells) <= set(library.asks), point
        assert {*point.by, *point.with_} <= set(library.bodies), point
        assert set(point.next) <= set(library.followups), point


def test_duties_can_be_read_in_both_directions(library: Library) -> None:
    for body, duties in library.duties.items():
        assert all(body in point.by for point in duties)
        assert [point.start for point in duties] == sorted(point.start for point in duties)
    for point in library.points:
        assert all(point in library.duties[body] for body in point.by)
    assert list(library.duties) == list(library.bodies)


def test_the_duties_that_everyone_asks_for_are_there(library: Library) -> None:
    quotes = {body: "".join(point.quote for point in duties) for body, duties in library.duties.items()}
    assert "招投标" in quotes["housing-construction"]
    assert "专项维修资金" in quotes["housing-management"]
    assert "责任主体" in quotes["street-office"]


def test_a_body_of_which_the_text_says_no_duty_has_none(library: Library) -> None:
    assert library.duties["disabled"] == ()


def test_a_body_is_found_by_each_of_its_names(library: Library) -> None:
    for body in library.bodies.values():
        for words in (body.id, body.name, body.english, *body.zh, *body.en):
            found = library.bodies_called(words)
            assert found
            for one in found:
                assert words.lower() in (one.id, one.name.lower(), one.english.lower(), *one.zh, *one.en)
    own = {body.id: library.bodies_called(body.name)[0] for body in library.bodies.values()}
    assert own == dict(library.bodies)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("street-office", "street-office"),
        ("区住房城市建设委", "housing-construction"),
        ("住建委", "housing-construction"),
        (" 住建委\n", "housing-construction"),
        ("房管局", "housing-management"),
        ("Xicheng fire brigade", "fire"),
        ("FIRE BRIGADE", "fire"),
        ("业委会", "owners-committee"),
        ("owners' committee", "owners-committee"),
        ("区委社会工委（区社会办）", "social-office"),
    ],
)
def test_a_body_is_found_by_id_name_alias_and_english(library: Library, words: str, body: str) -> None:
    assert [found.id for found in library.bodies_called(words)] == [body]


@pytest.mark.parametrize("words", ["", " ", "教委", "住", "委", "elevator", "电梯", "住建委 房管局"])
def test_an_unknown_body_is_not_guessed(library: Library, words: str) -> None:
    assert library.bodies_called(words) == []


def test_a_part_of_a_name_finds_every_body_that_holds_it(library: Library) -> None:
    assert {body.id for body in library.bodies_called("消防")} == {"fire", "fire-department"}
    assert [body.id for body in library.bodies_called("區房管局")] == ["housing-management"]


def test_who_takes_part_in_a_duty_is_told_from_who_has_it(library: Library) -> None:
    assert library.duties["quality-bureau"] == ()
    assert ["优化开工、验收程序" in point.quote for point in library.helps["quality-bureau"]] == [True]


def test_bodies_are_concepts_too_with_all_their_names(library: Library) -> None:
    for key, body in library.bodies.items():
        concept = library.concepts[key]
        assert (concept.id, concept.kind) == (key, "body")
        assert {body.name, *body.zh} == set(concept.zh)
        assert {body.english.lower(), *body.en} == set(concept.en)
    assert set(library.concepts) == {*tables()[WORDS], *tables()[BODIES]}


def test_the_keys_of_all_mappings_are_the_ids_of_their_entries(library: Library) -> None:
    for mapping in (library.concepts, library.bodies, library.asks, library.followups):
        assert mapping
        assert all(key == entry.id for key, entry in mapping.items())


def test_lay_words_lead_to_concepts_that_some_point_is_about_or_that_the_text_is_silent_on(library: Library) -> None:
    windows = next(concept for concept in library.concepts.values() if "防盗窗" in concept.zh)
    assert any(windows.id in row.about for row in library.rows)
    spoken = {concept for point in library.points for concept in (*point.about, *point.mentions)}
    silent = {concept.id for concept in library.concepts.values() if concept.kind == "elsewhere"}
    assert silent and not silent & spoken


def test_a_library_is_made_from_whatever_tables_fit_their_text() -> None:
    said = {"zh": "地要每天扫。", "en": "The floor is swept daily."}
    library = build(
        {
            "clauses.toml": {
                "title": said,
                "s1-p1": {**said, "points": [{**said, "quote": "每天扫地", "by": ["office"], "with": ["guard"]}]},
            },
            "menu.toml": {},
            "bodies.toml": {
                key: {"name": key, "english": key.title(), "zh": ["某" + key], "en": []} for key in ("office", "guard")
            },
            "words.toml": {},
            "asks.toml": {},
            "followups.toml": {},
            "terms.toml": {"glossary": {}, "hedges": {}},
        },
        "清扫通知\n一、任务\n各楼要每天扫地，不得遗漏。\n",
    )
    title, sweeping = library.points
    assert (title.clause, title.quote, library.rows) == ("title", "清扫通知", ())
    assert (sweeping.quote, sweeping.by, sweeping.with_) == ("每天扫地", ("office",), ("guard",))
    assert library.document.text[sweeping.start : sweeping.end] == "每天扫地"
    assert library.duties == {"office": (sweeping,), "guard": ()}


@pytest.mark.parametrize(
    "tables_change", [{"s9-p1": {"zh": "没有。", "en": "None."}}, {"s1-p1": {"quote": "没有的话"}}]
)
def test_tables_that_do_not_fit_the_text_are_refused(tables_change: dict[str, Any]) -> None:
    shipped = tables()
    shipped[CLAUSES] = {
        **shipped[CLAUSES],
        **{key: {**shipped[CLAUSES].get(key, {}), **entry} for key, entry in tables_change.items()},
    }
    with pytest.raises((KeyError, ValueError)):
        build(shipped, data(POLICY))
