"""The columns of a tally as a table, a row for each item and area. Headings stay as they are: programs read them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ballots.ballot import BallotItem
from ballots.report import ResultSheet
from ballots.rules import Measure
from ballots.tally import Amount, Count, Reach
from bot.results import words
from bot.rolls.workbook import Value
from dialogs import names
from dialogs.wording import LANGUAGES, Wording, wording

_ZH, _EN = (wording(language) for language in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, in both languages, how wide it is, and what stands in it of an item in an area."""

    head: str
    width: int
    value: Callable[[BallotItem, Count], Value]


def both(told: Callable[[Wording], str]) -> str:
    """Something in both languages."""
    return f"{told(_ZH)} · {told(_EN)}"


def exact(area: int) -> Decimal:
    """An area in m², with its two decimals."""
    return Decimal(area).scaleb(-2)


def heads() -> list[str]:
    """The headings of a tally."""
    return [column.head for column in _COLUMNS]


def widths() -> list[int]:
    """How wide the columns of a tally are."""
    return [column.width for column in _COLUMNS]


def rows(sheet: ResultSheet) -> Iterator[list[Value]]:
    """The rows of a tally: counts are integers, areas m² with two decimals, exactly; what a rule does not ask is left
    empty."""
    for count in sheet.counts:
        item = sheet.ballot.items[count.item]
        yield [column.value(item, count) for column in _COLUMNS]


def _amounts(zh: str, en: str, amount: Callable[[Count], Amount]) -> Iterable[Column]:
    return (
        Column(f"{zh}人数 · {en} heads", 10, lambda _, count: amount(count).heads),
        Column(f"{zh}面积㎡ · {en} m²", 13, lambda _, count: exact(amount(count).area)),
    )


def _needs(zh: str, en: str, reaches: Callable[[Count], Sequence[Reach]]) -> Iterable[Column]:
    def column(measure: Measure, head: str, width: int, of: Callable[[Reach], int]) -> Column:
        def value(_: BallotItem, count: Count) -> Value:
            found = [of(reach) for reach in reaches(count) if reach.measure is measure]
            return (exact(found[0]) if measure is Measure.AREA else found[0]) if found else None

        return Column(head, width, value)

    yield column(Measure.HEADS, f"{zh}要人数 · {en} needs heads", 10, lambda reach: reach.needed)
    yield column(Measure.HEADS, f"{zh}差人数 · {en} short heads", 10, lambda reach: reach.missing)
    yield column(Measure.AREA, f"{zh}要面积㎡ · {en} needs m²", 13, lambda reach: reach.needed)
    yield column(Measure.AREA, f"{zh}差面积㎡ · {en} short m²", 13, lambda reach: reach.missing)


_COLUMNS: tuple[Column, ...] = (
    Column("编号 · item", 10, lambda item, _: item.id),
    Column("事项 · the menu's words", 28, lambda item, _: item.item.words),
    Column("按哪里计 · counted by", 13, lambda item, _: both(lambda speak: speak(f"counted.{item.counted.value}"))),
    Column("哪里 · area", 18, lambda _, count: names.area(count.area, _ZH)),
    Column("结果 · result", 15, lambda _, count: both(lambda speak: words.outcome(count, speak))),
    *_amounts("全体", "all", lambda count: count.all),
    *_amounts("参加", "taking part", lambda count: count.participants),
    *_amounts("同意", "for", lambda count: count.agree),
    *_amounts("不同意", "against", lambda count: count.against),
    *_amounts("弃权", "abstain", lambda count: count.abstain),
    *_amounts("反对", "object", lambda count: count.object),
    *_amounts("未参加", "no part", lambda count: words.parts(count)[None]),
    *_needs("参加", "taking part", lambda count: count.quorum),
    *_needs("同意", "for", lambda count: count.agreement),
    Column("规则 · rule", 40, lambda item, _: words.rule(item.rule, _ZH)),
    Column("出处 · source", 24, lambda item, _: words.source(item.rule, _ZH)),
    Column("类别 · class", 20, lambda item, _: _ZH(f"matter.{item.matter.value}")),
    Column("谁定的类别 · class set by", 14, lambda item, _: item.set_by),
)
