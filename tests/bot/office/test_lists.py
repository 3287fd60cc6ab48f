"""jiugai office unanswered and inbox: what the office sees of what people asked, and what it does not see."""

from pathlib import Path

from bot.desk import StoreDesk
from bot.times import utc
from knowledge.library import load
from tests.bot.office.kit import ANN, ask, data, done, office


def test_what_is_not_covered_or_disliked_is_listed_newest_first_without_its_asker(path: Path) -> None:
    first = ask(path, "我住3号楼，电梯多少钱，电话13800138000")
    bad = ask(path, "谁出钱", "answer", judged=False)
    ask(path, "谁负责", "answer", judged=True)
    ask(path, "谁验收", "answer")
    lines = office("unanswered").splitlines()
    assert "2" in lines[0] and [line.split()[0] for line in lines[1:]] == [bad, first]
    assert "谁出钱" in lines[1] and "judged bad" in lines[1] and "not covered" in lines[2]
    assert "我住***号楼，电梯多少钱，电话***" in lines[2]
    assert ANN not in office("unanswered") and "13800138000" not in office("unanswered")
    newest, oldest = data("unanswered")
    assert newest.keys() == {"id", "asked", "question", "lang", "kind", "clause", "judged", "sent_to_office"}
    assert (newest["id"], newest["judged"], oldest["kind"]) == (bad, "bad", "not_covered")


def test_what_the_office_has_bound_to_a_clause_is_no_longer_unanswered(path: Path) -> None:
    ask(path, "下水道堵了谁修")
    ask(path, "下水道堵了谁来修呀")
    other = ask(path, "门口的树谁来浇水")
    office("teach", "下水道堵了谁来修", "s4-1-p5")
    assert [question["id"] for question in data("unanswered")] == [other]


def test_the_inbox_holds_only_what_people_agreed_to_send(path: Path) -> None:
    ask(path, "没同意转的")
    sent = ask(path, "转给街道的", consulted=True)
    (line,) = office("inbox").splitlines()[1:]
    assert line.startswith(sent) and "转给街道的" in line and "等答复" in line and "s4-2-p1" in line
    (held,) = data("inbox")
    assert held.keys() == {"id", "sent", "question", "lang", "kind", "clause", "state"}
    assert (held["id"], held["state"]) == (sent, "waits") and ANN not in str(held)


def test_a_question_of_several_lines_is_one_line_of_the_list(path: Path) -> None:
    ask(path, "一楼\n也要\n出钱吗", consulted=True)
    for command in ("unanswered", "inbox"):
        assert "一楼 也要 出钱吗" in office(command).splitlines()[1]


def test_where_nobody_asked_the_lists_are_empty_and_say_so() -> None:
    for command in ("unanswered", "inbox"):
        assert "0" in office(command) and data(command) == []


def test_who_is_forgotten_is_in_no_list(path: Path) -> None:
    ask(path, consulted=True)
    kept = ask(path, "别人问的", who="telegram/123456/8/8/0", consulted=True)
    done(path, lambda tx: StoreDesk(tx, "telegram", ANN, utc(), load().summaries).forget())
    assert [question["id"] for question in data("unanswered")] == [kept]
    assert [question["id"] for question in data("inbox", "--all")] == [kept]
