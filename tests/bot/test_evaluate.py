"""jiugai eval FILE: the table, what went wrong, and files that cannot be scored."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.kit import Outcome, jiugai

LIFT = "多层住宅楼房增设电梯等上下楼设施"
ROWS: list[dict[str, Any]] = [
    {"id": "lift", "question": "我们楼能装电梯吗？", "expect": "answer", "gold": [[LIFT]]},
    {
        "id": "roof",
        "question": "我们楼能装\n电梯吗？",
        "expect": "answer",
        "gold": [["屋顶美化", "太阳能应用"], ["清理群租"]],
    },
    {"id": "weather", "question": "今天天气怎么样", "expect": "abstain", "gold": [], "style": "colloquial"},
    {"id": "claim", "question": "谁出钱", "expect": "abstain", "gold": [], "style": "colloquial"},
]


def score(folder: Path, *words: str, rows: list[dict[str, Any]] = ROWS) -> Outcome:
    file = folder / "题目.jsonl"
    full = ({"lang": "zh", "style": "plain"} | row for row in rows)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in full), "utf-8")
    return jiugai("eval", str(file), *words)


def test_the_table_has_every_figure_with_its_chinese_name(tmp_path: Path) -> None:
    said = score(tmp_path, "--no-misses")
    assert (said.code, said.err) == (0, "")
    found = {
        name: rest.split()
        for name, rest in re.findall(r"^ *(?:[\u3400-\u9fff]\S* · )?(\S+(?: \S+)*?)  +(\S.*)$", said.out, re.MULTILINE)
    }
    assert found["right"] == ["50.0", "%", "2/4"] and "答对 · right" in said.out
    assert found["answered"] == ["50.0", "%", "1/2"]
    assert found["withheld"] == found["false answer"] == ["50.0", "%", "1/2"]
    assert found["first"] == ["50.0", "%", "1/2"]
    assert found["right · plain"] == found["right · colloquial"] == ["50.0", "%", "1/2"]
    assert found["foreign"] == ["0"] and found["questions"] == ["4"]
    assert {"quoted", "ms p50", "ms p99", "ms max"} <= found.keys() and "offered" not in found


def test_what_went_wrong_is_listed_with_what_was_expected_and_answered(tmp_path: Path) -> None:
    said = score(tmp_path)
    listed = said.out.partition("没答对的2题 · these 2 went wrong:\n")[2]
    roof, claim = listed.strip().split("\n\n")
    assert roof.splitlines()[:2] == [
        "roof · plain · 我们楼能装 电梯吗？",
        "  应为 · expected  answer  屋顶美化 | 太阳能应用; 清理群租",
    ]
    assert roof.splitlines()[2].startswith("  得到 · got       answer") and f"「{LIFT}」" in roof
    assert claim.splitlines()[:2] == ["claim · colloquial · 谁出钱", "  应为 · expected  abstain"]
    assert "lift" not in listed and "weather" not in listed


def test_json_has_the_same_figures_and_the_misses_where_they_are_wanted(tmp_path: Path) -> None:
    whole, figures = (json.loads(score(tmp_path, "--json", *words).out) for words in ([], ["--no-misses"]))
    misses = whole.pop("misses")
    assert [miss["id"] for miss in misses] == ["roof", "claim"]
    assert misses[0] | {"kind": "", "dialog": None, "quotes": []} == {
        "id": "roof",
        "style": "plain",
        "question": "我们楼能装\n电梯吗？",
        "expect": "answer",
        "either": False,
        "gold": [["屋顶美化", "太阳能应用"], ["清理群租"]],
        "kind": "",
        "dialog": None,
        "quotes": [],
    }
    assert misses[0]["kind"] == "answer" and LIFT in misses[0]["quotes"]
    assert whole.keys() == figures.keys()
    assert figures["right"] == figures["false answer"] == 50.0 and figures["questions"] == 4
    assert 0 < figures["ms p50"] <= figures["ms p99"] <= figures["ms max"]


def test_the_verdict_is_that_of_ask(tmp_path: Path) -> None:
    """What is listed as answered is what `ask --json` tells: its kind, its dialog and its quotes."""
    questions = ["装电梯谁出钱", "85年的楼能改吗", "加一部电梯得花多少钱", "今天天气怎么样"]
    rows = [{"id": text, "question": text, "expect": "answer", "gold": [["没有这样的原文"]]} for text in questions]
    misses = json.loads(score(tmp_path, "--json", rows=rows).out)["misses"]
    assert len(misses) == len(questions)
    for miss in misses:
        asked = json.loads(jiugai("ask", miss["question"], "--json").out)
        assert (miss["kind"], miss["dialog"]) == (asked["kind"], asked["dialog"])
        assert miss["quotes"] == [citation["quote"] for citation in asked["citations"]]


def test_where_all_is_right_nothing_is_listed(tmp_path: Path) -> None:
    said = score(tmp_path, rows=ROWS[:1])
    assert said.code == 0 and "went wrong" not in said.out
    assert json.loads(score(tmp_path, "--json", rows=ROWS[:1]).out)["misses"] == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_fault(tmp_path: Path, mark: bytes) -> None:
    score(tmp_path)
    file = tmp_path / "题目.jsonl"
    file.write_bytes(mark + file.read_bytes())
    assert jiugai("eval", str(file)).code == 0


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (None, "没有这个文件", "There is no file"),
        ("谁出钱".encode("gb18030"), "不是 UTF-8", "is not UTF-8"),
        (b"\n\n", "没有题目", "no question"),
        (b"\n{}\n", "第2行缺 id", "Line 2 lacks id"),
        (b"what?\n", "第1行不是有效的 JSON", "Line 1 is not JSON"),
    ],
    ids=["missing", "encoding", "empty", "field", "json"],
)
def test_a_file_that_cannot_be_scored_is_one_sentence(tmp_path: Path, content: bytes | None, zh: str, en: str) -> None:
    file = tmp_path / "题目.jsonl"
    if content is not None:
        file.write_bytes(content)
    said = jiugai("eval", str(file))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("jiugai: ") and len(said.err.splitlines()) == 1
    assert zh in said.err and en in said.err and "题目.jsonl" in said.err


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    said = jiugai("eval", str(tmp_path))
    assert (said.code, said.out) == (1, "") and "读不了" in said.err and len(said.err.splitlines()) == 1
