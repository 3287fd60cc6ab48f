import os
import re
import subprocess
import tomllib
from unittest.mock import patch

import pytest

from bot.cli import VERSION, parser
from bot.commands import look
from tests.kit import PROGRAM, ROOT, environment, jiugai

COMMANDS = (
    *("ask", "chat", "serve", "clauses", "menu", "duties", "dialogs", "office", "verify", "eval"),
    *("backup", "restore", "doctor"),
)


def test_the_version_is_the_projects() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version == VERSION
    assert jiugai("--version").out == f"jiugai {version}\n"


def test_without_a_command_the_chat_opens() -> None:
    said = jiugai(stdin="/quit\n")
    assert (said.code, said.err) == (0, "")
    assert said.out == jiugai("chat", stdin="/quit\n").out
    assert "旧改助手" in said.out and "再见" in said.out


def test_the_commands_are_these() -> None:
    listed = re.findall(r"^    (\w+) +\S", jiugai("--help").out, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages_with_an_example(command: str) -> None:
    said = jiugai(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert re.search("[\u4e00-\u9fff]", said.out) and re.search("[a-z]{4}", said.out)
    _, _, examples = said.out.partition("例 / examples:\n")
    assert f"jiugai {command}" in examples


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_in_the_help_are_understood(command: str) -> None:
    """Each is parsed as a shell would hand it over; a pipe's or a file's part is left out."""
    examples = jiugai(command, "--help").out.partition("例 / examples:\n")[2]
    for line in examples.splitlines():
        found = re.search(r"jiugai (.*?)(?: <.*|   +.*)?$", line)
        assert found, line
        parser().parse_args([word.strip("'") for word in re.findall(r"'[^']*'|\S+", found[1])])


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["ask", "--lang", "fr", "x"], ["menu", "extra"], ["ask", "a", "b"], ["--nothing"], ["chat", "-x"]],
)
def test_a_wrong_option_ends_with_2_and_says_how_it_is_used(words: list[str]) -> None:
    said = jiugai(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("usage: jiugai") and "Traceback" not in said.err


def test_ctrl_c_ends_quietly() -> None:
    with patch.object(look, "load", side_effect=KeyboardInterrupt):
        said = jiugai("menu")
    assert (said.code, said.out, said.err) == (130, "", "")


def test_a_fault_of_our_own_is_one_line_that_says_where_and_repeats_nobody() -> None:
    with patch.object(look, "load", side_effect=ZeroDivisionError("我妈住三楼")):
        said = jiugai("menu")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1 and "Traceback" not in said.err
    assert "ZeroDivisionError at bot/commands/look.py" in said.err and "我妈" not in said.err


@pytest.mark.skipif(os.name == "nt", reason="a reader that has gone is told otherwise on Windows")
@pytest.mark.parametrize("words", [["menu"], ["clauses", "--json"]], ids=["short", "long"])
def test_a_reader_that_has_gone_is_no_error(words: list[str]) -> None:
    """As in `jiugai menu | head -1`: what is short stands in the buffer until the end, what is long breaks before."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*PROGRAM, *words], stdout=writing, stderr=subprocess.PIPE, env=environment(), timeout=30)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_python_m_bot_is_jiugai_and_hands_its_exit_code_on() -> None:
    done = subprocess.run(
        [*PROGRAM, "clauses", "nothing"], capture_output=True, encoding="utf-8", env=environment(), timeout=30
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("jiugai: 没有这个编号的条款") and len(done.stderr.splitlines()) == 1
