"""Votes: a choice typed in words, as a whole message; and the words of the look at all choices: which row is changed,
and that they are submitted.

不同意 contains 同意: what is none of these forms is no vote. Around a form stops may stand ("同意。"), never inside it
("不，同意"), and no sign that might mean something else ("同意❌").
"""

import re
from collections.abc import Sequence

from ballots.standing import Choice
from dialogs.reading.choices import choice
from dialogs.reading.forms import asks, bare, folded, once
from dialogs.steps import Option

_FORMS: dict[Choice, str] = {
    Choice.FOR: "同意|赞成|赞同|支持|tong yi|tongyi|zan cheng|zancheng|agree|agreed|i agree|for|in favou?r|"
    "i am for|im for|approve|i approve",
    Choice.AGAINST: "不同意|不赞成|不赞同|不支持|bu tong yi|butongyi|bu zan cheng|buzancheng|disagree|i disagree|"
    "against|(?:i )?(?:do not|dont) agree|not in favou?r|i am against|im against",
    Choice.ABSTAIN: "弃权|qi quan|qiquan|abstain|i abstain|abstention",
    Choice.OBJECT: "反对|反对并说明理由|坚决反对|fan dui|fandui|object|i object|objection|object and say why",
}
_SKIPS = re.compile(
    "以后再选|以后再说|回头再选|先不选|这项先不选|先跳过|跳过|下一项|下一个|先空着|skip|skip it|skip this|next|"
    "next one|next item|pass|later|not now|leave it|leave it for now|leave it out|yi hou zai xuan|yihouzaixuan|"
    "tiao guo|tiaoguo"
)
_SUBMITS = re.compile(
    "提交|确认提交|确认|确定|我要提交|没问题|没错|是|是的|对|对的|好|好的|可以|行|就这样|ti jiao|tijiao|que ren|queren|"
    "submit|submit it|confirm|send|send it|yes|ok|okay|yes submit|please submit|thats right|correct"
)
_LEAD = re.compile(r"(?:我们家|我家|我们|我|俺|咱家|选|投)(?=\S)")
_TAIL = re.compile(r"(?:吧|啊|呀|的|了|哦)$")
_VOTES = {choice: re.compile(forms) for choice, forms in _FORMS.items()}
_EDGES = " .,;:!。、…~\"'()[]「」『』【】《》“”‘’-—*"
_WORDS = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_CHANGE = re.compile(
    r"我?(?:想|要|想要)?(?:改一下|修改|更改|改|换|重选)(?=.)|(?:i want to )?change (?:item |number |no )?"
)


def vote(text: str) -> Choice | None:
    """The choice that a message is, or None where it is anything else, a question among them."""
    said = _said(text)
    forms = {said, said if said.isascii() else _TAIL.sub("", _LEAD.sub("", said, count=1))}
    return next((choice for choice, form in _VOTES.items() if any(map(form.fullmatch, forms))), None)


def skips(text: str) -> bool:
    """Whether a message leaves an item out for now."""
    return bool(_SKIPS.fullmatch(_said(text).removesuffix("吧")))


def submits(text: str) -> bool:
    """Whether a message submits what was shown."""
    said = _said(text)
    return bool(_SUBMITS.fullmatch(said) or _SUBMITS.fullmatch(_TAIL.sub("", said)))


def row(text: str, rows: Sequence[Option]) -> str | None:
    """The value of the row that a message wants to change: "改第3项", "第三项", "change 3"; None for anything else."""
    if not rows:
        return None
    written = folded(text)
    return choice(text, rows) or (None if asks(written) else choice(_CHANGE.sub("", written, count=1), rows))


def _said(text: str) -> str:
    """The bare words of a message that is no question, and nothing but words."""
    # An address is no word, and is not seen any more once it is folded.
    if "://" in text or "www." in text.lower():
        return ""
    core = folded(text).strip(_EDGES)
    return once(bare(core)) if _WORDS.fullmatch(core) else ""
