"""jiugai office ballot items, list, show: what can be asked, which ballots there are, and how one stands."""

import argparse
from typing import Any

from ballots.menu import suggested
from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.ballot.page import (
    HEADS,
    counted,
    draft_data,
    matter,
    missed_data,
    opened_data,
    record_data,
    say_draft,
    say_opened,
    state,
)
from bot.commands.office.compound import KINDS, of_compound
from bot.commands.office.opened import print_json
from bot.office import ballots as acts
from bot.office import menu
from bot.office.acting import Acting, Refusal
from bot.office.ballots import Opened
from bot.office.drafting import Drafted
from bot.office.missed import Missed, missed
from bot.store.ballots import Record
from bot.times import beijing


def add(commands: Any) -> None:
    """Add the commands' parsers."""
    items = commands.add_parser("items", help="能征询的事项和建议的类别 · what can be asked, with suggested classes")
    items.set_defaults(run=_items)
    listed = commands.add_parser("list", help="列出征询 · list the ballots")
    listed.add_argument("--compound", metavar="COMPOUND", help="只看一个小区 · of one compound")
    listed.set_defaults(run=_list)
    show = commands.add_parser("show", help="看一次征询 · one ballot as it stands")
    show.add_argument("ballot", metavar="BALLOT", help="编号 · its id")
    show.set_defaults(run=_show)
    for command in (items, listed, show):
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        if command is not items:
            add_as(command)


def _items(args: argparse.Namespace) -> None:
    optional = [(item, suggested(item)) for item in menu.items().values() if not item.basic]
    if args.json:
        print_json(
            [
                {
                    "id": item.id,
                    "words": item.words,
                    "class": hint.matter.value,
                    "counted": hint.counted.value,
                    "class_where_owners_pay": hint.where_owners_pay.value if hint.where_owners_pay else None,
                }
                for item, hint in optional
            ]
        )
        return
    print(
        "类别是按《民法典》第278条推定的，由街道办事处确认或改定。 The classes are inferred; the office confirms them."
    )
    rows = [
        (
            item.id,
            item.words,
            f"{hint.matter.value} {matter(hint.matter)}",
            f"{hint.counted.value} {counted(hint.counted)}",
            f"{hint.where_owners_pay.value} {matter(hint.where_owners_pay)}" if hint.where_owners_pay else "",
        )
        for item, hint in optional
    ]
    print(table(rows, (*HEADS[:4], "业主出钱时 where owners pay")))


def _list(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> tuple[list[tuple[Record, str, str]], dict[str, Missed]] | Refusal:
        if args.compound is None:
            found = acts.listed(acting)
        else:
            found = of_compound(acting, args.compound, lambda id: acts.listed(acting, id))
        return found if isinstance(found, Refusal) else (found, missed(acting.tx))

    found, late = acted(args, job)
    if args.json:
        print_json(
            [
                {
                    **record_data(record),
                    "compound_name": name,
                    "title": title,
                    "missed": missed_data(late.get(record.id)),
                }
                for record, name, title in found
            ]
        )
        return
    print(f"共{len(found)}次征询 · {len(found)} in all")
    rows = [
        (
            record.id,
            name,
            title,
            KINDS[record.kind],
            state(record, late.get(record.id)),
            beijing(record.opens),
            beijing(record.closes),
        )
        for record, name, title in found
    ]
    if rows:
        heads = ("编号 id", "小区 compound", "标题 title", "名册 roll", "状态 state", "开始 opens", "截止 closes")
        print(table(rows, heads))


def _show(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> tuple[Drafted | Opened] | Refusal:
        found = acts.show(acting, args.ballot)
        return found if isinstance(found, Refusal) else (found,)

    (found,) = acted(args, job)
    if isinstance(found, Drafted):
        if args.json:
            print_json(draft_data(found))
        else:
            say_draft(found)
    elif args.json:
        print_json(opened_data(found))
    else:
        say_opened(found)
