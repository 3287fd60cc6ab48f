"""Whatever comes in: nothing is lost, ids are fit for links, nothing is raised, and time stays in proportion."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, read

# What papers are made of, so that random texts reach the corners of each form.
PARTS = [
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "　",
        " ",
        "\ufeff",
        "# ",
        "。",
        "：",
        "，",
        "；",
        "（",
        "）",
        "〔2020〕",
        "年",
        "1",
        "七",
    ),
    *(
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "２．",
        "（1）",
        "(2)",
        "第一条 ",
        "第二章",
        "第三条之一",
        "附件",
        "附件：",
        "附件2",
    ),
    *(
        "抄送：",
        "某局文件",
        "某发〔2020〕1号",
        "关于印发",
        "清扫方案",
        "的通知",
        "（试行）",
        "（2018-2020年）",
        "各镇：",
        "某局",
    ),
    *(
        "2020年1月2日",
        "2020年99月2日",
        "经同意，现印发给你们。",
        "（此件公开发布）",
        "2020年1月2日通过",
        "标题：",
        "文号：",
    ),
    *("范围", "类别", "内容", "基础类", "自选类", "楼", "扫地", "楼\t基础类\t扫地", "\t\t擦窗", "请扫地。", "印发"),
]
papers = st.lists(st.sampled_from(PARTS) | st.sampled_from(["\n", "\n\n", "\n\t"]), max_size=60).map("".join)


def is_whole(document: Document) -> bool:
    pieces = list(document.pieces())
    joined = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    return joined == document.text and "" not in pieces


@given(st.text() | papers)
def test_any_text_is_read_whole_with_fit_ids(text: str) -> None:
    if not text.strip().strip("\ufeff\u200b"):
        return
    try:
        document = read(text)
    except ValueError:
        # Other marks without width and white space may make a text blank too; letters and digits never do.
        assert not re.search(r"\w", text)
        return
    assert document.text == text
    assert is_whole(document)
    names = [clause.id for clause in document.clauses]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z0-9_-]{1,24}", name) for name in names)
    for clause in document.clauses:
        assert clause.text == text[clause.start : clause.end]
        assert clause.text and clause.text == clause.text.strip()
        assert clause.place
        assert document.clause(clause.id) is clause


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "　　\n\u200b"])
def test_a_blank_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^The text is blank: there is no paper to read\.$"):
        read(text)


def test_an_unknown_id_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="no clause 's9-p1'"):
        read("清扫通知").clause("s9-p1")


def test_the_same_text_gives_the_same_document() -> None:
    text = "清扫通知\n一、扫地。\n"
    assert read(text) == read(text)
    assert hash(read(text)) == hash(read(text))


def test_many_deep_and_repeated_headings_still_have_short_ids_of_their_own() -> None:
    deep = "第九百九十九章 甲\n第九百九十九节 乙\n九百九十九、丙\n（九百九十九）丁\n999.戊\n（999）己。\n"
    names = [clause.id for clause in read(deep * 20).clauses]
    assert len(set(names)) == 20
    assert max(map(len, names)) <= 24


@pytest.mark.parametrize(
    "part",
    [
        *(
            "现将",
            "（",
            "2020年",
            "2018 ",
            "\t",
            "附件 ",
            "某发〔",
            "甲乙丙丁。\n",
            "\t甲\n",
            "范围\n类别\n内容\n",
            "x\n\tx\n",
        ),
        *("某局\n2020年1月2日\n", "关于印发\n", "一、\n", "a\tb\n", "\t甲\n\t乙\n\n", "1.一\n1.一\n", "附件：1.甲\n"),
    ],
)
def test_work_grows_with_the_length_and_not_with_its_square(part: str) -> None:
    """Counted in calls, of C's functions too, which no busy machine changes."""

    def calls(length: int) -> int:
        text = (part * (length // len(part) + 1))[:length] + "完"
        count = 0

        def counted(_: object, event: str, __: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(counted)
        try:
            read(text)
        finally:
            sys.setprofile(None)
        return count

    # Eight times the text: a square would take 64 times as many.
    assert calls(16_000) < 16 * calls(2_000)
