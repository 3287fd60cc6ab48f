"""README.md keeps its word: its commands are run, its transcripts compared, its links followed."""

import argparse
import os
import re
import shlex
import tomllib
from collections.abc import Iterator

import pytest

from bot.cli import parser
from tests.kit import ROOT, jiugai

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def transcripts() -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what is shown under it."""
    for block in blocks("console"):
        assert block.startswith("$ "), f"a transcript begins with its command: {block[:40]}"
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def commands() -> dict[str, argparse.ArgumentParser]:
    (table,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(table.choices)


TRANSCRIPTS = list(transcripts())
ROWS = re.findall(r"^\| `\./run (\w+)([^`]*)` \|(.*)\|$", README, re.MULTILINE)


def test_the_transcripts_are_found() -> None:
    assert len(TRANSCRIPTS) == README.count("\n$ ") >= 4
    assert {shlex.split(command)[1] for command, _ in TRANSCRIPTS} >= {"ask", "duties"}


@pytest.mark.parametrize(("command", "shown"), TRANSCRIPTS, ids=[command for command, _ in TRANSCRIPTS])
def test_a_transcript_is_what_the_command_says(command: str, shown: str) -> None:
    start, *words = shlex.split(command)
    assert start == "./run"
    said = jiugai(*words)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == shown.splitlines()


def test_the_first_transcript_is_the_elevator_and_holds_all_that_an_answer_needs() -> None:
    command, shown = TRANSCRIPTS[0]
    assert command == "./run ask '我们楼能装电梯吗？'"
    for part in ("「多层住宅楼房增设电梯等上下楼设施」", "自选类", "西政办发〔2018〕4号", "下一步", "2018—2020"):
        assert part in shown


def test_the_two_commands_exist() -> None:
    lines = [line.split("#")[0].split() for block in blocks("sh") for line in block.splitlines()]
    assert lines == [["./run"], ["./run", "test"]]
    assert os.access(ROOT / "run", os.X_OK)
    assert '[ "$command" = test ]' in (ROOT / "run").read_text("utf-8")


def test_the_lines_for_windows_name_files_that_exist() -> None:
    (lines,) = blocks("bat")
    locks = re.findall(r"-r (\S+)", lines)
    assert len(locks) == 2 and all((ROOT / lock).is_file() for lock in locks)
    assert lines.rstrip().endswith(r".venv\Scripts\python -X utf8 -m bot") and (ROOT / "bot" / "__main__.py").is_file()


def test_the_table_names_every_command_and_no_other() -> None:
    assert len(ROWS) > 4
    assert sorted(name for name, _, _ in ROWS) == sorted(commands())


def test_the_options_and_arguments_in_the_table_exist() -> None:
    for name, argument, about in ROWS:
        said = jiugai(name, "--help").out
        for word in (*re.findall(r"\[(\w+)\]", argument), *re.findall(r"`(--\w+)`", about)):
            assert word in said or word.lower() in said, f"{name} {word}"
    assert [word for _, _, about in ROWS for word in re.findall(r"`(--\w+)`", about)] == ["--plain", "--why", "--json"]


def test_links_into_the_repository_lead_somewhere() -> None:
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", README) if not target.startswith("http")]
    assert len(targets) >= 4
    for target in targets:
        assert (ROOT / target.split("#")[0]).exists(), target


def test_the_python_that_is_asked_for_is_the_one_that_is_needed() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    asked = re.findall(r"Python ≥ ([0-9.]+)", README)
    assert asked and {f">={version}" for version in asked} == {needed}
