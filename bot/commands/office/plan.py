"""The summary of compounds as a workbook, for the annual plan: a row for each item of each ballot, and what it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.commands.office.ballot.page import counted, state
from bot.commands.office.compound import KINDS, WORKS
from bot.office.summary import BallotLine, CompoundLine, ItemLine, Shown, says
from bot.rolls.workbook import Table, Value, workbook
from bot.times import beijing

_HEADS = (
    *("街道 · street", "小区 · compound", "小区编号 · compound id"),
    *("基础类 · basic works", "谁说的 · who said so", "哪天说的 · on which day"),
    *("征询编号 · ballot id", "标题 · title", "问的是谁 · who is asked", "状态 · state", "截止（北京时间） · closes"),
    *("席位 · seats", "已参加 · taken part"),
    *("事项 · item", "菜单原文 · the menu's words", "按哪里计 · counted by", "计几处 · areas", "达到几处 · reached"),
    *("反对几席 · objections", "请看 · note"),
)
_WIDTHS = (14, 20, 12, 24, 20, 12, 12, 24, 18, 18, 18, 9, 9, 12, 36, 10, 9, 9, 9, 30)
_SAYS = ("中文", "English", "出处 · source")

# What is said where there is no result, or none for good.
NOTES: Mapping[Shown, str] = {
    Shown.FINAL: "",
    Shown.RUNNING: "还没截止，会变 · not closed yet, may change",
    Shown.WITHHELD: "截止后才有 · after the close",
    Shown.VOID: "作废，不计 · void, not counted",
    Shown.NOT_OPENED: "还没开始 · not opened yet",
    Shown.DAMAGED: "流水损坏，见 jiugai doctor · its ledger is damaged, see jiugai doctor",
}


def xlsx(compounds: Iterable[CompoundLine], ballots: Mapping[str, BallotLine]) -> bytes:
    """The bytes of the workbook; `ballots` are those of the compounds, by id."""
    rows = (row for compound in compounds for row in _rows(compound, ballots))
    notes = [(sentence.zh, sentence.en, sentence.source) for sentence in says(ballots.values())]
    return workbook(
        [
            Table("小区汇总 summary", _HEADS, rows, _WIDTHS, wrap=True),
            Table("请知道 please note", _SAYS, notes, (60, 60, 30), wrap=True),
        ]
    )


def _rows(line: CompoundLine, ballots: Mapping[str, BallotLine]) -> Iterator[Sequence[Value]]:
    of, day = line.compound, line.compound.works_on
    head = (line.street, of.name, of.id, WORKS[of.works], of.works_said, day.isoformat() if day else "")
    for ballot in (ballots[id] for id in line.ballots):
        for item in ballot.items or (None,):
            yield *head, *_ballot(ballot), *_item(item), NOTES[ballot.shown]
    if not line.ballots:
        yield *head, *("",) * 5, None, None, *_item(None), ""


def _ballot(line: BallotLine) -> Sequence[Value]:
    of = line.record
    return of.id, line.title, KINDS[of.kind], state(of), beijing(of.closes), line.seats, line.taken_part


def _item(line: ItemLine | None) -> Sequence[Value]:
    if line is None:
        return "", "", "", None, None, None
    of = line.item
    return of.id, of.item.words, counted(of.counted), len(of.areas), line.reached, line.objections
