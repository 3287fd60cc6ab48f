"""jiugai chat: by a pipe, and once in a real terminal."""

import io
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from bot import bootstrap
from bot.channels import console
from bot.store import Arrival, Store, StoreFault
from bot.times import utc
from dialogs.replies import Button, Line, Quote, Reply
from dialogs.wording import wording
from tests.kit import PROGRAM, environment, jiugai

LIFT = "「多层住宅楼房增设电梯等上下楼设施」"
WELCOME = wording("zh")("chat.welcome").strip()
LEAVE, BYE = (wording("zh")(f"console.{key}").strip() for key in ("leave", "bye"))


def is_welcome(said: str) -> bool:
    """The greeting, its buttons with their numbers, and how to leave."""
    *greeting, buttons, leave = said.splitlines()
    return "\n".join(greeting) == WELCOME and buttons.startswith("[1 ") and leave == LEAVE


def talk(*lines: str | bytes, options: tuple[str, ...] = ("--plain",)) -> list[str]:
    """What is said by the bot, message by message, when a pipe says these lines and ends."""
    stdin = b"".join((text.encode("utf-8") if isinstance(text, str) else text) + b"\n" for text in lines)
    said = jiugai("chat", *options, stdin=stdin)
    assert (said.code, said.err) == (0, "")
    return said.out.rstrip("\n").split("\n\n")


def test_it_welcomes_answers_and_takes_its_leave() -> None:
    welcome, answer, bye = talk("我们楼能装电梯吗", "/quit", "谁出钱")
    assert is_welcome(welcome) and bye == BYE
    lines = answer.splitlines()
    assert lines[1].startswith(LIFT)
    years = next(number for number, line in enumerate(lines) if "2018—2020" in line)
    assert lines[years + 1].startswith("[1 ") and "看原文全文]" in "".join(lines[years + 1 :])


def test_the_end_of_the_pipe_is_a_farewell_too() -> None:
    assert talk("谁出钱")[-1] == BYE
    welcome, bye = talk()
    assert is_welcome(welcome) and bye == BYE
    said = jiugai("chat", "--plain", stdin="谁出钱")  # no end of line either
    assert "原则上" in said.out and said.out.endswith(f"{BYE}\n")


@pytest.mark.parametrize("leave", ["/quit", "/exit", "退出", "  /QUIT  ", "/quit\r"])
def test_every_way_to_leave_ends_it(leave: str) -> None:
    assert talk(leave, "谁出钱") == talk()


def test_a_pipe_needs_no_option() -> None:
    assert talk("谁出钱", options=()) == talk("谁出钱")


def test_empty_lines_get_no_reply() -> None:
    assert talk("", "   ", "\u3000", "/quit") == talk()


def test_numbers_press_the_buttons_that_are_shown() -> None:
    _, first, second, third, _ = talk("我们楼能装电梯吗", "1", "99")
    assert "[1 谁出钱]" in first and "资金" in second and "2018—2020" not in second
    assert third == wording("zh")("chat.number_unknown")


def test_broken_bytes_are_passed_over_and_never_shown() -> None:
    _, broken, answer, _ = talk(b"\xff\xfe\xe4", b"\xff\xe7\x94 " + "我们楼能装电梯吗".encode())
    assert "\ufffd" not in broken and len(broken.splitlines()) <= 2
    assert LIFT in answer and "\ufffd" not in answer


def test_marks_and_controls_never_come_back() -> None:
    for said in talk("\x1b[31m<b>谁出钱</b>\x07", "\x1b]0;x\x07", "/\x1b[2J", "\x00"):
        assert not {"\x1b", "\x07", "<", "\x00"} & set(said)


def test_the_language_is_english_from_the_first_word_where_asked_for() -> None:
    welcome, answer, bye = talk("我们楼能装电梯吗", options=("--plain", "--lang", "en"))
    assert welcome.startswith(wording("en")("chat.welcome").strip()) and bye == wording("en")("console.bye")
    assert "optional" in answer and LIFT in answer


def test_each_reply_is_flushed_before_the_next_line_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    seen: list[str] = []

    def asking(_: object = None) -> Iterator[str]:
        for said in ("谁出钱", "/help"):
            seen.append(raw.getvalue().decode())
            yield said
        seen.append(raw.getvalue().decode())

    monkeypatch.setattr(console, "_lines_piped", asking)
    with closing(Store(tmp_path / "jiugai.db")) as store:
        console.chat(bootstrap.console(store, console.LOCAL), None, True, out)
    assert is_welcome(seen[0].strip()) and "原则上" in seen[1] and "/clause" in seen[2] and "/quit" in seen[2]


def test_a_reply_is_shown_with_its_buttons_numbered_below() -> None:
    quote = Quote("menu-13", "增设电梯", "菜单")
    buttons = (Button("谁出钱", "ask:who-pays"), Button("看原文全文", "clause:menu-13"))
    shown = console.shown(Reply((Line("能。", quote),), buttons))
    assert shown == "能。\n「增设电梯」 菜单\n[1 谁出钱]  [2 看原文全文]"
    assert console.shown(Reply((Line("能。"),))) == "能。"


def test_every_pipe_is_a_conversation_of_its_own() -> None:
    first = talk("谁出钱")[1]
    assert "2018—2020" in first and talk("谁出钱")[1] == first


def test_a_hundred_lines_are_answered_without_being_slowed() -> None:
    said = talk(*["谁出钱"] * 40)
    assert len(said) == 42 and not any(wording("zh")("chat.slow") in each for each in said)


# ---- what is kept --------------------------------------------------------------------------------------------------


def test_the_same_terminal_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "jiugai.db")) as store:
        bootstrap.console(store, console.LOCAL).say("我们楼能装电梯吗")
    with closing(Store(tmp_path / "jiugai.db")) as store:
        assert "没有写" in bootstrap.console(store, console.LOCAL).say("那多少钱")


def test_what_was_committed_before_the_terminal_was_gone_is_told_at_the_next_start(tmp_path: Path) -> None:
    line = json.dumps("谁出钱")
    with closing(Store(tmp_path / "jiugai.db")) as store:
        lost = Arrival(f"{console.CHANNEL}/1", console.CHANNEL, console.LOCAL, line)
        store.write(lambda tx: tx.inbox.add([lost], utc())).result()
    with closing(Store(tmp_path / "jiugai.db")) as store:
        out = io.StringIO()
        with patch.object(console, "_lines_piped", lambda: iter(["/quit"])):
            console.chat(bootstrap.console(store, console.LOCAL), None, True, out)
    told, welcome, _ = out.getvalue().split("\n\n")
    assert "原则上" in told and is_welcome(welcome)


def test_an_answer_counts_as_told_only_when_it_was_shown(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "jiugai.db")) as store:
        answer = bootstrap.console(store, console.LOCAL).say("谁出钱")  # the process ends before it is shown
    with closing(Store(tmp_path / "jiugai.db")) as store:
        again = bootstrap.console(store, console.LOCAL)
        assert again.heard() == answer
        again.told()
        assert again.heard() == ""


def test_nothing_of_what_was_said_is_left_in_the_file(tmp_path: Path) -> None:
    """Erased is overwritten: a file that is carried away tells nobody what residents asked or were told."""
    talk("我们楼三单元王大爷家能装电梯吗")
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"SQLite" in kept
    for words in ("王大爷", "多层住宅", "基础类"):
        assert words.encode() not in kept


def test_a_database_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("这不是数据库，只是一个文件。" * 100)
    monkeypatch.setenv("JIUGAI_DATABASE", str(tmp_path / "file"))
    said = jiugai("chat", stdin="谁出钱\n")
    assert (said.code, said.out) == (1, "") and len(said.err.splitlines()) == 1
    assert "JIUGAI_DATABASE" in said.err


def test_a_pipe_leaves_no_session_behind(tmp_path: Path) -> None:
    talk("谁出钱")
    with closing(Store(tmp_path / "jiugai.db")) as store:
        assert store.write(lambda tx: tx.connection.rows("select * from session")).result() == []


def test_a_line_that_cannot_be_kept_is_a_sentence_and_not_silence(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "jiugai.db")) as store:
        console_ = bootstrap.console(store, console.LOCAL)
        store.write(lambda tx: tx.connection.raw.execute("pragma max_page_count = 1").close()).result()  # type: ignore[attr-defined]
        with pytest.raises(StoreFault, match="磁盘满了"):
            for _ in range(50):
                console_.say("我们楼能装电梯吗" * 20)


# ---- a real terminal -----------------------------------------------------------------------------------------------

in_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are for POSIX")


class Terminal:
    """The chat in a pseudo-terminal: type into it, and wait for what it shows."""

    def __init__(self, home: Path) -> None:
        import pty
        import termios

        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, 120))
        # Nobody answers here when prompt_toolkit asks where the cursor is.
        env = environment(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", HOME=str(home))
        self.program = subprocess.Popen(
            [*PROGRAM, "chat"], stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=home, start_new_session=True
        )
        os.close(theirs)
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def wait_for(self, words: str, seconds: float = 15) -> str:
        """What was shown up to these words; what comes after them is for the next waiting."""
        deadline = time.monotonic() + seconds
        while words not in self.shown:
            if not select.select([self.ours], [], [], max(0, deadline - time.monotonic()))[0]:
                pytest.fail(f"waited for {words!r}, saw {self.shown!r}")
            try:
                self.shown += os.read(self.ours, 65536).decode("utf-8", "ignore")
            except OSError:  # how Linux tells that the other side has closed
                pytest.fail(f"it ended before {words!r}: {self.shown!r}")
        before, _, self.shown = self.shown.partition(words)
        return before

    def wait_for_prompt(self) -> None:
        self.wait_for("\x1b[?2004h")  # from here on it reads keys
        self.wait_for(console._PROMPT.strip())

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self.ours)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    try:
        yield opened
    finally:
        opened.close()


@in_a_terminal
def test_in_a_terminal_one_types_chinese_reads_the_quote_recalls_it_and_leaves(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait_for(WELCOME[:8])
    terminal.wait_for_prompt()
    terminal.type("我们楼能装电梯吗\r")
    terminal.wait_for(LIFT)
    terminal.wait_for("看原文全文]")
    terminal.wait_for_prompt()
    terminal.type("\x1b[A\r")  # arrow up: what one said before
    terminal.wait_for(LIFT)
    terminal.wait_for("看原文全文]")
    terminal.wait_for_prompt()
    terminal.type("/quit\r")
    terminal.wait_for(BYE)
    assert terminal.program.wait(10) == 0
    assert {file.name for file in tmp_path.iterdir()} == {"jiugai.db"}  # and no history of what residents ask


@in_a_terminal
@pytest.mark.parametrize("keys", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_in_a_terminal_ctrl_d_and_ctrl_c_on_an_empty_line_end_it_cleanly(terminal: Terminal, keys: str) -> None:
    terminal.wait_for_prompt()
    terminal.type(keys)
    before = terminal.wait_for(BYE)
    assert terminal.program.wait(10) == 0
    assert "Traceback" not in before


@in_a_terminal
def test_in_a_terminal_ctrl_c_drops_the_line_and_the_chat_goes_on(terminal: Terminal) -> None:
    terminal.wait_for_prompt()
    terminal.type("今天天气")
    terminal.wait_for("气")
    terminal.type("\x03")
    terminal.wait_for_prompt()
    terminal.type("谁出钱\r")
    terminal.wait_for("原则上")
    terminal.wait_for_prompt()
    terminal.type("\x04")
    terminal.wait_for(BYE)
    assert terminal.program.wait(10) == 0
