"""The office's commands for ballots, as they are typed: a ballot from its draft to its public list."""

import json
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ballots.ledger import receipt_mark
from tests.bot.office.kit import data, refused, run
from tests.bot.office.kit import office as command
from tests.bot.rounds.kit import CLOSES, NOW, Office, at
from tests.kit import jiugai

PLACE = "白云里小区"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Any:
    with at(monkeypatch, NOW):
        yield


@pytest.fixture
def ann(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, with whoever of the district sits at the command line."""
    monkeypatch.setenv("JIUGAI_STAFF", office.ann)
    return office


def drafted(*more: str) -> str:
    found = data("ballot", "draft", PLACE, "owners", "--item", "menu-13", "--closes", "2026-03-16 09:00", *more)
    return str(found["id"])


def test_a_ballot_from_its_draft_to_its_public_list(ann: Office, tmp_path: Path, monkeypatch: Any) -> None:
    id = drafted("--item", "menu-31:shared-parts:小区", "--title", "三月征询")
    assert "三月征询" in command("ballot", "show", id) and "多层住宅楼房增设电梯等上下楼设施" in command(
        "ballot", "show", id
    )
    assert "进行中" in command("ballot", "open", id, "--yes")
    listed = command("ballot", "list").splitlines()
    assert listed[0].startswith("共1次") and id in listed[2] and "2026-03-16 09:00" in listed[2]

    entered = data("paper", "enter", id, "s1", "menu-13=反对：挡光", "menu-31=同意", "--collector", "小刘")
    assert "挡光" in command("paper", "list", id) and "小刘" in command("paper", "list", id)
    assert "另一位" in refused("paper", "confirm", id, "s1") or "换一位" in refused("paper", "confirm", id, "s1")
    confirmed = data("paper", "confirm", id, f"#{entered['seat']}", "--as", ann.bob)
    assert confirmed["receipt"] == entered["receipt"] and receipt_mark(entered["receipt"])
    assert data("turnout", id)["parts"][0] == {"area": "/", "seats": 6, "taken_part": 1}
    assert "17%" not in refused("tally", id) and "还没有截止" in refused("tally", id)

    assert "2026-03-17 09:00" in command("ballot", "extend", id, "3月17日9:00", "--because", "有几家出差")
    with at(monkeypatch, CLOSES + timedelta(days=1)):
        assert "已截止" in command("ballot", "close", id, "--yes")
        assert "已经截止" in refused("ballot", "close", id, "--yes")
        assert "安科" in command("ballot", "certify", id, "--yes")
    assert "已核定 · certified，安科" in command("tally", id)
    sheet = data("tally", id)
    assert (sheet["final"], sheet["ways"], sheet["certified_by"]) == (
        True,
        {"online": 0, "paper": 1, "proxy": 0},
        "安科",
    )
    assert [count["object"]["heads"] for count in sheet["counts"]] == [1, 0, 0]
    assert "挡光" in command("objections", id)
    assert data("objections", id)["objections"][0]["reason"] == "挡光"

    file = tmp_path / "清单.jsonl"
    told = command("export", id, str(file))
    (head,) = re.findall(r"^head ([0-9a-f]{64})", told, re.MULTILINE)
    verified = jiugai("verify", str(file), "--head", head, "--receipt", entered["receipt"], "--json")
    found = json.loads(verified.out)
    assert (verified.code, found["ok"], found["state"]) == (0, True, "certified")
    assert "counts" in found["receipts"][entered["receipt"]][0]["fate"]
    counted = {(c["item"], c["place"]): c["object"]["heads"] for c in found["counts"]}
    assert counted == {(c["item"], c["area"]): c["object"]["heads"] for c in sheet["counts"]}
    assert "已经有了" in refused("export", id, str(file))
    assert data("ballot", "show", id)["head"] == head


def test_a_list_that_is_not_certified_yet_is_told_to_change(ann: Office, tmp_path: Path, monkeypatch: Any) -> None:
    id = drafted()
    command("ballot", "open", id, "--yes")
    command("ballot", "close", id, "--because", "都投完了", "--yes")
    first = command("export", id, str(tmp_path / "1.jsonl"))
    assert "核定以后 head 会变" in first and "not certified yet" in first
    before = data("export", id, str(tmp_path / "2.jsonl"))
    command("ballot", "certify", id, "--yes")
    last = command("export", id, str(tmp_path / "3.jsonl"))
    assert "核定" not in last and "certified" not in last
    after = data("export", id, str(tmp_path / "4.jsonl"))
    assert (before["head_will_change"], after["head_will_change"]) == (True, False) and before["head"] != after["head"]


def test_the_tally_and_the_public_list_use_the_same_word(ann: Office, tmp_path: Path) -> None:
    id = drafted("--item", "menu-31:shared-parts:小区")
    command("ballot", "open", id, "--yes")
    for number in range(1, 7):
        ann.vote(id, f"s{number}", now=NOW, menu_13="for" if number > 3 else "against", menu_31="for")
    command("ballot", "close", id, "--because", "都投完了", "--yes")
    tally = command("tally", id)
    command("export", id, str(tmp_path / "1.jsonl"))
    verified = jiugai("verify", str(tmp_path / "1.jsonl")).out
    for said in (tally, verified):
        assert "未达到" in said and "not reached" in said and "通过" not in said and "passed" not in said
        assert [word for word in said.replace("·", "").split() if word == "达到"]


def test_what_cannot_be_undone_is_asked_about_first(ann: Office) -> None:
    id = drafted()
    for words in (["open", id], ["drop", id]):
        assert "--yes" in refused("ballot", *words)
    command("ballot", "open", id, "--yes")
    for words in (["close", id, "--because", "完了"], ["certify", id], ["void", id, "--because", "算了"]):
        assert "--yes" in refused("ballot", *words)
    assert ann.kinds(id) == []


def test_a_draft_is_changed_scheduled_and_dropped(ann: Office) -> None:
    id = drafted("--opens", "2026-03-05 08:00")
    changed = data("ballot", "change", id, "--item", "all", "--by-name", "--proxies", "0")
    assert (len(changed["items"]), changed["by_name"], changed["proxies"]) == (8, True, 0)
    assert "2026-03-05 08:00" in command("ballot", "open", id, "--at-opening")
    assert data("ballot", "show", id)["scheduled"] is True and "到时自动开始" in command("ballot", "list")
    command("ballot", "open", id, "--cancel")
    assert data("ballot", "show", id)["scheduled"] is False
    assert "还没有开始" in refused("ballot", "open", id, "--yes")
    command("ballot", "drop", id, "--yes")
    assert data("ballot", "list") == []


def test_a_draft_shows_by_which_shares_it_would_count(ann: Office) -> None:
    id = drafted()
    assert "参加≥2/3，参加者同意≥3/4；《民法典》第二百七十八条" in command("ballot", "show", id)
    assert "手册" in command("ballot", "change", id, "--handbook") and "手册" in command("ballot", "show", id)
    assert "手册" not in command("ballot", "change", id, "--no-handbook")
    words = ("ballot", "draft", PLACE, "委员会", "--item", "menu-16", "--closes", "3月16日9:00")
    assert "全体同意≥2/3；本次征询自定的规则" in command(*words, "--quorum", "none", "--agree", "2/3")


def test_what_a_draft_was_given_can_be_taken_back(ann: Office) -> None:
    id = drafted("--live")
    assert (data("ballot", "show", id)["by_name"], data("ballot", "show", id)["live"]) == (True, True)
    assert "必须记名" in refused("ballot", "change", id, "--no-by-name")
    changed = data("ballot", "change", id, "--no-live")
    assert (changed["by_name"], changed["live"]) == (True, False)
    assert data("ballot", "change", id, "--no-by-name")["by_name"] is False


def test_a_change_of_nothing_is_refused_and_leaves_the_clock_its_work(ann: Office) -> None:
    id = drafted("--opens", "2026-03-05 08:00")
    command("ballot", "open", id, "--at-opening")
    assert "请写明改什么" in refused("ballot", "change", id)
    assert data("ballot", "show", id)["scheduled"] is True


def test_a_correction_tells_how_the_item_reads_now(ann: Office) -> None:
    id = drafted()
    command("ballot", "open", id, "--yes")
    words = ("ballot", "correct", id, "MENU-13", "--because", "写错了", "--yes")
    said = command(*words, "--class", "使用维修资金", "--zh", "给楼装电梯")
    assert "给楼装电梯" in said and "使用维修资金" in said and "参加者同意>1/2" in said
    assert data(*words, "--class", "Rebuilding")["items"][0]["matter"] == "rebuilding"
    wrong = refused(*words, "--class", "城堡")
    assert "没有“城堡”这一类" in wrong and "using-fund 使用维修资金" in wrong and "menu-13:" not in wrong


@pytest.mark.parametrize(
    ("typed", "done"), [("y\n", True), ("是\n", True), ("n\n", False), ("\n", False), ("也许\n", False), ("", False)]
)
def test_in_a_terminal_it_is_asked_and_only_yes_is_yes(
    ann: Office, monkeypatch: pytest.MonkeyPatch, typed: str, done: bool
) -> None:
    id = drafted()
    monkeypatch.setattr("bot.commands.office.sure.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    said = run("ballot", "drop", id, stdin=typed)
    assert f"扔掉草稿 {id}，不能撤回。确定吗？" in said.out and "[y/N" in said.out
    assert (said.code, said.err) == ((0, "") if done else (1, "jiugai: 没有办。 Nothing was done.\n"))
    assert data("ballot", "list") == [] if done else data("ballot", "show", id)


def test_an_opening_can_be_brought_forward(ann: Office) -> None:
    id = drafted("--opens", "2026-03-05 08:00")
    assert data("ballot", "open", id, "--now", "--yes")["opens"] == "2026-03-02T01:00:00Z"
    assert "只能写一个" in refused("ballot", "open", id, "--now", "--cancel")


def test_a_committee_has_its_own_rule_in_a_clear_form(ann: Office) -> None:
    words = ("ballot", "draft", PLACE, "委员会", "--item", "menu-16", "--closes", "3月16日9:00")
    found = data(*words, "--quorum", "none", "--agree", "2/3", "--of", "taking-part")
    assert found["rule"] == {"quorum": None, "agree": "2/3", "of": "taking-part"} and found["roll"] == "committee"
    assert data(*words)["rule"] is None
    assert "比例要写成" in refused(*words, "--agree", "most")
    assert "业主征询按法律" in refused(*(word.replace("委员会", "owners") for word in words), "--agree", "2/3")


def test_the_items_that_can_be_asked_have_suggested_classes(ann: Office) -> None:
    found = data("ballot", "items")
    assert len(found) == 8 and found[0]["id"] == "menu-13" and found[0]["class"] == "rebuilding"
    assert "屋顶美化" in command("ballot", "items") and "raising-fund" in command("ballot", "items")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--item", "menu-99"], "没有 menu-99"),
        (["--item", "menu-1"], "基础类"),
        (["--item", "menu-13:castle"], "看不懂事项"),
        (["--item", "menu-13:other:street"], "看不懂事项"),
        (["--item", "menu-13@9号楼/1单元"], "/9号楼/1单元"),
        (["--item", "@"], "看不懂事项"),
        (["--item", "\x1b[2J"], "<U+001B>"),
        (["--item", "menu-13", "--opens", "明天"], "看不懂时间"),
        (["--item", "menu-13", "--proxies", "-1"], "不能是负数"),
        ([], "--item"),
    ],
)
def test_what_cannot_be_drafted_is_one_sentence(ann: Office, words: list[str], part: str) -> None:
    said = refused("ballot", "draft", PLACE, "owners", "--closes", "2026-03-16 09:00", *words)
    assert part in said and "\x1b" not in said
    assert data("ballot", "list") == []


def test_what_is_not_there_is_one_sentence(ann: Office) -> None:
    for words in (
        ["ballot", "show", "00000000"],
        ["ballot", "open", "00000000", "--yes"],
        ["ballot", "draft", "无名小区", "owners", "--item", "menu-13", "--closes", "3月16日9:00"],
        ["turnout", "00000000"],
        ["tally", "x" * 1000],
        ["paper", "enter", "", "s1", "menu-13=同意", "--collector", "刘"],
        ["proxy", "appoint", "00000000", "s1", "--holder", "李四"],
        ["export", "00000000", "list.jsonl"],
    ):
        assert "没有找到" in refused(*words)
    assert not Path("list.jsonl").exists()


@pytest.mark.parametrize("said", ["menu-13", "menu-13=也许", "=同意", "menu-13=", "同意"])
def test_a_form_that_cannot_be_read_is_one_sentence(ann: Office, said: str) -> None:
    id = drafted()
    command("ballot", "open", id, "--yes")
    assert "看不懂" in refused("paper", "enter", id, "s1", said, "--collector", "小刘")
    assert "两次" in refused("paper", "enter", id, "s1", "menu-13=同意", "menu-13=弃权", "--collector", "小刘")
    assert ann.kinds(id) == []


def test_proxies_are_recorded_and_taken_back(ann: Office) -> None:
    id = drafted("--proxies", "1")
    command("ballot", "open", id, "--yes")
    assert "没有绑定账号" not in command("proxy", "appoint", id, "s1", "--holder", "李四")
    assert "最多受托1席" in refused("proxy", "appoint", id, "s2", "--holder", "李四")
    assert data("proxy", "revoke", id, "s1")["key"] == "s1"


def test_decline_and_decide_say_what_they_did(ann: Office) -> None:
    id = drafted()
    command("ballot", "open", id, "--yes")
    command("paper", "enter", id, "s1", "menu-13=弃权", "--collector", "小刘")
    assert "退回了" in command("paper", "decline", id, "s1", "--because", "录错了")
    command("paper", "enter", id, "s1", "menu-13=for", "--collector", "小刘")
    assert "决定了" in command("paper", "decide", id, "s1", "online", "--because", "本人要求")
    assert data("paper", "list", id) == []


def test_a_list_that_cannot_be_written_is_one_sentence_and_nothing_is_left(ann: Office, tmp_path: Path) -> None:
    id = drafted()
    command("ballot", "open", id, "--yes")
    file = tmp_path / "list.jsonl"
    assert "还没有截止" in refused("export", id, str(file))
    command("ballot", "void", id, "--because", "问错了", "--yes")
    assert "没有公开清单" in refused("export", id, str(file))
    assert refused("export", id, str(tmp_path / "none" / "list.jsonl"))
    assert ".jsonl" in refused("export", id, str(tmp_path / "list.txt"))
    assert [each.name for each in tmp_path.iterdir() if "list" in each.name] == []


def test_staff_of_another_street_are_told_the_same_as_of_nothing(ann: Office) -> None:
    id = drafted()
    assert refused("ballot", "show", id, "--as", ann.eve) == refused("ballot", "show", "00000000", "--as", ann.eve)
    assert data("ballot", "list", "--as", ann.eve) == []


def test_help_has_examples(ann: Office) -> None:
    for words in (["ballot"], ["turnout"], ["paper"], ["proxy"], ["tally"], ["objections"], ["export"], ["demo"]):
        said = run(*words, "--help")
        assert said.code == 0 and "例 / examples" in said.out


def test_the_end_of_a_ledger_is_told_of_no_ballot_that_was_never_closed(ann: Office) -> None:
    id = ann.opened()
    for _ in range(2):
        found = data("ballot", "show", id)
        assert (found["head"], found["lines"]) == (None, None)
        run("ballot", "void", id, "--because", "问错了", "--yes")
    other = ann.opened()
    command("ballot", "close", other, "--because", "都投完了", "--yes")
    command("ballot", "void", other, "--because", "问错了", "--yes")
    assert data("ballot", "show", other)["head"] == ann.record(other).head.hash
