"""Events: what people do, whatever the channel: Text, Tap, Command, Other."""

import re
import unicodedata
from dataclasses import dataclass, replace

from knowledge.words import fold


@dataclass(frozen=True, slots=True)
class Text:
    """What a person wrote.

    `edited`: it stands in place of an earlier text of theirs. `beside`: the kind of thing that it is the caption of
    ("photo", "video" …), "" for a plain text; `album`: the album which that thing belongs to, if any.
    """

    text: str
    edited: bool = False
    beside: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button tapped: what came back, unchecked. See taps.py for the forms."""

    data: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the slash, in lower case, and the rest of the line, stripped.

    `edited`: it stands in place of something that was written earlier.
    """

    name: str
    rest: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """Something that is no text: photo, voice, audio, video, video_note, animation, sticker, location, venue,
    contact, document, poll, dice, or anything else; `album` is the album that it belongs to, if any.
    """

    kind: str
    album: str = ""


Event = Text | Tap | Command | Other

# The commands by the names that people have for them, with or without a slash; alone, nothing else beside them.
_CALLED = {
    name: command
    for command, names in (
        (Command("start"), "start 开始"),
        (Command("help"), "help 帮助 怎么用"),
        (Command("ask"), "ask 提问"),
        (Command("clause"), "clause 条款"),
        (Command("language"), "language 语言 换语言"),
        (Command("language", "zh"), "chinese 中文"),
        (Command("language", "en"), "english 英文"),
        (Command("privacy"), "privacy 隐私"),
        (Command("forget"), "forget 忘掉我 删除我的记录"),
        (Command("menu"), "menu 菜单 整治菜单"),
        (Command("duties"), "duties 职责"),
        (Command("process"), "process 流程 步骤"),
        (Command("check"), "check 查一查 查资格"),
        (Command("office"), "office 工作台"),
        (Command("choose"), "choose 选菜单 选选单 选事项 投票"),
        (Command("results"), "results 结果 看结果 查结果"),
        (Command("receipt"), "receipt 回执 查回执 我的回执"),
        (Command("counted"), "counted 查我的算进去没有 我的算进去没有 算进去没有 查我的票"),
    )
    for name in names.split()
}
_LONGEST_NAME = 20
# Telegram adds the bot's name in groups (/help@name); many write Chinese right after a name, without a space.
_COMMAND = re.compile(r"/([a-z0-9_]+|[^\s@]*)(?:@[a-z0-9_]+)?\s*(.*)", re.DOTALL | re.IGNORECASE)


def typed(text: str, edited: bool = False) -> Text | Command:
    """What a typed line is: a command ("/help", "／ｈｅｌｐ", "帮助"), else a text as it came."""
    # Full-width letters and slashes are what a Chinese keyboard types.
    said = unicodedata.normalize("NFKC", text).strip().lstrip("\ufeff\u200b")
    if len(said) <= _LONGEST_NAME and (called := _CALLED.get(fold(said).strip("/ .,。!?"))):
        return replace(called, edited=edited)
    if (form := _COMMAND.match(said)) is None:
        return Text(text, edited)
    name, rest = form[1].lower(), form[2]
    called = _CALLED.get(name if name.isascii() or len(name) > _LONGEST_NAME else fold(name), Command(name))
    return Command(called.name, rest or called.rest, edited)
