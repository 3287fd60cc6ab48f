"""The walk of choosing from its first card to the receipt, by buttons and by words, in both languages."""

import re
from dataclasses import replace

import pytest

from ballots.ballot import Works
from ballots.report import opening_card
from ballots.roll import Kind, Unit
from bot.office import rolls
from bot.office.book import record_basic_works
from bot.store.ballots import Ballots
from dialogs.pages import menu
from dialogs.wording import wording
from knowledge.documents import ItemClass
from tests.bot.choosing.kit import ALL, ELEVATOR, NOW, PARKING, Office, Voter, Voting, said
from tests.bot.rounds.kit import owners
from tests.dialogs.kit import LIBRARY

EN = wording("en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [Kind.OWNERS, Kind.COMMITTEE])
def test_the_card_says_whose_seat_it_is_until_when_and_all_of_the_frame_with_its_sources(
    office: Office, language: str, kind: Kind
) -> None:
    voting = Voting(office, office.opened(kind, items=ALL))
    voter = voting.voter("s1" if kind is Kind.OWNERS else "1", kind=kind)
    voter(f"/language {language}")
    text = voter("/choose")
    for sentence in opening_card(office.do(lambda tx: Ballots(tx.connection).ballot(voting.id))).says:
        assert sentence.plain(language) in text and sentence.source in text
    where = "1号楼 1单元 101" if kind is Kind.OWNERS else {"zh": "第1席", "en": "seat 1"}[language]
    assert where in text and "王**" in text and "王建国" not in text
    head = text.split("\n")[1]
    assert ("一共8项，3月16日09:00截止" if language == "zh" else "8 items, open until") in head and "26" in text


def test_every_sentence_of_the_card_stands_once(voting: Voting) -> None:
    lines = voting.voter()("/choose").split("\n")
    assert len(set(lines)) == len(lines) and all(line.strip("· ") for line in lines)


def test_the_basic_items_come_first_are_all_there_and_cannot_be_chosen(voting: Voting) -> None:
    voter = voting.voter()
    voter("/choose")
    text = voter.taps("先看看26项")
    basic = [row for scope in menu.SCOPES for row in menu.rows_of(LIBRARY, scope, "basic")]
    assert len(basic) == 26 and all(row.quote in text for row in basic)
    assert voter.labels == ["看好了，开始选", "楼本体", "小区公共区域", "完善小区治理", "上一步", "先不选了"]
    page = voter.taps("小区公共区域")
    assert "12项" in page and voter.labels[-1] == "回到刚才的问题"
    row = voter.taps("修补破损道路")
    assert "基础类" in row and not {"同意", "不同意"} & set(voter.labels)
    assert text == voter.taps("回到刚才的问题")
    for word in ("同意", "修补破损道路"):
        assert voter(word) and voter.session.walk and "basics" not in voter.session.walk.answers
    assert "（1/2）" in voter.taps("看好了")


def test_a_basic_item_cannot_be_forged_into_a_selection(voting: Voting) -> None:
    voter = voting.voter()
    voter.begins()
    run = voter.session.walk and voter.session.walk.run
    basic = next(row.clause for row in LIBRARY.rows if LIBRARY.item_class(row) is ItemClass.BASIC)
    text = voter.tap(f"walk:choosing:{run}:{basic}:for")
    assert text.startswith(said("walk.not_asked")) and "（1/2）" in text
    voter("同意")
    voter("同意")
    voter("提交")
    assert voting.choices() == {ELEVATOR: "for", PARKING: "for"}


def test_each_item_says_what_it_is_who_pays_over_what_it_is_counted_and_who_set_its_class(office: Office) -> None:
    voting = Voting(office, office.opened(items=ALL))
    ballot = office.do(lambda tx: Ballots(tx.connection).ballot(voting.id))
    voter = voting.voter("s5")
    text = voter.begins()
    for at, item in enumerate(ballot.items.values(), 1):
        head, words, pays, counted = text.split("\n")[-4:]
        assert head.startswith(f"（{at}/8）") and item.item.zh in head
        assert f"「{item.item.words}」" in words and "自选类" in words
        assert "协商" in pays and "四（二）" in pays
        where = {
            "stairwell": "按单元统计，您的是1号楼 2单元",
            "building": "按楼统计，您的是1号楼",
            "compound": "按全小区统计",
        }
        assert where[item.counted.value] in counted
        assert f"“{said(f'matter.{item.matter.value}')}”" in counted and "安科" in counted
        assert voter.labels[:5] == ["同意", "不同意", "弃权", "反对并说明理由", "以后再选"]
        text = voter.taps("弃权")
    assert text.split("\n")[1] == said("choosing.review")


def test_a_committee_is_not_told_of_classes_that_are_about_owners(office: Office) -> None:
    voting = Voting(office, office.opened(Kind.COMMITTEE))
    assert "算，这是" not in voting.voter("1", kind=Kind.COMMITTEE).begins()


def test_all_by_buttons(office: Office) -> None:
    voting = Voting(office, office.opened(items=ALL))
    voter = voting.voter()
    voter("/choose")
    voter.taps("开始选")
    for label in ("同意", "不同意", "弃权", "以后再选", "同意", "同意", "同意", "同意"):
        voter.tap(voter.data(label))
    text = voter.last.text
    assert text.startswith(f"记下了：同意。\n{said('choosing.review_part')}")
    assert "\n3 多层住宅楼房平改坡：弃权\n4 屋顶美化：还没选\n" in text
    voter.taps("提交")
    assert re.search(r"回执 [0-9A-Z]{3}(-[0-9A-Z]{3}){3}。", voter.last.text)
    assert voting.choices() == {
        item: choice
        for item, choice in zip(ALL, ("for", "against", "abstain", None, "for", "for", "for", "for"), strict=True)
        if choice
    }


@pytest.mark.parametrize(
    ("begin", "one", "two", "submit"),
    [
        ("开始选", "同意", "不同意。", "提交"),
        ("开始选", "我同意", "butongyi", "好的"),
        ("第一个", "tong yi", "不同意啊", "确认提交"),
        ("1", "1", "2", "3"),
    ],
)
def test_all_by_words(voting: Voting, begin: str, one: str, two: str, submit: str) -> None:
    voter = voting.voter()
    for line in ("选菜单", begin, one, two, submit):
        voter(line)
    assert voter.last.text.startswith("收到了。回执 ")
    assert voting.choices() == {ELEVATOR: "for", PARKING: "against"}


def test_all_in_english(voting: Voting) -> None:
    voter = voting.voter()
    voter("/language en")
    voter("/choose")
    voter.taps("First see the 26")
    voter("Seen, begin")
    assert "Counted by stairwell; yours is 1号楼 1单元" in voter.last.text
    assert "(1/2)" in voter.last.text and "settled between the investor and the residents" in voter.last.text
    voter("I don't agree")
    voter("leave it for now")
    assert voter.last.text.split("\n")[1] == EN("choosing.review_part")
    voter("change 2")
    voter("Abstain")
    assert "Receipt" in voter("submit") and voting.choices() == {ELEVATOR: "against", PARKING: "abstain"}


def test_a_language_chosen_midway_loses_nothing_and_takes_no_old_submit_button(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    old = voter.data("提交")
    voter("/language en")
    assert "Parking" in voter.last.text and "abstain" in voter.last.text
    assert voter.tap(old).startswith(EN("choosing.outdated")) and voting.lines() == []
    assert voter.taps("Submit").startswith("Received.")


def test_back_asks_the_question_before_and_the_rest_stays(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    assert "（2/2）" in voter("上一步") and "（1/2）" in voter.taps("上一步")
    assert "征询：一共2项" in voter("返回") and "26项" in voter.last.text
    assert voter("上一步").startswith(said("walk.first"))
    voter.taps("开始选")
    assert "（2/2）" in voter("不同意")
    voter("同意")
    assert "1 多层住宅楼房增设电梯等上下楼设施：不同意" in voter.last.text


def test_any_row_is_changed_from_the_look_at_all_and_the_others_stay(office: Office) -> None:
    voting = Voting(office, office.opened(items=ALL))
    voter = voting.voter()
    voter.chooses(*["同意"] * 8)
    assert voter.labels[:9] == [*(f"改第{at}项" for at in range(1, 9)), "提交"]
    for at, word in enumerate(("弃权", "不同意", "以后再选"), 1):
        assert f"（{at}/8）" in (voter.taps(f"改第{at}项") if at != 2 else voter("第二项"))
        voter(word)
    text = voter.last.text
    assert [line.rpartition("：")[2] for line in text.split("\n")[-8:]] == ["弃权", "不同意", "还没选", *["同意"] * 5]
    voter("提交")
    assert voting.choices() == {ALL[0]: "abstain", ALL[1]: "against", **{item: "for" for item in ALL[3:]}}


def test_a_number_at_the_look_at_all_presses_its_row_and_submits_nothing(voting: Voting) -> None:
    voter = voting.voter()
    voter.chooses("同意", "弃权")
    assert "（1/2）" in voter("1") and voting.lines() == []


@pytest.mark.parametrize("way", ["words", "tap"])
def test_nothing_chosen_is_nothing_to_submit(voting: Voting, way: str) -> None:
    voter = voting.voter()
    text = voter.chooses("以后再选", "跳过")
    assert said("choosing.none") in text and "提交" not in voter.labels
    walk = voter.session.walk
    assert walk
    if way == "words":
        text = voter("提交")
        assert text.startswith(said("reason.empty"))
    else:
        text = voter.tap(f"walk:choosing:{walk.run}:review:submit00000000")
        assert text.startswith(said("choosing.outdated"))
    assert said("choosing.none") in text and voting.lines() == []


def test_the_basic_works_as_they_stand_are_told_on_the_card(voting: Voting) -> None:
    voter = voting.voter()
    assert "已列入计划（街道办）" in voter("/choose")
    voter.taps("开始选")
    voter("同意")
    office = voting.office

    day = NOW.date()
    office.must(lambda acting: record_basic_works(acting, office.compound, Works.DONE, "居委会", day), now=NOW)
    assert voter("同意").split("\n")[1] == said("choosing.review")  # nothing of it touches what was chosen
    assert voter("提交").startswith("收到了")
    assert [line["kind"] for line in voting.lines()] == ["works", "cast"]
    other = voting.voter("s2", 8)("/choose")
    assert "基础类做完了（居委会" in other
    assert "在已实施基础类改造整治的前提下" not in other  # they are: nothing is left of that condition


def test_whoever_is_not_asked_about_anything_is_told(office: Office) -> None:
    voting = Voting(office, office.opened(items=(ELEVATOR,)))
    voter = voting.voter()
    roll = owners()
    bare = replace(roll.seats[0], units=(Unit("1号楼", "3单元", "101", 5000),))
    moved = replace(roll, seats=(bare, *roll.seats[1:]))
    office.must(lambda acting: rolls.import_roll(acting, office.compound, moved, {}), now=NOW)
    assert voter("/choose").startswith(said("choosing.nothing_asked"))


def test_somebody_without_a_seat_is_told_where_a_code_comes_from(voting: Voting) -> None:
    stranger = Voter(voting.office, 8)
    for command in ("/choose", "/results", "/receipt", "选菜单", "查我的算进去没有"):
        assert stranger(command) == said("mine.no_seat")
