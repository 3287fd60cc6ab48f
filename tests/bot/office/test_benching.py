"""/office in chat: staff see their own compounds and ballots, and act on them there; others see nothing."""

import secrets

import pytest

from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import Choice
from bot.office import ballots as acts
from bot.office import drafting, paper
from bot.office import staff as staff_acts
from bot.office.acting import Acting
from bot.office.roles import Actor, Role
from bot.store.ballots import Ballots
from bot.store.book import Book
from bot.store.key import key_of
from bot.store.rolls import Rolls
from bot.times import utc
from dialogs.wording import wording
from tests.bot.office.kit import done
from tests.bot.office.town import ITEM, Person, Town, owners
from tests.bot.store.kit import seen

UNKNOWN = wording("zh")("chat.command_unknown")


def joined(town: Town, staff: str, user: int) -> Person:
    person = Person(town.path, user)
    person.joins(town.does(lambda acting: staff_acts.new_code(acting, staff, key_of(town.path))).code)
    return person


@pytest.fixture
def near(town: Town) -> Person:
    return joined(town, town.near, 7)


@pytest.fixture
def far(town: Town) -> Person:
    return joined(town, town.far, 8)


def state(town: Town, ballot: str) -> str:
    return str(seen(town.path, "select state from ballot where id = ?", ballot)[0][0])


def audited(town: Town, act: str) -> list[tuple[object, ...]]:
    return seen(town.path, "select who, outcome, reason from audit where act = ? order by seq", act)


def test_whoever_is_no_active_member_gets_the_ordinary_unknown_command(town: Town, near: Person) -> None:
    for person in (Person(town.path, 9), Person(town.path, 7, group=True)):
        assert person("/office") == UNKNOWN and person("工作台") == UNKNOWN
    assert "工作台" in near("/office")
    town.does(lambda acting: staff_acts.suspend(acting, town.near))
    assert near("/office") == UNKNOWN


def test_the_bench_shows_ones_own_compounds_and_what_is_under_way(town: Town, near: Person, far: Person) -> None:
    draft, opened = town.draft(), town.open(Kind.OWNERS)
    text = near("/office")
    assert "您管的小区有1个" in text and "白云里小区" in text and "远山" not in text
    assert "还没开启" in text and "征询中" in text
    assert {button.tap for button in near.last.buttons} == {f"ballot:{draft}", f"ballot:{opened}"}
    assert "没有在办的征询" in far("/office") and "白云里" not in far.last.text
    assert "您管的小区有2个" in joined(town, town.district, 9)("/office")


def test_many_compounds_stand_on_pages(town: Town) -> None:
    def job(tx):  # type: ignore[no-untyped-def]
        for number in range(20):
            Book(tx.connection).add_compound(town.other_street, f"院{number:02}", utc())

    done(town.path, job)
    far = joined(town, town.far, 8)
    pages = [far("/office")]
    while "下一页" in far.labels:
        pages.append(far.taps("下一页"))
    assert len(pages) == 4 and all(sum(f"院{number:02}" in page for page in pages) == 1 for number in range(20))
    assert far.tap("bench:999") == pages[-1]


def test_a_ballots_page_shows_state_turnout_and_what_may_be_done(town: Town, near: Person) -> None:
    draft = town.draft()
    near("/office")
    near.taps("选单")
    assert near.labels == ["开启", "工作台"]
    near.taps("开启")
    assert "不能再改" in near.last.text and state(town, draft) == "draft"
    assert near.taps("确定开启") == wording("zh")("staffing.done.open")
    assert state(town, draft) == "open" and audited(town, "ballot.open") == [(town.near, "done", "")]
    text = near.taps("回到")
    assert "已参加0席，共4席" in text and near.labels == ["延长", "截止", "工作台"]


def test_not_sure_is_not_done(town: Town, near: Person) -> None:
    draft = town.draft()
    near.tap(f"begin:staffing:act=open,ballot={draft}")
    assert near.taps("不办了") == wording("zh")("staffing.not_done")
    assert state(town, draft) == "draft"


def test_extending_asks_for_days_and_a_reason_and_says_both_before_it_acts(town: Town, near: Person) -> None:
    ballot = town.open()
    before = done(town.path, lambda tx: Ballots(tx.connection).ballot(ballot).closes)
    near.tap(f"begin:staffing:act=extend,ballot={ballot}")
    near("5天")
    text = near("三号楼还没走完")
    assert "原因：三号楼还没走完" in text
    near.taps("确定延长")
    after = done(town.path, lambda tx: Ballots(tx.connection).ballot(ballot).closes)
    assert (after - before).days == 5
    ((line,),) = seen(town.path, "select line from ledger where kind = 'extended'")
    assert "三号楼还没走完" in line


def test_a_reason_by_button_is_published_in_chinese_whatever_is_spoken(town: Town, near: Person) -> None:
    ballot = town.open()
    near("/language en")
    near.tap(f"begin:staffing:act=close,ballot={ballot}")
    near.taps("Too few")
    near.taps("Yes, close it")
    ((line,),) = seen(town.path, "select line from ledger where kind = 'closed'")
    assert wording("zh")("staffing.because.few") in line


def test_once_its_time_has_come_no_reason_is_asked_for_closing(town: Town) -> None:
    from datetime import timedelta

    ballot = town.open(days=1)
    near = joined(town, town.near, 7)
    near.now = lambda: utc() + timedelta(days=2)
    assert "等着截止" in near.tap(f"ballot:{ballot}") and near.labels == ["截止", "工作台"]
    near.taps("截止")
    near.taps("确定截止")
    assert state(town, ballot) == "closed"


def test_of_two_who_close_at_once_one_does_and_the_other_is_told(town: Town, near: Person) -> None:
    ballot, boss = town.open(), joined(town, town.district, 9)
    for person in (near, boss):
        person.tap(f"begin:staffing:act=close,ballot={ballot}")
        person.taps("居民要求")
    assert near.taps("确定截止") == wording("zh")("staffing.done.close")
    assert boss.taps("确定截止") == wording("zh")("reason.closed")
    assert [line[1] for line in audited(town, "ballot.close")] == ["done", "refused"]


def test_a_form_that_waits_is_shown_and_confirmed_by_a_second_person(town: Town, near: Person) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.FOR}, {}, "收表人"))
    text = near.tap(f"ballot:{ballot}")
    assert "等第二人确认：1份" in text
    text = near.taps("确认")
    assert "王**" in text and "同意" in text and "王建国" not in text
    assert near.taps("一致") == wording("zh")("staffing.done.confirm")
    assert "已参加1席" in near.taps("回到") and not [label for label in near.labels if label.startswith("确认")]
    assert seen(town.path, "select count(*) from ledger where kind = 'confirmed'") == [(1,)]


def test_what_was_entered_is_shown_whole_with_the_reason_of_an_objection(town: Town, near: Person) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.OBJECT}, {ITEM: "怕挡光"}, "收表人"))
    near.tap(f"ballot:{ballot}")
    text = near.taps("确认")
    assert "反对（理由：怕挡光）" in text and "。：" not in text


def test_two_ballots_of_one_title_are_told_apart_by_the_day_of_their_close(town: Town, near: Person) -> None:
    ballots = town.draft(days=3), town.draft(days=5)
    near("/office")
    assert len(set(near.labels)) == 2 and all("截止 · 白云里小区 · 选单" in label for label in near.labels)
    for id in ballots:
        town.does(lambda acting: drafting.redraft(acting, id, title="白云里小区意愿征询"))  # noqa: B023
    near("/office")
    assert len(set(near.labels)) == 2 and all(label.endswith("日截止 · 白云里小区意愿征询") for label in near.labels)


def test_forms_are_confirmed_whatever_the_keys_on_the_roll_are(town: Town, near: Person) -> None:
    """A key may look like another seat's number."""
    seats = [Seat(f"#{n}", ("王建国",), (Unit("1号楼", "1单元", str(n), 5000),)) for n in range(1, 7)]
    roll = Roll(Kind.OWNERS, tuple(seats))
    done(town.path, lambda tx: Rolls(tx.connection).replace(town.compound, owners(), roll, utc()))
    ballot = town.open(Kind.OWNERS)
    for n in range(1, 7):
        town.does(lambda acting: paper.enter(acting, ballot, f"1号楼/1单元/{n}", {ITEM: Choice.FOR}, {}, "收表人"))  # noqa: B023
    for _ in seats:
        near.tap(f"ballot:{ballot}")
        near.taps(next(label for label in near.labels if label.startswith("确认")))
        assert near.taps("一致") == wording("zh")("staffing.done.confirm")
    assert seen(town.path, "select count(distinct seat) from ledger where kind = 'confirmed'") == [(6,)]


def test_whoever_entered_it_is_refused_and_told_why(town: Town) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.FOR}, {}, "收表人"))
    boss = joined(town, town.district, 9)
    boss.tap(f"ballot:{ballot}")
    boss.taps("确认")
    assert boss.taps("一致") == wording("zh")("reason.same-person")


def test_a_form_that_waits_no_more_is_told_so(town: Town, near: Person) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.FOR}, {}, "收表人"))
    near.tap(f"ballot:{ballot}")
    near.taps("确认")
    number = seen(town.path, "select seat from ledger where kind = 'entered'")[0][0]
    town.does(lambda acting: paper.decline(acting, ballot, f"#{number}", "打错了"))
    assert wording("zh")("staffing.no_form") in near.taps("一致")


def test_a_form_that_was_entered_otherwise_since_is_shown_again_and_not_confirmed(town: Town, near: Person) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.FOR}, {}, "收表人"))
    near.tap(f"ballot:{ballot}")
    near.taps("确认")
    number = seen(town.path, "select seat from ledger where kind = 'entered'")[0][0]
    town.does(lambda acting: paper.decline(acting, ballot, f"#{number}", "打错了"))
    town.does(lambda acting: paper.enter(acting, ballot, f"#{number}", {ITEM: Choice.AGAINST}, {}, "收表人"))
    near.taps("一致")
    assert seen(town.path, "select 1 from ledger where kind = 'confirmed'") == []
    near.taps("一致")
    assert seen(town.path, "select 1 from ledger where kind = 'confirmed'") == [(1,)]


def test_an_extension_that_was_agreed_to_is_not_added_to_another(town: Town, near: Person) -> None:
    ballot, boss = town.open(), joined(town, town.district, 9)
    before = done(town.path, lambda tx: Ballots(tx.connection).ballot(ballot).closes)
    for person in (near, boss):
        person.tap(f"begin:staffing:act=extend,ballot={ballot}")
        person("5天")
        person.taps("居民要求")
    near.taps("确定延长")
    boss.taps("确定延长")
    after = done(town.path, lambda tx: Ballots(tx.connection).ballot(ballot).closes)
    assert (after - before).days == 5


STRANGE = [
    "ballot:{ballot}",
    "begin:staffing:act=open,ballot={ballot}",
    "begin:staffing:act=close,ballot={ballot}",
    "begin:staffing:act=confirm,ballot={ballot},number=1",
    "begin:staffing:act=destroy,ballot={ballot}",
    "begin:staffing:ballot={ballot}",
    "begin:staffing",
    "bench:1",
]


@pytest.mark.parametrize("data", STRANGE)
def test_made_up_buttons_show_and_do_nothing_for_others(town: Town, far: Person, data: str) -> None:
    ballot = town.open()
    for person in (Person(town.path, 9), Person(town.path, 7, group=True), far):
        text = person.tap(data.format(ballot=ballot))
        assert "白云里" not in text and "选单" not in text
        person.tap("walk:staffing:1:sure:yes")
    assert state(town, ballot) == "open"
    assert [line for line in audited(town, "ballot.close") if line[1] == "done"] == []


def test_whoever_is_suspended_midway_does_nothing_more(town: Town, near: Person) -> None:
    draft = town.draft()
    near.tap(f"begin:staffing:act=open,ballot={draft}")
    town.does(lambda acting: staff_acts.suspend(acting, town.near))
    assert wording("zh")("refused.no_such") in near.taps("确定开启")
    assert state(town, draft) == "draft"


def test_looking_once_is_noted_once(town: Town, near: Person) -> None:
    ballot = town.open()
    town.does(lambda acting: paper.enter(acting, ballot, "1", {ITEM: Choice.FOR}, {}, "收表人"))
    near.tap(f"ballot:{ballot}")
    assert len(audited(town, "turnout")) == len(audited(town, "paper.list")) == 1
    near.taps("确认")
    assert len(audited(town, "paper.list")) == 2


def test_an_act_without_rights_is_refused_by_the_act_itself(town: Town) -> None:
    ballot = town.open()

    def job(tx):  # type: ignore[no-untyped-def]
        stranger = Acting(tx, Actor("anyone", Role.ANYONE), utc(), secrets.token_bytes)
        return acts.close(stranger, ballot, "测试")

    assert done(town.path, job).key == "role"


@pytest.mark.parametrize("typed", ["0天", "91天", "一百天", "电梯"])
def test_days_are_a_number_of_reason(town: Town, near: Person, typed: str) -> None:
    ballot = town.open()
    near.tap(f"begin:staffing:act=extend,ballot={ballot}")
    near(typed)
    assert "延长几天" in near.last.text
