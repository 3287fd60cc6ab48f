"""The workbook of a closed ballot, for the street office: what it is, tally, turnout, objections, ledger."""

from collections.abc import Iterator, Sequence

from ballots.ballot import BallotItem
from ballots.report import MediationList, Turnout
from bot.results import columns, history, words
from bot.results.columns import both
from bot.results.export import Export
from bot.rolls import workbook
from bot.rolls.workbook import Table, Value
from bot.times import beijing
from dialogs import results
from dialogs.wording import LANGUAGES, wording

_ZH, _EN = (wording(language) for language in LANGUAGES)
_HEAD_GROUP = 8


def xlsx(export: Export) -> bytes:
    """The bytes of the workbook, its sheets in Chinese with the headings in both languages."""
    sheet = export.notice.result
    ballot = sheet.ballot
    ledger = history.rows(ballot, export.lines)
    return workbook.workbook(
        [
            Table("封面 cover", _COVER, _cover(export), (24, 60, 60, 30), wrap=True),
            Table("计票 tally", columns.heads(), columns.rows(sheet), columns.widths(), wrap=True),
            Table("参加情况 turnout", _TURNOUT, _turnout(export.turnout), (20, 20, 12, 12), wrap=True),
            Table(_OBJECTIONS, _OBJECTION, _objections(export.mediation), (28, 9, 20, 20, 28, 60), wrap=True),
            Table("流水 ledger", history.heads(ballot), ledger, history.widths(ballot)),
        ]
    )


_COVER = ("什么 · what", "中文", "English", "出处 · source")
_OBJECTIONS = "反对与理由（仅限街道办）"  # whoever opens the sheet sees for whom it is
_TURNOUT = ("楼 · building", "单元 · stairwell", "席位 · seats", "已参加 · taken part")
_OBJECTION = ("事项 · item", "席位 · seat", "名册编号 · key", "谁 · who", "哪里 · where", "理由 · reason")


def _cover(export: Export) -> Iterator[Sequence[Value]]:
    notice = export.notice
    sheet, ballot = notice.result, notice.result.ballot
    yield "小区 · compound", export.compound, export.compound
    yield "征询 · ballot", ballot.title, f"{ballot.title} ({ballot.id})"
    yield "问的是谁 · who is asked", words.kind(ballot.kind, _ZH), words.kind(ballot.kind, _EN)
    yield "状态 · state", words.state(sheet, _ZH), words.state(sheet, _EN)
    yield "时间 · time", words.period(ballot, _ZH), words.period(ballot, _EN)
    yield "开始时的席位 · seats at the opening", f"{ballot.seats}", f"{ballot.seats}"
    yield "怎么来的 · how they came in", words.ways(sheet, _ZH), words.ways(sheet, _EN)
    yield (
        "基础类 · basic works",
        *(speak(f"report.works.{ballot.works.value}", said=ballot.works_said) for speak in (_ZH, _EN)),
    )
    head = " ".join(results.grouped(notice.head.hash, _HEAD_GROUP))
    yield "校验值 · head", head, head
    yield "流水行数 · lines", f"{notice.head.lines}", f"{notice.head.lines}"
    yield "怎么核对 · how to check", *(speak("report.check", head=notice.head.hash) for speak in (_ZH, _EN))
    yield "做表的时间 · made", *(speak("report.beijing", time=beijing(notice.posted)) for speak in (_ZH, _EN))
    for sentence in sheet.says:
        yield "请知道 · please note", sentence.zh, sentence.en, sentence.source
    yield "请知道 · please note", *(speak("report.for_the_office") for speak in (_ZH, _EN))
    for item in ballot.items.values():
        yield from _rules(item)


def _rules(item: BallotItem) -> Iterator[Sequence[Value]]:
    over = both(lambda speak: speak(f"counted.{item.counted.value}"))
    yield f"事项 · item {item.id}", item.item.words, item.item.en, over
    yield "　类别 · class", *(words.classed(item, speak) for speak in (_ZH, _EN))
    rules = (words.rule(item.rule, speak) for speak in (_ZH, _EN))
    yield "　规则 · rule", *rules, both(lambda speak: words.source(item.rule, speak))


def _turnout(turnout: Turnout) -> Iterator[Sequence[Value]]:
    for part in turnout.parts:
        building, _, stairwell = part.area.lstrip("/").partition("/")
        yield building or both(lambda speak: speak("named.whole")), stairwell, part.seats, part.taken_part


def _objections(mediation: MediationList) -> Iterator[Sequence[Value]]:
    for one in mediation.objections:
        item = mediation.ballot.items[one.item].item
        where = "、".join(" ".join((unit.building, unit.stairwell, unit.unit)) for unit in one.seat.units)
        yield f"{item.id} {item.words}", one.number, one.seat.id, "、".join(one.seat.holders), where, one.reason
