from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import Transaction
from bot.store.questions import KEPT, LONGEST, OPEN_KEPT, Questions
from tests.bot.store.kit import NOON, arrival, transaction

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


@pytest.fixture
def tx(path: Path) -> Iterator[Transaction]:
    with transaction(path) as opened:
        yield opened


def keep(tx: Transaction, text: str = "谁出钱", ended: str = "answer", conversation: str = "ann") -> str:
    return Questions(tx.connection).keep("post", conversation, text, "zh", ended, "s4-2-p1", NOON)


def ids(tx: Transaction) -> set[str]:
    return {row["id"] for row in tx.connection.rows("select id from question")}


def lasts(tx: Transaction, id: str, span: timedelta) -> None:
    """A question is kept for a span from noon on, and no longer."""
    tx.forget(NOON + span)
    assert id in ids(tx)
    tx.forget(NOON + span + TICK)
    assert id not in ids(tx)


def test_a_question_is_kept_as_it_was_asked_under_a_short_id(tx: Transaction) -> None:
    id = keep(tx)
    assert len(id) == 8 and id.isascii()
    found = Questions(tx.connection).find(id)
    assert found and (found.text, found.ended, found.clause, found.judged) == ("谁出钱", "answer", "s4-2-p1", "")
    assert (found.asked, found.consulted, found.answered) == (NOON, None, None)
    assert keep(tx) != id


def test_two_questions_never_share_an_id(tx: Transaction, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aaaaaaaa", "aaaaaaaa", "bbbbbbbb"])
    monkeypatch.setattr("bot.store.questions.secrets.token_hex", lambda _: next(drawn))
    assert [keep(tx), keep(tx)] == ["aaaaaaaa", "bbbbbbbb"]


def test_of_a_very_long_question_only_the_beginning_is_kept(tx: Transaction) -> None:
    found = Questions(tx.connection).find(keep(tx, "长" * 5000))
    assert found and len(found.text) == LONGEST


@pytest.mark.parametrize(
    ("ended", "judged", "span"),
    [
        ("answer", None, KEPT),
        ("clarify", None, KEPT),
        ("out_of_scope", None, KEPT),
        ("not_covered", None, OPEN_KEPT),
        ("answer", True, KEPT),
        ("answer", False, OPEN_KEPT),
        ("not_covered", True, OPEN_KEPT),
        ("not_covered", False, OPEN_KEPT),
    ],
)
def test_how_long_a_question_is_kept_hangs_on_its_end_and_its_judgement(
    tx: Transaction, ended: str, judged: bool | None, span: timedelta
) -> None:
    id = keep(tx, ended=ended)
    if judged is not None:
        assert Questions(tx.connection).judge(id, "ann", judged)
    assert span == (7 * DAY if span is KEPT else 90 * DAY)
    lasts(tx, id, span)


def test_the_last_judgement_counts(tx: Transaction) -> None:
    id = keep(tx)
    for good in (False, True):
        Questions(tx.connection).judge(id, "ann", good)
    found = Questions(tx.connection).find(id)
    assert found and found.judged == "good"
    lasts(tx, id, KEPT)


def test_only_whoever_asked_judges_and_sends_on(tx: Transaction) -> None:
    id = keep(tx)
    questions = Questions(tx.connection)
    assert not questions.judge(id, "ben", False) and not questions.consult(id, "ben", NOON)
    assert not questions.judge("00000000", "ann", False) and not questions.consult("", "ann", NOON)
    found = questions.find(id)
    assert found and (found.judged, found.consulted) == ("", None)


def test_what_was_sent_to_the_office_waits_there_once_the_oldest_first(tx: Transaction) -> None:
    first, second, _other = keep(tx, "一"), keep(tx, "二"), keep(tx, "三")
    questions = Questions(tx.connection)
    assert questions.consult(second, "ann", NOON + DAY) and questions.consult(first, "ann", NOON + 2 * DAY)
    assert questions.consult(second, "ann", NOON + 3 * DAY)
    assert [question.id for question in questions.inbox()] == [second, first]
    assert questions.inbox()[0].consulted == NOON + DAY


def test_what_waits_for_the_office_is_kept_ninety_days_and_after_its_answer_seven(tx: Transaction) -> None:
    waiting, answered = keep(tx), keep(tx)
    questions = Questions(tx.connection)
    for id in (waiting, answered):
        questions.consult(id, "ann", NOON + 6 * DAY)
        questions.judge(id, "ann", True)  # changes nothing about that
    questions.answered(answered, NOON + 8 * DAY)
    questions.judge(answered, "ann", False)
    lasts(tx, answered, 8 * DAY + KEPT)
    lasts(tx, waiting, 6 * DAY + OPEN_KEPT)


def test_a_question_that_was_answered_can_be_sent_again(tx: Transaction) -> None:
    id = keep(tx)
    questions = Questions(tx.connection)
    questions.consult(id, "ann", NOON)
    questions.answered(id, NOON + DAY)
    questions.consult(id, "ann", NOON + 2 * DAY)
    found = questions.find(id)
    assert found and (found.consulted, found.answered) == (NOON + 2 * DAY, None)


def test_unanswered_is_what_is_not_covered_or_judged_bad_the_newest_first(tx: Transaction) -> None:
    silent, liked, bad, _good, settled = (
        keep(tx, ended="not_covered"),
        keep(tx, ended="not_covered"),
        keep(tx),
        keep(tx),
        keep(tx, ended="not_covered"),
    )
    questions = Questions(tx.connection)
    questions.judge(bad, "ann", False)
    questions.judge(liked, "ann", True)
    questions.answered(settled, NOON)
    assert [question.id for question in questions.unanswered()] == [bad, liked, silent]


def test_a_conversations_questions_are_erased_and_nobody_elses(tx: Transaction) -> None:
    keep(tx)
    keep(tx)
    other = keep(tx, conversation="ben")
    assert Questions(tx.connection).drop("ann") == 2
    assert ids(tx) == {other}


def test_forgetting_counts_questions_too(tx: Transaction) -> None:
    keep(tx)
    tx.inbox.add([arrival("1")], NOON)
    tx.inbox.done("1", NOON)
    assert tx.forget(NOON + 8 * DAY) == 2
