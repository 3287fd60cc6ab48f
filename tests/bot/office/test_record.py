"""jiugai office teach, silence and contact: what the office lays down itself, and what it is refused."""

import re
from pathlib import Path

import pytest

from bot.desk import StoreDesk
from bot.store import Transaction
from bot.times import utc
from dialogs.wording import Language
from knowledge.library import load
from tests.bot.office.kit import ANN, ask, data, done, office, refused, run

DRAIN = "下水道堵了谁修"


def desk(tx: Transaction) -> StoreDesk:
    return StoreDesk(tx, "telegram", ANN, utc(), load().summaries)


def taught(path: Path, question: str) -> str | None:
    return done(path, lambda tx: desk(tx).taught(question))


# ---- teach ----------------------------------------------------------------------------------------------------------


def test_a_question_that_is_taught_helps_like_ones(path: Path) -> None:
    assert DRAIN in office("teach", DRAIN, "S4-1-p5")
    assert taught(path, "下水道堵了谁来修") == "s4-1-p5" and taught(path, "谁出钱") is None
    ((id, question, clause),) = [(t["id"], t["question"], t["clause"]) for t in data("teach")]
    assert (question, clause) == (DRAIN, "s4-1-p5") and id in office("teach")


def test_a_kept_question_is_taught_by_its_id(path: Path) -> None:
    id = ask(path, DRAIN)
    office("teach", id, "s4-1-p5")
    assert taught(path, DRAIN) == "s4-1-p5" and data("unanswered") == []


def test_what_is_taught_is_masked_too(path: Path) -> None:
    said = office("teach", "3号楼下水道堵了找13800138000吗", "s4-1-p5")
    assert "***号楼" in said and "13800138000" not in said and "13800138000" not in str(data("teach"))


def test_the_same_question_is_taught_anew_and_undone(path: Path) -> None:
    office("teach", DRAIN, "s4-1-p4")
    office("teach", f"{DRAIN}？", "s4-1-p5")
    (held,) = data("teach")
    assert held["clause"] == "s4-1-p5"
    office("teach", "--drop", held["id"])
    assert data("teach") == [] and taught(path, DRAIN) is None


@pytest.mark.parametrize(
    "words",
    [
        [DRAIN],
        [DRAIN, "s9-9-p9"],
        [DRAIN, ""],
        ["", "s4-1-p5"],
        ["谁修", "s4-1-p5"],
        ["？？？？？？", "s4-1-p5"],
        ["长" * 501, "s4-1-p5"],
        ["00000000", "s4-1-p5"],
        ["--drop", "00000000"],
        ["--drop", "00000000", DRAIN],
    ],
)
def test_what_cannot_be_taught_is_one_sentence_and_changes_nothing(path: Path, words: list[str]) -> None:
    office("teach", "谁来验收工程", "s3-5-p3")
    before = data("teach")
    refused("teach", *words)
    assert data("teach") == before


# ---- silence --------------------------------------------------------------------------------------------------------


def test_a_silenced_clause_is_out_of_service_until_it_is_lifted(path: Path) -> None:
    office("silence", "S4-2-p1", "政策有新口径")
    assert done(path, lambda tx: desk(tx).silenced()) == {"s4-2-p1"}
    (held,) = data("silence")
    assert (held["clause"], held["reason"]) == ("s4-2-p1", "政策有新口径")
    assert "政策有新口径" in office("silence")
    office("silence", "s4-2-p1", "--lift")
    assert done(path, lambda tx: desk(tx).silenced()) == frozenset() and data("silence") == []


@pytest.mark.parametrize(
    "words",
    [
        ["s9-9-p9", "为什么"],
        ["s2-2-p1"],
        ["s2-2-p1", " "],
        ["s2-2-p1", "长" * 201],
        ["s2-2-p1", "--lift"],
        ["--lift"],
    ],
)
def test_what_cannot_be_silenced_is_one_sentence_and_changes_nothing(words: list[str]) -> None:
    office("silence", "s4-2-p1", "等核实")
    before = data("silence")
    refused("silence", *words)
    assert data("silence") == before


def test_a_clause_that_the_text_no_longer_has_can_still_be_lifted(path: Path) -> None:
    from bot.store.office import Office

    done(path, lambda tx: Office(tx.connection).silence("s9-9-p9", "旧的", utc()))
    office("silence", "s9-9-p9", "--lift")
    assert data("silence") == []


# ---- contact --------------------------------------------------------------------------------------------------------


def shown(path: Path, language: Language) -> str:
    return done(path, lambda tx: desk(tx).contact(language))


def test_contacts_are_set_line_by_line_and_shown_as_the_offices(path: Path) -> None:
    office("contact", "--name", "白云路街道", "--address", " 白云路1号 ", "--phone", "010-00000000")
    said = office("contact", "--phone", "010-11111111")
    assert "不是方案里写的" in said and "白云路1号" in said and "010-11111111" in said
    assert shown(path, "zh") == said.rstrip("\n")
    assert "白云路1号" in shown(path, "en"), "where English has none, the Chinese ones help"
    office("contact", "--lang", "en", "--phone", "+86 10 1111 1111")
    assert "白云路" not in shown(path, "en")
    office("contact", "--phone", "", "--name", "", "--address", "")
    assert data("contact") == {"zh": {}, "en": {"phone": "+86 10 1111 1111"}}
    assert "还没有" in office("contact")


@pytest.mark.parametrize("words", [["--phone", "0" * 201], ["--hours", "九\a点"], ["--phone", "1", "--json"]])
def test_what_cannot_be_a_contact_is_one_sentence_and_changes_nothing(words: list[str]) -> None:
    office("contact", "--phone", "010-00000000")
    before = data("contact")
    refused("contact", "--name", "白云路街道", *words)
    assert data("contact") == before


# ---- all of them ----------------------------------------------------------------------------------------------------

COMMANDS = (
    *("init", "street", "compound", "roll", "staff", "invite", "seat", "ballot", "turnout", "paper", "proxy", "tally"),
    *("objections", "export", "summary", "demo", "audit"),
    *("unanswered", "inbox", "answer", "teach", "silence", "contact"),
)


def test_without_a_command_the_help_names_them_all() -> None:
    assert set(re.findall(r"^    (\w+)", office(), re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages_with_examples_that_are_understood(command: str) -> None:
    from bot.cli import parser

    said = office(command, "--help")
    assert re.search("[\u4e00-\u9fff]", said) and re.search("[a-z]{4}", said)
    lines = [line for line in said.partition("例 / examples:\n")[2].splitlines() if "jiugai office" in line]
    assert lines
    for line in lines:
        found = re.search(r"jiugai (office .*?)(?: <.*|   +.*)?$", line)
        assert found, line
        words = re.findall(r"'[^']*'|\S+", found[1])
        assert words[1] == command
        parser("office").parse_args([word.strip("'") for word in words])


@pytest.mark.parametrize("words", [["nothing"], ["inbox", "x"], ["answer"], ["contact", "--lang", "fr"]])
def test_a_wrong_option_ends_with_2(words: list[str]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "") and said.err.startswith("usage: jiugai ") and "Traceback" not in said.err


def test_where_the_database_is_no_database_of_ours_every_command_says_so(path: Path) -> None:
    path.write_bytes(b"some bytes that are no database" * 50)
    for words in (["inbox"], ["unanswered"], ["answer", "00000000", "x"], ["teach"], ["silence"], ["contact"]):
        refused(*words)
    assert path.read_bytes() == b"some bytes that are no database" * 50
