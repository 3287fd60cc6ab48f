"""A closed ballot as files: all of them in a folder or one alone, whole or not at all, and noted in the audit."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.results import filing
from tests.bot.office.kit import data, refused
from tests.bot.office.kit import office as command
from tests.bot.rounds.kit import CLOSES, NOW, Office, at
from tests.kit import jiugai

FILES = ("public.jsonl", "result.csv", "result.xlsx", "notice.html", "result.svg", "result.png")


@pytest.fixture
def ann(office: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The office after the close, with whoever of the district sits at the command line."""
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    with at(monkeypatch, CLOSES + timedelta(hours=1)):
        yield office


@pytest.fixture
def ballot(ann: Office) -> str:
    """A ballot in which one agrees and one objects, not yet closed."""
    id = ann.opened(now=NOW)
    ann.vote(id, "s1", menu_13="for", menu_31="for")
    ann.vote(id, "s2", menu_13="object", menu_31="against")
    return id


def close(ballot: str) -> str:
    command("ballot", "close", ballot, "--yes")
    return ballot


def left(folder: Path) -> list[str]:
    """What an export left behind, the database apart."""
    return sorted(path.name for path in folder.iterdir() if "jiugai.db" not in path.name)


def test_a_folder_holds_every_file_and_all_tell_the_same(ann: Office, ballot: str, tmp_path: Path) -> None:
    close(ballot)
    told = command("export", ballot, "--folder", str(tmp_path / "结果"))
    folder = tmp_path / "结果"
    assert left(folder) == sorted(FILES) and left(tmp_path) == ["结果"]
    assert all(name.isascii() and f"{folder / name}\n" in told for name in FILES)
    assert told.index("只供街道办") < told.index("公示")
    head = data("ballot", "show", ballot)["head"]
    assert f"head {head}\n" in told and f"--head {head}" in told and "还没有核定" in told
    sheet = data("tally", ballot)
    verified = jiugai("verify", str(folder / "public.jsonl"), "--head", head, "--json")
    assert json.loads(verified.out)["ok"] is True
    rows = [*csv.DictReader(io.StringIO((folder / "result.csv").read_text("utf-8-sig"), newline=""))]
    assert [row["反对人数 · object heads"] for row in rows] == [
        str(count["object"]["heads"]) for count in sheet["counts"]
    ]
    assert [row["反对面积㎡ · object m²"] for row in rows] == [count["object"]["area"] for count in sheet["counts"]]
    book = openpyxl.load_workbook(folder / "result.xlsx")
    assert [row[5].value for row in book["反对与理由（仅限街道办）"].iter_rows(min_row=2)] == ["怕挡光"]
    assert "白云里小区" in (folder / "notice.html").read_text("utf-8")
    assert "月坛街道办事处" in (folder / "notice.html").read_text("utf-8")
    assert (folder / "result.png").read_bytes().startswith(b"\x89PNG")
    assert "怕挡光" not in "".join(
        (folder / name).read_text("utf-8") for name in FILES if not name.endswith(("xlsx", "png"))
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "html", "svg", "png"])
def test_a_file_alone_is_of_the_kind_that_its_name_says(ann: Office, ballot: str, tmp_path: Path, kind: str) -> None:
    close(ballot)
    file = tmp_path / f"一.{kind}"
    told = command("export", ballot, str(file))
    assert str(file) in told and filing.FILES[kind].what in told
    command("export", ballot, "--folder", str(tmp_path / "all"))
    if kind not in ("xlsx", "html"):  # a ZIP holds when it was made, and the notice is of the minute
        assert file.read_bytes() == (tmp_path / "all" / filing.FILES[kind].name).read_bytes()
    assert "已经有了" in refused("export", ballot, str(file))


def test_machines_are_told_where_each_file_stands(ann: Office, ballot: str, tmp_path: Path) -> None:
    close(ballot)
    found = data("export", ballot, "--folder", str(tmp_path / "all"))
    assert {Path(path).name for path in found["files"].values()} == set(FILES)
    assert found["files"]["png"] == str(tmp_path / "all" / "result.png")
    assert found["head"] == data("ballot", "show", ballot)["head"] and found["head_will_change"] is True
    command("ballot", "certify", ballot, "--yes")
    assert data("export", ballot, "--folder", str(tmp_path / "certified"))["head_will_change"] is False
    assert "还没有核定" not in command("export", ballot, "--folder", str(tmp_path / "again"))
    assert data("export", ballot, str(tmp_path / "一.svg")) == {"ballot": ballot, "file": str(tmp_path / "一.svg")}


@pytest.mark.parametrize("where", [["--folder", "all"], ["一.xlsx"], ["一.png"]])
def test_before_the_close_and_of_a_void_ballot_there_is_nothing(
    ann: Office, ballot: str, tmp_path: Path, monkeypatch: Any, where: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "还没有截止" in refused("export", ballot, *where)
    command("ballot", "void", ballot, "--because", "问错了", "--yes")
    assert "没有公开清单" in refused("export", ballot, *where)
    after = close(ann.opened(now=NOW))
    command("ballot", "void", after, "--because", "名册有误", "--yes")
    assert "单独导出" in refused("export", after, *where)
    assert left(tmp_path) == []
    command("export", after, "清单.jsonl")
    assert "没有找到" in refused("export", "00000000", *where)
    assert left(tmp_path) == ["清单.jsonl"]


def test_a_live_ballot_is_not_filed_before_its_close(ann: Office, tmp_path: Path) -> None:
    live = ann.opened(now=NOW, live=True, by_name=True)
    assert "还没有截止" in refused("export", live, "--folder", str(tmp_path / "all"))
    assert left(tmp_path) == []


def test_where_one_file_fails_none_is_left(ann: Office, ballot: str, tmp_path: Path, monkeypatch: Any) -> None:
    close(ballot)

    def broken(export: object) -> bytes:
        raise OSError(28, "No space left on device")

    files = {**filing.FILES, "png": filing.Filed("result", "png", "", broken)}
    monkeypatch.setattr("bot.commands.office.export.FILES", files)
    said = refused("export", ballot, "--folder", str(tmp_path / "all"))
    assert "写不了" in said and "No space left" in said
    assert left(tmp_path) == []


def test_nothing_is_written_over(ann: Office, ballot: str, tmp_path: Path) -> None:
    close(ballot)
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "mine").touch()
    lines = len(ann.audit())
    assert "已经有了" in refused("export", ballot, "--folder", str(tmp_path / "all"))
    assert left(tmp_path / "all") == ["mine"] and len(ann.audit()) == lines
    assert "写不了" in refused("export", ballot, "--folder", str(tmp_path / "none" / "all"))
    # A link that leads nowhere is something too.
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert "已经有了" in refused("export", ballot, "--folder", str(tmp_path / "link"))


def test_every_way_of_export_stands_in_the_audit(ann: Office, ballot: str, tmp_path: Path) -> None:
    refused("export", ballot, "--folder", str(tmp_path / "early"))
    close(ballot)
    for words in (["--folder", str(tmp_path / "all")], [str(tmp_path / "一.png")], [str(tmp_path / "一.jsonl")]):
        command("export", ballot, *words)
    noted = [(line.act, line.outcome, line.about) for line in ann.audit() if line.act.startswith("export")]
    assert sorted(noted) == sorted(
        [
            ("export", "done", ballot),
            ("export.files", "done", ballot),
            ("export.files", "done", ballot),
            ("export.files", "refused", ballot),
        ]
    )


@pytest.mark.parametrize("words", [[], ["一.jsonl", "--folder", "all"]])
def test_either_a_file_or_a_folder_is_named(ann: Office, words: list[str]) -> None:
    said = jiugai("office", "export", "1a2b3c4d", *words)
    assert said.code == 2 and "--folder" in said.err
