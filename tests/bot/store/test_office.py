from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.office import Office
from tests.bot.store.kit import at, transaction


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    with transaction(path) as opened:
        yield Office(opened.connection)


def test_a_question_is_bound_to_one_clause_the_last_one(office: Office) -> None:
    office.teach("下水道堵了谁修？", "下水道堵了谁修", "s4-1-p4", at(0))
    office.teach("谁验收", "谁验收", "s3-5-p3", at(1))
    (id,) = [taught.id for taught in office.taught() if taught.clause == "s4-1-p4"]
    office.teach("下水道堵了，谁修", "下水道堵了谁修", "s4-1-p5", at(2))
    assert [(t.question, t.clause, t.since) for t in office.taught()] == [
        ("谁验收", "s3-5-p3", at(1)),
        ("下水道堵了，谁修", "s4-1-p5", at(2)),
    ]
    assert office.taught()[1].id == id
    assert office.clauses_by_key() == {"谁验收": "s3-5-p3", "下水道堵了谁修": "s4-1-p5"}


def test_a_binding_is_undone_once(office: Office) -> None:
    office.teach("谁验收", "谁验收", "s3-5-p3", at(0))
    (taught,) = office.taught()
    assert office.unteach(taught.id) and not office.unteach(taught.id)
    assert office.taught() == [] and office.clauses_by_key() == {}


def test_a_clause_is_silenced_with_its_last_reason_until_that_is_lifted(office: Office) -> None:
    office.silence("s4-2-p1", "等核实", at(0))
    office.silence("s2-2-p1", "有误", at(1))
    office.silence("s4-2-p1", "新口径", at(2))
    assert [(s.clause, s.reason, s.since) for s in office.silenced()] == [
        ("s2-2-p1", "有误", at(1)),
        ("s4-2-p1", "新口径", at(2)),
    ]
    assert office.lift("s4-2-p1") and not office.lift("s4-2-p1")
    assert [s.clause for s in office.silenced()] == ["s2-2-p1"]


def test_contacts_are_kept_line_by_line_and_language_by_language(office: Office) -> None:
    office.set_contact("zh", "phone", "010-1", at(0))
    office.set_contact("zh", "phone", "010-2", at(1))
    office.set_contact("zh", "address", "白云路1号", at(1))
    office.set_contact("en", "phone", "010-3", at(1))
    assert office.contact("zh") == {"phone": "010-2", "address": "白云路1号"}
    office.set_contact("zh", "address", "", at(2))
    office.set_contact("en", "phone", "", at(2))
    assert office.contact("zh") == {"phone": "010-2"} and office.contact("en") == {}
