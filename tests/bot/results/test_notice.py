"""The notice to post: it says what it is, every result, the head, and where to turn to; it loads nothing."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ballots.frame import SURVEY
from ballots.roll import Kind, Roll, Seat, Unit
from bot.results import words
from bot.results.notice import html
from tests.bot.results.kit import COMPOUND, committee_round, mixed, optional, owners_round, round_of

OFFICE = "广安门外街道办事处"


class Read(HTMLParser):
    """The words of a page, and whatever it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.open, self.loads = list[str](), list[str](), list[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [name for name, _ in attrs if name in ("src", "href", "srcset", "style") or name.startswith("on")]
        self.loads += [tag] if tag in ("script", "link", "iframe", "object", "img") else []
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_it_says_what_it_is_each_result_the_head_and_where_to_turn_to() -> None:
    of = owners_round(certified="王建国")
    page = Read(html(of.notice, COMPOUND, OFFICE))
    told = page.said
    for part in (
        *(f"{COMPOUND}意愿征询结果公示", "已核定，核定人：王建国", SURVEY.zh, SURVEY.source, SURVEY.en, OFFICE),
        *("公示日期：2026-03-16", "2026-03-15 09:00", "改建、重建（王科定的类别）", "1号楼 1单元", "全小区"),
        f"jiugai verify public.jsonl --head {of.book.head.hash}",
        f"公开清单一共{of.book.head.lines}行",
    ):
        assert part in told, part
    assert told.count(" 达到 ") == sum(count.passed for count in of.sheet.counts)
    assert told.count(" 未达到 ") == sum(not count.passed for count in of.sheet.counts)
    for count in of.sheet.counts:
        row = ("业主", count.all, count.agree, count.against, count.abstain, count.object)
        assert " ".join(str(cell if isinstance(cell, str) else cell.heads) for cell in row) in told
    assert "还没有核定" not in told


def test_the_head_stands_in_groups_of_four_that_join_to_it() -> None:
    of = owners_round()
    groups = re.findall(r"<span>(\w+)</span>", html(of.notice, COMPOUND, OFFICE))
    assert {len(group) for group in groups} == {4} and "".join(groups) == of.book.head.hash


def test_one_that_is_not_certified_says_that_the_head_will_be_another() -> None:
    told = Read(html(owners_round().notice, COMPOUND, OFFICE)).said
    assert "还没有核定" in told and "校验值随着变" in told


@pytest.mark.parametrize("label", ["<script>alert(1)<", "\"'><img src=x", "&amp;"])
def test_names_are_words_and_nothing_is_loaded(label: str) -> None:
    roll = Roll(Kind.OWNERS, (Seat("一", ("王",), (Unit(label, "1单元", "101", 5000),)),))
    asked = [replace(one, item=replace(one.item, words=label), set_by=label) for one in optional("menu-15")]
    of = round_of(roll, *asked, chooses=mixed, title=label, certified=label)
    page = Read(html(of.notice, label, label))
    assert page.loads == [] and page.open == []
    assert page.said.count(label) >= 9


def test_nothing_is_loaded_by_its_style_either() -> None:
    page = html(committee_round().notice, COMPOUND, OFFICE)
    assert "url(" not in page and "@import" not in page and "http" not in page


def test_no_seat_is_named() -> None:
    of = committee_round(by_name=True)
    page = html(of.notice, COMPOUND, OFFICE)
    assert not [seat.holders[0] for seat in of.roll.seats if seat.holders[0] in page]


@pytest.mark.parametrize(
    ("street", "office"),
    [("月坛街道", "月坛街道办事处"), ("月坛", "月坛街道办事处"), ("月坛街道办事处", "月坛街道办事处")],
)
def test_an_office_is_called_by_its_street(street: str, office: str) -> None:
    assert words.office(street) == office
