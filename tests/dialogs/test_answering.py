"""What the office has taught is looked up where the text does not say, and only there."""

import pytest

from dialogs.desk import Nobody
from dialogs.events import typed
from dialogs.sessions import Session
from dialogs.wording import wording
from tests.dialogs.kit import CONVERSATION


class Teacher(Nobody):
    """An office that has the same clause for whatever it is asked."""

    def __init__(self) -> None:
        self.asked_for: list[str] = []

    def taught(self, question_folded: str) -> str | None:
        self.asked_for.append(question_folded)
        return "s4-2-p1"


@pytest.mark.parametrize("question", ["加一部电梯得花多少钱", "青蛙的耳朵在哪里"])
def test_what_the_text_does_not_say_is_looked_up(question: str) -> None:
    desk = Teacher()
    reply, _ = CONVERSATION.hear(typed(question), Session(), desk)
    assert reply and reply.lines[0].text == wording("zh")("office.taught") and desk.asked_for == [question]


@pytest.mark.parametrize(
    "said",
    [
        "我们楼能装电梯吗",
        "我们小区能整治吗",
        "你个傻子",
        "我不想活了",
        "你好",
        "谢谢",
        "今天天气怎么样",
        "海淀的小区能改吗",
        "？",
    ],
)
def test_what_is_told_or_no_question_of_the_plan_is_not(said: str) -> None:
    desk = Teacher()
    plain, _ = CONVERSATION.hear(typed(said), Session())
    assert CONVERSATION.hear(typed(said), Session(), desk)[0] == plain and desk.asked_for == []
