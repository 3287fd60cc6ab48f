"""Names: items and areas; a seat in words, and whose it is, masked: enough to know oneself, too little for others."""

import unicodedata
from dataclasses import dataclass

from ballots.ballot import BallotItem
from ballots.roll import WHOLE, Kind, Seat
from dialogs.wording import Wording

# Surnames of two characters, as far as they are common enough to be met.
_DOUBLE = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
    "漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 第五 叶赫 "
    "那拉 完颜 纳兰".split()
)
_STARS = "**"  # always as many: how long a name is tells something too
_SHOWN_UNITS = 2


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat of a compound's roll."""

    compound: str
    kind: Kind
    seat: Seat


def masked(name: str, organisation: bool = False) -> str:
    """A name as others may see it: 王**, 欧阳**, J** S**; of an organisation its beginning and its end."""
    if organisation:
        end = 2 if len(name) > 5 else 1 if len(name) > 2 else 0
        return f"{name[: max(end, 1)]}{_STARS}{name[len(name) - end :]}"
    if name.isascii():
        return " ".join(f"{word[0]}{_STARS}" for word in name.split()[:2])
    if len(name) > 2 and name[:2] in _DOUBLE:
        return f"{name[:2]}{_STARS}"
    # What belongs to the first character stays with it: a variant of a rare one, an accent.
    end = next((at for at, char in enumerate(name) if at and not _belongs(char)), len(name))
    return f"{name[:end]}{_STARS}"


def holders(seat: Seat, speak: Wording) -> str:
    """Whose a seat is, masked."""
    return speak.listed([masked(name, seat.organisation) for name in seat.holders])


def place(seated: Seated, speak: Wording) -> str:
    """Which seat it is: of a committee by its number, of owners and households by what they have."""
    return speak(f"named.{seated.kind.value}", compound=seated.compound, where=where(seated, speak))


def where(seated: Seated, speak: Wording) -> str:
    """The same without the compound."""
    units = [" ".join((unit.building, unit.stairwell, unit.unit)) for unit in seated.seat.units]
    if seated.kind is Kind.COMMITTEE or not units:
        return speak("named.seat", number=seated.seat.id)
    shown = speak.listed(units[:_SHOWN_UNITS])
    if len(units) > _SHOWN_UNITS:
        return speak("named.more_units", units=shown, count=len(units))
    return shown


def item(asked: BallotItem, speak: Wording) -> str:
    """What an item is called: in the menu's words; in English by its plain sentence."""
    return asked.item.words if speak.language == "zh" else asked.item.en.removesuffix(".")


def area(path: str, speak: Wording) -> str:
    """Where an area is, by its path: 全小区, 1号楼 2单元."""
    return speak("named.whole") if path == WHOLE else path.lstrip("/").replace("/", " ")


def _belongs(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf")
