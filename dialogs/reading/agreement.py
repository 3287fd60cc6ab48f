"""Agreement: yes, no and "I don't know", as whole messages. 不是 contains 是: what is not one of the forms is neither.

A message of several pieces ("是的，做过") is read if all of them say the same. A guess is a yes or no (应该是, "I think
so"); a doubt (好像, 可能, "maybe") is a "don't know".
"""

import re
from collections.abc import Set
from typing import Literal

from dialogs.reading.forms import HAN, asks, folded, once, pieces

Agreement = Literal["yes", "no", "unknown"]

# ---- Chinese ---------------------------------------------------------------------------------------------------------

_WHO = (
    "(?:我们?|咱们?|俺们?|这|那|本)?(?:个|栋|幢|座|片)?(?:老?小区|楼|院|院子|家|这儿|这里|这边)(?:里|里头)?|"
    "我们?|咱们?|这个?|那个?"
)
_ADVERB = (
    "其实|当然|确实|真的?|实在|肯定|应该|绝对|目前|现在|暂时|一直|反正|估计|多半|我?觉得|我?感觉|我?记得|我?想|我?猜|"
    "也|都|全|就"
)
_LEAD = rf"(?:嗯|哦|噢|啊|额|呃|唉|哎|诶|{_WHO}|{_ADVERB}){{0,4}}"
_TAIL = r"的?(?:啊|呀|哦|噢|喔|哈|吧|呢|哒|滴|啦|咯|诶|哎|哟|嘞|捏|哇|嗯){0,3}"
_DOES = (
    "做|弄|改|改造|重新改造|加固|抗震加固|整治|整|修|维修|翻修|搞|装|安装|加装|动|鉴定|评估|成立|选|完成|办|实施|建|换"
)
_BEFORE = "(?:已经|早就?|以前|之前|曾经|过去|前几年|去年|前年){0,3}"
_YES = (
    "是|对|恩|好|行|可以|没错|正确|属实|就是|正是|当然|确实|真的|肯定|必须|属于|算|符合|满足|会|要|需要|能|是我|是我们|"
    rf"有过|有了|有一个|{_BEFORE}有|{_BEFORE}(?:{_DOES})(?:过|了|过了|过一次|完|完了|好了)"
)
_NO = (
    "不|不是|不对|不算|不属于|不符合|不满足|不行|不可以|不会|不要|不需要|不用|不能|不存在|不了|否|无|非|并非|没|没有|没得|木有|"
    "没有过|没有了|不是我|不是我们|没有的事|没有?这回事|没有?达到|一个也?没有|什么都?没有|啥都?没有|"
    "(?:还|从来|从|都|并|也|根本|压根儿?|完全|到现在|至今|到现在还|至今还){0,3}(?:没有?|不是|"
    rf"(?:没有?|未|未曾|从未|不曾)(?:{_DOES})(?:过|完|好|成)?)"
)
_WHEN = "(?:具体)?(?:是)?(?:哪年|哪一年|什么时候|年份|时间|年代|几几年|多少年|何时)(?:建|盖|造|建成|盖好)?的?"
_OF_WHAT = rf"(?:是不是|有没有|做没做过?|做过没有|算不算|有没有过|有没有做过|是不是的|{_WHEN})"
_IGNORANT = (
    "不知道?|不晓得|不清楚|不了解|不确定|不肯定|不好说|不好讲|不熟悉?|不记得|不详|未知|一无所知|无从得知|"
    "不(?:太|大|是很|怎么|很|甚)(?:清楚|知道|确定|了解|记得|晓得|好说|肯定|熟悉?)|"
    "说不(?:好|准|清|清楚|上来|上)|讲不清楚?|记不(?:得|清|清楚|住|起来|准|太清)|忘记?|早忘|忘光|想不起来?|"
    "没(?:什么|啥|有)?(?:印象|概念|把握|数)|(?:搞|弄|闹)不(?:清|清楚)|分不清|拿不(?:准|定)|吃不准|很?难说|"
    "(?:谁|鬼|天)(?:知道|晓得)|没(?:注意|留意|问|打听|关注|查|听说)过?|查不到|看不出来|没法(?:确定|判断|说)|无法(?:确定|判断)|"
    "(?:判断|确定)不了|(?:答|回答)不上来?|不一定|说不定|布吉岛|不造"
)
_DOUBT = "好像|可能|也许|大概|似乎|或许|兴许|貌似|没准儿?|说不定|不一定|大约"
_UNKNOWN = rf"(?:还|完全|一点也?|一时|具体|{_WHEN}){{0,3}}(?:{_IGNORANT})了?{_OF_WHAT}?|(?:{_DOUBT})(?:{_YES}|{_NO})?"

# ---- English ---------------------------------------------------------------------------------------------------------

_SUBJECT = "it|we|they|there|that|this|i|he|she|you"
_OPENING = r"(?:(?:well|um|uh|oh|hmm|ah|er|sorry|actually|honestly|im afraid|i am afraid|to be honest|frankly) ){0,3}"
_CLOSING = (
    r"(?: (?:really|actually|sorry|though|for sure|at all|i think|i believe|i guess|im afraid|to be honest|sir)){0,3}"
)
_SURELY = (
    "yes|yep|yeah|yup|yea|ya|yah|y|aye|sure|correct|right|true|indeed|ok|okay|affirmative|absolutely|definitely|certainly|"
    "exactly"
)
_BE = "is|was|are|were|am|has|have|had|does|do|did|will|can"
_DONE = "been|done|been done|already|already done|been done already|so|one"
_YES_EN = (
    rf"(?:{_SURELY})|of course|thats right|that is right|thats correct|that is correct|quite so|i do|uh huh|mm hmm|mhm|"
    "i think so|i believe so|i guess so|i suppose so|probably|probably yes|most likely|very likely|thats me|this is me|"
    "done|already|already done|(?:yes )?its (?:been )?(?:already )?done|weve got one|we did it|all done|it already has|"
    "its me|"
    rf"(?:(?:{_SURELY}) )?(?:{_SUBJECT}) (?:already )?(?:{_BE})(?: (?:{_DONE}))?"
)
_NOT = "isnt|wasnt|arent|werent|hasnt|havent|hadnt|doesnt|dont|didnt|wont|cant"
_NO_WORD = "no|nope|nah|nay|n|non"
_NO_EN = (
    rf"(?:{_NO_WORD})|not|not yet|never|no way|not really|none|negative|of course not|certainly not|definitely not|"
    "i dont think so|i do not think so|i think not|i dont believe so|i believe not|probably not|not likely|unlikely|"
    "not done|never done|not done yet|not at all|absolutely not|thats not me|not me|false|incorrect|wrong|its not|"
    "were not|theyre not|thats wrong|that is wrong|not correct|not true|thats not right|nothing|none at all|no never|"
    rf"(?:(?:{_NO_WORD}) )?(?:{_SUBJECT}) (?:(?:{_BE}) not|{_NOT}|never (?:{_BE})|(?:{_BE}) never)"
    rf"(?: (?:yet|{_DONE}|have one|have any|done it))?(?: yet)?|"
    "(?:no )?(?:we|they|i) have none|(?:no )?there (?:is|are|was|were) none"
)
_UNKNOWN_EN = (
    r"(?:i )?(?:(?:really |honestly |just )?(?:dont|do not|didnt)(?: really| quite)? (?:know|remember|recall))|dunno|"
    "i dunno|idk|no idea|(?:i )?have no idea|ive no idea|"
    "(?:im |i am )?(?:really )?not(?: really| quite| so| too| very| entirely)? (?:sure|certain)|"
    "(?:im |i am )?(?:unsure|uncertain)|(?:i )?(?:cant|cannot|can not|couldnt|could not)(?: really)? "
    "(?:say|tell|remember|recall|tell you)|hard to (?:say|tell)|(?:i )?(?:forgot|forget|have forgotten)|ive forgotten|"
    "no clue|not a clue|(?:i )?havent a clue|(?:i )?have no clue|who knows|god knows|goodness knows|beats me|unknown|"
    "maybe|perhaps|possibly|could be|might be|it might|maybe yes|maybe not|perhaps not|maybe no|(?:i )?wouldnt know|"
    "not that i know of|not that im aware of|no memory of it|nobody knows|we dont know|we do not know|we have no idea|"
    "were not sure|we are not sure|i wish i knew|difficult to say|its hard to say|not known|dont ask me"
)

# ---- pinyin, and signs -----------------------------------------------------------------------------------------------

_PINYIN: dict[Agreement, str] = {
    "yes": "shi shide dui duide you youde youguo zuoguo zuoguole en enen hao haode meicuo keyi dangran",
    "no": "bu bushi bushide budui mei meiyou meiyoude meizuoguo meiyouzuoguo haimei haimeiyou fou buxing",
    "unknown": "buzhidao wobuzhidao zhendebuzhidao buqingchu butaiqingchu wobuqingchu buqueding butaiqueding shuobuhao "
    "shuobuzhun jibude jibudele jibuqing jibuqingle bujide bujidele wangle wangjile nanshuo buhaoshuo buxiaode",
}
_SOUNDS = {sound: value for value, sounds in _PINYIN.items() for sound in sounds.split()}
_SIGNS: dict[str, Agreement] = {
    **dict.fromkeys("👍👌✅✔☑🆗✓√", "yes"),
    **dict.fromkeys("👎❌✖✗×🚫🙅", "no"),
    "🤷": "unknown",
}
_DRESS = re.compile("[\ufe0f\u200d♀♂\U0001f3fb-\U0001f3ff\\s]")

_FORMS: list[tuple[Agreement, re.Pattern[str]]] = [
    ("unknown", re.compile(f"{_LEAD}(?:{_UNKNOWN}){_TAIL}")),
    ("no", re.compile(f"{_LEAD}(?:{_NO}){_TAIL}")),
    ("yes", re.compile(f"{_LEAD}(?:{_YES}){_TAIL}")),
    ("unknown", re.compile(f"{_OPENING}(?:{_UNKNOWN_EN}){_CLOSING}")),
    ("no", re.compile(f"{_OPENING}(?:{_NO_EN}){_CLOSING}")),
    ("yes", re.compile(f"{_OPENING}(?:{_YES_EN}){_CLOSING}")),
]
# What is said beside an answer and is none.
_BESIDE = frozenset(
    "哦 噢 啊 额 呃 唉 哎 诶 哈 哈哈 唔 谢谢 谢了 多谢 谢谢您 谢谢你 您好 你好 抱歉 不好意思 "
    "well um uh oh hmm ah er thanks please sorry hi hello".split()
) | {"thank you", "im afraid", "to be honest"}
_HAN_SPACE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_HUM = re.compile("[嗯恩]+")


def yes_no(text: str) -> Agreement | None:
    """Whether a message says yes, no, or that one does not know; None where it is anything else, or more than that."""
    signs = set(_DRESS.sub("", text[:20]))
    if signs and signs <= _SIGNS.keys() and len(text) <= 20:
        return _only({_SIGNS[sign] for sign in signs})
    written = folded(text)
    if not written or asks(written):
        return None
    said = [once(piece) for piece in pieces(written) if piece not in _BESIDE]
    # A hum before a no is only a hum; a hum alone is a yes.
    told = [piece for piece in said if not _HUM.fullmatch(piece)]
    if said and not told:
        return "yes"
    return _only({_value(piece) for piece in told})


def unknown(text: str) -> bool:
    """Whether a message says that one does not know."""
    return yes_no(text) == "unknown"


def _value(piece: str) -> Agreement | None:
    """What a piece without stops says; where it has spaces between Han characters, its parts may say it together."""
    if value := _form(once(_HAN_SPACE.sub("", piece))):
        return value
    return _only({_form(once(part)) for part in _HAN_SPACE.split(piece)})


def _only(values: Set[Agreement | None]) -> Agreement | None:
    return next(iter(values)) if len(values) == 1 else None


def _form(said: str) -> Agreement | None:
    if said.isascii() and (value := _SOUNDS.get(re.sub(r" (?:a|ya|ba|o|ne)$", "", said).replace(" ", ""))):
        return value
    return next((value for value, form in _FORMS if form.fullmatch(said)), None)
