import sqlite3
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.store.faults import StoreFault, explained
from tests.bot.store.kit import assert_sentence, trouble

NAMES = (
    "FULL BUSY BUSY_RECOVERY NOTADB CORRUPT CORRUPT_VTAB READONLY READONLY_DBMOVED CANTOPEN CANTOPEN_ISDIR IOERR "
    "IOERR_FSYNC NOMEM LOCKED PROTOCOL CONSTRAINT_UNIQUE ERROR"
)


@pytest.mark.parametrize("name", [f"SQLITE_{name}" for name in NAMES.split()])
def test_every_trouble_is_a_sentence_in_both_languages_that_names_the_file(name: str) -> None:
    fault = explained(trouble(name), Path("/data/street.db"))
    assert isinstance(fault, UserError) and fault.name == name
    assert_sentence(fault, Path("/data/street.db"))


def test_an_error_without_a_name_is_told_by_its_type() -> None:
    fault = explained(sqlite3.ProgrammingError("Mrs Wang"), Path("street.db"))
    assert fault.name == "ProgrammingError"
    assert_sentence(fault, Path("street.db"))


def test_a_path_with_braces_is_told_as_it_is() -> None:
    assert_sentence(explained(trouble("SQLITE_FULL"), Path("{name}.db")), Path("{name}.db"))


@pytest.mark.parametrize(
    ("name", "again"),
    [("FULL", True), ("BUSY", True), ("IOERR", True), ("CORRUPT", False), ("NOTADB", False), ("READONLY", False)],
)
def test_only_what_may_pass_is_tried_again(name: str, again: bool) -> None:
    assert explained(trouble(f"SQLITE_{name}"), Path("street.db")).again is again
    assert not StoreFault("refused").again
