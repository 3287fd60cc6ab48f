"""The notice that is posted (公示): one page of HTML that any browser prints; nothing is loaded from elsewhere."""

from collections.abc import Iterator, Sequence
from html import escape

from ballots.ballot import BallotItem, State
from ballots.frame import Sentence
from ballots.report import Notice
from ballots.roll import Kind
from ballots.rules import Measure
from ballots.standing import Choice
from ballots.tally import Count, Reach
from bot.results import words
from bot.times import beijing
from dialogs import names, results
from dialogs.wording import LANGUAGES, wording

_ZH, _EN = (wording(language) for language in LANGUAGES)
LIST = "public.jsonl"  # the file of the public list that is posted beside it
_HEAD_GROUP = 4
_CHOICES = (*Choice, None)
_STYLE = """
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 17px/1.5 "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei",
  "PingFang SC", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 34px; line-height: 1.25; text-align: center; margin: 0 }
h1 small { display: block; font-size: 24px; font-weight: normal; margin-top: 2mm }
h2 { font-size: 22px; line-height: 1.3; margin: 7mm 0 1mm; break-after: avoid }
p { margin: 1.5mm 0 }
.state { text-align: center; font-size: 20px }
.what { border: 2px solid #000; padding: 2mm 4mm; margin: 4mm 0 }
.rule { break-after: avoid }
.en { font-size: 12px; color: #333 }
table { width: 100%; border-collapse: collapse; margin: 2mm 0; font-size: 15px }
tbody { break-inside: avoid }
thead { display: table-header-group }
th, td { border: 1px solid #000; padding: .7mm 1.3mm; text-align: right; font-weight: normal; white-space: nowrap }
td:first-child { text-align: left }
td[colspan] { border-top: 2px solid #000; font-size: 18px; white-space: normal }
td b { float: right; border: 1.5px solid #000; padding: 0 2mm; margin-left: 3mm; font-weight: normal }
.reached td b { background: #000; color: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact }
td small { float: right }
.check { break-inside: avoid; border-top: 2px solid #000; margin-top: 7mm; padding-top: 2mm }
.head { font: 22px/1.6 "DejaVu Sans Mono", Consolas, Menlo, monospace; display: grid; max-width: 120mm;
  grid-template-columns: repeat(4, auto) }
code { font: 15px/1.5 "DejaVu Sans Mono", Consolas, Menlo, monospace }
.signed { text-align: right; font-size: 20px; margin-top: 10mm; break-inside: avoid }
@media screen { body { max-width: 210mm; margin: 0 auto; padding: 14mm } }
"""


def html(notice: Notice, compound: str, office: str) -> str:
    """The notice, in Chinese first; `office` is the street office that posts it."""
    ballot = notice.result.ballot
    items = ballot.items.values()
    counts = {item.id: [count for count in notice.result.counts if count.item == item.id] for item in items}
    told = "".join(_item(n, item, counts[item.id], ballot.kind) for n, item in enumerate(items, 1))
    title = _ZH("report.notice.title", compound=compound)
    return f"""<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}<small>{escape(ballot.title)}</small></h1>
<p class="state">{escape(words.state(notice.result, _ZH))}<br>{escape(words.period(ballot, _ZH))}</p>
<div class="what">{"".join(_sentence(sentence) for sentence in notice.result.says)}</div>
<p>{escape(_ZH("report.sourced", says=words.ways(notice.result, _ZH), source=words.kind(ballot.kind, _ZH)))}</p>
{told}{_check(notice)}{_where_to(office, ballot.state)}<p class="signed">{escape(office)}<br>
{escape(_ZH("report.notice.posted", day=beijing(notice.posted)[:10]))}</p>
<div class="en" lang="en">{"".join(f"<p>{escape(line)}</p>" for line in _english(notice, compound, office))}</div>
</body>
</html>
"""


def _sentence(sentence: Sentence) -> str:
    says = _ZH("report.sourced", says=sentence.zh, source=sentence.source) if sentence.source else sentence.zh
    return f"<p>{escape(says)}</p>"


def _item(number: int, item: BallotItem, counts: Sequence[Count], kind: Kind) -> str:
    classed = [words.classed(item, _ZH)] if kind is Kind.OWNERS else []
    rule = _ZH("report.sourced", says=words.rule(item.rule, _ZH), source=words.source(item.rule, _ZH))
    named = [
        "",
        _ZH("report.notice.all"),
        *(words.choice(choice, _ZH) for choice in _CHOICES),
        _ZH("report.notice.short"),
    ]
    return f"""<h2>{number}. {escape(names.item(item, _ZH))}</h2>
<p class="rule">{escape(_ZH("report.then").join((*classed, rule)))}</p>
<table><thead><tr>{"".join(f"<th>{escape(name)}</th>" for name in named)}</tr></thead>
{"".join(_count(count, kind) for count in counts)}</table>
"""


def _count(count: Count, kind: Kind) -> str:
    """An area: whether it reached its line, and a row for each measure."""
    reached = ' class="reached"' if count.passed else ""
    stopped = f" <small>{escape(_ZH('report.notice.stopped'))}</small>" if count.stopped else ""
    outcome = f"<b>{escape(words.outcome(count, _ZH))}</b>{stopped}"
    where = f'<tr><td colspan="8">{outcome}{escape(names.area(count.area, _ZH))}</td></tr>\n'
    parts = words.parts(count)
    rows = []
    for measure in count.rule.measures:
        amounts = (amount.by(measure) for amount in (count.all, *(parts[choice] for choice in _CHOICES)))
        told = "".join(f"<td>{words.amount(amount, measure)}</td>" for amount in amounts)
        by = escape(words.measure(measure, kind, _ZH))
        rows.append(f"<tr><td>{by}</td>{told}<td>{_short(count, measure)}</td></tr>\n")
    return f"<tbody{reached}>{where}{''.join(rows)}</tbody>\n"


def _short(count: Count, measure: Measure) -> str:
    """What is missing by a measure, of those taking part and of those who agree."""
    reaches: tuple[tuple[str, tuple[Reach, ...]], ...] = (
        (_ZH("report.part"), count.quorum),
        (words.choice(Choice.FOR, _ZH), count.agreement),
    )
    told = [
        f"{what}{words.amount(reach.missing, measure)}"
        for what, found in reaches
        for reach in found
        if reach.measure is measure and reach.missing
    ]
    return "<br>".join(map(escape, told)) or "—"


def _check(notice: Notice) -> str:
    head = "".join(f"<span>{part}</span>" for part in results.grouped(notice.head.hash, _HEAD_GROUP))
    command = f"jiugai verify {LIST} --head {notice.head.hash}"
    lines = _ZH("report.notice.list", lines=notice.head.lines)
    return f"""<div class="check"><h2>{escape(_ZH("report.notice.check"))}</h2>
<p>{escape(lines)}</p>
<p class="head">{head}</p>
<p>{escape(_ZH("report.notice.how"))}<br><code>{escape(command)}</code></p></div>
"""


def _where_to(office: str, state: State) -> str:
    told = [_ZH("report.notice.object", office=office)]
    if state is State.CLOSED:  # certifying adds a line, and the head is another one
        told.append(_ZH("report.notice.not_certified"))
    return "".join(f"<p>{escape(line)}</p>\n" for line in told)


def _english(notice: Notice, compound: str, office: str) -> Iterator[str]:
    yield _EN("report.notice.title", compound=compound)
    yield words.state(notice.result, _EN)
    for sentence in notice.result.says:
        yield sentence.en
    yield _EN("report.notice.list", lines=notice.head.lines)
    yield _EN("report.notice.object", office=office)
