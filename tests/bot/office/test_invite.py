"""jiugai office invite: codes are issued together with the files that tell them, or not at all."""

import csv
import os
import re
import stat
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ballots.roll import Kind, Roll, Seat, Unit
from bot.office import codes, lists, sheets
from bot.office.invitations import Issued
from bot.store.key import key_of
from bot.store.office import Office
from bot.store.rolls import Place, Rolls
from bot.times import utc
from tests.bot.office.kit import data, done, office, refused, run
from tests.bot.office.town import COMPOUND, HOLDERS, Person, Town, committee
from tests.bot.store.kit import seen

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


def issue(town: Town, *words: str) -> tuple[str, ...]:
    return ("invite", "issue", town.compound, "committee", *words, "--as", town.near)


def cells(path: Path) -> list[list[str]]:
    """What stands in a workbook."""
    return [[str(cell.value) for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def open_codes(town: Town) -> int:
    return int(seen(town.path, "select count(*) from invitation where state = 'open'")[0][0])


def valid(town: Town, code: str) -> bool:
    kept = codes.keyed(codes.read(code) or "", key_of(town.path))
    return bool(seen(town.path, "select 1 from invitation where hash = ? and state = 'open'", kept))


def test_sheet_and_list_are_written_with_the_codes_in_them_and_no_code_is_shown(town: Town, tmp_path: Path) -> None:
    sheet, listed = tmp_path / "发码.html", tmp_path / "发码.xlsx"
    said = office(*issue(town, "--sheet", str(sheet), "--list", str(listed)))
    assert not CODE.search(said) and str(sheet) in said and str(listed) in said
    on_sheets = CODE.findall(sheet.read_text("utf-8"))
    rows = cells(listed)
    assert len(on_sheets) == 4 and [row[3] for row in rows[1:]] == on_sheets
    assert [row[2] for row in rows[1:]] == [*HOLDERS]
    assert all(valid(town, code) for code in on_sheets) and open_codes(town) == 4
    assert "绑定好了" in Person(town.path).joins(on_sheets[0])
    if os.name == "posix":
        assert stat.S_IMODE(sheet.stat().st_mode) == stat.S_IMODE(listed.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.endswith(".part")) == []


def test_no_cell_of_a_list_is_a_formula(town: Town, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.csv"):
        office(*issue(town, "--list", str(tmp_path / name), "--reissue"))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
    with open(tmp_path / "b.csv", encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    assert rows[4][2] == "'=1+1" and rows[3][2] == '<b>"牛"</b>'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_whatever_a_spreadsheet_runs_is_neutral_in_a_csv(tmp_path: Path, cell: str) -> None:
    lists.write(tmp_path / "x.csv", "csv", "表", ("h",), [(cell,)])
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as file:
        assert [*csv.reader(file)][1] == [f"'{cell}"]


def test_where_a_file_cannot_be_written_nothing_is_issued(town: Town, tmp_path: Path) -> None:
    there = tmp_path / "there.html"
    there.write_text("codes that are still good")
    for name in (there, tmp_path / "no folder" / "x.html", tmp_path / "x.pdf", tmp_path):
        refused(*issue(town, "--sheet", str(name)))
    refused(*issue(town, "--sheet", str(tmp_path / "ok.html"), "--list", str(tmp_path / "x.docx")))
    assert open_codes(town) == 0 and there.read_text() == "codes that are still good"
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".part", ".html")] == ["there.html"]


def test_a_disk_that_is_full_half_way_leaves_nothing(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.office.lists.write", full)
    said = refused(*issue(town, "--sheet", str(tmp_path / "a.html"), "--list", str(tmp_path / "b.csv")))
    assert "No space left" in said and open_codes(town) == 0
    assert [each for each in tmp_path.iterdir() if each.suffix in (".part", ".html", ".csv")] == []


def test_a_commit_that_fails_leaves_no_codes_on_paper(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store.dialect import Sqlite

    monkeypatch.setattr(Sqlite, "commit", lambda self: (_ for _ in ()).throw(OSError("power")))
    assert run(*issue(town, "--sheet", str(tmp_path / "a.html"))).code == 1
    monkeypatch.undo()
    monkeypatch.setenv("JIUGAI_DATABASE", str(town.path))
    assert open_codes(town) == 0 and not [*tmp_path.glob("*.html")] and not [*tmp_path.glob(".*.part")]


def test_where_a_file_cannot_take_its_place_after_the_commit_its_codes_are_not_lost(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("bot.commands.office.files.os.replace", fails)
    said = refused(*issue(town, "--sheet", str(tmp_path / "a.html")))
    (left,) = tmp_path.glob(".*.part")
    assert str(left) in said and len([code for code in CODE.findall(left.read_text("utf-8")) if valid(town, code)]) == 4


def test_one_code_may_be_shown_and_several_need_a_file(town: Town) -> None:
    assert "--sheet" in refused(*issue(town)) and open_codes(town) == 0
    said = office(*issue(town, "--seat", "2"))
    assert valid(town, CODE.findall(said)[0])
    made = data(*issue(town, "--reissue"))
    assert made["issued"] == 4 and all(valid(town, one["code"]) for one in made["codes"])


def test_codes_go_to_seats_without_one_and_in_place_of_unused_ones_only_when_asked(town: Town, tmp_path: Path) -> None:
    first = data(*issue(town, "--seat", "1"))["codes"][0]["code"]
    made = data(*issue(town))
    assert [one["seat"] for one in made["codes"]] == ["2", "3", "4"]
    assert "--reissue" in refused(*issue(town)) and valid(town, first)
    again = data(*issue(town, "--seat", "1", "--reissue"))["codes"][0]["code"]
    assert valid(town, again) and not valid(town, first)
    Person(town.path).joins(again)
    assert "seat release" in refused(*issue(town, "--seat", "1", "--reissue"))
    assert data(*issue(town, "--reissue"))["issued"] == 3
    assert "席位" in refused(*issue(town, "--seat", "99"))
    refused("invite", "issue", town.compound, "households", "--json", "--as", town.near)


def test_revoking_ends_unused_codes_and_asks_first(town: Town) -> None:
    data(*issue(town))
    words = ("invite", "revoke", town.compound, "committee", "--as", town.near)
    assert "--yes" in refused(*words) and open_codes(town) == 4
    assert data(*words, "--seat", "2", "--yes") == {"revoked": 1}
    assert data(*words, "--yes") == {"revoked": 3}
    refused(*words, "--yes")


def test_a_seat_is_named_as_the_list_shows_it_and_a_blank_name_does_not_mean_all(town: Town) -> None:
    words = (COMPOUND, "owners", "--as", town.near)
    listed = office("invite", "list", *words)
    assert "3号楼 1单元 101" in listed
    assert data("invite", "issue", *words, "--seat", "3号楼 1单元 101")["codes"][0]["seat"] == "b"
    assert data("invite", "issue", *words, "--seat", "3号楼/2单元/501")["codes"][0]["seat"] == "a"
    for blank in ("", " "):
        refused("invite", "revoke", *words, "--seat", blank, "--yes")
    assert open_codes(town) == 2
    assert data("invite", "revoke", *words, "--seat", "白云里小区业主 3号楼 1单元 101", "--yes") == {"revoked": 1}


def test_where_two_seats_are_called_alike_both_are_told_and_nothing_is_issued(town: Town) -> None:
    home = (Unit("3号楼", "2单元", "501"),)
    two = Roll(Kind.COMMITTEE, tuple(replace(seat, units=home) for seat in committee().seats[:2]))
    done(town.path, lambda tx: Rolls(tx.connection).replace(town.compound, committee(), two, utc()))
    said = refused(*issue(town, "--seat", "3号楼2单元501"))
    assert town.seat("1") in said and town.seat("2") in said and open_codes(town) == 0
    assert data(*issue(town, "--seat", town.seat("2")))["codes"][0]["seat"] == "2"
    assert data(*issue(town, "--seat", "第1席"))["codes"][0]["seat"] == "1"


def test_the_list_tells_how_far_each_seat_is_and_no_code(town: Town, tmp_path: Path) -> None:
    Person(town.path).joins(town.code("1"))
    town.code("2")
    words = ("invite", "list", town.compound, "committee", "--as", town.near)
    listed = data(*words)
    assert [one["state"] for one in listed["seats"]] == ["joined", "given", "none", "none"]
    assert listed["counts"] == {"none": 2, "given": 1, "joined": 1}
    said = office(*words)
    assert "王建国" in said and not CODE.search(said)
    office(*words, "--file", str(tmp_path / "x.xlsx"))
    rows = cells(tmp_path / "x.xlsx")
    assert [row[3].split(" ")[0] for row in rows[1:]] == ["已绑定", "已发码", "没有码", "没有码"]


def test_another_streets_compound_is_told_as_if_it_were_not_there(town: Town) -> None:
    foreign = refused("invite", "list", town.elsewhere, "committee", "--as", town.near)
    assert foreign == refused("invite", "list", "00000000", "committee", "--as", town.near)
    assert foreign == refused("invite", "list", "远山小区", "committee", "--as", town.near)
    assert office("invite", "list", "远山小区", "committee", "--as", town.far)


# ---- the sheets ------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser makes of a sheet: its tags, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def sheet(town: Town, bot: str = "", compound: str = "白云里小区", roll: Roll | None = None) -> str:
    code, of = codes.made(b"sixteen bytes .."), roll or committee()
    issued = [Issued(Place(f"id{seat.id}", town.compound, town.street, of.kind, seat), code) for seat in of.seats]
    return "".join(sheets.html(issued, compound, bot))


def test_a_sheet_stands_alone_and_has_a_page_for_each_seat(town: Town) -> None:
    html = sheet(town, "jiugai_bot")
    page = Page(html)
    assert [tag for tag, _ in page.tags].count("section") == 4 == [tag for tag, _ in page.tags].count("svg")
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", html) and "break-after: page" in html and "A4" in html
    assert page.text.count("王建国 收") == 1 and page.text.count("扫上面的方块") == 4
    # Three lines in each language.
    assert [tag for tag, _ in page.tags].count("li") == 4 * 3 * 2


def test_names_stand_on_a_sheet_as_text(town: Town) -> None:
    html = sheet(town, compound='<i>"院"</i>')
    page = Page(html)
    assert not {"b", "i"} & {tag for tag, _ in page.tags}
    assert '<b>"牛"</b> 收' in page.text and '<i>"院"</i>业主委员会第1席' in page.text


def test_the_square_holds_the_link_and_without_a_bots_name_there_is_none_nor_a_word_of_it(town: Town) -> None:
    import segno

    link = f"https://t.me/jiugai_bot?start=j_{codes.made(b'sixteen bytes ..').replace('-', '')}"
    wanted = segno.make(link, error="m", micro=False).svg_inline(scale=4, border=4, omitsize=True)
    assert sheet(town, "jiugai_bot").count(wanted) == 4
    without = Page(sheet(town))
    assert "svg" not in {tag for tag, _ in without.tags}
    assert not any(word in without.text for word in ("方块", "square", "要是没有问您", "If it does not ask"))
    assert [tag for tag, _ in without.tags].count("li") == 4 * 3 * 2


def test_what_has_many_letters_gets_smaller_ones_and_no_name_or_unit_is_broken(town: Town) -> None:
    holders = ("李娜", "陈明", "欧阳志远", "王芳", "司马相如", "阿依古丽·买买提艾力")
    unit = Unit("3号楼", "2单元", "501", 6000)
    few, many = Seat("a", holders[:1], (unit,)), Seat("b", holders * 9, (unit,))
    html = sheet(town, "jiugai_bot", roll=Roll(Kind.OWNERS, (few, many)))
    assert [of["class"] for tag, of in Page(html).tags if tag == "p" and "whose" in (of.get("class") or "")] == [
        "whose short",
        "whose longest",
    ]
    assert '<h1 class="short">白云里小区业主 <span class="piece">3号楼 2单元 501</span></h1>' in html
    assert '<span class="piece">欧阳志远、</span>' in html  # no line begins with what stands between two names
    assert f"{'、'.join(holders * 9)} 收" in Page(html).text
    long = sheet(town, "jiugai_bot", "很" * 60, Roll(Kind.OWNERS, (few,)))
    assert '<h1 class="long">' in long


def test_the_bots_name_is_given_or_remembered(town: Town, tmp_path: Path) -> None:
    for name, words in (("a.html", ("--bot", "@given_bot")), ("b.html", ("--bot", "https://t.me/given_bot"))):
        office(*issue(town, "--sheet", str(tmp_path / name), "--reissue", *words))
        assert "@given_bot" in (tmp_path / name).read_text("utf-8")
    refused(*issue(town, "--sheet", str(tmp_path / "c.html"), "--reissue", "--bot", "a b"))
    done(town.path, lambda tx: Office(tx.connection).set_bot("kept_bot", utc()))
    office(*issue(town, "--sheet", str(tmp_path / "d.html"), "--reissue"))
    assert "@kept_bot" in (tmp_path / "d.html").read_text("utf-8")


def test_a_seat_that_has_left_the_roll_gets_no_code(town: Town) -> None:
    before = committee()
    after = Roll(before.kind, before.seats[:2])
    done(town.path, lambda tx: Rolls(tx.connection).replace(town.compound, before, after, utc()))
    assert data(*issue(town))["issued"] == 2
