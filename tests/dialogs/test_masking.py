"""What is masked before a question is kept, and what must never be."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.masking import mask
from knowledge.library import load
from tests.kit import ROOT

MASKED = {
    # phones
    "我电话13800138000": "我电话***",
    "手机：１３８００１３８０００，谢谢": "手机：***，谢谢",
    "1 3 8 0 0 1 3 8 0 0 0 打给我": "*** 打给我",
    "138-0013-8000": "***",
    "138 0013 8000": "***",
    "138\u200b0013\u200b8000": "***",
    "+86 138 0013 8000": "***",
    "座机66012345": "座机***",
    "座机 010-6601 2345转801": "座机 ***转***",
    "010－６６０１２３４５": "***",
    "一三八零零一三八零零零": "***",
    "幺三八〇〇一三八〇〇〇": "***",
    "call me on 138 0013 8000 please": "call me on *** please",
    "13800138000 1985年建的": "*** 1985年建的",
    "电话13800138000 30万元够吗": "电话*** 30万元够吗",
    # identity cards and the like
    "身份证11010219850101123X": "身份证***",
    "身份证１１０１０２１９８５０１０１１２３ｘ": "身份证***",
    "110102 1985 0101 1234": "***",
    "身份证110102850101123": "身份证***",
    "银行卡6222 0212 3456 7890 123": "银行卡***",
    # where someone lives
    "我住3号楼2单元501室": "我住***号楼***单元***室",
    "我是３号楼的，房号５０１": "我是***号楼的，房号***",
    "三号楼二单元五零一": "***号楼***单元***",
    "3号楼2门501漏水": "***号楼***门***漏水",
    "白云路12号院3号楼": "白云路***号院***号楼",
    "南线阁街5号": "南线阁街***号",
    "广安门内大街甲12号": "广安门内大街***号",
    "我家501漏水": "我家***漏水",
    "家住1203": "家住***",
    "5栋2单元302": "***栋***单元***",
    "三栋二单元": "***栋***单元",
    "A座1203": "***座***",
    "3-2-501": "***",
    "2-501室": "***室",
    "3#楼": "***#楼",
    "3#501": "***",
    "flat 501, building 3": "flat ***, building ***",
    "between building 4 and 5 and 6": "between building *** and ***",
    "apt. 12B": "apt. ***",
    "my room is No 12": "my room is No ***",
    "I live at 12 Baiyun Road": "I live at *** Baiyun Road",
    "No. 5 baiyun hutong": "No. *** baiyun hutong",
    # plates, mail, other names of a person
    "京A12345挡了路": "***挡了路",
    "京AD12345": "***",
    "wang.li@example.com": "***",
    "发到wang＠example.com": "发到***",
    "微信abc12345": "微信***",
    "微信号：wanglaoshi": "微信号：***",
    "加我微信 wx: wang_li": "加我微信 wx: ***",
    "my wechat is wanglaoshi": "my wechat is ***",
    "QQ 12345": "QQ ***",
    "@wang_li_88": "@***",
    "t.me/wanglaoshi": "t.me/***",
    "我叫王建国，住3号楼": "我叫***，住***号楼",
    "隔壁王阿姨说": "隔壁***阿姨说",
    "my name is Wang Li": "my name is ***",
    "Mr Zhang in unit 2": "Mr *** in unit ***",
}
KEPT = """
我们楼1985年的，八五年，85年
1990年以前建成、尚未完成抗震节能改造的小区
2018—2020年
2018-2020
1980 1985 1990
2018-06-11 12:30
20180611
西政办发〔2018〕4号
西政办发[2018]4号
（2018）34号
京政办发〔2018〕6号 2018年6月11日
30万元以上且300平方米以上
预算3000000元
300平米30万元
30万300平
100-200平米
10%-50%
三（五）第3段，第13项，s2-2-p1，menu-13
“十二五”期间
六层楼没有电梯，三楼一楼要出钱吗
六治七补三规范
34项，基础类26项，自选类8项
两室一厅
98房改房
同一单元，每个单元，3个单元20户
我们小区有12栋楼，加固一栋六层楼
6月5号开会，4号线边上
打12345还是110、119
物业经理、居委会主任、水电师傅、施工方经理
built in 1985
my building is 6 storeys, our block has 60 households
optional item 5, 300 square metres, 300,000 yuan
building 1985
""".strip().splitlines()


@pytest.mark.parametrize("text", MASKED)
def test_what_tells_who_or_where_is_taken_out(text: str) -> None:
    assert mask(text) == MASKED[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_the_question_is_about_stays(text: str) -> None:
    assert mask(text) == text


def test_the_policy_and_its_plain_sentences_hold_nothing_to_mask() -> None:
    library = load()
    for clause in library.document.clauses:
        summary = library.summaries[clause.id]
        for text in (clause.text, clause.id, clause.place, summary.zh, summary.en):
            assert mask(text) == text


def test_hardly_any_question_that_names_nobody_is_touched() -> None:
    lines = (ROOT / "tests" / "questions" / "tuning.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    touched = [question for question in questions if mask(question) != question]
    assert len(touched) < len(questions) / 100, touched
    # Those that are touched tell a building or a person.
    for question in touched:
        assert re.search("号|单元|[栋座]|block|building|gate|Mr|老师|主任|大爷", question), question


DIGITS = "0123456789"
WIDE = str.maketrans(DIGITS, "０１２３４５６７８９")
HAN = str.maketrans(DIGITS, "零一二三四五六七八九")


@given(
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    script=st.sampled_from([{}, WIDE, HAN]),
    between=st.sampled_from(["", " ", "-", "\u3000", "·", ". "]),
    every=st.integers(1, 6),
    around=st.sampled_from([("我电话", "，急"), ("", ""), ("打", "找我"), ("tel ", " thanks"), ("（", "）")]),
)
def test_a_mobile_number_is_masked_however_it_is_written(
    number: str, script: dict[int, str], between: str, every: int, around: tuple[str, str]
) -> None:
    written = between.join(number[at : at + every] for at in range(0, len(number), every)).translate(script)
    masked = mask(f"{around[0]}{written}{around[1]}")
    assert "***" in masked and not any(char.isdigit() or char in "零一二三四五六七八九" for char in masked)


PIECES = st.sampled_from(
    "1985年|3号楼|2单元|501室|501|13800138000|王阿姨|30万元|，| |-|。|谁出钱|（2018）4号|flat 5|block 3| and 4|微信|"
    "abc123|@li_li|***|住|我家|#|一|零|\ue000|x|京A".split("|")
)


@given(st.lists(PIECES, max_size=12).map("".join))
@example("3号楼501***501")
def test_a_masked_text_is_masked_already(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    assert isinstance(mask(text), str)


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    """Rules that tried again from every character would take minutes over these."""
    for text in ("1 " * 20000, "a" * 40000, "a." * 20000, "三" * 40000, "3号楼" * 10000, "No " * 10000, "-" * 40000):
        mask(text)
