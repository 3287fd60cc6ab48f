"""jiugai office street, compound and roll: what they say, and what they refuse."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from ballots.draft import BEIJING
from bot.times import utc
from tests.bot.office.kit import data, office, refused, run
from tests.bot.rolls.kit import HEADS, table

ROWS = (("3号楼", "1单元", "101", "张三、李四", "56.78"), ("3号楼", "1单元", "102", "𠮷三", "60"))


@pytest.fixture(autouse=True)
def district(path: Path) -> str:
    """The office has begun; the first of its staff is of the district."""
    office("init", "王科")
    (staff,) = data("staff")
    return str(staff["id"])


@pytest.fixture
def compound() -> str:
    return str(data("compound", "add", "白云里", "--street", "广安门外")["id"])


@pytest.fixture
def roll(tmp_path: Path) -> str:
    file = tmp_path / "业主.csv"
    file.write_bytes(table(*ROWS).encode("gb18030"))
    return str(file)


def holders(compound: str) -> list[list[str]]:
    return [seat["holders"] for seat in data("roll", "show", compound, "owners")]


# ---- streets ---------------------------------------------------------------------------------------------------------


def test_streets_are_listed_added_renamed_and_removed() -> None:
    assert len(data("street", "list")) == 15 and "广安门外街道" in office("street", "list")
    street = data("street", "add", "金中都街道")
    assert "中都街道" in office("street", "rename", street["id"], "中都街道")
    assert "中都街道" in office("street", "remove", "中都", "--yes")
    assert len(data("street", "list")) == 15


@pytest.mark.parametrize(
    "words",
    [
        ["add", "德胜街道"],
        ["add", " "],
        ["rename", "没有这条", "新街道"],
        ["remove", "没有这条", "--yes"],
        ["remove", "德胜"],
    ],
)
def test_what_cannot_be_done_to_a_street_is_one_sentence(words: list[str]) -> None:
    refused("street", *words)
    assert len(data("street", "list")) == 15


# ---- compounds -------------------------------------------------------------------------------------------------------


def test_a_compound_is_set_up_and_its_page_shows_all_of_it(compound: str, roll: str) -> None:
    office("compound", "works", "白云里", "under-way", "--said", "区住建委", "--on", "2026-03-05")
    office("roll", "import", "白云里", "owners", roll, "--yes")
    said = office("compound", "show", "白云里")
    for word in ("广安门外街道", "under way", "2026-03-05", "区住建委", "1栋楼", "116.78"):
        assert word in said
    page = data("compound", "show", compound)
    assert page["rolls"]["owners"] == {"seats": 2, "units": 2, "area": "116.78", "codes_out": 0, "joined": 0}
    assert (page["works"], page["works_said"], page["works_on"]) == ("under-way", "区住建委", "2026-03-05")
    assert page["ballots"] == [] and (page["buildings"], page["stairwells"], page["units"]) == (1, 1, 2)


def test_compounds_are_listed_by_street_renamed_and_removed(compound: str) -> None:
    other = data("compound", "add", "红云里", "--street", "月坛街道")
    assert len(data("compound", "list")) == 2
    assert [each["id"] for each in data("compound", "list", "--street", "月坛")] == [other["id"]]
    office("compound", "rename", "红云里", "绿云里")
    assert "绿云里" in office("compound", "list") and "红云里" not in office("compound", "list")
    office("compound", "remove", "绿云里", "--yes")
    assert [each["id"] for each in data("compound", "list")] == [compound]


def test_works_are_recorded_for_today_where_no_day_is_given(compound: str) -> None:
    before = utc().astimezone(BEIJING).date()
    on = data("compound", "works", compound, "done", "--said", "街道办")["works_on"]
    assert on in {str(before), str(before + timedelta(days=1))}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "无街道"],
        ["add", "无街道", "--street", "没有这条"],
        ["add", "白云里", "--street", "广安门外"],
        ["show", "没有这个"],
        ["rename", "没有这个", "新"],
        ["rename", "白云里", "\t"],
        ["remove", "白云里"],
        ["list", "--street", "没有这条"],
        ["works", "白云里", "done", "--said", " "],
        ["works", "白云里", "done", "--said", "我", "--on", "三月"],
        ["works", "白云里", "done", "--said", "我", "--on", "2999-01-01"],
    ],
)
def test_what_cannot_be_done_to_a_compound_is_one_sentence_and_changes_nothing(compound: str, words: list[str]) -> None:
    before = data("compound", "list")
    refused("compound", *words)
    assert data("compound", "list") == before


def test_a_name_of_several_compounds_is_answered_with_their_ids(compound: str) -> None:
    other = data("compound", "add", "白云里", "--street", "月坛")["id"]
    said = refused("compound", "show", "白云里")
    assert compound in said and other in said and "月坛街道" in said
    assert data("compound", "show", other)["id"] == other


# ---- rolls -----------------------------------------------------------------------------------------------------------


def test_a_dry_run_shows_what_would_change_and_changes_nothing(compound: str, roll: str) -> None:
    said = office("roll", "import", "白云里", "owners", roll, "--dry-run")
    assert re.search(r"added +2", said) and "什么都没有改" in said and "国标" in said
    told = data("roll", "import", "白云里", "owners", roll, "--dry-run")
    assert (told["added"], told["imported"]) == (2, False) and told["notes"][0]["what"] == "gb18030"
    assert holders(compound) == []


def test_a_summary_has_no_line_for_what_does_not_happen_and_is_worded_by_kind(
    compound: str, roll: str, tmp_path: Path
) -> None:
    said = office("roll", "import", "白云里", "owners", roll, "--yes")
    assert "增加" in said and not re.search(r"职务|posts|减去|换了|不变| 0$", said, re.MULTILINE)
    file = tmp_path / "新.csv"
    file.write_text(table(("3号楼", "1单元", "101", "王五", "56.78"), ROWS[1]), "utf-8")
    said = office("roll", "import", "白云里", "owners", str(file), "--dry-run")
    assert "换了业主" in said and "不变" in said and "增加" not in said and "减去" not in said
    asked = run("roll", "import", "白云里", "owners", str(file)).err
    assert "改1席" in asked and "0席" not in asked and "changed: 1" in asked and "added" not in asked
    for post in ("主任", "委员"):
        file.write_text(f"委员,职务\n甲,{post}\n", "utf-8")
        said = office("roll", "import", "白云里", "committee", str(file), "--yes")
    assert "职务有改" in said and "增加" not in said
    file.write_text("委员,职务\n甲,主任\n", "utf-8")
    assert "改职务1席" in run("roll", "import", "白云里", "committee", str(file)).err


def test_an_import_asks_first_and_with_yes_it_does_not(compound: str, roll: str) -> None:
    said = run("roll", "import", "白云里", "owners", roll)
    assert said.code == 1 and "--yes" in said.err and holders(compound) == []
    office("roll", "import", "白云里", "owners", roll, "--yes")
    assert holders(compound) == [["张三", "李四"], ["𠮷三"]]
    assert "没有要改的" in office("roll", "import", "白云里", "owners", roll)


def test_a_second_import_shows_what_comes_goes_and_changes(compound: str, roll: str, tmp_path: Path) -> None:
    office("roll", "import", "白云里", "owners", roll, "--yes")
    file = tmp_path / "新.csv"
    file.write_text(table(("3号楼", "1单元", "101", "张三", "56.78"), ("5号楼", "1单元", "1", "王五", "40")), "utf-8")
    said = office("roll", "import", "白云里", "owners", str(file), "--dry-run")
    assert "- 3号楼 1单元 102" in said and "+ 5号楼 1单元 1" in said and "~ 3号楼 1单元 101" in said
    told = data("roll", "import", "白云里", "owners", str(file), "--yes")
    assert [told[key] for key in ("added", "removed", "changed", "other_holders", "same")] == [1, 1, 1, 1, 0]
    assert told["imported"] and holders(compound) == [["张三"], ["王五"]]


def test_faults_are_listed_with_their_lines_and_nothing_is_changed(compound: str, tmp_path: Path) -> None:
    file = tmp_path / "错.csv"
    file.write_text(table(ROWS[0], ROWS[0], ("3号楼", "", "103", "王\x1b五", "-3"), heads=HEADS), "utf-8")
    said = run("roll", "import", "白云里", "owners", str(file), "--yes")
    assert said.code == 1 and len(said.err.splitlines()) == 1 and "4" in said.err
    lines = said.out.splitlines()
    assert [line.split("：")[0] for line in lines] == ["第3行 房号", "第4行 业主", "第4行 单元", "第4行 建筑面积"]
    assert "\x1b" not in said.out and "<U+001B>" in lines[1] and "第2行" in lines[0] and "line 2" in lines[0]
    told = run("roll", "import", "白云里", "owners", str(file), "--json")
    assert told.code == 1 and [fault["line"] for fault in json.loads(told.out)["faults"]] == [3, 4, 4, 4]
    assert holders(compound) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["owners", "households", "committee"])
def test_what_is_exported_is_the_same_roll_when_it_comes_back(
    compound: str, tmp_path: Path, kind: str, form: str
) -> None:
    heads = {"owners": HEADS, "households": (*HEADS[:3], "户主"), "committee": ("姓名", "职务")}[kind]
    rows = [("甲", "主任"), ("乙", "")] if kind == "committee" else [row[: len(heads)] for row in ROWS]
    file, out = tmp_path / "in.csv", tmp_path / f"out.{form}"
    file.write_text(table(*rows, heads=heads), "utf-8")
    office("roll", "import", "白云里", kind, str(file), "--yes")
    before = data("roll", "show", "白云里", kind)
    office("roll", "export", "白云里", kind, str(out))
    assert (out.stat().st_mode & 0o077) == 0, "personal data is for this user alone"
    told = data("roll", "import", "白云里", kind, str(out))
    assert (told["same"], told["posts"], told["added"], told["changed"]) == (2, 0, 0, 0)
    assert data("roll", "show", "白云里", kind) == before
    refused("roll", "export", "白云里", kind, str(out))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_written_without_any_office(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"空表.{form}"
    assert str(file) in office("roll", "template", "owners", str(file))
    assert file.stat().st_size > 50


@pytest.mark.parametrize(
    "words",
    [
        ["import", "没有这个", "owners", "ROLL", "--yes"],
        ["import", "白云里", "owners", "没有这个.csv", "--yes"],
        ["import", "白云里", "owners", "FOLDER", "--yes"],
        ["show", "没有这个", "owners"],
        ["export", "白云里", "owners", "FOLDER/a.csv"],
        ["export", "白云里", "owners", "FOLDER/a.pdf"],
        ["template", "owners", "FOLDER/没有/a.csv"],
        ["template", "owners", "FOLDER/a"],
    ],
)
def test_what_cannot_be_done_to_a_roll_is_one_sentence(
    compound: str, roll: str, tmp_path: Path, words: list[str]
) -> None:
    given = [word.replace("FOLDER", str(tmp_path)).replace("ROLL", roll) for word in words]
    said = run("roll", *given)
    assert said.code == 1 and len(said.err.splitlines()) == 1 and "程序出错" not in said.err
    assert holders(compound) == [] and not list(tmp_path.glob("*.part"))


def test_names_are_shown_as_they_are(compound: str, tmp_path: Path) -> None:
    file = tmp_path / "名.csv"
    names = ["=1+1", "<b>张三</b>", 'a"b', "😀", "㛃𠮷"]
    file.write_text(table(*((*ROWS[0][:2], str(n), name, "50") for n, name in enumerate(names))), "utf-8")
    office("roll", "import", "白云里", "owners", str(file), "--yes")
    said = office("roll", "show", "白云里", "owners")
    assert all(name in said for name in names) and holders(compound) == [[name] for name in names]


# ---- whoever acts ----------------------------------------------------------------------------------------------------


def test_staff_of_another_street_are_told_that_there_is_no_such_thing(
    compound: str, roll: str, district: str, path: Path
) -> None:
    from bot.store.book import Book
    from bot.store.staff import StaffList
    from tests.bot.office.kit import done

    def add(street: str) -> str:
        def job(tx: object) -> str:
            connection = tx.connection  # type: ignore[attr-defined]
            found = Book(connection).street(street)
            assert found is not None
            return StaffList(connection).add("李芳", "street", found.id, "active", f"hash {street}", utc()).id

        return done(path, job)

    own, other = add("广安门外街道"), add("牛街街道")
    same = refused("compound", "show", "没有这个", "--as", other)
    for words in (
        ["compound", "show", compound],
        ["compound", "show", "白云里"],
        ["compound", "works", "白云里", "done", "--said", "我"],
        ["roll", "show", compound, "owners"],
        ["roll", "import", "白云里", "owners", roll, "--yes"],
    ):
        assert refused(*words, "--as", other) == same
    office("roll", "import", "白云里", "owners", roll, "--yes", "--as", own)
    assert data("compound", "add", "红云里", "--as", own)["name"] == "红云里"
    assert len(data("compound", "list", "--as", other)) == 0 and len(data("compound", "list", "--as", district)) == 2
    refused("street", "add", "新街道", "--as", own)


def test_no_name_that_was_typed_stands_in_the_audit(compound: str, roll: str) -> None:
    office("roll", "import", "白云里", "owners", roll, "--yes")
    refused("compound", "show", "张三家")
    said = office("audit")
    assert "roll.import" in said and "张三" not in said and "白云里" not in said
