"""Joining in chat: a code shows whose seat it is and makes it this account's, once; all else is one sentence."""

import json
from pathlib import Path

import pytest

from ballots.roll import Kind, Roll
from bot.office import ballots, codes, invitations, reports
from bot.office import staff as staff_acts
from bot.store.ballots import Ballots
from bot.store.invitations import Invitations, Member
from bot.store.key import key_file, key_of
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from bot.times import utc
from dialogs.sessions import Session
from dialogs.wording import wording
from tests.bot.office.kit import done
from tests.bot.office.town import COMPANY, HOLDERS, Person, Town, committee
from tests.bot.store.kit import seen
from tests.kit import jiugai


def said(key: str, **values: str) -> str:
    return wording("zh")(f"joining.{key}", **values)


def member(town: Town, seat: str) -> Member | None:
    return done(town.path, lambda tx: Invitations(tx.connection).member(seat))


def wrongs(town: Town) -> int:
    return int(seen(town.path, "select count(*) from wrong_code")[0][0])


def test_a_code_shows_compound_kind_seat_and_masked_name_and_is_joined_when_that_is_oneself(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    text = ann(code)
    assert "白云里小区业主委员会第1席" in text and "王**" in text and HOLDERS[0] not in text
    assert member(town, town.seat("1")) is None  # nothing is done before that
    assert "绑定好了" in ann.taps("是我")
    joined = member(town, town.seat("1"))
    assert joined and (joined.person, joined.conversation) == (ann.key, ann.conversation)
    assert ann.labels == []  # what was done is not offered to be changed


@pytest.mark.parametrize(
    "form", ["{}", "{lower}", "{spaced}", "{wide}", "/start j_{plain}", "https://t.me/a_bot?start=j_{plain}", "是"]
)
def test_it_may_be_typed_in_any_way_or_come_by_a_link(town: Town, form: str) -> None:
    code = town.code("1")
    plain = code.replace("-", "")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in plain)
    if form == "是":
        ann = Person(town.path)
        ann(code)
        assert "绑定好了" in ann("是的")
        return
    line = form.format(code, lower=code.lower(), spaced=code.replace("-", " "), wide=wide, plain=plain)
    assert "第1席" in Person(town.path)(line)


def test_units_stand_for_owners_and_an_organisation_is_masked_in_the_middle(town: Town) -> None:
    ann = Person(town.path)
    assert "白云里小区业主 3号楼 2单元 501（王**、李**）" in ann(town.code("a", Kind.OWNERS))
    text = ann(town.code("b", Kind.OWNERS))
    assert "北京**公司" in text and COMPANY not in text


def test_in_english_it_is_asked_in_english(town: Town) -> None:
    ann = Person(town.path)
    ann("/language en")
    assert "Is that you?" in ann(town.code("2")) and "欧阳**" in ann.last.text
    assert "Done:" in ann.taps("Yes")


def test_whoever_it_is_not_leaves_the_code_good(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    ann(code)
    assert ann.taps("不是") == said("not_me")
    assert "绑定好了" in Person(town.path, 8).joins(code)


def test_an_account_may_have_several_seats_and_a_seat_one_account(town: Town) -> None:
    ann, ben = Person(town.path), Person(town.path, 8)
    first, second = town.code("1"), town.code("2")
    ann.joins(first)
    ann.joins(second)
    assert len(done(town.path, lambda tx: Invitations(tx.connection).seats(ann.key))) == 2
    assert ben(first) == said("used")
    joined = member(town, town.seat("1"))
    assert joined and joined.person == ann.key


def test_what_is_ones_own_already_is_told_so_and_costs_nothing(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    ann.joins(code)
    assert "已经是您的" in ann(code) and "第1席" in ann.last.text
    assert wrongs(town) == 0


def test_of_two_who_confirm_one_code_the_first_has_it(town: Town) -> None:
    ann, ben, code = Person(town.path), Person(town.path, 8), town.code("1")
    ann(code)
    ben(code)
    assert "绑定好了" in ben.taps("是我")
    assert ann.taps("是我") == said("used")
    joined = member(town, town.seat("1"))
    assert joined and joined.person == ben.key


def test_a_code_that_is_taken_back_midway_opens_nothing(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    ann(code)
    town.does(lambda acting: invitations.revoke(acting, town.compound, Kind.COMMITTEE, "1"))
    assert ann.taps("是我") == said("revoked")
    assert member(town, town.seat("1")) is None


def test_wrong_used_revoked_and_foreign_codes_get_a_sentence_each_that_names_nobody(town: Town, tmp_path: Path) -> None:
    ann = Person(town.path)
    old = town.code("1")
    new = town.code("1")
    assert ann(old) == said("revoked")
    Person(town.path, 8).joins(new)
    assert ann(new) == said("used")
    assert ann(codes.made(b"another code ...")) == said("unknown")
    gone = town.code("3")
    before = committee()
    after = Roll(before.kind, tuple(seat for seat in before.seats if seat.id != "3"))
    done(town.path, lambda tx: Rolls(tx.connection).replace(town.compound, before, after, utc()))
    assert ann(gone) == said("revoked")
    assert wrongs(town) == 4
    for text in (said("revoked"), said("used"), said("unknown")):
        assert len(text) < 60 and not any(name in text for name in HOLDERS)


def test_codes_are_worth_nothing_under_another_key(town: Town) -> None:
    code = town.code("1")
    key_file(town.path).unlink()
    assert Person(town.path)(code) == said("unknown")


def test_one_wrong_letter_is_told_and_costs_nothing(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    assert ann(wrong) == said("typo") and ann(f"/start j_{wrong.replace('-', '')}") == said("typo")
    assert ann(code[:-1]) == said("typo")
    assert wrongs(town) == 0


@pytest.mark.parametrize("text", ["我们楼能装电梯吗", "does that 2018", "13800138000", "3号楼2单元501", "a"])
def test_what_is_no_code_is_a_question_as_ever(town: Town, text: str) -> None:
    assert Person(town.path)(text) not in {said(key) for key in ("typo", "unknown")}


def test_a_code_put_right_in_its_own_message_is_heard(town: Town) -> None:
    from dialogs.events import Text

    ann, code = Person(town.path), town.code("1")
    ann._does(Text(code, edited=True))
    assert "第1席" in ann.last.text


def test_a_code_in_the_middle_of_another_dialog_goes_first(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    ann("/check")
    assert "第1席" in ann(code) and "绑定好了" in ann.taps("是我")


def test_a_question_in_between_is_answered_and_the_joining_put_again(town: Town) -> None:
    ann = Person(town.path)
    ann(town.code("1"))
    text = ann("谁出钱")
    assert "第1席" in text and "「" in text
    assert "绑定好了" in ann.taps("是我")


def test_among_other_people_nothing_is_joined_nor_shown(town: Town) -> None:
    code = town.code("1")
    crowd = Person(town.path, group=True)
    assert crowd(f"/start j_{code.replace('-', '')}") == said("public")
    assert crowd("/start j_wrong") == said("public") and wrongs(town) == 0
    assert "绑定好了" in Person(town.path).joins(code)


def test_joining_is_begun_by_a_code_alone(town: Town) -> None:
    code = town.code("1")
    kept = seen(town.path, "select hash from invitation")[0][0]
    ann = Person(town.path)
    for data in (f"begin:joining:code={kept}", "begin:joining", f"begin:joining:code={kept[:40]}"):
        assert ann.tap(data) == wording("zh")("chat.button_unknown")
    assert ann.tap("walk:joining:1:me:yes") == wording("zh")("walk.closed")
    assert member(town, town.seat("1")) is None and code


def test_nothing_that_was_typed_is_kept(town: Town) -> None:
    ann, code = Person(town.path), town.code("1")
    ann.joins(code)
    plain = code.replace("-", "")
    for table in ("session", "inbox", "outbox", "audit", "invitation", "member", "question", "wrong_code"):
        kept = repr(seen(town.path, f"select * from {table}"))
        assert code not in kept and plain not in kept, table
    assert HOLDERS[0] not in repr(seen(town.path, "select data from session"))


# ---- staff -----------------------------------------------------------------------------------------------------------


def test_staff_join_by_their_code_and_are_active_then(town: Town) -> None:
    key = key_of(town.path)
    invited = town.does(lambda acting: staff_acts.invite(acting, "孙新来", town.street, key))
    sue = Person(town.path)
    text = sue(f"/start s_{invited.code.replace('-', '')}")
    assert "德胜街道工作人员" in text and "孙**" in text and "孙新来" not in text
    assert "绑定好了" in sue.taps("是我")
    found = done(town.path, lambda tx: StaffList(tx.connection).find(invited.staff.id))
    assert found and (found.state, found.person) == ("active", sue.key)
    assert sue(invited.code) == said("unknown")  # nothing is kept of a code that was used
    other = town.does(lambda acting: staff_acts.invite(acting, "钱又来", "", key))
    assert sue(other.code) == said("other")
    assert "区里的工作人员" in Person(town.path, 8)(other.code)
    lines = seen(town.path, "select who, act, about from audit where act = 'staff.join'")
    assert lines == [(invited.staff.id, "staff.join", invited.staff.id)]


def test_a_suspended_members_code_opens_nothing_until_they_are_taken_back(town: Town) -> None:
    key = key_of(town.path)
    invited = town.does(lambda acting: staff_acts.new_code(acting, town.near, key))
    town.does(lambda acting: staff_acts.suspend(acting, town.near))
    sue = Person(town.path)
    assert sue(invited.code) == said("revoked")
    town.does(lambda acting: staff_acts.resume(acting, town.near))
    assert "绑定好了" in sue.joins(invited.code)


def test_a_new_code_lets_the_earlier_account_go_at_once(town: Town) -> None:
    key = key_of(town.path)
    sue, new = Person(town.path), Person(town.path, 8)
    sue.joins(town.does(lambda acting: staff_acts.new_code(acting, town.near, key)).code)
    assert "工作台" in sue("/office")
    again = town.does(lambda acting: staff_acts.new_code(acting, town.near, key))
    assert sue("/office") == wording("zh")("chat.command_unknown")
    new.joins(again.code)
    assert "工作台" in new("工作台")


# ---- being forgotten -------------------------------------------------------------------------------------------------


def test_whoever_is_forgotten_says_whether_their_seats_go_too(town: Town) -> None:
    ann = Person(town.path)
    ann.joins(town.code("1"))
    assert "1处绑定" in ann("/forget")
    assert ann.taps("只删聊天") == wording("zh")("chat.forgotten")
    assert member(town, town.seat("1"))
    ann("/forget")
    assert ann.taps("绑定也解开") == wording("zh")("chat.forgotten_all")
    assert member(town, town.seat("1")) is None
    assert ann.key not in repr(seen(town.path, "select * from member")) + repr(seen(town.path, "select * from audit"))
    assert "绑定好了" in ann.joins(town.code("1"))


def test_without_anything_joined_it_is_done_at_once(town: Town) -> None:
    assert Person(town.path)("/forget") == wording("zh")("chat.forgotten")


def test_staff_who_are_forgotten_let_their_account_go(town: Town) -> None:
    sue = Person(town.path)
    sue.joins(town.does(lambda acting: staff_acts.new_code(acting, town.near, key_of(town.path))).code)
    sue("/forget")
    sue.taps("绑定也解开")
    assert sue("/office") == wording("zh")("chat.command_unknown")
    found = done(town.path, lambda tx: StaffList(tx.connection).find(town.near))
    assert found and (found.state, found.person) == ("active", "")
    lines = seen(town.path, "select who, about, outcome from audit where act = 'staff.leave'")
    assert lines == [(town.near, town.near, "done")]


def test_a_seat_that_is_let_go_so_is_noted_in_open_ballots_and_in_the_audit(town: Town, tmp_path: Path) -> None:
    ann = Person(town.path)
    ann.joins(town.code("1"))
    ann.joins(town.code("2"))
    open_one, closed_one = town.open(), town.open()
    town.does(lambda acting: ballots.close(acting, closed_one, "测试"))
    ann("/forget")
    ann.taps("只删聊天")
    assert seen(town.path, "select count(*) from ledger where kind = 'released'") == [(0,)]
    ann("/forget")
    ann.taps("绑定也解开")
    lines = seen(town.path, "select ballot, line, private from ledger where kind = 'released'")
    assert [ballot for ballot, _, _ in lines] == [open_one, open_one]
    assert {json.loads(line)["seat"] for _, line, _ in lines} == {
        number
        for number, seat in done(town.path, lambda tx: Ballots(tx.connection).seat_ids(open_one)).items()
        if seat in (town.seat("1"), town.seat("2"))
    }
    for _, line, private in lines:
        assert set(json.loads(line)["private"]) == {"because"}  # nobody of the staff did it
        assert json.loads(private) == {"because": said("left")}
    audit = seen(town.path, "select who, act, about, outcome from audit where act = 'seat.leave'")
    assert audit == [(seat, "seat.leave", seat, "done") for seat in (town.seat("1"), town.seat("2"))]
    town.does(lambda acting: ballots.close(acting, open_one, "测试"))
    published = town.does(lambda acting: reports.public_list(acting, open_one))
    (tmp_path / "list.jsonl").write_bytes(b"".join(published.lines))
    assert jiugai("verify", str(tmp_path / "list.jsonl"), "--head", published.head.hash).code == 0


def test_in_a_group_being_forgotten_touches_no_seat_and_tells_of_none(town: Town) -> None:
    Person(town.path).joins(town.code("1"))
    crowd = Person(town.path, group=True)
    assert crowd("/forget") == wording("zh")("chat.forgotten")
    crowd.tap("forget:all")
    assert member(town, town.seat("1"))


def test_the_session_holds_ids_and_no_names(town: Town) -> None:
    ann = Person(town.path)
    ann(town.code("2"))
    kept = done(town.path, lambda tx: tx.sessions.load(ann.conversation))
    walk = Session.load(kept).walk
    assert walk and set(walk.inputs) == {"code"} and walk.answers == {}


def test_in_the_terminal_it_goes_the_same_way(town: Town) -> None:
    said = jiugai("chat", "--plain", stdin=f"{town.code('1')}\n1\n/forget\n2\n")
    assert said.code == 0 and "第1席（王**）" in said.out and "绑定好了" in said.out
    assert wording("zh")("chat.forgotten_all") in said.out
    assert member(town, town.seat("1")) is None
