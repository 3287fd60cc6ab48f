"""jiugai clauses, menu and duties: the document as we read it, for eyes and for machines."""

import json
import re
from typing import Any

import pytest

from knowledge.library import load
from tests.kit import jiugai

LIBRARY = load()
DOCUMENT = LIBRARY.document


def text(*words: str) -> str:
    said = jiugai(*words)
    assert (said.code, said.err) == (0, "")
    return said.out


def data(*words: str) -> Any:
    return json.loads(text(*words, "--json"))


# ---- clauses -------------------------------------------------------------------------------------------------------


def test_every_clause_is_listed_on_one_line_with_its_place() -> None:
    lines = text("clauses").splitlines()
    assert [line.split()[0] for line in lines] == [clause.id for clause in DOCUMENT.clauses]
    for line, clause in zip(lines, DOCUMENT.clauses, strict=True):
        assert f"{clause.place}  " in line and " ".join(clause.text.split())[:36] in line


def test_one_clause_is_shown_whole_with_plain_words_in_both_languages() -> None:
    shown = text("clauses", "s4-2-p1")
    summary = LIBRARY.summaries["s4-2-p1"]
    assert shown.startswith("西政办发〔2018〕4号 · 四（二）\n")
    assert f"「{DOCUMENT.clause('s4-2-p1').text}」" in shown
    assert shown.endswith(f"{summary.zh}\n{summary.en}\n")


def test_a_clause_that_breaks_off_says_so_and_no_other_does() -> None:
    assert "原文到此中断" in text("clauses", "copies").splitlines()[0]
    assert "中断" not in text("clauses", "s4-2-p1")


def test_the_clauses_as_json_hold_the_text_with_its_offsets() -> None:
    clauses = data("clauses")
    assert [clause["id"] for clause in clauses] == [clause.id for clause in DOCUMENT.clauses]
    keys = ["id", "kind", "place", "breadcrumb", "start", "end", "text", "cut_off", "zh", "en"]
    for clause in clauses:
        assert list(clause) == keys
        assert DOCUMENT.text[clause["start"] : clause["end"]] == clause["text"]
    assert [clause["id"] for clause in clauses if clause["cut_off"]] == ["copies"]


def test_one_clause_as_json_is_that_one() -> None:
    clause = data("clauses", "s4-2-p1")
    assert clause == next(c for c in data("clauses") if c["id"] == "s4-2-p1")
    assert clause["breadcrumb"] == [["四、", "实施保障"], ["（二）", "加大资金支持"]]


# ---- menu ----------------------------------------------------------------------------------------------------------


def test_the_menu_says_how_many_and_shows_each_row_under_its_scope_and_class() -> None:
    first, _, rest = text("menu").partition("\n")
    assert re.findall(r"\d+", first) == ["34", "26", "8"]
    counts = {
        block.split("\n")[0]: len(re.findall(r"^  menu-\d+ ", block, re.MULTILINE))
        for block in rest.strip().split("\n\n")
    }
    assert counts == {
        "楼本体 · 基础类": 12,
        "楼本体 · 自选类": 5,
        "小区公共区域 · 基础类": 12,
        "小区公共区域 · 自选类": 3,
        "完善小区治理 · 基础类": 2,
    }


def test_the_menu_as_json_has_the_rows_in_the_tables_order() -> None:
    rows = data("menu")
    assert [row["number"] for row in rows] == list(range(1, 35))
    assert [list(row) for row in rows] == [["id", "number", "scope", "class", "text", "zh", "en"]] * 34
    assert rows[12]["text"] == "多层住宅楼房增设电梯等上下楼设施" and rows[12]["class"] == "自选类"
    assert all(row["text"] == DOCUMENT.clause(row["id"]).text for row in rows)


# ---- duties --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("called", ["住建委", "区住房城市建设委", "housing-construction", " 住建委 "])
def test_a_body_is_found_by_what_people_call_it(called: str) -> None:
    shown = text("duties", called).splitlines()
    assert shown[0] == "区住房城市建设委（成员单位）"
    assert len(shown) > 1 and all(re.search(r"^  · .+ .+ \[s\d[a-z0-9-]+\]$", line) for line in shown[1:])


def test_every_duty_stands_under_its_body_with_its_clause() -> None:
    bodies = data("duties")
    assert len(bodies) > 5
    for body in bodies:
        assert list(body) == ["id", "name", "english", "member", "duties", "helps"]
        assert body["name"] in DOCUMENT.text
        assert body["duties"] or body["helps"]
        for duty in (*body["duties"], *body["helps"]):
            assert list(duty) == ["clause", "place", "quote", "zh", "en", "by", "with"]
            assert duty["quote"] in DOCUMENT.clause(duty["clause"]).text
            assert set(duty["with"]) <= LIBRARY.bodies.keys()


def test_the_duties_read_the_same_in_both_directions() -> None:
    """From body to clause here, from clause to body in the library."""
    by_body = {(body["id"], duty["quote"]) for body in data("duties") for duty in body["duties"]}
    assert by_body == {(body, point.quote) for point in LIBRARY.points for body in point.by}
    helped = {(body["id"], duty["quote"]) for body in data("duties") for duty in body["helps"]}
    assert helped == {(body, point.quote) for point in LIBRARY.points for body in point.with_}


def test_all_duties_as_text_are_those_as_json() -> None:
    shown = text("duties")
    for body in data("duties"):
        assert f"{body['name']}" in shown.splitlines() or f"{body['name']}（成员单位）" in shown.splitlines()
        assert all(f"  · {duty['zh']} {duty['place']} [{duty['clause']}]" in shown for duty in body["duties"])
        assert all(f"  · 参与：{duty['zh']} {duty['place']} [{duty['clause']}]" in shown for duty in body["helps"])


def test_a_body_without_duties_of_its_own_is_said_to_have_none() -> None:
    idle = [body for body in LIBRARY.bodies.values() if not LIBRARY.duties[body.id] and not LIBRARY.helps[body.id]]
    assert idle
    for body in idle:
        assert text("duties", body.name).splitlines()[1:] == ["  方案没有单列它的职责。"]
        (one,) = data("duties", body.id)
        assert one["duties"] == []


# ---- what is not there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["clauses", "duties"])
@pytest.mark.parametrize("which", ["nothing", "", "<b>", "\x1b[31m", "../x", "\udcff", "x" * 10_000])
@pytest.mark.parametrize("machine", [[], ["--json"]], ids=["text", "json"])
def test_what_is_not_there_is_one_line_that_tells_where_to_look(command: str, which: str, machine: list[str]) -> None:
    said = jiugai(command, which, *machine)
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1 and said.err.startswith("jiugai: ")
    assert said.err.count(f"jiugai {command}") == 2  # in both languages
    assert not which or which not in said.err
