"""What a typed line is: a command, by whatever name, or a text as it came."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.events import Command, Text, typed


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/help", Command("help")),
        ("  /Help  ", Command("help")),
        ("／ｈｅｌｐ", Command("help")),
        ("/help@JiugaiBot", Command("help")),
        ("\ufeff/help", Command("help")),
        ("\u200b/ask 谁出钱", Command("ask", "谁出钱")),
        ("/chinese@JiugaiBot", Command("language", "zh")),
        ("/ask 我们楼能装电梯吗", Command("ask", "我们楼能装电梯吗")),
        ("/ask我们楼能装电梯吗", Command("ask", "我们楼能装电梯吗")),
        ("/ask@JiugaiBot\n谁出钱\n谁负责 ", Command("ask", "谁出钱\n谁负责")),
        ("/clause\u3000三（五）第３段", Command("clause", "三(五)第3段")),
        ("/start j_7K2M", Command("start", "j_7K2M")),
        ("/LANGUAGE EN", Command("language", "EN")),
        ("/语言 英文", Command("language", "英文")),
        ("/條款 三（五）", Command("clause", "三(五)")),
        ("/中文", Command("language", "zh")),
        ("/nothing of the kind", Command("nothing", "of the kind")),
        ("/", Command("")),
        ("//clause menu-13", Command("/clause", "menu-13")),
    ],
)
def test_a_line_with_a_slash_is_a_command(line: str, command: Command) -> None:
    assert typed(line) == command


@pytest.mark.parametrize(
    ("word", "command"),
    [
        *((word, Command("help")) for word in ("帮助", "幫助", " HELP ", "怎么用", "怎么用？", "ｈｅｌｐ")),
        ("语言", Command("language")),
        ("隐私", Command("privacy")),
        ("privacy", Command("privacy")),
        ("中文。", Command("language", "zh")),
        ("English", Command("language", "en")),
        ("条款", Command("clause")),
        ("开始", Command("start")),
    ],
)
def test_a_command_is_known_by_its_name_alone(word: str, command: Command) -> None:
    assert typed(word) == command


@pytest.mark.parametrize(
    "line", ["帮助我装电梯", "怎么用电梯", "help me", "隐私怎么办", "电梯/楼梯", "1/2的人同意", "", " ", "1", "？"]
)
def test_whatever_else_is_a_text_as_it_came(line: str) -> None:
    assert typed(line) == Text(line) and typed(line, edited=True) == Text(line, edited=True)


def test_a_command_may_be_an_edited_text_too() -> None:
    assert typed("/ask 谁出钱", edited=True) == Command("ask", "谁出钱", edited=True)
    assert typed("帮助", edited=True) == Command("help", edited=True)


@given(st.one_of(st.text(), st.text().map(lambda text: f"/{text}")))
@example("\ud800")
@example("/" + "9" * 10_000)
@example("/" + "a@" * 5_000)
def test_any_line_is_something(line: str) -> None:
    event = typed(line)
    if isinstance(event, Text):
        assert event == Text(line)
    else:
        assert event.name == event.name.lower() and event.rest == event.rest.strip()
