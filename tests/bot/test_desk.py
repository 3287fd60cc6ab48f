"""The desk over the store, as a conversation uses it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk import StoreDesk
from bot.store import Transaction
from bot.store.office import Office
from bot.store.questions import Questions
from dialogs import likeness
from dialogs.desk import NOBODY, Desk
from dialogs.steps import Do
from dialogs.wording import LANGUAGES, wording
from tests.bot.store.kit import NOON, transaction

CLAUSES = {"s4-2-p1", "s4-1-p5"}


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    with transaction(tmp_path / "street.db") as opened:
        yield opened


@pytest.fixture
def desk(tx: Transaction) -> Desk:
    return StoreDesk(tx, "post", "ann", NOON, CLAUSES)


def teach(tx: Transaction, question: str, clause: str) -> None:
    Office(tx.connection).teach(question, likeness.key(question), clause, NOON)


def test_what_is_asked_is_kept_masked_whatever_the_caller_forgets(tx: Transaction, desk: Desk) -> None:
    id = desk.asked("我住3号楼，电话13800138000，谁出钱", "not_covered", "s4-2-p1", "zh")
    kept = Questions(tx.connection).find(id)
    assert kept and kept.text == "我住***号楼，电话***，谁出钱"
    assert (kept.channel, kept.conversation, kept.language, kept.ended) == ("post", "ann", "zh", "not_covered")
    assert len(f"consult:{id}") < 64 and id.isascii()


def test_only_whoever_asked_judges_and_sends_on(tx: Transaction, desk: Desk) -> None:
    id = desk.asked("谁出钱", "answer", "", "zh")
    stranger = StoreDesk(tx, "post", "ben", NOON, CLAUSES)
    assert not stranger.judge(id, False) and not stranger.consult(id)
    assert desk.judge(id, False) and desk.consult(id) and desk.consult(id)
    assert not desk.judge("", True) and not desk.consult("00000000")
    (waiting,) = Questions(tx.connection).inbox()
    assert (waiting.id, waiting.judged, waiting.consulted) == (id, "bad", NOON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_are_the_offices_in_this_language_or_else_in_the_other(tx: Transaction, language: str) -> None:
    desk = StoreDesk(tx, "post", "ann", NOON, CLAUSES)
    assert desk.contact("zh") == desk.contact("en") == ""
    Office(tx.connection).set_contact(language, "phone", "010-00000000", NOON)
    for spoken in LANGUAGES:
        shown = desk.contact(spoken)
        assert shown.startswith(wording(spoken)("office.contact")) and "010-00000000" in shown


def test_only_clauses_that_exist_are_silenced_and_taught(tx: Transaction, desk: Desk) -> None:
    for clause in ("s4-2-p1", "s9-9-p9"):
        Office(tx.connection).silence(clause, "等核实", NOON)
    assert desk.silenced() == {"s4-2-p1"}
    teach(tx, "下水道堵了谁修", "s4-1-p5")
    teach(tx, "谁来验收工程", "s9-9-p9")
    assert desk.taught("下水道堵了谁来修") == "s4-1-p5"
    assert desk.taught("谁来验收工程") is None and desk.taught("谁出钱") is None


def test_a_like_question_is_found_though_it_holds_what_is_masked(tx: Transaction, desk: Desk) -> None:
    teach(tx, "***号楼***单元下水道堵了谁修", "s4-1-p5")
    assert desk.taught("12号楼3单元下水道堵了谁修") == "s4-1-p5"


def test_forgetting_takes_questions_and_session_along_and_leaves_the_offices_record(
    tx: Transaction, desk: Desk
) -> None:
    id = desk.asked("谁出钱", "answer", "", "zh")
    desk.consult(id)
    tx.sessions.save("ann", {"language": "en"}, NOON)
    teach(tx, "下水道堵了谁修", "s4-1-p5")
    desk.forget()
    assert not desk.judge(id, True) and Questions(tx.connection).inbox() == []
    assert tx.sessions.load("ann") is None
    assert desk.taught("下水道堵了谁修") == "s4-1-p5"


def test_a_question_outlives_its_time_nowhere(tx: Transaction, desk: Desk) -> None:
    id = desk.asked("谁出钱", "answer", "", "zh")
    tx.forget(NOON + timedelta(days=8))
    assert not desk.judge(id, False) and not desk.consult(id)


def test_where_nobody_sits_nothing_is_kept_and_nothing_known() -> None:
    assert NOBODY.asked("谁出钱", "answer", "", "zh") == "" and NOBODY.contact("zh") == ""
    assert not NOBODY.judge("00000000", True) and not NOBODY.consult("00000000")
    assert NOBODY.silenced() == frozenset() and NOBODY.taught("谁出钱") is None
    NOBODY.forget()


@pytest.mark.parametrize("whose", ["nobody's", "the store's"])
def test_nothing_that_a_dialog_wants_done_is_done_yet(desk: Desk, whose: str) -> None:
    with pytest.raises(LookupError):
        (desk if whose == "the store's" else NOBODY).do(Do("cast", "cast", {}))
