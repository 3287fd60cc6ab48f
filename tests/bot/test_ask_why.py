"""jiugai ask --why: the answer, and under it what was heard and why it ends so."""

import json
from typing import Any

import pytest

from knowledge.library import load
from tests.kit import jiugai

LIFT = "多层住宅楼房增设电梯等上下楼设施"


def reasons(question: str) -> list[dict[str, Any]]:
    said = jiugai("ask", question, "--why", "--json")
    assert (said.code, said.err) == (0, "")
    reply: dict[str, Any] = json.loads(said.out)
    assert list(reply)[-1] == "why"
    found: list[dict[str, Any]] = reply["why"]
    return found


@pytest.mark.parametrize(
    ("question", "heard", "verdict"),
    [
        ("我们楼能装电梯吗？", "听到：电梯", "判定：方案写了"),
        ("加一部电梯得花多少钱", "问的是：多少钱", "判定：方案没写"),
        ("自选类有哪些", "听到：自选类", "判定：方案里有这样一份"),
        ("can my building get an elevator?", "Heard: elevator", "Verdict: the plan says it"),
        ("how much is a lift?", "Asks for: how much", "Verdict: the plan does not say"),
        ("what are the optional items?", "Heard: ", "Verdict: the plan has such a list"),
    ],
)
def test_the_evidence_stands_under_the_answer_in_its_language(question: str, heard: str, verdict: str) -> None:
    plain, said = jiugai("ask", question), jiugai("ask", question, "--why")
    assert (said.code, said.err) == (0, "")
    answer, _, evidence = said.out.partition("\n\n")
    assert answer == plain.out.rstrip("\n")
    assert heard in evidence and verdict in evidence


def test_the_language_that_is_asked_for_is_that_of_the_evidence() -> None:
    assert "Verdict:" in jiugai("ask", "我们楼能装电梯吗？", "--why", "--lang", "en").out
    assert "判定：" in jiugai("ask", "can my building get an elevator?", "--why", "--lang", "zh").out


def test_without_it_nothing_is_said_of_evidence() -> None:
    assert "判定" not in jiugai("ask", "我们楼能装电梯吗？").out
    assert "why" not in json.loads(jiugai("ask", "我们楼能装电梯吗？", "--json").out)


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("我们楼能装电梯吗？", [("told", None)]),
        ("加一部电梯得花多少钱", [("no-such-kind", "amount")]),
        ("2025年还给装电梯吗", [("no-such-topic", "later-years")]),
        ("自选类有哪些", [("listed", None)]),
        ("85年盖的楼能改吗", [("scope", None)]),
        ("电梯能装吗？多少钱？", [("told", None), ("no-such-kind", "amount")]),
        ("today's weather", [("foreign", "elsewhere")]),
    ],
)
def test_a_program_reads_the_verdict_and_the_topic_of_each_question(
    question: str, ends: list[tuple[str, str | None]]
) -> None:
    assert [(reason["verdict"], reason["topic"]) for reason in reasons(question)] == ends


@pytest.mark.parametrize("question", ["装电梯谁出钱", "加一部电梯得花多少钱", "who approves the yearly plan?"])
def test_every_point_that_a_program_reads_is_a_passage_of_a_clause_with_its_worth(question: str) -> None:
    document = load().document
    for reason in reasons(question):
        assert reason["points"]
        for point in reason["points"]:
            assert list(point) == ["clause", "quote", "worth", "hunch", "shares", "tells"]
            assert point["quote"] in document.clause(point["clause"]).text and point["worth"] > 0


def test_the_point_that_answers_is_the_first_of_the_evidence() -> None:
    assert reasons("我们楼能装电梯吗？")[0]["points"][0]["quote"] == LIFT


def test_each_of_several_lines_gets_its_evidence_too() -> None:
    lines = '{"id": 1, "question": "我们楼能装电梯吗？"}\n{"id": 2, "question": "电梯多少钱"}\n'
    said = jiugai("ask", "--json", "--why", stdin=lines)
    assert (said.code, said.err) == (0, "")
    assert [json.loads(line)["why"][0]["verdict"] for line in said.out.splitlines()] == ["told", "no-such-kind"]
