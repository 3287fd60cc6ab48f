"""Typed answers: closed forms of a whole message, in every way of writing them; anything more is a question.

Of thousands of forms each kind is one test, which reads them all and names those that were read otherwise.
"""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs import reading
from dialogs.reading.forms import LONGEST
from dialogs.steps import Option
from knowledge.answers.facts import years_built
from knowledge.words import fold
from tests.lengths import examples

YEARS = {
    "1985": """1985|1985年|85年|85|八五年|八五|一九八五|一九八五年|'85|’85|85年的|85年建的|八五年盖的吧|1985年左右|
        大概85年|大概八五年吧|应该是85年|我们楼1985年建的|我们小区是八五年的|１９８５|１９８５年|1985 年|八 五 年|
        1985年建成|建于1985年|始建于1985年|1985年6月|1985-06|1985年6月15日|1985.6|85年入住|八五年竣工的|85年？|
        1985。|1985！|好像是1985年|我记得是85年|1985年底|1985年初建的|在1985年|我們樓是1985年蓋的|1985年那会儿|
        ba wu nian|yi jiu ba wu nian|ba wu nian de|in 1985|in 85|in '85|nineteen eighty-five|Nineteen Eighty Five|
        eighty-five|built in 1985|it was built in 1985|around 1985|about 1985|circa 1985|c. 1985|1985ish|1985 or so|
        I think 1985|1985, I think|our building was built in 1985|the building is from 1985|it's from 1985|
        It’s a 1985 building|early 1985|the year 1985|maybe 1985|1985年，我记得|嗯，85年""",
    "1992": """built in 1992|92年|九二年|1992|九二年分的房|92年单位分的|1992年交房|nineteen ninety-two|in ninety-two|
        92年盖好的""",
    "1989": "八九年|89年|八九年的|1989年前后",
    "1978": "大约1978年前后|七八年的|78年盖的楼|一九七八",
    "1990": "90年|九零年|九〇年|1990|一九九零年|九○年|nineteen ninety|1990年左右",
    "2000": "两千年|2000年|2000|千禧年|二〇〇〇年|二零零零|two thousand|the year two thousand|00年",
    "2005": """\
        05年|零五年|〇五年|二零零五年|二〇〇五|二oo五年|两千零五年|2005|two thousand and five|two thousand five|'05""",
    "2012": "2012年|二零一二年|12年建的|twenty twelve|two thousand twelve",
    "1936": "民国25年|民国二十五年|民国二十五年建的",
    "1949": "解放那年|建国那年|49年|四九年|解放前1949年",
    "1948": "48年盖的|1948年|四八年建的",
    "1905": "nineteen oh five|1905",
    "1900": "nineteen hundred",
    "1980s": """\
        八几年|8几年|八十年代|80年代|1980年代|上世纪80年代|二十世纪八十年代|20世纪80年代|80年代末|八十年代初期|
        一九八几年|198几年|八十几年|80几年|八几年吧|大概八几年|我们楼是八几年的|应该是八十年代建的|八零年代|
        80年代的楼|ba ji nian|ba shi nian dai|1980s|80s|80’s|the eighties|in the eighties|the 80s|the 1980s|
        the nineteen eighties|early 1980s|mid-80s|late eighties|it's from the eighties|85、86年|85或86年|1985、6年|
        1985或者1986年|1985 or 1986|1985/86|八五、八六年""",
    "1990s": "九几年|九十年代|90年代|the nineties|九十年代初|it dates from the nineties|1990s",
    "1950s": "五十年代|五几年|50年代|the fifties",
    "2000s": "零几年|两千零几年|200几年|二零零几年|2000年代|2000s|the noughties|〇几年",
    "2010s": "一几年|201几年|2010s|二零一几年",
}  # fmt: skip
NO_YEARS = """\
        30年了|三十年|三十年了|12年|15年|20年了|50多年了|三十多年|七八十年代|八九十年代|八十年|20年代|解放前|清朝|
        民国的|民国时候|文革时候|1990年以前|1990年前|1990年之后|不到1985年|1850|1850年|2050年|3000|几几年|哪年|
        不是1985年|1985年加固的|13年改造过|85平米|85万|85%|85元|十几年|10几年|八十五年|85年到95年|1985年的呢|
        1985年吗|<1990|1990+|85户|第85|1985号|before 1990|after 1990|since 1990|was it built in 1985|is it 1985|
        why 1985|12 years|30 years ago|85 years old|from 1985 to 1995|how about 1985|in 30 days|about 50|1985 yuan|
        nineteen|20s|the twenties|renovated in 2013||。|是|不知道|二|2|11|30|85号楼|
        1985 1990 2000|那1985年的"""  # fmt: skip

AGREEMENT = {
    "yes": """\
        是|是的|对|对的|嗯|嗯嗯|恩|有|有的|做过|做过了|已经做过了|以前做过|对对对|没错|是啊|有啊|有呀|是呢|应该是|
        应该有吧|我们小区有|我们楼做过|嗯，是的|嗯，有|对，做过|是是是|是的 是的|改造过|加固过了|已经完成了|成立了|
        當然|確實|沒錯|對的|是 的|好|好的|行|可以|是我|正确|属于|算|有，谢谢|有了|都有|都做过了|对！|是的。|ｙｅｓ|
        yes|Yes.|YES|yep|yeah|yup|y|sure|correct|right|of course|it is|we do|yes we do|yes, it has|it has been done|
        I think so|probably|ok|uh-huh|it was|there is one|that's right|we've got one|yes it’s done|👍|👍🏻|✅|shi|
        shi de|shide|dui|dui de|you|you de|zuo guo|en""",
    "no": """\
        不是|不是的|没有|没|没做过|没做|没有做过|还没|还没有|还没做|从来没做过|都没有|没有啊|没有呢|否|無|沒有|不對|
        沒做過|不是，没有|不是 没有|没有没有|我们楼没有|嗯没有|不，没有|不|没有改造过|没加固过|应该没有|未做过|
        至今没有|不是我|没有的|并没有|一直没有|没有这回事|没有，谢谢|目前没有|我们小区还没有|不算|不属于|沒有。|
        没成立过|没有！|no|No.|nope|nah|n|not yet|never|no it isn't|it isn't|it isn’t|it isn;t|we don't|
        No, we don't.|there isn't|not really|I don't think so|it has not been done|not at all|nope.|we have none|
        there is none|of course not|probably not|no, never|it hasn't been done yet|👎|❌|bu shi|bushi|mei you|
        meiyou|bu dui|mei zuo guo|hai mei you""",
    "unknown": """\
        不知道|我不知道|不清楚|不太清楚|不确定|说不好|说不准|记不得了|记不清|记不清了|不记得了|忘了|我忘了|想不起来|
        不好说|没印象|不曉得|不知道啊|这个不知道|我也不清楚|真不知道|不知道有没有|不知道是不是|哪年建的不知道|
        不知道哪年建的|年份不清楚|谁知道|谁知道呢|好像有|好像没有|可能吧|可能做过|也许|大概是吧|搞不清楚|拿不准|
        不太记得了|嗯，不知道|说不上来|不大清楚|没听说过|没打听过|实在想不起来了|不知道，忘了|我們不清楚|
        I don't know|don't know|dont know|dunno|idk|no idea|not sure|I'm not sure|not really sure|I can't remember|
        I can’t say|I forgot|maybe|perhaps|no clue|hard to say|not that I know of|who knows|sorry, I don't know|
        I don;t know|I have no idea|can't tell|I don't really know|we don't know|bu zhi dao|buzhidao|wo bu zhi dao|
        bu qing chu|ji bu qing le|🤷|🤷‍♀️|🤷🏽‍♂️""",
}  # fmt: skip
NO_AGREEMENT = """\
        是吗|有吗|有没有|是不是|对不对|做没做过|不是没有|有?|是？|没有吗|是谁|有什么|不是吗|对了|算了|好了|没问题|
        不错|没关系|做过什么|没有电梯|有电梯|有钱|没钱|没事|是的谁出钱|不知道找谁|谁|不知道谁出钱|同意|不同意|弃权|
        反对|no problem|no money|yes but who pays|do we|we don't know who pays|not me who is it|不用了|上一步|1985|
        是，不是|没有，有|有，没有|不，是|yes no|no yes|👍👎|是的，但是谁出钱|没有，那怎么办|？|。|不好|不错|我|
        我们小区|的|哦|hmm|有人|没人|是这样吗|isn't it|any|the lift|not the lift|知道|清楚|
        确定|know|sure?"""  # fmt: skip

CONTROLS = {
    "back": """上一步|返回|退回去|退回上一步|回到上一步|返回上一步吧|上一个问题|我想返回|请返回|回上一步|后退|上一題|
        上一步。|往回|back|Back|go back|go back, please|Go back please|previous|one step back|undo|shang yi bu|
        fan hui|ＢＡＣＫ""",
    "cancel": """\
        取消|不弄了|不问了|不查了|算了|算了吧|算了算了|停|停止|退出|结束|不用了|到此为止|不想弄了|我想取消|取消吧|
        取消一下|那算了|还是算了|不答了|不玩了|算了。|cancel|Cancel.|stop|stop please|please stop|quit|never mind|
        nevermind|forget it|I want to stop|that's enough|not now|qu xiao|suan le""",
    "again": """\
        重新来|从头来|重来|重新开始|从头开始|从头再来|再来一遍|我想重新开始|重新来吧|重新填|重做|重新開始|从新开始|
        start over|Start over!|start again|restart|begin again|from the beginning|from scratch|let's start over|
        reset|chong xin lai""",
}  # fmt: skip
NO_CONTROLS = """\
        上一步是什么|取消什么|返还|停车|停车位|返回率|怎么取消|算了多少|重新粉刷|从头到尾|back?|stop the lift|
        go back to 1985|cancel?|start|取消了怎么办|能退出吗|不算了|没取消|退回去可以吗|结束以后谁管|the back|
        background|开始|是|没有|1|"""  # fmt: skip


def forms(written: str) -> list[str]:
    return [form.strip() for form in written.split("|")]


def table(means: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, form) for value, written in means.items() for form in forms(written)]


def otherwise(means: Iterable[tuple[object, str]], *reads: Callable[[str], object]) -> list[tuple[str, object, object]]:
    """The forms that are not read as what they mean: each with what it means and what came of it, be it an error."""
    found: list[tuple[str, object, object]] = []
    for value, form in means:
        for read in reads:
            try:
                got = read(form)
            except Exception as error:
                got = error
            if got != value:
                found.append((form, value, got))
    return found


def nothing(written: Iterable[str]) -> list[tuple[None, str]]:
    """Forms that mean nothing, as a table."""
    return [(None, form) for form in written]


FORMS = {form for means in (YEARS, AGREEMENT, CONTROLS) for _, form in table(means)}
SPAN = (Option("before", "1990年以前"), Option("after", "1990年以后"), Option("unknown", "不清楚"))
VOTE = (
    Option("for", "同意"),
    Option("against", "不同意"),
    Option("abstain", "弃权"),
    Option("object", "反对并说明理由"),
)
ENGLISH = (Option("me", "Yes, that’s me"), Option("else", "No, someone else"), Option("later", "Not now"))
FLOORS = (Option("six", "6层"), Option("seven", "7层"), Option("eight", "二十层"))
HOMES = (Option("ten", "10户"), Option("one", "1户"))
NUMBERS = tuple(Option(f"n{n}", f"第{n}席" if n < 3 else f"席位{n}") for n in range(1, 13))


def test_there_are_many_forms() -> None:
    assert len(FORMS) > 400


# ---- years -------------------------------------------------------------------------------------------------------


def test_a_year_is_read() -> None:
    wrong = otherwise(table(YEARS), reading.year, lambda form: reading.year(f" {form}\n"))
    assert not wrong, wrong


def test_what_is_no_year_or_more_than_one_is_none() -> None:
    wrong = otherwise(nothing(forms(NO_YEARS)), reading.year)
    assert not wrong, wrong


def test_what_is_read_reads_as_itself() -> None:
    wrong = otherwise([(value, value) for value in YEARS], reading.year)
    assert not wrong, wrong


def test_an_answer_and_a_question_never_give_different_years() -> None:
    def differ(form: str) -> bool:
        return years_built(fold(form), about_scope=True) not in ((), (int(reading.year(form) or 0),))

    wrong = otherwise([(False, form) for value, form in table(YEARS) if value.isdigit()], differ)
    assert not wrong, wrong


# ---- yes, no, unknown --------------------------------------------------------------------------------------------


def test_yes_no_and_unknown_are_read() -> None:
    wrong = otherwise(table(AGREEMENT), reading.yes_no, lambda form: reading.yes_no(f"\t{form} "))
    wrong += otherwise([(value == "unknown", form) for value, form in table(AGREEMENT)], reading.unknown)
    assert not wrong, wrong


def test_what_is_neither_or_both_is_none() -> None:
    wrong = otherwise(nothing(forms(NO_AGREEMENT)), reading.yes_no)
    wrong += otherwise([(False, form) for form in forms(NO_AGREEMENT)], reading.unknown)
    assert not wrong, wrong


# ---- back, cancel, again -----------------------------------------------------------------------------------------


def test_controls_are_read() -> None:
    wrong = otherwise(table(CONTROLS), reading.control)
    assert not wrong, wrong


def test_what_only_contains_a_control_is_none() -> None:
    wrong = otherwise(nothing(forms(NO_CONTROLS)), reading.control)
    assert not wrong, wrong


def test_no_form_means_two_things() -> None:
    def means(form: str) -> int:
        return sum(read(form) is not None for read in (reading.year, reading.yes_no, reading.control))

    wrong = otherwise([(1, form) for form in sorted(FORMS)], means)
    assert not wrong, wrong


# ---- choices -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "value", "written"),
    [
        (SPAN, "before", """\
        1990年以前|１９９０年以前|1990年以前。|90年以前|九零年以前|1990年之前|1990 年 以前|第一个|1|一|第一|第1个|
        选1|选第一个|first|the first one|1st|number one|option 1|最上面那个|头一个|第一个吧|di yi ge|one|第一項"""),
        (SPAN, "after", """\
        1990年以后|90年之后|第二个|2|二|两|第二项|2号|second|the second one|2nd|No. 2|two|倒数第二个|我选第二个|
        选二|the second option, please"""),
        (SPAN, "unknown", """\
        不清楚|不清|第三个|3|三|最后一个|最后|最后那个|last|the last one|third|三号|最下面那个|倒数第一个|
        zui hou yi ge|3."""),
        (SPAN, None, """\
        以前|1990|1990年|19|4|0|第四个|不|后者|1990年以前吗|第二个？|二?|倒数第四个|第二个是什么|最后谁出钱|
        1990年以前谁出钱|第|个||。|second floor|last year"""),
        (VOTE, "for", "同意|同意。|第一个|同 意|同意吧"),
        (VOTE, "against", "不同意|不同意！|2"),
        (VOTE, "abstain", "弃权|棄權"),
        (VOTE, "object", "反对|反对并说明理由|反对并说明|最后一个|反對"),
        (VOTE, None, "不|同|我不同意|同意吗|不同意的有多少|反|反对谁|前者|5"),
        (ENGLISH, "me", "yes|Yes|yes, that's me|YES THATS ME|1"),
        (ENGLISH, "else", "no|no, someone else|No someone"),
        (ENGLISH, "later", "not now|not|NOT NOW.|last"),
        (ENGLISH, None, "n|ye|someone|yes no|now|not no|Yes?"),
        (FLOORS, "six", "6层|6|第一个|六层|六"),
        (FLOORS, "eight", "二十层|二十|第三个|3|20层|20"),
        (FLOORS, None, "5|4|十层"),
        (NUMBERS, "n11", "11|十一|第十一个|席位11|the eleventh"),
        (NUMBERS, "n12", "12|十二|最后一个|the 12th one|twelve"),
        (NUMBERS, None, "席位|13|席"),
        (SPAN[:2], "before", "前者|the former|前一个|前面那个"),
        (SPAN[:2], "after", "后者|the latter|后一个|后面那个|最后一个"),
        (HOMES, None, "1|一"),
        (HOMES, "ten", "第一个|10|10户|十户|1号"),
        (HOMES, "one", "1户|2|一户"),
        ((), None, "1|第一个|最后一个|last|同意"),
        ((Option("a", "好"), Option("b", "好")), None, "好"),
        ((Option("a", "好"), Option("a", "好的")), "a", "好|1|2"),
        ((Option("who", "谁出钱？"), Option("what", "都改什么？")), "who", "谁出钱？|谁出钱|1"),
    ],
)  # fmt: skip
def test_an_option_is_chosen(options: tuple[Option, ...], value: str | None, written: str) -> None:
    for form in forms(written):
        assert reading.choice(form, options) == value, form


@pytest.mark.parametrize("options", [SPAN, VOTE, ENGLISH, FLOORS, NUMBERS])
def test_every_label_means_its_own_option(options: tuple[Option, ...]) -> None:
    for place, option in enumerate(options, 1):
        assert reading.choice(option.label, options) == option.value
        assert reading.choice(option.label.upper() + "。", options) == option.value
        assert reading.choice(f"第{place}个", options) == option.value


# ---- whatever is typed -------------------------------------------------------------------------------------------

QUESTIONS = forms(
    "谁出钱|要多少钱？|，能装电梯吗|，那谁掏钱啊|, who pays|, who pays for it?|怎么办|，为什么|，什么时候开始|"
    "？我们能改什么|, what next?|，电梯呢|那我们楼算不算"
)
PIECES = sorted({*FORMS, *QUESTIONS, *forms(NO_AGREEMENT), *"，。？、 ！年的吧'’…\u200b\n\ufe0f\ud800"})
any_text = st.one_of(
    st.text(max_size=LONGEST + 20),
    st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
    st.text("八五年一九0189几代十的", max_size=9),
)


def read(text: str) -> list[object]:
    return [
        reading.year(text),
        reading.yes_no(text),
        reading.control(text),
        *(reading.choice(text, options) for options in (SPAN, VOTE, ENGLISH, FLOORS, NUMBERS, ())),
    ]


@settings(max_examples=examples(400), deadline=None)
@given(any_text)
@example("\ud800")
@example("八" * LONGEST)
@example("我们" * (LONGEST // 2))
@example("ﷺ" * LONGEST)
def test_nothing_that_is_typed_raises(text: str) -> None:
    year, agreement, control, *chosen = read(text)
    assert year is None or reading.year(str(year)) == year
    assert agreement in (None, "yes", "no", "unknown") and control in (None, "back", "cancel", "again")
    assert reading.unknown(text) == (agreement == "unknown")
    for value, options in zip(chosen, (SPAN, VOTE, ENGLISH, FLOORS, NUMBERS, ()), strict=True):
        assert value is None or value in [option.value for option in options]


@settings(max_examples=examples(400), deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.sampled_from(QUESTIONS), st.booleans())
def test_a_form_with_a_question_around_it_is_a_question(form: str, question: str, before: bool) -> None:
    text = f"{question.strip('，, ')}，{form}" if before else f"{form}{question}"
    assert read(text) == [None] * 9, text


def test_a_very_long_message_is_no_answer() -> None:
    wrong = otherwise([([None] * 9, f"{form}。" + "我们楼里的事说来话长" * 10) for form in sorted(FORMS)], read)
    assert not wrong, wrong
