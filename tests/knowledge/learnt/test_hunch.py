"""Hunches, held against the sum that they are, and the package's weights against the library that they are for."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import Answered, Answerer, NotCovered, answerer
from knowledge.answers.cutoffs import LEARNT
from knowledge.answers.features import features
from knowledge.answers.reader import Reader
from knowledge.learnt import NONE, UNTOLD, Hunches, learnt, name, wording
from knowledge.library import load
from knowledge.words import fold

LIBRARY = load()
NAMES = {name(point): point for point in LIBRARY.points}
SMALL = Hunches("p\tq\tuntold\n100\t0\t300\n电梯\t2\t0:500 2:-200\n电\t1\t1:250\n@elevator\t3\t2:1000\n".encode())
RARITY = {"电梯": 2.0, "电": 1.0, "@elevator": 3.0}
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "电梯": {"p": 0.5, UNTOLD: -0.2},
    "电": {"q": 0.25},
    "@elevator": {UNTOLD: 1.0},
}
GIVEN = {"p": 0.1, "q": 0.0, UNTOLD: 0.3}


@given(st.sets(st.sampled_from([*RARITY, "护栏", "?amount", ""])))
def test_it_is_the_sum_of_weights_by_rarity_over_the_size_of_all_known(found: set[str]) -> None:
    known = [feature for feature in found if feature in RARITY]
    size = math.sqrt(sum(RARITY[feature] ** 2 for feature in known)) or 1.0
    wanted = {
        target: GIVEN[target] + sum(RARITY[f] / size * WEIGHTS[f].get(target, 0.0) for f in known) for target in GIVEN
    }
    hunch = SMALL.of(found)
    assert hunch.untold == pytest.approx(wanted.pop(UNTOLD))
    assert dict(hunch.points) == pytest.approx(wanted)


def test_who_has_learnt_nothing_suggests_nothing() -> None:
    assert Hunches.none().of({"电梯", "@elevator"}) == NONE
    assert LEARNT.told <= NONE.untold <= LEARNT.beside <= LEARNT.untold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电梯", {"电", "梯", "^电", "电梯", "梯$"}),
        ("装wifi", {"装", "^装", "装$", "wifi", "^ wifi", "wifi $"}),
        ("who pays, lifts", {"who", "pay", "^ who", "who pay", "pay $", "lift", "^ lift", "lift $"}),
        ("2018年, 6", {"年", "^年", "年$"}),
        ("!?", set()),
    ],
)
def test_a_wording_is_its_characters_their_pairs_and_its_stems(text: str, found: set[str]) -> None:
    assert set(wording(text)) == found


def test_a_question_is_its_wording_its_concepts_its_asks_and_each_subject_with_each_ask() -> None:
    question = Reader(LIBRARY).read(fold("装电梯谁出钱？护栏拆吗"))
    found = features(question)
    assert {"电梯", "@elevator", "?who-pays", "@elevator?who-pays", "@window-bars?whether"} <= found
    assert "@window-bars?who-pays" not in found
    railing = features(question, question.parts[1])
    assert {"护栏", "@window-bars", "@window-bars?whether"} <= railing and not {"电梯", "?who-pays"} & railing


# ---- the weights of the package -----------------------------------------------------------------------------------


def test_the_weights_are_for_the_points_of_the_library_as_it_stands() -> None:
    """Where a point was cut anew, the weights must be learnt anew."""
    assert len(NAMES) == len(LIBRARY.points)
    assert learnt().of(set()).points.keys() == NAMES.keys()


def test_they_know_features_of_many_not_questions_of_one() -> None:
    """No feature is longer than two words or characters: a question is not in it."""
    for feature in learnt()._lines:
        if feature[0] in "@?":
            assert set(feature[1:].split("?")) - {"", "-"} <= {*LIBRARY.concepts, *LIBRARY.asks}, feature
        else:
            assert len(feature.split(" ") if feature.isascii() else feature) <= 2, feature


def test_what_is_asked_for_turns_the_hunch_not_what_it_is_asked_about() -> None:
    reader = Reader(LIBRARY)
    for told, untold in (
        ("充电桩能装吗", "充电桩电费怎么收"),
        ("外墙刷不刷", "外墙刷什么颜色"),
        ("信报箱换不换", "信报箱换了旧的归谁"),
        ("are the window bars taken down?", "do I get money for my window bars?"),
    ):
        less, more = (learnt().of(features(reader.read(fold(text)))).untold for text in (told, untold))
        assert less < LEARNT.untold < more, (told, less, more)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("拉社会资本进来的具体办法由谁起草制定？", True),
        ("院门口那垃圾楼又臭又塌，重修归哪家操持", True),
        ("察访核验是一季度一次还是半年一次？", False),
        ("危房要鉴定成C级还是D级才算数？", False),
    ],
)
def test_words_alone_would_have_ended_otherwise(question: str, told: bool) -> None:
    by_words = Answerer(LIBRARY, hunches=Hunches.none()).answer(question)
    assert isinstance(by_words, NotCovered if told else Answered)
    assert isinstance(answerer().answer(question), Answered if told else NotCovered)
