"""jiugai office ballot draft, change, drop: a ballot before anybody sees it."""

import argparse
from typing import Any

from ballots.draft import PROXIES
from bot.commands.office.acted import acted, add_as
from bot.commands.office.ballot.asked import KIND_NAMES, add_options, own_rule, time, wishes
from bot.commands.office.ballot.page import draft_data, say_draft
from bot.commands.office.compound import of_compound
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.errors import UserError
from bot.office import drafting as acts
from bot.office import finding
from bot.office.acting import Acting, Refusal
from bot.office.drafting import Drafted
from dialogs.wording import wording


def add(commands: Any) -> None:
    """Add the commands' parsers."""
    draft = commands.add_parser("draft", help="起草 · draft a ballot")
    draft.add_argument("compound", metavar="COMPOUND", help="小区的编号或名称 · the compound's id or name")
    draft.add_argument(
        "kind", metavar="KIND", choices=KIND_NAMES, help="committee 委员会, owners 业主, households 住户"
    )
    draft.add_argument("--closes", metavar="TIME", required=True, help="截止时间（北京）· when it closes, Beijing time")
    draft.set_defaults(run=_draft)
    change = commands.add_parser("change", help="改草稿 · change a draft")
    change.add_argument("ballot", metavar="BALLOT", help="编号 · its id")
    change.add_argument("--closes", metavar="TIME", help="截止时间（北京）· when it closes, Beijing time")
    change.set_defaults(run=_change)
    for command in (draft, change):
        add_options(command)
    drop = commands.add_parser("drop", help="扔掉草稿 · drop a draft")
    drop.add_argument("ballot", metavar="BALLOT", help="编号 · its id")
    add_yes(drop)
    drop.set_defaults(run=_drop)
    for command in (draft, change, drop):
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)


def _draft(args: argparse.Namespace) -> None:
    if not args.item:
        raise UserError(
            "请用 --item 写明征询什么；jiugai office ballot items 列出能征询的。 "
            "Say by --item what is asked; jiugai office ballot items lists what can be."
        )
    items, rule, closes = wishes(args.item), own_rule(args), time(args.closes)
    opens = time(args.opens) if args.opens else None

    def job(acting: Acting) -> Drafted | Refusal:
        def act(id: str) -> Drafted | Refusal:
            title = args.title or _title(acting, id)
            return acts.draft(
                acting,
                id,
                KIND_NAMES[args.kind],
                items,
                opens,
                closes,
                title,
                bool(args.by_name),
                bool(args.live),
                PROXIES if args.proxies is None else args.proxies,
                bool(args.handbook),
                rule,
            )

        return of_compound(acting, args.compound, act)

    found = acted(args, job)
    _say(args, "起草好了，还没有开始 · drafted, not opened yet", found)
    if not args.json:
        print(f"看过再开始 · look it over, then: jiugai office ballot open {found.record.id}")


def _change(args: argparse.Namespace) -> None:
    asked = (args.item, args.opens, args.closes, args.title, args.by_name, args.live, args.proxies, args.handbook)
    if all(one is None for one in (*asked, args.quorum, args.agree, args.of)):
        raise UserError(
            "请写明改什么，如 --closes；jiugai office ballot change --help 列出能改的。 "
            "Say what is to change, like --closes; jiugai office ballot change --help lists what can."
        )
    items = wishes(args.item) if args.item else None
    opens, closes = (time(given) if given else None for given in (args.opens, args.closes))
    rule = own_rule(args)
    found = acted(
        args,
        lambda acting: acts.redraft(
            acting,
            args.ballot,
            items,
            opens,
            closes,
            args.title,
            args.by_name,
            args.live,
            args.proxies,
            args.handbook,
            rule,
        ),
    )
    _say(args, "改好了 · changed", found)


def _drop(args: argparse.Namespace) -> None:
    sure(args, f"扔掉草稿 {args.ballot}", f"The draft {args.ballot} would be dropped")
    acted(args, lambda acting: acts.drop(acting, args.ballot))
    if args.json:
        print_json({"dropped": args.ballot})
    else:
        print(f"扔掉了 · dropped: {args.ballot}")


def _title(acting: Acting, compound: str) -> str:
    try:
        return wording("zh")("survey.title", compound=finding.compound(acting.tx, compound).name)
    except Refusal:
        return "-"  # the act itself refuses


def _say(args: argparse.Namespace, what: str, found: Drafted) -> None:
    if args.json:
        print_json(draft_data(found))
        return
    print(f"{what}: {found.record.id}")
    say_draft(found)
