"""Reasoning: the evidence of an answer in words and as data."""

import re

import pytest

from dialogs import reasoning
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.answers import Answer, Evidence, NotCovered, OutOfScope, Reason, Silence, Verdict, answerer
from knowledge.answers.ranking import Ranked
from knowledge.library import load

LIBRARY = load()
# A question of each verdict, in each language, as far as one ends so.
ENDS = {
    ("zh", Verdict.TOLD): "我们楼能装电梯吗？",
    ("zh", Verdict.LISTED): "自选类有哪些",
    ("zh", Verdict.SCOPE): "85年盖的楼能改吗",
    ("zh", Verdict.CHOOSING): "请带着我们把自选的一项一项选一遍",
    ("zh", Verdict.NO_SUCH_KIND): "加一部电梯得花多少钱",
    ("zh", Verdict.NO_SUCH_TOPIC): "2025年还给装电梯吗",
    ("zh", Verdict.FOREIGN): "今天天气怎么样",
    ("en", Verdict.TOLD): "can my building get an elevator?",
    ("en", Verdict.LISTED): "what are the optional items?",
    ("en", Verdict.NO_SUCH_KIND): "how much is a lift?",
    ("en", Verdict.NO_SUCH_TOPIC): "will solar panels still be added in 2026?",
    ("en", Verdict.FOREIGN): "what is the weather like today?",
}
# What would be read as an id: an English word in a Chinese sentence, or words joined by hyphens in an English one.
IDS = sorted({*LIBRARY.concepts, *LIBRARY.asks, *(clause.id for clause in LIBRARY.document.clauses)}, key=len)
RAW = {key for key in IDS if "-" in key}


def answer(question: str) -> Answer:
    return answerer().answer(question)


def why(question: str, language: Language = "zh") -> str:
    return reasoning.why(answer(question), LIBRARY, language)


def without_quotes(text: str) -> str:
    """The lines that are ours: neither the question nor the policy's words."""
    ours = [line for line in text.splitlines() if not line.startswith(("问：", "Question:"))]
    return re.sub("「.*?」", "", "\n".join(ours))


def test_of_several_things_beside_the_matter_the_first_counts() -> None:
    """The same in every process: in a set their order would be chance."""
    rest = "？装电梯谁出钱？防盗窗要拆吗？"
    for said, topic in (("谢谢你今天天气怎么样", "thanks"), ("今天天气怎么样谢谢啊", "elsewhere")):
        reason = answer(said + rest).evidence.reasons[0]
        assert (reason.verdict, reason.topic) == (Verdict.FOREIGN, topic)


# ---- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_words_and_no_two_the_same(verdict: Verdict, language: Language) -> None:
    speak = wording(language)
    said = speak.raw(f"why.{verdict}").replace("{topic}", "")
    assert said.strip() and [speak.raw(f"why.{other}").replace("{topic}", "") for other in Verdict].count(said) == 1


@pytest.mark.parametrize(("language", "verdict"), list(ENDS))
def test_the_verdict_is_said_in_its_words(language: Language, verdict: Verdict) -> None:
    found = answer(ENDS[language, verdict])
    assert [reason.verdict for reason in found.evidence.reasons] == [verdict]
    before, _, after = wording(language).raw(f"why.{verdict}").partition("{topic}")
    said = reasoning.why(found, LIBRARY, language)
    assert before in said and after in said


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        ("加一部电梯得花多少钱", "zh", "amount"),
        ("how much is a lift?", "en", "amount"),
        ("电梯哪天开工", "zh", "when"),
        ("新水管保修几年", "zh", "warranty"),
        ("2025年还给装电梯吗", "zh", "later-years"),
        ("Which brand of elevator will they use?", "en", "brand"),
    ],
)
def test_what_the_text_is_silent_on_is_named(question: str, language: Language, topic: str) -> None:
    assert wording(language)(f"missing.{topic}") in why(question, language)


def test_the_question_its_concepts_and_its_asks_are_told_in_everyday_words() -> None:
    lines = why("装电梯谁出钱").splitlines()
    assert lines[0] == "问：装电梯谁出钱"
    assert LIBRARY.concepts["elevator"].zh[0] in lines[1] and LIBRARY.asks["who-pays"].zh[0] in lines[2]
    lines = why("who pays for the lift?", "en").splitlines()
    assert LIBRARY.concepts["elevator"].en[0] in lines[1] and LIBRARY.asks["who-pays"].en[0] in lines[2]


def test_where_nothing_was_heard_that_is_said() -> None:
    assert why("<>xyzzy").count(wording("zh")("why.nothing")) == 2


@pytest.mark.parametrize(("language", "verdict"), list(ENDS))
def test_no_id_stands_in_the_text(language: Language, verdict: Verdict) -> None:
    said = without_quotes(why(ENDS[language, verdict], language))
    assert not {key for key in RAW if re.search(rf"(?<![\w-]){key}(?![\w-])", said)}
    if language == "zh":
        assert not re.search("[A-Za-z]", said), said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("silence", list(Silence))
def test_why_it_is_no_question_is_told_in_words_too(silence: Silence, language: Language) -> None:
    given = OutOfScope(silence, Evidence((Reason(Verdict.FOREIGN, "？", topic=silence),)))
    said = without_quotes(reasoning.why(given, LIBRARY, language))
    assert not ("-" in silence and silence in said)
    assert language == "en" or not re.search("[A-Za-z]", said), said


def test_each_question_of_a_message_has_a_paragraph_of_its_own() -> None:
    paragraphs = why("电梯能装吗？多少钱？护栏拆不拆？").split("\n\n")
    assert [paragraph.splitlines()[0] for paragraph in paragraphs] == [
        f"问：{part}" for part in ("电梯能装吗?", "多少钱?", "护栏拆不拆?")
    ]


# ---- points -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "我们楼能装电梯吗？",
        "装电梯谁出钱",
        "年度计划谁批准",
        "加一部电梯得花多少钱",
        "2018年什么时候印发的",
        "联席会议办公室设在哪",
    ],
)
def test_what_is_quoted_comes_first_in_the_evidence_and_the_rest_by_worth(question: str) -> None:
    given = answer(question)
    (reason,) = reasoning.as_data(given)
    quoted = {point.quote for point in getattr(given, "points", ())}
    others = [point["quote"] not in quoted for point in reason["points"]]
    assert others == sorted(others) and others
    worths = [point["worth"] for point, other in zip(reason["points"], others, strict=True) if other]
    assert worths == sorted(worths, reverse=True)
    said = [float(line.split()[0]) for line in why(question).splitlines() if re.match(r"  \d", line)]
    assert said == pytest.approx([point["worth"] for point in reason["points"]], abs=0.06)


def test_a_point_is_shown_with_its_place_its_words_and_its_reasons() -> None:
    line = why("装电梯谁出钱").splitlines()[5]
    assert "「自选类改造项目所需资金由投资主体与居民协商解决」" in line and "四（二）" in line
    assert LIBRARY.asks["who-pays"].zh[0] in line and LIBRARY.concepts["optional-class"].zh[0] in line


def test_a_point_that_shares_nothing_says_so() -> None:
    point = LIBRARY.points[0]
    reason = Reason(Verdict.NOTHING_SPEAKS, "？", ranked=(Ranked(point, 0.5, 0.0, frozenset(), frozenset()),))
    said = reasoning.why(NotCovered((), (), (), (), Evidence((reason,))), LIBRARY, "zh")
    assert said.splitlines()[-1].count("–") == 2 and "0.5" in said


# ---- data ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "verdict"), list(ENDS))
def test_as_data_it_is_ids_of_the_library_and_passages_of_the_policy(language: Language, verdict: Verdict) -> None:
    (reason,) = reasoning.as_data(answer(ENDS[language, verdict]))
    assert list(reason) == ["text", "verdict", "topic", "concepts", "asks", "untold", "points"]
    assert reason["verdict"] == verdict and set(reason["concepts"]) <= set(LIBRARY.concepts)
    assert set(reason["asks"]) <= set(LIBRARY.asks)
    assert all(0 < sure <= 1 for sure in reason["concepts"].values())
    for point in reason["points"]:
        assert point["quote"] in LIBRARY.document.clause(point["clause"]).text
        assert set(point["shares"]) <= set(LIBRARY.concepts) and set(point["tells"]) <= set(LIBRARY.asks)
