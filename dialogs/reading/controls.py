"""Controls: the words that steer a walk itself: back, cancel, again."""

import re
from typing import Literal

from dialogs.reading.forms import asks, bare, folded

Control = Literal["back", "cancel", "again"]

_CONTROLS: dict[Control, str] = {
    "back": """
        上一步 返回 返回上一步 退回 退回去 退回上一步 退一步 退回一步 后退 回退 回到上一步 回上一步 往回 往回走
        倒回去 回去 上一个 上一题 上一问 上一个问题 上一条 前一步 前一题 前一个 前一个问题 倒退 撤回 撤销
        回上一个问题 改上一个 改上一步 重答上一个
        back|go back|back up|go back one|one back|back one|previous|prev|previous question|previous step
        the previous one
        last question|step back|one step back|go back one step|a step back|undo|undo that|take me back|return
        shang yi bu|shangyibu|fan hui|fanhui|tui hui|tuihui|hou tui|houtui
    """,
    "cancel": """
        取消 不弄了 不问了 不查了 不做了 不填了 不选了 不答了 不回答了 不想答了 不想弄了 不想查了 不想问了 不想填了
        不想选了 不想说了 不用了 不用查了 不要了 不玩了 不搞了 不看了 不聊了 不说了 不办了 算了 拉倒 停 停止 停下
        停下来 停一停 打住 结束 退出 到此为止 先到这 先到这儿 先到这里 到这儿 关掉 关闭 终止 中止 放弃 作罢 以后再说
        下次再说 回头再说 改天再说 改天 不查啦 没空 没时间 不想继续 不继续 不继续了
        cancel|stop|quit|exit|abort|end|leave|never mind|nevermind|forget it|enough|thats enough|that is enough|leave it
        leave it there|stop it|stop here|lets stop|lets stop here|i want to stop|no more|no more questions|close|give up
        i give up|later|another time|not now|maybe later|drop it|cancel it|cancel this|cancel that|end it
        qu xiao|quxiao|suan le|suanle|bu nong le|bunongle|bu wen le|buwenle|ting|ting zhi|tingzhi|tui chu|tuichu|jie shu
        jieshu
    """,
    "again": """
        重新来 重新来过 重来 重头来 重头再来 重新开始 重开 从头来 从头开始 从头再来 从头来过 从头问 从头做 从头
        重头开始 从新开始 从新来 再来一遍 再来一次 重新填 重新选 重新做 重新查 重新问 重新答 重新走 重填 重选 重做
        重查 重问 重置 再走一遍 再做一遍 再问一遍 再查一遍 全部重来 推倒重来 都重来 清空重来 另起 重新弄 重新测
        重新回答
        start over|start again|start anew|restart|begin again|begin anew|begin over|from the beginning|from the start
        from scratch|from the top|start from scratch|start from the beginning|all over again|over again|reset|redo
        do it again|do over|again from the start|once again from the start|go again|start fresh|a fresh start|anew
        chong lai|chonglai|chong xin lai|chongxinlai|cong tou lai|congtoulai|chong xin kai shi|chongxinkaishi
    """,
}
_LEADS = re.compile(
    r"(?:(?:那就?|哎|唉|嗯|好|还是|先|请|麻烦|帮我|给我|我想要?|我要|我|想|咱们?|全部|都|就|直接)|"
    r"(?:(?:ok|okay|well|oh|please|just|now|lets|can we|could we|can i|i want to|id like to|i would like to|i will|ill)"
    r" )){0,4}"
)
_TAILS = re.compile(
    r"(?:(?:吧|啊|呀|了|啦|哈|一下|好了|谢谢|谢了|算了)|(?: (?:please|now|thanks|thank you|then))){0,3}"
)


def _forms(written: str) -> list[str]:
    lines = (line.strip() for line in written.strip().splitlines())
    return [form for line in lines for form in (line.split("|") if line.isascii() else line.split())]


_MEANS = {form: control for control, written in _CONTROLS.items() for form in _forms(written)}
_FORM = re.compile(
    rf"{_LEADS.pattern}({'|'.join(map(re.escape, sorted(_MEANS, key=len, reverse=True)))}){_TAILS.pattern}"
)


def control(text: str) -> Control | None:
    """What a message says to the walk as a whole ("上一步", "算了", "start over"), or None where it is no such word."""
    written = folded(text)
    if asks(written):
        return None
    said = bare(written)
    if said in _MEANS:
        return _MEANS[said]
    found = _FORM.fullmatch(said)
    return _MEANS[found[1]] if found else None
