"""jiugai ask --json without a question: JSON Lines in, JSON Lines out, in order, whatever comes."""

import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cli import main
from tests.kit import jiugai
from tests.lengths import examples

KEYS = ["id", "kind", "dialog", "text", "citations", "ms"]
LIFT = {"id": "lift", "question": "我们楼能装电梯吗？", "lang": "zh"}


def line(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def replies(stdin: bytes, *words: str) -> list[dict[str, Any]]:
    said = jiugai("ask", "--json", *words, stdin=stdin)
    assert (said.code, said.err) == (0, "")
    return [json.loads(text, parse_constant=pytest.fail) for text in said.out.splitlines()]


def test_every_line_is_answered_in_its_place() -> None:
    questions = ["我们楼能装电梯吗？", "加一部电梯得花多少钱", "今天天气怎么样", "85年的楼能改吗", "谁出钱"]
    found = replies(b"".join(line(id=f"q{n}", question=text, lang="zh") for n, text in enumerate(questions)))
    assert [reply["id"] for reply in found] == [f"q{n}" for n in range(len(questions))]
    assert [reply["kind"] for reply in found] == ["answer", "not_covered", "out_of_scope", "clarify", "answer"]
    assert all(list(reply) == KEYS for reply in found)
    for citation in (citation for reply in found for citation in reply["citations"]):
        assert list(citation) == ["clause", "section", "quote"]
        assert citation["section"].startswith("西政办发〔2018〕4号 · ")


def test_what_is_near_is_cited_where_nothing_answers() -> None:
    (reply,) = replies(line(id=1, question="加一部电梯得花多少钱"))
    assert [citation["clause"] for citation in reply["citations"]] == ["s4-2-p1"]


@pytest.mark.parametrize(
    ("fields", "option", "english"),
    [
        ({"lang": "en"}, [], True),
        ({"lang": "en-GB"}, [], True),
        ({"lang": "zh"}, [], False),
        ({"lang": "zh-Hant"}, [], False),
        ({"lang": "fr"}, [], False),
        ({"lang": None}, [], False),
        ({}, [], False),
        ({"lang": "zh"}, ["--lang", "en"], True),
        ({"lang": "en"}, ["--lang", "zh"], False),
    ],
)
def test_the_language_is_the_options_else_the_lines_else_the_questions(
    fields: dict[str, Any], option: list[str], english: bool
) -> None:
    (reply,) = replies(line(id=1, question="我们楼能装电梯吗？", **fields), *option)
    assert ("optional" in reply["text"].splitlines()[0]) == english


def test_an_id_may_be_a_number_or_a_word_and_other_keys_are_passed_over() -> None:
    found = replies(line(id=7, question="谁出钱", more=1) + line(id="七", question="谁出钱"))
    assert [reply["id"] for reply in found] == [7, "七"]
    assert [reply["kind"] for reply in found] == ["answer", "answer"]


@pytest.mark.parametrize(
    ("faulty", "id_told"),
    [
        (b"not json\n", None),
        (b"{\n", None),
        (b'{"id": 1, "question": "x"\n', None),
        (b"null\n", None),
        (b"[]\n", None),
        (b'"text"\n', None),
        (b"3\n", None),
        (b"NaN\n", None),
        (b"{}\n", None),
        (line(question="谁出钱"), None),
        (line(id="a"), "a"),
        (line(id="a", question=None), "a"),
        (line(id="a", question=3), "a"),
        (line(id="a", question=["谁出钱"]), "a"),
        (line(id="a", question="谁出钱", lang=3), "a"),
        (line(id=None, question="谁出钱"), None),
        (b'{"id": "a", "question": "\xff"}\n', None),
        (b"\xff\xfe\n", None),
        ("谁出钱\n".encode("gb18030"), None),
        (b"[" * 100_000 + b"\n", None),
        (b'{"a":' * 100_000 + b"\n", None),
        (b'{"id": ' + b"9" * 5_000 + b', "question": "x"}\n', None),
        (b'\x00{"id": 1}\n', None),
    ],
)
def test_a_faulty_line_is_answered_in_its_place_and_the_rest_goes_on(faulty: bytes, id_told: str | None) -> None:
    before, fault, after = replies(line(**LIFT) + faulty + line(**LIFT))
    assert list(fault) == ["id", "error"] and fault["id"] == id_told
    assert 5 < len(fault["error"]) < 300
    assert before["kind"] == after["kind"] == "answer"


def test_each_fault_is_told_from_the_others() -> None:
    faulty = ("谁出钱\n".encode("gb18030"), b"not json\n", b"[]\n", line(id="a"), line(id="a", question="x", lang=3))
    told = [fault["error"] for fault in replies(b"".join(faulty))]
    assert "UTF-8" in told[0] and "JSON" in told[1] and "question" in told[3] and "lang" in told[4]
    assert len(set(told)) == len(told)


def test_the_fault_is_told_in_words_for_people() -> None:
    """Names of our classes and of a library's types are no help to whoever writes the lines."""
    found = replies(b"[]\n" + line(id="a") + line(id=1.5, question="x") + b"{}\n")
    for fault in found:
        assert not any(word in fault["error"] for word in ("Asked", "instance of", "id.str", "pydantic")), fault


@pytest.mark.parametrize("odd", [True, 1.5, [], {"a": 1}, float("nan"), float("inf")], ids=repr)
def test_an_id_of_the_wrong_type_is_a_fault(odd: object) -> None:
    fault, after = replies(line(id=odd, question="谁出钱") + line(**LIFT))
    assert list(fault) == ["id", "error"] and after["id"] == "lift"


@pytest.mark.parametrize("deep", [300, 900, 960, 980])
def test_a_deep_id_does_not_stop_the_rest(deep: int) -> None:
    fault, after = replies(b'{"id": ' + b"[" * deep + b"]" * deep + b', "question": "x"}\n' + line(**LIFT))
    assert "error" in fault and after["id"] == "lift"


@pytest.mark.parametrize("field", ["id", "question"])
def test_half_a_surrogate_pair_does_not_stop_the_rest(field: str) -> None:
    r"""JSON may hold "\ud800"; UTF-8 may not."""
    fields = {"id": "a", "question": "电梯能装吗"} | {field: "\ud800电梯能装吗"}
    odd, after = replies(json.dumps(fields).encode() + b"\n" + line(**LIFT))
    assert "kind" in odd or "error" in odd
    assert after["id"] == "lift"


def test_empty_lines_are_passed_over_and_the_last_needs_no_end() -> None:
    found = replies(b"\n  \r\n" + line(**LIFT).replace(b"\n", b"\r\n") + line(**LIFT).strip())
    assert [reply["id"] for reply in found] == ["lift", "lift"]


def test_the_mark_that_windows_puts_before_utf8_is_no_fault() -> None:
    (reply,) = replies(b"\xef\xbb\xbf" + line(**LIFT))
    assert reply.get("kind") == "answer"


def test_nothing_in_is_nothing_out() -> None:
    assert replies(b"") == []


def test_each_line_is_answered_before_the_next_is_read() -> None:
    """A program that asks and waits must not wait for ever: one flush a line."""
    out = BytesIO()
    stdout = TextIOWrapper(out, encoding="utf-8")  # hands its text on when it is flushed, not before
    seen: list[int] = []

    def asking() -> Iterator[bytes]:
        for _ in range(3):
            seen.append(out.getvalue().count(b"\n"))
            yield line(**LIFT)
        seen.append(out.getvalue().count(b"\n"))

    with patch.object(sys, "stdin", SimpleNamespace(buffer=asking())), redirect_stdout(stdout):
        assert main(["ask", "--json"]) == 0
    assert seen == [0, 1, 2, 3]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
objects = st.fixed_dictionaries({}, optional={"id": json_values, "question": json_values, "lang": json_values})
lines = st.one_of(
    st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b" ").replace(b"\r", b" ")),
    objects.map(lambda value: json.dumps(value).encode()),
    st.text(max_size=20).map(lambda text: json.dumps({"id": 1, "question": text}).encode()),
)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(lines, max_size=4))
@example([b'{"id": "\\ud800", "question": "x"}'])
def test_whatever_comes_there_is_one_reply_a_line_and_the_last_is_answered(given_lines: list[bytes]) -> None:
    sent = [raw for raw in given_lines if raw.strip()]
    said = jiugai("ask", "--json", stdin=b"".join(raw + b"\n" for raw in sent) + line(**LIFT))
    assert (said.code, said.err) == (0, "")
    found = [json.loads(text) for text in said.out.split("\n")[:-1]]
    assert len(found) == len(sent) + 1 and found[-1]["kind"] == "answer"
    assert all(list(reply) in (KEYS, ["id", "error"]) for reply in found)
