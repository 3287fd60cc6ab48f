"""Correcting an item of an open ballot: what was chosen on it is void, the law's rule goes with the class, and whoever
has taken part is told."""

from typing import Any

import pytest

from ballots.roll import Kind
from ballots.rules import Matter
from bot.office.correcting import correct
from bot.store.ballots import Ballots
from bot.store.soundness import Soundness, look
from tests.bot.office.kit import data, refused
from tests.bot.rounds.kit import CLOSES, ELEVATOR, NOW, PARKING, Office, at

WHY = "类别定错了"


def choices(office: Office, id: str, key: str) -> set[str]:
    number = office.numbers(id)[key]
    standing = office.do(lambda tx: Ballots(tx.connection).standing(id, number))
    assert standing is not None
    return set(standing.selection.choices)


def test_another_class_has_the_rule_of_the_law_and_voids_what_was_chosen_on_it(office: Office) -> None:
    id = office.opened()
    office.vote(id, "s1", menu_13="for", menu_31="for")
    before = office.do(lambda tx: Ballots(tx.connection).ballot(id)).items[PARKING]
    assert (before.matter, before.rule.id, before.set_by) == (Matter.SHARED_PARTS, "civil-code-strict", "安科")
    after = office.must(lambda a: correct(a, id, f" {PARKING.upper()} ", WHY, Matter.OTHER), office.bob).items[PARKING]
    assert (after.matter, after.rule.id, after.set_by) == (Matter.OTHER, "civil-code-ordinary", "鲍科")
    assert (after.item, after.areas) == (before.item, before.areas)
    assert choices(office, id, "s1") == {ELEVATOR} and office.kinds(id)[-1] == "corrected"
    assert office.do(lambda tx: look(tx.connection)) == Soundness(1, ())


def test_other_plain_words_leave_class_and_whose_it_is(office: Office) -> None:
    id = office.opened()
    before = office.do(lambda tx: Ballots(tx.connection).ballot(id)).items[PARKING]
    ballot = office.must(lambda a: correct(a, id, PARKING, WHY, before.matter, zh=" 补建车位 "), office.bob)
    item = ballot.items[PARKING]
    assert (item.item.zh, item.item.en, item.item.words) == ("补建车位", before.item.en, before.item.words)
    assert (item.rule, item.set_by) == (before.rule, "安科")


def test_the_rule_of_a_committee_does_not_go_by_class(office: Office) -> None:
    id = office.opened(Kind.COMMITTEE)
    rule = office.do(lambda tx: Ballots(tx.connection).ballot(id)).items[PARKING].rule
    assert office.must(lambda a: correct(a, id, PARKING, WHY, Matter.OTHER)).items[PARKING].rule == rule


def test_whoever_has_taken_part_is_told_once_whatever_they_chose_and_nobody_else(office: Office) -> None:
    id = office.opened()
    for key, person in (("s1", "console/a"), ("s2", "console/a"), ("s3", ""), ("s4", ""), ("s5", "")):
        office.join(key, person)
    office.vote(id, "s1", menu_31="for")
    office.vote(id, "s2", menu_31="for")
    office.vote(id, "s3", menu_13="for")  # said nothing about the item: that it is told must not tell that
    office.must(lambda a: correct(a, id, PARKING, WHY, zh="补建车位"))
    told = [one for one in office.told() if WHY in one]
    assert len(told) == 2 and all("补建车位" in one for one in told)
    rows = office.do(lambda tx: tx.connection.rows("select distinct conversation from outbox"))
    assert {row["conversation"] for row in rows} == {"console/a", "console/s3"}


@pytest.mark.parametrize(
    ("item", "because", "more", "key"),
    [
        ("menu-99", WHY, {"zh": "别的"}, "unknown-item"),
        (PARKING, WHY, {}, "same"),
        (PARKING, WHY, {"matter": Matter.SHARED_PARTS}, "same"),
        (PARKING, " ", {"zh": "别的"}, "text-missing"),
        (PARKING, WHY, {"zh": " "}, "text-missing"),
    ],
)
def test_what_is_no_correction_changes_nothing(office: Office, item: str, because: str, more: Any, key: str) -> None:
    id = office.opened()
    office.vote(id, "s1", menu_31="for")
    assert office.refused(lambda a: correct(a, id, item, because, **more)) == f"reason.{key}"
    assert choices(office, id, "s1") == {PARKING}


def test_only_an_open_ballot_of_the_own_street_is_corrected(office: Office) -> None:
    id, draft = office.opened(), office.draft()
    assert office.refused(lambda a: correct(a, id, PARKING, WHY, zh="别的"), office.eve) == "street"
    assert office.refused(lambda a: correct(a, draft, PARKING, WHY, zh="别的")) == "reason.not-open"
    assert office.refused(lambda a: correct(a, id, PARKING, WHY, zh="别的"), now=CLOSES) == "reason.closed"
    assert office.refused(lambda a: correct(a, id, PARKING, WHY, zh="长" * 501)) == "words"


def test_it_is_a_command_that_asks_first(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    id = office.opened()
    with at(monkeypatch, NOW):
        typed = ("ballot", "correct", id, PARKING, "--because", WHY)
        assert "--yes" in refused(*typed, "--class", "other")
        found = data(*typed, "--class", "other", "--en", "Parking spaces", "--yes")
        item = next(item for item in found["items"] if item["id"] == PARKING)
        assert (item["matter"], item["en"]) == ("other", "Parking spaces")
        for wrong in ("wrong", " "):
            refused(*typed, "--class", wrong, "--yes")
    assert office.kinds(id) == ["corrected"]
