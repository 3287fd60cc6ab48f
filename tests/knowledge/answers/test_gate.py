"""The gate of evidence: what sounds like the policy and is not in it is never answered, and only the gate sees to that.

The gate are the strict asks, which only a point that tells such a thing may answer, the topics that the policy has no
word on, and the hunch that the text does not tell it. Without the three most of these questions are answered.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answers import Answered, Answerer, answerer
from knowledge.evaluation import Row, read
from knowledge.learnt import Hunches
from knowledge.library import Library
from tests.knowledge.answers.kit import LIBRARY

NEAR_MISSES = [
    # what it costs, and who gets money for it
    "加装一部电梯大概要花多少钱",
    "换一套隐形防护栏多少钱",
    "刷一遍外墙每平米收多少",
    "装电梯要是一楼不同意，给多少补偿",
    "拆护栏给赔钱吗",
    "补建的停车位每个月租金多少",
    "准物业的物业费一平米几块",
    "电梯的电费每户摊多少",
    "How much does an elevator cost per household?",
    "Is there compensation for removing the window bars?",
    "How much is the monthly rent of a new parking space?",
    # how many must agree
    "装电梯要多少户签字同意才行",
    "加装电梯是不是得三分之二业主同意",
    "What percentage of the owners must agree to the elevator?",
    # when, and for how long
    "电梯什么时候开始装",
    "我们院路灯几月份能修好",
    "外墙保温的工期要多长",
    "停车位哪天能划好",
    "业主委员会的主任任期几年",
    "2025年还给装电梯吗",
    "2023年的路灯改造谁出钱",
    "When will the potholes in our yard be repaired?",
    "How long will the insulation works take?",
    "Will solar panels still be added in 2026?",
    # whom to call, what to hand in, what one pays for refusing
    "区城市管理委的电话是多少",
    "整治办的联系方式给一下",
    "区重大办主任叫什么名字",
    "装电梯要交什么材料",
    "申请充电桩要填哪张表",
    "群租不清理罚多少钱",
    "开墙打洞的会被罚款吗",
    "What is the phone number of the street office?",
    "What form do I fill in to get a charging pile?",
    "What is the fine for group renting?",
    # elsewhere
    "朝阳区的老楼能装电梯吗",
    "海淀区的护栏拆不拆",
    "Can buildings in Chaoyang get an elevator?",
    # what exactly, how good, who of all
    "新换的水管保修几年",
    "电梯用什么牌子的",
    "充电桩用多大功率的",
    "电梯承重是多少公斤",
    "养老驿站几点开门",
    "停车位优先分给谁",
    "招标是哪家公司中的标",
    "加固期间住哪儿，给安排过渡房吗",
    "拆下来的旧护栏归谁",
    "Which brand of lift will be installed?",
    "How long is the warranty on the new pipes?",
    "What are the opening hours of the elderly care station?",
    "Who won the tender for the elevators?",
]


def without(strict: bool = True, elsewhere: bool = True) -> Library:
    """The library with its gate switched off, or one half of it."""
    asks = {key: replace(ask, strict=ask.strict and not strict) for key, ask in LIBRARY.asks.items()}
    kept = {key: c for key, c in LIBRARY.concepts.items() if not (elsewhere and c.kind == "elsewhere")}
    return replace(LIBRARY, asks=asks, concepts=kept)


def rounds() -> list[Row]:
    return read((Path(__file__).parents[2] / "questions" / "rounds.jsonl").read_text("utf-8"))


def falsely_answered(mind: Answerer) -> list[str]:
    return [question for question in NEAR_MISSES if isinstance(mind.answer(question), Answered)]


@pytest.mark.parametrize("question", NEAR_MISSES)
def test_what_only_sounds_like_the_policy_is_not_answered(question: str) -> None:
    answer = answerer().answer(question)
    assert not isinstance(answer, Answered), [point.quote for point in answer.points]


def test_without_the_gate_most_of_it_would_be_answered_falsely() -> None:
    assert len(falsely_answered(Answerer(without(), hunches=Hunches.none()))) > len(NEAR_MISSES) / 2


def test_hunches_alone_do_not_hold() -> None:
    assert falsely_answered(Answerer(without()))


def test_words_alone_do_not_hold() -> None:
    asked = [row.question for row in rounds() if row.expect == "abstain"][::4]
    by_words = Answerer(LIBRARY, hunches=Hunches.none())
    falsely = [
        sum(isinstance(mind.answer(question), Answered) for question in asked) for mind in (by_words, answerer())
    ]
    assert falsely[0] > 3 * falsely[1]


def test_both_halves_of_the_words_are_needed() -> None:
    none = Hunches.none()
    with_both = len(falsely_answered(Answerer(LIBRARY, hunches=none)))
    assert len(falsely_answered(Answerer(without(elsewhere=False), hunches=none))) > with_both
    assert len(falsely_answered(Answerer(without(strict=False), hunches=none))) > with_both


def test_the_gate_is_not_the_subject_of_the_questions() -> None:
    """What they are about is in the policy: with another ask the same things are answered."""
    for question in (
        "能装电梯吗",
        "护栏拆不拆",
        "路灯修不修",
        "补建停车位吗",
        "群租清理吗",
        "Will there be solar panels?",
    ):
        assert isinstance(answerer().answer(question), Answered), question
