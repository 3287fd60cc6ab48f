"""The lines around the body: titles, issuers, numbers, dates, notes, attachments and copies in their variants."""

from datetime import date

import pytest

from knowledge.documents import ClauseKind, Document, read


def ids(document: Document) -> list[str]:
    return [clause.id for clause in document.clauses]


NOTICE = """某县人民政府文件
某政发〔2020〕7号
某县人民政府关于印发
某县清扫工作方案
（2020-2022年）
（试行）的通知
各镇人民政府：
经县政府同意，现将《某县清扫工作方案》印发给你们，请照办。
某县人民政府
2020年3月4日
某县清扫工作方案
（试行）
为了清扫，制定本方案。
清扫要常做。
一、目标
扫净。
"""


def test_a_notice_that_passes_a_plan_on_is_read_line_by_line() -> None:
    document = read(NOTICE)
    assert ids(document) == [
        *("issuer", "number", "title", "addressees", "approval", "signature", "date"),
        *("title-2", "preamble", "preamble-2", "s1-p1"),
    ]
    assert document.title == "某县人民政府关于印发某县清扫工作方案（2020-2022年）（试行）的通知"
    assert document.clause("title-2").text == "某县清扫工作方案\n（试行）"
    assert (document.issuer, document.number) == ("某县人民政府", "某政发〔2020〕7号")
    assert (document.date, document.years, document.trial) == (date(2020, 3, 4), (2020, 2022), True)
    assert document.clause("approval").kind is ClauseKind.FRONT
    assert document.clause("preamble-2").place == "正文前言第2段"


def test_windows_lines_and_a_byte_order_mark_stay_in_the_text_and_out_of_the_clauses() -> None:
    plain, odd = read(NOTICE), read("\ufeff" + NOTICE.replace("\n", "\r\n"))
    assert odd.title == plain.title and odd.issuer == plain.issuer
    assert ids(odd) == ids(plain)
    assert odd.clause("issuer").start == 1
    assert odd.clause("s1-p1").text == "扫净。"
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in odd.pieces()) == odd.text


@pytest.mark.parametrize(
    "number", ["某政发〔2020〕7号", "某政发[2020]7号", "某政发【2020】7号", "某政发(2020)7号", "某政发（2020）第7号"]
)
def test_a_number_is_known_in_any_brackets(number: str) -> None:
    document = read(f"某县关于清扫的通知\n{number}\n各镇：\n请扫地。\n")
    assert document.number == number
    assert document.clause("number").text == number


def test_a_number_beside_the_issuer_or_the_title_is_a_clause_of_its_own() -> None:
    beside = read("某县人民政府文件  某政发〔2020〕7号\n某县关于清扫的通知\n")
    assert (beside.issuer, beside.number, beside.title) == ("某县人民政府", "某政发〔2020〕7号", "某县关于清扫的通知")
    before = read("某政发〔2020〕7号　某县关于清扫的通知\n请扫地。\n")
    assert (before.number, before.title) == ("某政发〔2020〕7号", "某县关于清扫的通知")


def test_the_issuer_is_taken_from_the_signature_where_there_is_no_head() -> None:
    assert read("关于清扫的通知\n请扫地。\n甲局\n乙局\n2020年3月4日\n").issuer == "甲局、乙局"


def test_the_issuer_is_taken_from_the_title_where_nobody_signs() -> None:
    assert read("某县人民政府关于清扫的通知\n请扫地。\n").issuer == "某县人民政府"
    assert read("清扫规定\n第一条 请扫地。\n").issuer == ""


def test_the_issuer_of_an_order_is_in_its_title_and_not_the_person_who_signs() -> None:
    document = read(
        "某市人民政府令\n第 3 号\n《某办法》已经会议通过，现予公布。\n市长　某某\n2020年3月4日\n某办法\n第一条 扫地。\n"
    )
    assert (document.issuer, document.number) == ("某市人民政府", "第3号")
    assert ids(document) == ["title", "number", "approval", "signature", "date", "title-2", "art1-p1"]


def test_a_signature_and_its_date_may_share_a_line() -> None:
    document = read("关于清扫的通知\n请扫地。\n某县人民政府　　2020年3月4日\n")
    assert (document.clause("signature").text, document.clause("date").text) == ("某县人民政府", "2020年3月4日")


def test_a_paper_that_is_signed_at_its_end_closes_its_sections_there() -> None:
    document = read(
        "某县关于清扫的通知\n各镇：\n一、任务\n扫地。\n某县人民政府\n二〇二〇年十一月四日\n（此件公开发布）\n"
    )
    assert ids(document) == ["title", "addressees", "s1-p1", "signature", "date", "note"]
    assert document.date == date(2020, 11, 4)
    assert document.clause("note").breadcrumb == ()


def test_the_date_of_a_law_is_the_last_one_under_its_title() -> None:
    law = "晾衣规定\n（2001年2月3日某会通过　根据2010年5月6日某会决定修正）\n第一条 为了晾衣，定于2019年1月1日检查。\n"
    document = read(law)
    assert document.date == date(2010, 5, 6)
    assert document.clause("note").kind is ClauseKind.FRONT


def test_the_signatures_date_goes_before_one_under_the_title() -> None:
    assert read("清扫通知\n（2020年1月1日）\n请扫地。\n某局\n2020年3月4日\n").date == date(2020, 3, 4)


def test_a_date_that_does_not_exist_is_none() -> None:
    assert read("清扫通知\n请扫地。\n某局\n2020年13月40日\n").date is None


@pytest.mark.parametrize("years", ["（2018-2020年）", "（2018—2020年）", "（2018至2020年）", "（2018年至2020年）"])
def test_the_years_of_a_plan_are_read_from_its_title(years: str) -> None:
    assert read(f"清扫方案{years}\n请扫地。\n").years == (2018, 2020)


def test_a_paper_without_years_or_trial_says_so() -> None:
    document = read("2018年清扫方案\n请试行一次。\n")
    assert document.years is None
    assert not document.trial


def test_a_paragraph_that_ends_with_a_colon_is_not_taken_for_addressees() -> None:
    document = read("清扫通知\n现将有关事项通知如下：\n一、扫地。\n")
    assert ids(document) == ["title", "preamble", "s1-p1"]


def test_a_paper_without_sections_has_paragraphs_and_no_preamble() -> None:
    document = read("清扫通知\n各镇：\n请扫地。\n请擦窗。\n")
    assert ids(document) == ["title", "addressees", "p1", "p2"]
    assert document.clause("p2").place == "正文第2段"


def test_the_labelled_lines_of_a_web_page_give_the_facts() -> None:
    head = "索 引 号：11/2\n发文机关：某局\n发文字号：某发〔2020〕7号\n成文日期：2020-03-04\n关于清扫的通知\n请扫地。\n"
    document = read(head)
    assert (document.issuer, document.number, document.date) == ("某局", "某发〔2020〕7号", date(2020, 3, 4))
    assert document.title == "关于清扫的通知"
    assert document.clause("note").text == "索 引 号：11/2"
    assert document.clause("number").text == "某发〔2020〕7号"


def test_a_list_of_attachments_is_one_clause_a_line() -> None:
    document = read("清扫通知\n请扫地。\n附件：1.分工表\n　　　2.时间表\n某局\n2020年3月4日\n")
    assert ids(document) == ["title", "p1", "attachment", "attachment-2", "signature", "date"]
    assert document.clause("attachment-2").text == "2.时间表"
    assert document.clause("attachment-2").kind is ClauseKind.ATTACHMENT


@pytest.mark.parametrize(
    ("copies", "cut_off"),
    [
        ("抄送：县委，县人大。", False),
        ("抄送：县委，\n县人大。\n某县办公室 2020年3月5日印发\n", False),
        ("抄送：县委，县人", True),
        ("抄送: 县委。\n县人大，县政\n \n", True),
    ],
)
def test_the_copies_run_to_the_end_and_show_whether_they_break_off(copies: str, cut_off: bool) -> None:
    document = read(f"清扫通知\n请扫地。\n{copies}")
    last = document.clauses[-1]
    assert (last.id, last.kind, last.cut_off) == ("copies", ClauseKind.COPIES, cut_off)
    assert last.text == copies.strip()


def test_the_printing_offices_line_alone_is_front_matter() -> None:
    document = read("清扫通知\n请扫地。\n某县办公室2020年3月5日印发\n")
    assert document.clause("imprint").place == "印发机关"


def test_a_title_runs_on_until_it_says_what_the_paper_itself_is() -> None:
    document = read("某县关于印发\n清扫方案\n的通知\n各镇：\n请扫地。\n")
    assert document.title == "某县关于印发清扫方案的通知"


def test_a_title_keeps_the_space_between_latin_words_and_loses_marks_without_width() -> None:
    assert read("\u200b# 关于 Green\nCity 2 行动的 通知\n请扫地。\n").title == "关于Green City 2行动的通知"


def test_hashes_before_a_title_are_a_gap() -> None:
    document = read("# 晾衣规定\n第一条 晾衣应当整齐。\n")
    assert (document.title, document.clause("title").start) == ("晾衣规定", 2)


def test_what_follows_the_closing_date_belongs_to_no_section() -> None:
    document = read("清扫通知\n一、任务\n扫地。\n某局\n2020年3月4日\n请各镇传阅。\n")
    assert document.clauses[-1].breadcrumb == ()


def test_a_last_short_point_before_the_signature_is_a_clause() -> None:
    document = read("清扫通知\n一、扫地\n二、擦窗\n某局\n2020年3月4日\n")
    assert ids(document) == ["title", "s1-p1", "s2-p1", "signature", "date"]


def test_a_note_above_the_date_is_no_signature() -> None:
    document = read("某局清扫通知\n请扫地。\n（此件公开发布）\n2020年3月4日\n")
    assert ids(document) == ["title", "p1", "note", "date"]
