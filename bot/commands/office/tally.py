"""jiugai office tally: the result of a ballot, counted anew from its ledger; before the close nobody sees it."""

import argparse
from collections.abc import Sequence
from typing import Any

from ballots.report import ResultSheet
from ballots.rules import Measure
from ballots.standing import By
from ballots.tally import Amount, Count, Reach
from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.ballot.page import matter, place, rule_in_short
from bot.commands.office.compound import STATES, area
from bot.commands.office.opened import print_json
from bot.office import reports

_HEADS = (
    *(
        "哪里 area",
        "按 by",
        "全体 all",
        "参加 taking part",
        "同意 for",
        "不同意 against",
        "弃权 abstain",
        "反对 object",
    ),
    *("参加要达到 quorum", "同意要达到 agreement", "结果 result"),
)

_WAYS = {By.ONLINE: "线上 · online", By.PAPER: "纸质 · paper", By.PROXY: "代选 · by proxy"}


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "tally",
        help="结果 · the result",
        description="截止以后看结果：每次都从流水重新计票。截止前谁也看不到，街道办也看不到（随时公开的除外）。\n"
        "The result, counted anew from the ledger each time. Before the close nobody sees it, the office included,\n"
        "unless the ballot was opened live.",
        epilog="例 / examples:\n  jiugai office tally 1a2b3c4d\n  jiugai office tally 1a2b3c4d --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Show it."""
    found = acted(args, lambda acting: reports.tallied(acting, args.ballot))
    if args.json:
        print_json(_data(found))
        return
    print(shown(found.ballot.title))
    by = f"，{shown(found.ballot.certified_by)}" if found.ballot.certified_by else ""
    final = "" if found.final else "，还没有截止，不是最后的结果 · no final result yet"
    print(f"{STATES[found.ballot.state.value]}{by}{final}")
    for sentence in found.says:
        print(
            " ".join(
                part for part in (sentence.zh, sentence.en, f"[{sentence.source}]" * bool(sentence.source)) if part
            )
        )
    ways = "，".join(f"{_WAYS[by]}: {count}" for by, count in found.ways.items())
    print(f"{ways}，未确认的纸质选单 · unconfirmed paper: {found.unconfirmed}")
    for item in found.ballot.items.values():
        who = f"{matter(item.matter)}（{item.set_by}）"
        print(f"\n{item.id} {item.item.words}\n{shown(who)}；{rule_in_short(item.rule)}")
        print(table([row for count in found.counts if count.item == item.id for row in _rows(count)], _HEADS))


def _rows(count: Count) -> list[tuple[str, ...]]:
    """A line by heads, with the result, and one by area where the rule asks for it."""
    passed = "达到 · reached" if count.passed else "未达到 · not reached"
    rows = [_row(count, Measure.HEADS, count.area, passed)]
    return [*rows, _row(count, Measure.AREA, "", "")] if Measure.AREA in count.rule.measures else rows


def _row(count: Count, measure: Measure, where: str, result: str) -> tuple[str, ...]:
    amounts = (count.all, count.participants, count.agree, count.against, count.abstain, count.object)
    by = "人数 heads" if measure is Measure.HEADS else "面积 m²"
    told = (_amount(amount, measure) for amount in amounts)
    return (
        place(where) if where else "",
        by,
        *told,
        _need(count.quorum, measure),
        _need(count.agreement, measure),
        result,
    )


def _amount(amount: Amount, measure: Measure) -> str:
    return str(amount.heads) if measure is Measure.HEADS else area(amount.area)


def _need(reaches: Sequence[Reach], measure: Measure) -> str:
    for reach in reaches:
        if reach.measure is measure:
            return area(reach.needed) if measure is Measure.AREA else str(reach.needed)
    return "-"


def _data(found: ResultSheet) -> dict[str, Any]:
    return {
        "ballot": found.ballot.id,
        "title": found.ballot.title,
        "state": found.ballot.state.value,
        "final": found.final,
        "certified_by": found.ballot.certified_by,
        "says": [{"zh": says.zh, "en": says.en, "source": says.source} for says in found.says],
        "ways": {by.value: count for by, count in found.ways.items()},
        "unconfirmed": found.unconfirmed,
        "counts": [_count_data(count) for count in found.counts],
    }


def _count_data(count: Count) -> dict[str, Any]:
    amounts = {
        "all": count.all,
        "taking_part": count.participants,
        "for": count.agree,
        "against": count.against,
        "abstain": count.abstain,
        "object": count.object,
    }
    needed = {"quorum": count.quorum, "agree": count.agreement}
    return {
        "item": count.item,
        "area": count.area,
        **{name: {"heads": amount.heads, "area": area(amount.area)} for name, amount in amounts.items()},
        **{
            f"{name}_needs": {
                reach.measure.value: area(reach.needed) if reach.measure is Measure.AREA else reach.needed
                for reach in reaches
            }
            for name, reaches in needed.items()
        },
        "passed": count.passed,
    }
