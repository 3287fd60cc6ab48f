"""docs/office.md keeps its word: its commands are run, in its order, over a database of the test's own."""

import json
import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest

from bot.times import beijing, utc
from tests.kit import ROOT, jiugai

PAGE = (ROOT / "docs" / "office.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|csv)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines()]


def said(*words: str) -> str:
    outcome = jiugai(*words)
    assert (outcome.code, outcome.err) == (0, ""), (words, outcome)
    return outcome.out


def staff() -> dict[str, str]:
    return {member["name"]: member["id"] for member in json.loads(said("office", "staff", "--json"))}


def test_every_command_of_the_page_runs_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, (_, block) in zip(("业主.csv", "委员.csv"), [b for b in BLOCKS if b[0] == "csv"], strict=True):
        Path(name).write_text(block, "gb18030")
    known = {f"12月{day}日18:00": f"{beijing(utc() + timedelta(day))}" for day in (1, 8)}  # never of another year
    shown: dict[str, str] = {}
    for line in COMMANDS:
        start, *words = shlex.split(line)
        assert start == "./run"
        out = shown[line] = said(*(known.get(word, word) for word in words))
        if words[:3] == ["office", "staff", "invite"]:
            (code,) = re.findall(r"\b(?:\w{4}-){2}\w{4}\b", out)
            assert "是您本人吗" in (chat := jiugai("chat", "--plain", "--lang", "zh", stdin=f"{code}\n是我\n").out), (
                chat
            )
            known |= {"FIRST": staff()["王建国"], "SECOND": staff()["李芳"]}
        elif words[:3] == ["office", "ballot", "draft"]:
            known["BALLOT"] = re.findall(r"jiugai office ballot open (\w+)", out)[0]
        elif words[:3] == ["office", "paper", "enter"]:
            known["RECEIPT"] = re.findall(r"receipt, .*: ([\w-]+)$", out, re.MULTILINE)[0]
        elif words[:2] == ["office", "export"] and not words[3].endswith(".png"):
            known["HEAD"] = re.findall(r"^head (\w{64})$", out, re.MULTILINE)[0]
    assert {"FIRST", "SECOND", "BALLOT", "RECEIPT", "HEAD"} <= set(known)
    verified = next(out for line, out in shown.items() if line.startswith("./run verify"))
    assert "menu-31 反对" in verified and "certified by 王建国" in verified
    table = re.findall(r"^\| (`[\w.]+`(?:, `[\w.]+`)*) \|", PAGE.split("### The files")[1], re.MULTILINE)
    assert {file.strip("` ") for row in table for file in row.split(",")} == {
        file.name for file in Path("白云里结果").iterdir()
    }
    sheet = Path("邀请.html").read_text("utf-8")
    assert sheet.count("<section>") == 3 and "张伟" in sheet


def test_the_page_and_the_readme_lead_to_each_other_and_to_what_is_protected() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "(docs/office.md)" in readme and "(docs/security.md)" in readme
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGE):
        assert (ROOT / "docs" / target).is_file(), target


def test_every_command_that_the_page_only_names_exists() -> None:
    named = [words.split() for words in re.findall(r"`\./run ([a-z ]+)[^`]*`", PAGE)]
    assert len(named) >= 4
    for words in named:
        assert jiugai(*words, "--help").code == 0, words
