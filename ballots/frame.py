"""The legal frame: what a survey of wishes is and is not, who sees what, in both languages, each with its source.

These sentences stand on the opening card, on every result and in every export.
"""

from dataclasses import dataclass

from ballots.ballot import Ballot, Works
from ballots.roll import Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in both languages; `source` is where it comes from, "" where it tells how this survey works."""

    zh: str
    en: str
    source: str = ""

    def plain(self, language: str) -> str:
        """The sentence in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


SURVEY = Sentence(
    "这是意愿征询，供街道办事处汇总，不是业主大会的法定表决。",
    "This is a survey of wishes for the street office. It is not the statutory vote of the owners' assembly.",
    "《北京市物业管理条例》第三十五条",
)
COMMITTEE = Sentence(
    "这里记的是委员会自己的选单；委员会不能代替业主作业主共同决定的事，改建、重建也在内。",
    "What is recorded is the committee's own selection. It may not decide the owners' joint matters in their place, "
    "rebuilding among them.",
    "《北京市物业管理条例》第四十四条",
)
HOUSEHOLDS = Sentence(
    "一户一个意见，公房承租人也在内，所以不按业主的法定比例计。",
    "One household, one voice, tenants of public housing among them: the owners' statutory shares do not apply.",
)
THRESHOLDS = Sentence(
    "改造方案没有规定比例。这里的比例来自注明的法律，只作参考。",
    "The renovation policy lays down no share. Those shown come from the laws named beside them, as orientation.",
)
OWN_RULE = Sentence(
    "改造方案没有规定比例。这里的比例是本次征询自定的。",
    "The renovation policy lays down no share. Those shown were set for this ballot.",
)
CLASSES = Sentence(
    "每个事项按哪一类计，由注明的人定；这是推定，不是法律的明文。",
    "How each item is classed was set by whoever is named beside it. It is an inference, not the letter of the law.",
)
NOT_SECRET = Sentence(
    "这不是无记名系统：公布的名单里有面积，可能认得出是哪一户；谁有您的回执，谁就能查到您选了什么；"
    "反对并写了理由的，截止后街道办能看到是谁。",
    "This is no secret ballot: the public list shows areas, which may tell which flat it is; whoever has your receipt "
    "can look up what you chose; after the close the street office sees who objected and why.",
)
BY_NAME = Sentence(
    "本次记名：截止后公布的名单里有每一席的名字和选择。",
    "This ballot is by name: after the close the public list shows each seat's name and choices.",
)
SEALED = Sentence(
    "截止前谁也看不到票数，街道办也看不到；只看得到有多少席已参加。",
    "Before the close nobody sees counts, the street office included; only how many have taken part may be shown.",
)
LIVE = Sentence(
    "本次随时公开：截止前就能看到票数和每一席的选择。",
    "This ballot is live: counts and each seat's choices can be seen before the close.",
)
LAST_COUNTS = Sentence(
    "截止前可以改，以最后一次为准；每次改动都留有记录。",
    "You can change your selection until the close. The last one counts, and each change is kept on record.",
)
# The policy's own words; a test compares them with its text.
BASICS_FIRST = Sentence(
    "自选类是在已实施基础类改造整治的前提下，根据居民意愿确定的改造内容",
    "Optional items are carried out only where the basic works have been, as the residents wish",
    "西政办发〔2018〕4号 二（二）",
)
NOT_YET = Sentence("征询还没有截止，现在没有结果可看。", "The ballot is not closed yet: there is no result to see.")
VOID = Sentence("本次征询已作废，不计结果。", "This ballot is void: it has no result.")


def what_it_is(ballot: Ballot) -> tuple[Sentence, ...]:
    """What stands above every result of a ballot: what it is and is not, where its shares come from, and the clause on
    basic works until these are done."""
    whose = {Kind.COMMITTEE: (COMMITTEE,), Kind.HOUSEHOLDS: (HOUSEHOLDS,), Kind.OWNERS: ()}[ballot.kind]
    shares = (THRESHOLDS, CLASSES) if ballot.kind is Kind.OWNERS else (OWN_RULE,)
    return (SURVEY, *whose, *shares, *basics_first(ballot))


def who_sees_what(ballot: Ballot) -> tuple[Sentence, ...]:
    """What a seat is told before it chooses: who sees what, and that it can change its mind."""
    names = (BY_NAME,) if ballot.by_name else ()
    return (LIVE if ballot.live else SEALED, *names, NOT_SECRET, LAST_COUNTS)


def basics_first(ballot: Ballot) -> tuple[Sentence, ...]:
    """The clause on basic works, where these are not done yet."""
    return () if ballot.works is Works.DONE else (BASICS_FIRST,)
